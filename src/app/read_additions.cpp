#include "study_parts.hpp"
#include "terrein/core/redact.hpp"

namespace terrein {

std::string_view to_string(Audience audience) { return audience == Audience::intern ? "intern" : "extern"; }

std::optional<Audience> audience(std::string_view text) {
  if (text == "intern") return Audience::intern;
  if (text == "extern") return Audience::others;
  return std::nullopt;
}

AdditionsConfig read_additions_config(TomlTable& root, StudyContext const& context) {
  AdditionsConfig out;
  TomlTable table = root.table("additions");
  if (!table.exists()) return out;
  std::string const source = table.text_or("source", "");
  std::string const filled = fill_variables(source, table, "source", context);
  if (filled.empty()) table.problem("source", "is missing: name the table with what people filled in.");
  out.path = resolve_path(filled, context);
  out.raw = without_passwords(source);
  out.written = without_passwords(filled);
  out.layer = fill_variables(table.text_or("layer", ""), table, "layer", context);
  table.finish();
  return out;
}

Audience read_audience(TomlTable& table) {
  std::string const text = table.text_or("audience", "extern");
  auto const out = audience(text);
  if (!out) table.problem("audience", "'" + text + "' is neither extern nor intern.");
  return out.value_or(Audience::others);
}

}  // namespace terrein
