#include "terrein/decision/similarity.hpp"

#include "support/catch.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("a candidate is as far from another as their values differ, by weight", "[decision][unit]") {
  auto const none = std::nullopt;
  std::vector<Values> const columns{values_of({0.5, 0.5, 1.0, none, none}), values_of({0.2, 0.2, 0.0, 0.6, none}),
                                    values_of({none, 0.9, 0.1, 0.3, 0.4}), values_of({0.1, 1.0, 1.0, 1.0, 1.0})};
  Distances const found = distances_from(pointers(columns), {0.5, 0.3, 0.2, 0}, 0);
  CHECK(found.distance.at(0) == 0);
  CHECK(found.distance.at(1) == 0);  // what is not known of the one counts for nobody, and what has no weight neither
  CHECK(*found.distance.at(2) == Approx((0.5 * 0.5 + 0.3 * 0.2) / 0.8));
  CHECK(*found.distance.at(3) == Approx(0.4));
  CHECK(found.shared[3] == Approx(0.3));
  CHECK_FALSE(found.distance.at(4));
}

TEST_CASE("distances are the same both ways, at most 1, and know no detours", "[decision][unit]") {
  std::mt19937 random(71);
  std::vector<Values> columns;
  for (int j = 0; j < 4; ++j) {
    Numbers column(30);
    for (auto& value : column) value = uniform(random);
    columns.push_back(values_of(column));
  }
  std::vector<double> const weights{0.4, 0.3, 0.2, 0.1};
  std::vector<Distances> all;
  for (Row row = 0; row < 30; ++row) all.push_back(distances_from(pointers(columns), weights, row));
  for (std::size_t a = 0; a < 30; ++a)
    for (std::size_t b = 0; b < 30; ++b) {
      CHECK(all[a].distance.values[b] == Approx(all[b].distance.values[a]));
      CHECK(all[a].distance.values[b] <= 1);
      for (std::size_t c = 0; c < 30; ++c)
        CHECK(all[a].distance.values[c] <= all[a].distance.values[b] + all[b].distance.values[c] + 1e-12);
    }
}
