#pragma once

#include <filesystem>
#include <string>

namespace terrein {

/// A whole file that comes with terrein (tables, styles, templates), as text. Throws `Error{config}` when it cannot be
/// read.
[[nodiscard]] std::string read_data_file(std::filesystem::path const& path);

}  // namespace terrein
