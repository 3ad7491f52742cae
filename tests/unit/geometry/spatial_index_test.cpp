#include "terrein/geometry/spatial_index.hpp"

#include <algorithm>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Random;

namespace {

std::vector<Box> random_boxes(Random& random, std::size_t n) {
  std::vector<Box> boxes(n);
  for (Box& box : boxes) {
    if (random.below(50) == 0) continue;  // empty
    double const x = random.in(0, 1000), y = random.in(0, 1000);
    box = {x, y, x + random.in(0, 20), y + random.in(0, 20)};
  }
  return boxes;
}

}  // namespace

TEST_CASE("Hilbert codes are those of GEOS and JTS") {
  auto const f09 = test::oracle("f09");
  if (f09.is_null()) return;
  auto const& decode = f09["input"]["decode_level_index"];
  for (std::size_t i = 0; i < decode.size(); ++i) {
    auto const cell = hilbert_cell(decode[i][0], decode[i][1]);
    CHECK(cell.x == f09["expected"]["xy"][i][0]);
    CHECK(cell.y == f09["expected"]["xy"][i][1]);
    CHECK(hilbert_code(decode[i][0], cell.x, cell.y) == decode[i][1]);
  }
  auto const& points = f09["input"]["point_codes"];
  for (std::size_t i = 0; i < points.size(); ++i) {
    // The extent is the unit square: its corner (1, 1) is the last cell of the level.
    unsigned const level = points[i]["level"];
    std::uint32_t const last = (1U << level) - 1;
    std::uint32_t const x = points[i]["point"][0] == 0 ? 0 : last, y = points[i]["point"][1] == 0 ? 0 : last;
    CHECK(hilbert_code(level, x, y) == f09["expected"]["code"][i]);
  }
}

TEST_CASE("a Hilbert code decodes to its cell, and following codes are neighbours") {
  for (unsigned const level : {1U, 5U, 8U}) {
    Cell before = hilbert_cell(level, 0);
    for (std::uint32_t code = 0; code < (1U << (2 * level)); ++code) {
      Cell const cell = hilbert_cell(level, code);
      REQUIRE(hilbert_code(level, cell.x, cell.y) == code);
      auto const steps = std::abs(static_cast<long>(cell.x) - static_cast<long>(before.x)) +
                         std::abs(static_cast<long>(cell.y) - static_cast<long>(before.y));
      REQUIRE(steps == (code == 0 ? 0 : 1));
      before = cell;
    }
  }
  CHECK(hilbert_cell(16, hilbert_code(16, 65535, 123)).x == 65535);
}

TEST_CASE("a query finds exactly the boxes that meet, for every size of tree") {
  Random random(1);
  for (std::size_t const n : {0U, 1U, 2U, 15U, 16U, 17U, 256U, 257U, 5000U}) {
    auto const boxes = random_boxes(random, n);
    SpatialIndex const index(boxes);
    CHECK(index.size() == n);
    for (int i = 0; i < 50; ++i) {
      double const x = random.in(-50, 1050), y = random.in(-50, 1050);
      Box const asked{x, y, x + random.in(0, 100), y + random.in(0, 100)};
      std::vector<std::uint32_t> hits{77}, expected{77};
      for (std::uint32_t k = 0; k < n; ++k)
        if (boxes[k].meets(asked)) expected.push_back(k);
      index.query(asked, hits);
      REQUIRE(hits == expected);
    }
  }
}

TEST_CASE("all boxes up to a bound are visited, and none twice") {
  Random random(2);
  auto const boxes = random_boxes(random, 2000);
  SpatialIndex const index(boxes);
  for (int i = 0; i < 50; ++i) {
    Point const p{random.in(-200, 1200), random.in(-200, 1200)};
    Box const asked{p.x, p.y, p.x, p.y};
    double const bound = random.in(0, 300);
    std::vector<std::uint32_t> visited, expected;
    index.nearest(
        asked,
        [&](std::uint32_t position) {
          if (distance(asked, boxes[position]) <= bound) visited.push_back(position);
          return bound;
        },
        bound);
    for (std::uint32_t k = 0; k < boxes.size(); ++k)
      if (distance(asked, boxes[k]) <= bound) expected.push_back(k);
    std::sort(visited.begin(), visited.end());
    REQUIRE(visited == expected);
    // A bound that falls with what is found leaves the nearest.
    double nearest = 1e9, smallest = 1e9;
    std::size_t visits = 0;
    index.nearest(asked, [&](std::uint32_t position) {
      ++visits;
      return nearest = std::min(nearest, distance(asked, boxes[position]));
    });
    for (Box const& box : boxes) smallest = std::min(smallest, distance(asked, box));
    REQUIRE(nearest == smallest);
    REQUIRE(visits < boxes.size() / 2);
  }
}

TEST_CASE("equal distances are all visited, and nothing beyond a bound given first") {
  std::vector<Box> const boxes(100, Box{1, 1, 2, 2});
  SpatialIndex const index(boxes);
  int visits = 0;
  index.nearest({0, 1, 0, 1}, [&](std::uint32_t) { return ++visits, 1.0; });
  CHECK(visits == 100);
  index.nearest(
      {0, 1, 0, 1}, [&](std::uint32_t) { return ++visits, 1.0; }, 0.5);
  CHECK(visits == 100);
}

TEST_CASE("coordinates that are not finite do not break the index") {
  double const inf = std::numeric_limits<double>::infinity();
  SpatialIndex const index({Box{0, 0, 1, 1}, Box{-inf, 0, inf, 1}, Box{5, 5, inf, inf}, Box{}});
  std::vector<std::uint32_t> hits;
  index.query({0.5, 0.5, 0.6, 0.6}, hits);
  CHECK(hits == std::vector<std::uint32_t>{0, 1});
}
