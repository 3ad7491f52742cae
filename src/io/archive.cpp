#include "io/archive.hpp"

#include <cpl_vsi.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/describe.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_entries = 100000;

bool is_data(std::string const& entry) {
  static constexpr std::string_view endings[] = {".gpkg", ".shp", ".fgb", ".geojson", ".json", ".gml",    ".kml",
                                                 ".tab",  ".mif", ".csv", ".xlsx",    ".ods",  ".osm.pbf"};
  std::string const name = lower(entry);
  if (fs::path(name).filename().string().starts_with("._")) return false;  // what macOS keeps beside each file
  return std::any_of(std::begin(endings), std::end(endings), [&](auto ending) { return name.ends_with(ending); });
}

struct Entries {
  std::vector<std::string> data;  ///< sorted
  std::uint64_t bytes = 0;        ///< of all entries, unpacked
};

struct CloseFolder {
  void operator()(VSIDIR* folder) const noexcept { VSICloseDir(folder); }
};

Entries entries_of(std::string const& archive) {
  Entries out;
  constexpr int all_levels = -1;
  std::unique_ptr<VSIDIR, CloseFolder> const folder(VSIOpenDir(archive.c_str(), all_levels, nullptr));
  if (!folder) return out;
  while (VSIDIREntry const* const entry = VSIGetNextDirEntry(folder.get())) {
    out.bytes += entry->nSize;
    if (is_data(entry->pszName) && out.data.size() < most_entries) out.data.emplace_back(entry->pszName);
  }
  std::sort(out.data.begin(), out.data.end());
  return out;
}

/// A gigabyte out of a few kilobytes is made to fill the memory; data pack to a tenth, a table of blanks to a
/// hundredth.
void check_unpacked_size(std::uint64_t bytes, Origin const& origin) {
  constexpr std::uint64_t harmless = 1U << 30U, most_times = 200;
  std::uint64_t const packed = fs::file_size(origin.path);
  if (bytes <= harmless || bytes / most_times <= packed) return;
  throw_error(
      ErrorKind::input,
      "{} would unpack from {} to {} bytes, as no data do: it may be made to fill this machine. If you trust it, "
      "unpack it and name the file.",
      origin.text(), packed, bytes);
}

/// The folder of all entries when they are shapefiles side by side.
bool is_shapefile_folder(std::vector<std::string> const& entries) {
  return std::all_of(entries.begin(), entries.end(), [&](std::string const& entry) {
    return lower(entry).ends_with(".shp") && fs::path(entry).parent_path() == fs::path(entries[0]).parent_path();
  });
}

std::string inside(Origin const& origin) { return "/vsizip/{" + fs::absolute(origin.path).string() + "}"; }

}  // namespace

void check_workbook(Origin const& origin) {
  std::string const name = lower(origin.path);
  std::error_code absent;  // a connection text is no file
  bool const packed = name.ends_with(".xlsx") || name.ends_with(".ods") || name.ends_with(".kmz");
  if (!packed || !fs::is_regular_file(origin.path, absent)) return;
  gdal::CplErrorScope const quiet;  // opening it tells what is wrong
  check_unpacked_size(entries_of(inside(origin)).bytes, origin);
}

bool is_archive(std::string const& path) {
  std::error_code absent;  // a connection text is no file
  return lower(path).ends_with(".zip") && fs::is_regular_file(path, absent);
}

std::vector<std::string> data_sets_in_archive(std::string const& path) {
  if (!is_archive(path)) return {};
  gdal::CplErrorScope const quiet;  // opening a data set tells what is wrong
  Origin const origin{{}, path, path};
  Entries const found = entries_of(inside(origin));
  check_unpacked_size(found.bytes, origin);
  if (found.data.size() < 2 || is_shapefile_folder(found.data)) return {};
  std::vector<std::string> out;
  for (std::string const& entry : found.data) out.push_back(fs::path(entry).stem().string());
  return out;
}

std::string data_in_archive(Origin const& origin, std::string const& wanted) {
  gdal::CplErrorScope const said;
  std::string const root = inside(origin);
  Entries found = entries_of(root);
  check_unpacked_size(found.bytes, origin);
  auto& entries = found.data;
  if (entries.empty())
    throw_error(ErrorKind::input,
                "{} is damaged, or holds no data set that terrein reads.{} Unpack it and name the file.", origin.text(),
                said.sentence());
  if (entries.size() > 1 && !is_shapefile_folder(entries)) {
    auto const named = [&](std::string const& entry) {
      return lower(fs::path(entry).stem().string()) == lower(wanted);
    };
    auto const all = entries;
    std::erase_if(entries, std::not_fn(named));
    if (entries.size() != 1)
      throw_error(ErrorKind::input,
                  "{} holds several data sets: {}. Name one without its ending, such as layer = \"{}\", or unpack it "
                  "and name the file.",
                  origin.text(), join(all, ", "), fs::path(all.front()).stem().string());
  }
  if (entries.size() == 1) return root + "/" + entries[0];
  std::string const folder = fs::path(entries[0]).parent_path().string();
  return folder.empty() ? root : root + "/" + folder;
}

}  // namespace terrein
