#include <fmt/core.h>

#include <algorithm>

#include "explain_words.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Labels of the rules that make the outcome what it is.
std::vector<std::string> deciding(ExplainedModel const& model, RuleResult result) {
  std::vector<std::string> out;
  for (ExplainedRule const& one : model.rules)
    if (one.result == result && decides(one.rule)) out.push_back(one.label);
  return out;
}

std::vector<std::string> cuts_that_take(ExplainedModel const& model) {
  std::vector<std::string> out;
  for (ExplainedRule const& one : model.rules)
    if (one.cut_share.value_or(0) > 0) out.push_back(one.label);
  return out;
}

}  // namespace

std::string Words::because(ExplainedModel const& model) const {
  if (!model.outcome) return left_out();
  auto const named = [this](std::string const& before, std::vector<std::string> const& rules) {
    return rules.empty() ? left_out() : before + join(rules, ", ") + ".";
  };
  switch (*model.outcome) {
    case Outcome::fails:
      if (model.all_cut)
        return named(pick("De uitsnijdingen samen laten geen grond over: ", "The cuts together leave no land: "),
                     cuts_that_take(model));
      return named(pick("Uitgesloten door: ", "Excluded by: "), deciding(model, RuleResult::fail));
    case Outcome::conditional:
      return named(pick("Voorwaarde door: ", "Conditional on: "), deciding(model, RuleResult::condition));
    case Outcome::unknown:
      return named(pick("Niet te beslissen zolang dit onbekend is: ", "Not to be decided while this is unknown: "),
                   deciding(model, RuleResult::unknown));
    case Outcome::passes:
      return pick("Geen regel sluit uit of stelt een voorwaarde.", "No rule excludes or asks a condition.");
  }
  return {};
}

std::string Words::score(ExplainedModel const& model) const {
  if (model.criteria.empty()) return {};
  if (!model.score) {
    bool const hidden = std::find(explanation_.left_out.begin(), explanation_.left_out.end(), model.key + "_score") !=
                        explanation_.left_out.end();
    return "Score: " + (hidden ? left_out() : pick("geen, niets is bekend", "none, nothing is known")) + ".";
  }
  std::string out = "Score " + fixed(*model.score, 1) + pick(" van 100", " of 100");
  if (!model.completeness) return out + ".";
  bool const whole = *model.completeness >= 1 - 1e-9;
  if (whole) return out + pick("; alles is bekend.", "; everything is known.");
  out += pick(" op wat bekend is, ", " on what is known, ") + percent(*model.completeness, 1) +
         pick(" van het gewicht", " of the weight");
  if (model.low && model.high)
    out += pick("; met het onbekende tussen ", "; with the unknown between ") + fixed(*model.low, 1) +
           pick(" en ", " and ") + fixed(*model.high, 1);
  out += ".";
  if (*model.completeness < model.min_completeness - 1e-12)
    out += pick(" Te weinig voor een rang (minstens ", " Too little for a rank (at least ") +
           percent(model.min_completeness) + pick("): eerst onderzoeken.", "): investigate first.");
  return out;
}

std::string Words::position(ExplainedModel const& model) const {
  Position const& at = model.position;
  if (model.criteria.empty() || (!at.rank && !at.would_be && at.ranked == 0)) return {};
  std::string out;
  std::string const of = pick(" van ", " of ") + std::to_string(at.ranked);
  if (at.rank)
    out = pick("Rang ", "Rank ") + std::to_string(*at.rank) + of + ".";
  else
    out = pick("Geen rang", "No rank") +
          (at.would_be ? fmt::format(fmt::runtime(pick(
                                         "; alleen naar score zou dit plaats {} zijn naast {} kandidaten met een rang.",
                                         "; by score alone it would be place {} beside {} candidates with a rank.")),
                                     *at.would_be, at.ranked)
                       : ".");
  if (at.better_than)
    out += pick(" Scoort hoger dan ", " Scores higher than ") + percent(*at.better_than) +
           pick(at.rank ? " van de andere." : " ervan.", at.rank ? " of the others." : " of them.");
  auto const neighbour = [&](RankedCandidate const& one) {
    return one.id + " (" + pick("nr. ", "no. ") + std::to_string(one.rank) + ", " + fixed(one.score, 1) + ")";
  };
  if (!at.above.empty()) out += pick(" Net erboven: ", " Just above: ") + neighbour(at.above.front()) + ".";
  if (!at.below.empty()) out += pick(" Net eronder: ", " Just below: ") + neighbour(at.below.front()) + ".";
  return out;
}

std::vector<std::string> Words::unknowns(ExplainedModel const& model) const {
  std::vector<std::string> out;
  for (ExplainedRule const& one : model.rules) {
    if (one.result != RuleResult::unknown) continue;
    bool const cuts = one.rule.effect == RuleEffect::cut;
    std::string const known = cuts ? taken(one) : measured(measure_of(one.rule.criterion));
    std::string const effect = decides(one.rule) ? pick("kan de uitkomst veranderen", "could change the outcome")
                                                 : pick("kan een aandachtspunt toevoegen", "could add a notice");
    out.push_back(pick("Regel ", "Rule ") + one.label + ": " + known + "; " + effect + ".");
  }
  for (ExplainedCriterion const& one : model.criteria) {
    if (one.value || !one.shown || one.weight_share == 0) continue;
    ExplainedMeasure const& measure = measure_of(one.measure);
    double const most = 100 * one.weight_share;
    out.push_back(fmt::format(fmt::runtime(pick("{}: {}; goed voor {} tot {} punten van 100 ({} van het gewicht).",
                                                "{}: {}; worth {} to {} points of 100 ({} of the weight).")),
                              measure.label, measured(measure), fixed(most * one.value_low, 1),
                              fixed(most * one.value_high, 1), percent(one.weight_share, 1)));
  }
  return out;
}

std::string Words::manual_line(ManualValue const& one) const {
  auto const measure = explanation_.measures.find(one.field);
  std::string text = measure == explanation_.measures.end() ? one.field : measure->second.label;
  if (!one.value.empty()) text += " = " + one.value;
  if (!one.low.empty() || !one.high.empty()) text += " [" + one.low + " – " + one.high + "]";
  return text + ": " + manual(one.field) + ".";
}

std::string Words::source_line(ExplainedLayer const& one) const {
  std::string const& licence = one.attribution.empty() ? one.licence : one.attribution;
  return one.label + ": " + one.source + (one.date.empty() ? "" : ", " + one.date) +
         (licence.empty() ? "" : " · " + licence);
}

std::string Words::left_out_note() const {
  if (explanation_.left_out.empty()) return {};
  return pick("Niet te tonen, omdat [output] columns van de studie deze kolommen weglaat: ",
              "Not to be shown, because [output] columns of the study leaves out these columns: ") +
         join(explanation_.left_out, ", ") + ".";
}

std::string Words::closing() const {
  return pick("Verkennende analyse, geen vergunningsbeslissing. Studie ",
              "Screening analysis, not a permit decision. Study ") +
         explanation_.study + ", " + explanation_.time.substr(0, 10) + ", terrein " + explanation_.version + ".";
}

}  // namespace terrein
