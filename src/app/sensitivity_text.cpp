#include <fmt/core.h>

#include <algorithm>

#include "json_parts.hpp"
#include "terrein/app/sensitivity.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// One model in words, for a terminal.
class Telling {
 public:
  Telling(ModelSensitivity const& model, SensitivityReport const& report) : model_(model), report_(report) {}

  std::string text() {
    line("{} ({})", model_.label, model_.weights_note);
    line(pick("  {} trekkingen, {}; {} kandidaten met een rang, k = {}",
              "  {} draws, {}; {} candidates with a rank, k = {}"),
         model_.draws, model_.weights_drawn, model_.ranked, model_.top);
    if (model_.factor_draws > 0)
      line(pick("  de factoren van vrachtketens zijn {} keer getrokken binnen hun bereik",
                "  the factors of freight chains are drawn {} times within their ranges"),
           model_.factor_draws);
    if (model_.central_factors)
      line(pick("  de factoren van vrachtketens tellen met hun centrale waarde: er zijn er geen getrokken",
                "  the factors of freight chains count by their central values: none are drawn"));
    line(
        pick(
            "  in {} van de trekkingen is de beste {} net dezelfde; {} kandidaten zijn er bijna zeker bij (95 %), {} "
            "mogelijk (5 %)",
            "  in {} of the draws the top {} is exactly the same; {} candidates are nearly certain to be in it (95 %), "
            "{} possibly (5 %)"),
        percent(model_.same_top), model_.top, model_.certain, model_.possible);
    candidates();
    weights();
    facts();
    return std::move(out_) + "\n";
  }

 private:
  [[nodiscard]] std::string pick(char const* dutch, char const* english) const {
    return report_.language == Language::nl ? dutch : english;
  }
  template <class... Arguments>
  void line(std::string const& format, Arguments const&... arguments) {
    out_ += fmt::format(fmt::runtime(format), arguments...) + "\n";
  }
  /// Decimals as the language writes them.
  [[nodiscard]] std::string decimal(double value, int digits) const {
    std::string out = fmt::format("{:.{}f}", value, digits);
    if (report_.language == Language::nl) std::replace(out.begin(), out.end(), '.', ',');
    return out;
  }
  [[nodiscard]] std::string percent(double share) const { return decimal(100 * share, 0) + " %"; }
  template <class Number>
  static std::string whole(std::optional<Number> const& number) {
    return number ? std::to_string(*number) : "-";
  }

  void candidates() {
    line("");
    line(pick("  {:>5} {:>7} {:>8} {:>15} {:>10} {:>8}  {}", "  {:>5} {:>7} {:>8} {:>15} {:>10} {:>8}  {}"),
         pick("rang", "rank"), "score", pick("bij k", "in top"), pick("rang 5 - 95 %", "rank 5 - 95 %"),
         pick("aan rand", "at edge"), pick("eerste", "first"), pick("kandidaat", "candidate"));
    for (std::size_t i = 0; i < std::min(report_.shown, model_.best.size()); ++i) {
      CandidateSensitivity const& one = model_.best[i];
      line("  {:>5} {:>7} {:>8} {:>15} {:>10} {:>8}  {}", whole(one.rank), decimal(one.score, 1), percent(one.in_top),
           whole(one.rank_low) + " - " + whole(one.rank_high), one.edge_pct ? decimal(*one.edge_pct, 2) + " pp" : "-",
           percent(one.first), one.id);
    }
    line(pick("  aan rand: zoveel procentpunt moet één gewicht minstens verschuiven voor ze van plaats wisselt met de "
              "kandidaat aan de rand van de beste {}",
              "  at edge: so many percentage points one weight must move at least before it changes places with the "
              "candidate at the edge of the top {}"),
         model_.top);
  }

  void weights() {
    line("");
    line("  {:>8} {:>17} {:>9} {:>9}  {}", pick("gewicht", "weight"), pick("beste k blijft", "top k stays"),
         pick("op score", "on score"), pick("op top", "on top"), pick("criterium", "criterion"));
    for (WeightSensitivity const& one : model_.weights) {
      bool const weight = !one.criterion.empty();
      line("  {:>8} {:>17} {:>9} {:>9}  {}", weight ? decimal(one.weight_pct, 1) + " %" : "",
           weight ? decimal(one.low_pct, 1) + " - " + decimal(one.high_pct, 1) : "",
           one.score_total ? percent(*one.score_total) : "-", one.top_total ? percent(*one.top_total) : "-", one.label);
      change(pick("bij minder", "with less"), one.falls_below, one.rises_below);
      change(pick("bij meer", "with more"), one.falls_above, one.rises_above);
    }
    if (model_.weights.empty() || !model_.weights.front().score_total) return;
    line(pick(
        "  op score, op top: deel van de spreiding dat van dit gewicht afhangt, ook samen met andere (Sobol, totaal)",
        "  on score, on top: part of the variance that depends on this weight, also together with others (Sobol, "
        "total)"));
  }

  void change(std::string const& side, std::string const& falls, std::string const& rises) {
    if (falls.empty()) return;
    line(pick("  {:>8} {}: {} komt in de plaats van {}", "  {:>8} {}: {} takes the place of {}"), "", side, rises,
         falls);
  }

  void facts() {
    line("");
    if (model_.facts.empty()) {
      line(pick("  eerst onderzoeken: geen enkel ontbrekend gegeven kan de keuze veranderen",
                "  investigate first: no missing value could change the choice"));
      return;
    }
    line(pick("  eerst onderzoeken:", "  investigate first:"));
    for (std::size_t i = 0; i < std::min(report_.shown, model_.facts.size()); ++i) {
      FactSensitivity const& one = model_.facts[i];
      line(pick("  {}: {} ({}); kans dat de keuze verandert {}, winst {} punten",
                "  {}: {} ({}); chance that the choice changes {}, gain {} points"),
           one.id, one.label,
           one.in_top ? pick("nu bij de beste k", "in the top k now")
                      : pick("nu niet bij de beste k", "not in the top k now"),
           percent(one.chance), decimal(one.gain, 2));
    }
  }

  ModelSensitivity const& model_;
  SensitivityReport const& report_;
  std::string out_;
};

using Json = nlohmann::ordered_json;

Json of(WeightSensitivity const& one) {
  bool const weight = !one.criterion.empty();
  auto const share = [weight](double value) { return weight ? Json(value) : Json(nullptr); };
  return {{"criterion", or_null(one.criterion)},     {"label", one.label},
          {"weight_pct", share(one.weight_pct)},     {"low_pct", share(one.low_pct)},
          {"high_pct", share(one.high_pct)},         {"falls_below", or_null(one.falls_below)},
          {"rises_below", or_null(one.rises_below)}, {"falls_above", or_null(one.falls_above)},
          {"rises_above", or_null(one.rises_above)}, {"score_first", or_null(one.score_first)},
          {"score_total", or_null(one.score_total)}, {"top_first", or_null(one.top_first)},
          {"top_total", or_null(one.top_total)}};
}

Json of(CandidateSensitivity const& one) {
  return {{"id", one.id},
          {"rank", or_null(one.rank)},
          {"score", one.score},
          {"p_top_k", one.in_top},
          {"rank_p05", or_null(one.rank_low)},
          {"rank_p95", or_null(one.rank_high)},
          {"stability_pct", or_null(one.edge_pct)},
          {"first_share", one.first}};
}

Json of(FactSensitivity const& one) {
  return {{"id", one.id},
          {"field", one.field},
          {"label", one.label},
          {"decides", one.is_rule ? "rule" : "score"},
          {"in_top_now", one.in_top},
          {"chance", one.chance},
          {"gain_points", one.gain}};
}

template <class T>
Json list_of(std::vector<T> const& all) {
  Json out = Json::array();
  for (T const& one : all) out.push_back(of(one));
  return out;
}

}  // namespace

std::string to_text(SensitivityReport const& report) {
  std::string out;
  for (ModelSensitivity const& model : report.models) out += Telling(model, report).text();
  for (std::string const& sentence : report.refused) out += sentence + "\n\n";
  out.pop_back();  // one empty line between models, none after the last
  return out;
}

std::string to_json(SensitivityReport const& report) {
  Json models = Json::array();
  for (ModelSensitivity const& one : report.models)
    models.push_back({{"model", one.key},
                      {"label", one.label},
                      {"weights_note", one.weights_note},
                      {"top_k", one.top},
                      {"ranked_n", one.ranked},
                      {"draws", one.draws},
                      {"factor_draws", one.factor_draws},
                      {"same_top_share", one.same_top},
                      {"certain_n", one.certain},
                      {"possible_n", one.possible},
                      {"weights", list_of(one.weights)},
                      {"best", list_of(one.best)},
                      {"investigate_first", list_of(one.facts)}});
  return Json{{"models", std::move(models)}, {"refused", report.refused}}.dump(1, ' ', false,
                                                                               Json::error_handler_t::replace) +
         "\n";
}

}  // namespace terrein
