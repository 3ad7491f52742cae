#pragma once

#include <string>
#include <string_view>

namespace terrein {

/// Outside quotes and comments TOML knows ASCII only. Smart quotes and accented bare words are the usual mistakes, and
/// the parser's own answer to them is undefined in some of its versions. Returns what is wrong with the line number
/// ("3: …"), or nothing.
[[nodiscard]] std::string fault_outside_quotes(std::string_view toml);

}  // namespace terrein
