#include "terrein/robustness/acceptability.hpp"

#include <algorithm>
#include <array>

#include "robustness/acceptability_tally.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/decision/scoring.hpp"

namespace terrein {
namespace {

/// How many places, best first, are the top k; ties are kept whole.
std::size_t places_in_top(RankingProblem const& problem, std::vector<Row> const& rows, std::size_t k) {
  Column<double> const rank = ranks(problem.score, problem.ranked);
  std::size_t n = 0;
  while (n < rows.size() && rank.values[rows[n]] <= static_cast<double>(k)) ++n;
  return n;
}

void check(RankingProblem const& problem, WeightSampler const& sampler, AcceptabilityOptions const& options) {
  if (options.draws == 0) throw_error(ErrorKind::config, "No draws are asked for; at least one is needed.");
  if (options.top == 0) throw_error(ErrorKind::config, "The top 0 holds nobody; at least 1 is needed.");
  if (sampler.size() != problem.values.size() || problem.score.size() != problem.rows())
    throw_error(ErrorKind::internal, "The weights or scores do not fit the criteria and rows of the model.");
}

/// One worker's weights, scores and counts of some draws at a time.
class Desk {
 public:
  Desk(ScoreTable const& table, DrawSetting const& setting, WeightSampler const& sampler)
      : table_(table), setting_(setting), sampler_(sampler), tally_(setting), near_(ScoreTable::most_draws) {}

  void work(std::size_t begin, std::size_t end, RankMatrix& ranges) {
    draw(begin, end);
    table_.score_near(draws_, setting_.nearest(), AcceptabilityTally::margin, near_);
    if (begin < ranges.draws()) count_ranks(begin, ranges);
    for (std::size_t d = 0; d < draws_.size(); ++d) {
      listed_.clear();
      for (std::size_t i = 0; i < setting_.listed; ++i) listed_.push_back(table_.score(i, draws_[d]));
      tally_.count(near_[d], listed_, draws_[d].weights);
    }
  }
  [[nodiscard]] AcceptabilityTally& tally() noexcept { return tally_; }

 private:
  void draw(std::size_t begin, std::size_t end) {
    std::size_t const criteria = table_.criteria();
    weights_.resize(ScoreTable::most_draws * criteria);
    keys_.resize(ScoreTable::most_draws * criteria);
    draws_.clear();
    for (std::size_t d = 0; d < end - begin; ++d) {
      sampler_.draw(begin + d, weights_.data() + d * criteria);
      draw_gap_keys(setting_.options.seed, begin + d, criteria, keys_.data() + d * criteria);
      draws_.push_back({weights_.data() + d * criteria, keys_.data() + d * criteria, table_.factors_of(begin + d)});
    }
  }

  /// Of the best rows, among all: what scores less than the last of them is not looked at.
  void count_ranks(std::size_t first_draw, RankMatrix& ranges) {
    std::vector<double> least;
    for (std::size_t d = 0; d < draws_.size(); ++d) {
      pool_.clear();
      for (std::size_t place = 0; place < ranges.rows(); ++place) pool_.push_back(table_.score(place, draws_[d]));
      counters_[d].start(pool_.data(), pool_.size());
      least.push_back(counters_[d].least());
    }
    table_.score_reaching(draws_, ranges.rows(), least,
                          [this](std::size_t d, double score) { counters_[d].count(score); });
    for (std::size_t d = 0; d < draws_.size(); ++d)
      if (first_draw + d < ranges.draws()) ranges.set(first_draw + d, counters_[d].better());
  }

  ScoreTable const& table_;
  DrawSetting const& setting_;
  WeightSampler const& sampler_;
  AcceptabilityTally tally_;
  std::array<RankCounter, ScoreTable::most_draws> counters_;
  std::vector<double> weights_, listed_, pool_;
  std::vector<std::uint64_t> keys_;
  std::vector<DrawnWeights> draws_;
  std::vector<std::vector<NearRow>> near_;
};

}  // namespace

Acceptability acceptability(RankingProblem const& problem, WeightSampler const& sampler,
                            AcceptabilityOptions const& options) {
  check(problem, sampler, options);
  Acceptability out;
  out.draws = options.draws;
  out.top = options.top;
  out.in_top = Column<double>("in_top", problem.rows());
  out.rank_low = out.rank_high = Column<std::int64_t>("", problem.rows());
  ScoreTable const table(problem, options.missing, options.workers);
  DrawSetting const setting{table.rows(), table.criteria(), options, std::min(options.listed, table.size()),
                            places_in_top(problem, table.rows(), options.top)};
  out.listed.assign(table.rows().begin(), table.rows().begin() + static_cast<std::ptrdiff_t>(setting.listed));
  if (table.size() == 0) return out;
  RankMatrix ranges(std::min(options.with_range, table.size()),
                    options.with_range == 0 ? 0 : std::min(options.range_draws, options.draws));
  std::vector<Desk> desks(std::max(1U, options.workers), Desk(table, setting, sampler));
  parallel_chunks(options.draws, options.workers, ScoreTable::most_draws,
                  [&](unsigned worker, std::size_t begin, std::size_t end) { desks[worker].work(begin, end, ranges); });
  for (std::size_t i = 1; i < desks.size(); ++i) desks.front().tally().add(desks[i].tally());
  desks.front().tally().finish(out);
  ranges.each_range(options.workers, [&](std::size_t place, std::uint32_t low, std::uint32_t high) {
    out.rank_low.set(table.rows()[place], low);
    out.rank_high.set(table.rows()[place], high);
  });
  return out;
}

double confidence(RankingProblem const& problem, Row row, std::vector<double> const& weights,
                  AcceptabilityOptions const& options) {
  ScoreTable const table(problem, options.missing, options.workers);
  auto const own =
      static_cast<std::size_t>(std::find(table.rows().begin(), table.rows().end(), row) - table.rows().begin());
  std::vector<std::uint8_t> first(options.draws, 0);
  parallel_chunks(options.draws, options.workers, 1, [&](unsigned, std::size_t draw, std::size_t) {
    std::vector<std::uint64_t> keys(table.criteria());
    draw_gap_keys(options.seed, draw, table.criteria(), keys.data());
    std::vector<DrawnWeights> const draws{{weights.data(), keys.data(), table.factors_of(draw)}};
    std::vector<std::vector<NearRow>> near(1);
    table.score_near(draws, 1, tie_tolerance, near);
    first[draw] = std::any_of(near[0].begin(), near[0].end(), [own](NearRow const& one) { return one.place == own; });
  });
  return static_cast<double>(std::count(first.begin(), first.end(), 1)) / static_cast<double>(options.draws);
}

}  // namespace terrein
