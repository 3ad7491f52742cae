// The searches for what is nearest against their slow twins: every pair of segments, GEOS, one search at a time.
#include <algorithm>
#include <set>

#include "geometry/segment_tree.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/nearest.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;

namespace {

/// Whole numbers of a small range put ends on ends, ends on edges, edges on edges and points on points.
Point awkward(Random& random, int kind, double offset) {
  auto const whole = [&](std::size_t n) { return offset + static_cast<double>(random.below(n)); };
  if (kind == 0) return {whole(6), whole(6)};
  if (kind == 1) return {whole(3), offset + random.in(0, 400)};   // needles
  if (kind == 2) return {offset + random.in(0, 1e-6), whole(4)};  // nearly parallel
  return {offset + random.in(0, 100), offset + random.in(0, 100)};
}

/// A path of one or more vertices as the runs of a column.
std::vector<double> path_of(Random& random, int kind, double offset, std::size_t vertices) {
  std::vector<double> xy;
  for (std::size_t i = 0; i < vertices; ++i) {
    Point const p = awkward(random, kind, offset);
    xy.insert(xy.end(), {p.x, p.y});
  }
  return xy;
}

double every_pair(Run const& run, Point a, Point b) {
  double best = std::numeric_limits<double>::infinity();
  for (std::uint32_t i = 0; i < run.segments(); ++i)
    best = std::min(best, squared_distance(a, b, run.start(i), run.end(i)));
  return best;
}

std::string square_at(double x, double y, double half) {
  return "POLYGON((" + std::to_string(x - half) + " " + std::to_string(y - half) + "," + std::to_string(x + half) +
         " " + std::to_string(y - half) + "," + std::to_string(x + half) + " " + std::to_string(y + half) + "," +
         std::to_string(x - half) + " " + std::to_string(y + half) + "," + std::to_string(x - half) + " " +
         std::to_string(y - half) + "))";
}

}  // namespace

TEST_CASE("two edges at a time give the distance of every pair of edges, bit for bit") {
  Random random(31);
  std::size_t touching = 0, beyond = 0;
  for (int round = 0; round < 400000; ++round) {
    int const kind = static_cast<int>(random.below(4));
    double const offset = random.below(3) == 0 ? 1e7 : 0;
    auto const xy = path_of(random, kind, offset, 1 + random.below(run_segments + 1));
    Run run{xy.data(), static_cast<std::uint32_t>(xy.size() / 2)};
    for (std::size_t i = 0; i < xy.size(); i += 2) run.box.extend(xy[i], xy[i + 1]);
    run.radius = std::hypot(run.box.width(), run.box.height()) / 2;
    Point const a = awkward(random, kind, offset);
    Point const b = random.below(8) == 0 ? a : awkward(random, kind, offset);
    double const expected = every_pair(run, a, b);
    REQUIRE(squared_distance(run, a, b, std::numeric_limits<double>::infinity()) == expected);
    touching += expected == 0 ? 1U : 0U;
    // With a bound the distance is the same where it is within, and larger than the bound where it is not.
    double const most = std::sqrt(expected) * random.in(0.5, 1.5);
    double const bounded = squared_distance(run, a, b, most);
    if (std::sqrt(expected) <= most) {
      REQUIRE(bounded == expected);
    } else {
      REQUIRE(std::sqrt(bounded) > most);
      ++beyond;
    }
  }
  CHECK(touching > 20000);
  CHECK(beyond > 20000);
}

TEST_CASE("a tree of segments finds the boxes that all of them compared one by one give") {
  Random random(32);
  for (std::size_t const n : {0U, 1U, 7U, 8U, 9U, 64U, 65U, 513U, 5000U}) {
    std::vector<RowSegment> segments;
    for (std::size_t i = 0; i < n; ++i) {
      int const kind = static_cast<int>(random.below(4));
      Point const a = awkward(random, kind, 0), b = random.below(5) == 0 ? a : awkward(random, kind, 0);
      segments.push_back({a, b, static_cast<Row>(i)});
    }
    SegmentTree const tree(segments);
    REQUIRE(tree.size() == n);
    for (int round = 0; round < 50; ++round) {
      Box const box = box_of(awkward(random, 3, 0), awkward(random, static_cast<int>(random.below(4)), 0));
      std::set<Row> expected, found;
      for (RowSegment const& segment : segments)
        if (box_of(segment.a, segment.b).meets(box)) expected.insert(segment.row);
      tree.boxes().query(box,
                         [&](std::uint32_t position) { REQUIRE(found.insert(tree.segment(position).row).second); });
      REQUIRE(found == expected);
    }
  }
}

TEST_CASE("a search after another gives what a search of its own gives, in any order, and what GEOS gives") {
  Geos const geos;
  Random random(33);
  for (int round = 0; round < 8; ++round) {
    double const offset = round % 2 == 0 ? 0 : 1e7;
    std::vector<std::string> texts, probes_text;
    for (int i = 0; i < 80; ++i) {
      Point const at{offset + random.in(0, 900), offset + random.in(0, 900)};
      texts.push_back(i % 3 == 0   ? test::line_text(random, at, 80)
                      : i % 3 == 1 ? square_at(std::round(at.x), std::round(at.y), 2 + static_cast<double>(i % 7))
                                   : "POINT(" + std::to_string(std::round(at.x)) + " " + std::to_string(at.y) + ")");
    }
    texts.push_back(texts.front());  // twins: the smaller id must be named
    for (int i = 0; i < 120; ++i) {
      Point const at{offset + std::round(random.in(0, 900)), offset + std::round(random.in(0, 900))};
      probes_text.push_back(i % 4 == 0 ? test::polygon_text(random, at, random.in(1, 300))
                                       : square_at(at.x, at.y, 1 + static_cast<double>(i % 5)));
    }
    auto const features = layer_of(texts), probes = layer_of(probes_text);
    SegmentIndex const index(features);
    NearestSearch forward(index), backward(index);
    std::vector<SegmentIndex::Hit> alone;
    for (std::size_t row = 0; row < probes.size(); ++row) {
      alone.push_back(index.nearest(probes.geometry, row));
      auto const hit = forward.nearest(probes.geometry, row);
      REQUIRE(hit.distance == alone[row].distance);
      REQUIRE(hit.row == alone[row].row);
      double expected = std::numeric_limits<double>::infinity();
      auto const probe = geos.row(probes.geometry, row);
      for (Row k = 0; k < features.size(); ++k)
        expected = std::min(expected, geos.distance(probe, geos.row(features.geometry, k)));
      REQUIRE(hit.distance == Approx(expected).epsilon(1e-9).margin(2e-9));
      REQUIRE(hit.row + 1 < features.size());
    }
    for (std::size_t row = probes.size(); row-- > 0;) {
      auto const hit = backward.nearest(probes.geometry, row);
      REQUIRE(hit.distance == alone[row].distance);
      REQUIRE(hit.row == alone[row].row);
      // A limit leaves out what is further, whatever the search before found.
      auto const limited = backward.nearest(probes.geometry, row, alone[row].distance / 2);
      REQUIRE((limited.row == no_row) == (alone[row].distance > 0));
    }
  }
}

TEST_CASE("what lies in the middle of a large candidate is found although something outside is nearer to its edge") {
  Random random(34);
  auto const large = layer_of({"POLYGON(" + test::ring_text(test::star(random, {0, 0}, 1000, 400)) + ")"});
  auto const features = layer_of({"LINESTRING(5000 5000,5001 5000)", "LINESTRING(1 1,2 2)", "POINT(1001 0)"});
  CHECK(SegmentIndex(features).nearest(large.geometry, 0).row == 1);
  CHECK(SegmentIndex(features).nearest(large.geometry, 0).distance == 0);
}

TEST_CASE("a boundary of 100,000 vertices, one polygon over everything and 10,000 on one place give their distances") {
  Random random(35);
  auto const coast = layer_of({"POLYGON(" + test::ring_text(test::star(random, {0, 0}, 1000, 100000)) + ")"});
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) texts.push_back(square_at(2000 + 10 * i, 0, 1));
  auto const squares = layer_of(texts);
  SegmentIndex const of_coast(coast), of_squares(squares);
  NearestSearch search(of_coast);
  double const out = of_squares.nearest(coast.geometry, 0).distance;
  Geos const geos;
  auto const shape = geos.row(coast.geometry, 0);
  for (std::size_t row = 0; row < squares.size(); row += 20)
    REQUIRE(search.nearest(squares.geometry, row).distance ==
            Approx(geos.distance(shape, geos.row(squares.geometry, row))).epsilon(1e-12));
  CHECK(search.nearest(squares.geometry, 0).distance == out);  // the same pair from the other side

  std::vector<std::string> pile(10000, square_at(0, 0, 5));
  pile.push_back(square_at(0, 0, 100000));
  auto const stacked = layer_of(pile);
  SegmentIndex const of_pile(stacked);
  CHECK(of_pile.nearest(squares.geometry, 7).row == 10000);
  CHECK(of_pile.nearest(squares.geometry, 7).distance == 0);
  CHECK(of_pile.nearest(Point{5, 5}).row == 0);  // all 10,001 hold it: the smallest id
  std::vector<std::uint8_t> without_cover(stacked.size(), 1);
  without_cover.back() = 0;
  auto const hit = SegmentIndex(stacked, without_cover).nearest(squares.geometry, 0);
  CHECK(hit.row == 0);
  CHECK(hit.distance == 2000 - 1 - 5);
}

TEST_CASE("counting what lies within a radius gives the rows that within lists, and the nearest of them") {
  Random random(38);
  std::size_t rows = 0;
  for (int round = 0; round < 12; ++round) {
    double const offset = round % 2 == 0 ? 0 : 1e7;
    std::vector<std::string> texts, probes_text;
    for (int i = 0; i < 150; ++i) {
      Point const at{offset + std::round(random.in(0, 100)), offset + std::round(random.in(0, 100))};
      texts.push_back("POINT(" + std::to_string(at.x) + " " + std::to_string(at.y) + ")");
    }
    texts.push_back(texts[3]);
    texts.push_back("POINT EMPTY");
    if (round % 3 == 2) texts.push_back("LINESTRING(0 0,90 90)");  // no longer points alone
    for (int i = 0; i < 60; ++i) {
      Point const at{offset + std::round(random.in(0, 100)), offset + std::round(random.in(0, 100))};
      probes_text.push_back(i % 4 == 0   ? test::polygon_text(random, at, random.in(1, 60))
                            : i % 4 == 1 ? test::line_text(random, at, 30)
                                         : square_at(at.x, at.y, static_cast<double>(i % 9)));
    }
    auto const features = layer_of(texts), probes = layer_of(probes_text);
    SegmentIndex const index(features);
    NearestSearch search(index);
    for (std::size_t row = 0; row < probes.size(); ++row) {
      double const radius = row % 7 == 0 ? 0 : row % 2 == 0 ? std::round(random.in(1, 60)) : random.in(0, 60);
      auto const hits = index.within(probes.geometry, row, radius);  // by id, and itself tested against GEOS
      SegmentIndex::Hit nearest;
      for (auto const& hit : hits)
        if (hit.distance < nearest.distance) nearest = hit;
      auto const counted = search.count_within(probes.geometry, row, radius);
      REQUIRE(counted.rows == hits.size());
      REQUIRE(counted.nearest.row == nearest.row);
      REQUIRE((hits.empty() || counted.nearest.distance == nearest.distance));
      rows += hits.size();
    }
  }
  CHECK(rows > 10000);
}
