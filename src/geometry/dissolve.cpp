#include "geometry/geos.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {

GeometryColumn dissolve(GeometryColumn const& column) {
  geos::Context const context;
  std::vector<geos::Geom> shapes;
  for (std::size_t row = 0; row < column.size(); ++row) {
    if (column.kind[row] != GeometryKind::polygon) continue;
    shapes.push_back(geos::to_geos(context, column, row));
    if (!shapes.back()) throw_error(ErrorKind::geometry, "Row {} cannot be united: {}.", row + 1, context.last_error());
  }
  auto const all = geos::collect(context, shapes);
  auto const united = all ? geos::unite(context, all.get()) : nullptr;
  if (!united) throw_error(ErrorKind::geometry, "The polygons cannot be united: {}.", context.last_error());
  GeometryColumn out;
  geos::from_geos(context, united.get(), GeometryKind::polygon, out);
  return out;
}

}  // namespace terrein
