#include "terrein/robustness/information.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "terrein/decision/scoring.hpp"

namespace terrein {
namespace {

/// A score that may lie anywhere between two ends.
struct Spread {
  double low, high;
};

struct Passing {
  double chance, gain;  ///< gain in the unit of the score
};

/// Chance and mean excess of a uniform number over an edge.
Passing above(Spread const& score, double edge) {
  if (score.high <= edge + tie_tolerance) return {0, 0};
  if (score.low >= edge) return {1, (score.low + score.high) / 2 - edge};
  double const over = score.high - edge, width = score.high - score.low;
  return {over / width, over * over / (2 * width)};
}
Passing below(Spread const& score, double edge) { return above({-score.high, -score.low}, -edge); }

class Search {
 public:
  Search(RankingProblem const& problem, std::size_t k) : problem_(problem) {
    std::vector<Row> const order = best_rows(problem, problem.rows());
    Column<double> const rank = ranks(problem.score, problem.ranked);
    chosen_.assign(problem.rows(), 0);
    for (Row const row : order) {
      double const score = problem.score.values[row];
      if (rank.values[row] <= static_cast<double>(k)) {
        chosen_[row] = 1;
        last_in_ = score;
        ++n_;
      } else if (!first_out_) {
        first_out_ = score;
      }
    }
    full_ = n_ >= k;
  }

  void look(Row row, double min_completeness, std::vector<MissingFact>& out) const {
    Spread known = known_of(row);
    for (std::size_t j = 0; j < problem_.values.size(); ++j) {
      Values const& values = *problem_.values[j];
      double const weight = problem_.weights[j], all = known.high + weight;
      if (weight == 0 || values.value.is_known(row) || all < min_completeness - tie_tolerance) continue;
      Spread const score{(known.low + weight * values.low[row]) / all, (known.low + weight * values.high[row]) / all};
      Passing const passing = passing_of(row, score);
      if (passing.chance > 0) out.push_back({row, false, j, chosen_[row] != 0, passing.chance, 100 * passing.gain});
    }
  }

  void look(DoubtfulRule const& rule, std::vector<MissingFact>& out) const {
    for (Row row = 0; row < problem_.rows(); ++row)
      if (chosen_[row] != 0 && rule.chance[row] > 0)
        out.push_back({row, true, rule.index, true, rule.chance[row], 100 * rule.chance[row] * first_out_.value_or(0)});
  }

 private:
  /// Sum of the known values, and the weight they have.
  [[nodiscard]] Spread known_of(Row row) const {
    Spread out{0, 0};
    for (std::size_t j = 0; j < problem_.values.size(); ++j) {
      if (!problem_.values[j]->value.is_known(row)) continue;
      out.low += problem_.weights[j] * problem_.values[j]->value.values[row];
      out.high += problem_.weights[j];
    }
    return out;
  }

  [[nodiscard]] Passing passing_of(Row row, Spread const& score) const {
    if (chosen_[row] != 0) return first_out_ ? below(score, *first_out_) : Passing{0, 0};
    if (!full_) return problem_.ranked[row] != 0 ? Passing{0, 0} : above(score, -1e-300);  // room for one more
    return above(score, last_in_);
  }

  RankingProblem const& problem_;
  std::vector<std::uint8_t> chosen_;
  double last_in_ = 0;
  std::optional<double> first_out_;
  std::size_t n_ = 0;
  bool full_ = false;
};

}  // namespace

std::vector<MissingFact> worth_knowing(RankingProblem const& problem, std::size_t k,
                                       std::vector<DoubtfulRule> const& rules, double min_completeness,
                                       std::vector<std::uint8_t> const& standing) {
  Search const search(problem, k);
  std::vector<MissingFact> out;
  for (Row row = 0; row < problem.rows(); ++row)
    if (problem.ranked[row] != 0 || standing[row] != 0) search.look(row, min_completeness, out);
  for (DoubtfulRule const& rule : rules) search.look(rule, out);
  std::stable_sort(out.begin(), out.end(), [&problem](MissingFact const& a, MissingFact const& b) {
    if (a.gain != b.gain) return a.gain > b.gain;
    return problem.id_rank[a.row] < problem.id_rank[b.row];
  });
  return out;
}

double chance_of(RuleTest const& test, std::optional<double> low, std::optional<double> high) {
  if (test.op == RuleTest::Op::in || test.op == RuleTest::Op::not_in) return 0.5;
  bool const over = test.op == RuleTest::Op::greater || test.op == RuleTest::Op::at_least;
  bool const open = test.op == RuleTest::Op::greater || test.op == RuleTest::Op::less;
  double const edge = test.threshold;
  auto const holds = [&](double x) { return over ? (open ? x > edge : x >= edge) : (open ? x < edge : x <= edge); };
  double const least = low.value_or(-std::numeric_limits<double>::infinity());
  double const most = high.value_or(std::numeric_limits<double>::infinity());
  if (holds(least) == holds(most)) return holds(least) ? 1 : 0;
  if (!std::isfinite(least) || !std::isfinite(most)) return 0.5;
  double const above = (most - edge) / (most - least);
  return over ? above : 1 - above;
}

}  // namespace terrein
