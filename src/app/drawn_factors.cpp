#include "drawn_factors.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <span>

#include "model_scoring.hpp"
#include "run_steps.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/chains.hpp"
#include "terrein/decision/relative_value.hpp"
#include "terrein/decision/scoring.hpp"
#include "terrein/robustness/random.hpp"

namespace terrein {
namespace {

constexpr double no_bound = std::numeric_limits<double>::infinity();

bool is_uncertain(FactorRow const& row) { return row.figure.low < row.figure.high; }

/// Rows that say the same are one factor, whichever chains they count for.
std::string identity(FactorRow const& row) {
  return join(std::vector<std::string>{row.set, row.kind, row.mode, row.vehicle, row.goods, row.quantity,
                                       shortest(row.figure.low), shortest(row.figure.value), shortest(row.figure.high)},
              "|");
}

/// The figures of every draw, each factor apart: nothing is known of how they go together.
class Draws {
 public:
  Draws(Study const& study, std::vector<CriterionSpec> const& specs) : n_(study.robustness.factor_draws) {
    std::set<std::string> keys;
    for (CriterionSpec const& spec : specs) keys.insert(spec.chains);
    for (std::string const& key : keys)
      for (FactorRow const& row : study.chains.at(key).factors.used) {
        if (!is_uncertain(row) || of_.contains(identity(row))) continue;
        of_.emplace(identity(row), factors_.size());
        DrawnFactor factor{row, {}};
        for (double const share : stratified(n_, study.robustness.seed, random_key(identity(row))))
          factor.figures.push_back(figure_at(row.figure, share));
        factors_.push_back(std::move(factor));
      }
    for (std::size_t draw = 0; draw < n_; ++draw) {
      by_key_.emplace_back();
      for (std::string const& key : keys) by_key_.back().emplace(key, drawn(study.chains.at(key).factors, draw));
    }
  }
  [[nodiscard]] std::vector<std::map<std::string, FreightFactors>> const& by_key() const noexcept { return by_key_; }
  [[nodiscard]] std::vector<DrawnFactor> const& factors() const noexcept { return factors_; }

 private:
  [[nodiscard]] FreightFactors drawn(FreightFactors const& factors, std::size_t draw) const {
    std::vector<double> figures;
    for (FactorRow const& row : factors.used)
      figures.push_back(is_uncertain(row) ? factors_[of_.at(identity(row))].figures[draw] : row.figure.value);
    return with_figures(factors, figures);
  }

  std::size_t n_;
  std::map<std::string, std::size_t> of_;
  std::vector<DrawnFactor> factors_;
  std::vector<std::map<std::string, FreightFactors>> by_key_;
};

bool uses(ModelConfig const& model, std::vector<CriterionSpec> const& specs) {
  return is_weighted_sum(model) &&
         std::any_of(model.criteria.begin(), model.criteria.end(), [&](ModelCriterion const& one) {
           return std::any_of(specs.begin(), specs.end(), [&](auto const& spec) { return spec.key == one.criterion; });
         });
}

bool is_in_result(Study const& study, ModelConfig const& model) {
  auto const& left_out = study.output.leave_out;
  return std::find(left_out.begin(), left_out.end(), model.key) == left_out.end();
}

/// The candidates that models which rest on factors do not exclude, ascending. Not only those with a rank: other
/// weights may give others one.
std::vector<Row> candidates_of_models(std::vector<CriterionSpec> const& specs, Inputs const& inputs,
                                      Judgement const& judgement) {
  std::set<Row> out;
  for (ModelResult const& model : judgement.models) {
    if (!uses(*model.model, specs)) continue;
    std::vector<std::uint8_t> standing;
    for (Outcome const outcome : model.outcome) standing.push_back(outcome != Outcome::fails ? 1 : 0);
    if (static_cast<std::size_t>(std::count(standing.begin(), standing.end(), 1)) <= most_by_factors) {
      for (Row row = 0; row < standing.size(); ++row)
        if (standing[row] != 0) out.insert(row);
    } else {
      for (Row const row : top(model.scores.score, standing, inputs.candidates->layer.id_rank, most_by_factors))
        out.insert(row);
    }
  }
  return {out.begin(), out.end()};
}

double low_of(Measure const& measure, std::size_t row) {
  return measure.value.is_known(row) ? measure.value.values[row] : measure.low.at(row).value_or(-no_bound);
}
double high_of(Measure const& measure, std::size_t row) {
  return measure.value.is_known(row) ? measure.value.values[row] : measure.high.at(row).value_or(no_bound);
}

/// Drops rows that were set by hand, and those whose measure is under all draws what it is without.
DrawnMeasure compact(DrawnMeasure const& all, std::size_t draws, Measure const& as_it_stands,
                     std::map<std::size_t, std::string> const* by_hand) {
  DrawnMeasure out;
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    Row const row = all.rows[i];
    auto const part = [&](std::vector<double> const& of) { return std::span(of).subspan(i * draws, draws); };
    auto const is_all = [](std::span<double const> numbers, double number) {
      return std::all_of(numbers.begin(), numbers.end(), [number](double one) { return one == number; });
    };
    auto const low = part(all.low), high = part(all.high);
    bool const same = is_all(low, low_of(as_it_stands, row)) && is_all(high, high_of(as_it_stands, row));
    if (same || (by_hand != nullptr && by_hand->contains(row))) continue;
    out.rows.push_back(row);
    out.low.insert(out.low.end(), low.begin(), low.end());
    out.high.insert(out.high.end(), high.begin(), high.end());
  }
  return out;
}

/// A function that gives a value to any number, whatever is measured.
std::optional<ValueFunction> anywhere(ValueFunction const& function, Measure const& as_it_stands) {
  if (function.kind == ValueKind::minmax) return relative_line(function, as_it_stands);
  ValueFunction out = function;
  if (out.outside == Outside::error) out.outside = Outside::clip;
  return out;
}

/// The rows of a measure under one draw.
Measure under(DrawnMeasure const& drawn, std::size_t draws, std::size_t draw) {
  Measure out = unknown_measure({}, {}, false, drawn.rows.size(), {});
  for (std::size_t i = 0; i < drawn.rows.size(); ++i) {
    double const low = drawn.low[i * draws + draw], high = drawn.high[i * draws + draw];
    if (low == high) {
      out.value.set(i, low);
      continue;
    }
    if (low > -no_bound) out.low.set(i, low);
    if (high < no_bound) out.high.set(i, high);
  }
  return out;
}

}  // namespace

std::vector<CriterionSpec> criteria_on_factors(Study const& study) {
  std::vector<CriterionSpec> out;
  if (!study.robustness.asked || study.robustness.factor_draws == 0) return out;
  for (CriterionSpec const& spec : study.criteria) {
    CriterionKind const* const kind = find_criterion_kind(spec.measure);
    auto const chains = study.chains.find(spec.chains);
    if (kind == nullptr || !kind->on_chains() || kind->is_class || chains == study.chains.end()) continue;
    auto const& used = chains->second.factors.used;
    if (std::any_of(used.begin(), used.end(), is_uncertain) &&
        std::any_of(study.models.begin(), study.models.end(),
                    [&](auto const& model) { return uses(model, {spec}) && is_in_result(study, model); }))
      out.push_back(spec);
  }
  return out;
}

double figure_at(Figure const& figure, double share) {
  return share < 0.5 ? figure.low + 2 * share * (figure.value - figure.low)
                     : figure.value + (2 * share - 1) * (figure.high - figure.value);
}

std::shared_ptr<DrawnFactors const> draw_factors(Study const& study, Inputs const& inputs, Judgement const& judgement) {
  std::vector<CriterionSpec> const specs = criteria_on_factors(study);
  if (specs.empty()) return nullptr;
  Draws const draws(study, specs);
  std::vector<Row> const rows = candidates_of_models(specs, inputs, judgement);
  MeasuringLayer const best = candidates_of(*inputs.candidates, rows);
  Inputs of_best = inputs;
  of_best.candidates = &best;
  of_best.candidate_layer.clear();  // chains look at no neighbours
  of_best.candidate_rows.clear();
  of_best.store = nullptr;
  of_best.progress = {};
  auto out = std::make_shared<DrawnFactors>();
  std::size_t const n = out->draws = study.robustness.factor_draws;
  out->factors = draws.factors();
  std::vector<DrawnMeasure> all(
      specs.size(), DrawnMeasure{rows, std::vector<double>(rows.size() * n), std::vector<double>(rows.size() * n)});
  measure_under(specs, of_best, draws.by_key(), [&](std::size_t draw, std::size_t i, Measure const& measure) {
    for (std::size_t k = 0; k < rows.size(); ++k) {
      all[i].low[k * n + draw] = low_of(measure, k);
      all[i].high[k * n + draw] = high_of(measure, k);
    }
  });
  for (std::size_t i = 0; i < specs.size(); ++i) {
    auto const by_hand = judgement.manual.of_criterion.find(specs[i].key);
    out->measures.emplace(specs[i].key,
                          compact(all[i], n, measure_of(judgement.measures, specs[i].key),
                                  by_hand == judgement.manual.of_criterion.end() ? nullptr : &by_hand->second));
    all[i] = {};
  }
  return out;
}

void add_factors(DrawnFactors const& drawn, ModelConfig const& model,
                 std::function<Measure const&(std::string const& criterion)> const& measure_of,
                 RankingProblem& problem) {
  for (std::size_t j = 0; j < model.criteria.size(); ++j) {
    ModelCriterion const& one = model.criteria[j];
    auto const found = drawn.measures.find(one.criterion);
    if (found == drawn.measures.end() || found->second.rows.empty()) continue;
    auto const function = anywhere(one.function, measure_of(one.criterion));
    if (!function) continue;  // all candidates are alike
    DrawnMeasure const& of = found->second;
    FactorValues values{j, of.rows, std::vector<double>(of.low.size()), std::vector<double>(of.low.size())};
    for (std::size_t draw = 0; draw < drawn.draws; ++draw) {
      Values const under_draw = evaluate(*function, under(of, drawn.draws, draw));
      for (std::size_t i = 0; i < of.rows.size(); ++i) {
        values.low[i * drawn.draws + draw] = under_draw.low[i];
        values.high[i * drawn.draws + draw] = under_draw.high[i];
      }
    }
    problem.by_factors.push_back(std::move(values));
    problem.factor_draws = drawn.draws;
  }
}

}  // namespace terrein
