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

/// Shapefile: bytes 24-27 of the header give the length of the file in words of two bytes, the highest byte first.
void check_shp(std::string const& path, Origin const& origin) {
  constexpr std::size_t header_bytes = 100;
  VsiFile file(path);
  if (!file.open()) return;
  std::string const header = file.bytes(0, header_bytes);
  if (header.size() < header_bytes) throw_cut(origin, "its .shp", file.size(), header_bytes);
  std::uint64_t const words =
      byte_at(header, 24) << 24U | byte_at(header, 25) << 16U | byte_at(header, 26) << 8U | byte_at(header, 27);
  if (2 * words > file.size()) throw_cut(origin, "its .shp", file.size(), 2 * words);
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

/// A table cut exactly between two rows cannot be told from a whole one; one without a line end at its end may be.
void tell_of_no_line_end(Origin const& origin, Issues& issues) {
  issues.add({.layer = origin.name,
              .stage = "read",
              .code = "no_line_end",
              .severity = Severity::note,
              .text = "The file does not end with a line end: its last row, or more, may have been cut off."});
}

}  // namespace

void check_whole(Source const& source, OGRLayerH layer, Origin const& origin, Issues& issues) {
  std::string const& path = source.opened;
  std::string const name = lower(path);
  if (source.driver == "GPKG" || source.driver == "SQLite") check_database(path, origin);
  if (source.driver == "ESRI Shapefile") {  // a file, or a folder of them
    std::string const shapes =
        name.ends_with(".shp") ? path : path + "/" + gdal::text_of(OGR_L_GetName(layer)) + ".shp";
    check_shp(shapes, origin);
    check_dbf(shapes, origin);
  }
  if (source.driver == "MapInfo File" && name.ends_with(".mif")) check_mif(path, layer, origin);
  if (source.table.no_line_end) tell_of_no_line_end(origin, issues);
}

}  // namespace terrein
