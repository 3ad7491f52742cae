#include "io/whole_source.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "io/vsi_file.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::uint32_t byte_at(std::string const& bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

[[noreturn]] void throw_cut(Origin const& origin, std::string const& file, std::uint64_t found,
                            std::uint64_t declared) {
  throw_error(ErrorKind::input,
              "{} is cut off: {} holds {} bytes, its header says {}. Get the file again; a download may have stopped "
              "half-way.",
              origin.text(), file, found, declared);
}

/// SQLite's header gives the size of a page (bytes 16-17) and the number of pages (28-31, to be trusted when 24-27 and
/// 92-95 agree). Changes that stand in a log beside the file may lie behind its end.
void check_database(std::string const& path, Origin const& origin) {
  constexpr std::size_t header_bytes = 100, smallest_page = 512;
  VsiFile file(path);
  if (!file.open()) return;
  std::string const header = file.bytes(0, header_bytes);
  if (header.size() < header_bytes || header.substr(24, 4) != header.substr(92, 4)) return;
  if (VsiFile log(path + "-wal"); log.open() && log.size() > 0) return;
  std::uint64_t const written = byte_at(header, 16) << 8U | byte_at(header, 17);
  std::uint64_t const page = written == 1 ? 65536 : written;
  std::uint64_t const pages =
      byte_at(header, 28) << 24U | byte_at(header, 29) << 16U | byte_at(header, 30) << 8U | byte_at(header, 31);
  if (page >= smallest_page && pages * page > file.size()) throw_cut(origin, "it", file.size(), pages * page);
}

/// dBASE III: bytes 4-7 of the header give the number of rows, 8-9 the length of the header, 10-11 that of a row.
void check_dbf(std::string const& path, Origin const& origin) {
  constexpr std::size_t header_bytes = 32;
  VsiFile file = sibling_file(path, ".dbf");
  if (!file.open()) return;
  std::string const header = file.bytes(0, header_bytes);
  if (header.size() < header_bytes) throw_cut(origin, "its .dbf", file.size(), header_bytes);
  std::uint64_t const rows =
      byte_at(header, 4) | byte_at(header, 5) << 8U | byte_at(header, 6) << 16U | byte_at(header, 7) << 24U;
  std::uint64_t const head = byte_at(header, 8) | byte_at(header, 9) << 8U;
  std::uint64_t const row = byte_at(header, 10) | byte_at(header, 11) << 8U;
  if (head + rows * row > file.size()) throw_cut(origin, "its .dbf", file.size(), head + rows * row);
}

/// A .mif holds the shapes and the .mid beside it a line for each; both end with a line end.
void check_mif(std::string const& path, OGRLayerH layer, Origin const& origin) {
  VsiFile shapes(path), table = sibling_file(path, ".mid");
  if (!shapes.open() || !table.open()) return;
  std::uint64_t lines = 0;
  char last = '\n';
  table.for_each_block([&](std::string_view block) {
    lines += static_cast<std::uint64_t>(std::count(block.begin(), block.end(), '\n'));
    last = block.back();
  });
  lines += last == '\n' ? 0 : 1;
  auto const rows = static_cast<std::uint64_t>(std::max<GIntBig>(0, OGR_L_GetFeatureCount(layer, TRUE)));
  std::uint64_t const size = shapes.size();
  bool const ends_well = size > 0 && shapes.bytes(size - 1, 1) == "\n";
  if (lines == rows && ends_well) return;
  throw_error(ErrorKind::input,
              "{} is cut off: its .mif has {} shapes{} and its .mid {} rows. Get both files again, or write them anew.",
              origin.text(), rows, ends_well ? "" : ", the last one without its end,", lines);
}

/// Counts the fields of each line of a CSV file, as RFC 4180 and GDAL understand it.
class CsvShape {
 public:
  explicit CsvShape(char separator) : separator_(separator) {}

  void add(std::string_view block) {
    for (char const c : block) add(c);
  }
  void finish() {
    ends_in_quotes_ = quoted_;
    ends_empty_ = field_empty_;
    no_line_end_ = any_;
    if (any_) end_row();
  }

  [[nodiscard]] std::size_t header() const noexcept { return header_; }
  [[nodiscard]] bool ends_in_quotes() const noexcept { return ends_in_quotes_; }
  [[nodiscard]] bool zero_bytes() const noexcept { return zero_bytes_; }
  [[nodiscard]] bool no_line_end() const noexcept { return no_line_end_; }
  /// The file ends within a row: before its last field, or before that field's first character.
  [[nodiscard]] bool ends_before_last_field() const noexcept {
    return last_ < header_ || (no_line_end_ && ends_empty_);
  }
  [[nodiscard]] std::size_t long_line() const noexcept { return long_line_; }    ///< 0 = none
  [[nodiscard]] std::size_t short_line() const noexcept { return short_line_; }  ///< the first; 0 = none
  [[nodiscard]] std::size_t short_rows() const noexcept { return short_rows_; }

 private:
  void add(char c) {
    zero_bytes_ = zero_bytes_ || c == '\0';
    field_empty_ = c == separator_ && !quoted_;
    if (c == '"') quoted_ = !quoted_;
    if (c == '\n') ++line_;
    if (c == '\n' && !quoted_) {
      if (any_) end_row();
      return;
    }
    if (c == separator_ && !quoted_) ++fields_;
    any_ = any_ || c != '\r';
  }
  void end_row() {
    if (header_ == 0) header_ = fields_;
    if (fields_ > header_ && long_line_ == 0) long_line_ = row_line_;
    if (fields_ < header_ && short_rows_++ == 0) short_line_ = row_line_;
    last_ = fields_;
    fields_ = 1;
    any_ = false;
    row_line_ = line_;
  }

  char separator_;
  bool quoted_ = false, any_ = false, ends_in_quotes_ = false, no_line_end_ = false;
  bool zero_bytes_ = false, field_empty_ = false, ends_empty_ = false;
  std::size_t fields_ = 1, header_ = 0, last_ = 0, line_ = 1, row_line_ = 1;
  std::size_t long_line_ = 0, short_line_ = 0, short_rows_ = 0;
};

/// The separator that makes of the first line as many fields as GDAL sees.
std::optional<char> separator_of(VsiFile& file, std::size_t fields) {
  constexpr std::size_t enough = 1U << 16U;
  std::string const begin = file.bytes(0, enough);
  for (char const separator : {',', ';', '\t', '|', ' '}) {
    CsvShape shape(separator);
    shape.add(begin.substr(0, begin.find('\n')));
    shape.finish();
    if (shape.header() == fields) return separator;
  }
  return std::nullopt;
}

void check_csv(std::string const& path, OGRLayerH layer, Origin const& origin, Issues& issues) {
  VsiFile file(path);
  if (!file.open()) return;
  auto const separator = separator_of(file, static_cast<std::size_t>(OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(layer))));
  if (!separator) return;
  CsvShape shape(*separator);
  file.for_each_block([&shape](std::string_view block) { shape.add(block); });
  shape.finish();
  if (shape.zero_bytes())
    throw_error(ErrorKind::input,
                "{} holds zero bytes, which no text does: it is damaged, or UTF-16. Save it as UTF-8.", origin.text());
  if (shape.ends_in_quotes() || shape.ends_before_last_field())
    throw_error(ErrorKind::input,
                "{} is cut off, or damaged: its last row ends {}. Get the file again; if it is meant so, complete that "
                "row.",
                origin.text(), shape.ends_in_quotes() ? "within quotes" : "before its last field");
  if (shape.long_line() > 0)
    throw_error(ErrorKind::input,
                "{}, line {}: the row has more fields than the header ({}), so that values stand in wrong columns or "
                "rows have run together. Put texts that hold '{}' in quotes, or get the file again.",
                origin.text(), shape.long_line(), shape.header(),
                *separator == '\t' ? "tab" : std::string(1, *separator));
  if (shape.no_line_end())
    issues.add({.layer = origin.name,
                .stage = "read",
                .code = "no_line_end",
                .severity = Severity::note,
                .text = "The file does not end with a line end: its last row, or more, may have been cut off."});
  if (shape.short_rows() > 0)
    issues.add(
        {.layer = origin.name,
         .stage = "read",
         .code = "short_row",
         .severity = Severity::warning,
         .text = fmt::format("{} rows have fewer fields than the header, the first at line {}; what they lack is "
                             "unknown.",
                             shape.short_rows(), shape.short_line())});
}

}  // namespace

void check_whole(Source const& source, OGRLayerH layer, Origin const& origin, Issues& issues) {
  std::string const& path = source.opened;
  std::string const name = lower(path);
  if (source.driver == "GPKG" || source.driver == "SQLite") check_database(path, origin);
  if (source.driver == "ESRI Shapefile")  // a file, or a folder of them
    check_dbf(name.ends_with(".shp") ? path : path + "/" + gdal::text_of(OGR_L_GetName(layer)) + ".shp", origin);
  if (source.driver == "MapInfo File" && name.ends_with(".mif")) check_mif(path, layer, origin);
  if (source.driver == "CSV") check_csv(path, layer, origin, issues);
}

}  // namespace terrein
