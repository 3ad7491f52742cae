#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "study_parts.hpp"
#include "terrein/app/study.hpp"
#include "toml_table.hpp"

namespace terrein {

/// A TOML file that a study names, read once so that its hash and its content are of the same bytes.
struct OpenedFile {
  NamedFile file;
  std::unique_ptr<TomlFile> toml;  ///< null where the key is absent, or the file cannot be read: a problem by now
};

/// What a key that names a file says of it, without opening it. Variables are filled in, and a relative file is taken
/// from the folder of the study.
[[nodiscard]] NamedFile named_file(TomlTable& table, std::string_view key, StudyContext const& context);
/// Opens the file that `key` names; `what` is what it should be, as in "the file of weights".
[[nodiscard]] OpenedFile open_named_file(TomlTable& table, std::string_view key, std::string_view what,
                                         StudyContext const& context);

/// The files of scenarios that have one, with the key that names them: "scenarios.bridge.file".
[[nodiscard]] std::vector<std::pair<std::string, NamedFile const*>> scenario_files(Study const& study);

}  // namespace terrein
