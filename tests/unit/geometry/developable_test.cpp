#include "terrein/geometry/developable.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/validity.hpp"
#include "unit/geometry/fabrics.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr DevelopableOptions no_filter{0, 0, 0, 0};

std::string rectangle(double x0, double y0, double x1, double y1) {
  return fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x0, y0, x1, y1);
}

/// The first row of `sites` less one layer.
Developable cut(std::vector<std::string> const& sites, std::vector<std::string> const& layer,
                DevelopableOptions const& options = {}) {
  Layer const parcels = layer_of(sites), exclusions = layer_of(layer, "exclusions");
  std::vector<Cut> const cuts{{&exclusions, {}, 0}};
  auto out = developable(parcels.geometry, cuts, options, 1);
  CHECK(validity(out.geometry, 1).empty());
  return out;
}

/// The account adds up, and the geometry is what it says.
void check_account(Developable const& d, GeometryColumn const& sites) {
  REQUIRE(d.geometry.size() == sites.size());
  for (std::size_t row = 0; row < sites.size(); ++row) {
    double const rounding = 1e-6 + 1e-9 * d.gross_m2[row];
    CHECK(d.gross_m2[row] == area(sites, row));
    CHECK(d.area_m2[row] + d.excluded_m2[row] + d.too_small_m2[row] + d.too_narrow_m2[row] ==
          Approx(d.gross_m2[row]).margin(rounding));
    CHECK(area(d.geometry, row) == Approx(d.area_m2[row]).margin(rounding));
    CHECK(d.speck_m2[row] <= d.excluded_m2[row] + rounding);
    CHECK(d.largest_part_m2[row] <= d.area_m2[row] + rounding);
    CHECK((d.parts[row] > 0) == (d.area_m2[row] > 0));
    CHECK(d.geometry.has_shape(row) == (d.area_m2[row] > 0));
  }
}

bool same(Developable const& a, Developable const& b) {
  return a.geometry.xy == b.geometry.xy && a.geometry.path_begin == b.geometry.path_begin &&
         a.geometry.row_begin == b.geometry.row_begin && a.gross_m2 == b.gross_m2 && a.area_m2 == b.area_m2 &&
         a.excluded_m2 == b.excluded_m2 && a.speck_m2 == b.speck_m2 && a.too_small_m2 == b.too_small_m2 &&
         a.too_narrow_m2 == b.too_narrow_m2 && a.largest_part_m2 == b.largest_part_m2 && a.parts == b.parts;
}

}  // namespace

TEST_CASE("without filters the oracle parcel keeps its net area in its two parts", "[geometry][oracle]") {
  auto const oracle = test::oracle("c08");
  if (oracle.is_null()) return;
  Layer const parcel = layer_of({oracle["input"]["parcel"].get<std::string>()});
  std::vector<Layer> layers;
  for (char const* name : {"watercourse_buffer", "pipeline_easement", "pond", "outside_parcel", "road_diagonal"})
    layers.push_back(layer_of({oracle["input"]["constraints"][name].get<std::string>()}, name));
  auto const left = [&](std::size_t count) {
    std::vector<Cut> cuts;
    for (std::size_t i = 0; i < count; ++i) cuts.push_back({&layers[i], {}, 0});
    return developable(parcel.geometry, cuts, no_filter, 1);
  };
  auto const& expected = oracle["expected"];
  auto const number = [](nlohmann::json const& value) { return Approx(value.get<double>()).margin(1e-9); };
  CHECK(left(0).area_m2[0] == number(expected["gross_m2"]));
  CHECK(left(2).area_m2[0] == number(expected["net_after_water_and_pipeline"]));
  CHECK(left(2).excluded_m2[0] == number(expected["union_water_pipeline"]));
  CHECK(left(3).area_m2[0] == number(expected["net_after_water_pipeline_pond"]));
  auto const all = left(5);
  CHECK(all.area_m2[0] == number(expected["net_after_all_five"]));
  CHECK(area(all.geometry, 0) == number(expected["net_after_all_five"]));
  CHECK(all.parts[0] == 2);
  CHECK(all.largest_part_m2[0] == number(expected["parts_after_all_five"][1]));
  CHECK(all.area_m2[0] - all.largest_part_m2[0] == number(expected["parts_after_all_five"][0]));
  CHECK(all.speck_m2[0] == 0);
  CHECK(all.too_small_m2[0] == 0);
  CHECK(all.too_narrow_m2[0] == 0);
  check_account(all, parcel.geometry);
  // The setback of 10 m along the boundary.
  Layer const boundary = layer_of({"LINESTRING(0 0,200 0,200 100,0 100,0 0)"}, "boundary");
  std::vector<Cut> const setback{{&boundary, {}, oracle["input"]["setback_m"].get<double>()}};
  CHECK(developable(parcel.geometry, setback, no_filter, 1).area_m2[0] ==
        number(expected["net_with_inner_setback_only"]));
}

TEST_CASE("a narrow ditch and a small pond cost their area and split nothing") {
  std::vector<std::string> const field{rectangle(0, 0, 300, 100)};
  std::vector<std::string> const ditch{rectangle(145, 0, 155, 100)};  // 10 m wide, 1,000 m²
  auto const speck = cut(field, ditch);
  CHECK(speck.parts[0] == 1);
  CHECK(speck.area_m2[0] == Approx(29000).margin(1e-6));
  CHECK(speck.largest_part_m2[0] == Approx(29000).margin(1e-6));
  CHECK(speck.speck_m2[0] == Approx(1000).margin(1e-6));
  CHECK(speck.excluded_m2[0] == Approx(1000).margin(1e-6));
  // A hand wider, it is a patch.
  auto const split = cut(field, {rectangle(145, 0, 155.1, 100)});
  CHECK(split.parts[0] == 2);
  CHECK(split.largest_part_m2[0] == Approx(14500).margin(1e-6));
  CHECK(split.speck_m2[0] == 0);
  // A pond of 20 by 24.9 m is a speck by its area, one of 20 by 25 m is none; both lie free.
  CHECK(cut(field, {rectangle(100, 40, 120, 64.9)}).speck_m2[0] == Approx(498).margin(1e-6));
  CHECK(cut(field, {rectangle(100, 40, 120, 65)}).speck_m2[0] == 0);
  // Specks narrow nothing: a row of small ponds 15 m apart leaves the land between them.
  std::vector<std::string> ponds;
  for (int i = 0; i < 12; ++i) ponds.push_back(rectangle(5 + 25 * i, 15, 15 + 25 * i, 85));  // 10 by 70 m each
  auto const pierced = cut(field, ponds);
  CHECK(pierced.area_m2[0] == Approx(30000 - 12 * 700).margin(1e-6));
  CHECK(pierced.too_narrow_m2[0] == 0);
  DevelopableOptions strict;
  strict.speck_m2 = strict.speck_width_m = 0;
  // As patches they leave strips of 15 m, which are lost, above and below too.
  CHECK(cut(field, ponds, strict).area_m2[0] == 0);
  CHECK(cut(field, ponds, strict).too_narrow_m2[0] == Approx(30000 - 12 * 700).margin(1e-6));
}

TEST_CASE("patches that overlap are one patch, by the union of all cuts") {
  Layer const site = layer_of({rectangle(0, 0, 300, 100)});
  Layer const a = layer_of({rectangle(100, 0, 108, 100)}, "a"), b = layer_of({rectangle(106, 0, 114, 100)}, "b");
  std::vector<Cut> const one{{&a, {}, 0}}, both{{&a, {}, 0}, {&b, {}, 0}};
  CHECK(developable(site.geometry, one, {}, 1).parts[0] == 1);
  auto const wide = developable(site.geometry, both, {}, 1);
  CHECK(wide.parts[0] == 2);
  CHECK(wide.excluded_m2[0] == Approx(1400).margin(1e-6));
  // Selected rows and buffers count as in cut_out.
  Layer const line = layer_of({"LINESTRING(50 -20,50 120)", "LINESTRING(200 -20,200 120)"}, "line");
  std::vector<Cut> const buffered{{&line, {0, 1}, 15}};
  auto const strip = developable(site.geometry, buffered, {}, 1);
  CHECK(strip.parts[0] == 2);
  CHECK(strip.excluded_m2[0] == Approx(3000).margin(1e-6));
  CHECK(strip.largest_part_m2[0] == Approx(18500).margin(1e-6));
}

TEST_CASE("land of exactly the smallest width and area counts, a little less does not") {
  // 20 by 125 m: 2,500 m².
  CHECK(cut({rectangle(0, 0, 20, 125)}, {}).area_m2[0] == 2500);
  auto const narrow = cut({rectangle(0, 0, 19.9, 200)}, {});
  CHECK(narrow.area_m2[0] == 0);
  CHECK(narrow.too_narrow_m2[0] == Approx(3980).margin(1e-9));
  CHECK(narrow.parts[0] == 0);
  auto const small = cut({rectangle(0, 0, 20, 124)}, {});
  CHECK(small.too_small_m2[0] == 2480);
  CHECK(small.too_narrow_m2[0] == 0);
  // The same far from the origin and at an angle: 100 by 20 and 125 by 20 along (4, 3).
  CHECK(cut({"POLYGON((104000 193000,104100 193075,104088 193091,103988 193016,104000 193000))"}, {}).area_m2[0] ==
        Approx(2500).margin(1e-6));
  // A part is measured without its specks: 2,600 m² with a pond of 144 m² counts not.
  auto const pond = cut({rectangle(0, 0, 26, 100)}, {rectangle(5, 40, 17, 52)});
  CHECK(pond.too_small_m2[0] == Approx(2456).margin(1e-9));
  CHECK(pond.speck_m2[0] == Approx(144).margin(1e-9));
}

TEST_CASE("corners stay whole, spurs are lost and narrow necks part the land") {
  // A cross, a bend and a star of right angles keep every corner.
  for (char const* text :
       {"POLYGON((0 0,200 0,200 100,0 100,0 0))", "POLYGON((0 0,100 0,100 40,40 40,40 100,0 100,0 0))",
        "POLYGON((40 0,80 0,80 40,120 40,120 80,80 80,80 120,40 120,40 80,0 80,0 40,40 40,40 0))",
        "POLYGON((0 0,20 0,20 80,100 80,100 100,0 100,0 0))"}) {
    auto const whole = cut({text}, {});
    CHECK(whole.too_narrow_m2[0] == 0);
    CHECK(whole.parts[0] == 1);
  }
  // A field of 100 by 100 m with a spur of 15 by 60 m.
  auto const spur = cut({"POLYGON((0 0,100 0,100 40,160 40,160 55,100 55,100 100,0 100,0 0))"}, {});
  // A circle of radius r fills the mouth of w metres with r² acos(d / r) - d · w / 2, where d = √(r² - w² / 4).
  auto const mouth = [](double w) {
    double const d = std::sqrt(100 - w * w / 4);
    return 100 * std::acos(d / 10) - d * w / 2;
  };
  CHECK(spur.area_m2[0] == Approx(10000 + mouth(15)).margin(0.5));
  CHECK(spur.too_narrow_m2[0] == Approx(900 - mouth(15)).margin(0.5));
  CHECK(spur.geometry.box[0].max_x == Approx(100 + 10 - std::sqrt(100 - 56.25)).margin(0.05));
  CHECK(spur.parts[0] == 1);
  // Two fields with a neck of 15 m: two parts; of 20 m: one.
  auto const neck = [](double width) {
    double const y0 = 50 - width / 2, y1 = 50 + width / 2;
    return cut({fmt::format("POLYGON((0 0,100 0,100 {0},160 {0},160 20,220 20,220 80,160 80,160 {1},100 {1},100 100,"
                            "0 100,0 0))",
                            y0, y1)},
               {});
  };
  CHECK(neck(15).parts[0] == 2);
  CHECK(neck(15).area_m2[0] == Approx(10000 + 3600 + 2 * mouth(15)).margin(1));
  CHECK(neck(15).largest_part_m2[0] == Approx(10000 + mouth(15)).margin(0.5));
  CHECK(neck(15).too_narrow_m2[0] == Approx(900 - 2 * mouth(15)).margin(1));
  CHECK(neck(20).parts[0] == 1);
  CHECK(neck(20).area_m2[0] == Approx(10000 + 3600 + 1200).margin(1e-6));
  // Between two corners that face each other slantwise 24 m are wide enough, 18 m are not: 17 or 13 along each axis.
  auto const pass = [](double gap) {
    return cut({rectangle(0, 0, 200, 200)}, {rectangle(0, 0, 100, 100), rectangle(100 + gap, 100 + gap, 200, 200)});
  };
  CHECK(pass(17).parts[0] == 1);
  CHECK(pass(17).too_narrow_m2[0] == Approx(0).margin(1e-6));
  CHECK(pass(13).parts[0] == 2);
  // Where a neck of 18 m is 1 m long, circles of either side reach through it; the larger field takes what both reach.
  auto const notch =
      cut({"POLYGON((0 0,100 0,100 41,101 41,101 0,180 0,180 100,101 100,101 59,100 59,100 100,0 100,0 0))"}, {});
  CHECK(notch.parts[0] == 2);
  CHECK(notch.largest_part_m2[0] == Approx(10000 + mouth(18)).margin(1));
  CHECK(notch.area_m2[0] == Approx(17918).margin(1));
  CHECK(notch.area_m2[0] + notch.too_narrow_m2[0] == Approx(17918).margin(1e-6));
  // A corner of 90 degrees is kept, one of 37 degrees loses what no circle fills: r² (cot(θ/2) - (π - θ) / 2) = 174.6
  // m².
  auto const wedge = cut({"POLYGON((0 0,400 0,0 300,0 0))"}, {});
  double const sharp = std::atan2(3, 4), other = std::atan2(4, 3), pi = std::acos(-1.0);
  auto const tip = [&](double angle) { return 100 * (1 / std::tan(angle / 2) - (pi - angle) / 2); };
  CHECK(wedge.too_narrow_m2[0] == Approx(tip(sharp) + tip(other)).margin(1));
  CHECK(wedge.parts[0] == 1);
}

TEST_CASE("a site may be taken whole, and rows without land have none") {
  auto const gone = cut({rectangle(0, 0, 100, 100)}, {rectangle(-1, -1, 101, 101)});
  CHECK(gone.excluded_m2[0] == 10000);
  CHECK(gone.area_m2[0] == 0);
  CHECK(gone.parts[0] == 0);
  CHECK(gone.speck_m2[0] == 0);
  CHECK(!gone.geometry.has_shape(0));
  auto const tiny = cut({rectangle(0, 0, 10, 10)}, {rectangle(-1, -1, 101, 101)});
  CHECK(tiny.speck_m2[0] == 100);
  CHECK(tiny.excluded_m2[0] == 100);
  GeometryColumn bow_tie, repaired;
  append_wkt(bow_tie, "POLYGON((0 0,100 100,100 0,0 100,0 0))");
  REQUIRE(make_valid(bow_tie, {0}, repaired)[0].repaired());
  CHECK(developable(repaired, {}, {}, 1).area_m2[0] == Approx(0));  // two triangles of 2,500 m² without their tips
  CHECK(developable(repaired, {}, no_filter, 1).parts[0] == 2);
  Layer const rows = layer_of({"POLYGON EMPTY", "POINT(5 5)", "LINESTRING(0 0,90 0)",
                               "MULTIPOLYGON(((0 0,60 0,60 60,0 60,0 0)),((100 0,160 0,160 60,100 60,100 0)))"});
  Layer const hostile =
      layer_of({"POLYGON EMPTY", "POINT(1 1)", rectangle(40, -5, 120, 65), rectangle(40, -5, 120, 65)});
  std::vector<Cut> const cuts{{&hostile, {}, 0}};
  auto const out = developable(rows.geometry, cuts, {}, 2);
  check_account(out, rows.geometry);
  for (std::size_t row = 0; row < 3; ++row) CHECK(out.gross_m2[row] == 0);
  CHECK(out.too_small_m2[3] == Approx(2 * 2400).margin(1e-6));  // 40 by 60 m on either side
  CHECK(out.excluded_m2[3] == Approx(2400).margin(1e-6));
  CHECK(developable(GeometryColumn{}, cuts, {}, 2).parts.empty());
  Layer const none = layer_of({}, "none");
  std::vector<Cut> const nothing{{&none, {}, 5}};
  CHECK(developable(rows.geometry, nothing, {}, 1).area_m2[3] == 7200);
  CHECK(developable(rows.geometry, nothing, {}, 1).parts[3] == 2);
  CHECK(error_of([&] { (void)developable(rows.geometry, nothing, {-1, 0, 0, 0}, 1); }).kind == ErrorKind::internal);
  std::vector<Cut> const no_layer{{nullptr, {}, 0}};
  CHECK(!error_of([&] { (void)developable(rows.geometry, no_layer, {}, 1); }).text.empty());
}

namespace {

/// Sites, lines to cut out with a buffer, and patches to cut out as they are, all on one place.
struct Scene {
  Layer sites, lines, patches;
  double buffer = 0;

  Scene(Random& random, Point at) : buffer(random.in(3, 12)) {
    auto const place = [&] { return Point{at.x + random.in(0, 900), at.y + random.in(0, 900)}; };
    std::vector<std::string> text;
    for (int i = 0; i < 60; ++i)
      text.push_back(polygon_text(random, place(), i < 6 ? random.in(60, 350) : random.in(3, 60)));
    std::vector<Row> site_rows, patch_rows;
    Layer const all = layer_of(text);
    auto const faults = validity(all.geometry, 1);
    for (Row row = 0; row < all.size(); ++row)
      if (!faults[row]) (row < 6 ? site_rows : patch_rows).push_back(row);
    sites = take(all, site_rows);
    patches = take(all, patch_rows);
    text.clear();
    for (int i = 0; i < 8; ++i) text.push_back(line_text(random, place(), 300));
    lines = layer_of(text, "lines");
  }
  [[nodiscard]] std::vector<Cut> cuts() const { return {{&lines, {}, buffer}, {&patches, {}, 0}}; }
  /// All that is cut out, as GEOS has it.
  [[nodiscard]] Geos::Shape taken(Geos const& geos) const {
    std::vector<Geos::Shape> out;
    for (Row row = 0; row < lines.size(); ++row)
      out.push_back(geos.own(GEOSBuffer_r(geos.handle(), geos.row(lines.geometry, row).get(), buffer, 8)));
    for (Row row = 0; row < patches.size(); ++row) out.push_back(geos.row(patches.geometry, row));
    return union_of(geos, std::move(out));
  }
};

}  // namespace

TEST_CASE("without filters random land is that of GEOS, in as many parts", "[geometry][property]") {
  Random random(99);
  Geos const geos;
  std::size_t several = 0;
  for (int i = 0; i < 10; ++i) {
    Scene const scene(random, i % 2 == 0 ? Point{0, 0} : Point{104000, 193000});
    auto const cuts = scene.cuts();
    auto const bare = developable(scene.sites.geometry, cuts, no_filter, 2);
    check_account(bare, scene.sites.geometry);
    auto const net = cut_out(scene.sites.geometry, cuts, 2);
    auto const taken = scene.taken(geos);
    for (std::size_t row = 0; row < scene.sites.size(); ++row) {
      CHECK(bare.area_m2[row] == Approx(net.net_m2[row]).margin(1e-4));
      auto const twin =
          geos.own(GEOSDifference_r(geos.handle(), geos.row(scene.sites.geometry, row).get(), taken.get()));
      auto const mine = geos.row(bare.geometry, row);
      // Buffers of parts of a line may have other corners on their arcs.
      CHECK(geos.area(geos.own(GEOSSymDifference_r(geos.handle(), twin.get(), mine.get()))) < 1);
      CHECK(bare.parts[row] == static_cast<unsigned>(GEOSGetNumGeometries_r(geos.handle(), twin.get())));
      several += bare.parts[row] > 2 ? 1U : 0U;
    }
  }
  CHECK(several >= 10);
}

TEST_CASE("random land is accounted for, to the same bytes, and counts where a circle of its width lies",
          "[geometry][property][determinism]") {
  Random random(98);
  Geos const geos;
  DevelopableOptions const options;
  std::size_t several = 0, narrow = 0, circles = 0;
  for (int i = 0; i < 10; ++i) {
    Scene const scene(random, i % 2 == 0 ? Point{0, 0} : Point{104000, 193000});
    auto const cuts = scene.cuts();
    auto const& sites = scene.sites.geometry;
    auto const out = developable(sites, cuts, options, 1);
    CHECK(validity(out.geometry, 1).empty());
    check_account(out, sites);
    CHECK(same(developable(sites, cuts, options, 7), out));
    Layer const mixed = shuffled(random, scene.patches);
    std::vector<Cut> const mixed_cuts{cuts[0], {&mixed, {}, 0}};
    CHECK(same(developable(sites, mixed_cuts, options, 2), out));
    auto const taken = scene.taken(geos);
    for (std::size_t row = 0; row < sites.size(); ++row) {
      several += out.parts[row] > 1 ? 1U : 0U;
      narrow += out.too_narrow_m2[row] > 1 ? 1U : 0U;
      // A circle of the width that meets no exclusion at all lies in land that counts, or in a part that is too small.
      auto const free = geos.own(GEOSDifference_r(geos.handle(), geos.row(sites, row).get(), taken.get()));
      auto const kept = geos.row(out.geometry, row);
      auto const centres = geos.own(GEOSBuffer_r(geos.handle(), free.get(), -(options.part_width_m / 2 + 0.2), 64));
      auto const discs = geos.own(GEOSBuffer_r(geos.handle(), centres.get(), options.part_width_m / 2 - 0.1, 64));
      auto const left_out = geos.own(GEOSDifference_r(geos.handle(), discs.get(), kept.get()));
      circles += GEOSisEmpty_r(geos.handle(), centres.get()) == 0 ? 1U : 0U;
      CHECK(geos.area(left_out) <= out.too_small_m2[row] + 0.01);
      // And nothing that counts is excluded.
      auto const wrong = geos.own(GEOSDifference_r(geos.handle(), kept.get(), free.get()));
      CHECK(geos.area(wrong) < 1);
    }
  }
  CHECK(several >= 5);
  CHECK(narrow >= 20);
  CHECK(circles >= 20);
}
