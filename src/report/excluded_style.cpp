#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "report/field_xml.hpp"
#include "report/style_parts.hpp"
#include "report/template.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

namespace {

using namespace report;

/// Columns `rule_<key>` that fail together.
using Cause = std::vector<std::string>;

constexpr std::array<char const*, 6> angles{"45", "135", "90", "0", "22.5", "157.5"};
constexpr std::size_t longest_label = 46;       ///< characters that fit beside a symbol in the print layout
constexpr std::size_t most_rules_of_class = 2;  ///< more in one cause are "several": nobody reads a longer label

std::vector<std::string> rule_columns(Table const& table) {
  std::vector<std::string> columns;
  for (auto const& name : table.names())
    if (parts_of(name, {}).part == "rule") columns.push_back(name);
  return columns;
}

std::vector<Cause> causes_by_row(Table const& table, std::vector<std::string> const& columns) {
  std::vector<Cause> causes(table.rows());
  for (auto const& name : columns) {
    AnyColumn const& column = *table.find(name);
    for (std::size_t row = 0; row < table.rows(); ++row)
      if (text_at(column, row) == "fail") causes[row].push_back(name);
  }
  return causes;
}

/// What excludes the parcels of a layer.
struct Causes {
  std::vector<std::string> columns;  ///< all rules
  std::vector<Cause> common;         ///< causes with a class of their own, the most common first, equal counts by name
  bool others = false;               ///< rows beyond those with one or no failing rule
  bool several = false;              ///< rows beyond those with more failing rules
};

Causes causes_of(Table const& table) {
  Causes causes;
  causes.columns = rule_columns(table);
  auto const by_row = causes_by_row(table, causes.columns);
  std::map<Cause, std::size_t> count;
  for (auto const& cause : by_row)
    if (!cause.empty() && cause.size() <= most_rules_of_class) ++count[cause];
  for (auto const& [cause, n] : count) causes.common.push_back(cause);
  std::stable_sort(causes.common.begin(), causes.common.end(),
                   [&](auto const& a, auto const& b) { return count.at(a) > count.at(b); });
  causes.common.resize(std::min(causes.common.size(), angles.size()));
  std::set<Cause> const shown(causes.common.begin(), causes.common.end());
  for (auto const& cause : by_row) {
    if (shown.contains(cause)) continue;
    (cause.size() > 1 ? causes.several : causes.others) = true;
  }
  causes.others = causes.others || count.empty();
  return causes;
}

/// True for the rows where exactly the rules of `cause` fail; those come first, so that most rows are decided at once.
std::string exactly(Cause const& cause, std::vector<std::string> const& columns) {
  std::string filter;
  for (auto const& column : cause) filter += (filter.empty() ? "" : " AND ") + column_ref(column) + " = 'fail'";
  for (auto const& column : columns)
    if (std::find(cause.begin(), cause.end(), column) == cause.end())
      filter += " AND coalesce(" + column_ref(column) + ", '') <> 'fail'";
  return filter;
}

/// True for the rows where at least two rules fail.
std::string at_least_two(std::vector<std::string> const& columns) {
  std::string sum;
  for (auto const& column : columns)
    sum += (sum.empty() ? "" : " + ") + ("if(" + column_ref(column) + " = 'fail', 1, 0)");
  return sum + " > 1";
}

/// At most `most` characters of UTF-8, the last one an ellipsis where something was cut off: legends have one line.
std::string shortened(std::string const& text, std::size_t most) {
  std::size_t characters = 0, keep = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    if (++characters == most) keep = i;
  }
  return characters <= most ? text : text.substr(0, keep) + "…";
}

/// The rule as a person knows it: what stands behind "Regel: " in the alias of its column.
std::string cause_label(Cause const& cause, OutputLayer const& layer, Labels const& labels) {
  std::vector<std::string> names;
  for (auto const& column : cause) {
    std::string const alias = alias_of(layer, column);
    auto const colon = alias.find(": ");
    names.push_back(colon == std::string::npos ? rule_label(parts_of(column, {}).key, labels)
                                               : alias.substr(colon + 2));
  }
  return shortened(join(names, " + "), longest_label);
}

/// The rules and symbols of the renderer while they grow.
struct Classes {
  std::filesystem::path const& styles;
  Values values;
  std::string rules, symbols;
  std::size_t count = 0;

  void add(std::string const& symbol_file, std::string const& filter, std::string const& label) {
    values["index"] = std::to_string(count++);
    values["filter"] = filter;
    values["label"] = label;
    rules += fill_file(styles, "each_cause_rule.xml", values);
    symbols += fill_file(styles, symbol_file, values);
  }
};

void add_classes(Classes& classes, OutputLayer const& layer, Labels const& labels) {
  Causes const causes = causes_of(layer.table);
  for (auto const& cause : causes.common) {
    classes.values["line"] = classes.values.at("cause_" + std::to_string(classes.count + 1));
    classes.values["angle"] = angles.at(classes.count);
    classes.add("each_cause_symbol.xml", exactly(cause, causes.columns), cause_label(cause, layer, labels));
  }
  if (causes.several)
    classes.add("each_several_symbol.xml", causes.others ? at_least_two(causes.columns) : "ELSE",
                labels.get("legend", "several_causes"));
  if (!causes.others) return;
  classes.values["line"] = classes.values.at("cause_other");
  classes.values["angle"] = "45";
  classes.add("each_cause_symbol.xml", "ELSE", labels.get("legend", "other_cause"));
}

std::string causes_expression(OutputLayer const& layer) {
  if (layer.table.find("excluded_by") == nullptr) return "''";
  return "replace(coalesce(" + column_ref("excluded_by") + ", ''), ';', '<br/>')";
}

}  // namespace

std::string excluded_qml(std::filesystem::path const& styles, OutputLayer const& layer, Labels const& labels) {
  Values values = template_values(styles, labels);
  Classes classes{styles, values, {}, {}, 0};
  add_classes(classes, layer, labels);
  values["rules"] = classes.rules;
  values["symbols"] = classes.symbols;
  values["fields"] = fields_xml(layer, labels);
  values["map_tip"] = fill_file(styles, "tip_excluded.html",
                                {{"heading", heading_expression(layer.table)},
                                 {"tip_excluded_by", labels.get("tip", "excluded_by")},
                                 {"causes", causes_expression(layer)}});
  return fill_file(styles, "excluded.qml", values);
}

}  // namespace terrein
