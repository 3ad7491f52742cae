#include "terrein/geometry/precedence.hpp"

#include <random>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string square(double x, double y, double side) {
  return fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x, y, x + side, y + side);
}

/// Area of the union of the first `count` rows.
double united(Layer const& layer, std::size_t count) {
  std::vector<Row> rows;
  for (Row row = 0; row < count; ++row) rows.push_back(row);
  GeometryColumn const all = dissolve(take(layer.geometry, rows));
  return area(all, 0);
}

}  // namespace

TEST_CASE("the earlier row keeps its land, the later one what is left") {
  Layer const layer = layer_of({square(0, 0, 10), square(5, 0, 10), square(0, 0, 4), "LINESTRING(0 0,10 0)"});
  Precedence const result = by_precedence(layer, std::vector<std::uint32_t>{1, 0, 2, 2}, 1);
  CHECK(area(result.geometry, 0) == Approx(50));  // half is under row 1
  CHECK(area(result.geometry, 1) == 100);
  CHECK_FALSE(result.geometry.has_shape(2));  // wholly under row 0
  CHECK(result.geometry.kind[3] == GeometryKind::line);
  CHECK(result.lost_m2[0] == Approx(50));
  CHECK(result.lost_m2[2] == Approx(16));
  CHECK(result.failed.empty());
}

TEST_CASE("rows of equal order do not take from each other, and rows that only touch stay to the bit") {
  Layer const layer = layer_of({square(0, 0, 10), square(5, 0, 10), square(15, 0, 10)});
  Precedence const result = by_precedence(layer, std::vector<std::uint32_t>{3, 3, 7}, 1);
  CHECK(area(result.geometry, 0) == 100);
  CHECK(area(result.geometry, 1) == 100);
  CHECK(result.geometry.xy == layer.geometry.xy);
}

TEST_CASE("each row gets what it adds to the union of those before it, for any number of workers") {
  std::mt19937 random(7);  // NOLINT: the same squares every time
  std::uniform_real_distribution<double> at(0, 900), side(20, 120);
  std::vector<std::string> texts;
  for (int i = 0; i < 150; ++i) texts.push_back(square(at(random), at(random), side(random)));
  Layer const layer = layer_of(texts);
  std::vector<std::uint32_t> order(layer.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  Precedence const result = by_precedence(layer, order, 1);
  double before = 0;
  for (Row row = 0; row < layer.size(); ++row) {
    double const with = united(layer, row + 1);
    CHECK(area(result.geometry, row) == Approx(with - before).margin(1e-6));
    before = with;
  }
  for (unsigned const workers : {2U, 7U}) {
    Precedence const again = by_precedence(layer, order, workers);
    CHECK(again.geometry.xy == result.geometry.xy);
    CHECK(again.lost_m2 == result.lost_m2);
  }
}

TEST_CASE("the common area of two columns is their overlap, and nothing where they lie apart") {
  Layer const a = layer_of({square(0, 0, 10), square(10, 0, 10)}), b = layer_of({square(5, 5, 10)});
  CHECK(area(common_area(a.geometry, b.geometry), 0) == Approx(50));
  CHECK(area(common_area(a.geometry, layer_of({square(50, 50, 1)}).geometry), 0) == 0);
}
