// How long the robustness of a ranking takes:
//   robustness VALUES ROWS CRITERIA DRAWS TOP WITH_RANGE WORKERS OUT KIND [BY_FACTORS]
// BY_FACTORS: so many of the criteria have other values, up to a tenth off, under 32 draws of factors. VALUES holds
// doubles, criterion by criterion; OUT gets the share of draws in which each row is in the top, and after them the
// shares of ranks of the hundred best rows. bench/robustness_peer calls it and does the same with NumPy.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "terrein/decision/scoring.hpp"
#include "terrein/robustness/acceptability.hpp"
#include "terrein/robustness/random.hpp"
#include "terrein/robustness/stability.hpp"

using namespace terrein;

namespace {

double seconds(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The values of a criterion under draws of factors, for as many of the best rows as a run has them for.
FactorValues spread(RankingProblem const& problem, std::size_t criterion, std::size_t draws) {
  FactorValues out{criterion, best_rows(problem, 50'000), {}, {}};
  for (Row const row : out.rows)
    for (std::size_t draw = 0; draw < draws; ++draw) {
      double const shift = to_unit(mixed(row * 64 + draw + (criterion << 40U))) / 5 - 0.1;
      out.low.push_back(static_cast<float>(std::clamp(problem.values[criterion]->low[row] + shift, 0.0, 1.0)));
    }
  out.high = out.low;
  return out;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 10 && count != 11) return 2;
  auto const number = [&](int i) { return std::strtoull(arguments[i], nullptr, 10); };
  std::size_t const rows = number(2), criteria = number(3);
  std::ifstream file(arguments[1], std::ios::binary);
  std::vector<Values> values(criteria);
  for (Values& one : values) {
    one.low.resize(rows);
    file.read(reinterpret_cast<char*>(one.low.data()), static_cast<std::streamsize>(8 * rows));
    one.high = one.value.values = one.low;
    one.value.known.assign(rows, 1);
  }
  if (!file) return 3;
  RankingProblem problem;
  for (Values const& one : values) problem.values.push_back(&one);
  problem.weights.assign(criteria, 1.0 / static_cast<double>(criteria));
  problem.score = weighted_sum(problem.values, problem.weights).score;
  problem.ranked.assign(rows, 1);
  for (std::uint32_t row = 0; row < rows; ++row) {
    problem.id_rank.push_back(row);
    problem.row_key.push_back(mixed(row));
  }
  problem.factor_draws = 32;
  for (std::size_t j = 0; count == 11 && j < number(10); ++j)
    problem.by_factors.push_back(spread(problem, j, problem.factor_draws));
  AcceptabilityOptions options;
  options.draws = number(4);
  options.top = number(5);
  options.with_range = number(6);
  options.workers = static_cast<unsigned>(number(7));
  auto begin = std::chrono::steady_clock::now();
  Acceptability const found = acceptability(
      problem, WeightSampler({weight_kind(arguments[9]).value(), problem.weights, 100, {}, {}}, options.seed), options);
  std::printf("acceptability %.3f s\n", seconds(begin));
  begin = std::chrono::steady_clock::now();
  auto const intervals = top_stability(problem, 1000, options.workers);
  std::printf("stability of the top 1000 %.4f s\n", seconds(begin));
  std::ofstream out(arguments[8], std::ios::binary);
  out.write(reinterpret_cast<char const*>(found.in_top.values.data()), static_cast<std::streamsize>(8 * rows));
  for (auto const& shares : found.rank_share)
    out.write(reinterpret_cast<char const*>(shares.data()), static_cast<std::streamsize>(8 * shares.size()));
  return out && !intervals.empty() ? 0 : 4;
}
