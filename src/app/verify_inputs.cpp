#include <algorithm>

#include "additions.hpp"
#include "change_layers.hpp"
#include "layer_steps.hpp"
#include "run_manifest.hpp"
#include "run_record.hpp"
#include "study_parts.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/io/source_hash.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string text_in(Json const& json, char const* key) { return json.value(key, std::string{}); }

/// Looks at the inputs of one manifest.
class InputVerifier {
 public:
  InputVerifier(RunManifest const& manifest, DataFolders const& data) : manifest_(manifest), data_(data) {}

  std::vector<VerifiedItem> verify() {
    add_study();
    for (Json const& layer : manifest_.json()["layers"]) add_layer(layer);
    if (auto const it = manifest_.json().find("changes"); it != manifest_.json().end())
      for (Json const& change : *it) add_change(change);
    if (auto const it = manifest_.json().find("additions"); it != manifest_.json().end()) add_additions(*it);
    for (auto const& [key, what] : {std::pair{"weights_files", "weights"}, {"scenario_files", "scenario"}})
      if (auto const it = manifest_.json().find(key); it != manifest_.json().end())
        for (Json const& one : *it) add_named_file(one, what);
    for (auto const& [key, hash] : profiles_) add_profile(key, hash);
    if (auto const it = manifest_.json().find("shipped"); it != manifest_.json().end())
      for (Json const& one : *it) add_shipped(one);
    return std::move(out_);
  }

 private:
  void add_study() {
    fs::path const file = manifest_.study_file();
    std::string const then = manifest_.text("study_sha256");
    if (then.empty()) return;  // made before manifests said so
    VerifiedItem item = verified({"study", file.filename().string(), file.string(), then, "", {}, true, ""}, [&file] {
      std::error_code absent;
      return fs::exists(file, absent) ? sha256_of_file(file) : std::string{};
    });
    if (item.state == VerifyState::missing) {
      item.changes_values = false;
      item.note = "the manifest holds its settings";
    } else if (item.state == VerifyState::changed) {
      item.changes_values = !says_the_same(file);
      item.note = item.changes_values ? "it says something else now; the settings of the manifest are used"
                                      : "it still says the same";
    }
    out_.push_back(std::move(item));
  }

  /// Whether the study with the settings of the command line then has the settings and variables of the manifest.
  [[nodiscard]] bool says_the_same(fs::path const& file) const {
    try {
      Json const& run = manifest_.json().at("run");
      Problems problems;
      Study study = read_study(file, run.at("set").get<std::vector<std::string>>(), data_, problems);
      return problems.texts().empty() && study.settings == manifest_.text("settings") &&
             Json::parse(run_json(study).dump()) == run;
    } catch (std::exception const&) {  // no TOML any more
      return false;
    }
  }

  [[nodiscard]] std::string path_of(std::string const& key) const {
    auto const paths = manifest_.json().find("paths");
    return paths == manifest_.json().end() ? std::string{} : manifest_.moved(text_in(*paths, key.c_str()));
  }

  void add_layer(Json const& layer) {
    std::string const key = text_in(layer, "key"), then = text_in(layer, "sha256");
    if (auto const profile = layer.find("profile"); profile != layer.end())
      profiles_.emplace(text_in(*profile, "key"), text_in(*profile, "sha256"));
    if (!then.empty()) {
      std::string const path = path_of(key), driver = text_in(layer, "driver");
      bool const raster = layer.contains("raster");
      out_.push_back(verified({"layer", key, path, then, "", {}, true, ""}, [&]() -> std::string {
        if (is_database(path)) return content_of_layer(key);
        return raster ? raster_source_hash(path) : source_hash(path, driver);
      }));
    }
    if (auto const added = layer.find("added"); added != layer.end())
      for (Json const& table : *added) add_table(key, table);
  }

  void add_table(std::string const& layer, Json const& table) {
    std::string const name = text_in(table, "name"), key = layer + "." + name, path = path_of(key);
    out_.push_back(verified({"table", key, path, text_in(table, "sha256"), "", {}, true, ""}, [&] {
      return is_database(path) ? content_of_table(layer, name) : source_hash(path, text_in(table, "driver"));
    }));
  }

  void add_change(Json const& change) {
    std::string const key = text_in(change, "key"), then = text_in(change, "sha256"), path = path_of(key);
    if (then.empty()) return;  // nothing joins the layer
    out_.push_back(verified({"table", key, path, then, "", {}, true, ""}, [&] {
      return is_database(path) ? content_of_change(key) : source_hash(path, text_in(change, "driver"));
    }));
  }

  void add_additions(Json const& table) {
    std::string const then = text_in(table, "sha256"), path = path_of("additions");
    if (then.empty()) return;  // a form without rows is not read
    VerifiedItem item = verified({"additions", "additions", path, then, "", {}, true, ""}, [&] {
      return is_database(path) ? content_of_additions(path) : source_hash(path, text_in(table, "driver"));
    });
    std::error_code absent;
    if (item.state == VerifyState::changed && fs::equivalent(path, manifest_.package(), absent))
      item.note = "it was read from the result that the run replaced; what that file was then is gone";
    out_.push_back(std::move(item));
  }

  void add_named_file(Json const& one, char const* what) {
    std::string const key = text_in(one, "key"), path = path_of(key);
    VerifiedItem item = verified({what, key, path, text_in(one, "sha256"), "", {}, true, ""}, [&path] {
      std::error_code absent;
      return fs::exists(path, absent) ? sha256_of_file(path) : std::string{};
    });
    if (item.kind == "scenario" && item.state == VerifyState::missing) {
      item.changes_values = false;
      item.note = "the manifest holds what it said";
    } else if (item.kind == "scenario" && item.state == VerifyState::changed) {
      item.note = "what it said in the run is used";
    }
    out_.push_back(std::move(item));
  }

  void add_profile(std::string const& key, std::string const& then) {
    std::string place;
    VerifiedItem item = verified({"profile", key, "", then, "", {}, true, ""}, [&]() -> std::string {
      if (!known_profiles_)
        known_profiles_ = load_profiles(profile_folders(manifest_.study_file().parent_path(), data_));
      auto const it = known_profiles_->find(key);
      if (it == known_profiles_->end()) return {};
      place = it->second->file.string();
      return sha256_of_file(place);
    });
    item.place = place;
    out_.push_back(std::move(item));
  }

  void add_shipped(Json const& one) {
    std::string const kind = text_in(one, "kind"), name = text_in(one, "name");
    fs::path const place = shipped_path(kind, name, data_);
    bool const looks = kind == "labels" || kind == "styles";
    VerifiedItem item = verified({kind, name, place.string(), text_in(one, "sha256"), "", {}, !looks, ""},
                                 [&place] { return source_hash(place.string(), ""); });
    if (looks && item.state != VerifyState::same) item.note = "changes how a result looks and reads, no value";
    out_.push_back(std::move(item));
  }

  /// The study with which tables of databases are read.
  Study const& study() {
    if (!study_) study_ = with_profiles(with_snapshots(manifest_.study(manifest_.package(), {}, data_)));
    return *study_;
  }

  LayerConfig const& config_of(std::string const& key) {
    LayerConfig const* const config = study().find_layer(key);
    if (config == nullptr) throw_error(ErrorKind::input, "The study has no layer '{}'.", key);
    return *config;
  }

  std::string content_of_layer(std::string const& key) {
    Issues ignored;  // the run told of them
    return read_layer(read_options(study(), config_of(key)), ignored).sha256;
  }

  std::string content_of_table(std::string const& layer, std::string const& name) {
    LayerConfig config = config_of(layer);
    std::erase_if(config.added, [&name](AddConfig const& added) { return added.name != name; });
    Issues ignored;
    auto const tables = read_added(config, ignored);
    return tables.empty() ? std::string{} : tables.front().sha256;
  }

  std::string content_of_change(std::string const& key) {
    Issues ignored;
    for (auto const& [name, change] : keyed_changes(study()))
      if (name == key) return read_layer(joining_options(study(), config_of(change->layer), *change), ignored).sha256;
    return {};
  }

  std::string content_of_additions(std::string const& path) {
    return read_filled_rows(without_hidden_passwords(path), path, study().additions.layer).sha256;
  }

  RunManifest const& manifest_;
  DataFolders const& data_;
  std::map<std::string, std::string> profiles_;  ///< hash then, by key
  std::optional<Profiles> known_profiles_;
  std::optional<Study> study_;
  std::vector<VerifiedItem> out_;
};

}  // namespace

std::string_view to_string(VerifyState state) {
  switch (state) {
    case VerifyState::same:
      return "same";
    case VerifyState::changed:
      return "changed";
    case VerifyState::missing:
      return "missing";
    case VerifyState::unreadable:
      return "unreadable";
  }
  return "unreadable";
}

VerifiedItem verified(VerifiedItem item, std::function<std::string()> const& hash) {
  try {
    item.now = hash();
    item.state =
        item.now == item.then ? VerifyState::same : (item.now.empty() ? VerifyState::missing : VerifyState::changed);
  } catch (Error const& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    item.state = VerifyState::unreadable;
    item.note = without_passwords(error.what());
  } catch (fs::filesystem_error const& error) {
    item.state = VerifyState::unreadable;
    item.note = error.what();
  }
  return item;
}

std::vector<VerifiedItem> verify_inputs(RunManifest const& manifest, DataFolders const& data) {
  return InputVerifier(manifest, data).verify();
}

bool inputs_differ(std::vector<VerifiedItem> const& inputs) {
  return std::any_of(inputs.begin(), inputs.end(),
                     [](VerifiedItem const& item) { return item.changes_values && item.state != VerifyState::same; });
}

std::vector<VerifiedItem> verify_outputs(RunManifest const& manifest) {
  std::vector<VerifiedItem> out;
  for (Json const& one : manifest.json()["outputs"]) {
    fs::path const path = manifest.beside(text_in(one, "path"));
    out.push_back(verified(
        {"output", path.filename().string(), path.string(), text_in(one, "sha256"), "", {}, true, ""}, [&path] {
          return source_hash(path.string(), "");  // with the log of a program that has the GeoPackage open
        }));
  }
  auto const database = manifest.json().find("database");
  if (database == manifest.json().end()) return out;
  std::string const written = text_in(*database, "target"), schema = text_in(*database, "schema");
  PostgisTarget const target{without_hidden_passwords(written), written, schema};
  for (Json const& table : database->value("tables", Json::array())) {
    std::string const name = text_in(table, "name");
    out.push_back(verified({"database", schema + "." + name, written, text_in(table, "sha256"), "", {}, true, ""},
                           [&] { return postgis_table_hash(target, name); }));
  }
  return out;
}

}  // namespace terrein
