#pragma once

#include <array>
#include <optional>

#include "io_fixtures.hpp"
#include "terrein/io/read_raster.hpp"

namespace terrein::test {

/// A small raster to be written with GDAL: cells of 10 m from (100000, 200030) in Lambert 72.
struct RasterToMake {
  int columns = 4, rows = 3;
  GDALDataType type = GDT_Byte;
  std::vector<std::vector<double>> bands;  ///< values of each, row by row from the north
  std::array<double, 6> place{100000, 10, 0, 200030, 0, -10};
  int epsg = 31370;  ///< 0 = none
  std::optional<double> nodata{};
  std::optional<double> scale{}, offset{};
  std::vector<double> mask{};  ///< 0 and 255, of all bands
  bool placed = true;
};

inline void fill(GDALDatasetH dataset, RasterToMake const& raster) {
  if (raster.placed) {
    std::array<double, 6> place = raster.place;
    REQUIRE(GDALSetGeoTransform(dataset, place.data()) == CE_None);
  }
  if (raster.epsg != 0) {
    gdal::Srs const srs(OSRNewSpatialReference(nullptr));
    REQUIRE(OSRImportFromEPSG(srs.get(), raster.epsg) == OGRERR_NONE);
    REQUIRE(GDALSetSpatialRef(dataset, srs.get()) == CE_None);
  }
  auto const write = [&](GDALRasterBandH band, std::vector<double> values) {
    REQUIRE(values.size() == static_cast<std::size_t>(raster.columns * raster.rows));
    REQUIRE(GDALRasterIO(band, GF_Write, 0, 0, raster.columns, raster.rows, values.data(), raster.columns, raster.rows,
                         GDT_Float64, 0, 0) == CE_None);
  };
  for (std::size_t i = 0; i < raster.bands.size(); ++i) {
    GDALRasterBandH const band = GDALGetRasterBand(dataset, static_cast<int>(i) + 1);
    if (raster.nodata) REQUIRE(GDALSetRasterNoDataValue(band, *raster.nodata) == CE_None);
    if (raster.scale) REQUIRE(GDALSetRasterScale(band, *raster.scale) == CE_None);
    if (raster.offset) REQUIRE(GDALSetRasterOffset(band, *raster.offset) == CE_None);
    write(band, raster.bands[i]);
  }
  if (!raster.mask.empty()) {
    REQUIRE(GDALCreateDatasetMaskBand(dataset, GMF_PER_DATASET) == CE_None);
    write(GDALGetMaskBand(GDALGetRasterBand(dataset, 1)), raster.mask);
  }
}

/// Writes a raster in any format that GDAL can write. `options` as GDAL takes them, "KEY=VALUE".
inline void make_raster(fs::path const& path, RasterToMake const& raster, std::string const& driver = "GTiff",
                        std::vector<std::string> const& options = {}) {
  gdal::register_drivers();
  gdal::CplErrorScope const quiet;
  char** list = nullptr;
  for (std::string const& option : options) list = CSLAddString(list, option.c_str());
  gdal::List const owned(list);
  auto const create = [&](char const* maker, std::string const& name, char** with) {
    gdal::Dataset dataset(GDALCreate(GDALGetDriverByName(maker), name.c_str(), raster.columns, raster.rows,
                                     static_cast<int>(raster.bands.size()), raster.type, with));
    REQUIRE(dataset != nullptr);
    fill(dataset.get(), raster);
    return dataset;
  };
  if (driver == "GTiff") {
    static_cast<void>(create("GTiff", path.string(), list));
    return;
  }
  gdal::Dataset const memory = create("MEM", "", nullptr);
  gdal::Dataset const copy(
      GDALCreateCopy(GDALGetDriverByName(driver.c_str()), path.c_str(), memory.get(), FALSE, list, nullptr, nullptr));
  INFO(driver << quiet.sentence());
  REQUIRE(copy != nullptr);
}

inline RasterOptions raster_options(fs::path const& path) {
  RasterOptions options;
  options.name = "toy";
  options.path = path.string();
  options.written = path.filename().string();
  return options;
}

/// Values of the part that was read, row by row; nothing for cells without value.
inline std::vector<std::optional<double>> cells_of(Raster const& raster) {
  std::vector<std::optional<double>> out;
  for (std::size_t i = 0; i < raster.cells(); ++i)
    out.push_back(raster.has_value(i) ? std::optional<double>(raster.value(i)) : std::nullopt);
  return out;
}

/// Values 1 to 12.
inline RasterToMake twelve(std::vector<double> values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}) {
  RasterToMake out;
  out.bands = {std::move(values)};
  return out;
}

inline RasterResult read_cells(RasterOptions const& options) {
  Issues issues;
  return read_raster(options, issues);
}
inline RasterResult read_cells(fs::path const& path) { return read_cells(raster_options(path)); }

inline Thrown fault_of(RasterOptions const& options) {
  return error_of([&] { static_cast<void>(read_cells(options)); });
}
inline Thrown fault_of(fs::path const& path) { return fault_of(raster_options(path)); }

inline void check_says(Thrown const& thrown, std::vector<std::string> const& parts, ErrorKind kind = ErrorKind::input) {
  INFO(thrown.text);
  CHECK(thrown.kind == kind);
  for (std::string const& part : parts) CHECK(has_text(thrown.text, part));
}

}  // namespace terrein::test
