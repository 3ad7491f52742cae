#pragma once

#include <filesystem>
#include <string_view>

namespace terrein {

/// Writes a whole file. Throws `Error{output}` with the system's reason.
void write_bytes(std::filesystem::path const& path, std::string_view bytes);

/// Waits until the bytes of a file are on disk, so that a rename never shows a name without its content. Throws
/// `Error{output}` when the file is absent or the disk reports a fault.
void sync_to_disk(std::filesystem::path const& path);

}  // namespace terrein
