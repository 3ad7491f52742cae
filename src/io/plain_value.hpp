#pragma once

#include <sqlite3.h>

#include "io/gdal.hpp"
#include "terrein/core/column.hpp"

namespace terrein {

/// Adds the value in column `at` of the row to `column`, as GDAL reads a field of this type. False, with nothing added,
/// for a value that is not quite what the type promises.
[[nodiscard]] bool push_plain_value(sqlite3_stmt* row, int at, OGRFieldType type, OGRFieldSubType subtype,
                                    AnyColumn& column);

/// Whether GDAL knows fields of this type by values that `push_plain_value` takes.
[[nodiscard]] bool is_plain_type(OGRFieldType type);

}  // namespace terrein
