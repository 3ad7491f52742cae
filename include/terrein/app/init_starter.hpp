#pragma once

#include <filesystem>
#include <vector>

#include "terrein/app/study.hpp"

namespace terrein {

/// Writes a starter into `folder`, which is made when it is absent: `study.toml` with every usual setting explained and
/// most switched off, `study.schema.json` for editors, a page that says what to do first, and an empty folder `data`.
/// Gives the files in that order. All of them appear or none. Throws `Error{output}` when one exists already, unless
/// `overwrite`, or cannot be written.
std::vector<std::filesystem::path> init_starter(std::filesystem::path const& folder, Language language, bool overwrite,
                                                DataFolders const& data);

}  // namespace terrein
