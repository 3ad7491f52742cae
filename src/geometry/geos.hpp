#pragma once
// Owners of GEOS handles and the ways between GEOS shapes and columns. Private to this room.

#include <geos_c.h>

#include <memory>
#include <string>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein::geos {

/// A GEOS context, one per worker; keeps the last message instead of printing it.
class Context {
 public:
  Context() : handle_(GEOS_init_r()) {
    GEOSContext_setErrorMessageHandler_r(
        handle_, [](char const* text, void* self) { static_cast<Context*>(self)->last_error_ = text; }, this);
  }
  ~Context() { GEOS_finish_r(handle_); }
  Context(Context const&) = delete;
  Context& operator=(Context const&) = delete;
  [[nodiscard]] GEOSContextHandle_t get() const noexcept { return handle_; }
  [[nodiscard]] std::string const& last_error() const noexcept { return last_error_; }

 private:
  GEOSContextHandle_t handle_;
  std::string last_error_;
};

struct Delete {
  GEOSContextHandle_t handle = nullptr;
  void operator()(GEOSGeometry* shape) const noexcept { GEOSGeom_destroy_r(handle, shape); }
};
/// A shape; null after a failed operation. Must not outlive its context.
using Geom = std::unique_ptr<GEOSGeometry, Delete>;

[[nodiscard]] inline Geom own(Context const& context, GEOSGeometry* shape) {
  return Geom(shape, Delete{context.get()});
}

/// Row `row` as a GEOS shape: single type with one part, multi-type with several, an empty polygon with none. Null
/// when GEOS refuses a ring (fewer than four vertices).
[[nodiscard]] Geom to_geos(Context const& context, GeometryColumn const& column, std::size_t row);
/// Appends the parts of one kind (point, line or polygon) of a shape as a row; parts of other kinds are dropped.
void from_geos(Context const& context, GEOSGeometry const* shape, GeometryKind kind, GeometryColumn& out);
/// Several shapes as one collection, which takes them over.
[[nodiscard]] Geom collect(Context const& context, std::vector<Geom>& shapes);
/// The polygons of a collection; other shapes as they are. Overlays take no collections of mixed kinds.
[[nodiscard]] Geom polygons_only(Context const& context, Geom shape);

[[nodiscard]] double area(Context const& context, GEOSGeometry const* shape);
[[nodiscard]] Box box(Context const& context, GEOSGeometry const* shape);

// Overlay of valid shapes in floating point; where GEOS gives up, again on finer to coarser absolute grids
// (1e-9 to 1e-6 m). Null when that fails too.
[[nodiscard]] Geom intersection(Context const& context, GEOSGeometry const* a, GEOSGeometry const* b);
[[nodiscard]] Geom difference(Context const& context, GEOSGeometry const* a, GEOSGeometry const* b);
[[nodiscard]] Geom unite(Context const& context, GEOSGeometry const* shapes);

}  // namespace terrein::geos
