#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/decision/rules.hpp"

namespace terrein {

/// One change that is enough by itself, all else as it is: of a measure, or of a weight with the others in proportion.
struct EnoughChange {
  bool of_weight = false;
  std::string criterion, label, unit;
  int decimals = 0;
  std::optional<double> from, to;  ///< a measure in its unit, a weight as a share of 100
  std::string from_class, to_class;
  double score = 0;       ///< of the candidate after it, 0 to 100
  std::int64_t rank = 0;  ///< likewise
};

/// What a rule that excludes the candidate asks of its measure.
struct RuleNeed {
  std::string rule, label, measure, unit, test;
  int decimals = 0;
  bool is_cut = false;  ///< of land that is cut away no number tells what is needed
  std::optional<double> now, needed;
  bool beyond = false;  ///< the number must lie beyond `needed`, not at it
  std::string class_now;
  std::vector<std::string> classes;  ///< of a rule about classes: those it names
  bool named_pass = false;           ///< these are the ones that pass, all others fail
};

/// A criterion of two candidates side by side.
struct DuelRow {
  std::string label, unit;
  int decimals = 0;
  std::optional<double> value, other_value;  ///< of a number; nothing = not known
  std::string class_name, other_class_name;  ///< of a class; empty = not known
  double points = 0, other_points = 0;       ///< sum to the scores
};
struct Duel {
  std::optional<std::int64_t> rank, other_rank;
  std::optional<double> score, other_score;
  Outcome outcome = Outcome::unknown, other_outcome = Outcome::unknown;
  std::vector<DuelRow> rows;                  ///< largest difference of points first
  std::vector<std::string> only, only_other;  ///< labels of rules that only one of them fails
  std::optional<double> wins;                 ///< share of draws of weights and missing values in which it scores more
  std::vector<EnoughChange> overtake;         ///< of the one that scores less, named in `behind`
  std::string behind;                         ///< id; empty when they tie or one has no rank
};

struct ModelCounterfactual {
  std::string key, label, weights_note;
  Outcome outcome = Outcome::unknown;
  std::optional<std::int64_t> rank;
  std::size_t top = 0;
  bool in_top = false;
  std::vector<RuleNeed> needs;  ///< of the rules it fails
  bool one_measure = false;     ///< a change of one measure meets them all
  std::vector<EnoughChange>
      into_top;  ///< smallest first: measures by what they add to the value, weights by their move
  std::optional<Duel> duel;
  std::string refused;  ///< why only its rules are told: a sentence where the score is no weighted sum, else empty
};

struct Counterfactual {
  Language language = Language::nl;
  std::string id, against;
  std::vector<ModelCounterfactual> models;
};

struct CounterfactualOptions {
  std::filesystem::path result;
  std::string id, against;          ///< against: another candidate; empty = none
  std::vector<std::string> models;  ///< empty = all
  std::size_t top = 20;
  std::optional<Language> language;
  unsigned workers = 1;
};

/// The smallest changes of one measure or one weight that let a candidate pass, enter the top k, or overtake another.
/// Every change was put in and scored anew with all candidates, and the rules on its measure applied again, before it
/// is told. From the result alone. A change of land, and what else it would change (a cut, another criterion on the
/// same layer), is not in it. Throws `Error{usage}` for ids and models that the result does not have, `Error{input}`
/// for files that are no whole result.
[[nodiscard]] Counterfactual counterfactual(CounterfactualOptions const& options, DataFolders const& data);
[[nodiscard]] std::string to_text(Counterfactual const& report, Labels const& labels);
/// A section for the page of an explanation; not of two candidates side by side.
[[nodiscard]] std::string to_html(Counterfactual const& report, Labels const& labels);
/// The page with a section before its foot.
[[nodiscard]] std::string with_section(std::string page, std::string const& section);
/// One object; keys as in docs/explain.md.
[[nodiscard]] std::string to_json(Counterfactual const& report);

}  // namespace terrein
