#pragma once

#include <string>

#include "io/gdal.hpp"

namespace terrein {

/// A field that is neither whole number nor real as text: dates as ISO 8601 (2026-01-31, 2026-01-31T12:00:00+01:00),
/// lists as JSON, bytes as hexadecimal digits. As GDAL gives it, which need not be UTF-8 for a text.
[[nodiscard]] std::string field_text(OGRFeatureH feature, int field, OGRFieldType type);

}  // namespace terrein
