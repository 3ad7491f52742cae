#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// One of the characters of `allowed`; a problem, and `fallback`, for anything else.
char read_mark(TomlTable& output, std::string const& key, std::string_view allowed, char fallback) {
  std::string const text = output.text_or(key, std::string(1, fallback));
  if (text.size() == 1 && allowed.find(text[0]) != std::string_view::npos) return text[0];
  std::vector<std::string> names;
  for (char const c : allowed) names.push_back(c == '\t' ? "a tab (\"\\t\")" : "'" + std::string(1, c) + "'");
  output.problem(key, "'" + text + "' cannot stand there; choose " + join(names, " or ") + ".");
  return fallback;
}

}  // namespace

TablesConfig read_output_tables(TomlTable& output, Language language) {
  TablesConfig out;
  for (std::string const& kind : output.texts("tables")) {
    if (kind == "csv")
      out.csv = true;
    else if (kind == "xlsx")
      out.xlsx = true;
    else
      output.problem("tables", "'" + kind + "' is neither csv nor xlsx.");
  }
  bool const dutch = language == Language::nl;
  out.form.separator = read_mark(output, "csv_separator", ";,|\t", dutch ? ';' : ',');
  out.form.decimal = read_mark(output, "csv_decimal", ",.", dutch ? ',' : '.');
  for (char const* key : {"csv_separator", "csv_decimal"})
    if (output.has(key) && !out.csv) output.problem(key, "needs tables = [\"csv\"].");
  if (out.form.separator == out.form.decimal)
    output.problem(output.has("csv_separator") ? "csv_separator" : "csv_decimal",
                   "'" + std::string(1, out.form.separator) +
                       "' would be separator and decimal mark at once, and no program could read the numbers; set "
                       "csv_separator and csv_decimal to different characters.");
  return out;
}

}  // namespace terrein
