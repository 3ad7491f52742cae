#include "terrein/app/study_schema.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "study_parts.hpp"
#include "terrein/core/csv.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 7> types{"text", "texts", "number", "numbers", "boolean", "date", "table"};

/// The values of a cell; "@measures" and "@models" stand for what there is.
std::vector<std::string> values_of(std::string const& cell, DataFolders const& data) {
  std::vector<std::string> out;
  for (std::string const& word : split(cell, '|')) {
    if (word == "@measures") {
      for (CriterionKind const& kind : criterion_kinds()) out.emplace_back(kind.name);
    } else if (word == "@models") {
      for (std::string const& name : shipped_models(data)) out.push_back(name);
    } else {
      out.push_back(word);
    }
  }
  return out;
}

bool is_chosen(std::string_view name) { return name.starts_with("<"); }

Json empty_table() { return {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}}; }

Json text_schema(StudyKey const& key) {
  Json out{{"type", "string"}};
  if (!key.values.empty()) out["enum"] = key.values;
  return out;
}

Json type_schema(std::string const& type, StudyKey const& key) {
  if (type == "table") return empty_table();
  if (type == "number" || type == "boolean") return {{"type", type}};
  if (type == "date") return {{"type", "string"}, {"format", "date"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
  if (type == "numbers") return {{"type", "array"}, {"items", {{"type", "number"}}}};
  Json const text = text_schema(key);
  if (type == "text") return text;
  return {{"anyOf", Json::array({text, Json{{"type", "array"}, {"items", text}}})}};
}

/// The default as a value of the type, null where it is said in words.
Json default_value(StudyKey const& key) {
  std::string const& type = key.types.front();
  if (type == "boolean" && (key.otherwise == "true" || key.otherwise == "false")) return key.otherwise == "true";
  if (type == "number")
    if (auto const number = parse_number(key.otherwise)) return *number;
  if (std::find(key.values.begin(), key.values.end(), key.otherwise) != key.values.end()) return key.otherwise;
  return nullptr;
}

Json key_schema(StudyKey const& key) {
  Json out;
  if (key.types.size() == 1) {
    out = type_schema(key.types.front(), key);
  } else {
    for (std::string const& type : key.types) out["anyOf"].push_back(type_schema(type, key));
  }
  Json const value = default_value(key);
  if (!value.is_null()) out["default"] = value;
  out["description"] =
      key.meaning + (key.otherwise.empty() || !value.is_null() ? "" : " (default: " + key.otherwise + ")");
  return out;
}

/// Where the schema of a name in a table stands.
Json& slot(Json& table, std::string const& name) {
  if (name == "<key>") table["propertyNames"] = {{"pattern", "^[a-z0-9_]+$"}};
  return is_chosen(name) ? table["additionalProperties"] : table["properties"][name];
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

std::vector<StudyKey> study_keys(DataFolders const& data) {
  CsvTable const csv = read_csv(data.datasets / "study-keys.csv");
  std::vector<StudyKey> out;
  for (std::size_t i = 0; i < csv.rows.size(); ++i) {
    auto const cell = [&](std::string_view column) { return csv.rows[i][csv.column(column)]; };
    out.push_back({cell("table"), cell("key"), split(cell("type"), '|'), values_of(cell("values"), data),
                   cell("default"), cell("meaning_en")});
    for (std::string const& type : out.back().types)
      if (std::find(types.begin(), types.end(), type) == types.end())
        throw_error(ErrorKind::config, "{}:{}: unknown type '{}'.{}", csv.file, csv.line[i], type,
                    suggestion(type, {types.begin(), types.end()}));
  }
  return out;
}

std::string study_schema(DataFolders const& data) {
  Json root{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "terrein study"}};
  root.update(empty_table());
  for (StudyKey const& key : study_keys(data)) {
    Json* table = &root;
    for (std::string const& name : split(key.table, '.')) table = &as_table(slot(*table, name));
    slot(*table, key.key) = key_schema(key);
  }
  return root.dump(1) + "\n";
}

}  // namespace terrein
