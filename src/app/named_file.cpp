#include "named_file.hpp"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/redact.hpp"

namespace terrein {

NamedFile named_file(TomlTable& table, std::string_view key, StudyContext const& context) {
  NamedFile out;
  std::string const source = table.text_or(key, "");
  std::string const filled = fill_variables(source, table, key, context);
  if (filled.empty()) return out;
  out.raw = without_passwords(source);
  out.written = without_passwords(filled);
  out.path = resolve_path(filled, context);
  return out;
}

OpenedFile open_named_file(TomlTable& table, std::string_view key, std::string_view what, StudyContext const& context) {
  OpenedFile out{named_file(table, key, context), nullptr};
  if (out.file.path.empty()) return out;
  std::error_code absent;
  bool const is_file = std::filesystem::is_regular_file(out.file.path, absent);  // opening a pipe would wait for ever
  std::ifstream stream = is_file ? std::ifstream(out.file.path, std::ios::binary) : std::ifstream();
  if (!is_file || !stream) {
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
