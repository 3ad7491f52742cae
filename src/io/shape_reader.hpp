#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/shape_crs.hpp"
#include "io/table_points.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Reads the shapes of features into a column.
class ShapeReader {
 public:
  ShapeReader(std::string layer_name, GeometryColumn& column, Issues& issues)
      : layer_name_(std::move(layer_name)), column_(column), issues_(issues) {}

  /// Rows get no shapes, whatever the source has.
  void set_wanted(bool wanted) noexcept { wanted_ = wanted; }
  /// The source gives y before x.
  void set_swapped(bool swapped) noexcept { swapped_ = swapped; }
  /// Rows are points at what their attributes say.
  void set_points(TablePoints const* points) noexcept { points_ = points; }
  /// The column WKT of a text table, or -1: GDAL takes a text that it cannot read for no shape at all.
  void set_wkt_field(int field) noexcept { wkt_field_ = field; }
  /// Is shown every shape.
  void set_crs_check(ShapeCrs* check) noexcept { check_ = check; }

  /// How far straight pieces may lie from the arc they stand for, in the units of the coordinates.
  void set_curve_tolerance(double units) noexcept { curve_tolerance_ = units; }
  /// Rows whose shapes have arcs, ascending.
  [[nodiscard]] std::vector<Row> const& curved_rows() const noexcept { return curved_rows_; }

  /// Adds a row. `fault` is what GDAL said about this feature, if anything.
  void push(OGRFeatureH feature, std::string const& id, std::string const& fault);

 private:
  void push_point(OGRFeatureH feature, std::string const& id);
  bool append(OGRGeometryH shape, WkbFacts& facts);
  void add_issue(std::string const& id, std::string code, std::string text);

  std::string layer_name_;
  GeometryColumn& column_;
  Issues& issues_;
  bool wanted_ = true, swapped_ = false;
  TablePoints const* points_ = nullptr;
  ShapeCrs* check_ = nullptr;
  int wkt_field_ = -1;
  std::vector<unsigned char> wkb_;
  double curve_tolerance_ = 0;
  std::vector<Row> curved_rows_;
};

}  // namespace terrein
