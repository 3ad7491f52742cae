#pragma once

#include "app/layer_steps.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/app/profile.hpp"

namespace terrein::test {

/// The shipped profiles, and no other.
inline Profiles const& shipped_profiles() {
  static Profiles const profiles = load_profiles({std::filesystem::path(TERREIN_SOURCE_DIR) / "datasets" / "profiles"});
  return profiles;
}

/// A GeoJSON file of rows with the same made-up shape, for readers that only look at attributes.
inline void write_rows(std::filesystem::path const& file, std::string const& shape, nlohmann::json const& rows) {
  nlohmann::json geometry;
  if (shape == "polygon")
    geometry = nlohmann::json::parse(
        R"({"type":"Polygon","coordinates":[[[3.7,51],[3.701,51],[3.701,51.001],[3.7,51.001],[3.7,51]]]})");
  else if (shape == "line")
    geometry = nlohmann::json::parse(R"({"type":"LineString","coordinates":[[3.7,51],[3.701,51]]})");
  else
    geometry = nlohmann::json::parse(R"({"type":"Point","coordinates":[3.7,51]})");
  nlohmann::json features = nlohmann::json::array();
  for (auto const& row : rows) features.push_back({{"type", "Feature"}, {"properties", row}, {"geometry", geometry}});
  write_file(file, nlohmann::json{{"type", "FeatureCollection"}, {"features", features}}.dump());
}

/// A table of texts with a header, as spreadsheets write it.
inline void write_csv(std::filesystem::path const& file, nlohmann::json const& rows) {
  std::string text;
  auto const line = [&text](std::vector<std::string> const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "\"" : ",\"") + cells[i] + "\"";
    text += "\n";
  };
  std::vector<std::string> header;
  for (auto const& [name, value] : rows.at(0).items()) header.push_back(name);
  line(header);
  for (auto const& row : rows) {
    std::vector<std::string> cells;
    for (std::string const& name : header) {
      auto const cell = row.value(name, nlohmann::json());
      cells.push_back(cell.is_null() ? "" : cell.is_string() ? cell.get<std::string>() : cell.dump());
    }
    line(cells);
  }
  write_file(file, text);
}

/// One layer read as a study would that names the profile for it.
struct ReadByProfile {
  LayerConfig config;  ///< with its attributes settled
  Layer layer;
  Issues issues;
  std::vector<std::string> classes;  ///< per row, "-" = not known, "?" = not known and told as listed nowhere (the
                                     ///< first five of a value); empty = the profile has no classes
};

inline ReadByProfile read_by_profile(std::string const& key, std::filesystem::path const& file,
                                     std::string const& layer = {}) {
  auto const& profile = shipped_profiles().at(key);
  Study study;
  LayerConfig config = profile->defaults;
  config.key = "it";
  config.profile = profile;
  config.written = config.path = file.string();
  config.layer = layer.empty() ? describe_source(config.path, config.path).layers.at(0).name : layer;
  study.layers.push_back(config);
  study = with_profiles(study);
  ReadByProfile out;
  out.config = study.layers.front();
  out.layer = read_layer(read_options(study, out.config), out.issues).layer;
  if (out.config.classes.field.empty()) return out;
  TextColumn const classes = map_classes(out.config, out.layer, out.issues);
  for (std::size_t row = 0; row < classes.size(); ++row) out.classes.emplace_back(classes.at(row).value_or("-"));
  for (UnlistedValue const& value : map_classes(out.config.classes, out.layer.attributes).unlisted)
    for (Row const row : value.examples)
      if (out.classes[row] == "-") out.classes[row] = "?";
  return out;
}

/// How often each class comes.
inline std::map<std::string, int> counts(std::vector<std::string> const& classes) {
  std::map<std::string, int> out;
  for (std::string const& one : classes) ++out[one];
  return out;
}

}  // namespace terrein::test
