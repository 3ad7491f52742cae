#include <algorithm>
#include <cmath>
#include <numeric>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {

namespace {

/// A row that gets a rank, with its score beside it: a look into the column for every comparison would cost far more.
struct Ranked {
  double score;
  Row row;
};

/// Highest score first, equal scores in row order.
bool before(Ranked const& a, Ranked const& b) { return a.score != b.score ? a.score > b.score : a.row < b.row; }

/// Sorts by parting the rows into buckets of falling score first, each small enough for the nearest cache, which is
/// fast where scores are spread and no slower than sorting where they are not.
void sort_by_score(unsigned workers, std::vector<Ranked>& rows) {
  constexpr std::size_t few = 4096, rows_of_bucket = 256;
  if (rows.size() < few) return std::sort(rows.begin(), rows.end(), before);
  double least = rows.front().score, most = least;
  for (Ranked const& one : rows) {
    least = std::min(least, one.score);
    most = std::max(most, one.score);
  }
  std::size_t const buckets = rows.size() / rows_of_bucket;
  double const scale = static_cast<double>(buckets) / (most - least);
  if (!std::isfinite(most - least) || !std::isfinite(scale)) return std::sort(rows.begin(), rows.end(), before);
  auto const bucket_of = [&](Ranked const& one) {  // rounding keeps the order: a lower score is never in an earlier one
    return std::min(static_cast<std::size_t>((most - one.score) * scale), buckets - 1);
  };
  std::vector<std::size_t> begin(buckets + 1, 0);
  for (Ranked const& one : rows) ++begin[bucket_of(one) + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
  std::vector<Ranked> parted(rows.size());
  for (Ranked const& one : rows) parted[next[bucket_of(one)]++] = one;
  auto const at = [&parted](std::size_t i) { return parted.begin() + static_cast<std::ptrdiff_t>(i); };
  parallel_chunks(buckets, workers, few / rows_of_bucket, [&](unsigned, std::size_t first, std::size_t last) {
    for (std::size_t bucket = first; bucket < last; ++bucket)
      std::sort(at(begin[bucket]), at(begin[bucket + 1]), before);
  });
  rows = std::move(parted);
}

/// Rows with a rank, highest score first, equal scores in row order.
std::vector<Ranked> ordered(Column<double> const& score, std::vector<std::uint8_t> const& eligible, unsigned workers) {
  if (eligible.size() != score.size()) {
    throw_error(ErrorKind::internal, "{} rows were marked for {} scores.", eligible.size(), score.size());
  }
  std::vector<Ranked> out;
  out.reserve(score.size());
  for (std::size_t row = 0; row < score.size(); ++row)
    if (eligible[row] != 0 && score.is_known(row) && !std::isnan(score.values[row]))
      out.push_back({score.values[row], static_cast<Row>(row)});
  sort_by_score(workers, out);
  return out;
}

/// Where the tie group that begins at `begin` ends. Compared with its first row, so that a chain does not creep.
std::size_t end_of_ties(std::vector<Ranked> const& order, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < order.size() && order[begin].score - order[end].score <= tie_tolerance) ++end;
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

Column<double> ranks(Column<double> const& score, std::vector<std::uint8_t> const& eligible, RankKind kind,
                     unsigned workers) {
  std::vector<Ranked> const order = ordered(score, eligible, workers);
  Column<double> out("rank", score.size());
  std::size_t group = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t const end = end_of_ties(order, begin);
    double const rank = rank_of(kind, begin, end, ++group);
    for (; begin < end; ++begin) out.set(order[begin].row, rank);
  }
  return out;
}

std::vector<Row> top(Column<double> const& score, std::vector<std::uint8_t> const& eligible,
                     std::vector<std::uint32_t> const& id_rank, std::size_t k) {
  if (id_rank.size() != score.size()) {
    throw_error(ErrorKind::internal, "{} id ranks were given for {} scores.", id_rank.size(), score.size());
  }
  std::vector<Ranked> order = ordered(score, eligible, 1);
  std::size_t kept = 0;
  while (kept < k && kept < order.size()) {
    std::size_t const end = end_of_ties(order, kept);
    std::sort(order.begin() + static_cast<std::ptrdiff_t>(kept), order.begin() + static_cast<std::ptrdiff_t>(end),
              [&](Ranked const& a, Ranked const& b) { return id_rank[a.row] < id_rank[b.row]; });
    kept = end;
  }
  std::vector<Row> out;
  for (std::size_t i = 0; i < kept; ++i) out.push_back(order[i].row);
  return out;
}

}  // namespace terrein
