#include <algorithm>
#include <cmath>
#include <cstddef>

#include "robustness/weight_paths.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/decision/scoring.hpp"
#include "terrein/robustness/stability.hpp"

namespace terrein {
namespace {

constexpr double past_tie = 1e-9;  ///< of a weight, beyond a place where two tie

/// A little past the place where two tie, so that one of them is ahead.
double past(double at, double from) { return std::clamp(at + (at < from ? -past_tie : past_tie), 0.0, 1.0); }

std::vector<WeightMove> least_first(std::vector<WeightMove> moves) {
  std::stable_sort(moves.begin(), moves.end(), [](WeightMove const& a, WeightMove const& b) {
    return std::abs(a.to - a.from) < std::abs(b.to - b.from);
  });
  return moves;
}

/// A row passes another, or is passed by it, while a weight moves away from where it is.
struct Passing {
  double at;
  int gained;
};

/// Where a row gets among the top k while the weight goes from `from` to `to`; `ahead` others score more at first.
std::optional<double> enters(Path const& own, std::vector<Path> const& others, std::size_t ahead, std::size_t k,
                             double from, double to) {
  double const way = to > from ? 1 : -1;
  std::vector<Passing> passings;
  for (Path const& other : others) {
    Difference const difference(own, other);
    for (double const root : meetings(difference)) {
      double const slope = way * difference.slope(root);
      if (way * (root - from) < 0 || way * (to - root) < 0 || slope == 0) continue;
      passings.push_back({root, slope > 0 ? 1 : -1});
    }
  }
  std::sort(passings.begin(), passings.end(), [way](Passing const& a, Passing const& b) {
    return a.at != b.at ? way * (a.at - b.at) < 0 : a.gained > b.gained;
  });
  auto behind = static_cast<std::ptrdiff_t>(ahead);
  for (Passing const& one : passings) {
    behind -= one.gained;
    if (behind < static_cast<std::ptrdiff_t>(k)) return one.at;
  }
  return std::nullopt;
}

}  // namespace

std::vector<double> swap_points(RankingProblem const& problem, std::size_t j, Row a, Row b) {
  if (problem.weights.size() < 2) return {};
  Paths const paths(problem, j);
  Difference const difference(paths.of(a), paths.of(b));
  std::vector<double> out;
  for (double const root : meetings(difference))
    if (difference.slope(root) != 0) out.push_back(root);
  return out;
}

std::optional<WeightMove> smallest_swap(RankingProblem const& problem, Row a, Row b) {
  std::optional<WeightMove> out;
  for (std::size_t j = 0; j < problem.weights.size(); ++j)
    for (double const at : swap_points(problem, j, a, b)) {
      double const from = problem.weights[j];
      if (!out || std::abs(at - from) < std::abs(out->to - out->from)) out = WeightMove{j, from, at};
    }
  return out;
}

std::vector<WeightMove> moves_into_top(RankingProblem const& problem, Row row, std::size_t k, unsigned workers) {
  std::size_t const criteria = problem.weights.size();
  if (problem.ranked[row] == 0 || criteria < 2) return {};
  std::vector<Row> others;
  std::size_t ahead = 0;
  for (Row const other : best_rows(problem, problem.rows())) {
    if (other == row) continue;
    others.push_back(other);
    ahead += problem.score.values[other] > problem.score.values[row] + tie_tolerance ? 1U : 0U;
  }
  if (ahead < k) return {};
  std::vector<Standing> const standings = standings_of(problem, others, workers);
  std::vector<std::optional<WeightMove>> found(criteria);
  parallel_chunks(criteria, workers, 1, [&](unsigned, std::size_t j, std::size_t) {
    Paths const paths(problem, j);
    std::vector<Path> of_others;
    for (std::size_t i = 0; i < others.size(); ++i) of_others.push_back(paths.of(others[i], standings[i]));
    Path const own = paths.of(row);
    double const weight = problem.weights[j];
    for (double const end : {0.0, 1.0}) {
      auto const at = end == weight ? std::nullopt : enters(own, of_others, ahead, k, weight, end);
      if (at && (!found[j] || std::abs(*at - weight) < std::abs(found[j]->to - weight)))
        found[j] = WeightMove{j, weight, past(*at, weight)};
    }
  });
  std::vector<WeightMove> out;
  for (auto const& one : found)
    if (one) out.push_back(*one);
  return least_first(std::move(out));
}

std::vector<WeightMove> moves_past(RankingProblem const& problem, Row a, Row b) {
  if (problem.ranked[a] == 0 || problem.ranked[b] == 0 ||
      problem.score.values[a] > problem.score.values[b] + tie_tolerance)
    return {};
  std::vector<WeightMove> out;
  for (std::size_t j = 0; j < problem.weights.size(); ++j) {
    std::optional<double> nearest;
    double const from = problem.weights[j];
    for (double const at : swap_points(problem, j, a, b))
      if (!nearest || std::abs(at - from) < std::abs(*nearest - from)) nearest = at;
    if (nearest) out.push_back({j, from, past(*nearest, from)});
  }
  return least_first(std::move(out));
}

}  // namespace terrein
