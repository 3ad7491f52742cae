#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace terrein {

struct Origin;

/// What is wrong with one row of a source, apart from its values.
struct RowFault {
  std::string code, text;  ///< of the issue
};

/// A text table in the one form that every GDAL reads alike.
struct TextTable {
  std::string path;                        ///< a copy with commas, quotes, and a cell per column in every row
  std::map<std::size_t, RowFault> faults;  ///< by row, counted from 0
  bool no_line_end = false;                ///< the last row, which is whole, ends with the file
  std::vector<std::string> renamed;        ///< a sentence for each column whose name stands in the header twice
};

/// By its name: .csv, .tsv, .psv or .txt.
[[nodiscard]] bool is_text_table(std::string const& path);

/// Reads a text table and writes its copy into `folder`. Separators , ; tab and | are told by the header and the rows
/// below it, or by Excel's first line "sep=;"; a byte order mark is skipped; rows of blank cells only are left out.
/// A row with cells beyond the header's may be shifted, even when the last one is blank: all its cells become null and
/// it is a fault `too_many_cells`. A row with fewer has nulls at its end and is a fault `too_few_cells`. Throws
/// `Error{input}` for a file without header row, one in UTF-16 or with zero bytes, and one that ends within a row.
[[nodiscard]] TextTable plain_text_table(std::string const& path, std::filesystem::path const& folder,
                                         Origin const& origin);

/// The cells of one row after the other. Quotes count where they open a cell ("" is one quote inside them); lines end
/// with LF, CR LF or CR.
class TextTableReader {
 public:
  TextTableReader(std::string_view text, char separator) : text_(text), separator_(separator) {}
  /// Replaces `cells` by the next row; false at the end.
  bool next(std::vector<std::string>& cells);
  [[nodiscard]] std::size_t line() const noexcept { return line_; }       ///< of the last row, from 1
  [[nodiscard]] bool open_quote() const noexcept { return open_quote_; }  ///< the text ended inside quotes
  [[nodiscard]] bool at_end() const noexcept { return at_ >= text_.size(); }

 private:
  std::string quoted();
  void end_line();
  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, line_ = 0, next_line_ = 1;
  bool open_quote_ = false;
};

/// The separator of a table whose text begins so.
[[nodiscard]] char separator_of(std::string_view text);

}  // namespace terrein
