#include "terrein/app/effective_settings.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "settings_book.hpp"
#include "study_parts.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;
using Texts = std::map<std::string, std::string>;

/// "${name}" replaced by its text; names that the study does not have stay.
std::string filled(std::string text, Texts const& variables) {
  for (auto const& [name, value] : variables) {
    std::string const mark = "${" + name + "}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
      text.replace(at, mark.size(), value);
  }
  return text;
}

/// Replaces the texts of a value.
template <class Change>
void change_texts(Json& value, Change const& change) {
  if (value.is_string()) value = change(value.get<std::string>());
  if (value.is_array())
    for (Json& one : value) change_texts(one, change);
}

/// What the file and the command line say, with variables filled in and secrets hidden.
class Written {
 public:
  explicit Written(TomlFile const& toml) : values_(toml.values()) {
    for (TomlValue const& value : values_) {
      Json const json = Json::parse(value.json);
      if (value.path.size() == 2 && value.path[0] == "variables")
        variables_[value.path[1]] = json.is_string() ? json.get<std::string>() : json.dump();
    }
  }

  void add_to(SettingsBook& book, std::string const& file) const {
    for (TomlValue const& value : values_) {
      Json json = Json::parse(value.json);
      if (is_path(value.path.back()))
        change_texts(json, [&](std::string const& text) { return filled(text, variables_); });
      change_texts(json, [](std::string const& text) { return without_passwords(text); });
      if (value.path[0] == "variables" && is_secret(value.path[1])) json = "***";
      book.add({value.path, json.dump(), "", value.line == 0 ? "--set" : file, value.line});
    }
  }

 private:
  [[nodiscard]] static bool is_path(std::string const& key) {
    static std::set<std::string, std::less<>> const paths{"source",  "layer",   "file",        "postgis",
                                                          "polygon", "weights", "weights_file"};
    return paths.contains(key);
  }

  /// A variable that a text puts where a secret stands: it vanishes when the secrets are hidden.
  [[nodiscard]] bool is_secret(std::string const& name) const {
    std::string const mark = "${" + name + "}", other = "terreinvariable";
    bool found = false;
    for (TomlValue const& value : values_) {
      Json json = Json::parse(value.json);
      change_texts(json, [&](std::string const& text) {
        Texts marked = variables_;
        marked[name] = other;
        found = found || (text.find(mark) != std::string::npos &&
                          without_passwords(filled(text, marked)).find(other) == std::string::npos);
        return text;
      });
    }
    return found;
  }

  std::vector<TomlValue> values_;
  Texts variables_;
};

/// Where a key of the study stands among those of its kind.
template <class Spec>
std::size_t place_in(std::vector<Spec> const& specs, std::string const& key) {
  auto const found = std::find_if(specs.begin(), specs.end(), [&key](Spec const& spec) { return spec.key == key; });
  return static_cast<std::size_t>(found - specs.begin());
}

std::size_t instance_of(Study const& study, SettingsBook::Path const& path) {
  if (path.size() < 2) return 0;
  if (path[0] == "layers") return place_in(study.layers, path[1]);
  if (path[0] == "criteria") return place_in(study.criteria, path[1]);
  if (path[0] == "reach") return place_in(study.reach, path[1]);
  if (path[0] == "rules") return place_in(study.rules, path[1]);
  return path[0] == "models" ? place_in(study.models, path[1]) : 0;
}

/// Where a setting stands: kind of table, layer or criterion or rule or model, table below it (those of one kind as
/// they came), key.
struct Place {
  std::size_t root, instance, kind, table, row, came;
  auto operator<=>(Place const&) const = default;
};

/// By kind of table, then as the layers, criteria, rules and models of the study stand, then as the table of keys.
std::vector<Setting> in_order(SettingsBook const& book, KeyTable const& keys, Study const& study) {
  std::map<SettingsBook::Path, std::size_t> tables;
  std::vector<std::pair<Place, Setting const*>> placed;
  for (Setting const& one : book.settings()) {
    SettingsBook::Path const table(one.path.begin(), one.path.end() - 1);
    std::size_t const came = placed.size(), row = keys.row_of(one.path);
    placed.push_back({{keys.row_of({one.path[0]}), instance_of(study, one.path), keys.first_row(row),
                       tables.emplace(table, came).first->second, row, came},
                      &one});
  }
  std::sort(placed.begin(), placed.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  std::vector<Setting> out;
  for (auto const& [place, setting] : placed) out.push_back(*setting);
  return out;
}

bool is_bare(std::string const& key) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  return !key.empty() && key.find_first_not_of(allowed) == std::string::npos;
}

std::string origin_text(Setting const& setting) {
  return setting.line == 0 ? setting.origin : fmt::format("{} line {}", setting.origin, setting.line);
}

}  // namespace

std::vector<Setting> effective_settings(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                                        DataFolders const& data) {
  TomlFile const toml(file, split_overrides(overrides));
  Problems problems;
  Study const study = read_study(toml, file, data, true, problems);
  problems.throw_if_any();
  KeyTable const keys(study_keys(data));
  SettingsBook book;
  Written(toml).add_to(book, file.filename().string());
  add_profile_settings(study, book);
  add_model_settings(study, data, book);
  add_default_settings(study, keys, data, book);
  return in_order(book, keys, study);
}

std::string dotted(std::vector<std::string> const& path) {
  std::vector<std::string> words;
  for (std::string const& key : path) words.push_back(is_bare(key) ? key : Json(key).dump());
  return join(words, ".");
}

std::string settings_text(std::vector<Setting> const& settings) {
  std::string out;
  for (Setting const& one : settings)
    out += fmt::format("{} = {}   # {}\n", dotted(one.path), one.json.empty() ? "(" + one.words + ")" : one.json,
                       origin_text(one));
  return out;
}

std::string settings_json(std::filesystem::path const& file, std::vector<Setting> const& settings) {
  Json all = Json::array();
  for (Setting const& one : settings) {
    Json json{{"setting", dotted(one.path)}};
    json["value"] = one.json.empty() ? Json(nullptr) : Json::parse(one.json);
    if (one.json.empty()) json["words"] = one.words;
    json["origin"] = one.origin;
    json["line"] = one.line == 0 ? Json(nullptr) : Json(one.line);
    all.push_back(json);
  }
  return Json{{"study", file.string()}, {"settings", all}}.dump(1) + "\n";
}

}  // namespace terrein
