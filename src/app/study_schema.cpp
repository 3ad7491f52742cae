#include "terrein/app/study_schema.hpp"

#include <nlohmann/json.hpp>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

Json empty_table() { return {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}}; }

/// An editor offers the values of an open list, and takes any other text.
Json text_schema(StudyKey const& key) {
  Json out{{"type", "string"}};
  if (key.values.empty()) return out;
  if (key.open) return {{"anyOf", Json::array({Json{{"type", "string"}, {"enum", key.values}}, out})}};
  out["enum"] = key.values;
  return out;
}

Json number_schema(std::string const& type, StudyKey const& key) {
  Json out{{"type", type}};
  if (key.least) out[key.above_least ? "exclusiveMinimum" : "minimum"] = *key.least;
  if (key.most) out["maximum"] = *key.most;
  return out;
}

Json type_schema(std::string const& type, StudyKey const& key) {
  if (type == "table") return empty_table();
  if (type == "boolean") return {{"type", type}};
  if (type == "number" || type == "integer") return number_schema(type, key);
  if (type == "date") return {{"type", "string"}, {"format", "date"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
  if (type == "numbers") return {{"type", "array"}, {"items", {{"type", "number"}}}};
  Json const text = text_schema(key);
  if (type == "text") return text;
  return {{"anyOf", Json::array({text, Json{{"type", "array"}, {"items", text}}})}};
}

Json key_schema(StudyKey const& key, Language language) {
  Json out;
  if (key.types.size() == 1) {
    out = type_schema(key.types.front(), key);
  } else {
    for (std::string const& type : key.types) out["anyOf"].push_back(type_schema(type, key));
  }
  std::string description = key.meaning(language);
  std::string const words = key.required() ? "" : key.default_words();
  if (!words.empty() && language == Language::en) description += " (default: " + words + ")";  // the Dutch one says it
  if (auto const json = key.default_json()) out["default"] = Json::parse(*json);
  out["description"] = description;
  return out;
}

/// Where the schema of a name in a table stands. Keys of layers, criteria, rules and models become names of columns.
Json& slot(Json& table, std::string const& name) {
  if (!is_chosen_name(name)) return table["properties"][name];
  return table["patternProperties"][name == "<key>" ? "^[a-z0-9_]+$" : "^"];
}

/// The table in a schema: itself, or the one of several types that is a table.
Json& as_table(Json& schema) {
  if (!schema.is_object()) schema = empty_table();
  if (!schema.contains("anyOf")) return schema;
  for (Json& one : schema["anyOf"])
    if (one["type"] == "object") return one;
  return schema;
}

}  // namespace

std::string study_schema(DataFolders const& data, Language language) {
  Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "terrein study"}};
  root.update(empty_table());
  for (StudyKey const& key : study_keys(data)) {
    Json* table = &root;
    if (!key.table.empty())
      for (std::string const& name : split(key.table, '.')) table = &as_table(slot(*table, name));
    slot(*table, key.key) = key_schema(key, language);
    if (key.required()) (*table)["required"].push_back(key.key);
  }
  return root.dump(1) + "\n";
}

}  // namespace terrein
