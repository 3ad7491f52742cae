// Distances, counts within a radius and hulls against GEOS, on large numbers of awkward shapes.
#include <algorithm>
#include <atomic>

#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/nearest.hpp"
#include "unit/geometry/twins.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Of two points, or of a point and a line, at most 128 m apart: some ten roundings of 1.1e-16 on products of lengths
/// up to that, divided by a length again. Differences of coordinates are exact at every offset.
constexpr double rounding = 10 * 1.2e-16 * 128;

/// Points and lines between the polygons of a scene, some of them on their corners.
void add_points_and_lines(Random& random, geos::Context const& context, double offset, Twins& twins) {
  auto const corner = [&]() -> Point {
    std::size_t const at = random.below(twins.near.xy.size() / 2);
    if (random.below(2) == 0) return {twins.near.xy[2 * at], twins.near.xy[2 * at + 1]};
    return {(offset + random.in(-30, 30)) - offset, (offset + random.in(-30, 30)) - offset};
  };
  for (int i = 0; i < 20; ++i) {
    std::vector<Point> path{corner()};
    for (std::size_t n = i % 2 == 0 ? 0 : 1 + random.below(4); n > 0; --n) path.push_back(corner());
    bool const line = path.size() > 1;
    if (line && path[0] == path[1]) continue;
    GeometryColumn one;
    for (auto* column : {&one, &twins.layer.geometry}) {
      double const by = column == &one ? 0 : offset;
      GeometryBuilder builder(*column);
      for (Point const p : path) builder.vertex(p.x + by, p.y + by);
      builder.end_path();
      builder.end_part();
      builder.end_row(line ? GeometryKind::line : GeometryKind::point);
    }
    GeometryBuilder(twins.near).copy_row(one, 0);
    twins.shapes.push_back(geos::to_geos(context, one, 0));
  }
}

/// All pairs of a scene, the nearest of each probe, and how many lie within a radius.
void compare_distances(std::size_t scenes, std::uint64_t seed, std::size_t least) {
  Findings findings;
  std::atomic<std::size_t> pairs{0};
  for_each_scene(scenes, seed, [&](Random& random, std::size_t scene) {
    geos::Context const context;
    double const offset = offsets[scene % 3];
    AwkwardPolygons polygons(random, offset, scene % 2 == 0);
    Twins features, probes = awkward_twins(context, polygons, offset, 20);
    for (int i = 0; i < 30; ++i) features.add(context, polygons.next(), offset);
    add_points_and_lines(random, context, offset, features);
    features.end();
    SegmentIndex const index(features.layer);
    NearestSearch search(index);
    for (std::size_t probe = 0; probe < probes.size(); ++probe) {
      auto const all = index.within(probes.layer.geometry, probe, 1000);
      double const radius = random.in(0, 20);
      std::size_t surely = 0, at_most = 0;
      double nearest = 1000;
      if (all.size() != features.size()) findings.tell("not all features were found");
      for (auto const& hit : all) {
        double expected = -1;
        GEOSDistance_r(context.get(), probes.shapes[probe].get(), features.shapes[hit.row].get(), &expected);
        if (!(std::abs(hit.distance - expected) <= rounding))
          findings.tell(fmt::format("scene {}, offset {}: {} for {}", scene, offset, hit.distance, expected));
        surely += expected < radius - rounding ? 1U : 0U;
        at_most += expected <= radius + rounding ? 1U : 0U;
        nearest = std::min(nearest, hit.distance);
      }
      pairs += all.size();
      auto const first = std::find_if(all.begin(), all.end(), [&](auto const& hit) { return hit.distance == nearest; });
      auto const found = search.nearest(probes.layer.geometry, probe);
      if (found.distance != nearest || found.row != first->row) findings.tell("another one is the nearest");
      std::size_t const counted = search.count_within(probes.layer.geometry, probe, radius).rows;
      if (counted < surely || counted > at_most)
        findings.tell(fmt::format("{} within {}, not {} to {}", counted, radius, surely, at_most));
    }
  });
  findings.check();
  CHECK(pairs >= least);
}

/// Points around parcels of whole metres: squares of distances are whole numbers, so that the radius decides exactly.
void count_points(std::size_t scenes, std::uint64_t seed, std::size_t least) {
  Findings findings;
  std::atomic<std::size_t> on_radius{0}, counted{0};
  for_each_scene(scenes, seed, [&](Random& random, std::size_t scene) {
    auto const offset = static_cast<std::int64_t>(offsets[scene % 3]);
    std::vector<std::pair<std::int64_t, std::int64_t>> points;
    Layer layer;
    GeometryBuilder builder(layer.geometry);
    for (int i = 0; i < 200; ++i) {
      auto const x = static_cast<std::int64_t>(random.below(60)), y = static_cast<std::int64_t>(random.below(60));
      points.emplace_back(x, y);
      builder.vertex(static_cast<double>(offset + x), static_cast<double>(offset + y));
      builder.end_path();
      builder.end_part();
      builder.end_row(GeometryKind::point);
      layer.id.push_back(std::to_string(i));
    }
    layer.id_rank = rank_ids(layer.id);
    SegmentIndex const index(layer);
    NearestSearch search(index);
    for (int i = 0; i < 40; ++i) {
      auto const x = static_cast<std::int64_t>(random.below(50)), y = static_cast<std::int64_t>(random.below(50));
      auto const w = static_cast<std::int64_t>(1 + random.below(9)), h = static_cast<std::int64_t>(1 + random.below(9));
      auto const radius = static_cast<std::int64_t>(random.below(30));
      std::size_t expected = 0;
      for (auto const& [px, py] : points) {
        std::int64_t const dx = std::max<std::int64_t>({0, x - px, px - x - w});
        std::int64_t const dy = std::max<std::int64_t>({0, y - py, py - y - h});
        expected += dx * dx + dy * dy <= radius * radius ? 1U : 0U;
        on_radius += dx > 0 && dy > 0 && dx * dx + dy * dy == radius * radius ? 1U : 0U;
      }
      auto const at = [&](std::int64_t value) { return static_cast<double>(offset + value); };
      GeometryColumn parcel;
      append(parcel, {{{at(x), at(y)}, {at(x + w), at(y)}, {at(x + w), at(y + h)}, {at(x), at(y + h)}}}, {0, 0});
      auto const found = search.count_within(parcel, 0, static_cast<double>(radius)).rows;
      if (found != expected) findings.tell(fmt::format("{} points for {}", found, expected));
      counted += expected;
    }
  });
  findings.check();
  CHECK(on_radius > scenes);  // 3, 4, 5 and the like
  CHECK(counted >= least);
}

/// Hulls of needles, of corners on one line and of stars, against GEOS's hull and its narrowest strip.
void compare_hulls(std::size_t scenes, std::uint64_t seed, std::size_t least) {
  Findings findings;
  std::atomic<std::size_t> hulls{0};
  for_each_scene(scenes, seed, [&](Random& random, std::size_t scene) {
    geos::Context const context;
    double const offset = offsets[scene % 3];
    AwkwardPolygons polygons(random, offset, scene % 2 == 0);
    Twins const shapes = awkward_twins(context, polygons, offset, 100);
    HullMeter meter;
    for (std::size_t row = 0; row < shapes.size(); ++row) {
      auto const found = meter.of(shapes.layer.geometry, row);
      auto const hull = geos::own(context, GEOSConvexHull_r(context.get(), shapes.shapes[row].get()));
      auto const strip = geos::own(context, GEOSMinimumWidth_r(context.get(), hull.get()));
      double width = 0;
      GEOSLength_r(context.get(), strip.get(), &width);
      // Of the area: one rounding per corner on products of lengths up to 128 m.
      double const of_area = rounding * 128 * static_cast<double>(shapes.near.vertices(row));
      double const area_of_hull = geos::area(context, hull.get());
      if (!(std::abs(found.area - area_of_hull) <= of_area))
        findings.tell(fmt::format("scene {}: hull of {} for {}", scene, found.area, area_of_hull));
      if (!(std::abs(found.width - width) <= 10 * rounding))
        findings.tell(fmt::format("scene {}, row {}: width {} for {}", scene, row, found.width, width));
      ++hulls;
    }
  });
  findings.check();
  CHECK(hulls >= least);
}

}  // namespace

TEST_CASE("awkward shapes are as far apart as GEOS finds, and as many lie within a radius", "[geometry]") {
  compare_distances(40, 201, 30000);
}

TEST_CASE("whole numbers decide exactly which points lie within a radius", "[geometry]") {
  count_points(60, 203, 10000);
}

TEST_CASE("hulls of awkward polygons are those of GEOS", "[geometry]") { compare_hulls(200, 205, 15000); }

TEST_CASE("a million awkward pairs of shapes are as far apart as GEOS finds", "[geometry][slow]") {
  compare_distances(1300, 202, 1000000);
}

TEST_CASE("a million points within a radius and 400,000 hulls are those of the slow ways", "[geometry][slow]") {
  count_points(5000, 204, 1000000);
  compare_hulls(6000, 206, 400000);
}
