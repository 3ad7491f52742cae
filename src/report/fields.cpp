#include "terrein/report/fields.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "report/field_xml.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

namespace {

using report::ColumnName;

/// "truck_min" → "Truck min".
std::string in_words(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return report::with_capital(std::move(text));
}

/// For the middle of a sentence: "Aandeel bos" → "aandeel bos", but "HAG" and "CEMT-klasse" stay.
std::string without_capital(std::string text) {
  bool const word = text.size() > 1 && text[1] >= 'a' && text[1] <= 'z';
  if (word && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string insert(std::string pattern, std::string const& text) {
  auto const at = pattern.find("{}");
  return at == std::string::npos ? pattern + ' ' + text : pattern.replace(at, 2, text);
}

std::string model_column_label(ColumnName const& name, bool only_model, Labels const& labels) {
  std::string const what =
      name.part == "v" ? insert(labels.get("prefix", "v"), without_capital(report::criterion_label(name.key, labels)))
                       : labels.get("suffix", name.part);
  if (only_model) return report::with_capital(what);
  return (labels.has("model", name.model) ? labels.get("model", name.model) : in_words(name.model)) + ": " + what;
}

std::string plain_label(std::string const& column, Labels const& labels) {
  return labels.has("column", column) ? labels.get("column", column) : in_words(column);
}

std::string label_of(ColumnName const& name, std::string const& column, bool only_model, Labels const& labels) {
  if (!name.model.empty()) return model_column_label(name, only_model, labels);
  if (name.part.empty() || labels.has("column", column)) return plain_label(column, labels);
  bool const of_rule = name.part == "rule" || name.part == "m";
  return insert(labels.get("prefix", name.part),
                of_rule ? report::rule_label(name.key, labels) : report::criterion_label(name.key, labels));
}

std::string domain_of(ColumnName const& name, std::string const& column) {
  if (name.part == "rule") return "rule_result";
  if (name.part == "outcome") return "outcome";
  return column == "severity" ? "severity" : "";
}

}  // namespace

std::vector<std::string> models_of(Table const& table) {
  static constexpr std::string_view ending = "_outcome";
  std::vector<std::string> models;
  for (auto const& name : table.names()) {
    if (!name.ends_with(ending) || name.size() == ending.size()) continue;
    std::string model = name.substr(0, name.size() - ending.size());
    if (table.find(model + "_score") != nullptr) models.push_back(std::move(model));
  }
  return models;
}

std::string column_label(Table const& table, std::string const& column, Labels const& labels) {
  auto const models = models_of(table);
  return label_of(report::parts_of(column, models), column, models.size() == 1, labels);
}

std::map<std::string, FieldNote> field_notes(Table const& table, Labels const& labels) {
  auto const models = models_of(table);
  std::map<std::string, FieldNote> notes;
  std::set<std::string> taken;
  for (auto const& column : table.names()) {
    ColumnName const name = report::parts_of(column, models);
    FieldNote note;
    note.alias = label_of(name, column, models.size() == 1, labels);
    if (!taken.insert(note.alias).second) taken.insert(note.alias += " [" + column + "]");
    for (std::string const kind : {"suffix_note", "prefix_note"})
      if (note.description.empty() && labels.has(kind, name.part)) note.description = labels.get(kind, name.part);
    note.domain = domain_of(name, column);
    notes.emplace(column, std::move(note));
  }
  return notes;
}

std::vector<Domain> result_domains(Labels const& labels) {
  std::vector<Domain> domains;
  for (auto const& [name, codes] : report::domain_codes()) {
    Domain domain{name, {}};
    for (auto const& code : codes) domain.values.emplace_back(code, labels.get(name, code));
    domains.push_back(std::move(domain));
  }
  return domains;
}

namespace report {

std::string with_capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

ColumnName parts_of(std::string_view column, std::vector<std::string> const& models) {
  static const std::set<std::string, std::less<>> suffixes{"score",   "low",       "high",     "completeness",
                                                           "rank",    "outcome",   "duties",   "net_m2",
                                                           "p_top_k", "stability", "rank_p05", "rank_p95"};
  std::string best;
  for (auto const& model : models)
    if (model.size() > best.size() && column.starts_with(model + "_")) best = model;
  if (!best.empty()) {
    std::string rest(column.substr(best.size() + 1));
    if (suffixes.contains(rest)) return {best, rest, ""};
    if (rest.starts_with("v_")) return {best, "v", rest.substr(2)};
  }
  for (std::string_view const prefix : {"val_", "by_", "rule_", "m_"})
    if (column.size() > prefix.size() && column.starts_with(prefix))
      return {"", std::string(prefix.substr(0, prefix.size() - 1)), std::string(column.substr(prefix.size()))};
  return {};
}

std::string criterion_label(std::string const& key, Labels const& labels) {
  for (std::string const kind : {"criterion", "column"})
    if (labels.has(kind, key)) return labels.get(kind, key);
  return in_words(key);
}

std::string rule_label(std::string const& key, Labels const& labels) {
  return labels.has("rule", key) ? labels.get("rule", key) : criterion_label(key, labels);
}

std::vector<std::pair<std::string, std::vector<std::string>>> const& domain_codes() {
  static std::vector<std::pair<std::string, std::vector<std::string>>> const codes{
      {"rule_result", {"pass", "condition", "fail", "unknown"}},
      {"outcome", {"voldoet", "onder voorwaarden", "voldoet niet", "onbekend"}},
      {"severity", {"note", "warning", "error"}}};
  return codes;
}

}  // namespace report
}  // namespace terrein
