#include <algorithm>
#include <cmath>
#include <numeric>

#include "terrein/core/error.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

namespace {

/// Rows with a rank, highest score first, equal scores in row order.
std::vector<Row> ordered(Column<double> const& score, std::vector<std::uint8_t> const& eligible) {
  if (eligible.size() != score.size()) {
    throw_error(ErrorKind::internal, "{} rows were marked for {} scores.", eligible.size(), score.size());
  }
  std::vector<Row> out;
  for (std::size_t row = 0; row < score.size(); ++row)
    if (eligible[row] != 0 && score.is_known(row) && !std::isnan(score.values[row]))
      out.push_back(static_cast<Row>(row));
  std::sort(out.begin(), out.end(), [&](Row a, Row b) {
    return score.values[a] != score.values[b] ? score.values[a] > score.values[b] : a < b;
  });
  return out;
}

/// Where the tie group that begins at `begin` ends. Compared with its first row, so that a chain does not creep.
std::size_t end_of_ties(Column<double> const& score, std::vector<Row> const& order, std::size_t begin) {
  double const first = score.values[order[begin]];
  std::size_t end = begin + 1;
  while (end < order.size() && first - score.values[order[end]] <= tie_tolerance) ++end;
  return end;
}

double rank_of(RankKind kind, std::size_t begin, std::size_t end, std::size_t group) {
  switch (kind) {
    case RankKind::competition:
      return static_cast<double>(begin + 1);
    case RankKind::dense:
      return static_cast<double>(group);
    case RankKind::average:
      return static_cast<double>(begin + 1 + end) / 2;
  }
  return 0;
}

}  // namespace

Column<double> ranks(Column<double> const& score, std::vector<std::uint8_t> const& eligible, RankKind kind) {
  std::vector<Row> const order = ordered(score, eligible);
  Column<double> out("rank", score.size());
  std::size_t group = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t const end = end_of_ties(score, order, begin);
    double const rank = rank_of(kind, begin, end, ++group);
    for (; begin < end; ++begin) out.set(order[begin], rank);
  }
  return out;
}

std::vector<Row> top(Column<double> const& score, std::vector<std::uint8_t> const& eligible,
                     std::vector<std::uint32_t> const& id_rank, std::size_t k) {
  if (id_rank.size() != score.size()) {
    throw_error(ErrorKind::internal, "{} id ranks were given for {} scores.", id_rank.size(), score.size());
  }
  std::vector<Row> order = ordered(score, eligible);
  std::size_t kept = 0;
  while (kept < k && kept < order.size()) {
    std::size_t const end = end_of_ties(score, order, kept);
    std::sort(order.begin() + static_cast<std::ptrdiff_t>(kept), order.begin() + static_cast<std::ptrdiff_t>(end),
              [&](Row a, Row b) { return id_rank[a] < id_rank[b]; });
    kept = end;
  }
  order.resize(kept);
  return order;
}

}  // namespace terrein
