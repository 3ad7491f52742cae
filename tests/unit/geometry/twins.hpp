#pragma once

#include <cmath>
#include <functional>
#include <mutex>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "geometry/geos.hpp"
#include "support/catch.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/layer.hpp"
#include "unit/geometry/shapes.hpp"

// Scenes of polygons that meet in awkward ways, and what the tests share that compare millions of pairs of them.
namespace terrein::test {

/// Far from the origin doubles are coarse. A twin gets the same shapes moved to the origin, which changes no digit of
/// theirs: it then rounds far less than the code under test may.
inline constexpr double offsets[] = {0, 200000, 1e7};

/// What went wrong in any worker; Catch2 is told by the thread of the test.
class Findings {
 public:
  void tell(std::string text) {
    std::lock_guard const lock(mutex_);
    if (count_++ < 20) texts_ += text + "\n";
  }
  void check() const {
    INFO(count_ << " findings, the first of them:\n" << texts_);
    CHECK(count_ == 0);
  }

 private:
  std::mutex mutex_;
  std::size_t count_ = 0;
  std::string texts_;
};

/// Calls work(random, scene) for every scene on two workers. Scene k has the same numbers each time, whatever the
/// worker.
inline void for_each_scene(std::size_t scenes, std::uint64_t seed,
                           std::function<void(Random& random, std::size_t scene)> const& work) {
  parallel_chunks(scenes, 2, 1, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t scene = begin; scene < end; ++scene) {
      Random random(seed + 1000003 * scene);
      work(random, scene);
    }
  });
}

using Rings = std::vector<std::vector<Point>>;  // shell and holes

/// Polygons on one place of 60 m, many of them made from others among them: the same ones with other first vertices,
/// moved a little or not at all but for one corner, across one of their edges or with a corner on theirs.
class AwkwardPolygons {
 public:
  /// On whole metres edges lie on edges, corners on corners and on edges.
  AwkwardPolygons(Random& random, double offset, bool whole) : random_(random), offset_(offset), whole_(whole) {}

  Rings next() {
    Rings rings = made_.empty() || random_.below(3) == 0 ? fresh() : derived(made_[random_.below(made_.size())]);
    for (auto& ring : rings)
      for (Point& p : ring) p = {held(p.x), held(p.y)};
    made_.push_back(rings);
    return rings;
  }

 private:
  /// As a coordinate at the offset holds it.
  [[nodiscard]] double held(double local) const { return (offset_ + local) - offset_; }
  Point somewhere() { return settled({random_.in(-20, 20), random_.in(-20, 20)}); }
  [[nodiscard]] Point settled(Point p) const { return whole_ ? Point{std::round(p.x), std::round(p.y)} : p; }

  Rings fresh() {
    switch (random_.below(5)) {
      case 0: {  // a rectangle along the directions (4, 3) and (-3, 4): exact on whole metres
        Point const at = somewhere();
        double const u = 1 + static_cast<double>(random_.below(5)), v = 1 + static_cast<double>(random_.below(3));
        return {{at,
                 {at.x + 4 * u, at.y + 3 * u},
                 {at.x + 4 * u - 3 * v, at.y + 3 * u + 4 * v},
                 {at.x - 3 * v, at.y + 4 * v}}};
      }
      case 1: {  // a needle
        Point const a = somewhere(), b = somewhere();
        double const width = std::pow(10, random_.in(-9, 0));
        return {{a, b, {b.x + width, b.y + random_.in(0, width)}}};
      }
      default:
        return star_shape();
    }
  }
  Rings star_shape() {
    Point const centre = somewhere();
    double const radius = random_.in(3, 25);
    Rings out{star(random_, centre, radius, static_cast<int>(3 + random_.below(whole_ ? 9 : 40)))};
    if (random_.below(3) == 0) out.push_back(star(random_, centre, 0.3 * radius, 5));
    for (auto& ring : out)
      for (Point& p : ring) p = settled(p);
    return out;
  }

  Rings derived(Rings rings) {
    auto& ring = rings.front();
    std::size_t const n = ring.size(), i = random_.below(n);
    Point const a = ring[i], b = ring[(i + 1) % n];
    switch (random_.below(6)) {
      case 0:  // the same
        std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(i), ring.end());
        break;
      case 1: {  // moved a little, to make slivers
        double const by = std::pow(10, random_.in(-10, 0));
        for (auto& one : rings)
          for (Point& p : one) p = {p.x + by, p.y - by / 2};
        break;
      }
      case 2:  // another corner, all other edges shared
        ring[i] = settled({a.x + random_.in(-2, 2), a.y + random_.in(-2, 2)});
        break;
      case 3:  // one shared edge, from the other side or from the same
        return {{b, a, somewhere()}};
      case 4: {  // part of an edge shared
        Point const c{a.x + (b.x - a.x) / 4, a.y + (b.y - a.y) / 4};
        return {{b, c, somewhere()}};
      }
      default: {  // a corner on a corner, or on an edge as well as rounding allows
        Rings other = star_shape();
        double const at = random_.below(2) == 0 ? 0 : random_.in(0, 1);
        Point const from = other.front().front(), to{a.x + at * (b.x - a.x), a.y + at * (b.y - a.y)};
        for (auto& one : other)
          for (Point& p : one) p = {p.x + to.x - from.x, p.y + to.y - from.y};
        return other;
      }
    }
    return rings;
  }

  Random& random_;
  double offset_;
  bool whole_;
  std::vector<Rings> made_;
};

inline void append(GeometryColumn& column, Rings const& rings, Point by) {
  GeometryBuilder builder(column);
  for (auto const& ring : rings) {
    for (Point const p : ring) builder.vertex(p.x + by.x, p.y + by.y);
    builder.end_path();
  }
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
}

/// A layer at an offset with its twin: the same valid polygons at the origin, as columns and as GEOS has them.
struct Twins {
  Layer layer;          ///< at the offset
  GeometryColumn near;  ///< at the origin
  std::vector<geos::Geom> shapes;

  [[nodiscard]] std::size_t size() const { return layer.size(); }
  /// Adds rings given at the origin, unless GEOS finds them invalid.
  void add(geos::Context const& context, Rings const& rings, double offset) {
    GeometryColumn one;
    append(one, rings, {0, 0});
    auto shape = geos::to_geos(context, one, 0);
    if (!shape || GEOSisValid_r(context.get(), shape.get()) != 1) return;
    GeometryBuilder(near).copy_row(one, 0);
    append(layer.geometry, rings, {offset, offset});
    shapes.push_back(std::move(shape));
  }
  /// Gives the rows their ids.
  void end() {
    for (std::size_t row = 0; row < layer.geometry.size(); ++row) layer.id.push_back(std::to_string(row));
    layer.id_rank = rank_ids(layer.id);
  }
};

inline Twins awkward_twins(geos::Context const& context, AwkwardPolygons& polygons, double offset, std::size_t rows) {
  Twins out;
  for (std::size_t i = 0; i < rows; ++i) out.add(context, polygons.next(), offset);
  out.end();
  return out;
}

/// Distance from one double to the next at a coordinate.
inline double spacing(double coordinate) {
  return std::nextafter(std::abs(coordinate), std::numeric_limits<double>::infinity()) - std::abs(coordinate);
}

}  // namespace terrein::test
