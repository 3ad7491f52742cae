#include "terrein/robustness/stability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "robustness/weight_paths.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {
namespace {

constexpr std::size_t few_pairs = 4096;  ///< that are looked at one by one

/// Where `a` stops scoring at least as much as `b` while t goes from `begin` to `end`, either way; nothing where it
/// does not.
std::optional<double> overtaken(Path const& a, Path const& b, double begin, double end) {
  Difference const difference(a, b);
  double const way = end > begin ? 1 : -1;
  std::optional<double> first;
  for (double const root : meetings(difference)) {
    bool const falls = way * difference.slope(root) < 0;
    if (!falls || way * (root - begin) < -1e-12 || way * (end - root) < 0) continue;
    double const at = way > 0 ? std::max(root, begin) : std::min(root, begin);
    if (!first || way * (at - *first) < 0) first = at;
  }
  return first;
}

struct Runner {
  Row row;
  Path path;
  [[nodiscard]] double least(double begin, double end) const { return std::min(path.at(begin), path.at(end)); }
  [[nodiscard]] double most(double begin, double end) const { return std::max(path.at(begin), path.at(end)); }
};

std::optional<Swap> first_of_pairs(std::vector<Runner> const& top, std::vector<Runner> const& rest, double begin,
                                   double end) {
  std::optional<Swap> out;
  for (Runner const& a : top)
    for (Runner const& b : rest)
      if (auto const at = overtaken(a.path, b.path, begin, end))
        if (!out || std::abs(*at - begin) < std::abs(out->at - begin)) out = Swap{*at, a.row, b.row};
  return out;
}

/// Those of the top and of the rest that could meet on the way: a path is monotonic, so that its ends bound it.
void keep_close(std::vector<Runner>& top, std::vector<Runner>& rest, double begin, double end) {
  double floor = std::numeric_limits<double>::infinity(), ceiling = -floor;
  for (Runner const& one : top) floor = std::min(floor, one.least(begin, end));
  floor -= tie_tolerance;
  std::erase_if(rest, [&](Runner const& one) { return one.most(begin, end) < floor; });
  for (Runner const& one : rest) ceiling = std::max(ceiling, one.most(begin, end));
  ceiling += tie_tolerance;
  std::erase_if(top, [&](Runner const& one) { return one.least(begin, end) > ceiling; });
}

/// The first place where a row from outside overtakes one of the top: the way is halved until few pairs remain.
std::optional<Swap> first_swap(std::vector<Runner> top, std::vector<Runner> rest, double begin, double end) {
  keep_close(top, rest, begin, end);
  if (top.empty() || rest.empty()) return std::nullopt;
  if (top.size() * rest.size() <= few_pairs || std::abs(end - begin) < 1e-9)
    return first_of_pairs(top, rest, begin, end);
  double const middle = (begin + end) / 2;
  if (auto const near = first_swap(top, rest, begin, middle)) return near;
  return first_swap(std::move(top), std::move(rest), middle, end);
}

/// The rows of the top k, and the others that take part; each best first.
struct Split {
  std::vector<Row> top, rest;
};
Split split(RankingProblem const& problem, std::size_t k) {
  Split out;
  Column<double> const rank = ranks(problem.score, problem.ranked);
  for (Row const row : best_rows(problem, problem.rows()))
    (rank.values[row] <= static_cast<double>(k) ? out.top : out.rest).push_back(row);
  return out;
}

/// The way of one weight, in steps that double: most often the top changes soon.
class Way {
 public:
  Way(Paths const& paths, Split const& rows, std::vector<Standing> const& of_top, std::vector<Standing> const& of_rest)
      : paths_(paths), rows_(rows), of_rest_(of_rest) {
    for (std::size_t i = 0; i < rows.top.size(); ++i) top_.push_back({rows.top[i], paths.of(rows.top[i], of_top[i])});
  }
  [[nodiscard]] std::optional<Swap> first(double from, double to) const {
    double step = 0x1p-10, begin = from;
    while (begin != to) {
      double const end = to > from ? std::min(begin + step, to) : std::max(begin - step, to);
      if (auto const swap = first_swap(top_, close(begin, end), begin, end)) return swap;
      begin = end;
      step *= 2;
    }
    return std::nullopt;
  }

 private:
  /// Of the rest, what could come near the top on this stretch.
  [[nodiscard]] std::vector<Runner> close(double begin, double end) const {
    double floor = std::numeric_limits<double>::infinity();
    for (Runner const& one : top_) floor = std::min(floor, one.least(begin, end));
    std::vector<Runner> out;
    for (std::size_t i = 0; i < rows_.rest.size(); ++i) {
      Runner const one{rows_.rest[i], paths_.of(rows_.rest[i], of_rest_[i])};
      if (one.most(begin, end) >= floor - tie_tolerance) out.push_back(one);
    }
    return out;
  }

  Paths const& paths_;
  Split const& rows_;
  std::vector<Standing> const& of_rest_;
  std::vector<Runner> top_;
};

}  // namespace

std::vector<StabilityInterval> top_stability(RankingProblem const& problem, std::size_t k, unsigned workers) {
  Split const rows = split(problem, k);
  std::vector<StabilityInterval> out(problem.weights.size());
  if (problem.weights.size() < 2 || rows.rest.empty()) {
    for (std::size_t j = 0; j < out.size(); ++j) out[j].weight = problem.weights[j];
    return out;
  }
  std::vector<Standing> const of_top = standings_of(problem, rows.top, workers);
  std::vector<Standing> const of_rest = standings_of(problem, rows.rest, workers);
  parallel_chunks(out.size(), workers, 1, [&](unsigned, std::size_t j, std::size_t) {
    Paths const paths(problem, j);
    Way const way(paths, rows, of_top, of_rest);
    StabilityInterval& one = out[j];
    one.weight = problem.weights[j];
    one.below = way.first(one.weight, 0);
    one.above = way.first(one.weight, 1);
    if (one.below) one.low = one.below->at;
    if (one.above) one.high = one.above->at;
  });
  return out;
}

Column<double> edge_distance(RankingProblem const& problem, std::size_t k, unsigned workers) {
  Column<double> out("edge_distance", problem.rows());
  Split const rows = split(problem, k);
  if (problem.weights.size() < 2 || rows.top.empty() || rows.rest.empty()) return out;
  std::vector<Standing> const of_top = standings_of(problem, rows.top, workers);
  std::vector<Standing> const of_rest = standings_of(problem, rows.rest, workers);
  std::vector<double> nearest(problem.rows(), std::numeric_limits<double>::infinity());
  for (std::size_t j = 0; j < problem.weights.size(); ++j) {
    Paths const paths(problem, j);
    Path const last_in = paths.of(rows.top.back()), first_out = paths.of(rows.rest.front());
    double const weight = problem.weights[j];
    auto const measure = [&](std::vector<Row> const& list, std::vector<Standing> const& standings, Path const& edge) {
      parallel_chunks(list.size(), workers, 4096, [&](unsigned, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          Difference const difference(paths.of(list[i], standings[i]), edge);
          for (double const root : meetings(difference))
            if (difference.slope(root) != 0) nearest[list[i]] = std::min(nearest[list[i]], std::abs(root - weight));
        }
      });
    };
    measure(rows.top, of_top, first_out);
    measure(rows.rest, of_rest, last_in);
  }
  for (Row row = 0; row < problem.rows(); ++row)
    if (std::isfinite(nearest[row])) out.set(row, nearest[row]);
  return out;
}

}  // namespace terrein
