#include "named_file.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/redact.hpp"

namespace terrein {

OpenedFile open_named_file(TomlTable& table, std::string_view key, std::string_view what, StudyContext const& context) {
  OpenedFile out;
  std::string const source = table.text_or(key, "");
  std::string const filled = fill_variables(source, table, key, context);
  if (filled.empty()) return out;
  out.file.raw = without_passwords(source);
  out.file.written = without_passwords(filled);
  out.file.path = resolve_path(filled, context);
  std::error_code absent;
  std::ifstream stream(out.file.path, std::ios::binary);
  if (!std::filesystem::is_regular_file(out.file.path, absent) || !stream) {
    table.problem(key, fmt::format("{} '{}' cannot be opened; name a .toml file, relative to the folder of the study.",
                                   what, without_passwords(out.file.path)));
    return out;
  }
  std::ostringstream text;
  text << stream.rdbuf();
  out.file.sha256 = sha256(text.str());
  try {
    out.toml =
        std::make_unique<TomlFile>(text.str(), out.file.path, std::vector<std::pair<std::string, std::string>>{});
  } catch (Error const& error) {
    table.problem(key, error.what());
  }
  return out;
}

std::vector<std::pair<std::string, NamedFile const*>> scenario_files(Study const& study) {
  std::vector<std::pair<std::string, NamedFile const*>> out;
  for (ScenarioSpec const& one : study.scenarios)
    if (!one.file.path.empty()) out.emplace_back("scenarios." + one.key + ".file", &one.file);
  return out;
}

}  // namespace terrein
