#include <fmt/format.h>

#include "report/field_xml.hpp"
#include "report/template.hpp"
#include "terrein/report/style.hpp"

namespace terrein {
namespace {

/// A list of labels for codes, in its own order.
std::string list_widget(std::string const& column, std::vector<std::pair<std::string, std::string>> const& values) {
  std::string options;
  for (auto const& [code, label] : values)
    options += fmt::format("<Option type=\"Map\"><Option name=\"{}\" type=\"QString\" value=\"{}\"/></Option>",
                           xml_escape(label), xml_escape(code));
  return fmt::format(
      "\n  <field name=\"{}\"><editWidget type=\"ValueMap\"><config><Option type=\"Map\"><Option name=\"map\" "
      "type=\"List\">{}</Option></Option></config></editWidget></field>",
      xml_escape(column), options);
}

}  // namespace

std::string additions_qml(std::filesystem::path const& styles, OutputLayer const& layer,
                          std::vector<std::pair<std::string, std::string>> const& fields, Labels const& labels) {
  std::string const known = report::fields_xml(layer, labels);
  constexpr std::string_view start = "<fieldConfiguration>";
  return report::fill_file(
      styles, "additions.qml",
      {{"list", list_widget("field", fields)}, {"rest", known.substr(known.find(start) + start.size())}});
}

}  // namespace terrein
