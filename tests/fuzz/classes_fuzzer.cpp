// Class tables and values of any text. A first byte of flags; then lines: "=key\tclass", "<begin\tclass",
// ">end\tclass",
// "*part\tclass", "-code for not known", and all others are values. What a row comes to depends on its value alone, and
// is made of the table's classes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>

#include "terrein/core/text.hpp"
#include "terrein/prepare/class_table.hpp"

namespace {

using namespace terrein;

struct Input {
  ClassTable table;
  TextColumn values{"use"};
  std::set<std::string> classes;
};

Input input_of(std::string_view text) {
  Input out;
  auto const flags = text.empty() ? 0U : static_cast<unsigned char>(text.front());
  out.table.field = "use";
  out.table.as_text = (flags & 1U) != 0;
  out.table.strip_article = (flags & 2U) != 0;
  out.table.separator = (flags & 4U) != 0 ? ';' : '\0';
  out.table.digits = (flags & 8U) != 0 ? 2 : 0;
  if ((flags & 16U) != 0) out.table.otherwise = "other";
  if (!out.table.otherwise.empty()) out.classes.insert(out.table.otherwise);
  for (std::string const& line : split(text.substr(text.empty() ? 0 : 1), '\n')) {
    auto const tab = line.find('\t');
    std::string const key = line.substr(line.empty() ? 0 : 1, tab == std::string::npos ? tab : tab - 1);
    std::string const name = tab == std::string::npos ? "" : line.substr(tab + 1);
    bool const entry = tab != std::string::npos && tab > 0;
    if (entry && line[0] == '=')
      out.table.values[key] = name;
    else if (entry && line[0] == '<')
      out.table.begins[key] = name;
    else if (entry && line[0] == '>')
      out.table.ends[key] = name;
    else if (entry && line[0] == '*')
      out.table.contains[key] = name;
    else if (line.starts_with('-'))
      out.table.nulls.insert(key);
    else
      out.values.push(line);
    if (entry) out.classes.insert(name);
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  Input input = input_of({reinterpret_cast<char const*>(data), size});
  std::size_t const rows = input.values.size();
  for (std::size_t row = 0; row < rows; ++row) input.values.push(std::string(input.values.at(row).value_or("")));
  Table attributes(2 * rows);
  attributes.add(input.values);
  ClassMapping const found = map_classes(input.table, attributes);
  if (found.class_of.size() != 2 * rows) std::abort();
  for (std::size_t row = 0; row < rows; ++row) {
    auto const one = found.class_of.at(row);
    if (one != found.class_of.at(rows + row)) std::abort();  // the same value, the same class
    if (one && input.table.separator == '\0' && !input.classes.contains(std::string(*one))) std::abort();
  }
  for (UnlistedValue const& value : found.unlisted)
    if (value.count == 0 || value.examples.empty() || value.examples.size() > 5) std::abort();
  return 0;
}
