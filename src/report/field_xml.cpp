#include "report/field_xml.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/template.hpp"
#include "terrein/report/fields.hpp"
#include "terrein/report/style.hpp"

namespace terrein::report {

namespace {

/// The editor widget that shows labels instead of codes.
std::string value_map(std::string const& column, std::string const& domain, Labels const& labels) {
  std::string options;
  for (auto const& [name, codes] : domain_codes()) {
    if (name != domain) continue;
    for (auto const& code : codes)
      options += fmt::format("<Option type=\"Map\"><Option name=\"{}\" type=\"QString\" value=\"{}\"/></Option>",
                             xml_escape(labels.get(name, code)), xml_escape(code));
  }
  return fmt::format(
      "\n  <field name=\"{}\"><editWidget type=\"ValueMap\"><config><Option type=\"Map\"><Option name=\"map\" "
      "type=\"List\">{}</Option></Option></config></editWidget></field>",
      xml_escape(column), options);
}

}  // namespace

std::string naming_column(Table const& table) {
  for (char const* const name : {"name", "naam", "site_id", "capakey", "CAPAKEY", "id", "feature_id", "code"})
    if (table.find(name) != nullptr) return name_of(*table.find(name));
  return {};
}

std::string alias_of(OutputLayer const& layer, std::string const& column) {
  auto const note = layer.fields.find(column);
  return note == layer.fields.end() ? std::string() : note->second.alias;
}

std::string fields_xml(OutputLayer const& layer, Labels const& labels) {
  std::string widgets, aliases;
  std::size_t index = 0;
  for (auto const& [column, note] : field_notes(layer.table, labels)) {
    if (!note.domain.empty()) widgets += value_map(column, note.domain, labels);
    std::string const given = alias_of(layer, column);
    std::string const& alias = given.empty() ? note.alias : given;
    aliases += fmt::format("\n  <alias field=\"{}\" index=\"{}\" name=\"{}\"/>", xml_escape(column), index++,
                           xml_escape(alias));
  }
  std::string const naming = naming_column(layer.table);
  std::string xml =
      "<fieldConfiguration>" + widgets + "\n </fieldConfiguration>\n <aliases>" + aliases + "\n </aliases>";
  if (!naming.empty()) xml += "\n <previewExpression>" + xml_escape(column_ref(naming)) + "</previewExpression>";
  return xml;
}

}  // namespace terrein::report
