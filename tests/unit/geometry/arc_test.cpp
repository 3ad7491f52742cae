// Arcs against the formulas of the circle.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "geometry/arc.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"

using namespace terrein;

namespace {

using Bytes = std::vector<unsigned char>;
constexpr double pi = std::numbers::pi;

Point on_circle(Point centre, double radius, double degrees) {
  double const angle = degrees * pi / 180;
  return {centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)};
}

/// Vertices of an arc, its start included.
std::vector<Point> arc(Point start, Point mid, Point end, double tolerance) {
  GeometryColumn column;
  GeometryBuilder builder(column);
  builder.vertex(start.x, start.y);
  append_arc(builder, start, mid, end, tolerance);
  std::vector<Point> out;
  for (std::size_t i = 0; i < column.xy.size(); i += 2) out.push_back({column.xy[i], column.xy[i + 1]});
  return out;
}

/// ISO WKB by hand: type, count, and members or points.
class Wkb {
 public:
  Wkb& head(std::uint32_t type, std::uint32_t count) {
    bytes.push_back(1);
    return number(type).number(count);
  }
  Wkb& number(std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<unsigned char>(value >> shift));
    return *this;
  }
  Wkb& points(std::vector<Point> const& list) {
    for (Point const& point : list)
      for (double const value : {point.x, point.y})
        for (unsigned shift = 0; shift < 64; shift += 8)
          bytes.push_back(static_cast<unsigned char>(std::bit_cast<std::uint64_t>(value) >> shift));
    return *this;
  }
  Bytes bytes;
};

constexpr std::uint32_t line = 2, polygon = 3, circular = 8, compound = 9, curve_polygon = 10, multi_curve = 11,
                        multi_surface = 12;

/// A ring of one straight stretch and one arc that closes it.
Wkb arc_parcel(std::vector<Point> const& straight, std::vector<Point> const& bent) {
  Wkb out;
  out.head(curve_polygon, 1).head(compound, 2);
  out.head(line, static_cast<std::uint32_t>(straight.size())).points(straight);
  out.head(circular, static_cast<std::uint32_t>(bent.size())).points(bent);
  return out;
}

}  // namespace

TEST_CASE("Every vertex of an arc lies on it, and no chord lies further from it than the tolerance") {
  Point const centre{152345.678, 198765.432};
  for (double const radius : {0.5, 12.0, 350.0, 4000.0})
    for (double const tolerance : {0.001, 0.01, 0.5})
      for (double const angle : {1.0, 45.0, 180.0, 270.0, 350.0})
        for (double const share : {0.5, 0.2}) {  // the middle point need not be in the middle
          auto const vertices = arc(on_circle(centre, radius, 10), on_circle(centre, radius, 10 + angle * share),
                                    on_circle(centre, radius, 10 + angle), tolerance);
          INFO(radius << " m, " << tolerance << " m, " << angle << " degrees: " << vertices.size());
          double worst = 0, off = 0, longest = 0;
          for (std::size_t i = 0; i < vertices.size(); ++i) {
            off = std::max(off, std::abs(std::hypot(vertices[i].x - centre.x, vertices[i].y - centre.y) - radius));
            if (i == 0) continue;
            double const chord = std::hypot(vertices[i].x - vertices[i - 1].x, vertices[i].y - vertices[i - 1].y);
            longest = std::max(longest, chord);
            if (angle / static_cast<double>(vertices.size() - 1) < 180)  // s = r - sqrt(r² - c²/4)
              worst = std::max(worst, radius - std::sqrt(std::max(0.0, radius * radius - chord * chord / 4)));
          }
          // Coordinates of 2e5 m have steps of 3e-11 m; the ends of a flat arc give its radius only so well.
          double const rounding = 1e-9 * std::max(1.0, 1 / (angle * pi / 180 * share * share * (1 - share)));
          CHECK(off < rounding);
          CHECK(worst < tolerance + 1e-6);
          // Not more pieces than twice what is needed on either side: a step of 2 acos(1 - t/r), at most halved.
          double const step = 2 * std::acos(std::max(-1.0, 1 - tolerance / radius)) * 180 / pi;
          CHECK(static_cast<double>(vertices.size()) <= 2 * angle / step + 3);
        }
}

TEST_CASE("A disc of one circular string lacks at most its rim times the tolerance, and never exceeds the circle") {
  for (double const radius : {1.0, 40.0, 1000.0})
    for (double const tolerance : {0.001, 0.01, 0.1}) {
      Point const centre{100000, 200000};
      GeometryColumn column;
      WkbFacts facts;
      Wkb disc;
      disc.head(curve_polygon, 1).head(circular, 3);
      disc.points({on_circle(centre, radius, 0), on_circle(centre, radius, 180), on_circle(centre, radius, 0)});
      REQUIRE(append_wkb(column, disc.bytes, tolerance, facts));
      CHECK(facts.arcs);
      CHECK_FALSE(facts.mixed);
      double const circle = pi * radius * radius;
      // A segment of height t over a chord c has less than 2/3 c t plus a term of third order: under c t together.
      CHECK(area(column, 0) < circle + 1e-4);
      CHECK(area(column, 0) > circle - 2 * pi * radius * tolerance);
      // Halving gives 2^k pieces of equal angle; a regular polygon has n r²/2 sin(2π/n).
      double const n = static_cast<double>(column.vertices(0) - 1);
      CHECK(std::log2(n) == std::floor(std::log2(n)));
      CHECK(area(column, 0) == Approx(n * radius * radius / 2 * std::sin(2 * pi / n)).epsilon(1e-9));
    }
}

TEST_CASE("A segment of a circle has the area r²/2 (θ - sin θ), to within arc times tolerance") {
  Point const centre{150000, 170000};
  for (double const degrees : {10.0, 90.0, 200.0, 340.0}) {
    double const radius = 80, theta = degrees * pi / 180, tolerance = 0.01;
    Point const from = on_circle(centre, radius, 0), to = on_circle(centre, radius, degrees);
    Wkb const segment = arc_parcel({to, from}, {from, on_circle(centre, radius, degrees / 3), to});
    GeometryColumn column;
    WkbFacts facts;
    REQUIRE(append_wkb(column, segment.bytes, tolerance, facts));
    double const exact = radius * radius / 2 * (theta - std::sin(theta));
    CHECK(area(column, 0) < exact + 1e-6);
    CHECK(area(column, 0) > exact - radius * theta * tolerance);
  }
}

TEST_CASE("An arc has the same vertices in both directions, to the last bit") {
  std::uint64_t state = 1;
  auto const random = [&state] {  // xorshift
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<double>(state >> 11) / 9007199254740992.0;
  };
  for (int i = 0; i < 2000; ++i) {
    Point const a{150000 + 100 * random(), 200000 + 100 * random()},
        b{150000 + 100 * random(), 200000 + 100 * random()}, c{150000 + 100 * random(), 200000 + 100 * random()};
    auto there = arc(a, b, c, 0.01);
    auto const back = arc(c, b, a, 0.01);
    std::reverse(there.begin(), there.end());
    REQUIRE(there == back);
  }
}

TEST_CASE("Two parcels that share an arc have no gap and no overlap") {
  Point const south{152000.13, 198000.71}, north{152040.57, 198090.23}, bulge{152041.9, 198031.17};
  std::vector<Point> const west{north, {151900.4, 198095.5}, {151905.2, 197990.1}, south},
      east{south, {152200.9, 197995.3}, {152195.6, 198099.8}, north};
  WkbFacts facts;
  GeometryColumn both;
  REQUIRE(append_wkb(both, arc_parcel(west, {south, bulge, north}).bytes, 0.01, facts));
  REQUIRE(append_wkb(both, arc_parcel(east, {north, bulge, south}).bytes, 0.01, facts));
  GeometryColumn const whole = dissolve(both);
  CHECK(whole.part_begin.back() == 1 * whole.row_begin.back());  // no holes
  CHECK(whole.row_begin.back() == 1);
  CHECK(area(whole, 0) == Approx(area(both, 0) + area(both, 1)).epsilon(1e-12));
  std::vector<Row> const second{1};
  Layer other;
  other.geometry = take(both, second);
  other.id = {"1"};
  other.id_rank = rank_ids(other.id);
  std::vector<std::uint32_t> const group{0};
  CHECK(cover_areas(both, other, group, 1, 1).area[0][0] == 0);
}

TEST_CASE("Points on one line, repeated points and a middle beyond the ends give what was delivered") {
  using Points = std::vector<Point>;
  CHECK(arc({0, 0}, {5, 0}, {9, 0}, 0.01) == Points{{0, 0}, {5, 0}, {9, 0}});
  CHECK(arc({0, 0}, {12, 0}, {9, 0}, 0.01) == Points{{0, 0}, {12, 0}, {9, 0}});
  CHECK(arc({0, 0}, {0, 0}, {9, 0}, 0.01) == Points{{0, 0}, {9, 0}});
  CHECK(arc({0, 0}, {9, 0}, {9, 0}, 0.01) == Points{{0, 0}, {9, 0}});
  CHECK(arc({3, 3}, {3, 3}, {3, 3}, 0.01) == Points{{3, 3}, {3, 3}});
  auto const nan = std::nan("");
  CHECK(arc({0, 0}, {nan, 1}, {9, 0}, 0.01).size() == 3);
  CHECK(arc({0, 0}, {1e300, 1e300}, {9, 0}, 0.01).size() <= 8193);
}

TEST_CASE("Compound curves join without repeating the joint; curves need a tolerance and an odd number of points") {
  WkbFacts facts;
  GeometryColumn column;
  Wkb road;
  road.head(multi_curve, 2).head(compound, 3);
  road.head(line, 2).points({{0, 0}, {5, 0}}).head(circular, 3).points({{5, 0}, {6, 1}, {7, 0}});
  road.head(line, 2).points({{7, 0}, {9, 0}}).head(line, 2).points({{0, 5}, {1, 5}});
  REQUIRE(append_wkb(column, road.bytes, 10, facts));
  CHECK(column.xy == std::vector<double>{0, 0, 5, 0, 6, 1, 7, 0, 9, 0, 0, 5, 1, 5});
  CHECK(column.kind[0] == GeometryKind::line);
  Wkb surface;
  surface.head(multi_surface, 2).head(curve_polygon, 2);
  surface.head(circular, 3).points({{0, 0}, {10, 0}, {0, 0}}).head(line, 4).points({{4, -1}, {6, -1}, {5, 1}, {4, -1}});
  surface.head(polygon, 1).number(4).points({{20, 0}, {30, 0}, {20, 10}, {20, 0}});
  REQUIRE(append_wkb(column, surface.bytes, 0.0001, facts));
  CHECK(column.kind[1] == GeometryKind::polygon);
  CHECK(area(column, 1) == Approx(25 * pi - 2 + 50).margin(0.0001 * 10 * pi));
  CHECK_FALSE(append_wkb(column, surface.bytes));
  for (std::uint32_t const points : {1U, 2U, 4U}) {
    Wkb even;
    even.head(circular, points).points(std::vector<Point>(points, {1, 1}));
    CHECK_FALSE(append_wkb(column, even.bytes, 0.01, facts));
  }
  Wkb nested;
  nested.head(compound, 1).head(compound, 1).head(line, 2).points({{0, 0}, {1, 1}});
  CHECK_FALSE(append_wkb(column, nested.bytes, 0.01, facts));
  for (std::size_t size = 0; size < surface.bytes.size(); ++size)
    CHECK_FALSE(append_wkb(column, std::span(surface.bytes).first(size), 0.01, facts));
  CHECK(column.size() == 2);
}

TEST_CASE("A ring that does not come back to its start is closed and told") {
  Wkb whole, open, bent;
  whole.head(polygon, 1).number(4).points({{0, 0}, {9, 0}, {0, 9}, {0, 0}});
  open.head(polygon, 1).number(3).points({{0, 0}, {9, 0}, {0, 9}});
  bent.head(curve_polygon, 1).head(compound, 2).head(line, 2).points({{0, 0}, {9, 0}});
  bent.head(circular, 3).points({{9, 0}, {7, 7}, {0, 9}});
  GeometryColumn column;
  WkbFacts facts;
  REQUIRE(append_wkb(column, whole.bytes, 0.01, facts));
  CHECK_FALSE(facts.open);
  REQUIRE(append_wkb(column, open.bytes, 0.01, facts));
  CHECK(facts.open);
  CHECK(area(column, 1) == area(column, 0));
  REQUIRE(append_wkb(column, bent.bytes, 0.01, facts));
  CHECK(facts.open);
}
