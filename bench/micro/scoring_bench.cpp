// New weights over a province: scores and ranks of 1.2 million candidates with 20 criteria.
#include <benchmark/benchmark.h>

#include <random>

#include "terrein/decision/scoring.hpp"

namespace {

using namespace terrein;

constexpr std::size_t candidates = 1'200'000, criteria = 20;

/// One in ten values is unknown, with bounds.
std::vector<Values> const& province() {
  static std::vector<Values> const values = [] {
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> unit(0, 1);
    std::vector<Values> out(criteria);
    for (Values& one : out) {
      one.value = Column<double>("", candidates);
      one.low.resize(candidates);
      one.high.resize(candidates);
      for (std::size_t row = 0; row < candidates; ++row) {
        double const value = unit(random);
        bool const known = unit(random) < 0.9;
        if (known) one.value.set(row, value);
        one.low[row] = known ? value : 0;
        one.high[row] = known ? value : 1;
      }
    }
    return out;
  }();
  return values;
}

void new_weights(benchmark::State& state) {
  std::vector<Values const*> columns;
  std::vector<double> raw;
  for (Values const& one : province()) {
    columns.push_back(&one);
    raw.push_back(static_cast<double>(1 + columns.size() % 5));
  }
  std::vector<std::uint8_t> const eligible(candidates, 1);
  auto const workers = static_cast<unsigned>(state.range(0));
  for (auto _ : state) {
    std::vector<double> const weights = normalised_weights(raw, "bench");
    Scores const scores = weighted_sum(columns, weights, workers);
    benchmark::DoNotOptimize(ranks(scores.score, eligible, RankKind::competition, workers));
    raw[0] += 0.01;
  }
}
BENCHMARK(new_weights)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void score_only(benchmark::State& state) {
  std::vector<Values const*> columns;
  for (Values const& one : province()) columns.push_back(&one);
  std::vector<double> const weights(criteria, 1.0 / static_cast<double>(criteria));
  for (auto _ : state) benchmark::DoNotOptimize(weighted_sum(columns, weights, static_cast<unsigned>(state.range(0))));
}
BENCHMARK(score_only)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
