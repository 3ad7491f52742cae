#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/io/result_file.hpp"

namespace terrein {

struct ExplainOptions {
  std::filesystem::path result;      ///< the GeoPackage
  std::string id;                    ///< of the candidate
  std::vector<std::string> models;   ///< keys; empty = all
  std::optional<Language> language;  ///< nothing = that of the result
};

/// What was measured of a candidate, as the result holds it.
struct ExplainedMeasure {
  std::string criterion, label;
  std::string unit;      ///< key of a unit; empty where no model weighs the criterion (the label names it then)
  ResultValue value;     ///< number, class or nothing known
  bool in_file = false;  ///< false: `[output] columns` left the column out
  bool by_hand = false;
  std::string decided_by;  ///< id of the feature, or "handmatig: …"; empty = no feature decided, or none is told
};

/// What a rule of a model says of the candidate. `margin` is in the unit of the measure, positive = does not apply; for
/// a cut it is the share of land that is left.
struct ExplainedRule {
  std::string key, label, effect, level, ground, reference, date, mark, test, duty;
  ExplainedMeasure measure;  ///< without criterion for a cut
  std::string result;        ///< pass, condition, fail, unknown; empty = the column is not in the file
  std::optional<double> margin;
};

/// What a criterion adds to the score. `points` = weight share × value × 100 / completeness; nothing where the value
/// is unknown or not in the file.
struct ExplainedCriterion {
  ExplainedMeasure measure;
  std::string level, function, function_points, mark, why;
  double weight_share = 0;
  std::optional<double> value, points, most_points;
  bool value_in_file = false;
  std::string unmeasured;  ///< why no candidate has a value; empty = measured
};

struct ExplainedModel {
  std::string key, label, weights_note;
  std::string outcome, duties;  ///< empty = not in the file
  std::optional<double> score, low, high, completeness, rank;
  double min_completeness = 0;
  std::size_t ranked = 0;      ///< candidates with a rank
  bool cuts_together = false;  ///< it fails because its cuts together leave no land, none alone
  std::vector<ExplainedRule> rules;
  std::vector<ExplainedCriterion> criteria;
};

/// A row of `additions_used` for this candidate; numbers as text.
struct ExplainedAddition {
  std::string field, value, low, high, source, by, date, was, outcome;
};

struct Explanation {
  std::string result, title, time;   ///< of the run
  std::string id, table;             ///< the layer it stands in
  bool excluded = false;             ///< fails in every model
  std::string excluded_by, manual;   ///< as in the file
  std::vector<std::string> missing;  ///< columns that the explanation needs and the layer does not hold
  std::vector<ExplainedModel> models;
  std::vector<ExplainedAddition> additions;
  Language language = Language::nl;
};

/// Explains one candidate from the result alone. Throws `Error{input}` for a file that is no result of terrein or holds
/// no ids, `Error{usage}` for an id or a model that is not in it.
[[nodiscard]] Explanation explain(ExplainOptions const& options, DataFolders const& data);

/// For people, in the language of the explanation.
[[nodiscard]] std::string to_text(Explanation const& explanation, DataFolders const& data);
/// For programs; one object. Numbers are exact.
[[nodiscard]] std::string to_json(Explanation const& explanation);

}  // namespace terrein
