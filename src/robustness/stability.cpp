#include "terrein/robustness/stability.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "terrein/core/parallel.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {
namespace {

constexpr std::size_t few_pairs = 4096;  ///< that are looked at one by one

/// A score while one weight moves: (n0 + n1 t) / (d0 + d1 t), the denominator above 0 within (0, 1).
struct Path {
  double n0 = 0, n1 = 0, d0 = 1, d1 = 0;
  [[nodiscard]] double at(double t) const {
    double const below = d0 + d1 * t;
    if (below > 0) return (n0 + n1 * t) / below;
    return d1 != 0 ? n1 / d1 : 0;  // its limit, where all that is known loses its weight
  }
};

/// What a row scores with the weights as they are: the sum of its known values, and the weight they have.
struct Standing {
  double sum = 0, known = 0;
};
Standing standing_of(RankingProblem const& problem, Row row) {
  Standing out;
  for (std::size_t i = 0; i < problem.weights.size(); ++i) {
    Values const& values = *problem.values[i];
    if (!values.value.is_known(row)) continue;
    out.sum += problem.weights[i] * values.value.values[row];
    out.known += problem.weights[i];
  }
  return out;
}

/// The paths of one criterion's weight.
class Paths {
 public:
  Paths(RankingProblem const& problem, std::size_t moving)
      : problem_(problem), moving_(moving), weight_(problem.weights[moving]), even_(1 - weight_ <= 1e-12) {}
  [[nodiscard]] Path of(Row row, Standing const& standing) const {
    Values const& own = *problem_.values[moving_];
    double const known = own.value.is_known(row) ? 1 : 0, value = known * own.value.values[row];
    Standing const others = even_ ? evenly(row)
                                  : Standing{(standing.sum - weight_ * value) / (1 - weight_),
                                             (standing.known - weight_ * known) / (1 - weight_)};
    return {others.sum, value - others.sum, others.known, known - others.known};
  }
  [[nodiscard]] Path of(Row row) const { return of(row, standing_of(problem_, row)); }

 private:
  /// The others with equal weights, where they have none.
  [[nodiscard]] Standing evenly(Row row) const {
    Standing out;
    double const share = 1 / static_cast<double>(problem_.weights.size() - 1);
    for (std::size_t i = 0; i < problem_.weights.size(); ++i) {
      if (i == moving_ || !problem_.values[i]->value.is_known(row)) continue;
      out.sum += share * problem_.values[i]->value.values[row];
      out.known += share;
    }
    return out;
  }

  RankingProblem const& problem_;
  std::size_t moving_;
  double weight_;
  bool even_;
};

/// Real roots of c0 + c1 t + c2 t², ascending; none for a constant.
std::vector<double> roots(double c0, double c1, double c2) {
  double const scale = std::max({std::abs(c0), std::abs(c1), std::abs(c2)});
  if (scale == 0) return {};
  if (std::abs(c2) <= 1e-15 * scale) {
    if (std::abs(c1) <= 1e-15 * scale) return {};
    return {-c0 / c1};
  }
  double const square = c1 * c1 - 4 * c0 * c2;
  if (square < 0) return {};
  double const q = -0.5 * (c1 + std::copysign(std::sqrt(square), c1));
  std::vector<double> out{q / c2};
  if (q != 0) out.push_back(c0 / q);
  std::sort(out.begin(), out.end());
  return out;
}

/// The difference of two paths over their common denominator, which keeps its sign: a polynomial.
struct Difference {
  double c0, c1, c2;
  Difference(Path const& a, Path const& b)
      : c0(a.n0 * b.d0 - b.n0 * a.d0),
        c1(a.n0 * b.d1 + a.n1 * b.d0 - b.n0 * a.d1 - b.n1 * a.d0),
        c2(a.n1 * b.d1 - b.n1 * a.d1) {}
  [[nodiscard]] double slope(double t) const { return c1 + 2 * c2 * t; }
};

/// Where `a` stops scoring at least as much as `b` while t goes from `begin` to `end`, either way; nothing where it
/// does not.
std::optional<double> overtaken(Path const& a, Path const& b, double begin, double end) {
  Difference const difference(a, b);
  double const way = end > begin ? 1 : -1;
  std::optional<double> first;
  for (double const root : roots(difference.c0, difference.c1, difference.c2)) {
    double const slope = way * difference.slope(root);
    bool const falls = slope < 0 || (slope == 0 && way * way * difference.c2 < 0);
    double const from_begin = way * (root - begin);
    if (!falls || from_begin < -1e-12 || way * (end - root) < 0) continue;
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

std::vector<Standing> standings_of(RankingProblem const& problem, std::vector<Row> const& rows, unsigned workers) {
  std::vector<Standing> out(rows.size());
  parallel_chunks(rows.size(), workers, 4096, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out[i] = standing_of(problem, rows[i]);
  });
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

std::vector<double> swap_points(RankingProblem const& problem, std::size_t j, Row a, Row b) {
  if (problem.weights.size() < 2) return {};
  Paths const paths(problem, j);
  Difference const difference(paths.of(a), paths.of(b));
  std::vector<double> out;
  for (double const root : roots(difference.c0, difference.c1, difference.c2))
    if (root >= 0 && root <= 1 && difference.slope(root) != 0) out.push_back(root);
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
          for (double const root : roots(difference.c0, difference.c1, difference.c2))
            if (root >= 0 && root <= 1 && difference.slope(root) != 0)
              nearest[list[i]] = std::min(nearest[list[i]], std::abs(root - weight));
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
