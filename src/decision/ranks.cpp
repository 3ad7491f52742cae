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

/// Shares [0, n) out in equal parts, one per worker. Work that is cut by it must not depend on where it is cut.
class Shares {
 public:
  Shares(std::size_t n, unsigned workers)
      : n_(n), count_(std::max<std::size_t>(1, std::min<std::size_t>(workers, n / few_rows))) {}
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  /// Calls body(share, begin, end) for every share, side by side.
  template <class Body>
  void each(Body const& body) const {
    parallel_chunks(count_, static_cast<unsigned>(count_), 1, [&](unsigned, std::size_t share, std::size_t) {
      body(share, n_ * share / count_, n_ * (share + 1) / count_);
    });
  }

 private:
  static constexpr std::size_t few_rows = 65536;
  std::size_t n_, count_;
};

/// Rows with a rank, in row order.
std::vector<Ranked> with_rank(Column<double> const& score, std::vector<std::uint8_t> const& eligible,
                              Shares const& shares) {
  auto const counts = [&](std::size_t row) {
    return eligible[row] != 0 && score.is_known(row) && !std::isnan(score.values[row]);
  };
  std::vector<std::size_t> begin(shares.count() + 1, 0);
  shares.each([&](std::size_t share, std::size_t first, std::size_t last) {
    for (std::size_t row = first; row < last; ++row) begin[share + 1] += counts(row) ? 1U : 0U;
  });
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<Ranked> out(begin.back());
  shares.each([&](std::size_t share, std::size_t first, std::size_t last) {
    std::size_t at = begin[share];
    for (std::size_t row = first; row < last; ++row)
      if (counts(row)) out[at++] = {score.values[row], static_cast<Row>(row)};
  });
  return out;
}

/// Sorts by parting the rows into buckets of falling score first, each small enough for the nearest cache, which is
/// fast where scores are spread and no slower than sorting where they are not.
void sort_by_score(unsigned workers, std::vector<Ranked>& rows) {
  constexpr std::size_t few = 4096, rows_of_bucket = 256;
  if (rows.size() < few) return std::sort(rows.begin(), rows.end(), before);
  auto const [low, high] =
      std::minmax_element(rows.begin(), rows.end(), [](Ranked const& a, Ranked const& b) { return a.score < b.score; });
  double const least = low->score, most = high->score;
  std::size_t const buckets = rows.size() / rows_of_bucket;
  double const scale = static_cast<double>(buckets) / (most - least);
  if (!std::isfinite(most - least) || !std::isfinite(scale)) return std::sort(rows.begin(), rows.end(), before);
  auto const bucket_of = [&](Ranked const& one) {  // rounding keeps the order: a lower score is never in an earlier one
    return std::min(static_cast<std::size_t>((most - one.score) * scale), buckets - 1);
  };
  Shares const shares(rows.size(), workers);
  std::vector<std::vector<std::uint32_t>> next(shares.count(), std::vector<std::uint32_t>(buckets, 0));
  shares.each([&](std::size_t share, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) ++next[share][bucket_of(rows[i])];
  });
  std::vector<std::size_t> begin(buckets + 1, 0);  // of buckets; within one, of shares
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    begin[bucket + 1] = begin[bucket];
    for (auto& of_share : next) {
      std::size_t const rows_here = of_share[bucket];
      of_share[bucket] = static_cast<std::uint32_t>(begin[bucket + 1]);
      begin[bucket + 1] += rows_here;
    }
  }
  std::vector<Ranked> parted(rows.size());
  shares.each([&](std::size_t share, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) parted[next[share][bucket_of(rows[i])]++] = rows[i];
  });
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
  std::vector<Ranked> out = with_rank(score, eligible, Shares(score.size(), workers));
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
  std::vector<Ranked> order = ordered(score, eligible, workers);
  std::size_t group = 0;
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t const end = end_of_ties(order, begin);
    double const rank = rank_of(kind, begin, end, ++group);
    for (; begin < end; ++begin) order[begin].score = rank;  // no later group is compared with it
  }
  Column<double> out("rank", score.size());
  Shares(order.size(), workers).each([&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) out.set(order[i].row, order[i].score);
  });
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
