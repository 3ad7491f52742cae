#include "terrein/geometry/precedence.hpp"

#include <algorithm>

#include "geometry/geos.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 64;

/// One call of by_precedence.
struct Job {
  Layer const& layer;
  std::span<std::uint32_t const> order;
  SpatialIndex index;

  /// Rows that go before `row` and may lie on it, by id.
  [[nodiscard]] std::vector<std::uint32_t> before(Row row) const {
    std::vector<std::uint32_t> rows;
    index.query(layer.geometry.box[row], rows);
    std::erase_if(rows, [&](Row other) {
      return order[other] >= order[row] || layer.geometry.kind[other] != GeometryKind::polygon;
    });
    std::sort(rows.begin(), rows.end(), [&](Row a, Row b) { return layer.id_rank[a] < layer.id_rank[b]; });
    return rows;
  }
};

geos::Geom union_of(geos::Context const& context, GeometryColumn const& column,
                    std::vector<std::uint32_t> const& rows) {
  std::vector<geos::Geom> shapes;
  for (Row const row : rows) {
    shapes.push_back(geos::to_geos(context, column, row));
    if (!shapes.back()) return geos::own(context, nullptr);
  }
  auto const all = geos::collect(context, shapes);
  return all ? geos::unite(context, all.get()) : geos::own(context, nullptr);
}

/// What becomes of some rows that follow each other.
struct Part {
  GeometryColumn geometry;
  std::vector<double> lost_m2;
  std::vector<Row> failed;
};

void keep(Job const& job, geos::Context const& context, Row row, Part& out) {
  GeometryColumn const& column = job.layer.geometry;
  auto const rows = column.kind[row] == GeometryKind::polygon ? job.before(row) : std::vector<std::uint32_t>{};
  out.lost_m2.push_back(0);
  if (rows.empty()) return GeometryBuilder(out.geometry).copy_row(column, row);
  auto const own = geos::to_geos(context, column, row);
  auto const taken = union_of(context, column, rows);
  auto const left = own && taken ? geos::difference(context, own.get(), taken.get()) : nullptr;
  if (!left) {
    out.failed.push_back(row);
    return GeometryBuilder(out.geometry).end_row(GeometryKind::empty);
  }
  double const before = area(column, row), after = geos::area(context, left.get());
  double const noise = std::max(1e-9, 1e-12 * before);
  if (before - after <= noise) return GeometryBuilder(out.geometry).copy_row(column, row);
  out.lost_m2.back() = before - std::max(0.0, after);
  if (after <= noise) return GeometryBuilder(out.geometry).end_row(GeometryKind::empty);
  geos::from_geos(context, left.get(), GeometryKind::polygon, out.geometry);
}

}  // namespace

Precedence by_precedence(Layer const& layer, std::span<std::uint32_t const> order, unsigned workers) {
  if (order.size() != layer.size() || layer.id_rank.size() != layer.size())
    throw_error(ErrorKind::internal, "Layer '{}' has {} rows, {} orders and {} ranks.", layer.name, layer.size(),
                order.size(), layer.id_rank.size());
  Job const job{layer, order, SpatialIndex(layer.geometry.box)};
  std::vector<Part> parts((layer.size() + chunk - 1) / chunk);
  parallel_chunks(layer.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    for (std::size_t row = begin; row < end; ++row) keep(job, context, static_cast<Row>(row), parts[begin / chunk]);
  });
  Precedence out;
  GeometryBuilder builder(out.geometry);
  for (Part const& part : parts) {
    for (std::size_t row = 0; row < part.geometry.size(); ++row) builder.copy_row(part.geometry, row);
    out.lost_m2.insert(out.lost_m2.end(), part.lost_m2.begin(), part.lost_m2.end());
    out.failed.insert(out.failed.end(), part.failed.begin(), part.failed.end());
  }
  return out;
}

GeometryColumn common_area(GeometryColumn const& a, GeometryColumn const& b) {
  geos::Context const context;
  GeometryColumn const one = dissolve(a), other = dissolve(b);
  auto const left = geos::to_geos(context, one, 0), right = geos::to_geos(context, other, 0);
  auto const common = left && right ? geos::intersection(context, left.get(), right.get()) : nullptr;
  if (!common) throw_error(ErrorKind::geometry, "The common area cannot be computed: {}.", context.last_error());
  GeometryColumn out;
  geos::from_geos(context, common.get(), GeometryKind::polygon, out);
  return out;
}

}  // namespace terrein
