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

std::string with_capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
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
    return "Score: " +
           (is_left_out(model.key + "_score") ? left_out() : pick("geen, niets is bekend", "none, nothing is known")) +
           ".";
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

std::string Words::method(ExplainedModel const& model) const {
  std::string out;
  if (!model.additive)
    out = pick("Methode: ", "Method: ") + model.method +
          pick(". De score is geen som van punten per criterium.", ". The score is no sum of points per criterion.");
  std::vector<std::string> groups;
  for (ExplainedGroup const& one : model.groups)
    groups.push_back(one.label + " " +
                     (!one.shown  ? left_out()
                      : one.score ? fixed(*one.score, 1)
                                  : pick("onbekend", "unknown")));
  if (groups.empty()) return out;
  return out + (out.empty() ? "" : " ") + pick("Deelscores: ", "Sub-scores: ") + join(groups, "; ") + ".";
}

std::string Words::vetoes(ExplainedModel const& model) const {
  std::vector<std::string> out;
  for (ExplainedCriterion const& one : model.criteria) {
    if (!one.veto_below || !one.shown || one.value_low >= *one.veto_below) continue;
    bool const certain = one.value_high < *one.veto_below;
    std::string const what = certain ? pick("waarde {} onder {}, geen rang", "value {} below {}, no rank")
                                     : pick("waarde onbekend, mogelijk onder {1}", "value unknown, possibly below {1}");
    out.push_back(measure_of(one.measure).label + ": " +
                  fmt::format(fmt::runtime(what), fixed(one.value_high, 2), exact(*one.veto_below)));
  }
  return out.empty() ? "" : "Veto: " + join(out, "; ") + ".";
}

std::string Words::position(ExplainedModel const& model) const {
  Position const& at = model.position;
  if (model.criteria.empty() || (!at.rank && !at.would_be && at.ranked == 0)) return {};
  std::string out;
  std::string const of = pick(" van ", " of ") + std::to_string(at.ranked);
  if (at.rank)
    out = pick("Rang ", "Rank ") + std::to_string(*at.rank) + of + ".";
  else
    out = without_rank(model) +
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

std::string Words::without_rank(ExplainedModel const& model) const {
  std::string const none = pick("Geen rang", "No rank");
  if (model.outcome == Outcome::fails) return none + ": " + outcome(*model.outcome);
  if (model.completeness && *model.completeness < model.min_completeness - 1e-12)
    return none + pick(": te weinig is bekend", ": too little is known");
  bool const vetoed = std::any_of(model.criteria.begin(), model.criteria.end(), [](ExplainedCriterion const& one) {
    return one.veto_below && one.shown && one.value_high < *one.veto_below;
  });
  return vetoed ? none + pick(": een waarde ligt onder haar veto", ": a value lies below its veto") : none;
}

std::string Words::rank(ExplainedModel const& model) const {
  if (is_left_out(model.key + "_rank")) return left_out();
  if (!model.position.rank) return pick("geen rang", "no rank");
  return pick("nr. ", "no. ") + std::to_string(*model.position.rank) + pick(" van ", " of ") +
         std::to_string(model.position.ranked);
}

bool Words::is_left_out(std::string const& column) const {
  auto const& list = explanation_.left_out;
  return std::find(list.begin(), list.end(), column) != list.end();
}

std::string Words::excluded() const {
  if (!explanation_.excluded) return {};
  std::string const& why = explanation_.excluded_by;
  return with_capital(labels_.get("explain", "excluded")) + (why.empty() ? "." : ". " + why + ".");
}

std::string Words::unclear(ExplainedCriterion const& one) const {
  if (one.value || !one.shown || !measure_of(one.measure).text) return {};
  return pick("Niet eenduidig: waarde ", "Not unambiguous: value ") + exact(one.value_low) + pick(" tot ", " to ") +
         exact(one.value_high) + ".";
}

std::string Words::site_level(ExplainedRule const& rule) const {
  if (!rule.rule.of_site || !rule.result || rule.result == RuleResult::pass) return {};
  return with_capital(labels_.get("explain", "site_level")) + ".";
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
    if (!model.additive) {
      out.push_back(fmt::format(fmt::runtime(pick("{}: {}; waarde {} tot {} ({} van het gewicht).",
                                                  "{}: {}; value {} to {} ({} of the weight).")),
                                measure.label, measured(measure), fixed(one.value_low, 2), fixed(one.value_high, 2),
                                percent(one.weight_share, 1)));
      continue;
    }
    double const most = 100 * one.weight_share;
    out.push_back(fmt::format(fmt::runtime(pick("{}: {}; goed voor {} tot {} punten van 100 ({} van het gewicht).",
                                                "{}: {}; worth {} to {} points of 100 ({} of the weight).")),
                              measure.label, measured(measure), fixed(most * one.value_low, 1),
                              fixed(most * one.value_high, 1), percent(one.weight_share, 1)));
  }
  return out;
}

std::string Words::manual(std::string const& field) const {
  for (ManualValue const& one : explanation_.manual)
    if (one.field == field && one.outcome == "used") return manual(one);
  return labels_.get("term", "manual");
}

std::string Words::manual(ManualValue const& one) const {
  std::string out = labels_.get("term", "manual");
  if (!one.source.empty()) out += pick(", bron: ", ", source: ") + one.source;
  if (!one.by.empty()) out += pick(", door ", ", by ") + one.by;
  if (!one.date.empty()) out += pick(", op ", ", on ") + one.date;
  if (!one.was.empty()) out += pick("; zonder aanvulling ", "; without addition ") + one.was;
  if (one.outcome != "used") out += "; " + labels_.get("explain", one.outcome);
  return out;
}

std::string Words::manual_line(ManualValue const& one) const {
  auto const measure = explanation_.measures.find(one.field);
  std::string text = measure == explanation_.measures.end() ? one.field : measure->second.label;
  if (!one.value.empty()) text += " = " + one.value;
  if (!one.low.empty() || !one.high.empty()) text += " [" + one.low + " – " + one.high + "]";
  return text + ": " + manual(one) + ".";
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
