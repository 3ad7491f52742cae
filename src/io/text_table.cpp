#include "io/text_table.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <optional>

#include "io/fields.hpp"
#include "io/source.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

struct CloseFile {
  void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};

std::string bytes_of(std::string const& path, Origin const& origin) {
  std::unique_ptr<VSILFILE, CloseFile> const file(VSIFOpenL(path.c_str(), "rb"));
  if (file == nullptr)
    throw_error(ErrorKind::input, "{} cannot be read. Check that the file may be opened.", origin.text());
  std::string out;
  constexpr std::size_t block = std::size_t{1} << 20U;
  for (std::size_t got = block; got == block;) {
    std::size_t const before = out.size();
    out.resize(before + block);
    got = VSIFReadL(out.data() + before, 1, block, file.get());
    out.resize(before + got);
  }
  return out;
}

void check_encoding(std::string_view bytes, Origin const& origin) {
  if (bytes.find('\0') == std::string_view::npos) return;
  throw_error(ErrorKind::input,
              "{} is no text table in UTF-8 or Windows-1252: it holds null bytes, as UTF-16 does. Save it anew as 'CSV "
              "UTF-8'.",
              origin.text());
}

bool is_blank(std::string const& cell) { return trim(cell).empty(); }

/// Excel's first line "sep=;": the separator, or 0. Cuts the line off.
char take_sep_line(std::string_view& text) {
  auto const end = text.find_first_of("\r\n");
  std::string_view const line = text.substr(0, end);
  if (end == std::string_view::npos || line.size() != 5 || lower(line.substr(0, 4)) != "sep=") return '\0';
  char const out = line[4];
  text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
  return out;
}

/// Numbers are no column names, years are: statistics have a column for each.
bool is_value(std::string const& cell) {
  auto const number = parse_number(trim(cell));
  constexpr double first_year = 1800, last_year = 2199;
  return number && !(*number >= first_year && *number <= last_year && trim(cell).size() == 4);
}

std::string header_name(std::string const& cell) { return is_utf8(cell) ? cell : utf8_from_latin1(cell); }

std::vector<std::string> header_of(TextTableReader& reader, Origin const& origin) {
  std::vector<std::string> out;
  do {
    if (!reader.next(out)) throw_error(ErrorKind::input, "{} is empty. Give a file with rows.", origin.text());
  } while (std::all_of(out.begin(), out.end(), is_blank));
  for (std::string& cell : out) {
    cell = header_name(std::string(trim(cell)));
    if (is_value(cell))
      throw_error(ErrorKind::input,
                  "{} has no header row: line {} holds '{}' where the name of a column is expected. Put a row with the "
                  "names of the columns on top.",
                  origin.text(), reader.line(), cell);
  }
  return out;
}

/// Gives columns whose name stands further to the left already another one, and tells which.
std::vector<std::string> rename_repeated(std::vector<std::string>& names) {
  std::vector<std::string> out;
  std::map<std::string, std::size_t> count;
  for (std::string& name : names) {
    std::size_t const before = count[lower(name)]++;
    if (before == 0 || name.empty()) continue;
    std::string const other = fmt::format("{}_{}", name, before + 1);
    out.push_back(fmt::format("The header has a column '{}' already; this one is called '{}'.", name, other));
    name = other;
  }
  return out;
}

std::size_t named_columns(std::vector<std::string> const& header) {
  auto const last = std::find_if_not(header.rbegin(), header.rend(), is_blank);
  return static_cast<std::size_t>(header.rend() - last);
}

/// The row with a cell per column, and what is wrong with it. Columns without a name may be missing.
std::optional<RowFault> fit_row(std::vector<std::string>& cells, std::size_t columns, std::size_t named,
                                std::size_t line) {
  std::size_t const found = cells.size();
  if (found > columns) cells.assign(columns, "");
  cells.resize(columns);
  if (found >= named && found <= columns) return std::nullopt;
  if (found < named)
    return RowFault{"too_few_cells", fmt::format("Line {} has {} cells, the header {}: the missing ones at its end are "
                                                 "taken as unknown.",
                                                 line, found, columns)};
  return RowFault{"too_many_cells",
                  fmt::format("Line {} has {} cells, the header {}: no cell can be placed with certainty, and all are "
                              "taken as unknown. Put texts that hold the separator in quotes.",
                              line, found, columns)};
}

/// Throws when most rows do not fit their header: then the columns themselves are in doubt.
void check_faults(TextTable const& table, std::size_t rows, char separator, Origin const& origin) {
  std::size_t count = 0;
  RowFault const* first = nullptr;
  for (auto const& [row, fault] : table.faults) {
    if (fault.code != "too_many_cells") continue;
    if (count++ == 0) first = &fault;
  }
  if (2 * count <= rows) return;
  throw_error(
      ErrorKind::input,
      "{}: {} of {} rows have more cells than the header, with '{}' between them. {} Save the table with quotes "
      "around its texts, or with another separator.",
      origin.text(), count, rows, separator == '\t' ? "tab" : std::string(1, separator), first->text);
}

void write_row(std::ostream& out, std::vector<std::string> const& cells) {
  std::string line;
  for (std::string const& cell : cells) {
    if (!line.empty()) line += ',';
    line += '"';
    if (!is_blank(cell))
      for (char const c : cell) line += c == '"' ? std::string("\"\"") : std::string(1, c);
    line += '"';
  }
  if (cells.size() == 1) line += ",";  // GDAL takes no file without separators for a table
  out << line << '\n';
}

}  // namespace

bool is_text_table(std::string const& path) {
  static constexpr std::string_view endings[] = {".csv", ".tsv", ".psv", ".txt"};
  std::string const name = lower(path);
  return std::any_of(std::begin(endings), std::end(endings), [&](auto ending) { return name.ends_with(ending); });
}

void TextTableReader::end_line() {
  at_ += text_.substr(at_, 2) == "\r\n" ? 2U : 1U;
  ++next_line_;
}

std::string TextTableReader::quoted() {
  std::string out;
  for (++at_; at_ < text_.size(); ++at_) {
    if (text_[at_] == '\n' || (text_[at_] == '\r' && text_.substr(at_, 2) != "\r\n")) ++next_line_;
    if (text_[at_] != '"') {
      out += text_[at_];
    } else if (text_.substr(at_, 2) == "\"\"") {
      out += text_[at_++];
    } else {
      ++at_;
      return out;
    }
  }
  open_quote_ = true;
  return out;
}

bool TextTableReader::next(std::vector<std::string>& cells) {
  cells.clear();
  if (at_end()) return false;
  line_ = next_line_;
  std::string cell;
  for (bool opens = true; at_ < text_.size();) {
    char const c = text_[at_];
    if (c == '"' && opens) {
      cell = quoted();
      opens = false;
    } else if (c == separator_) {
      cells.push_back(std::move(cell));
      cell.clear();
      opens = true;
      ++at_;
    } else if (c == '\n' || c == '\r') {
      end_line();
      break;
    } else {
      cell += c;
      opens = false;
      ++at_;
    }
  }
  cells.push_back(std::move(cell));
  return true;
}

char separator_of(std::string_view text) {
  constexpr std::size_t most_bytes = std::size_t{1} << 16U, most_rows = 20;
  text = text.substr(0, most_bytes);
  char best = ',';
  std::size_t best_columns = 1, best_fitting = 0;
  for (char const separator : {';', '\t', ',', '|'}) {
    TextTableReader reader(text, separator);
    std::vector<std::string> cells;
    while (reader.next(cells) && std::all_of(cells.begin(), cells.end(), is_blank)) {
    }
    if (cells.size() < 2) continue;
    std::size_t const columns = cells.size();
    std::size_t fitting = 0;
    for (std::size_t row = 0; row < most_rows && reader.next(cells); ++row)
      fitting += cells.size() == columns && !reader.open_quote() ? 1U : 0U;
    if (fitting < best_fitting || (fitting == best_fitting && columns <= best_columns)) continue;
    best = separator;
    best_columns = columns;
    best_fitting = fitting;
  }
  return best;
}

TextTable plain_text_table(std::string const& path, fs::path const& folder, Origin const& origin) {
  std::string const bytes = bytes_of(path, origin);
  check_encoding(bytes, origin);
  std::string_view text = bytes;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  char const stated = take_sep_line(text);
  char const separator = stated != '\0' ? stated : separator_of(text);
  TextTableReader reader(text, separator);
  auto header = header_of(reader, origin);

  TextTable out;
  out.path = (folder / fs::path(path).stem()).string() + ".csv";
  out.renamed = rename_repeated(header);
  std::ofstream copy(out.path, std::ios::binary);
  write_row(copy, header);
  std::size_t const named = named_columns(header);
  std::vector<std::string> cells;
  std::size_t rows = 0;
  bool last_is_whole = true;
  while (reader.next(cells)) {
    if (std::all_of(cells.begin(), cells.end(), is_blank)) continue;
    last_is_whole = cells.size() >= named && !is_blank(cells.back());
    if (auto fault = fit_row(cells, header.size(), named, reader.line())) out.faults.emplace(rows, std::move(*fault));
    write_row(copy, cells);
    ++rows;
  }
  out.no_line_end = !text.empty() && text.back() != '\n' && text.back() != '\r';
  if (reader.open_quote() || (out.no_line_end && !last_is_whole))
    throw_error(
        ErrorKind::input,
        "{} is cut off, or damaged: its last row, which begins on line {}, ends {}. Get the file again; if it is "
        "meant so, complete that row.",
        origin.text(), reader.line(), reader.open_quote() ? "inside quotes" : "before its last cell");
  check_faults(out, rows, separator, origin);
  if (!copy.flush())
    throw_error(ErrorKind::output, "{} cannot be copied to '{}'. Check its free space, or set TMPDIR.", origin.text(),
                folder.string());
  return out;
}

}  // namespace terrein
