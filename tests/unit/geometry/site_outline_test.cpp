#include "terrein/geometry/site_outline.hpp"

#include <algorithm>
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

using Sites = std::vector<std::vector<Row>>;

std::string rectangle(double x0, double y0, double x1, double y1) {
  return fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x0, y0, x1, y1);
}

GeometryColumn outline(Layer const& parcels, std::vector<Row> const& site, double bridge) {
  auto out = site_outlines(parcels, Sites{site}, bridge, 1);
  REQUIRE(out.size() == 1);
  CHECK(validity(out, 1).empty());
  return out;
}
std::size_t parts(GeometryColumn const& column, std::size_t row = 0) {
  return column.row_begin[row + 1] - column.row_begin[row];
}
std::size_t holes(GeometryColumn const& column) { return column.end_path(0) - column.first_path(0) - parts(column); }

bool same(GeometryColumn const& a, GeometryColumn const& b) {
  return a.xy == b.xy && a.path_begin == b.path_begin && a.part_begin == b.part_begin && a.row_begin == b.row_begin;
}

/// What lies in `a` and not in `b`, as GEOS has it.
double outside(Geos const& geos, Geos::Shape const& a, Geos::Shape const& b) {
  return geos.area(geos.own(GEOSDifference_r(geos.handle(), a.get(), b.get())));
}
double common(Geos const& geos, Geos::Shape const& a, Geos::Shape const& b) {
  return geos.area(geos.own(GEOSIntersection_r(geos.handle(), a.get(), b.get())));
}

}  // namespace

TEST_CASE("a street between members joins the site as far as both sides face it, and outer corners stay") {
  // 50 by 40 m on either side of a street of 10 m, set off by 20 m: 30 m of it lies between them.
  Layer const two = layer_of({rectangle(0, 0, 50, 40), rectangle(20, 50, 70, 90)});
  auto const bridged = outline(two, {0, 1}, 10);
  CHECK(parts(bridged) == 1);
  CHECK(area(bridged, 0) == Approx(2 * 2000 + 300).margin(1e-3));
  CHECK(locate(bridged, 0, {35, 45}) == 1);
  CHECK(locate(bridged, 0, {15, 45}) == -1);
  CHECK(bridged.box[0] == Box{0, 0, 70, 90});
  for (double const less : {0.0, 9.9}) {
    auto const apart = outline(two, {0, 1}, less);
    CHECK(parts(apart) == 2);
    CHECK(area(apart, 0) == 4000);
  }
  auto const wide = outline(two, {1, 0}, 40);
  CHECK(parts(wide) == 1);
  CHECK(area(wide, 0) == Approx(2 * 2000 + 300).margin(1e-3));
}

TEST_CASE("land of another parcel never joins, whether it lies in the street or in the middle") {
  // A kiosk of 5 by 10 m stands in the street, over all its width.
  Layer const street = layer_of(
      {rectangle(0, 0, 100, 40), rectangle(0, 50, 100, 90), rectangle(45, 40, 50, 50), rectangle(80, 42, 84, 48)});
  auto const site = outline(street, {0, 1}, 10);
  CHECK(area(site, 0) == Approx(9000 - 50 - 24).margin(1e-3));
  CHECK(parts(site) == 1);
  CHECK(holes(site) == 2);
  CHECK(locate(site, 0, {47, 45}) == -1);
  CHECK(locate(site, 0, {82, 45}) == -1);
  // Without other parcels in it a courtyard is public domain; with one, that one is a hole.
  Layer ring = layer_of({"POLYGON((0 0,300 0,300 300,0 300,0 0),(50 50,50 250,250 250,250 50,50 50))",
                         rectangle(100, 100, 120, 130), rectangle(0, 300, 10, 310)});
  auto const around = outline(ring, {0}, 0);
  CHECK(area(around, 0) == Approx(90000 - 600).margin(1e-3));
  CHECK(holes(around) == 1);
  CHECK(area(outline(ring, {0, 1}, 0), 0) == Approx(90000).margin(1e-3));
  // Public domain that only others enclose is not reached.
  Layer const inner =
      layer_of({"POLYGON((0 0,300 0,300 300,0 300,0 0),(50 50,50 250,250 250,250 50,50 50))",
                "POLYGON((50 50,250 50,250 250,50 250,50 50),(100 100,100 200,200 200,200 100,100 100))"});
  auto const not_reached = outline(inner, {0}, 20);
  CHECK(area(not_reached, 0) == Approx(50000).margin(1e-3));
  CHECK(parts(not_reached) == 1);
}

TEST_CASE("gaps and overlaps of the cadastre between members are closed") {
  // 3 cm apart at one end, touching at the other; and 5 cm over each other. Far from the origin.
  Layer const parcels =
      layer_of({"POLYGON((104000 193000,104050 193000,104050 193100,104000 193100,104000 193000))",
                "POLYGON((104050.03 193000,104100 193000,104100 193100,104050 193100,104050.03 193000))",
                "POLYGON((104099.95 193000,104150 193000,104150 193100,104099.95 193100,104099.95 193000))"});
  auto const site = outline(parcels, {0, 1, 2}, 8);
  CHECK(parts(site) == 1);
  CHECK(holes(site) == 0);
  CHECK(area(site, 0) == Approx(15000).margin(0.01));
  CHECK(length(site, 0) == Approx(500).margin(0.01));  // no slivers along the gap
}

TEST_CASE("shallow bends of a site are not filled") {
  // A field with a side that bends inwards by 3 cm, as GEOS's buffers of 10 m would straighten.
  Layer const field = layer_of({"POLYGON((0 0,100 0.03,200 0,200 100,0 100,0 0))", rectangle(0, 110, 200, 150)});
  auto const site = outline(field, {0, 1}, 20);
  CHECK(area(site, 0) == Approx(20000 - 3 + 2000 + 8000).margin(1e-3));
}

TEST_CASE("members with edges on one line enclose nothing where they do not face each other") {
  // A court of 40 by 60 m that opens to the north-east between two corners with x = 40.
  Layer const court = layer_of({"POLYGON((-50 -50,90 -50,90 40,40 40,40 0,0 0,0 100,-50 100,-50 -50))",
                                "POLYGON((0 60,40 60,40 100,0 100,0 60))"});
  for (double const x : {0.0, 1 / 3.0, 104000.1}) {
    Layer moved = court;
    for (std::size_t i = 0; i < moved.geometry.xy.size(); i += 2) moved.geometry.xy[i] += x;
    moved.geometry.box.clear();
    for (std::size_t row = 0; row < 2; ++row) {
      Box box;
      for (std::size_t v = moved.geometry.path_begin[row]; v < moved.geometry.path_begin[row + 1]; ++v)
        box.extend(moved.geometry.xy[2 * v], moved.geometry.xy[2 * v + 1]);
      moved.geometry.box.push_back(box);
    }
    // 20 m lie between y = 40 and 60, with the first to the right and the second to the left of x = 40.
    CHECK(area(outline(moved, {0, 1}, 20), 0) == Approx(140 * 50 + 50 * 40 + 50 * 100 + 1600).margin(1e-2));
  }
}

TEST_CASE("members that come near with a corner alone stay apart, strips at any angle do not") {
  Layer const corners = layer_of({rectangle(0, 0, 50, 50), rectangle(53, 53, 100, 100)});
  CHECK(parts(outline(corners, {0, 1}, 10)) == 2);
  Layer const touching = layer_of({rectangle(0, 0, 50, 50), rectangle(50, 50, 100, 100)});
  CHECK(area(outline(touching, {0, 1}, 0), 0) == 5000);
  // A street of exactly 10 m along (4, 3), 100 m long, between fields of 100 by 50 m.
  Layer const slanted =
      layer_of({"POLYGON((0 0,80 60,50 100,-30 40,0 0))", "POLYGON((6 -8,36 -48,116 12,86 52,6 -8))"});
  auto const site = outline(slanted, {0, 1}, 10);
  CHECK(area(site, 0) == Approx(2 * 5000 + 1000).margin(1e-3));
  CHECK(parts(site) == 1);
  CHECK(parts(outline(slanted, {0, 1}, 9.99)) == 2);
}

TEST_CASE("rows without land, rows named twice and stacked parcels do no harm") {
  Layer parcels = layer_of({rectangle(0, 0, 50, 50), "POLYGON EMPTY", "POINT(5 5)", rectangle(0, 0, 50, 50),
                            "MULTIPOLYGON(((50 0,60 0,60 10,50 10,50 0)),((54 10,60 10,60 40,54 40,54 10)))",
                            rectangle(40, 40, 60, 60)});
  CHECK(area(outline(parcels, {0, 0, 1, 2, 0}, 10), 0) == 2500);
  // What a member shares with another parcel stays with the site; what that one has besides does not join. Row 4 is
  // first a member's neighbour: 4 m between it and the field belong to no one, up to where row 5 begins.
  CHECK(area(outline(parcels, {0, 3}, 10), 0) == 2500);
  auto const both = outline(parcels, {0, 4}, 4);
  CHECK(area(both, 0) == Approx(2500 + 100 + 180 + 4 * 30).margin(1e-3));
  for (std::vector<Row> const& nothing : Sites{{}, {1}, {1, 2}}) {
    auto const none = outline(parcels, nothing, 10);
    CHECK(none.kind[0] == GeometryKind::empty);
    CHECK(!none.has_shape(0));
  }
  CHECK(site_outlines(parcels, Sites{}, 10, 2).size() == 0);
  CHECK(site_outlines(layer_of({}), Sites{{}}, 10, 2).size() == 1);
  CHECK(error_of([&] { (void)site_outlines(parcels, Sites{{77}}, 10, 1); }).kind == ErrorKind::internal);
  for (double const wrong : {-1.0, std::numeric_limits<double>::quiet_NaN()})
    CHECK(!error_of([&] { (void)site_outlines(parcels, Sites{{0}}, wrong, 1); }).text.empty());
  // A bow-tie, repaired: two triangles that touch.
  GeometryColumn repaired;
  GeometryColumn bow_tie;
  append_wkt(bow_tie, "POLYGON((0 0,40 40,40 0,0 40,0 0))");
  REQUIRE(make_valid(bow_tie, {0}, repaired)[0].repaired());
  Layer tie = layer_of({rectangle(0, 40, 40, 50)});
  GeometryBuilder(tie.geometry).copy_row(repaired, 0);
  tie.id.emplace_back("2");
  tie.id_rank = rank_ids(tie.id);
  CHECK(area(outline(tie, {0, 1}, 0), 0) == Approx(2 * 400 + 400));
}

namespace {

/// Cells of a square field, edges of one metre; twin of the outline by counting cells.
class CellTwin {
 public:
  static constexpr int margin = 8;
  CellTwin(int side, Cells const& own, Cells const& others)
      : n_(side + 2 * margin), own_(grid(own)), others_(grid(others)) {}

  /// Cells of the outline; empty when cells touch with corners alone, where GEOS and cells mean different things.
  Cells outline(int bridge) {
    auto reach = own_;
    if (bridge > 0) close(reach, bridge);
    if (has_corner_contacts(reach)) return {};
    fill_holes(reach);
    for (std::size_t i = 0; i < reach.size(); ++i) reach[i] = own_[i] || (reach[i] && !others_[i]) ? 1 : 0;
    if (has_corner_contacts(reach)) return {};
    return around_own(reach);
  }

 private:
  using Grid = std::vector<char>;
  Grid grid(Cells const& cells) const {
    Grid out(static_cast<std::size_t>(n_ * n_), 0);
    for (auto const& [x, y] : cells) out[at(x + margin, y + margin)] = 1;
    return out;
  }
  [[nodiscard]] std::size_t at(int x, int y) const { return static_cast<std::size_t>(y * n_ + x); }
  /// Free land stays free where a square one cell wider than the bridge has room.
  void close(Grid& land, int bridge) const {
    Grid open(land.size(), 0);
    int const w = bridge + 1;
    for (int y = 0; y + w <= n_; ++y)
      for (int x = 0; x + w <= n_; ++x) {
        bool free = true;
        for (int j = 0; j < w && free; ++j)
          for (int i = 0; i < w && free; ++i) free = land[at(x + i, y + j)] == 0;
        for (int j = 0; j < w && free; ++j)
          for (int i = 0; i < w; ++i) open[at(x + i, y + j)] = 1;
      }
    for (std::size_t i = 0; i < land.size(); ++i) land[i] = open[i] != 0 ? 0 : 1;
  }
  [[nodiscard]] bool has_corner_contacts(Grid const& land) const {
    for (int y = 0; y + 1 < n_; ++y)
      for (int x = 0; x + 1 < n_; ++x) {
        char const a = land[at(x, y)], b = land[at(x + 1, y)], c = land[at(x, y + 1)], d = land[at(x + 1, y + 1)];
        if (a == d && b == c && a != b) return true;
      }
    return false;
  }
  /// Cells that hang together by edges with those that are marked 2, of value `kind`, are marked 2.
  void spread(Grid& land, char kind) const {
    std::vector<int> open;
    for (int i = 0; i < n_ * n_; ++i)
      if (land[static_cast<std::size_t>(i)] == 2) open.push_back(i);
    while (!open.empty()) {
      int const i = open.back(), x = i % n_, y = i / n_;
      open.pop_back();
      for (auto const& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
        int const u = x + dx, v = y + dy;
        if (u < 0 || v < 0 || u >= n_ || v >= n_ || land[at(u, v)] != kind) continue;
        land[at(u, v)] = 2;
        open.push_back(v * n_ + u);
      }
    }
  }
  void fill_holes(Grid& land) const {
    Grid free = land;
    free[0] = 2;
    spread(free, 0);
    for (std::size_t i = 0; i < land.size(); ++i) land[i] = free[i] == 2 ? 0 : 1;
  }
  Cells around_own(Grid land) const {
    for (std::size_t i = 0; i < land.size(); ++i)
      if (own_[i] != 0) land[i] = 2;
    spread(land, 1);
    Cells out;
    for (int y = 0; y < n_; ++y)
      for (int x = 0; x < n_; ++x)
        if (land[at(x, y)] == 2) out.insert({x - margin, y - margin});
    return out;
  }

  int n_;
  Grid own_, others_;
};

}  // namespace

TEST_CASE("outlines of random cells are those of counting cells", "[geometry][property][slow]") {
  Random random(2024);
  Geos const geos;
  int compared = 0, bridged = 0, enclosing = 0, with_holes = 0;
  for (int scene = 0; scene < 4000 && compared < 400; ++scene) {
    int const side = 10 + static_cast<int>(random.below(8));
    auto const fabric = cell_fabric(random, geos, side, 6 + random.below(20), 12);
    std::vector<Row> site;
    Cells own, others;
    for (Row row = 0; row < fabric.layer.size(); ++row) {
      bool const member = random.below(3) != 0;
      if (member) site.push_back(row);
      for (auto const& cell : fabric.cells[row]) (member ? own : others).insert(cell);
    }
    int const bridge = random.below(2) == 0 ? 0 : 1 + static_cast<int>(random.below(3));
    // Cells of random walks may leave the field; the twin has a margin for them.
    bool const fits = std::all_of(own.begin(), own.end(), [&](auto const& c) {
      return std::min(c.first, c.second) >= -3 && std::max(c.first, c.second) < side + 3;
    });
    if (!fits || own.empty()) continue;
    for (auto it = others.begin(); it != others.end();)
      it =
          std::min(it->first, it->second) < -7 || std::max(it->first, it->second) >= side + 7 ? others.erase(it) : ++it;
    Cells const expected = CellTwin(side, own, others).outline(bridge);
    if (expected.empty()) continue;
    ++compared;
    auto const got = outline(fabric.layer, site, bridge);
    auto const twin = shape_of(geos, expected), shape = geos.row(got, 0);
    INFO("scene " << scene << ", bridge " << bridge);
    CHECK(geos.area(geos.own(GEOSSymDifference_r(geos.handle(), twin.get(), shape.get()))) < 0.01);  // millimetres
    CHECK(parts(got) == static_cast<std::size_t>(GEOSGetNumGeometries_r(geos.handle(), twin.get())));
    bridged += bridge > 0 && expected.size() > own.size() ? 1 : 0;
    enclosing += bridge == 0 && expected.size() > own.size() ? 1 : 0;
    with_holes += holes(got) > 0 ? 1 : 0;
  }
  CHECK(compared >= 200);
  CHECK(bridged >= 30);
  CHECK(enclosing >= 5);
  CHECK(with_holes >= 5);
}

namespace {

/// A town of blocks with skewed parcels, streets of 4 to 16 m, gaps and overlaps of centimetres.
Layer town(Random& random, int blocks) {
  std::vector<std::string> wkt;
  auto const jitter = [&] { return random.in(-0.04, 0.04); };
  double y = 0;
  for (int j = 0; j < blocks; ++j) {
    double x = 0;
    double const height = random.in(40, 90);
    for (int i = 0; i < blocks; ++i) {
      double const width = random.in(20, 60), lean = random.in(-3, 3);
      for (int half = 0; half < 2; ++half) {
        double const x0 = 104000 + x + half * width, x1 = x0 + width, y0 = 193000 + y;
        std::vector<Point> const ring{{x0 + jitter(), y0 + jitter()},
                                      {x0 + width / 2 + jitter(), y0 + jitter()},
                                      {x1 + jitter(), y0 + jitter()},
                                      {x1 + lean + jitter(), y0 + height + jitter()},
                                      {x0 + lean + jitter(), y0 + height + jitter()}};
        wkt.push_back("POLYGON(" + ring_text(ring) + ")");
      }
      x += 2 * width + random.in(7, 19);
    }
    y += height + random.in(4, 16);
  }
  return layer_of(wkt);
}

}  // namespace

TEST_CASE("every member lies in its outline, no other parcel does, for any order of rows and any workers",
          "[geometry][property][determinism]") {
  Random random(8);
  Geos const geos;
  for (int scene = 0; scene < 6; ++scene) {
    Layer const parcels = town(random, 5);
    Sites sites;
    for (int i = 0; i < 12; ++i) {
      std::vector<Row> site;
      Row const first = static_cast<Row>(random.below(parcels.size()));
      for (Row row = first; row < parcels.size() && site.size() < 2 + random.below(14);
           row += 1 + static_cast<Row>(random.below(3)))
        site.push_back(row);
      sites.push_back(site);
    }
    double const bridge = scene % 3 == 0 ? 0 : random.in(5, 20);
    auto const outlines = site_outlines(parcels, sites, bridge, 1);
    CHECK(validity(outlines, 1).empty());
    CHECK(same(site_outlines(parcels, sites, bridge, 7), outlines));
    Layer const mixed = shuffled(random, parcels);
    Sites moved;
    for (auto const& site : sites) {
      std::vector<Row> rows;
      for (Row const row : site)
        rows.push_back(
            static_cast<Row>(std::find(mixed.id.begin(), mixed.id.end(), parcels.id[row]) - mixed.id.begin()));
      std::reverse(rows.begin(), rows.end());
      moved.push_back(rows);
    }
    CHECK(same(site_outlines(mixed, moved, bridge, 2), outlines));
    for (std::size_t i = 0; i < sites.size(); ++i) {
      auto const shape = geos.row(outlines, i);
      std::vector<Geos::Shape> members;
      for (Row const row : sites[i]) members.push_back(geos.row(parcels.geometry, row));
      for (auto const& member : members) CHECK(outside(geos, member, shape) < 1e-3);
      auto const own = union_of(geos, std::move(members));
      for (Row row = 0; row < parcels.size(); ++row) {
        if (std::find(sites[i].begin(), sites[i].end(), row) != sites[i].end()) continue;
        auto const other = geos.row(parcels.geometry, row);
        CHECK(common(geos, other, shape) - common(geos, other, own) < 1e-3);
      }
    }
  }
}
