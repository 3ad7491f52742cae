#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "terrein/app/verify_run.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;
using Comparison = RepeatedRun::Comparison;

void append_item(VerifiedItem const& item, std::string& out) {
  out += fmt::format("  {:<10} {} {}", to_string(item.state), item.kind, item.name);
  if (item.state != VerifyState::same && !item.place.empty()) out += " (" + item.place + ")";
  out += item.note.empty() ? "\n" : ": " + item.note + "\n";
  if (item.state != VerifyState::changed) return;
  out += "             was " + item.then + "\n             is  " + item.now + "\n";
}

std::string row_text(TableComparison const& table, std::string const& id) {
  return (table.key == "rowid" ? "row " : table.key + " ") + id;
}

/// The columns of a table with the largest difference first.
void append_columns(TableComparison const& table, std::string& out) {
  for (ColumnDifference const& column : table.columns) {
    if (column.rows > 0)
      out += fmt::format("    {}: {} of {} rows differ", column.column, column.rows, table.rows);
    else
      out += fmt::format("    {}: within the tolerance", column.column);
    if (column.largest > 0) out += fmt::format(", the largest difference is {}", shortest(column.largest));
    out += fmt::format(" ({}: {}, repeated {})\n", row_text(table, column.id), column.first, column.second);
  }
}

void append_table(TableComparison const& table, std::string& out) {
  if (!table.in_first || !table.in_second) {
    out += fmt::format("  {:<10} table {}: only in the {}\n", "changed", table.table,
                       table.in_first ? "result" : "repeated run");
    return;
  }
  out += fmt::format("  {:<10} table {}: {} rows by {}\n", table.same() ? "same" : "changed", table.table, table.rows,
                     table.key == "rowid" ? "number" : table.key);
  for (std::string const& column : table.columns_only_first) out += "    " + column + ": only in the result\n";
  for (std::string const& column : table.columns_only_second) out += "    " + column + ": only in the repeated run\n";
  if (table.only_first > 0)
    out += fmt::format("    {} rows only in the result ({})\n", table.only_first, row_text(table, table.example_first));
  if (table.only_second > 0)
    out += fmt::format("    {} rows only in the repeated run ({})\n", table.only_second,
                       row_text(table, table.example_second));
  append_columns(table, out);
}

void append_repeated(VerifyReport const& report, std::string& out) {
  RepeatedRun const& repeated = report.repeated;
  out += "\nrepeated run\n";
  if (repeated.comparison == Comparison::none) {
    out += "  " + repeated.why + "\n";
    return;
  }
  if (repeated.comparison == Comparison::bytes)
    out += "  bytes compared: " + repeated.why + "\n";
  else
    out += "  bytes not compared: " + repeated.why + "\n";
  for (VerifiedItem const& item : repeated.files) append_item(item, out);
  if (!repeated.values_compared) return;
  out += fmt::format("  values of the GeoPackage compared: relative {}, absolute {}; whole numbers and texts exactly\n",
                     shortest(report.tolerance.relative), shortest(report.tolerance.absolute));
  for (TableComparison const& table : repeated.tables) append_table(table, out);
}

std::string verdict(VerifyReport const& report) {
  switch (report.exit_code()) {
    case 0:
      if (report.inputs_only) return "the inputs are those of the run";
      return report.repeated.comparison == Comparison::bytes
                 ? "the same: inputs, outputs, and every byte of the repeated run"
                 : "the same: inputs, outputs, and the values of the repeated run within the tolerance";
    case 3:
      return "inputs changed or are missing";
    default:
      return report.repeated.comparison == Comparison::none ? "not verified" : "the outputs differ";
  }
}

Json item_json(VerifiedItem const& item) {
  Json out{{"kind", item.kind},
           {"name", item.name},
           {"place", item.place},
           {"state", to_string(item.state)},
           {"sha256", item.then},
           {"now", item.now},
           {"changes_values", item.changes_values}};
  if (!item.note.empty()) out["note"] = item.note;
  return out;
}

Json items_json(std::vector<VerifiedItem> const& items) {
  Json out = Json::array();
  for (VerifiedItem const& item : items) out.push_back(item_json(item));
  return out;
}

Json table_json(TableComparison const& table) {
  Json out{{"table", table.table},
           {"same", table.same()},
           {"in_result", table.in_first},
           {"in_repeated", table.in_second},
           {"key", table.key},
           {"rows", table.rows},
           {"only_in_result", table.only_first},
           {"only_in_repeated", table.only_second},
           {"columns_only_in_result", table.columns_only_first},
           {"columns_only_in_repeated", table.columns_only_second},
           {"columns", Json::array()}};
  for (ColumnDifference const& column : table.columns)
    out["columns"].push_back({{"column", column.column},
                              {"rows", column.rows},
                              {"largest", column.largest},
                              {"id", column.id},
                              {"result", column.first},
                              {"repeated", column.second}});
  return out;
}

}  // namespace

std::string to_text(VerifyReport const& report) {
  std::string out = report.manifest.string() + ": " + report.title + "\n\ninputs\n";
  for (VerifiedItem const& item : report.inputs) append_item(item, out);
  if (!report.inputs_only) {
    out += "\noutputs\n";
    for (VerifiedItem const& item : report.outputs) append_item(item, out);
    append_repeated(report, out);
  }
  return out + "\n" + verdict(report) + "\n";
}

std::string to_json(VerifyReport const& report) {
  Json out{{"manifest", report.manifest.string()},
           {"title", report.title},
           {"verdict", verdict(report)},
           {"exit_code", report.exit_code()},
           {"inputs", items_json(report.inputs)}};
  if (!report.inputs_only) {
    RepeatedRun const& repeated = report.repeated;
    constexpr char const* words[] = {"none", "bytes", "values"};
    out["outputs"] = items_json(report.outputs);
    out["repeated"] = {
        {"comparison", words[static_cast<int>(repeated.comparison)]},
        {"why", repeated.why},
        {"same", repeated.same()},
        {"files", items_json(repeated.files)},
        {"values_compared", repeated.values_compared},
        {"tolerance", {{"relative", report.tolerance.relative}, {"absolute", report.tolerance.absolute}}},
        {"tables", Json::array()}};
    for (TableComparison const& table : repeated.tables) out["repeated"]["tables"].push_back(table_json(table));
  }
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace terrein
