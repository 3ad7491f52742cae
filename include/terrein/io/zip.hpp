#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace terrein {

struct ZipMember {
  std::string name;  ///< with slashes; UTF-8
  std::string bytes;
};

/// A zip archive of deflated members in this order, at most 65,535, all with the time stamp 1980-01-01, so that the
/// same content gives the same bytes. Throws `Error{output}`.
void write_zip(std::filesystem::path const& path, std::vector<ZipMember> const& members);
/// A zip archive with one deflated member and a fixed time stamp (1980-01-01), so that the same text gives the same
/// bytes; what a .qgz is. Throws `Error{output}`.
void write_zip(std::filesystem::path const& path, std::string_view member, std::string_view bytes);

}  // namespace terrein
