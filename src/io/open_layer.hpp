#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/pg_source.hpp"
#include "io/source.hpp"
#include "io/table_points.hpp"
#include "terrein/core/row_filter.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {

/// What is read: a layer of a data set, or the rows of a table in a database.
struct OpenedLayer {
  Source source;
  std::unique_ptr<pg::TableReader> table;  ///< of a database
  OGRLayerH layer = nullptr;
  std::optional<TablePoints> points;  ///< the columns with the coordinates of a table without shapes
  std::string labels;                 ///< the column of a table whose values name the CRS of its rows; empty = none
  std::vector<std::string> hidden;    ///< fields that only reading looks at: those of the filter, and `labels`
};

/// Opens the layer that the options mean, adds the hidden fields to them and what the names of columns tell of their
/// CRS, and notes driver, layer and table in `result`. Throws `Error{input}`, `Error{crs}`.
[[nodiscard]] OpenedLayer open_layer(ReadOptions& options, RowFilter const& filter, Origin const& origin,
                                     ReadResult& result);

}  // namespace terrein
