#include "robustness/upper_bounds.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("a row that reaches a score always passes, and few others do", "[robustness][unit]") {
  std::mt19937 random(4);
  std::size_t passed = 0, reached = 0;
  for (int world = 0; world < 40; ++world) {
    std::size_t const rows = 1 + random() % 700, criteria = 1 + random() % 21;
    double const low = world % 4 == 0 ? -0.3 : 0, high = world % 4 == 0 ? 1.4 : 1;
    std::vector<double> values(rows * criteria);
    for (double& value : values) value = uniform(random, low, high);
    UpperBounds const bounds(values, criteria, 2);
    std::vector<std::vector<double>> weights(UpperBounds::most_draws, std::vector<double>(criteria));
    std::vector<double const*> pointers;
    for (auto& one : weights) {
      double sum = 0;
      for (double& weight : one) sum += weight = std::pow(uniform(random), 3);
      for (double& weight : one) weight /= sum;
      pointers.push_back(one.data());
    }
    auto const rounded = bounds.rounded(pointers);
    std::array<std::int32_t, UpperBounds::most_draws> least{};
    std::array<double, UpperBounds::most_draws> edge{};
    for (std::size_t d = 0; d < edge.size(); ++d) {
      edge[d] = uniform(random, 0.3, 0.8);
      least[d] = bounds.bound_of(rounded, d, edge[d]);
    }
    UpperBounds::Passing of_blocks, of_rows;
    for (std::size_t at = 0; at < bounds.blocks(); ++at) {
      bounds.passing_blocks(at / UpperBounds::block, rounded, least, of_blocks);
      bounds.passing_rows(at, rounded, least, of_rows);
      for (std::size_t d = 0; d < edge.size(); ++d)
        for (std::size_t i = 0; i < UpperBounds::block; ++i) {
          std::size_t const row = at * UpperBounds::block + i;
          bool const passes = (of_rows[d][i / 64] >> (i % 64) & 1U) != 0;
          if (row >= rows) {
            CHECK_FALSE(passes);
            continue;
          }
          double score = 0;
          for (std::size_t j = 0; j < criteria; ++j) score += weights[d][j] * values[row * criteria + j];
          passed += passes ? 1U : 0U;
          reached += score >= edge[d] ? 1U : 0U;
          if (score < edge[d]) continue;
          CHECK(passes);
          CHECK((of_blocks[d][at / 64] >> (at % 64) & 1U) != 0);
        }
    }
  }
  CHECK(passed < reached + reached / 50 + 50);
}
