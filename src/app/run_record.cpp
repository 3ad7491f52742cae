#include "run_record.hpp"

#include <algorithm>

#include "change_layers.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/io/source_hash.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> connections_of(Study const& study) {
  std::vector<std::string> out;
  for (LayerConfig const& layer : study.layers) {
    out.push_back(layer.path);
    for (AddConfig const& added : layer.added) out.push_back(added.path);
  }
  for (auto const& [key, change] : keyed_changes(study)) out.push_back(change->path);
  out.push_back(study.additions.path);
  if (study.output.postgis) out.push_back(study.output.postgis->connection);
  std::erase_if(out,
                [](std::string const& path) { return !is_database(path) && path.find("://") == std::string::npos; });
  return out;
}

/// A variable may be a password, part of a connection, or all of it.
std::string redacted(std::string text, std::vector<std::string> const& connections) {
  for (std::string const& connection : connections) {
    auto const secrets = passwords_in(connection);
    if (std::find(secrets.begin(), secrets.end(), text) != secrets.end()) return "***";
    text = without_passwords_of(connection, std::move(text));
  }
  return is_database(text) || text.find("://") != std::string::npos ? without_passwords(text) : text;
}

}  // namespace

std::filesystem::path shipped_path(std::string const& kind, std::string const& name, DataFolders const& data) {
  if (kind == "model") return data.datasets / "defaults" / (name + ".csv");
  return kind == "styles" ? data.styles : data.datasets / name;
}

Json shipped_json(Study const& study, StudyLayers const& layers, DataFolders const& data) {
  Json out = Json::array();
  auto const add = [&](std::string const& kind, std::string const& name) {
    Json const one{
        {"kind", kind}, {"name", name}, {"sha256", source_hash(shipped_path(kind, name, data).string(), "")}};
    if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
  };
  for (ModelConfig const& model : study.models)
    if (!model.defaults.empty()) add("model", model.defaults);
  if (std::any_of(layers.reports.begin(), layers.reports.end(),
                  [](LayerReport const& report) { return report.driver == "OSM"; }))
    add("osm", "osm/osmconf.ini");
  add("labels", "labels.csv");
  add("styles", "styles");
  return out;
}

Json run_json(Study const& study) {
  auto const connections = connections_of(study);
  Json set = Json::array(), variables = Json::object();
  for (std::string const& one : study.overrides) {
    auto const equals = one.find('=') + 1;
    set.push_back(one.substr(0, equals) + redacted(one.substr(equals), connections));
  }
  for (auto const& [name, value] : study.variables)
    if (study.settings.find("${" + name + "}") != std::string::npos) variables[name] = redacted(value, connections);
  return {{"set", set}, {"variables", variables}};
}

}  // namespace terrein
