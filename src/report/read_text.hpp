#pragma once

#include <filesystem>
#include <string>

namespace terrein::report {

/// A whole file as text. Throws `Error{config}` when it cannot be read.
[[nodiscard]] std::string read_text(std::filesystem::path const& path);

}  // namespace terrein::report
