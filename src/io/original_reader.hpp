#pragma once

#include "io/number_check.hpp"
#include "io/source.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/io/original.hpp"

namespace terrein {

/// Keeps the features of a layer as GDAL delivers them.
class OriginalReader {
 public:
  OriginalReader(Source const& source, OGRLayerH layer, std::string const& path);
  /// Adds a row; the shape of the feature has x before y already.
  void push(OGRFeatureH feature);
  /// The rows, after the last one; tells of values that are not UTF-8 or no numbers.
  [[nodiscard]] OriginalRows finish(std::string const& layer_name, Issues& issues);

 private:
  void push_shape(OGRGeometryH shape);
  void push_value(OGRFeatureH feature, int field);
  void push_text(OGRFeatureH feature, int field, TextColumn& column);

  OriginalRows rows_;
  std::vector<OGRFieldType> types_;
  std::vector<std::size_t> recoded_;   ///< by field: rows whose text was not UTF-8
  std::vector<std::size_t> zoneless_;  ///< by field: dates with a time that are not in UTC
  MisplacedTexts misplaced_;
};

}  // namespace terrein
