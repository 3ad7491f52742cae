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

}  // namespace

ScoreTable::ScoreTable(RankingProblem const& problem, Missing missing, unsigned workers)
    : rows_(best_rows(problem, problem.rows())), criteria_(problem.values.size()), missing_(missing) {
  set_factors(problem);
  std::vector<double> largest(rows_.size() * criteria_);
  values_.resize(rows_.size() * criteria_);
  gaps_begin_.assign(rows_.size() + 1, 0);
  each_part(workers, [&](std::size_t begin, std::size_t end) {
    for (std::size_t place = begin; place < end; ++place) {
      write_largest(problem, place, largest.data() + place * criteria_);
      for (std::size_t j = 0; j < criteria_; ++j) {
        Column<double> const& value = problem.values[j]->value;
        bool const elsewhere = place_by_factors(place, j).has_value(), known = value.is_known(rows_[place]);
        values_[place * criteria_ + j] = known && !elsewhere ? value.values[rows_[place]] : 0.0;
        gaps_begin_[place + 1] += known || elsewhere ? 0U : 1U;
      }
    }
  });
  std::partial_sum(gaps_begin_.begin(), gaps_begin_.end(), gaps_begin_.begin());
  gaps_.resize(gaps_begin_.back());
  each_part(workers, [&](std::size_t begin, std::size_t end) {
    for (std::size_t place = begin; place < end; ++place) set_gaps(problem, place);
  });
  bounds_ = UpperBounds(largest, criteria_, workers);
}

void ScoreTable::each_part(unsigned workers, std::function<void(std::size_t, std::size_t)> const& body) const {
  parallel_chunks(rows_.size(), workers, 64 * block,
                  [&](unsigned, std::size_t begin, std::size_t end) { body(begin, end); });
}

/// Left out, a missing value counts as the mean of the others, which is at most their best.
void ScoreTable::write_largest(RankingProblem const& problem, std::size_t place, double* out) const {
  Row const row = rows_[place];
  bool const left_out = missing_ == Missing::left_out;
  double best = 0;
  std::vector<std::size_t> open;
  for (std::size_t j = 0; j < criteria_; ++j) {
    Values const& values = *problem.values[j];
    if (auto const at = place_by_factors(place, j)) {
      out[j] = 0;
      bool range = false;
      for (std::size_t k = *at * factor_draws_; k < (*at + 1) * factor_draws_; ++k) {
        bool const is_open = left_out && factor_width_[k] > 0;
        range |= is_open;
        if (!is_open) out[j] = std::max(out[j], factor_low_[k] + factor_width_[k]);
      }
      if (range) open.push_back(j);
    } else if (values.value.is_known(row)) {
      out[j] = values.value.values[row];
    } else if (left_out) {
      out[j] = 0;
      open.push_back(j);
    } else {
      out[j] = values.high[row];
    }
    best = std::max(best, out[j]);
  }
  if (left_out)
    for (std::size_t const j : open) out[j] = std::max(out[j], best);
}

std::uint64_t ScoreTable::key_of(RankingProblem const& problem, Row row, std::size_t j) const {
  bool const shared = j < problem.value_key.size() && !problem.value_key[j].empty() && problem.value_key[j][row] != 0;
  return shared ? problem.value_key[j][row] : problem.row_key[row];
}

void ScoreTable::set_gaps(RankingProblem const& problem, std::size_t place) {
  Row const row = rows_[place];
  Gap* next = gaps_.data() + gaps_begin_[place];
  for (std::size_t j = 0; j < criteria_; ++j) {
    Values const& values = *problem.values[j];
    if (values.value.is_known(row) || place_by_factors(place, j)) continue;
    *next++ = {static_cast<std::uint32_t>(j), values.low[row], values.high[row] - values.low[row],
               key_of(problem, row, j)};
  }
}

/// A value is copied to where its row is, so that a draw reads what belongs together.
void ScoreTable::set_factors(RankingProblem const& problem) {
  std::vector<FactorValues const*> all;
  for (FactorValues const& one : problem.by_factors) all.push_back(&one);
  if (problem.factor_draws == 0 || all.empty()) return;
  std::sort(all.begin(), all.end(), [](auto const* a, auto const* b) { return a->criterion < b->criterion; });
  factor_draws_ = problem.factor_draws;
  std::vector<std::uint32_t> place_of(problem.rows(), no_row);
  for (std::uint32_t place = 0; place < rows_.size(); ++place) place_of[rows_[place]] = place;
  factors_begin_.assign(rows_.size() + 1, 0);
  for (FactorValues const* one : all)
    for (Row const row : one->rows)
      if (place_of[row] != no_row) ++factors_begin_[place_of[row] + 1];
  std::partial_sum(factors_begin_.begin(), factors_begin_.end(), factors_begin_.begin());
  by_factors_.resize(factors_begin_.back());
  factor_low_.resize(by_factors_.size() * factor_draws_);
  factor_width_.resize(factor_low_.size());
  std::vector<std::uint32_t> next = factors_begin_;
  for (FactorValues const* one : all)
    for (std::size_t i = 0; i < one->rows.size(); ++i) {
      std::uint32_t const place = place_of[one->rows[i]];
      if (place == no_row) continue;
      std::size_t const at = next[place]++;
      by_factors_[at] = {static_cast<std::uint32_t>(one->criterion), key_of(problem, one->rows[i], one->criterion)};
      for (std::size_t draw = 0; draw < factor_draws_; ++draw) {
        double const low = one->low[i * factor_draws_ + draw];
        factor_low_[at * factor_draws_ + draw] = low;
        factor_width_[at * factor_draws_ + draw] = one->high[i * factor_draws_ + draw] - low;
      }
    }
}

std::optional<std::size_t> ScoreTable::place_by_factors(std::size_t place, std::size_t criterion) const {
  if (factors_begin_.empty()) return std::nullopt;
  for (std::size_t at = factors_begin_[place]; at < factors_begin_[place + 1]; ++at)
    if (by_factors_[at].criterion == criterion) return at;
  return std::nullopt;
}

double ScoreTable::score(std::size_t place, DrawnWeights const& draw) const {
  double sum = 0;
  double const* const values = values_.data() + place * criteria_;
  for (std::size_t j = 0; j < criteria_; ++j) sum += draw.weights[j] * values[j];
  double left_out = 0;
  if (!factors_begin_.empty()) sum += of_factors(place, draw, left_out);
  return with_gaps(place, sum, draw, left_out);
}

double ScoreTable::drawn_within(DrawnWeights const& draw, std::size_t criterion, std::uint64_t key) {
  return to_unit(mixed(draw.gap_keys[criterion] ^ key));
}

double ScoreTable::of_factors(std::size_t place, DrawnWeights const& draw, double& left_out) const {
  double sum = 0;
  for (std::size_t at = factors_begin_[place]; at < factors_begin_[place + 1]; ++at) {
    ByFactors const& one = by_factors_[at];
    double value = factor_low_[at * factor_draws_ + draw.factors];
    if (double const width = factor_width_[at * factor_draws_ + draw.factors]; width > 0) {
      if (missing_ == Missing::left_out) {
        left_out += draw.weights[one.criterion];
        continue;
      }
      value += width * drawn_within(draw, one.criterion, one.key);
    }
    sum += draw.weights[one.criterion] * value;
  }
  return sum;
}

double ScoreTable::with_gaps(std::size_t place, double sum, DrawnWeights const& draw, double left_out) const {
  std::uint32_t const begin = gaps_begin_[place], end = gaps_begin_[place + 1];
  if (begin == end && left_out == 0) return sum;
  if (missing_ == Missing::drawn) {
    for (std::uint32_t g = begin; g < end; ++g) {
      Gap const& gap = gaps_[g];
      sum += draw.weights[gap.criterion] * (gap.low + gap.width * drawn_within(draw, gap.criterion, gap.key));
    }
    return sum;
  }
  double known = -left_out;
  std::uint32_t g = begin;
  for (std::size_t j = 0; j < criteria_; ++j) {
    if (g < end && gaps_[g].criterion == j)
      ++g;
    else
      known += draw.weights[j];
  }
  return known > 0 ? sum / known : 0;  // weights that only missing values have leave nothing to score
}

UpperBounds::Weights ScoreTable::rounded(std::vector<DrawnWeights> const& draws) const {
  std::vector<double const*> weights;
  for (DrawnWeights const& draw : draws) weights.push_back(draw.weights);
  return bounds_.rounded(weights);
}

void ScoreTable::scan(std::vector<DrawnWeights> const& draws, UpperBounds::Weights const& rounded, std::size_t first,
                      Least const& least, std::function<void(std::size_t, std::uint32_t)> const& visit,
                      std::function<void(std::size_t)> const& after_block) const {
  UpperBounds::Passing blocks, rows;
  for (std::size_t group = first / block / block; group < bounds_.groups(); ++group) {
    bounds_.passing_blocks(group, rounded, least, blocks);
    std::size_t const begin = std::max(group * block, first / block);
    for (std::size_t at = begin; at < std::min((group + 1) * block, bounds_.blocks()); ++at) {
      std::size_t const word = at % block / 64, bit = at % 64;
      bool const wanted = std::any_of(blocks.begin(), blocks.end(),
                                      [&](auto const& of_draw) { return (of_draw[word] >> bit & 1U) != 0; });
      if (!wanted) continue;
      bounds_.passing_rows(at, rounded, least, rows);
      for (std::size_t d = 0; d < draws.size(); ++d)
        for (std::size_t w = 0; w < rows[d].size(); ++w)
          for (std::uint64_t bits = rows[d][w]; bits != 0; bits &= bits - 1) {
            std::size_t const place = at * block + 64 * w + static_cast<std::size_t>(std::countr_zero(bits));
            if (place >= first) visit(d, static_cast<std::uint32_t>(place));
          }
      after_block(at);
    }
  }
}

void ScoreTable::score_near(std::vector<DrawnWeights> const& draws, std::size_t k, double margin,
                            std::vector<std::vector<NearRow>>& near) const {
  std::vector<Gathering> gatherings;
  for (std::size_t d = 0; d < draws.size(); ++d) gatherings.emplace_back(k, margin, near[d]);
  UpperBounds::Weights const weights = rounded(draws);
  Least least{};
  least.fill(std::numeric_limits<std::int32_t>::max());  // draws that are not there let nothing pass
  for (std::size_t d = 0; d < draws.size(); ++d) least[d] = 0;
  auto const raise = [&](std::size_t d) { least[d] = bounds_.bound_of(weights, d, gatherings[d].least()); };
  scan(
      draws, weights, 0, least,
      [&](std::size_t d, std::uint32_t place) {
        if (gatherings[d].add({place, score(place, draws[d])})) raise(d);
      },
      [&](std::size_t at) {
        if (at > 0) return;  // the best block sets the first bounds
        for (std::size_t d = 0; d < draws.size(); ++d)
          if (gatherings[d].tighten()) raise(d);
      });
  for (Gathering& one : gatherings) one.tighten();
}

void ScoreTable::score_reaching(std::vector<DrawnWeights> const& draws, std::size_t first,
                                std::vector<double> const& least_scores,
                                std::function<void(std::size_t, double)> const& visit) const {
  if (first >= size()) return;
  UpperBounds::Weights const weights = rounded(draws);
  Least least{};
  least.fill(std::numeric_limits<std::int32_t>::max());
  for (std::size_t d = 0; d < draws.size(); ++d) least[d] = bounds_.bound_of(weights, d, least_scores[d]);
  scan(
      draws, weights, first, least, [&](std::size_t d, std::uint32_t place) { visit(d, score(place, draws[d])); },
      [](std::size_t) {});
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
