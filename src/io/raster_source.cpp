#include "io/raster_source.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace fs = std::filesystem;
namespace {

/// Drivers that only read what they are given: no code is run, nothing is fetched. netCDF and HDF5 are not among them:
/// their libraries load filters as they find them.
constexpr char const* drivers[] = {"GTiff", "GPKG", "HFA", "AAIGrid", "EHdr", "SAGA", nullptr};

bool is_used(std::string const& driver) {
  return std::any_of(std::begin(drivers), std::end(drivers) - 1, [&](char const* one) { return driver == one; });
}

std::string driver_of(std::string const& path) {
  GDALDriverH const driver = GDALIdentifyDriverEx(path.c_str(), GDAL_OF_RASTER, nullptr, nullptr);
  return driver != nullptr ? GDALGetDriverShortName(driver) : "";
}

/// Looking for a mask, GDAL opens masks and overviews beside the file with whatever driver they look like.
void check_beside(Origin const& origin) {
  for (char const* ending : {".msk", ".MSK", ".ovr", ".OVR"}) {
    std::string const other = origin.path + ending;
    if (!fs::exists(other) || driver_of(other) == "GTiff") continue;
    throw_error(
        ErrorKind::input,
        "{} has a mask or overviews beside it, '{}', that are no GeoTIFF. Remove them, or write the raster anew "
        "with gdal_translate -of GTiff.",
        origin.text(), other);
  }
}

/// Overviews may lie in any other file that the raster names.
void check_named_overviews(GDALDatasetH dataset, Origin const& origin) {
  if (GDALGetMetadataItem(dataset, "OVERVIEW_FILE", "OVERVIEWS") == nullptr) return;
  throw_error(ErrorKind::input,
              "{} names another file with its overviews, which terrein does not follow. Write the raster anew with "
              "gdal_translate -of GTiff.",
              origin.text());
}

void check_driver(std::string const& driver, Origin const& origin) {
  if (driver.empty())
    throw_error(ErrorKind::input,
                "{} is no raster that terrein reads: the file is damaged, or of an unknown format. Get it again, or "
                "check that gdalinfo can read it; for a layer of shapes remove kind = \"raster\".",
                origin.text());
  if (!is_used(driver))
    throw_error(
        ErrorKind::input,
        "{} would be read by GDAL's driver '{}', which can run code or reach the network, or which terrein does "
        "not know. Save the raster as GeoTIFF first (gdal_translate -of GTiff), and name that file.",
        origin.text(), driver);
}

void check_place_of_file(Origin const& origin) {
  if (is_connection(origin.path))
    throw_error(ErrorKind::input,
                "{} is no file of this machine. Rasters are read from files: fetch it, or unpack it, first.",
                origin.text());
  check_exists(origin);
  if (!fs::is_regular_file(origin.path))
    throw_error(ErrorKind::input, "{} is a folder. Name the file of the raster in it.", origin.text());
}

gdal::List open_options(RasterOptions const& options, std::string const& driver, Origin const& origin) {
  if (driver == "GPKG" && in_wal_mode(options.path))
    throw_error(ErrorKind::input,
                "{} is a database that keeps a log of changes, which cannot be read without writing beside it. Write "
                "it anew with gdal_translate.",
                origin.text());
  if (options.layer.empty()) return nullptr;
  if (driver != "GPKG")
    throw_error(ErrorKind::input, "{} is a {} file, which has no layers to choose from; remove layer = \"{}\".",
                origin.text(), driver, options.layer);
  return gdal::List(CSLSetNameValue(nullptr, "TABLE", options.layer.c_str()));
}

}  // namespace

RasterSource open_raster(RasterOptions const& options, Origin const& origin) {
  gdal::register_drivers();
  check_place_of_file(origin);
  gdal::CplErrorScope const said;
  RasterSource out;
  out.driver = driver_of(options.path);
  check_driver(out.driver, origin);
  check_beside(origin);
  gdal::List const with = open_options(options, out.driver, origin);
  char const* const only[] = {out.driver.c_str(), nullptr};
  out.dataset.reset(GDALOpenEx(options.path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, only, with.get(), nullptr));
  if (out.dataset == nullptr || !said.failure().empty())
    throw_error(ErrorKind::input,
                "{} cannot be read: the file is damaged, incomplete, or holds no such raster.{} Get the file again, or "
                "check that gdalinfo can read it.",
                origin.text(), said.sentence());
  check_named_overviews(out.dataset.get(), origin);
  if (GDALGetRasterCount(out.dataset.get()) == 0)
    throw_error(ErrorKind::input, "{} holds several rasters. Say which one with layer = \"…\" in the study.",
                origin.text());
  return out;
}

Grid grid_of(GDALDatasetH dataset, Origin const& origin) {
  double place[6] = {};
  if (GDALGetGeoTransform(dataset, place) != CE_None)
    throw_error(ErrorKind::input,
                "{} does not say where its cells lie. Place it with gdal_translate -a_ullr, or gdalwarp where it has "
                "control points, and name that file.",
                origin.text());
  bool const finite = std::all_of(std::begin(place), std::end(place), [](double one) { return std::isfinite(one); });
  if (!finite || place[2] != 0 || place[4] != 0 || place[1] <= 0 || place[5] >= 0)
    throw_error(ErrorKind::input,
                "{} is rotated, mirrored or has its south on top; only rasters with north on top and sides along the "
                "axes are read. Bring it into that form with gdalwarp, and name the file that it writes.",
                origin.text());
  return {place[0],
          place[3],
          place[1],
          -place[5],
          static_cast<std::uint32_t>(GDALGetRasterXSize(dataset)),
          static_cast<std::uint32_t>(GDALGetRasterYSize(dataset))};
}

std::string raster_hash(GDALDatasetH dataset, std::string const& path) {
  std::vector<fs::path> files;
  gdal::List const list(GDALGetFileList(dataset));
  for (char** file = list.get(); file != nullptr && *file != nullptr; ++file)
    if (fs::path const one(*file); fs::is_regular_file(one) && lower(one.extension().string()) != ".ovr")
      files.push_back(one.filename());
  if (files.size() < 2) return sha256_of_file(path);
  return hash_of_files(fs::path(path).parent_path(), std::move(files));
}

std::string raster_source_hash(std::string const& path) {
  if (std::error_code absent; !fs::is_regular_file(path, absent)) return {};
  RasterOptions options;
  options.path = options.written = path;
  RasterSource const source = open_raster(options, Origin{"", path, path});
  return raster_hash(source.dataset.get(), path);
}

bool is_raster_file(std::string const& path) {
  gdal::register_drivers();
  for (char const* one : {"GTiff", "HFA", "AAIGrid", "EHdr", "SAGA"}) {
    char const* const only[] = {one, nullptr};
    if (GDALIdentifyDriverEx(path.c_str(), GDAL_OF_RASTER, only, nullptr) != nullptr) return true;
  }
  return false;
}

}  // namespace terrein
