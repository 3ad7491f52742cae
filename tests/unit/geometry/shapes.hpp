#pragma once

#include <geos_c.h>

#include <cmath>
#include <cstdint>
#include <memory>
#include <numbers>
#include <sstream>
#include <string>
#include <vector>

#include "terrein/geometry/geometry_column.hpp"

// Random shapes, and GEOS as an independent judge of distances, areas and buffers.
namespace terrein::test {

/// The same numbers on every machine, unlike the distributions of the standard library (splitmix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }
  double in(double low, double high) { return low + (high - low) * static_cast<double>(bits() >> 11U) * 0x1p-53; }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(bits() % n); }

 private:
  std::uint64_t state_;
};

inline std::string ring_text(std::vector<Point> const& ring) {
  std::ostringstream text;
  text.precision(17);
  text << '(';
  for (Point const p : ring) text << p.x << ' ' << p.y << ',';
  text << ring.front().x << ' ' << ring.front().y << ')';
  return text.str();
}

/// A star-shaped ring: corners at rising angles, so that it never crosses itself.
inline std::vector<Point> star(Random& random, Point centre, double radius, int corners) {
  std::vector<Point> ring;
  for (int i = 0; i < corners; ++i) {
    double const angle = 2 * std::numbers::pi * (i + random.in(0, 0.8)) / corners, r = radius * random.in(0.4, 1);
    ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
  }
  return ring;
}
/// A star, sometimes with a hole.
inline std::string polygon_text(Random& random, Point centre, double radius) {
  auto const corners = static_cast<int>(4 + random.below(40));
  std::string text = "POLYGON(" + ring_text(star(random, centre, radius, corners));
  if (random.below(3) == 0) text += "," + ring_text(star(random, centre, 0.2 * radius, 5));
  return text + ")";
}
inline std::string line_text(Random& random, Point from, double step) {
  std::ostringstream text;
  text.precision(17);
  text << "LINESTRING(" << from.x << ' ' << from.y;
  for (std::size_t i = 0, n = 1 + random.below(6); i < n; ++i) {
    from = {from.x + random.in(-step, step), from.y + random.in(-step, step)};
    text << ',' << from.x << ' ' << from.y;
  }
  return text.str() + ")";
}

class Geos {
 public:
  Geos() : handle_(GEOS_init_r()) {}
  ~Geos() { GEOS_finish_r(handle_); }
  Geos(Geos const&) = delete;
  Geos& operator=(Geos const&) = delete;
  [[nodiscard]] GEOSContextHandle_t handle() const { return handle_; }

  struct Free {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(handle, g); }
  };
  using Shape = std::unique_ptr<GEOSGeometry, Free>;
  [[nodiscard]] Shape own(GEOSGeometry* g) const { return {g, Free{handle_}}; }
  /// Null when GEOS cannot read the bytes.
  [[nodiscard]] Shape from_wkb(std::vector<unsigned char> const& wkb) const {
    return own(GEOSGeomFromWKB_buf_r(handle_, wkb.data(), wkb.size()));
  }
  [[nodiscard]] Shape row(GeometryColumn const& column, std::size_t index) const {
    return from_wkb(to_wkb(column, index));
  }
  [[nodiscard]] double distance(Shape const& a, Shape const& b) const {
    double value = -1;
    GEOSDistance_r(handle_, a.get(), b.get(), &value);
    return value;
  }
  [[nodiscard]] double area(Shape const& a) const {
    double value = -1;
    GEOSArea_r(handle_, a.get(), &value);
    return value;
  }
  [[nodiscard]] double length(Shape const& a) const {
    double value = -1;
    GEOSLength_r(handle_, a.get(), &value);
    return value;
  }
  [[nodiscard]] Point centroid(Shape const& a) const {
    Shape const point = own(GEOSGetCentroid_r(handle_, a.get()));
    Point p;
    GEOSGeomGetX_r(handle_, point.get(), &p.x);
    GEOSGeomGetY_r(handle_, point.get(), &p.y);
    return p;
  }

 private:
  GEOSContextHandle_t handle_;
};

}  // namespace terrein::test
