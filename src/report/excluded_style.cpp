#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "report/field_xml.hpp"
#include "report/style_parts.hpp"
#include "report/template.hpp"
#include "report/text_fit.hpp"
#include "terrein/core/text.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

namespace {

using namespace report;

/// Columns `rule_<key>` that fail together.
using Cause = std::vector<std::string>;

constexpr std::array<char const*, 6> angles{"45", "135", "90", "0", "22.5", "157.5"};
constexpr std::size_t longest_line = 44;        ///< characters that fit beside a symbol in the print layout
constexpr std::size_t most_rules_of_class = 2;  ///< more in one cause are "several": nobody reads a longer label

bool contains(std::vector<std::string> const& columns, std::string const& column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

std::vector<std::string> rule_columns(Table const& table) {
  std::vector<std::string> columns;
  for (auto const& name : table.names())
    if (parts_of(name, {}).part == "rule") columns.push_back(name);
  return columns;
}

std::vector<Cause> failing_by_row(Table const& table, std::vector<std::string> const& columns) {
  std::vector<Cause> failing(table.rows());
  for (auto const& name : columns) {
    AnyColumn const& column = *table.find(name);
    for (std::size_t row = 0; row < table.rows(); ++row)
      if (text_at(column, row) == "fail") failing[row].push_back(name);
  }
  return failing;
}

/// What excludes the parcels of a layer.
struct Causes {
  std::vector<std::string> telling;  ///< rules that tell one excluded parcel from another
  std::vector<std::string> usual;    ///< rules that nearly all fail: a cause only where no telling rule fails
  std::vector<Cause> common;         ///< causes with a class of their own, the most common first, equal counts by name
  bool others = false;               ///< rows beyond those with one or no failing rule
  bool several = false;              ///< rows beyond those with more failing rules
};

/// Rules that fail for more than nine rows in ten say nothing about a row, such as "not in the inventory" of
/// brownfields.
void sort_rules(Causes& causes, std::vector<std::string> const& columns, std::vector<Cause> const& failing) {
  std::map<std::string, std::size_t> count;
  for (auto const& row : failing)
    for (auto const& column : row) ++count[column];
  for (auto const& column : columns)
    (10 * count[column] > 9 * failing.size() ? causes.usual : causes.telling).push_back(column);
}

/// The telling ones of the rules that fail for a row, or all of them where none is telling.
Cause cause_of(Cause const& failing, Causes const& causes) {
  Cause cause;
  for (auto const& column : failing)
    if (contains(causes.telling, column)) cause.push_back(column);
  return cause.empty() ? failing : cause;
}

Causes causes_of(Table const& table) {
  Causes causes;
  auto const columns = rule_columns(table);
  auto by_row = failing_by_row(table, columns);
  sort_rules(causes, columns, by_row);
  for (auto& row : by_row) row = cause_of(row, causes);
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

/// True for the rows with exactly this cause; its rules come first, so that most rows are decided at once.
std::string exactly(Cause const& cause, Causes const& causes) {
  std::string filter;
  auto const none_of = [&](std::vector<std::string> const& columns) {
    for (auto const& column : columns)
      if (!contains(cause, column)) filter += " AND coalesce(" + column_ref(column) + ", '') <> 'fail'";
  };
  for (auto const& column : cause) filter += (filter.empty() ? "" : " AND ") + column_ref(column) + " = 'fail'";
  none_of(causes.telling);
  if (!contains(causes.telling, cause.front())) none_of(causes.usual);
  return filter;
}

std::string number_that_fail(std::vector<std::string> const& columns) {
  std::string sum;
  for (auto const& column : columns)
    sum += (sum.empty() ? "" : " + ") + ("if(" + column_ref(column) + " = 'fail', 1, 0)");
  return sum.empty() ? "0" : sum;
}

/// True for the rows whose cause is at least two rules, but not one with a class of its own.
std::string several(Causes const& causes) {
  std::string const telling = number_that_fail(causes.telling);
  std::string filter = telling + " > 1";
  if (causes.usual.size() > 1)
    filter = "(" + filter + " OR (" + telling + " = 0 AND " + number_that_fail(causes.usual) + " > 1))";
  for (auto const& cause : causes.common)
    if (cause.size() > 1) filter += " AND NOT coalesce(" + exactly(cause, causes) + ", false)";
  return filter;
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
  return wrapped(join(names, " + "), longest_line);
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
    classes.add("each_cause_symbol.xml", exactly(cause, causes), cause_label(cause, layer, labels));
  }
  if (causes.several)
    classes.add("each_several_symbol.xml", causes.others ? several(causes) : "ELSE",
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
