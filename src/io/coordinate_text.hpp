#pragma once

#include <optional>
#include <string_view>

#include "terrein/geometry/box.hpp"

namespace terrein {

/// A coordinate as spreadsheets write it, with a point or a comma before the decimals. Nothing for any other text:
/// thousands separators, degrees and minutes, units, the shortened "1,5E+05" that a narrow column leaves. In metres
/// "150.000" may be 150 or a hundred and fifty thousand, and gives nothing as well.
[[nodiscard]] std::optional<double> parse_coordinate(std::string_view text, bool in_metres);

/// "5033N 00411E", degrees and minutes as UN/LOCODE writes them, as longitude and latitude. Nothing for any other
/// text, minutes above 59 among them.
[[nodiscard]] std::optional<Point> parse_unlocode_place(std::string_view text);

}  // namespace terrein
