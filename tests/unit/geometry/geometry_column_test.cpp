#include "terrein/geometry/geometry_column.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/text.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;

namespace {

GeometryColumn column_of(std::string const& wkt) {
  GeometryColumn column;
  append_wkt(column, wkt);
  return column;
}

std::vector<double> path(GeometryColumn const& column, std::size_t index) {
  auto const xy = column.path(index);
  return {xy.begin(), xy.end()};
}

}  // namespace

TEST_CASE("rings are closed, shells run counter-clockwise and holes clockwise whatever is given") {
  // Both rings against the convention, neither closed (the builder, not the text, closes them).
  GeometryColumn column;
  GeometryBuilder builder(column);
  for (auto const& [x, y] : std::vector<std::pair<double, double>>{{0, 0}, {0, 9}, {9, 9}, {9, 0}})
    builder.vertex(x, y);
  builder.end_path();
  for (auto const& [x, y] : std::vector<std::pair<double, double>>{{1, 1}, {2, 1}, {2, 2}}) builder.vertex(x, y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
  CHECK(path(column, 0) == std::vector<double>{0, 0, 9, 0, 9, 9, 0, 9, 0, 0});
  CHECK(path(column, 1) == std::vector<double>{1, 1, 2, 2, 2, 1, 1, 1});
  CHECK(column.box[0] == Box{0, 0, 9, 9});
}

TEST_CASE("a closing vertex given more than once is kept once, and other repeated vertices stay") {
  auto const column = column_of("POLYGON((0 0,4 0,4 0,4 4,0 0,0 0,0 0))");
  CHECK(path(column, 0) == std::vector<double>{0, 0, 4, 0, 4, 0, 4, 4, 0, 0});
}

TEST_CASE("orientation far from the origin is decided about the ring's own vertex") {
  // A 1 mm square at Lambert coordinates: full products would have an error of the size of the area.
  auto const column =
      column_of("POLYGON((150000 200000,150000 200000.001,150000.001 200000.001,150000.001 200000,150000 200000))");
  CHECK(column.path(0)[2] == 150000.001);
}

TEST_CASE("well-known text of every usual type becomes a row") {
  GeometryColumn column;
  for (auto const* text :
       {"POINT(1 2)", "point z (1 2 3)", "MULTIPOINT(1 2, 3 4)", "MULTIPOINT ZM((1 2 0 0),(3 4 0 0))",
        "LINESTRING(0 0,1 1)", "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))", "POLYGON((0 0,1 0,0 1,0 0))",
        "MULTIPOLYGON(((0 0,1 0,0 1,0 0)),((5 5,9 5,9 9,5 5),(6 5.5,7 5.5,7 6,6 5.5)))", "POLYGON EMPTY",
        "MULTIPOINT(EMPTY,1e1 -2.5E0)"})
    append_wkt(column, text);
  using enum GeometryKind;
  CHECK(column.kind ==
        std::vector<GeometryKind>{point, point, point, point, line, line, polygon, polygon, empty, point});
  CHECK(column.row_begin == std::vector<std::uint32_t>{0, 1, 2, 4, 6, 7, 9, 10, 12, 12, 13});
  CHECK(column.box[8].empty());
  CHECK(column.box[9] == Box{10, -2.5, 10, -2.5});
  CHECK(column.extent() == Box{0, -2.5, 10, 9});
  CHECK_FALSE(column.has_shape(8));
  CHECK(column.vertices(7) == 12);
}

TEST_CASE("text that is no well-known text is refused with the place, and the column stays as it was") {
  auto column = column_of("POINT(1 2)");
  for (auto const* text : {"", "POINT", "POINT(1)", "POINT(1 2", "POINT(1 2) 3", "POLYGON((0 0,1 0,0 1)", "POINT(1;2)",
                           "CIRCULARSTRING(0 0,1 1,2 0)", "POINT(1 2 3 4 5)"}) {
    INFO(text);
    auto const thrown = test::error_of([&] { append_wkt(column, text); });
    CHECK(thrown.kind == ErrorKind::input);
    CHECK_FALSE(thrown.text.empty());
  }
  CHECK(column.size() == 1);
  CHECK(column.xy.size() == 2);
  CHECK(test::error_of([&] { append_wkt(column, "POINT(1 b)"); }).text.find("at character 9") != std::string::npos);
  CHECK(test::error_of([&] { append_wkt(column, "POLYGN((0 0))"); }).text.find("polygon") != std::string::npos);
}

TEST_CASE("one coordinate that is no finite number makes its row not finite, and no other row") {
  GeometryColumn column = column_of("POINT(1 2)");
  append_wkt(column, "MULTILINESTRING((0 0,1 1),(2 2,3 3))");
  append_wkt(column, "POINT(5 6)");
  GeometryBuilder(column).end_row(GeometryKind::null);
  for (std::size_t row = 0; row < 4; ++row) CHECK(column.all_finite(row));
  for (double const bad : {std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::infinity()})
    for (std::size_t const at : {2U, 9U}) {  // the first and the last number of row 1
      GeometryColumn broken = column;
      broken.xy[at] = bad;
      CHECK(broken.all_finite(0));
      CHECK_FALSE(broken.all_finite(1));
      CHECK(broken.all_finite(2));
      CHECK(broken.all_finite(3));
    }
}

TEST_CASE("taken rows are the same shapes in the asked order") {
  auto const layer = test::layer_of(
      {"POINT(1 2)", "MULTIPOLYGON(((0 0,1 0,0 1,0 0)),((5 5,9 5,9 9,5 5)))", "POLYGON EMPTY", "LINESTRING(0 0,1 1)"});
  auto const taken = take(layer, {3, 1, 2, 1});
  CHECK(taken.id == std::vector<std::string>{"4", "2", "3", "2"});
  CHECK(taken.id_rank == std::vector<std::uint32_t>{3, 0, 2, 1});
  CHECK(taken.size() == 4);
  std::vector<Row> const rows{3, 1, 2, 1};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(to_wkb(taken.geometry, i) == to_wkb(layer.geometry, rows[i]));
    CHECK(taken.geometry.kind[i] == layer.geometry.kind[rows[i]]);
    CHECK(taken.geometry.box[i] == layer.geometry.box[rows[i]]);
  }
}

TEST_CASE("ids rank as whole numbers first and by value, equal ids by row") {
  CHECK(rank_ids({"b", "10", "9", "a", "9"}) == std::vector<std::uint32_t>{4, 2, 0, 3, 1});
}

TEST_CASE("ranks are those of a stable sort by the order of ids, for any number of workers") {
  test::Random random(71);
  std::vector<std::string> const heads{
      "", "0", "-", "40726A0001/00P00", "é", "999999999999999999", std::string(1, '\0'), "a"};
  std::vector<std::string> ids;
  for (int i = 0; i < 40000; ++i) {
    std::string id = heads[random.below(heads.size())];
    for (std::size_t n = random.below(5); n > 0; --n) id += "0019\0a\xff "[random.below(8)];
    ids.push_back(std::move(id));
  }
  std::vector<std::uint32_t> order(ids.size()), expected(ids.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return id_less(ids[a], ids[b]); });
  for (std::uint32_t i = 0; i < order.size(); ++i) expected[order[i]] = i;
  for (unsigned const workers : {1U, 2U, 3U, 7U}) CHECK(rank_ids(ids, workers) == expected);
}

TEST_CASE("a shape of a kind that can have none is a broken promise") {
  GeometryColumn column;
  GeometryBuilder builder(column);
  builder.vertex(1, 2);
  builder.end_path();
  builder.end_part();
  CHECK(test::error_of([&] { builder.end_row(GeometryKind::null); }).kind == ErrorKind::internal);
}
