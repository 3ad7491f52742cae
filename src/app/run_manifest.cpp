#include "run_manifest.hpp"

#include <fstream>
#include <sstream>

#include "change_layers.hpp"
#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/redact.hpp"
#include "toml_text.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Json read_manifest(fs::path const& file) {
  std::error_code absent;
  if (!fs::is_regular_file(file, absent))
    throw_error(ErrorKind::input, "There is no manifest '{}'. Name the file that ends in .gpkg.run.json.",
                file.string());
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) throw_error(ErrorKind::input, "The manifest '{}' cannot be read. Check your rights.", file.string());
  Json out = Json::parse(text.str(), nullptr, false);
  bool const is_manifest = out.is_object() && out.contains("manifest_version") && out.contains("layers") &&
                           out.contains("outputs") && out["layers"].is_array() && out["outputs"].is_array();
  if (!is_manifest)
    throw_error(ErrorKind::input,
                "'{}' is no manifest of a run. Name the file that terrein run wrote beside the result, which ends in "
                ".gpkg.run.json.",
                file.string());
  return out;
}

}  // namespace

std::string without_hidden_passwords(std::string connection) {
  for (std::string const hidden : {" sslpassword='***'", " sslpassword=***", " password='***'", " password=***",
                                   "password=*** ", "password='***' ", ":***"})
    if (auto const at = connection.find(hidden); at != std::string::npos) connection.erase(at, hidden.size());
  return connection;
}

RunManifest::RunManifest(fs::path const& file, std::optional<fs::path> base)
    : file_(fs::absolute(file)), json_(read_manifest(file)) {
  folder_then_ = fs::path(text("study_path")).parent_path();
  folder_now_ = base ? fs::absolute(*base).lexically_normal() : folder_then_;
  if (base && !fs::is_directory(*base))
    throw_error(ErrorKind::usage, "--base '{}' is no folder. Name the one in which the study and its inputs lie now.",
                base->string());
}

std::string RunManifest::text(std::string const& key) const {
  auto const it = json_.find(key);
  return it != json_.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

fs::path RunManifest::study_file() const { return folder_now_ / fs::path(text("study_path")).filename(); }

fs::path RunManifest::beside(std::string const& written) const {
  return file_.parent_path() / fs::path(written).filename();
}

fs::path RunManifest::package() const {
  std::string const name = file_.filename().string();
  constexpr std::string_view ending = ".run.json";
  return name.ends_with(ending) ? file_.parent_path() / name.substr(0, name.size() - ending.size())
                                : beside(json_["outputs"].at(0).value("path", "result.gpkg"));
}

std::string RunManifest::moved(std::string const& path) const {
  if (folder_now_ == folder_then_ || !fs::path(path).is_absolute()) return path;
  fs::path const inside = fs::path(path).lexically_relative(folder_then_);
  // A source beside the folder ("../data") keeps its place relative to it when that is where it is found now.
  if (inside.empty()) return path;
  fs::path const now = (folder_now_ / inside).lexically_normal();
  std::error_code absent;
  return *inside.begin() != ".." || fs::exists(now, absent) ? now.string() : path;
}

Study RunManifest::study(fs::path const& output, std::vector<std::string> const& set, DataFolders const& data) const {
  auto const run = json_.find("run");
  if (run == json_.end() || !run->is_object() || text("settings").empty())
    throw_error(ErrorKind::input,
                "The manifest '{}' was made by an earlier terrein and does not hold what is needed to run again. Make "
                "the result again from its study.",
                file_.string());
  std::string toml = text("settings") + "\n[variables]\n";
  Json const variables = run->value("variables", Json::object());
  for (auto const& [name, value] : variables.items())
    toml += toml_key(name) + " = " + toml_quoted(value.get<std::string>()) + "\n";
  std::vector<std::string> overrides = set;
  overrides.push_back("output.file=" + toml_quoted(fs::absolute(output).string()));
  Study out = study_of_text(toml, study_file(), overrides, data);
  for (LayerConfig& layer : out.layers) {
    layer.path = moved(layer.path);
    if (is_database(layer.path)) layer.path = without_hidden_passwords(layer.path);
    for (AddConfig& added : layer.added) {
      added.path = moved(added.path);
      if (is_database(added.path)) added.path = without_hidden_passwords(added.path);
    }
  }
  for (LayerChange* change : all_changes(out)) {
    change->path = moved(change->path);
    if (is_database(change->path)) change->path = without_hidden_passwords(change->path);
  }
  out.additions.path = moved(out.additions.path);
  if (is_database(out.additions.path)) out.additions.path = without_hidden_passwords(out.additions.path);
  out.overrides = run->value("set", std::vector<std::string>{});
  out.overrides.insert(out.overrides.end(), set.begin(), set.end());
  out.file_sha256 = text("study_sha256");
  out.time = text("time");
  if (auto const who = audience(text("audience"))) out.output.audience = *who;
  return out;
}

}  // namespace terrein
