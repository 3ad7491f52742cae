#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "judge.hpp"
#include "terrein/network/freight_factors.hpp"
#include "terrein/robustness/ranking_problem.hpp"

namespace terrein {

// What freight costs is known within ranges only, and criteria of chains rest on it. So the factors are drawn a number
// of times, each criterion is measured under every draw, and the draws of a ranking take one after the other.

/// So many of the candidates that a model does not exclude, best first, have measures under draws of factors; the
/// others keep their measure.
inline constexpr std::size_t most_by_factors = 50'000;

/// A row of the factors, and its figure in every draw.
struct DrawnFactor {
  FactorRow row;
  std::vector<double> figures;
};

/// A criterion under every draw of the factors it rests on.
struct DrawnMeasure {
  std::vector<Row> rows;          ///< whose measure under some draw is not the measure as it stands; none twice
  std::vector<double> low, high;  ///< [row][draw]: the same where it is known, infinite where there is no bound
};

struct DrawnFactors {
  std::size_t draws = 0;
  std::vector<DrawnFactor> factors;
  std::map<std::string, DrawnMeasure> measures;  ///< by criterion
};

/// Criteria of numbers that rest on factors with a range and that a model of the result scores by weighted sum, in the
/// order of the study; none where the study does not ask for draws of factors.
[[nodiscard]] std::vector<CriterionSpec> criteria_on_factors(Study const& study);

/// The figure that a share of 1 stands for: 0 the low end, one half the value, 1 the high end, straight between them.
[[nodiscard]] double figure_at(Figure const& figure, double share);

/// Draws the factors and measures the criteria that rest on them for the candidates of every model. What was set by
/// hand stays. Null where nothing rests on factors.
[[nodiscard]] std::shared_ptr<DrawnFactors const> draw_factors(Study const& study, Inputs const& inputs,
                                                               Judgement const& judgement);

/// Gives a ranking the values of its criteria under the draws. `measure_of` is asked for the measure of a criterion as
/// it stands, which the scale of a relative function comes from. A function that takes no number beyond its points
/// takes the nearest of them.
void add_factors(DrawnFactors const& drawn, ModelConfig const& model,
                 std::function<Measure const&(std::string const& criterion)> const& measure_of,
                 RankingProblem& problem);

/// Tables `factor_draws` and `drawn_measures`, a column per draw.
[[nodiscard]] Table factor_draws_table(DrawnFactors const& drawn);
[[nodiscard]] Table drawn_measures_table(DrawnFactors const& drawn, std::vector<std::string> const& ids);
/// The columns of the draws: "draw_1", "draw_2" …
[[nodiscard]] std::string draw_column(std::size_t draw);

/// The measures back from table `drawn_measures`; rows are those of `ids`. Nothing without draws in it. Throws
/// `Error{input}` for an id that is none of them.
[[nodiscard]] std::optional<DrawnFactors> read_drawn_measures(Table const& table, std::vector<std::string> const& ids);

}  // namespace terrein
