#pragma once

#include <string>
#include <string_view>

namespace terrein {

/// Outside quotes and comments TOML knows ASCII only. Smart quotes and accented bare words are the usual mistakes, and
/// the parser's own answer to them is undefined in some of its versions. Returns what is wrong with the line number
/// ("3: …"), or nothing.
[[nodiscard]] std::string fault_outside_quotes(std::string_view toml);

/// A text in double quotes, as a value of TOML.
[[nodiscard]] std::string toml_quoted(std::string_view text);
/// A key as TOML writes it: bare where it may be, else in quotes.
[[nodiscard]] std::string toml_key(std::string_view key);

}  // namespace terrein
