#pragma once

#include <string>
#include <vector>

#include "terrein/app/explain.hpp"

namespace terrein {

/// Says numbers, tests and value functions of an explanation in words, in the language of the explanation: shares as
/// percentages, a comma in Dutch, units after the number.
class Words {
 public:
  Words(Explanation const& explanation, Labels const& labels)
      : explanation_(explanation), labels_(labels), nl_(explanation.language == Language::nl) {}

  [[nodiscard]] std::string pick(std::string const& nl, std::string const& en) const { return nl_ ? nl : en; }
  [[nodiscard]] Labels const& labels() const noexcept { return labels_; }

  /// "12.345,6": digits after the point, more where a number would round to 0.
  [[nodiscard]] std::string number(double value, int decimals) const;
  /// The same with exactly so many digits: points and values, where 0,0 says enough.
  [[nodiscard]] std::string fixed(double value, int decimals) const;
  /// A number as it was written, without rounding: thresholds and points.
  [[nodiscard]] std::string exact(double value) const;
  [[nodiscard]] std::string percent(double share, int decimals = 0) const;
  [[nodiscard]] std::string hectares(double m2) const;
  /// "12,3 %", "1.250 m".
  [[nodiscard]] std::string with_unit(double value, ExplainedMeasure const& measure) const;
  /// The value, or what is known of it: "onbekend, tussen 2,0 % en 12,3 %".
  [[nodiscard]] std::string measured(ExplainedMeasure const& measure) const;
  /// The same of an unknown of which something is known, or why it is unknown; else empty.
  [[nodiscard]] std::string bounds(ExplainedMeasure const& measure) const;
  /// "meer dan 2 %", "geen van: business, port".
  [[nodiscard]] std::string test(RuleTest const& test, ExplainedMeasure const& measure) const;
  /// "marge 1,2 procentpunt"; empty without margin.
  [[nodiscard]] std::string margin(ExplainedRule const& rule, ExplainedMeasure const& measure) const;
  /// "3 min of minder: 1; 8 min: 0,6; 20 min of meer: 0; ertussen rechtlijnig".
  [[nodiscard]] std::string function(ValueFunction const& function, ExplainedMeasure const& measure) const;
  /// "Grond: beleid · verwijzing · datum · geverifieerd".
  [[nodiscard]] std::string grounds(RuleSpec const& rule) const;
  [[nodiscard]] std::string mark(std::string const& mark) const;
  [[nodiscard]] std::string outcome(Outcome outcome) const;
  /// What one rule says of the candidate: its outcome, or that its column was left out.
  [[nodiscard]] std::string result(ExplainedRule const& rule) const;
  /// "Gebouwen (gebouwen.gpkg, 2026-01-31)"; the layers of a measure joined by semicolons.
  [[nodiscard]] std::string layer(std::string const& key) const;
  [[nodiscard]] std::string layer_label(std::string const& key) const;
  [[nodiscard]] std::string source(ExplainedMeasure const& measure) const;
  /// "handmatig, bron …, door …, op …" of what counts for a field.
  [[nodiscard]] std::string manual(std::string const& field) const;
  [[nodiscard]] std::string manual(ManualValue const& one) const;
  /// That it fails in every model, and by what; empty for other candidates.
  [[nodiscard]] std::string excluded() const;
  /// Why a class that is known has no value; empty for others.
  [[nodiscard]] std::string unclear(ExplainedCriterion const& one) const;
  /// That a rule at site level does not count for one parcel; empty for others and for what does not apply.
  [[nodiscard]] std::string site_level(ExplainedRule const& rule) const;
  /// Whether [output] columns leaves a column out.
  [[nodiscard]] bool is_left_out(std::string const& column) const;
  /// "nr. 119 van 2438", or that there is none.
  [[nodiscard]] std::string rank(ExplainedModel const& model) const;
  /// "0,6 van 12,0": points and what was possible, or the range of an unknown.
  [[nodiscard]] std::string points(ExplainedCriterion const& criterion) const;
  /// "Beter dan 72 % van de kandidaten met een rang, even goed als 3 %."; empty without others.
  [[nodiscard]] std::string compared(ExplainedCriterion const& criterion) const;
  /// What a cut takes: "12,3 % (0,41 ha)".
  [[nodiscard]] std::string taken(ExplainedRule const& rule) const;
  /// Why the outcome is what it is, in sentences.
  [[nodiscard]] std::string because(ExplainedModel const& model) const;
  /// Score with range and completeness, in sentences.
  [[nodiscard]] std::string score(ExplainedModel const& model) const;
  /// Where a score comes from that is no sum of points: method and sub-scores, in sentences; else empty.
  [[nodiscard]] std::string method(ExplainedModel const& model) const;
  /// Values that lie below their veto, or may, in sentences; empty without any.
  [[nodiscard]] std::string vetoes(ExplainedModel const& model) const;
  /// Rank, share beaten and neighbours, in sentences.
  [[nodiscard]] std::string position(ExplainedModel const& model) const;
  /// What the unknown could change, a sentence each.
  [[nodiscard]] std::vector<std::string> unknowns(ExplainedModel const& model) const;

  /// "Criterium = waarde: handmatig, bron …".
  [[nodiscard]] std::string manual_line(ManualValue const& one) const;
  /// "Gebouwen: gebouwen.gpkg, 2026-01-31 · licentie".
  [[nodiscard]] std::string source_line(ExplainedLayer const& one) const;
  /// Which columns the study leaves out; empty when nothing is missing.
  [[nodiscard]] std::string left_out_note() const;
  /// What it is and is not, study, date and version.
  [[nodiscard]] std::string closing() const;

  [[nodiscard]] ExplainedMeasure const& measure_of(std::string const& key) const {
    return explanation_.measures.at(key);
  }
  [[nodiscard]] std::string left_out() const;

  /// Rules and cuts that say something before those that do not apply; each in the order of the model.
  [[nodiscard]] static std::vector<ExplainedRule> by_weight(ExplainedModel const& model, bool cuts);

 private:
  [[nodiscard]] std::string without_rank(ExplainedModel const& model) const;
  [[nodiscard]] std::string bare(double value, ExplainedMeasure const& measure) const;
  [[nodiscard]] std::string as_written(double value, ExplainedMeasure const& measure) const;
  [[nodiscard]] std::string unit(ExplainedMeasure const& measure) const;
  [[nodiscard]] std::string piecewise(ValueFunction const& function, ExplainedMeasure const& measure) const;
  [[nodiscard]] std::string classes(ValueFunction const& function) const;

  Explanation const& explanation_;
  Labels const& labels_;
  bool nl_;
};

}  // namespace terrein
