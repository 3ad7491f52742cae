#pragma once

#include <map>
#include <string>

#include "terrein/core/issues.hpp"
#include "terrein/core/table.hpp"
#include "terrein/geometry/geometry_column.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// The layer `issues`: a row per issue, with its place where that is known in the study's CRS. Without any place it is
/// a table: QGIS cannot show a layer without extent.
struct IssuesTable {
  GeometryColumn places;
  Table table;
  std::map<std::string, FieldNote> fields;
};
[[nodiscard]] IssuesTable issues_table(Issues const& issues, Labels const& labels);

}  // namespace terrein
