// Rows that face each other against a twin that casts a ray from every centimetre of every boundary.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/facing.hpp"
#include "unit/geometry/fabrics.hpp"
#include "unit/geometry/twins.hpp"

using namespace terrein;
using terrein::test::Findings;
using terrein::test::Geos;
using terrein::test::layer_of;
using terrein::test::Random;

namespace {

constexpr double step = 0.01, same_place = 1e-6;

/// What one row sees of another along its boundary, and how often that begins or ends: each time a step may be wrong.
struct Sampled {
  double metres = 0, width = 1e9;
  std::size_t turns = 0;
};
using Seen = std::map<std::pair<Row, Row>, Sampled>;

/// Where a ray from `at` meets the boundary of a row, in front of it and behind, by distance. Half-open edges: a corner
/// counts once, or twice, or not at all, as the ray passes by it or through it.
std::vector<double> meetings(GeometryColumn const& shapes, Row row, Point at, Point way) {
  std::vector<double> out;
  auto const side = [&](Point p) { return way.x * (p.y - at.y) - way.y * (p.x - at.x); };
  for (auto path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
    auto const xy = shapes.path(path);
    for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
      Point const p{xy[i], xy[i + 1]}, q{xy[i + 2], xy[i + 3]};
      if ((side(p) > 0) == (side(q) > 0)) continue;
      double const u = side(p) / (side(p) - side(q));
      Point const hit{p.x + u * (q.x - p.x), p.y + u * (q.y - p.y)};
      out.push_back((hit.x - at.x) * way.x + (hit.y - at.y) * way.y);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The row that a ray meets first, and how far away, after the definition; no_row for none.
std::pair<Row, double> first_met(Layer const& layer, Row own, Point at, Point way, FacingOptions const& options) {
  Row best = no_row;
  double nearest = 1e9, hidden = 1e9;
  for (Row row = 0; row < layer.size(); ++row) {
    if (distance(layer.geometry.box[row], {at.x, at.y, at.x, at.y}) > options.most_m + 1) continue;
    auto const found = meetings(layer.geometry, row, at, way);
    for (std::size_t i = 0; i < found.size(); ++i) {
      double const away = found[i];
      bool const comes_in = (found.size() - i) % 2 == 0;  // as often as it leaves again
      if (away > options.most_m) continue;
      if (row == own) {
        if (comes_in && away > -same_place) hidden = std::min(hidden, away);
      } else if (!comes_in) {
        if (away > options.tolerance_m) hidden = std::min(hidden, away);
      } else if (away >= -options.tolerance_m) {
        bool const same = best != no_row && std::abs(away - nearest) <= same_place;
        if (same ? layer.id_rank[row] < layer.id_rank[best] : away < nearest) best = row;
        nearest = std::min(nearest, away);
      }
    }
  }
  if (hidden <= nearest + same_place) return {no_row, 0};
  return {best, nearest};
}

Seen sampled(Layer const& layer, FacingOptions const& options) {
  Seen out;
  auto const& shapes = layer.geometry;
  for (Row row = 0; row < layer.size(); ++row)
    for (auto path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
      auto const xy = shapes.path(path);
      for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
        Point const a{xy[i], xy[i + 1]}, e{xy[i + 2] - a.x, xy[i + 3] - a.y};
        double const length = std::hypot(e.x, e.y);
        auto const pieces = static_cast<std::size_t>(std::ceil(length / step));
        Row last = no_row;
        for (std::size_t k = 0; k < pieces; ++k) {
          double const u = (static_cast<double>(k) + 0.5) / static_cast<double>(pieces);
          auto const [met, away] =
              first_met(layer, row, {a.x + u * e.x, a.y + u * e.y}, {e.y / length, -e.x / length}, options);
          if (met != last || k == 0) {
            if (last != no_row) ++out[{row, last}].turns;
            if (met != no_row) ++out[{row, met}].turns;
          }
          last = met;
          if (met == no_row) continue;
          auto& seen = out[{row, met}];
          seen.metres += length / static_cast<double>(pieces);
          seen.width = std::min(seen.width, std::max(0.0, away));
        }
        if (last != no_row) ++out[{row, last}].turns;
      }
    }
  return out;
}

/// Distance of boundaries.
double apart(Geos const& geos, Layer const& layer, Row a, Row b) {
  auto const of = [&](Row row) { return geos.own(GEOSBoundary_r(geos.handle(), geos.row(layer.geometry, row).get())); };
  return geos.distance(of(a), of(b));
}

/// Compares all pairs with those of the twin; gives how many there are.
std::size_t compare(Geos const& geos, Layer const& layer, FacingOptions const& options, Findings& findings) {
  Seen const seen = sampled(layer, options);
  auto const found = facings(layer, {}, options);
  std::map<std::pair<Row, Row>, Facing const*> facing;
  for (Facing const& one : found.facing) facing[{one.a, one.b}] = &one;
  std::set<std::pair<Row, Row>> touching;
  for (RowPair const& pair : found.touching) touching.insert({pair.a, pair.b});
  auto const view = [&](Row a, Row b) {
    auto const at = seen.find({a, b});
    return at == seen.end() ? Sampled{} : at->second;
  };
  for (Row a = 0; a < layer.size(); ++a)
    for (Row b = 0; b < layer.size(); ++b) {
      if (layer.id_rank[a] >= layer.id_rank[b]) continue;
      Sampled const of_a = view(a, b), of_b = view(b, a);
      double const length = std::max(of_a.metres, of_b.metres);
      double const wrong = step * static_cast<double>(1 + of_a.turns + of_b.turns) + 1e-6;
      auto const it = facing.find({a, b});
      auto const text = [&](std::string const& what, double value) {
        return layer.id[a] + " and " + layer.id[b] + ": " + what + " " + std::to_string(value) + ", sampled " +
               std::to_string(of_a.metres) + " and " + std::to_string(of_b.metres);
      };
      if (it == facing.end()) {
        if (length > options.least_m + wrong) findings.tell(text("none", 0));
        bool const close = apart(geos, layer, a, b) <= options.tolerance_m;
        bool const surely = length < options.least_m - wrong;
        if (surely && close != (touching.count({a, b}) == 1)) findings.tell(text("touching", close ? 1 : 0));
        continue;
      }
      if (touching.count({a, b}) == 1) findings.tell(text("both", 0));
      if (std::abs(it->second->length_m() - length) > wrong) findings.tell(text("length", it->second->length_m()));
      // Of the view that counts no ray is narrower, nor is any way than the rows are apart. Between rays that lie a
      // centimetre from each other a way may be narrower by metres, where an edge runs nearly along it.
      double const told = it->second->parts.at(0).width_m;
      double const counted = of_a.metres > of_b.metres + wrong   ? of_a.width
                             : of_b.metres > of_a.metres + wrong ? of_b.width
                                                                 : std::max(of_a.width, of_b.width);
      if (told > counted + same_place) findings.tell(text("width", told));
      double const least = geos.distance(geos.row(layer.geometry, a), geos.row(layer.geometry, b));
      if (told < least - same_place) findings.tell(text("width", told));
    }
  return found.facing.size();
}

/// Crooked parcels along streets and ditches of all widths, some of them with a boundary in common or nearly so.
Layer crooked_streets(Random& random, double offset) {
  std::vector<std::string> texts;
  int const columns = 4, rows = 3;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      auto const corner = [&](int i, int j) {
        Random at(static_cast<std::uint64_t>(1000 * i + j) + 77);  // the same for all parcels around it
        return Point{20.0 * i + at.in(-5, 5), 20.0 * j + at.in(-5, 5)};
      };
      std::vector<Point> ring{corner(c, r), corner(c + 1, r), corner(c + 1, r + 1), corner(c, r + 1)};
      double const in = random.below(2) == 0 ? 0 : random.below(2) == 0 ? random.in(-0.08, 0.08) : random.in(0, 5);
      for (Point& p : ring) {
        Point const centre{20.0 * c + 10, 20.0 * r + 10};
        double const away = std::hypot(p.x - centre.x, p.y - centre.y);
        p = {p.x + in * (centre.x - p.x) / away + offset, p.y + in * (centre.y - p.y) / away + offset};
      }
      if (random.below(4) == 0)
        ring.insert(ring.begin() + 1, {(ring[0].x + ring[1].x) / 2, (ring[0].y + ring[1].y) / 2});
      if (random.below(5) != 0) texts.push_back("POLYGON(" + test::ring_text(ring) + ")");
    }
  return layer_of(texts);
}

void compare_scenes(std::size_t scenes, std::uint64_t seed) {
  Findings findings;
  std::atomic<std::size_t> pairs{0};
  test::for_each_scene(scenes, seed, [&](Random& random, std::size_t scene) {
    Geos const geos;
    FacingOptions options;
    options.most_m = random.in(1, 12);
    options.least_m = random.in(0.5, 3);
    Layer layer;
    switch (scene % 3) {
      case 0:
        layer = crooked_streets(random, test::offsets[scene / 3 % 2]);
        break;
      case 1:
        layer = test::cell_fabric(random, geos, 6, 9, 8).layer;
        options.least_m = 0.5;
        options.most_m = 1.5;
        break;
      default: {
        std::vector<std::string> texts;
        for (int i = 0; i < 7; ++i)
          texts.push_back(test::polygon_text(random, {random.in(0, 30), random.in(0, 30)}, random.in(3, 9)));
        layer = layer_of(texts);
      }
    }
    pairs += compare(geos, layer, options, findings);
  });
  findings.check();
  CHECK(pairs > 4 * scenes);
}

}  // namespace

TEST_CASE("rows face each other as rays from every centimetre find") { compare_scenes(24, 51); }

TEST_CASE("rows face each other as rays from every centimetre of thousands of scenes find", "[slow]") {
  compare_scenes(3000, 52);
}

TEST_CASE("neither the order of the rows, nor the workers, nor rows further away change how rows face each other") {
  Random random(53);
  Geos const geos;
  std::vector<std::string> rails;
  for (int i = 0; i < 6; ++i) rails.push_back(test::line_text(random, {random.in(0, 20), random.in(0, 20)}, 10));
  Layer const rail = layer_of(rails);
  Barriers const barriers(std::vector<Barriers::From>{{&rail}});
  for (int round = 0; round < 20; ++round) {
    Layer const layer = test::cell_fabric(random, geos, 20, 80, 9).layer;
    FacingOptions options;
    options.least_m = 0.2;
    options.most_m = 2;
    if (round % 2 == 0) options.barred = &barriers;
    if (round % 3 == 0) options.kinds = {&barriers};
    auto const told = [&](Layer const& of, Facings const& all) {
      std::vector<std::pair<std::pair<std::string, std::string>, Facing>> out;
      for (Facing one : all.facing) {
        out.push_back({{of.id[one.a], of.id[one.b]}, one});
        out.back().second.a = out.back().second.b = 0;
      }
      for (RowPair const& pair : all.touching) out.push_back({{of.id[pair.a], of.id[pair.b]}, {}});
      return out;
    };
    options.workers = 1;
    auto const expected = told(layer, facings(layer, {}, options));
    REQUIRE(expected.size() > 100);
    options.workers = 7;
    CHECK(told(layer, facings(layer, {}, options)) == expected);
    Layer const other = test::shuffled(random, layer);
    CHECK(told(other, facings(other, {}, options)) == expected);
    // Beside a long row of parcels far away.
    Layer more = layer;
    for (int i = 0; i < 500; ++i) {
      append_wkt(more.geometry, "POLYGON((900 " + std::to_string(i) + ",901 " + std::to_string(i) + ",901 " +
                                    std::to_string(i + 1) + ",900 " + std::to_string(i + 1) + ",900 " +
                                    std::to_string(i) + "))");
      more.id.push_back("x" + std::to_string(i));
    }
    more.id_rank = rank_ids(more.id);
    std::vector<std::uint8_t> chosen(more.size(), 0);
    std::fill_n(chosen.begin(), layer.size(), std::uint8_t{1});
    CHECK(told(more, facings(more, chosen, options)) == expected);
  }
}
