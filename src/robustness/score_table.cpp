#include "robustness/score_table.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

#include "terrein/core/parallel.hpp"
#include "terrein/decision/scoring.hpp"
#include "terrein/robustness/random.hpp"

namespace terrein {
namespace {

// The same sums with wider registers where the processor has them: no operation is fused, so the bits are the same.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define TERREIN_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define TERREIN_WIDE
#endif

constexpr std::size_t block_rows = UpperBounds::block;
using BlockSums = double[ScoreTable::most_draws][block_rows];

/// Sums of one block: four draws by eight rows stay in registers.
TERREIN_WIDE void sum_block(double const* values, std::size_t criteria, double const* weights, BlockSums& sums) {
  constexpr std::size_t draws = ScoreTable::most_draws, lanes = 8;
  for (std::size_t begin = 0; begin < block_rows; begin += lanes) {
    double partial[draws][lanes] = {};
    for (std::size_t j = 0; j < criteria; ++j) {
      double const* const v = values + j * block_rows + begin;
      for (std::size_t d = 0; d < draws; ++d) {
        double const weight = weights[d * criteria + j];
        for (std::size_t i = 0; i < lanes; ++i) partial[d][i] += weight * v[i];
      }
    }
    for (std::size_t d = 0; d < draws; ++d)
      for (std::size_t i = 0; i < lanes; ++i) sums[d][begin + i] = partial[d][i];
  }
}

/// Keeps what could be among the k best while more comes, and knows the least score that still could.
class Gathering {
 public:
  Gathering(std::size_t k, double margin, std::vector<NearRow>& kept) : k_(k), margin_(margin), kept_(kept) {
    kept_.clear();
  }
  [[nodiscard]] double least() const noexcept { return least_; }
  /// Whether `least` rose.
  bool add(NearRow row) {
    if (row.score < least_) return false;
    kept_.push_back(row);
    return kept_.size() >= 2 * k_ + 64 && kept_.size() >= next_look_ && tighten();
  }
  bool tighten() {
    if (kept_.size() < k_) return false;
    scores_.clear();
    for (NearRow const& one : kept_) scores_.push_back(one.score);
    auto const place = scores_.begin() + static_cast<std::ptrdiff_t>(k_ - 1);
    std::nth_element(scores_.begin(), place, scores_.end(), std::greater<>());
    least_ = *place - margin_;
    std::erase_if(kept_, [this](NearRow const& one) { return one.score < least_; });
    next_look_ = 2 * kept_.size();  // many that tie are not gone through again for every one more
    return true;
  }

 private:
  std::size_t k_;
  double margin_;
  std::vector<NearRow>& kept_;
  std::vector<double> scores_;
  double least_ = -std::numeric_limits<double>::infinity();
  std::size_t next_look_ = 0;
};

/// Most that a missing value can count for: left out, it counts as the mean of the others, which is at most their best.
void write_largest(RankingProblem const& problem, Row row, Missing missing, double* out) {
  double best = 0;
  for (Values const* one : problem.values)
    if (one->value.is_known(row)) best = std::max(best, one->value.values[row]);
  for (Values const* one : problem.values) {
    double const filled = missing == Missing::drawn ? one->high[row] : best;
    *out++ = one->value.is_known(row) ? one->value.values[row] : filled;
  }
}

}  // namespace

ScoreTable::ScoreTable(RankingProblem const& problem, Missing missing, bool for_all, unsigned workers)
    : rows_(best_rows(problem, problem.rows())), criteria_(problem.values.size()), missing_(missing) {
  std::vector<double> largest(rows_.size() * criteria_);
  values_.resize(rows_.size() * criteria_);
  gaps_begin_.assign(rows_.size() + 1, 0);
  each_part(workers, [&](std::size_t begin, std::size_t end) {
    for (std::size_t place = begin; place < end; ++place) {
      write_largest(problem, rows_[place], missing, largest.data() + place * criteria_);
      for (std::size_t j = 0; j < criteria_; ++j) {
        Column<double> const& value = problem.values[j]->value;
        bool const known = value.is_known(rows_[place]);
        values_[place * criteria_ + j] = known ? value.values[rows_[place]] : 0.0;
        gaps_begin_[place + 1] += known ? 0U : 1U;
      }
    }
  });
  std::partial_sum(gaps_begin_.begin(), gaps_begin_.end(), gaps_begin_.begin());
  gaps_.resize(gaps_begin_.back());
  each_part(workers, [&](std::size_t begin, std::size_t end) {
    for (std::size_t place = begin; place < end; ++place) set_gaps(problem, place);
  });
  bounds_ = UpperBounds(largest, criteria_, workers);
  if (for_all) pack(workers);
}

void ScoreTable::each_part(unsigned workers, std::function<void(std::size_t, std::size_t)> const& body) const {
  parallel_chunks(rows_.size(), workers, 64 * block,
                  [&](unsigned, std::size_t begin, std::size_t end) { body(begin, end); });
}

void ScoreTable::set_gaps(RankingProblem const& problem, std::size_t place) {
  Row const row = rows_[place];
  Gap* next = gaps_.data() + gaps_begin_[place];
  for (std::size_t j = 0; j < criteria_; ++j) {
    Values const& values = *problem.values[j];
    if (values.value.is_known(row)) continue;
    bool const shared = j < problem.value_key.size() && !problem.value_key[j].empty() && problem.value_key[j][row] != 0;
    *next++ = {static_cast<std::uint32_t>(j), values.low[row], values.high[row] - values.low[row],
               shared ? problem.value_key[j][row] : problem.row_key[row]};
  }
}

void ScoreTable::pack(unsigned workers) {
  packed_.assign((rows_.size() + block - 1) / block * criteria_ * block, 0.0);
  each_part(workers, [&](std::size_t begin, std::size_t end) {
    for (std::size_t place = begin; place < end; ++place)
      for (std::size_t j = 0; j < criteria_; ++j)
        packed_[((place / block) * criteria_ + j) * block + place % block] = values_[place * criteria_ + j];
  });
}

double ScoreTable::score(std::size_t place, DrawnWeights const& draw) const {
  double sum = 0;
  double const* const values = values_.data() + place * criteria_;
  for (std::size_t j = 0; j < criteria_; ++j) sum += draw.weights[j] * values[j];
  return with_gaps(place, sum, draw);
}

double ScoreTable::with_gaps(std::size_t place, double sum, DrawnWeights const& draw) const {
  std::uint32_t const begin = gaps_begin_[place], end = gaps_begin_[place + 1];
  if (begin == end) return sum;
  if (missing_ == Missing::drawn) {
    for (std::uint32_t g = begin; g < end; ++g) {
      Gap const& gap = gaps_[g];
      double const along = to_unit(mixed(draw.gap_keys[gap.criterion] ^ gap.key));
      sum += draw.weights[gap.criterion] * (gap.low + gap.width * along);
    }
    return sum;
  }
  double known = 0;
  std::uint32_t g = begin;
  for (std::size_t j = 0; j < criteria_; ++j) {
    if (g < end && gaps_[g].criterion == j)
      ++g;
    else
      known += draw.weights[j];
  }
  return known > 0 ? sum / known : 0;  // weights that only missing values have leave nothing to score
}

void ScoreTable::score_all(std::vector<DrawnWeights> const& draws, double* const* scores) const {
  BlockSums sums;
  std::vector<double> weights(most_draws * criteria_, 0.0);
  for (std::size_t d = 0; d < draws.size(); ++d)
    std::copy(draws[d].weights, draws[d].weights + criteria_, weights.data() + d * criteria_);
  for (std::size_t begin = 0; begin < rows_.size(); begin += block) {
    sum_block(packed_.data() + begin * criteria_, criteria_, weights.data(), sums);
    std::size_t const end = std::min(begin + block, rows_.size());
    for (std::size_t d = 0; d < draws.size(); ++d)
      for (std::size_t place = begin; place < end; ++place)
        scores[d][place] = with_gaps(place, sums[d][place - begin], draws[d]);
  }
}

void ScoreTable::score_near(std::vector<DrawnWeights> const& draws, std::size_t k, double margin,
                            std::vector<std::vector<NearRow>>& near) const {
  std::vector<Gathering> gatherings;
  std::vector<double const*> weights;
  for (std::size_t d = 0; d < draws.size(); ++d) {
    gatherings.emplace_back(k, margin, near[d]);
    weights.push_back(draws[d].weights);
  }
  UpperBounds::Weights const rounded = bounds_.rounded(weights);
  std::array<std::int32_t, most_draws> least{};
  least.fill(std::numeric_limits<std::int32_t>::max());  // draws that are not there let nothing pass
  for (std::size_t d = 0; d < draws.size(); ++d) least[d] = 0;
  UpperBounds::Passing blocks, rows;
  for (std::size_t group = 0; group < bounds_.groups(); ++group) {
    bounds_.passing_blocks(group, rounded, least, blocks);
    for (std::size_t at = group * block; at < std::min((group + 1) * block, bounds_.blocks()); ++at) {
      std::size_t const word = at % block / 64, bit = at % 64;
      bool const wanted = std::any_of(blocks.begin(), blocks.end(),
                                      [&](auto const& of_draw) { return (of_draw[word] >> bit & 1U) != 0; });
      if (!wanted) continue;
      bounds_.passing_rows(at, rounded, least, rows);
      for (std::size_t d = 0; d < draws.size(); ++d)
        for (std::size_t w = 0; w < rows[d].size(); ++w)
          for (std::uint64_t bits = rows[d][w]; bits != 0; bits &= bits - 1) {
            auto const place =
                static_cast<std::uint32_t>(at * block + 64 * w + static_cast<std::size_t>(std::countr_zero(bits)));
            if (gatherings[d].add({place, score(place, draws[d])}))
              least[d] = bounds_.bound_of(rounded, d, gatherings[d].least());
          }
      if (at > 0) continue;  // the best block sets the first bounds
      for (std::size_t d = 0; d < draws.size(); ++d)
        if (gatherings[d].tighten()) least[d] = bounds_.bound_of(rounded, d, gatherings[d].least());
    }
  }
  for (Gathering& one : gatherings) one.tighten();
}

void draw_gap_keys(std::uint64_t seed, std::uint64_t index, std::size_t criteria, std::uint64_t* out) {
  RandomStream random(seed, Purpose::values, index);
  for (std::size_t j = 0; j < criteria; ++j) out[j] = random.next();
}

std::vector<Row> best_rows(RankingProblem const& problem, std::size_t n) {
  std::vector<Row> out = top(problem.score, problem.ranked, problem.id_rank, n);
  if (out.size() > n) out.resize(n);
  return out;
}

}  // namespace terrein
