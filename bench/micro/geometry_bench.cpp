// The geometry kernels beside the GEOS call that each of them replaces.
#include <benchmark/benchmark.h>
#include <geos_c.h>

#include <cmath>
#include <numbers>
#include <random>

#include "geometry/quick_validity.hpp"
#include "geometry/signed_edges.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/nearest.hpp"
#include "terrein/geometry/packed_boxes.hpp"
#include "terrein/network/shortest_paths.hpp"

namespace {

using namespace terrein;

double uniform(std::mt19937_64& random, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

/// Stars of a size and a number of corners on a square of so many metres: parcels of 10 corners, plans of 50.
Layer stars(std::uint64_t seed, std::size_t rows, double size, int corners, double side) {
  std::mt19937_64 random(seed);
  Layer out;
  GeometryBuilder builder(out.geometry);
  for (std::size_t row = 0; row < rows; ++row) {
    double const x = 100000 + uniform(random, 0, side), y = 200000 + uniform(random, 0, side);
    for (int i = 0; i < corners; ++i) {
      double const angle = 2 * std::numbers::pi * i / corners, r = size * uniform(random, 0.5, 1);
      builder.vertex(x + r * std::cos(angle), y + r * std::sin(angle));
    }
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::polygon);
    out.id.push_back(std::to_string(row));
  }
  out.id_rank = rank_ids(out.id);
  return out;
}
Layer points(std::uint64_t seed, std::size_t rows, double side) {
  std::mt19937_64 random(seed);
  Layer out;
  GeometryBuilder builder(out.geometry);
  for (std::size_t row = 0; row < rows; ++row) {
    builder.vertex(100000 + uniform(random, 0, side), 200000 + uniform(random, 0, side));
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::point);
    out.id.push_back(std::to_string(row));
  }
  out.id_rank = rank_ids(out.id);
  return out;
}

/// Rows as GEOS shapes.
class Shapes {
 public:
  explicit Shapes(GeometryColumn const& column) : handle_(GEOS_init_r()) {
    for (std::size_t row = 0; row < column.size(); ++row) {
      auto const wkb = to_wkb(column, row);
      shapes_.push_back(GEOSGeomFromWKB_buf_r(handle_, wkb.data(), wkb.size()));
    }
  }
  ~Shapes() {
    for (GEOSGeometry* shape : shapes_) GEOSGeom_destroy_r(handle_, shape);
    GEOS_finish_r(handle_);
  }
  Shapes(Shapes const&) = delete;
  Shapes& operator=(Shapes const&) = delete;
  [[nodiscard]] GEOSContextHandle_t handle() const { return handle_; }
  [[nodiscard]] GEOSGeometry const* operator[](std::size_t row) const { return shapes_[row % shapes_.size()]; }

 private:
  GEOSContextHandle_t handle_;
  std::vector<GEOSGeometry*> shapes_;
};

constexpr std::size_t rows = 1000;

Layer const& parcels() {
  static Layer const layer = stars(1, rows, 20, 10, 10);
  return layer;
}
Layer const& plans() {
  static Layer const layer = stars(2, rows, 60, 50, 10);
  return layer;
}

void intersection_area(benchmark::State& state) {
  std::vector<SignedEdges> a(rows), b(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    set_edges(parcels().geometry, row, {99900, 199900}, a[row]);
    set_edges(plans().geometry, row, {99900, 199900}, b[row]);
  }
  std::size_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(common_area(a[row], b[row]));
    row = (row + 1) % rows;
  }
}
BENCHMARK(intersection_area);

void intersection_area_geos(benchmark::State& state) {
  Shapes const a(parcels().geometry), b(plans().geometry);
  std::size_t row = 0;
  for (auto _ : state) {
    GEOSGeometry* const common = GEOSIntersection_r(a.handle(), a[row], b[row]);
    double area = 0;
    GEOSArea_r(a.handle(), common, &area);
    benchmark::DoNotOptimize(area);
    GEOSGeom_destroy_r(a.handle(), common);
    ++row;
  }
}
BENCHMARK(intersection_area_geos);

void nearest_segment(benchmark::State& state) {
  static Layer const features = stars(3, 20000, 20, 10, 20000), probes = stars(4, rows, 20, 10, 20000);
  SegmentIndex const index(features);
  NearestSearch search(index);
  std::size_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(search.nearest(probes.geometry, row));
    row = (row + 1) % rows;
  }
}
BENCHMARK(nearest_segment);

void nearest_segment_geos(benchmark::State& state) {
  static Layer const features = stars(3, 20000, 20, 10, 20000), probes = stars(4, rows, 20, 10, 20000);
  Shapes const a(features.geometry), b(probes.geometry);
  GEOSSTRtree* const tree = GEOSSTRtree_create_r(a.handle(), 10);
  for (std::size_t i = 0; i < features.size(); ++i)
    GEOSSTRtree_insert_r(a.handle(), tree, a[i], const_cast<GEOSGeometry*>(a[i]));
  std::size_t row = 0;
  for (auto _ : state) {
    GEOSGeometry const* const near = GEOSSTRtree_nearest_r(a.handle(), tree, b[row]);
    double away = 0;
    GEOSDistance_r(a.handle(), near, b[row], &away);
    benchmark::DoNotOptimize(away);
    ++row;
  }
  GEOSSTRtree_destroy_r(a.handle(), tree);
}
BENCHMARK(nearest_segment_geos);

void points_within_radius(benchmark::State& state) {
  static Layer const features = points(5, 20000, 20000), probes = stars(4, rows, 20, 10, 20000);
  SegmentIndex const index(features);
  NearestSearch search(index);
  std::size_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(search.count_within(probes.geometry, row, 1000));
    row = (row + 1) % rows;
  }
}
BENCHMARK(points_within_radius);

void hull_and_width(benchmark::State& state) {
  HullMeter meter;
  std::size_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(meter.of(parcels().geometry, row));
    row = (row + 1) % rows;
  }
}
BENCHMARK(hull_and_width);

void hull_and_width_geos(benchmark::State& state) {
  Shapes const shapes(parcels().geometry);
  std::size_t row = 0;
  for (auto _ : state) {
    GEOSGeometry* const hull = GEOSConvexHull_r(shapes.handle(), shapes[row++]);
    GEOSGeometry* const strip = GEOSMinimumWidth_r(shapes.handle(), hull);
    double area = 0, width = 0;
    GEOSArea_r(shapes.handle(), hull, &area);
    GEOSLength_r(shapes.handle(), strip, &width);
    benchmark::DoNotOptimize(area + width);
    GEOSGeom_destroy_r(shapes.handle(), hull);
    GEOSGeom_destroy_r(shapes.handle(), strip);
  }
}
BENCHMARK(hull_and_width_geos);

void quick_validity(benchmark::State& state) {
  QuickValidity quick;
  std::size_t row = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(quick.is_surely_valid(parcels().geometry, row));
    row = (row + 1) % rows;
  }
}
BENCHMARK(quick_validity);

void quick_validity_geos(benchmark::State& state) {
  Shapes const shapes(parcels().geometry);
  std::size_t row = 0;
  for (auto _ : state) benchmark::DoNotOptimize(GEOSisValid_r(shapes.handle(), shapes[row++]));
}
BENCHMARK(quick_validity_geos);

/// Squares in a grid: every one has up to four neighbours.
void neighbours_of_parcels(benchmark::State& state) {
  static Layer const grid = [] {
    Layer out;
    GeometryBuilder builder(out.geometry);
    for (int i = 0; i < 10000; ++i) {
      double const x = 100000 + 30.0 * (i % 100), y = 200000 + 30.0 * (i / 100);
      for (auto const& [dx, dy] : {std::pair{0, 0}, {30, 0}, {30, 30}, {0, 30}}) builder.vertex(x + dx, y + dy);
      builder.end_path();
      builder.end_part();
      builder.end_row(GeometryKind::polygon);
      out.id.push_back(std::to_string(i));
    }
    out.id_rank = rank_ids(out.id);
    return out;
  }();
  for (auto _ : state) benchmark::DoNotOptimize(adjacency(grid, 1, 1e-6, 1));
  state.SetItemsProcessed(static_cast<std::int64_t>(grid.size()) * state.iterations());
}
BENCHMARK(neighbours_of_parcels)->Unit(benchmark::kMillisecond);

void packed_box_query(benchmark::State& state) {
  static Layer const features = stars(3, 100000, 20, 4, 20000);
  PackedBoxes const boxes(features.geometry.box);
  std::size_t row = 0, found = 0;
  for (auto _ : state) {
    boxes.query(features.geometry.box[row], [&](std::uint32_t) { ++found; });
    row = (row + 7919) % features.size();
  }
  benchmark::DoNotOptimize(found);
}
BENCHMARK(packed_box_query);

/// Two-way streets in a grid of 300 by 300 crossings, from ten of them at once.
void shortest_paths(benchmark::State& state) {
  constexpr std::uint32_t side = 300;
  std::mt19937_64 random(6);
  RoadGraph graph;
  graph.first_out.push_back(0);
  for (std::uint32_t node = 0; node < side * side; ++node) {
    graph.x.push_back(100.0 * (node % side));
    graph.y.push_back(100.0 * (node / side));
    auto const arc = [&](std::uint32_t head) {
      graph.head.push_back(head);
      graph.seconds.push_back(uniform(random, 5, 20));
      graph.length_m.push_back(100);
    };
    if (node % side > 0) arc(node - 1);
    if (node % side + 1 < side) arc(node + 1);
    if (node >= side) arc(node - side);
    if (node + side < side * side) arc(node + side);
    graph.first_out.push_back(static_cast<std::uint32_t>(graph.head.size()));
  }
  std::vector<Start> starts;
  for (std::uint32_t i = 0; i < 10; ++i) starts.push_back({i * 8999, 0, i});
  for (auto _ : state) benchmark::DoNotOptimize(shortest_seconds(graph, starts));
  state.SetItemsProcessed(static_cast<std::int64_t>(graph.nodes()) * state.iterations());
}
BENCHMARK(shortest_paths)->Unit(benchmark::kMillisecond);

}  // namespace
