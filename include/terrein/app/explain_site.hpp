#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "terrein/app/study.hpp"

namespace terrein {

/// Everything that a result says of one site or alternative, for people at a terminal; nothing when it holds no site
/// with this id. Throws `Error{input}` as `ResultFile` does.
[[nodiscard]] std::optional<std::string> explain_site(std::filesystem::path const& file, std::string const& id,
                                                      std::optional<Language> language, DataFolders const& data);

/// Why a candidate is in a site, or why not. Throws `Error{usage}` for a site or a candidate that the result does not
/// hold, and `Error{input}` as above.
[[nodiscard]] std::string explain_membership(std::filesystem::path const& file, std::string const& candidate,
                                             std::string const& site, std::optional<Language> language,
                                             DataFolders const& data);

}  // namespace terrein
