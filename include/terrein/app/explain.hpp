#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/decision/rules.hpp"
#include "terrein/decision/value_function.hpp"
#include "terrein/geometry/geometry_column.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// A layer of the study as the result tells of it.
struct ExplainedLayer {
  std::string key, label, source, date, licence, attribution;
};

/// A row of the table `additions_used` for this candidate, or a field that was set without one: what follows from an
/// attribute. `outcome` as in that table; only what is `used` counts.
struct ManualValue {
  std::string field, value, low, high, source, by, date, was, outcome;
};

/// What was measured of the candidate.
struct ExplainedMeasure {
  std::string key, label, unit, measure, meaning;
  int decimals = 0;
  bool is_class = false;
  bool shown = true;                ///< false: [output] columns leaves it out of the result
  std::optional<double> value;      ///< of a number
  std::optional<double> low, high;  ///< what is known of it where it is not
  std::optional<std::string> text;  ///< of a class
  std::string why_unknown;          ///< when nothing could be measured for any candidate
  std::vector<std::string> layers;  ///< keys of the layers it was measured against
  std::string classes;              ///< that count, parted by '|'; empty = all
  std::string by_layer, by;         ///< feature that decided; empty = none
  bool manual = false;              ///< set by hand, or follows from what was
  bool approximate = false;         ///< rests on positions that are only approximate

  [[nodiscard]] bool known() const noexcept { return is_class ? text.has_value() : value.has_value(); }
};

struct ExplainedRule {
  RuleSpec rule;  ///< with its label in `label`
  std::string label;
  std::optional<RuleResult> result;         ///< nothing: [output] columns leaves it out of the result
  std::optional<double> margin;             ///< in the unit of the measure; of a cut the share it leaves
  std::string layer, classes;               ///< of a cut
  double buffer_m = 0;                      ///< of a cut
  std::string by_layer, by;                 ///< of a cut: the feature that takes most
  std::optional<double> cut_share;          ///< of a cut: the part of the candidate it takes
  std::optional<double> cut_low, cut_high;  ///< what is known of it where it is not
  std::optional<double> cut_m2;
};

struct ExplainedCriterion {
  std::string measure;  ///< key in `Explanation::measures`
  ValueFunction function;
  std::string why, mark;
  double weight = 0;        ///< as the study writes it
  double weight_share = 0;  ///< of all weights, 0..1
  bool shown = true;        ///< false: [output] columns leaves the value out
  std::optional<double> value;
  double value_low = 0, value_high = 1;  ///< what remains possible; both the value where it is known
  std::optional<double> points;          ///< that it adds to the score; they sum to it, or there are none
  std::optional<double> possible;        ///< points it would add at value 1
  std::optional<double> veto_below;      ///< value below which the candidate takes no rank
  std::optional<double> better_than;     ///< share of the other ranked candidates with a lower value
  std::optional<double> equal_to;        ///< share of them with the same value
};

/// A ranked candidate beside this one.
struct RankedCandidate {
  std::string id;
  std::int64_t rank = 0;
  double score = 0;
};

struct Position {
  std::optional<std::int64_t> rank;
  std::optional<std::int64_t> would_be;       ///< rank that its score would give, where it has none
  std::size_t ranked = 0;                     ///< candidates with a rank
  std::optional<double> better_than;          ///< share of the other ranked candidates with a lower score
  std::vector<RankedCandidate> above, below;  ///< the nearest, at most one each
};

/// Score of a group of criteria.
struct ExplainedGroup {
  std::string key, label;
  bool shown = true;            ///< false: [output] columns leaves it out
  std::optional<double> score;  ///< 0–100
};

struct ExplainedModel {
  std::string key, label, weights_note;
  std::string method;    ///< how values become the score, on which scales
  bool additive = true;  ///< a weighted sum: points per criterion add up to the score; other methods have no points
  std::vector<ExplainedGroup> groups;
  std::optional<Outcome> outcome;  ///< nothing for a study without models, or when left out of the result
  bool all_cut = false;            ///< fails because all cuts together leave no land
  std::vector<std::string> duties;
  std::vector<ExplainedRule> rules;
  std::vector<ExplainedCriterion> criteria;
  std::optional<double> score, low, high, completeness;  ///< 0–100, completeness 0–1
  double min_completeness = 0;
  std::optional<double> net_m2;  ///< land that the cuts leave
  Position position;
};

/// One outline of the map: the candidate itself, or a neighbour with its outcome in the first model.
struct MapShape {
  std::string id, outcome;
};
struct ExplainedMap {
  GeometryColumn shapes;
  std::vector<MapShape> about;  ///< one per shape; the first is the candidate
};

/// Why, and why not: everything the result says of one candidate.
struct Explanation {
  std::string id, table, title, study, time, version, file;
  Language language = Language::nl;
  bool excluded = false;    ///< fails in every model
  std::string excluded_by;  ///< rules per model, as the file says
  double area_m2 = 0;
  std::size_t candidates = 0;  ///< in the result, the excluded ones included
  std::map<std::string, ExplainedMeasure> measures;
  std::vector<ExplainedModel> models;
  std::vector<ExplainedLayer> layers;  ///< those that any measure or cut names, in the order of the study
  std::vector<ManualValue> manual;
  std::vector<std::string> left_out;  ///< columns that [output] columns leaves out, so that something cannot be shown
  std::vector<std::string> warnings;  ///< what does not fit together in the file
  ExplainedMap map;
};

/// Explains candidates from a result alone; what they share is read once. For one thread at a time.
class ResultExplainer {
 public:
  /// `file` is a GeoPackage that `run_study` wrote; without `language` that of the study is spoken. Throws
  /// `Error{input}` for a file that is no whole result of this version of terrein.
  ResultExplainer(std::filesystem::path const& file, std::optional<Language> language, DataFolders const& data);
  ~ResultExplainer();
  ResultExplainer(ResultExplainer const&) = delete;
  ResultExplainer& operator=(ResultExplainer const&) = delete;

  /// Everything about the candidate with exactly this id, in the models named or, when none is, in all of the result.
  /// Throws `Error{usage}` for an id or a model that is not in it, with the nearest names, and `Error{input}` as above.
  [[nodiscard]] Explanation explain(std::string const& id, std::vector<std::string> const& models = {}) const;

 private:
  std::unique_ptr<class OpenResult> result_;
};

/// For people at a terminal of 100 columns.
[[nodiscard]] std::string to_text(Explanation const& explanation, Labels const& labels);
/// For people: one page of HTML that needs nothing else, fit to print on A4.
[[nodiscard]] std::string to_html(Explanation const& explanation, Labels const& labels);
/// For programs: one object, its keys as in docs/explain.md.
[[nodiscard]] std::string to_json(Explanation const& explanation);

}  // namespace terrein
