#include "geometry/offsets.hpp"

#include <cmath>
#include <optional>
#include <vector>

#include "terrein/geometry/box.hpp"

namespace terrein::geos {
namespace {

constexpr double overlap_m = 1e-6;

struct Vector {
  double x = 0, y = 0;
};
double dot(Vector a, Vector b) { return a.x * b.x + a.y * b.y; }
double cross(Vector a, Vector b) { return a.x * b.y - a.y * b.x; }
Point moved(Point p, Vector by, double times) { return {p.x + times * by.x, p.y + times * by.y}; }

enum class Side : int { outside = 1, inside = -1 };  // rings have their land on the left

/// The direction between two unit vectors that are not opposite.
Vector between(Vector a, Vector b) {
  Vector const sum{a.x + b.x, a.y + b.y};
  double const length = std::sqrt(dot(sum, sum));
  return {sum.x / length, sum.y / length};
}

/// The land along the edges and around the corners of rings, on one side of them, as polygons that overlap.
class Bands {
 public:
  /// Without a mitre corners are round.
  Bands(Context const& context, double distance, Side side, std::optional<Mitre> mitre)
      : context_(context), distance_(distance), side_(static_cast<int>(side)), mitre_(mitre) {}

  void add_ring(std::span<double const> xy) {
    std::vector<Point> corners;
    for (std::size_t i = 0; i + 3 < xy.size(); i += 2)
      if (Point const p{xy[i], xy[i + 1]}; corners.empty() || !(corners.back() == p)) corners.push_back(p);
    std::size_t const n = corners.size();
    if (n < 3) return;
    std::vector<Vector> along;
    for (std::size_t i = 0; i < n; ++i) along.push_back(direction(corners[i], corners[(i + 1) % n]));
    for (std::size_t i = 0; i < n; ++i) {
      add_edge(corners[i], corners[(i + 1) % n], along[i], normal(along[i]));
      add_corner(corners[i], along[(i + n - 1) % n], along[i]);
    }
  }
  /// All of it with the shapes in `more`, united.
  Geom united(std::vector<Geom> more) {
    for (auto& band : bands_) more.push_back(std::move(band));
    auto const all = collect(context_, more);
    return all ? unite(context_, all.get()) : own(context_, nullptr);
  }

 private:
  static Vector direction(Point a, Point b) {
    Vector const v{b.x - a.x, b.y - a.y};
    double const length = std::sqrt(dot(v, v));
    return {v.x / length, v.y / length};
  }
  [[nodiscard]] Vector normal(Vector along) const { return {side_ * along.y, -side_ * along.x}; }

  void add(std::vector<Point> const& ring) {
    std::vector<double> xy;
    for (Point const p : ring) xy.insert(xy.end(), {p.x, p.y});
    xy.insert(xy.end(), {ring[0].x, ring[0].y});
    GEOSCoordSequence* const vertices =
        GEOSCoordSeq_copyFromBuffer_r(context_.get(), xy.data(), static_cast<unsigned>(xy.size() / 2), 0, 0);
    bands_.push_back(own(
        context_,
        GEOSGeom_createPolygon_r(context_.get(), GEOSGeom_createLinearRing_r(context_.get(), vertices), nullptr, 0)));
  }
  /// A little longer and wider than the edge, so that rounding leaves no hairlines beside it.
  void add_edge(Point a, Point b, Vector along, Vector n) {
    Point const from = moved(moved(a, along, -overlap_m), n, -overlap_m);
    Point const to = moved(moved(b, along, overlap_m), n, -overlap_m);
    add({from, moved(from, n, distance_ + overlap_m), moved(to, n, distance_ + overlap_m), to});
  }

  void add_corner(Point corner, Vector from, Vector to) {
    if (!(cross(from, to) * side_ > 0)) return;  // the bands of the edges overlap there
    Vector const first = normal(from), last = normal(to);
    std::vector<Point> ring{corner, moved(corner, first, distance_)};
    if (mitre_) {
      push_tip(corner, from, to, ring);
    } else {
      push_arc(corner, first, last, from, ring);
    }
    ring.push_back(moved(corner, last, distance_));
    add(ring);
  }
  /// Edges go on until they meet, or to the limit.
  void push_tip(Point corner, Vector from, Vector to, std::vector<Point>& ring) const {
    Vector const first = normal(from), last = normal(to);
    double const cosine = std::sqrt(std::max(0.0, (1 + dot(first, last)) / 2));  // of half the turn
    double const sine = std::sqrt(std::max(0.0, (1 - dot(first, last)) / 2));
    if (cosine * mitre_->limit >= 1) {
      ring.push_back(moved(corner, {first.x + last.x, first.y + last.y}, distance_ / (2 * cosine * cosine)));
    } else {
      double const on = distance_ * (mitre_->limit - cosine) / sine;
      ring.push_back(moved(moved(corner, first, distance_), from, on));
      ring.push_back(moved(moved(corner, last, distance_), to, -on));
    }
  }
  /// Halves the arc until its pieces are short.
  void push_arc(Point corner, Vector first, Vector last, Vector from, std::vector<Point>& ring) const {
    constexpr double cosine_of_piece = 0.9951847266721969;  // 5.625 degrees
    double const cosine = dot(first, last);
    if (cosine >= cosine_of_piece) return;
    Vector const middle = cosine > -0.9999999 ? between(first, last) : from;
    push_arc(corner, first, middle, from, ring);
    ring.push_back(moved(corner, middle, distance_));
    push_arc(corner, middle, last, from, ring);
  }

  Context const& context_;
  double distance_;
  int side_;
  std::optional<Mitre> mitre_;
  std::vector<Geom> bands_;
};

Bands bands_along(Context const& context, GEOSGeometry const* shape, double distance, Side side,
                  std::optional<Mitre> mitre) {
  GeometryColumn rings;  // turned so that land lies on the left
  from_geos(context, shape, GeometryKind::polygon, rings);
  Bands out(context, distance, side, mitre);
  for (std::size_t path = 0; path + 1 < rings.path_begin.size(); ++path) out.add_ring(rings.path(path));
  return out;
}

Geom without_bands(Context const& context, GEOSGeometry const* shape, double distance, std::optional<Mitre> mitre) {
  auto const edge = bands_along(context, shape, distance, Side::inside, mitre).united({});
  return edge ? difference(context, shape, edge.get()) : own(context, nullptr);
}

}  // namespace

Geom grown(Context const& context, GEOSGeometry const* shape, double distance, Mitre mitre) {
  std::vector<Geom> itself;
  itself.push_back(own(context, GEOSGeom_clone_r(context.get(), shape)));
  return bands_along(context, shape, distance, Side::outside, mitre).united(std::move(itself));
}

Geom shrunk(Context const& context, GEOSGeometry const* shape, double distance, Mitre mitre) {
  return without_bands(context, shape, distance, mitre);
}

Geom centres_of_discs(Context const& context, GEOSGeometry const* shape, double distance) {
  return without_bands(context, shape, distance, std::nullopt);
}

std::vector<GEOSGeometry const*> polygons_of(Context const& context, GEOSGeometry const* shape) {
  std::vector<GEOSGeometry const*> out;
  if (GEOSGeomTypeId_r(context.get(), shape) == GEOS_POLYGON) {
    if (GEOSisEmpty_r(context.get(), shape) == 0) out.push_back(shape);
    return out;
  }
  int const parts = GEOSGetNumGeometries_r(context.get(), shape);
  for (int i = 0; i < parts; ++i) {
    GEOSGeometry const* const part = GEOSGetGeometryN_r(context.get(), shape, i);
    if (GEOSGeomTypeId_r(context.get(), part) == GEOS_POLYGON && GEOSisEmpty_r(context.get(), part) == 0)
      out.push_back(part);
  }
  return out;
}

Geom together(Context const& context, std::vector<GEOSGeometry const*> const& polygons) {
  std::vector<GEOSGeometry*> raw;
  for (auto const* polygon : polygons) raw.push_back(GEOSGeom_clone_r(context.get(), polygon));
  return own(context, GEOSGeom_createCollection_r(context.get(), GEOS_MULTIPOLYGON, raw.data(),
                                                  static_cast<unsigned>(raw.size())));
}

}  // namespace terrein::geos
