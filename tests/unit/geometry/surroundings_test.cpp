// What is near: a box is only called far when plain arithmetic on all boxes says so.
#include "terrein/geometry/surroundings.hpp"

#include <limits>

#include "support/catch.hpp"
#include "terrein/geometry/measures.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Random;

namespace {

void add_rectangle(GeometryColumn& column, Box const& box) {
  GeometryBuilder builder(column);
  for (auto const& [x, y] : {std::pair{box.min_x, box.min_y},
                             {box.max_x, box.min_y},
                             {box.max_x, box.max_y},
                             {box.min_x, box.max_y},
                             {box.min_x, box.min_y}})
    builder.vertex(x, y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
}

Box random_box(Random& random, double side, double largest) {
  double const x = random.in(-side, side), y = random.in(-side, side);
  return {x, y, x + random.in(0, largest), y + random.in(0, largest)};
}

double least_distance(GeometryColumn const& shapes, Box const& box) {
  double least = std::numeric_limits<double>::infinity();
  for (Box const& one : shapes.box) least = std::min(least, distance(one, box));
  return least;
}

}  // namespace

TEST_CASE("a box is called far only when every shape is, and mostly when it is far") {
  Random random(7);
  double const diagonal = std::sqrt(2.0) * Surroundings::square_m;
  for (double const side : {500.0, 20'000.0, 3e6}) {
    for (double const largest : {0.0, 100.0, 30'000.0}) {  // the last ones touch very many squares
      GeometryColumn shapes;
      for (int i = 0; i < 60; ++i) add_rectangle(shapes, random_box(random, side, largest));
      Surroundings const near(shapes);
      std::size_t far = 0;
      for (int i = 0; i < 3000; ++i) {
        Box const box = random_box(random, 2 * side, i % 3 == 0 ? 0 : i % 3 == 1 ? 300 : side);
        double const reach = i % 2 == 0 ? 0 : random.in(0, 1500), least = least_distance(shapes, box);
        bool const may = near.may_reach(box, reach);
        if (least <= reach) REQUIRE(may);
        // Both boxes are widened to squares; only boxes of very many squares (here 16 km and more) are never called
        // far.
        if (least > std::sqrt(2.0) * reach + 2 * diagonal && box.width() < 5000 && box.height() < 5000) REQUIRE(!may);
        far += may ? 0 : 1;
      }
      CHECK(far > 100);
    }
  }
}

TEST_CASE("borders of squares and tiles belong to both sides, negative places too") {
  double const side = Surroundings::square_m;
  for (double const at : {-64 * side, -side, 0.0, side, 63 * side, 64 * side, 128 * side}) {
    GeometryColumn shapes;
    add_rectangle(shapes, {at - 10, at - 10, at, at});
    Surroundings const near(shapes);
    CHECK(near.may_reach({at, at, at + 5, at + 5}, 0));
    CHECK(near.may_reach({at + 3, at + 3, at + 5, at + 5}, 3));
    CHECK_FALSE(near.may_reach({at + 2 * side, at, at + 2 * side, at}, 0));
    CHECK_FALSE(near.may_reach({at, at - 3 * side, at, at - 3 * side}, 0));
  }
}

TEST_CASE("what cannot be placed is never called far, and nothing is near to nothing") {
  double const infinite = std::numeric_limits<double>::infinity();
  GeometryColumn shapes;
  GeometryBuilder(shapes).end_row(GeometryKind::null);
  GeometryBuilder(shapes).end_row(GeometryKind::empty);
  CHECK_FALSE(Surroundings(shapes).may_reach({0, 0, 1, 1}, 0));
  add_rectangle(shapes, {0, 0, 1e15, 1});  // over all squares of the grid and beyond
  add_rectangle(shapes, {5e9, 5e9, 5e9 + 1, 5e9 + 1});
  Surroundings const near(shapes);
  CHECK(near.may_reach({}, 0));
  CHECK(near.may_reach({0, 0, infinite, 1}, 0));
  CHECK(near.may_reach({7e14, 0.5, 8e14, 0.5}, 0));
  CHECK(near.may_reach({7e14, 300, 8e14, 400}, 0));  // beyond the grid, where nothing is told apart
  CHECK_FALSE(near.may_reach({7e14, 6e9, 8e14, 7e9}, 0));
  CHECK(near.may_reach({0, 0, 1, 1}, infinite));
}

TEST_CASE("a far polygon keeps its box alone, through copies and joins") {
  GeometryColumn shapes;
  add_rectangle(shapes, {0, 0, 10, 10});
  append_wkt(shapes, "MULTIPOLYGON(((5000 0,5100 0,5100 100,5000 0)),((5200 0,5300 0,5300 100,5200 0)))");
  append_wkt(shapes, "LINESTRING(9000 0,9100 50)");
  GeometryBuilder(shapes).end_row(GeometryKind::null);
  add_rectangle(shapes, {300, 0, 310, 10});
  GeometryColumn candidates;
  add_rectangle(candidates, {100, 0, 110, 10});
  Surroundings const near(candidates);
  leave_out_far(shapes, {&near, nullptr, 200});

  Box const multi{5000, 0, 5300, 100};
  GeometryColumn joined;
  append_wkt(joined, "POINT(1 2)");
  append(joined, shapes);
  std::vector<Row> const all{0, 1, 2, 3, 4, 5};
  for (GeometryColumn const& column : {joined, take(joined, all)}) {
    REQUIRE(column.size() == 6);
    CHECK(column.kind[1] == GeometryKind::polygon);
    CHECK(column.kind[2] == GeometryKind::far);
    CHECK_FALSE(column.has_shape(2));
    CHECK(column.has_place(2));
    CHECK(column.box[2] == multi);
    CHECK(column.kind[3] == GeometryKind::line);  // lines stay, however far
    CHECK_FALSE(column.has_place(4));
    CHECK(area(column, 5) == 100);
    CHECK(column.extent() == Box{0, 0, 9100, 100});
  }
}
