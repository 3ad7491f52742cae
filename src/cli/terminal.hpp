#pragma once

#include <string>

namespace terrein::cli {

/// Whether standard error is a terminal that understands orders (not TERM=dumb).
[[nodiscard]] bool lively_terminal();
/// "terrein: " before an error; red on a terminal, unless NO_COLOR is set to anything.
[[nodiscard]] std::string error_word();
/// Columns of the terminal behind standard error; 80 when it does not say.
[[nodiscard]] std::size_t terminal_width();

inline constexpr char const* erase_line = "\r\x1b[K";

}  // namespace terrein::cli
