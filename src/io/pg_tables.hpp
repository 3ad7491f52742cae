#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "io/pg.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/io/postgis.hpp"

namespace terrein::pg {

inline constexpr char const* geometry_column = "geom";

/// Names as PostgreSQL takes them: at most 63 bytes with no character cut in half, none twice, none of `taken`.
/// In the order of `wanted`; a name that fits stays as it is.
[[nodiscard]] std::vector<std::string> fitting_names(std::vector<std::string> const& wanted,
                                                     std::vector<std::string> const& taken);
/// The same for the attributes of a table, whose key, shape and system columns have names of their own.
[[nodiscard]] std::vector<std::string> column_names(Table const& table);

/// How a table of the result comes to stand in the database.
struct NewTable {
  OutputLayer const* layer = nullptr;  ///< while it is written
  std::string name;                    ///< in the end
  std::string temporary;               ///< until then
  std::vector<std::string> columns;    ///< of the attributes
  bool spatial = false;
};

/// The table with its rows, its index and its comments, under its temporary name. The comment of the table ends with
/// `mark`. Throws `Error{output}`; `Error{crs}` for a coordinate system that the database does not know.
PostgisResult::TableFacts write_table(Connection const& connection, std::string const& schema, NewTable const& table,
                                      std::string_view mark);

/// Puts the styles of the tables into `layer_styles` where QGIS looks for it, and gives its "schema.table". Styles that
/// terrein stored for this schema before are replaced, those of people stay.
[[nodiscard]] std::string write_styles(Connection const& connection, std::string const& schema,
                                       std::vector<NewTable> const& tables, std::string const& time);

/// A style with the names of columns as they are in the database.
[[nodiscard]] std::string renamed_columns(std::string qml, OutputLayer const& layer,
                                          std::vector<std::string> const& columns);

}  // namespace terrein::pg
