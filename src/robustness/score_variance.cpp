#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "robustness/score_table.hpp"
#include "terrein/core/error.hpp"
#include "terrein/decision/scoring.hpp"
#include "terrein/robustness/sobol.hpp"

namespace terrein {
namespace {

/// Weights of points of the unit cube, one number per criterion.
class UnitWeights {
 public:
  explicit UnitWeights(WeightSpace const& space) : space_(space) {
    if (space.kind == WeightKind::fixed)
      throw_error(ErrorKind::config, "The weights are fixed, so that no score depends on them.");
    if (space.kind == WeightKind::order)
      throw_error(ErrorKind::config,
                  "Weights in an order depend on each other, so that their parts in the variance cannot be told apart; "
                  "choose 'around', 'any' or 'ranges'.");
  }
  void weights(double const* point, std::vector<double>& out) const {
    double sum = 0;
    for (std::size_t j = 0; j < out.size(); ++j) sum += out[j] = before_sum(j, point[j]);
    for (double& weight : out) weight /= sum > 0 ? sum : 1;
  }

 private:
  [[nodiscard]] double before_sum(std::size_t j, double u) const {
    if (space_.kind == WeightKind::ranges) return space_.low[j] + u * (space_.high[j] - space_.low[j]);
    if (space_.weights[j] <= 0) return 0;
    if (space_.kind == WeightKind::any) return -std::log1p(-u);
    return boost::math::gamma_p_inv(space_.concentration * space_.weights[j], u);
  }
  WeightSpace const& space_;
};

/// The problem with those rows alone that could be in the top.
RankingProblem among(RankingProblem const& problem, std::vector<std::uint8_t> const& contenders) {
  RankingProblem out = problem;
  for (std::size_t row = 0; row < out.ranked.size(); ++row)
    out.ranked[row] = out.ranked[row] != 0 && contenders[row] != 0 ? 1 : 0;
  return out;
}

/// A double as the seed of what is drawn for missing values: another number, another draw.
std::uint64_t seed_of(double number) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  return mixed(bits);
}

/// Indices of several outputs as one.
SobolIndices together(std::vector<SobolIndices> const& outputs, std::size_t inputs) {
  SobolIndices out;
  out.first.resize(inputs);
  out.total.resize(inputs);
  for (SobolIndices const& one : outputs) {
    out.variance += one.variance;
    for (std::size_t i = 0; i < inputs; ++i) {
      if (!one.first[i]) continue;
      out.first[i] = out.first[i].value_or(0) + one.variance * *one.first[i];
      out.total[i] = out.total[i].value_or(0) + one.variance * *one.total[i];
    }
  }
  for (std::size_t i = 0; i < inputs; ++i) {
    if (!out.first[i]) continue;
    *out.first[i] /= out.variance;
    *out.total[i] /= out.variance;
  }
  return out;
}

}  // namespace

ScoreVariance score_variance(RankingProblem const& problem, WeightSpace const& space,
                             std::vector<std::uint8_t> const& contenders, ScoreVarianceOptions const& options) {
  UnitWeights const unit(space);
  RankingProblem const few = among(problem, contenders);
  ScoreTable const table(few, Missing::drawn, options.workers);
  std::size_t const criteria = table.criteria(), listed = std::min(options.listed, table.size());
  std::size_t const inputs = criteria + (table.factor_draws() == 0 ? 1 : 2);
  double const factor_draws = static_cast<double>(table.factor_draws());
  ScoreVariance out;
  out.listed.assign(table.rows().begin(), table.rows().begin() + static_cast<std::ptrdiff_t>(listed));
  UnitFunction const function = [&](double const* point, double* outputs) {
    std::vector<double> weights(criteria);
    std::vector<std::uint64_t> keys(criteria);
    unit.weights(point, weights);
    draw_gap_keys(seed_of(point[criteria]), 0, criteria, keys.data());
    auto const factors = static_cast<std::size_t>(inputs == criteria + 1 ? 0 : point[criteria + 1] * factor_draws);
    std::vector<std::vector<NearRow>> near(1);
    DrawnWeights const draw{weights.data(), keys.data(), factors};
    table.score_near({draw}, options.top, 3 * tie_tolerance, near);
    std::sort(near[0].begin(), near[0].end(), [](NearRow const& a, NearRow const& b) { return a.score > b.score; });
    double const edge = table.size() > options.top ? near[0][options.top - 1].score - tie_tolerance
                                                   : -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < listed; ++i) {
      outputs[i] = table.score(i, draw);
      outputs[listed + i] = outputs[i] >= edge ? 1 : 0;
    }
  };
  auto indices = sobol_indices(inputs, 2 * listed, options.points, options.seed, options.workers, function);
  auto const half = indices.begin() + static_cast<std::ptrdiff_t>(listed);
  out.score.assign(indices.begin(), half);
  out.in_top.assign(half, indices.end());
  out.all_scores = together(out.score, inputs);
  out.all_in_top = together(out.in_top, inputs);
  return out;
}

}  // namespace terrein
