#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "io/gdal.hpp"
#include "io/source.hpp"
#include "terrein/core/table.hpp"

namespace terrein {

/// Whether features of a GeoJSON file may name a CRS of their own, which GDAL only shows with its option NATIVE_DATA.
[[nodiscard]] bool may_name_crs_by_feature(std::string const& path);

/// Shapes of a GeoPackage whose header names another CRS than their layer, by feature id: GDAL does not look at it.
/// Headers that name none (0 and -1) are taken as the layer's.
using StrayIds = std::map<std::int64_t, std::string>;
[[nodiscard]] StrayIds stray_srs_ids(Source const& source, OGRLayerH layer);

/// Which CRS each shape of a layer says it has: GML, GeoJSON (in the shape or in its feature), GeoPackage and a text
/// table (SRID=31370;POINT(…)) may say one per shape.
class ShapeCrs {
 public:
  ShapeCrs(Source const& source, OGRLayerH layer);
  /// The column WKT of a text table, which `see` looks at; -1 for other sources.
  [[nodiscard]] int wkt_field() const noexcept { return wkt_field_; }
  /// One call per row; null shapes say nothing.
  void see(OGRFeatureH feature, OGRGeometryH shape);
  [[nodiscard]] std::size_t rows() const noexcept { return kind_.size(); }
  /// Only these rows count.
  void keep(std::vector<std::uint8_t> const& kept);
  /// Throws `Error{crs}` with the counts when the shapes say several CRS, or, without an override by the study, one
  /// that is not the layer's.
  void check(ReadOptions const& options, Crs const& layer_crs, Origin const& origin) const;

 private:
  struct Kind {
    std::string label;
    gdal::Srs srs;  ///< empty for labels of a GeoPackage, and for the layer's own
  };
  std::uint32_t row_kind(OGRFeatureH feature, OGRGeometryH shape);
  std::uint32_t kind_of(OGRSpatialReferenceH srs);
  std::uint32_t kind_of(std::string const& label);

  OGRSpatialReferenceH layer_srs_;
  StrayIds stray_;
  int wkt_field_ = -1;
  std::vector<Kind> kinds_;          ///< the first is the layer's own CRS, or none
  std::vector<std::uint32_t> kind_;  ///< one per row
};

/// A column of a table whose name can only mean the CRS of the row; empty when there is none.
[[nodiscard]] std::string crs_label_column(OGRLayerH layer);

/// Throws `Error{crs}` with the counts when the rows name several CRS in `column`. Blank labels do not count.
void check_one_label(Table const& table, std::string const& column, Origin const& origin);

}  // namespace terrein
