// Areas of intersection by signed edges against overlays by GEOS, on large numbers of awkward pairs.
#include <algorithm>
#include <atomic>

#include "geometry/signed_edges.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"
#include "unit/geometry/twins.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr double half_unit = 1.2e-16;  // relative error of one rounding, 2^-53

/// The land of a polygon under any of some others by slabs: between neighbouring x of all corners and crossings the
/// edges do not cross, so that the land between two of them is a trapezoid. In 80 bits, so that its rounding does not
/// count. Slow, and nothing of it is in the code under test.
class SlabReferee {
 public:
  double operator()(GeometryColumn const& parcels, std::size_t parcel, GeometryColumn const& cover,
                    std::vector<std::size_t> const& rows) {
    edges_.clear();
    add(parcels, parcel, 0);
    for (std::size_t i = 0; i < rows.size(); ++i) add(cover, rows[i], i + 1);
    inside_.assign(rows.size() + 1, 0);
    x_.clear();
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      x_.insert(x_.end(), {edges_[i].x0, edges_[i].x1});
      for (std::size_t j = 0; j < i; ++j) cross(edges_[i], edges_[j]);
    }
    std::sort(x_.begin(), x_.end());
    long double twice = 0;
    for (std::size_t i = 0; i + 1 < x_.size(); ++i)
      if (x_[i] < x_[i + 1]) twice += slab(x_[i], x_[i + 1]);
    return static_cast<double>(twice / 2);
  }

 private:
  struct Edge {
    long double x0, y0, x1, y1;
    std::size_t of;
    [[nodiscard]] long double at(long double x) const { return y0 + (y1 - y0) * ((x - x0) / (x1 - x0)); }
  };
  void add(GeometryColumn const& column, std::size_t row, std::size_t of) {
    for (std::size_t path = column.first_path(row); path < column.end_path(row); ++path) {
      auto const xy = column.path(path);
      for (std::size_t i = 0; i + 3 < xy.size(); i += 2) {
        Edge edge{xy[i], xy[i + 1], xy[i + 2], xy[i + 3], of};
        if (edge.x0 == edge.x1) continue;
        if (edge.x1 < edge.x0) edge = {edge.x1, edge.y1, edge.x0, edge.y0, of};
        edges_.push_back(edge);
      }
    }
  }
  void cross(Edge const& s, Edge const& t) {
    long double const left = std::max(s.x0, t.x0), right = std::min(s.x1, t.x1);
    if (!(left < right)) return;
    long double const l = s.at(left) - t.at(left), r = s.at(right) - t.at(right);
    if ((l < 0 && r > 0) || (l > 0 && r < 0)) x_.push_back(left + (right - left) * (l / (l - r)));
  }
  long double slab(long double left, long double right) {
    std::vector<std::pair<long double, std::size_t>> order;
    for (std::size_t i = 0; i < edges_.size(); ++i)
      if (edges_[i].x0 <= left && right <= edges_[i].x1) order.emplace_back(edges_[i].at((left + right) / 2), i);
    std::sort(order.begin(), order.end());
    std::fill(inside_.begin(), inside_.end(), 0);
    long double sum = 0;
    int covers = 0;
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      Edge const &low = edges_[order[i].second], &high = edges_[order[i + 1].second];
      inside_[low.of] ^= 1;
      if (low.of > 0) covers += inside_[low.of] != 0 ? 1 : -1;
      if (inside_[0] != 0 && covers > 0) sum += high.at(left) - low.at(left) + high.at(right) - low.at(right);
    }
    return sum * (right - left);
  }

  std::vector<Edge> edges_;
  std::vector<long double> x_;
  std::vector<int> inside_;  // per polygon; the parcel is the first
};

/// Roundings of the edge sum: every pair of edges with a common range of x adds land that was rounded some eight times,
/// and is as high as the scene at most.
double rounding_of(SignedEdges const& a, SignedEdges const& b, double height) {
  double widths = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    widths += a.x1[i] - a.x0[i];  // of the upper side of a window
    for (std::size_t j = 0; j < b.size(); ++j)
      widths += std::max(0.0, std::min(a.x1[i], b.x1[j]) - std::max(a.x0[i], b.x0[j]));
  }
  return 8 * half_unit * height * widths;
}

/// What the tests of all pairs count.
struct Counts {
  std::atomic<std::size_t> pairs{0}, apart{0}, refereed{0};
};

/// All candidates of a scene with all polygons of a cover, each a group of its own.
class PairsOfScene {
 public:
  PairsOfScene(Random& random, std::size_t scene, Findings& findings, Counts& counts)
      : offset_(offsets[scene % 3]),
        polygons_(random, offset_, scene % 2 == 0),
        parcels_(awkward_twins(context_, polygons_, offset_, 30)),
        cover_(awkward_twins(context_, polygons_, offset_, 50)),
        findings_(findings),
        counts_(counts) {
    box_ = parcels_.near.extent();
    box_.extend(cover_.near.extent());
    edges_of(parcels_, of_parcel_);
    edges_of(cover_, of_cover_);
  }

  void compare() {
    std::vector<std::uint32_t> each(cover_.size());
    for (std::size_t i = 0; i < each.size(); ++i) each[i] = static_cast<std::uint32_t>(i);
    auto const found = cover_areas(parcels_.layer.geometry, cover_.layer, each, each.size(), 1);
    for (std::size_t a = 0; a < parcels_.size(); ++a)
      for (std::size_t b = 0; b < cover_.size(); ++b) compare(a, b, found.area[b][a]);
  }

 private:
  void edges_of(Twins const& twins, std::vector<SignedEdges>& out) const {
    Point const corner{box_.min_x + offset_, box_.min_y + offset_};
    out.resize(twins.size());
    for (std::size_t row = 0; row < twins.size(); ++row) set_edges(twins.layer.geometry, row, corner, out[row]);
  }

  void compare(std::size_t a, std::size_t b, double cut) {
    if (!parcels_.near.box[a].meets(cover_.near.box[b])) {
      ++counts_.apart;
      if (cut != 0) findings_.tell("land in common where the boxes do not meet");
      return;
    }
    ++counts_.pairs;
    double const sum = common_area(of_parcel_[a], of_cover_[b]).area;
    auto const common =
        geos::own(context_, GEOSIntersection_r(context_.get(), parcels_.shapes[a].get(), cover_.shapes[b].get()));
    double const by_geos = common ? geos::area(context_, common.get()) : std::nan("");
    // The corner that edges are relative to is a difference that may round, once per coordinate.
    double const of_sum = rounding_of(of_parcel_[a], of_cover_[b], box_.height()) +
                          spacing(2 * box_.width()) * (length(parcels_.near, a) + length(cover_.near, b));
    // The boundary of the cover is cut where it leaves a window around the parcel, at coordinates that are rounded: in
    // the parcel each of its edges may lie so much beside its place. Areas that are noise are nothing.
    Box const& box = parcels_.near.box[a];
    double const edges = static_cast<double>(cover_.near.vertices(b));
    double const of_cut = of_sum + edges * spacing(offset_ + 128) * std::hypot(box.width(), box.height()) +
                          std::max(1e-9, 1e-12 * area(parcels_.near, a));
    // GEOS rounds crossings to coordinates of 64 m: their edges pass so much beside their places.
    double const of_geos = edges * spacing(128) * 60;
    check(a, b, by_geos, sum, of_sum + of_geos, "by all edges");
    check(a, b, by_geos, cut, of_cut + of_geos, "in a window");
  }

  /// Where GEOS and the kernel differ, the referee says who is right: GEOS moves corners by up to 1e-10 where it cannot
  /// node a pair as it is. Some pairs it judges in any case.
  void check(std::size_t a, std::size_t b, double expected, double found, double tolerance, char const* how) {
    bool const differs = !(std::abs(found - expected) <= tolerance);
    if (!differs && (a + b) % 16 != 0) return;
    counts_.refereed += differs ? 1U : 0U;
    double const judged = referee_(parcels_.near, a, cover_.near, {b});
    if (std::abs(found - judged) <= tolerance) return;
    findings_.tell(fmt::format("offset {}, {}: {} where GEOS has {} and slabs give {}, within {}", offset_, how, found,
                               expected, judged, tolerance));
  }

  geos::Context const context_;
  double offset_;
  AwkwardPolygons polygons_;
  Twins parcels_, cover_;
  Findings& findings_;
  Counts& counts_;
  Box box_;
  std::vector<SignedEdges> of_parcel_, of_cover_;
  SlabReferee referee_;
};

void compare_pairs(std::size_t scenes, std::uint64_t seed, std::size_t least) {
  Findings findings;
  Counts counts;
  for_each_scene(scenes, seed,
                 [&](Random& random, std::size_t scene) { PairsOfScene(random, scene, findings, counts).compare(); });
  findings.check();
  CHECK(counts.pairs >= least);
  CHECK(counts.refereed * 1000 <= counts.pairs);
}

/// Land under the polygons of a group, counted once, against the union by GEOS.
void compare_unions(std::size_t scenes, std::uint64_t seed, std::size_t least) {
  Findings findings;
  std::atomic<std::size_t> compared{0}, lost{0};
  for_each_scene(scenes, seed, [&](Random& random, std::size_t scene) {
    geos::Context const context;
    double const offset = offsets[scene % 3];
    AwkwardPolygons polygons(random, offset, scene % 2 == 0);
    Twins const parcels = awkward_twins(context, polygons, offset, 20),
                cover = awkward_twins(context, polygons, offset, 16);
    std::vector<std::uint32_t> group;
    for (std::size_t row = 0; row < cover.size(); ++row) group.push_back(static_cast<std::uint32_t>(row % 4));
    auto const found = cover_areas(parcels.layer.geometry, cover.layer, group, 4, 1);
    for (std::uint32_t g = 0; g < 4; ++g) {
      std::vector<geos::Geom> rows;
      double boundary = 0;
      for (std::size_t row = g; row < cover.size(); row += 4) {
        rows.push_back(geos::own(context, GEOSGeom_clone_r(context.get(), cover.shapes[row].get())));
        boundary += length(cover.near, row);
      }
      auto const all = geos::collect(context, rows);
      auto const united = geos::own(context, GEOSUnaryUnion_r(context.get(), all.get()));
      for (std::size_t row = 0; row < parcels.size(); ++row) {
        auto const common =
            geos::own(context, GEOSIntersection_r(context.get(), parcels.shapes[row].get(), united.get()));
        double const expected = geos::area(context, common.get());
        // Where rows overlap, terrein unites them by GEOS in place, which moves boundaries by a 1e-12th of the largest
        // coordinate where it cannot node them as they are.
        double const tolerance =
            (boundary + length(parcels.near, row)) * 1e-12 * (offset + 64) + std::max(1e-9, 1e-12 * expected);
        ++compared;
        if (std::abs(found.area[g][row] - expected) <= tolerance) continue;
        std::vector<std::size_t> of_group;
        for (std::size_t k = g; k < cover.size(); k += 4) of_group.push_back(k);
        double const judged = SlabReferee()(parcels.near, row, cover.near, of_group);
        if (std::abs(found.area[g][row] - judged) <= tolerance) continue;
        // GEOS 3.11 loses a piece of land now and then where nearly parallel edges meet; nothing else may differ, and
        // it may not be more than once in fifty thousand.
        ++lost;
        if (found.area[g][row] > judged + tolerance)
          findings.tell(fmt::format("scene {}, offset {}: {} where GEOS has {} and slabs give {}, within {}", scene,
                                    offset, found.area[g][row], expected, judged, tolerance));
      }
    }
  });
  findings.check();
  CHECK(compared >= least);
  CHECK(lost * 50000 <= compared);
}

/// A grid of land divided by crooked borders; a border of two cells may have a corner that only one of them has.
class Divided {
 public:
  Divided(Random& random, int side) : side_(side) {
    for (int row = 0; row <= side; ++row)
      for (int column = 0; column <= side; ++column)
        corner_.push_back({10.0 * column + random.in(-4, 4), 10.0 * row + random.in(-4, 4)});
  }
  [[nodiscard]] Rings cell(int column, int row) const {
    return {{at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)}};
  }

 private:
  [[nodiscard]] Point at(int column, int row) const {
    return corner_[static_cast<std::size_t>(row * (side_ + 1) + column)];
  }
  int side_;
  std::vector<Point> corner_;
};

/// Shares of the cells of a partition, of which some are left out, and what lies in none of the others, by GEOS.
void add_up_shares(std::size_t scenes, std::uint64_t seed, std::size_t least) {
  Findings findings;
  std::atomic<std::size_t> compared{0};
  for_each_scene(scenes, seed, [&](Random& random, std::size_t scene) {
    geos::Context const context;
    double const offset = offsets[scene % 3];
    auto const held = [&](Rings rings) {
      for (auto& ring : rings)
        for (Point& p : ring) p = {(offset + p.x) - offset, (offset + p.y) - offset};
      return rings;
    };
    Divided const land(random, 8);
    Twins cells, parcels;
    for (int cell = 0; cell < 64; ++cell)
      if (random.below(6) != 0) cells.add(context, held(land.cell(cell % 8, cell / 8)), offset);
    for (int i = 0; i < 40; ++i) {
      Point const centre{random.in(0, 80), random.in(0, 80)};
      double const radius = random.in(0.5, 30);
      Rings rings{star(random, centre, radius, static_cast<int>(3 + random.below(30)))};
      if (i % 4 == 0) rings.push_back(star(random, centre, 0.3 * radius, 5));
      parcels.add(context, held(rings), offset);
    }
    cells.end();
    parcels.end();
    std::vector<std::uint32_t> each(cells.size());
    for (std::size_t i = 0; i < each.size(); ++i) each[i] = static_cast<std::uint32_t>(i);
    auto const found = cover_areas(parcels.layer.geometry, cells.layer, each, each.size(), 1);
    auto const together =
        cover_areas(parcels.layer.geometry, cells.layer, std::vector<std::uint32_t>(each.size(), 0), 1, 1);
    auto const all = geos::collect(context, cells.shapes);
    auto const united = geos::own(context, GEOSUnaryUnion_r(context.get(), all.get()));
    for (std::size_t row = 0; row < parcels.size(); ++row) {
      auto const rest = geos::own(context, GEOSDifference_r(context.get(), parcels.shapes[row].get(), united.get()));
      double const uncovered = geos::area(context, rest.get()), whole = area(parcels.layer.geometry, row);
      double sum = 0;
      for (auto const& of_cell : found.area) sum += of_cell[row];
      for (double const covered : {sum, together.area[0][row]})
        // Far out a parcel of half a square metre is not known that well: the border of the covered land is cut at
        // rounded coordinates, and passes by its place in the parcel so much.
        if (!(std::abs(covered + uncovered - whole) <= 1e-9 * whole + spacing(offset) * parcels.near.box[row].width()))
          findings.tell(fmt::format("scene {}, offset {}: {} and {} of {}", scene, offset, covered, uncovered, whole));
      ++compared;
    }
  });
  findings.check();
  CHECK(compared >= least);
}

}  // namespace

TEST_CASE("awkward polygons have the area in common that GEOS finds, by all edges and in windows", "[geometry]") {
  compare_pairs(40, 101, 30000);
}

TEST_CASE("awkward polygons of one group cover what GEOS's union of them covers", "[geometry]") {
  compare_unions(60, 103, 3000);
}

TEST_CASE("shares of a partition and the uncovered rest are the whole parcel to a thousand millionth", "[geometry]") {
  add_up_shares(60, 105, 2000);
}

TEST_CASE("two million awkward pairs of polygons have the area in common that GEOS finds", "[geometry][slow]") {
  compare_pairs(3000, 102, 2000000);
}

TEST_CASE("a hundred thousand awkward unions and parcels on partitions add up", "[geometry][slow]") {
  compare_unions(2000, 104, 100000);
  add_up_shares(2500, 106, 75000);
}
