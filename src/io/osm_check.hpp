#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "io/gdal.hpp"
#include "io/osm_references.hpp"
#include "terrein/core/column.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// The table given to `use_osm_config`. Throws `Error{config}` when there is none.
[[nodiscard]] std::string osm_config();

/// Makes the driver keep only the features of one layer: all five come from one pass through the file, and those of
/// the others would pile up in memory.
void read_only_layer(GDALDatasetH dataset, std::string const& layer);

/// Compares what GDAL gives of an OSM layer with what the file holds, and tells of what is missing: nothing of it is
/// silent.
class OsmCheck {
 public:
  explicit OsmCheck(OGRLayerH layer);
  void push(OGRFeatureH feature);
  /// "way/123" for an area of a way, which has no `osm_id` of its own.
  [[nodiscard]] std::optional<std::string> way_id(OGRFeatureH feature) const;
  /// Adds issues of rows, with their rows, and of the layer (`no_row`). `ids` and `shapes` are those of the rows.
  void finish(std::string const& path, std::string const& layer_name, std::vector<std::string> const& ids,
              GeometryColumn const& shapes, Issues& issues, std::vector<Row>& rows) const;

 private:
  /// An object of the file.
  struct Source {
    bool relation;
    std::int64_t id;
    friend auto operator<=>(Source const&, Source const&) = default;
  };
  [[nodiscard]] std::optional<std::int64_t> number(OGRFeatureH feature, int field) const;

  enum class Kind { points, lines, multilinestrings, multipolygons, other_relations } kind_;
  int osm_id_, osm_way_id_;
  std::vector<Source> source_;  ///< by row
};

}  // namespace terrein
