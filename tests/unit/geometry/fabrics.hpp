#pragma once

#include <geos_c.h>

#include <numeric>
#include <set>
#include <utility>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/layer.hpp"
#include "unit/geometry/shapes.hpp"

// Random layers of parcels that overlap, nest, touch and leave gaps.
namespace terrein::test {

using Cells = std::set<std::pair<int, int>>;

inline Geos::Shape square(Geos const& geos, int x, int y) {
  return geos.own(GEOSGeom_createRectangle_r(geos.handle(), x, y, x + 1, y + 1));
}

inline Geos::Shape union_of(Geos const& geos, std::vector<Geos::Shape> shapes) {
  std::vector<GEOSGeometry*> raw;
  for (auto& shape : shapes) raw.push_back(shape.release());
  auto const all = geos.own(GEOSGeom_createCollection_r(geos.handle(), GEOS_GEOMETRYCOLLECTION, raw.data(),
                                                        static_cast<unsigned>(raw.size())));
  return geos.own(GEOSUnaryUnion_r(geos.handle(), all.get()));
}

inline Geos::Shape shape_of(Geos const& geos, Cells const& cells) {
  std::vector<Geos::Shape> squares;
  for (auto const& [x, y] : cells) squares.push_back(square(geos, x, y));
  return union_of(geos, std::move(squares));
}

inline std::vector<unsigned char> wkb(Geos const& geos, Geos::Shape const& shape) {
  std::size_t size = 0;
  unsigned char* const bytes = GEOSGeomToWKB_buf_r(geos.handle(), shape.get(), &size);
  std::vector<unsigned char> out(bytes, bytes + size);
  GEOSFree_r(geos.handle(), bytes);
  return out;
}

/// Parcels of random cells, in one or more pieces, with holes, that overlap, nest and leave gaps.
struct CellFabric {
  std::vector<Cells> cells;
  Layer layer;
};

inline CellFabric cell_fabric(Random& random, Geos const& geos, int side, std::size_t parcels, std::size_t most_cells) {
  CellFabric out;
  out.layer = layer_of({});
  for (std::size_t i = 0; i < parcels; ++i) {
    Cells cells;
    int x = static_cast<int>(random.below(static_cast<std::size_t>(side)));
    int y = static_cast<int>(random.below(static_cast<std::size_t>(side)));
    for (std::size_t n = 1 + random.below(most_cells); n > 0; --n) {
      cells.insert({x, y});
      bool const jump = random.below(12) == 0;
      int const step = random.below(2) == 0 ? 1 : -1;
      (random.below(2) == 0 ? x : y) += jump ? 2 * step : step;
    }
    REQUIRE(append_wkb(out.layer.geometry, wkb(geos, shape_of(geos, cells))));
    out.layer.id.push_back(std::to_string(i + 1));
    out.cells.push_back(std::move(cells));
  }
  out.layer.id_rank = rank_ids(out.layer.id);
  return out;
}

/// Triangles and quadrilaterals on a small grid of whole coordinates: corners on edges, edges on edges, crossings.
inline Layer corner_fabric(Random& random, Geos const& geos, std::size_t parcels) {
  Layer out = layer_of({});
  while (out.id.size() < parcels) {
    std::vector<Point> ring;
    for (std::size_t n = 3 + random.below(3); n > 0; --n)
      ring.push_back({static_cast<double>(random.below(7)), static_cast<double>(random.below(7))});
    GeometryColumn one;
    append_wkt(one, "POLYGON(" + ring_text(ring) + ")");
    auto const shape = geos.row(one, 0);
    if (!shape || GEOSisValid_r(geos.handle(), shape.get()) != 1 || geos.area(shape) == 0) continue;
    GeometryBuilder(out.geometry).copy_row(one, 0);
    out.id.push_back(std::to_string(out.id.size() + 1));
  }
  out.id_rank = rank_ids(out.id);
  return out;
}

/// The same rows in another order.
inline Layer shuffled(Random& random, Layer const& layer) {
  std::vector<Row> order(layer.size());
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return take(layer, order);
}

}  // namespace terrein::test
