#include "terrein/io/csv_output.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "io/durable.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

void add_text(std::string& out, std::string_view text, char separator) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) cell = "'";
  cell += text;
  std::string const special{separator, '"', '\r', '\n'};
  bool const plain = !cell.empty() && cell.find_first_of(special) == std::string::npos && trim(cell) == cell;
  if (plain) {
    out += cell;
    return;
  }
  out += '"';
  for (char const c : cell) {
    if (c == '"') out += c;
    out += c;
  }
  out += '"';
}

void add_cell(std::string& out, AnyColumn const& column, std::size_t row, CsvForm form) {
  if (auto const* text = std::get_if<TextColumn>(&column)) {
    if (text->is_known(row)) add_text(out, text->text(row), form.separator);
  } else if (auto const* whole = std::get_if<Column<std::int64_t>>(&column)) {
    if (whole->is_known(row)) out += std::to_string(whole->values[row]);
  } else if (auto const& real = std::get<Column<double>>(column);
             real.is_known(row) && std::isfinite(real.values[row])) {
    std::string number = shortest(real.values[row]);
    std::replace(number.begin(), number.end(), '.', form.decimal);
    out += number;
  }
}

}  // namespace

void write_csv(std::filesystem::path const& path, Table const& table, CsvForm form) {
  std::string out = "\xef\xbb\xbf";
  auto const& columns = table.columns();
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c > 0) out += form.separator;
    add_text(out, name_of(columns[c]), form.separator);
  }
  out += "\r\n";
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c > 0) out += form.separator;
      add_cell(out, columns[c], row, form);
    }
    out += "\r\n";
  }
  write_bytes(path, out);
}

}  // namespace terrein
