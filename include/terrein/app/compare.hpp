#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/changes.hpp"
#include "terrein/app/study.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

struct CompareOptions {
  std::filesystem::path before, after;  ///< GeoPackages that `run_study` or `rescore` wrote; only read
  std::filesystem::path output;         ///< GeoPackage with the changes; empty = none
  bool overwrite = false;
  std::vector<std::string> models;   ///< only these; empty = all that both results have
  std::int64_t top = 20;             ///< the best so many count as the top
  std::optional<Language> language;  ///< else that of `after`
  unsigned workers = 1;
};

/// Land of candidates that went from one outcome to another in a model; nothing where a result lacks the candidate.
struct OutcomeFlow {
  std::string model;
  std::optional<Outcome> before, after;
  std::size_t n = 0;
  double ha = 0;
};

/// A row of the ledgers of both results, as `LedgerRow`; nothing where a result does not have the rule.
struct ExclusionChange {
  struct Side {
    std::int64_t applies_n = 0, unknown_n = 0;
    double applies_ha = 0, only_ha = 0, unknown_ha = 0;
    bool operator==(Side const&) const = default;
  };
  std::string model, rule, label;
  std::optional<Side> before, after;
};

/// Something that the two studies do not have in common.
struct StudyDifference {
  std::string kind;   ///< weight, value_function, min_completeness, adopted, rule_effect, rule_test, rule_definition,
                      ///< source, setting (any other key of the study)
  std::string model;  ///< empty for sources and settings
  std::string key, label;
  std::optional<std::string> before, after;  ///< nothing where that study does not have it
};

/// Two results compared.
struct Comparison {
  Language language = Language::nl;
  std::filesystem::path before, after, output;
  std::string title_before, title_after, time_before, time_after;
  std::vector<std::string> ids;  ///< by pair
  std::vector<MatchedRows> pairs;
  std::int64_t top = 20;
  std::vector<ModelChanges> models;
  std::vector<std::string> only_before, only_after;  ///< models that one result has alone, by label
  std::vector<OutcomeFlow> flows;
  std::vector<ExclusionChange> exclusions;  ///< all rules of the models
  std::vector<StudyDifference> differences;
};
/// For people at a terminal.
[[nodiscard]] std::string to_text(Comparison const& comparison, Labels const& labels);
/// One object, its keys as in docs/compare.md.
[[nodiscard]] std::string to_json(Comparison const& comparison);

/// Compares two results of runs from their files alone: who moved, how far, and because of what. Candidates are matched
/// by id. With an output, a GeoPackage with layer `changes` (a row per model and candidate whose score, rank or outcome
/// is another) and the tables `change_causes`, `change_rules`, `change_exclusions` and `change_studies`. Throws
/// `Error{input}` for a file that is no whole result or lacks a column that is needed, for results in two CRS, and
/// where they have no candidate or no model in common; `Error{usage}` for a model that is not in both; `Error{output}`.
[[nodiscard]] Comparison compare_results(CompareOptions const& options, DataFolders const& data);

}  // namespace terrein
