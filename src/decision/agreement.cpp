#include "terrein/decision/agreement.hpp"

#include <algorithm>
#include <cmath>

#include "decision/exact_sum.hpp"
#include "terrein/core/error.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

namespace {

/// Average ranks of one candidate in both rankings.
struct RankPair {
  double a, b;
};

/// Pairs of equal neighbours in a sorted list, counted group by group.
template <class Same>
std::uint64_t tied_pairs(std::vector<RankPair> const& sorted, Same const& same) {
  std::uint64_t out = 0;
  for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
    while (end < sorted.size() && same(sorted[begin], sorted[end])) ++end;
    out += static_cast<std::uint64_t>(end - begin) * (end - begin - 1) / 2;
  }
  return out;
}

/// Sorts by b, and counts how many pairs that puts in the other order (merge sort).
std::uint64_t sort_by_b(std::vector<RankPair>& pairs) {
  std::uint64_t swaps = 0;
  std::vector<RankPair> merged(pairs.size());
  for (std::size_t width = 1; width < pairs.size(); width *= 2) {
    for (std::size_t begin = 0; begin < pairs.size(); begin += 2 * width) {
      std::size_t const middle = std::min(begin + width, pairs.size()), end = std::min(begin + 2 * width, pairs.size());
      for (std::size_t left = begin, right = middle, at = begin; at < end; ++at) {
        bool const take_right = right < end && (left == middle || pairs[right].b < pairs[left].b);
        if (take_right) swaps += middle - left;
        merged[at] = take_right ? pairs[right++] : pairs[left++];
      }
    }
    pairs.swap(merged);
  }
  return swaps;
}

std::optional<double> kendall_tau_b(std::vector<RankPair> pairs) {
  auto const count = static_cast<std::uint64_t>(pairs.size());
  if (count < 2) return std::nullopt;
  std::sort(pairs.begin(), pairs.end(),
            [](RankPair const& x, RankPair const& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  std::uint64_t const all = count * (count - 1) / 2;
  std::uint64_t const tied_a = tied_pairs(pairs, [](auto const& x, auto const& y) { return x.a == y.a; });
  std::uint64_t const tied_both =
      tied_pairs(pairs, [](auto const& x, auto const& y) { return x.a == y.a && x.b == y.b; });
  std::uint64_t const discordant = sort_by_b(pairs);
  std::uint64_t const tied_b = tied_pairs(pairs, [](auto const& x, auto const& y) { return x.b == y.b; });
  if (tied_a == all || tied_b == all) return std::nullopt;
  std::uint64_t const concordant = all + tied_both - tied_a - tied_b - discordant;
  double const lead = static_cast<double>(concordant) - static_cast<double>(discordant);
  double const tau = lead / std::sqrt(static_cast<double>(all - tied_a) * static_cast<double>(all - tied_b));
  return std::clamp(tau, -1.0, 1.0);
}

/// Correlation of average ranks. Ranks are halves, so that all products are exact, and their sums are.
std::optional<double> spearman_rho(std::vector<RankPair> const& pairs) {
  double const middle = (static_cast<double>(pairs.size()) + 1) / 2;
  ExactSum aa, bb, ab;
  for (RankPair const& pair : pairs) {
    double const a = pair.a - middle, b = pair.b - middle;
    aa.add(a * a);
    bb.add(b * b);
    ab.add(a * b);
  }
  double const spread_a = aa.value(), spread_b = bb.value();
  if (!(spread_a > 0 && spread_b > 0)) return std::nullopt;
  return std::clamp(ab.value() / (std::sqrt(spread_a * spread_b)), -1.0, 1.0);
}

/// Rows among the best k of a ranking, ties kept whole.
std::vector<std::uint8_t> best(Column<double> const& competition_rank, std::size_t k) {
  std::vector<std::uint8_t> out(competition_rank.size(), 0);
  for (std::size_t row = 0; row < out.size(); ++row)
    if (competition_rank.is_known(row) && competition_rank.values[row] <= static_cast<double>(k)) out[row] = 1;
  return out;
}

void count_top(Column<double> const& a, Column<double> const& b, std::vector<std::uint8_t> const& compared,
               std::size_t k, Agreement& out) {
  auto const in_a = best(ranks(a, compared), k), in_b = best(ranks(b, compared), k);
  for (std::size_t row = 0; row < in_a.size(); ++row) {
    out.top_a += in_a[row];
    out.top_b += in_b[row];
    out.top_both += in_a[row] != 0 && in_b[row] != 0 ? 1U : 0U;
  }
  std::size_t const larger = std::max(out.top_a, out.top_b);
  if (larger > 0) out.overlap = static_cast<double>(out.top_both) / static_cast<double>(larger);
}

}  // namespace

Agreement agreement(Column<double> const& a, Column<double> const& b, std::vector<std::uint8_t> const& eligible,
                    std::size_t k) {
  if (a.size() != b.size() || a.size() != eligible.size())
    throw_error(ErrorKind::internal, "Rankings of {} and {} candidates, {} of them marked, cannot be compared.",
                a.size(), b.size(), eligible.size());
  std::vector<std::uint8_t> compared = eligible;
  for (std::size_t row = 0; row < compared.size(); ++row)
    if (!a.is_known(row) || !b.is_known(row) || std::isnan(a.values[row]) || std::isnan(b.values[row]))
      compared[row] = 0;
  auto const rank_a = ranks(a, compared, RankKind::average), rank_b = ranks(b, compared, RankKind::average);
  std::vector<RankPair> pairs;
  for (std::size_t row = 0; row < compared.size(); ++row)
    if (rank_a.is_known(row)) pairs.push_back({rank_a.values[row], rank_b.values[row]});
  Agreement out;
  out.candidates = pairs.size();
  out.spearman = spearman_rho(pairs);
  count_top(a, b, compared, k, out);
  out.kendall = kendall_tau_b(std::move(pairs));
  return out;
}

std::vector<AgreementRow> agreement_table(std::vector<NamedScores> const& scores,
                                          std::vector<std::uint8_t> const& eligible, std::size_t k) {
  std::vector<AgreementRow> out;
  for (std::size_t a = 0; a < scores.size(); ++a)
    for (std::size_t b = a + 1; b < scores.size(); ++b)
      out.push_back({scores[a].name, scores[b].name, agreement(*scores[a].score, *scores[b].score, eligible, k)});
  return out;
}

}  // namespace terrein
