#include "terrein/core/csv.hpp"

#include <fstream>
#include <sstream>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Reads one record (which may span lines inside quotes) from `text` at `at`; moves `at` and `line` behind it.
std::vector<std::string> read_record(std::string_view text, std::size_t& at, std::size_t& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (; at < text.size(); ++at) {
    char const c = text[at];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"')
        cells.back() += c;
      else if (at + 1 < text.size() && text[at + 1] == '"')
        cells.back() += text[++at];
      else
        quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

std::size_t CsvTable::column(std::string_view name) const {
  for (std::size_t i = 0; i < header.size(); ++i)
    if (header[i] == name) return i;
  throw_error(ErrorKind::config, "{}: column '{}' is absent.{}", file, name, suggestion(name, header, 30));
}

CsvTable parse_csv(std::string_view text, std::string const& file) {
  CsvTable out;
  out.file = file;
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const first_line = line;
    bool const comment = text[at] == '#';
    auto cells = read_record(text, at, line);
    if (comment || (cells.size() == 1 && cells[0].empty())) continue;
    if (out.header.empty()) {
      out.header = std::move(cells);
    } else if (cells.size() != out.header.size()) {
      throw_error(ErrorKind::config, "{}:{}: {} cells, the header has {}.", file, first_line, cells.size(),
                  out.header.size());
    } else {
      out.rows.push_back(std::move(cells));
      out.line.push_back(first_line);
    }
  }
  return out;
}

CsvTable read_csv(std::filesystem::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw_error(ErrorKind::config, "File '{}' cannot be opened.", file.string());
  std::ostringstream text;
  text << stream.rdbuf();
  return parse_csv(text.str(), file.string());
}

}  // namespace terrein
