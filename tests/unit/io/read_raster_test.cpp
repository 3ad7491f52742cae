#include "terrein/io/read_raster.hpp"

#include <cmath>
#include <limits>

#include "raster_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using Cells = std::vector<std::optional<double>>;

Cells const one_to_twelve{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

TEST_CASE("A raster is read with its grid, its CRS and its hash, and nothing is written beside it") {
  TempDir const dir;
  auto const path = dir.path() / "a.tif";
  make_raster(path, twelve());
  auto const before = fingerprint(dir.path());
  RasterResult const result = read_cells(path);
  CHECK(fingerprint(dir.path()) == before);
  CHECK(result.driver == "GTiff");
  CHECK(result.source_layer == "band 1");
  CHECK(result.cell_type == "Byte");
  CHECK(result.sha256 == sha256_of_file(path));
  CHECK(result.cells_declared == 12);
  CHECK(result.cells_known == 12);
  CHECK_FALSE(result.nodata);
  Raster const& raster = result.raster;
  CHECK(raster.crs.authority == "EPSG:31370");
  CHECK(raster.grid.extent() == Box{100000, 200000, 100040, 200030});
  CHECK(raster.grid.columns == 4);
  CHECK(raster.grid.rows == 3);
  CHECK(cells_of(raster) == one_to_twelve);
}

TEST_CASE("Every format on the list is read with the same values") {
  for (auto const& [driver, name] : std::vector<std::pair<std::string, std::string>>{{"GTiff", "a.tif"},
                                                                                     {"COG", "cog.tif"},
                                                                                     {"HFA", "a.img"},
                                                                                     {"AAIGrid", "a.asc"},
                                                                                     {"EHdr", "a.bil"},
                                                                                     {"SAGA", "a.sdat"}}) {
    TempDir const dir;
    INFO(driver);
    make_raster(dir.path() / name, twelve(), driver);
    auto const before = fingerprint(dir.path());
    RasterResult const result = read_cells(dir.path() / name);
    CHECK(cells_of(result.raster) == one_to_twelve);
    CHECK(result.raster.grid.extent() == Box{100000, 200000, 100040, 200030});
    CHECK(result.raster.crs.authority == "EPSG:31370");
    CHECK(result.sha256.size() == 64);
    CHECK(fingerprint(dir.path()) == before);
  }
}

TEST_CASE("Of a GeoPackage with several rasters the one that is named is read") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  RasterToMake raster = twelve({1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  raster.type = GDT_Float32;
  make_raster(path, raster, "GPKG", {"RASTER_TABLE=one", "TILE_FORMAT=TIFF"});
  CHECK(cells_of(read_cells(path).raster)[0] == 1.5);
  raster.bands[0][0] = 99.5;
  make_raster(path, raster, "GPKG", {"RASTER_TABLE=two", "TILE_FORMAT=TIFF", "APPEND_SUBDATASET=YES"});
  auto const before = fingerprint(dir.path());
  check_says(fault_of(path), {"several rasters", "layer = "});
  RasterOptions options = raster_options(path);
  options.layer = "two";
  RasterResult const result = read_cells(options);
  CHECK(cells_of(result.raster)[0] == 99.5);
  CHECK(result.source_layer == "two, band 1");
  options.layer = "three";
  check_says(fault_of(options), {"a.gpkg"});
  CHECK(fingerprint(dir.path()) == before);
}

TEST_CASE("Hashes of rasters in many files change with each of them, and not with overviews") {
  TempDir const dir;
  auto const path = dir.path() / "a.asc";
  make_raster(path, twelve(), "AAIGrid");
  std::string const before = read_cells(path).sha256;
  CHECK(before != sha256_of_file(path));
  write_file(dir.path() / "b.prj", "of another raster");
  CHECK(read_cells(path).sha256 == before);
  write_file(dir.path() / "a.prj", read_file(dir.path() / "a.prj") + " ");
  CHECK(read_cells(path).sha256 != before);
}

TEST_CASE("Overviews are not read: values are those of the raster itself") {
  TempDir const dir;
  RasterToMake raster;
  raster.columns = raster.rows = 64;
  raster.bands.emplace_back();
  for (int i = 0; i < 4096; ++i) raster.bands[0].push_back(i % 251);
  auto const path = dir.path() / "a.tif";
  make_raster(path, raster);
  std::string const before = read_cells(path).sha256;
  {
    gdal::CplErrorScope const quiet;
    gdal::Dataset const dataset(GDALOpen(path.c_str(), GA_ReadOnly));
    int levels[] = {2};
    REQUIRE(GDALBuildOverviews(dataset.get(), "AVERAGE", 1, levels, 0, nullptr, nullptr, nullptr) == CE_None);
  }
  REQUIRE(fs::exists(dir.path() / "a.tif.ovr"));
  RasterResult const result = read_cells(path);
  CHECK(result.sha256 == before);
  CHECK(result.raster.value(result.raster.index(1, 0)) == 1);
}

TEST_CASE("Cells without value are those of the nodata value, the mask and the numbers that are none") {
  TempDir const dir;
  auto const path = dir.path() / "a.tif";
  double const nan = std::numeric_limits<double>::quiet_NaN(), far = std::numeric_limits<double>::infinity();
  Cells expected = one_to_twelve;
  SECTION("nodata") {
    RasterToMake raster = twelve();
    raster.nodata = 6;
    make_raster(path, raster);
    expected[5] = std::nullopt;
    RasterResult const result = read_cells(path);
    CHECK(cells_of(result.raster) == expected);
    CHECK(result.nodata == 6);
    CHECK(result.cells_known == 11);
  }
  SECTION("not finite, with a nodata value of another kind") {
    RasterToMake raster = twelve({nan, 2, 3, 4, 5, 6, 7, far, 9, 10, -9999, 12});
    raster.type = GDT_Float32;
    raster.nodata = -9999;
    make_raster(path, raster);
    expected[0] = expected[7] = expected[10] = std::nullopt;
    CHECK(cells_of(read_cells(path).raster) == expected);
  }
  SECTION("NaN as nodata") {
    RasterToMake raster = twelve({1, 2, 3, nan, 5, 6, 7, 8, 9, 10, 11, 12});
    raster.type = GDT_Float64;
    raster.nodata = nan;
    make_raster(path, raster);
    expected[3] = std::nullopt;
    CHECK(cells_of(read_cells(path).raster) == expected);
  }
  SECTION("mask of the file") {
    RasterToMake raster = twelve();
    raster.mask = {255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 255};
    make_raster(path, raster);
    expected[9] = expected[10] = std::nullopt;
    CHECK(cells_of(read_cells(path).raster) == expected);
  }
  SECTION("alpha band") {
    RasterToMake raster = twelve();
    raster.bands.push_back({0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1});
    make_raster(path, raster, "GTiff", {"ALPHA=YES"});
    expected[0] = std::nullopt;
    CHECK(cells_of(read_cells(path).raster) == expected);
  }
}

TEST_CASE("A cell is worth its stored value times the scale plus the offset") {
  TempDir const dir;
  RasterToMake raster = twelve();
  raster.type = GDT_Int16;
  raster.bands[0][0] = -300;
  raster.scale = 0.5;
  raster.offset = 100;
  raster.nodata = 12;  // a stored value
  make_raster(dir.path() / "a.tif", raster);
  auto const cells = cells_of(read_cells(dir.path() / "a.tif").raster);
  CHECK(cells[0] == -50);  // -300 · 0.5 + 100
  CHECK(cells[1] == 101);
  CHECK_FALSE(cells[11]);
}

TEST_CASE("Numbers keep their value whatever their type") {
  TempDir const dir;
  for (auto const& [type, large] : std::vector<std::pair<GDALDataType, double>>{{GDT_Byte, 255},
                                                                                {GDT_UInt16, 65535},
                                                                                {GDT_Int16, -32768},
                                                                                {GDT_UInt32, 4294967295.0},
                                                                                {GDT_Int32, -2147483648.0},
                                                                                {GDT_Float32, 1.25},
                                                                                {GDT_Float64, 0.1}}) {
    RasterToMake raster = twelve();
    raster.type = type;
    raster.bands[0][2] = large;
    auto const path = dir.path() / fmt::format("{}.tif", GDALGetDataTypeName(type));
    make_raster(path, raster);
    CHECK(cells_of(read_cells(path).raster)[2] == large);
  }
  RasterToMake complex = twelve();
  complex.type = GDT_CFloat32;
  make_raster(dir.path() / "c.tif", complex);
  check_says(fault_of(dir.path() / "c.tif"), {"complex"});
}

TEST_CASE("The band that the study asks for is read") {
  TempDir const dir;
  auto const path = dir.path() / "a.tif";
  RasterToMake raster = twelve();
  raster.bands.push_back({21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32});
  make_raster(path, raster);
  RasterOptions options = raster_options(path);
  CHECK(cells_of(read_cells(options).raster)[0] == 1);
  options.band = 2;
  CHECK(cells_of(read_cells(options).raster)[0] == 21);
  CHECK(read_cells(options).source_layer == "band 2");
  for (int const band : {0, -1, 3}) {
    options.band = band;
    check_says(fault_of(options), {"2 bands", fmt::format("band {}", band)});
  }
}

TEST_CASE("Only the part asked for is read, and its cells keep their place and value") {
  TempDir const dir;
  RasterToMake raster;
  raster.columns = 100;
  raster.rows = 70;
  raster.type = GDT_Int32;
  raster.place = {0, 1, 0, 70, 0, -1};
  raster.bands.emplace_back();
  for (int i = 0; i < 7000; ++i) raster.bands[0].push_back(i);
  raster.nodata = 3333;  // column 33, row 33
  make_raster(dir.path() / "strips.tif", raster);
  make_raster(dir.path() / "tiles.tif", raster, "GTiff", {"TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=32"});
  for (char const* name : {"strips.tif", "tiles.tif"}) {
    RasterOptions options = raster_options(dir.path() / name);
    options.area = [](Raster const& place) {
      CHECK(place.crs.authority == "EPSG:31370");
      CHECK(place.grid.columns == 100);
      return Box{30.5, 30.5, 50.5, 50.5};  // columns 30 … 50, rows 19 … 39
    };
    RasterResult const result = read_cells(options);
    Raster const& part = result.raster;
    CHECK(part.first_column == 29);
    CHECK(part.columns == 23);  // 29 … 51
    CHECK(part.first_row == 18);
    CHECK(part.rows == 23);  // 18 … 40
    CHECK(part.grid.columns == 100);
    CHECK(part.value(part.index(50, 39)) == 3950);
    CHECK(part.value(part.index(29, 18)) == 1829);
    CHECK_FALSE(part.has_value(part.index(33, 33)));
    CHECK(result.cells_known == 23 * 23 - 1);
    CHECK(result.cells_declared == 7000);
    CHECK(error_of([&] { static_cast<void>(part.index(28, 20)); }).kind == ErrorKind::internal);
    options.area = [](Raster const&) { return Box{500, 500, 600, 600}; };
    CHECK(read_cells(options).raster.cells() == 0);
    options.area = [](Raster const&) { return Box{}; };
    CHECK(read_cells(options).raster.cells() == 0);
  }
}
