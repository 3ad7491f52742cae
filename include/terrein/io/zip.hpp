#pragma once

#include <filesystem>
#include <string_view>

namespace terrein {

/// A zip archive with one deflated member and a fixed time stamp (1980-01-01), so that the same text gives the same
/// bytes; what a .qgz is. Throws `Error{output}`.
void write_zip(std::filesystem::path const& path, std::string_view member, std::string_view bytes);

}  // namespace terrein
