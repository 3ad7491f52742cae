#include "terrein/geometry/validity.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"

using namespace terrein;

namespace {

std::string code_of(std::string const& wkt) {
  auto const found = validity(test::layer_of({wkt}).geometry, 1)[0];
  return found ? found->code : "";
}

}  // namespace

TEST_CASE("valid rows have no fault, and nor have null, empty, point and line rows", "[geometry][validity]") {
  Layer layer =
      test::layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POLYGON EMPTY", "POINT(1 1)",
                      "LINESTRING(0 0,5 5,5 0,0 5)", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))"});
  GeometryBuilder(layer.geometry).end_row(GeometryKind::null);
  CHECK(validity(layer.geometry, 2).empty());
}

TEST_CASE("faults have a stable code and a place", "[geometry][validity]") {
  CHECK(code_of("POLYGON((0 0,1 1,0 1,1 0,0 0))") == "self_intersection");
  CHECK(code_of("POLYGON((0 0,10 0,10 10,0 10,0 0),(20 20,20 30,30 30,30 20,20 20))") == "hole_outside_shell");
  CHECK(code_of("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1),(2 2,2 7,7 7,7 2,2 2))") == "nested_holes");
  CHECK(code_of("MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((1 1,8 1,8 8,1 8,1 1)))") == "nested_shells");
  CHECK(code_of("POLYGON((0 0,8 0,4 4,8 8,0 8,4 4,0 0))") == "ring_self_intersection");
  auto const fault = validity(test::layer_of({"POLYGON((0 0,1 1,0 1,1 0,0 0))"}).geometry, 1)[0];
  REQUIRE(fault.has_value());
  CHECK(fault->x == 0.5);
  CHECK(fault->y == 0.5);
  CHECK(fault->reason == "Self-intersection");
}

TEST_CASE("coordinates that are not finite and rings that are too short are faults", "[geometry][validity]") {
  for (double const bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    Layer layer = test::layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))", "LINESTRING(0 0,1 1)"});
    layer.geometry.xy[3] = bad;
    layer.geometry.xy.back() = bad;
    auto const found = validity(layer.geometry, 1);
    REQUIRE(found[0].has_value());
    REQUIRE(found[1].has_value());
    CHECK(found[0]->code == "invalid_coordinate");
    CHECK(std::isfinite(found[0]->x));
    GeometryColumn out;
    auto const repairs = make_valid(layer.geometry, {0, 1}, out);
    CHECK_FALSE(repairs[0].repaired());
    CHECK(out.kind[0] == GeometryKind::empty);
  }
  GeometryColumn flat;
  GeometryBuilder builder(flat);
  builder.vertex(0, 0);
  builder.vertex(1, 1);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
  auto const found = validity(flat, 1);
  REQUIRE(found[0].has_value());
  CHECK(found[0]->code == "too_few_points");
  GeometryColumn out;
  CHECK_FALSE(make_valid(flat, {0}, out)[0].repaired());
  CHECK(out.size() == 1);
}

TEST_CASE("repair by structure gives the published areas, not those of the linework", "[geometry][validity][oracle]") {
  auto const oracle = test::oracle("f08");
  if (oracle.is_null()) return;
  auto const& cases = oracle["input"]["cases"];
  bool told_apart = false;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    INFO(cases[i]["name"].get<std::string>());
    auto const& expected = oracle["expected"]["results"][i];
    Layer const layer = test::layer_of({cases[i]["wkt"].get<std::string>()});
    CHECK(validity(layer.geometry, 1)[0].has_value());
    GeometryColumn out;
    auto const repairs = make_valid(layer.geometry, {0}, out);
    REQUIRE(repairs.size() == 1);
    CHECK(repairs[0].repaired());
    double const structure = expected["structure_area"], linework = expected["linework_area"];
    CHECK(repairs[0].area_after == Approx(structure).margin(1e-9));
    CHECK(area(out, 0) == Approx(structure).margin(1e-9));
    told_apart = told_apart || (structure != linework && std::abs(area(out, 0) - linework) > 1);
    CHECK(out.kind[0] == GeometryKind::polygon);
    CHECK((out.row_begin[1] > 1) == (expected["structure_type"] == "MultiPolygon"));
    CHECK_FALSE(validity(out, 1)[0].has_value());
  }
  CHECK(told_apart);
}

TEST_CASE("what collapses is dropped and what remains is kept", "[geometry][validity]") {
  Layer const layer = test::layer_of({"POLYGON((0 0,10 10,20 20,0 0))",
                                      "MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((50 50,60 60,70 70,50 50)))",
                                      "LINESTRING(0 0,0 0,5 5,5 5)", "LINESTRING(3 3,3 3)"});
  GeometryColumn out;
  auto const repairs = make_valid(layer.geometry, {0, 1, 2, 3}, out);
  CHECK_FALSE(repairs[0].repaired());
  CHECK_FALSE(out.has_shape(0));
  CHECK(repairs[1].repaired());
  CHECK(area(out, 1) == 100);
  CHECK(out.row_begin[2] - out.row_begin[1] == 1);
  CHECK(out.vertices(2) == 2);
  CHECK_FALSE(repairs[3].repaired());
}

TEST_CASE("area before a repair subtracts holes", "[geometry][validity]") {
  // Shell 100, hole of 16 that sticks out by half: by structure 92 remain.
  Layer const layer = test::layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0),(8 3,8 7,12 7,12 3,8 3))"});
  GeometryColumn out;
  auto const repairs = make_valid(layer.geometry, {0}, out);
  CHECK(repairs[0].area_before == 84);
  CHECK(repairs[0].area_after == Approx(92).margin(1e-9));
}

TEST_CASE("rounding to a grid leaves a valid polygon with decimals as written", "[geometry][validity]") {
  Layer const layer = test::layer_of({"POLYGON((3.12345678 51.12345678,3.2 51.1,3.3 51.3,3.12345678 51.12345678))",
                                      "POINT(3.123456749 51.00000004)", "LINESTRING(0.00000001 0,1.23456789 1)",
                                      "POLYGON((0 0,4e-8 0,4e-8 4e-8,0 0))"});
  GeometryColumn out;
  for (std::size_t row = 0; row < layer.size(); ++row) append_on_grid(layer.geometry, row, 1e-7, out);
  REQUIRE(out.size() == 4);
  CHECK(validity(out, 1).empty());
  for (std::size_t i = 0; i < out.path_begin[out.end_path(0)] * std::size_t{2}; ++i)
    CHECK(out.xy[i] == std::round(out.xy[i] * 1e7) / 1e7);
  CHECK(out.xy[2 * out.path_begin[out.first_path(1)]] == 3.1234567);
  CHECK(out.box[1].min_x == 3.1234567);
  CHECK_FALSE(out.has_shape(3));  // smaller than the grid
}

TEST_CASE("a sliver that rounding turns inside out is valid again", "[geometry][validity]") {
  // Two long edges less than a grid step apart.
  Layer const layer = test::layer_of({"POLYGON((0 0,1 0.00000004,2 0,2 1,1 0.00000006,0 1,0 0))"});
  CHECK_FALSE(validity(layer.geometry, 1)[0].has_value());
  GeometryColumn out;
  append_on_grid(layer.geometry, 0, 1e-7, out);
  CHECK_FALSE(validity(out, 1)[0].has_value());
  CHECK(area(out, 0) == Approx(area(layer.geometry, 0)).margin(1e-6));
}

TEST_CASE("workers do not change what is found", "[geometry][validity][determinism]") {
  std::vector<std::string> wkt;
  for (int i = 0; i < 1000; ++i)
    wkt.push_back(i % 3 == 0 ? "POLYGON((0 0,1 1,0 1,1 0,0 0))" : "POLYGON((0 0,1 0,1 1,0 0))");
  Layer const layer = test::layer_of(wkt);
  for (unsigned const workers : {1U, 2U, 7U}) {
    auto const found = validity(layer.geometry, workers);
    for (std::size_t i = 0; i < layer.size(); ++i) CHECK(found[i].has_value() == (i % 3 == 0));
    CHECK(found.rows().size() == 334);
  }
}

TEST_CASE("repair takes the gentlest step that gives a valid shape") {
  auto const repaired = [](char const* wkt) {
    GeometryColumn column, out;
    append_wkt(column, wkt);
    Repair const repair = make_valid(column, {0}, out)[0];
    CHECK_FALSE(validity(out, 1)[0]);
    return repair;
  };
  SECTION("a spike without width is taken out") {
    Repair const repair = repaired("POLYGON ((0 0, 4 0, 4 4, 9 4, 4 4, 0 4, 0 0))");
    CHECK(repair.method == RepairMethod::cleaned);
    CHECK(repair.area_after == 16);
  }
  SECTION("a spike across the seam of the ring is taken out") {
    Repair const repair = repaired("POLYGON ((9 9, 0 0, 4 0, 4 4, 0 4, 0 0, 9 9))");
    CHECK(repair.method == RepairMethod::cleaned);
    CHECK(repair.area_after == 16);
  }
  SECTION("crossing edges need the structure") {
    Repair const repair = repaired("POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))");
    CHECK(repair.method == RepairMethod::structure);
    CHECK(repair.area_after == 8);
  }
  SECTION("where the structure itself comes out invalid, the shape is never passed off as mended") {
    // GEOS 3.11 gives an invalid polygon here: triangle 40.5 m², and one of 8 m² that touches it in a corner.
    Repair const repair = repaired("POLYGON ((0 0, 9 0, 9 9, 0 0, 0 4, 4 4, 0 0, 4 4, 0 0))");
    CHECK(repair.repaired());
    CHECK(repair.area_after == Approx(48.5));
  }
}
