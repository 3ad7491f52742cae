#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace terrein {

/// SHA-256 as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);
/// SHA-256 of a file. Throws `Error{input}` when it cannot be read.
[[nodiscard]] std::string sha256_of_file(std::filesystem::path const& path);

}  // namespace terrein
