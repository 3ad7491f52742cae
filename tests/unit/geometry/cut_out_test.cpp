#include <cmath>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;

TEST_CASE("net area of the oracle parcel after overlapping constraints", "[geometry][cut_out][oracle]") {
  auto const oracle = test::oracle("c08");
  if (oracle.is_null()) return;
  Layer const parcel = test::layer_of({oracle["input"]["parcel"].get<std::string>()});
  std::vector<Layer> layers;
  for (char const* name : {"watercourse_buffer", "pipeline_easement", "pond", "outside_parcel", "road_diagonal"})
    layers.push_back(test::layer_of({oracle["input"]["constraints"][name].get<std::string>()}, name));
  auto const cut_by = [&](std::size_t count) {
    std::vector<Cut> cuts;
    for (std::size_t i = 0; i < count; ++i) cuts.push_back({&layers[i], {}, 0});
    return cut_out(parcel.geometry, cuts, 1);
  };
  auto const& expected = oracle["expected"];
  auto const number = [&](char const* key) { return Approx(expected[key].get<double>()).margin(1e-9); };
  CHECK(cut_by(0).net_m2[0] == number("gross_m2"));
  CHECK(cut_by(2).net_m2[0] == number("net_after_water_and_pipeline"));
  CHECK(cut_by(3).net_m2[0] == number("net_after_water_pipeline_pond"));
  CHECK(cut_by(3).net_m2[0] / cut_by(0).net_m2[0] == number("net_ratio"));
  auto const all = cut_by(5);
  CHECK(all.net_m2[0] == number("net_after_all_five"));
  CHECK(all.parts[0] == 2);
  CHECK(all.largest_part_m2[0] == Approx(expected["parts_after_all_five"][1].get<double>()).margin(1e-9));
  double sum = 0;
  for (auto const& own : all.own_m2) sum += own[0];
  CHECK(sum == number("sum_of_constraint_areas_inside"));
  CHECK(all.own_m2[0][0] + all.own_m2[1][0] - (20000 - cut_by(2).net_m2[0]) == Approx(180).margin(1e-9));  // 15 · 12
  CHECK(20000 - cut_by(2).net_m2[0] == number("union_water_pipeline"));
  // By hand: what only one of them takes. Water and pipeline share 180 m²; the pond, and the road between
  // x 15 … 25 at the bottom and 103 … 113 at y = 88, lie free of the others.
  CHECK(all.marginal_m2[0][0] == Approx(1500 - 180).margin(1e-9));
  CHECK(all.marginal_m2[1][0] == Approx(2400 - 180).margin(1e-9));
  CHECK(all.marginal_m2[2][0] == Approx(400).margin(1e-9));
  CHECK(all.marginal_m2[3][0] == 0);
  CHECK(all.marginal_m2[4][0] == Approx(880).margin(1e-9));
  CHECK(all.largest[3][0] == no_row);
  CHECK(all.largest[4][0] == 0);
}

TEST_CASE("an inner setback is the buffered boundary cut out", "[geometry][cut_out][oracle]") {
  auto const oracle = test::oracle("c08");
  if (oracle.is_null()) return;
  Layer const parcel = test::layer_of({oracle["input"]["parcel"].get<std::string>()});
  Layer const boundary = test::layer_of({"LINESTRING(0 0,200 0,200 100,0 100,0 0)"}, "boundary");
  std::vector<Cut> const cuts{{&boundary, {}, oracle["input"]["setback_m"].get<double>()}};
  auto const result = cut_out(parcel.geometry, cuts, 1);
  CHECK(result.net_m2[0] == Approx(oracle["expected"]["net_with_inner_setback_only"].get<double>()).margin(1e-9));
}

TEST_CASE("points and lines cut with their buffers and not without", "[geometry][cut_out]") {
  Layer const parcel = test::layer_of({"POLYGON((0 0,100 0,100 100,0 100,0 0))"});
  Layer const shapes = test::layer_of({"POINT(50 50)", "LINESTRING(0 20,100 20)"});
  std::vector<Cut> cuts{{&shapes, {}, 0}};
  CHECK(cut_out(parcel.geometry, cuts, 1).net_m2[0] == 10000);
  cuts[0].buffer_m = 10;
  // Eight segments a quarter: a 32-gon of area ½ · 32 · r² · sin(2π/32), and a strip of 20 m across the parcel.
  double const disc = 16 * 100 * std::sin(std::acos(-1.0) / 16);
  auto const both = cut_out(parcel.geometry, cuts, 1);
  CHECK(both.net_m2[0] == Approx(10000 - 2000 - disc).margin(1e-6));
  CHECK(both.largest[0][0] == 1);
  CHECK(both.parts[0] == 2);
  cuts[0].selected = {1, 0};
  CHECK(cut_out(parcel.geometry, cuts, 1).net_m2[0] == Approx(10000 - disc).margin(1e-6));
}

TEST_CASE("a buffer reaches a parcel that the feature itself does not touch", "[geometry][cut_out]") {
  Layer const parcel = test::layer_of({"POLYGON((0 0,100 0,100 100,0 100,0 0))"});
  Layer const stream = test::layer_of({"POLYGON((-20 -500,-5 -500,-5 500,-20 500,-20 -500))"});
  std::vector<Cut> cuts{{&stream, {}, 5}};
  CHECK(cut_out(parcel.geometry, cuts, 1).net_m2[0] == 10000);  // touches the boundary
  cuts[0].buffer_m = 15;
  auto const result = cut_out(parcel.geometry, cuts, 1);
  CHECK(result.net_m2[0] == Approx(9000).margin(1e-9));
  CHECK(result.own_m2[0][0] == Approx(1000).margin(1e-9));
  CHECK(result.marginal_m2[0][0] == Approx(1000).margin(1e-9));
}

TEST_CASE("a parcel that is wholly taken has no parts, and two takers no margin", "[geometry][cut_out]") {
  Layer const parcels = test::layer_of({"POLYGON((0 0,10 0,10 10,0 10,0 0))", "POINT(5 5)"});
  Layer const big = test::layer_of({"POLYGON((-9 -9,20 -9,20 20,-9 20,-9 -9))"});
  std::vector<Cut> const once{{&big, {}, 0}}, twice{{&big, {}, 0}, {&big, {}, 3}};
  auto const one = cut_out(parcels.geometry, once, 1), two = cut_out(parcels.geometry, twice, 1);
  CHECK(one.net_m2[0] == 0);
  CHECK(one.parts[0] == 0);
  CHECK(one.marginal_m2[0][0] == 100);
  CHECK(two.own_m2[1][0] == 100);
  CHECK(two.marginal_m2[0][0] == 0);
  CHECK(two.marginal_m2[1][0] == 0);
  CHECK(one.net_m2[1] == 0);  // a point has no area to cut from
}

namespace {

/// A winding stream of many vertices through a grid of parcels.
std::string winding(double phase, char const* type) {
  std::string text = std::string(type) + "(";
  for (int i = 0; i <= 600; ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : ",", 99900 + 2.0 * i,
                        200400 + phase + 150 * std::sin(i / 40.0) + 10 * std::sin(i * 1.7));
  return text + ")";
}

}  // namespace

TEST_CASE("a strip across a parcel leaves two parts, however it lies", "[geometry][cut_out][property]") {
  test::Random random(3);
  for (int i = 0; i < 200; ++i) {
    Point const centre{104000 + random.in(0, 1000), 193000 + random.in(0, 1000)};
    double const along = random.in(0, 3.1), across = along + random.in(1.1, 2.0);
    auto const rectangle = [centre](double x, double y, double angle) {
      std::vector<Point> ring{{-x, -y}, {x, -y}, {x, y}, {-x, y}};
      for (Point& p : ring)
        p = {centre.x + p.x * std::cos(angle) - p.y * std::sin(angle),
             centre.y + p.x * std::sin(angle) + p.y * std::cos(angle)};
      return "POLYGON(" + test::ring_text(ring) + ")";
    };
    // A parcel of 120 by 120 m with a strip of 20 m through its middle, at most 28 degrees off the shortest way: it is
    // 120 / cos(angle) m long on average, and leaves two equal parts.
    Layer const parcel = test::layer_of({rectangle(60, 60, along)}),
                strip = test::layer_of({rectangle(500, 10, across)});
    std::vector<Cut> const cuts{{&strip, {}, 0}};
    auto const result = cut_out(parcel.geometry, cuts, 1);
    double const taken = 20 * 120 / std::cos(across - along - std::acos(0.0));
    CHECK(result.net_m2[0] == Approx(14400 - taken).margin(1e-4));
    CHECK(result.parts[0] == 2);
    CHECK(result.largest_part_m2[0] == Approx((14400 - taken) / 2).margin(1e-4));
  }
}

TEST_CASE("neither workers nor other candidates change what is cut", "[geometry][cut_out][determinism]") {
  Layer const parcels = test::grid_of_parcels(20, 16, 50);
  Layer const streams = test::layer_of({winding(0, "LINESTRING"), winding(180, "LINESTRING")});
  Layer const ponds = test::grid_of_parcels(9, 9, 37, 100100, 200200);
  std::vector<Cut> const cuts{{&streams, {}, 12.5}, {&ponds, {}, 0}, {&ponds, {}, 4}};
  auto const one = cut_out(parcels.geometry, cuts, 1);
  for (unsigned const workers : {2U, 7U}) {
    auto const many = cut_out(parcels.geometry, cuts, workers);
    CHECK(many.net_m2 == one.net_m2);
    CHECK(many.own_m2 == one.own_m2);
    CHECK(many.marginal_m2 == one.marginal_m2);
    CHECK(many.largest == one.largest);
    CHECK(many.largest_part_m2 == one.largest_part_m2);
    CHECK(many.parts == one.parts);
  }
  std::vector<Row> const some{319, 5, 160, 161, 40};
  auto const subset = cut_out(take(parcels.geometry, some), cuts, 2);
  for (std::size_t i = 0; i < some.size(); ++i) {
    CHECK(subset.net_m2[i] == one.net_m2[some[i]]);
    for (std::size_t k = 0; k < cuts.size(); ++k) CHECK(subset.marginal_m2[k][i] == one.marginal_m2[k][some[i]]);
  }
}

TEST_CASE("a buffered stream takes as much from its parcels together as from the whole field",
          "[geometry][cut_out][property][slow]") {
  Layer const parcels = test::grid_of_parcels(20, 16, 50);
  Layer const field =
      test::layer_of({"POLYGON((100000 200000,101000 200000,101000 200800,100000 200800,100000 200000))"});
  for (char const* type : {"LINESTRING", "MULTIPOINT"}) {
    Layer const stream = test::layer_of({winding(0, type)});
    std::vector<Cut> const cuts{{&stream, {}, 12.5}};
    auto const pieces = cut_out(parcels.geometry, cuts, 2), whole = cut_out(field.geometry, cuts, 1);
    double sum = 0;
    for (double const own : pieces.own_m2[0]) sum += own;
    // Where a stream is cut for a parcel, GEOS may leave out other vertices of an arc: a hundredth of the buffer at
    // most along its length, in practice some square metres.
    CHECK(sum == Approx(whole.own_m2[0][0]).epsilon(1e-4));
    for (std::size_t row = 0; row < parcels.size(); ++row)
      CHECK(pieces.net_m2[row] + pieces.own_m2[0][row] == Approx(2500).epsilon(1e-9));
  }
}
