#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/explain.hpp"
#include "terrein/app/study.hpp"
#include "terrein/io/result_file.hpp"

namespace terrein {

/// A rule as table `rules` keeps it.
struct StoredRule {
  RuleSpec rule;
  std::string layer, classes, by_layer;
  double buffer_m = 0;
};

struct StoredModel {
  ModelConfig config;  ///< without rules
  std::vector<double> shares;
  std::vector<StoredRule> rules;
};

/// What a result says of itself: how its columns are called and what they mean.
struct ResultFacts {
  std::string title, study, time, version, layer, id_column;
  Language language = Language::nl;
  std::map<std::string, std::string> renamed;  ///< names in the main layer by name in the full result, in small letters
  bool chosen = false;                         ///< [output] columns chose
  std::map<std::string, ExplainedMeasure> measures;  ///< without values
  std::map<std::string, char> separators;
  std::vector<StoredModel> models;  ///< those that are in the result; one without key for a study without models
  std::vector<ExplainedLayer> layers;

  /// The column of a table that holds `full`; nothing where it was left out.
  [[nodiscard]] std::optional<std::string> column(ResultFile const& file, std::string const& table,
                                                  std::string const& full) const;
};

/// Throws `Error{input}` for a result of another version of terrein, and one whose tables do not fit.
ResultFacts result_facts(ResultFile const& file, std::filesystem::path const& path, std::optional<Language> language);

/// What `to_string` gives; nothing for other words.
std::optional<RuleResult> rule_result(std::string_view text);
std::optional<Outcome> outcome_of(std::string_view text);

/// Text of a cell of a table; empty for null. Precondition: the table has the column.
std::string cell(Table const& table, std::string const& column, std::size_t row);
/// Number of a cell; nothing for null.
std::optional<double> number(Table const& table, std::string const& column, std::size_t row);

}  // namespace terrein
