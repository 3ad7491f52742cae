#include "report/style_parts.hpp"

#include "report/field_xml.hpp"

namespace terrein::report {

std::string label_case(std::string const& column, std::vector<std::pair<std::string, std::string>> const& labels) {
  if (labels.empty()) return column_ref(column);
  std::string text = "CASE";
  for (auto const& [code, label] : labels)
    text += " WHEN " + column_ref(column) + " = " + text_literal(code) + " THEN " + text_literal(label);
  return text + " ELSE " + column_ref(column) + " END";
}

std::string heading_expression(Table const& table) {
  std::string const column = naming_column(table);
  return column.empty() ? "''" : "coalesce(" + column_ref(column) + ", '')";
}

std::string labeling_xml(std::filesystem::path const& styles, Values values, Labeling const& labeling) {
  values["expression"] = labeling.expression;
  values["size"] = labeling.size;
  values["weight"] = labeling.weight;
  values["placement"] = labeling.placement;
  values["obstacle"] = labeling.obstacle;
  values["label_properties"] = labeling.properties;
  values["smallest_scale"] = labeling.smallest_scale;
  return fill_file(styles, "labeling.xml", values);
}

}  // namespace terrein::report
