#include "terrein/io/read_raster.hpp"

#include <cmath>
#include <fstream>
#include <limits>

#include "raster_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using Cells = std::vector<std::optional<double>>;

RasterToMake twelve(std::vector<double> values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}) {
  RasterToMake out;
  out.bands = {std::move(values)};
  return out;
}

Cells const one_to_twelve{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

RasterResult read(RasterOptions const& options) {
  Issues issues;
  return read_raster(options, issues);
}
RasterResult read(fs::path const& path) { return read(raster_options(path)); }

Thrown fault_of(RasterOptions const& options) {
  return error_of([&] { static_cast<void>(read(options)); });
}
Thrown fault_of(fs::path const& path) { return fault_of(raster_options(path)); }

void check_says(Thrown const& thrown, std::vector<std::string> const& parts, ErrorKind kind = ErrorKind::input) {
  INFO(thrown.text);
  CHECK(thrown.kind == kind);
  for (std::string const& part : parts) CHECK(has_text(thrown.text, part));
}

}  // namespace

TEST_CASE("A raster is read with its grid, its CRS and its hash, and nothing is written beside it") {
  TempDir const dir;
  auto const path = dir.path() / "a.tif";
  make_raster(path, twelve());
  auto const before = fingerprint(dir.path());
  RasterResult const result = read(path);
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
    RasterResult const result = read(dir.path() / name);
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
  CHECK(cells_of(read(path).raster)[0] == 1.5);
  raster.bands[0][0] = 99.5;
  make_raster(path, raster, "GPKG", {"RASTER_TABLE=two", "TILE_FORMAT=TIFF", "APPEND_SUBDATASET=YES"});
  auto const before = fingerprint(dir.path());
  check_says(fault_of(path), {"several rasters", "layer = "});
  RasterOptions options = raster_options(path);
  options.layer = "two";
  RasterResult const result = read(options);
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
  std::string const before = read(path).sha256;
  CHECK(before != sha256_of_file(path));
  write_file(dir.path() / "b.prj", "of another raster");
  CHECK(read(path).sha256 == before);
  write_file(dir.path() / "a.prj", read_file(dir.path() / "a.prj") + " ");
  CHECK(read(path).sha256 != before);
}

TEST_CASE("Overviews are not read: values are those of the raster itself") {
  TempDir const dir;
  RasterToMake raster;
  raster.columns = raster.rows = 64;
  raster.bands.emplace_back();
  for (int i = 0; i < 4096; ++i) raster.bands[0].push_back(i % 251);
  auto const path = dir.path() / "a.tif";
  make_raster(path, raster);
  std::string const before = read(path).sha256;
  {
    gdal::CplErrorScope const quiet;
    gdal::Dataset const dataset(GDALOpen(path.c_str(), GA_ReadOnly));
    int levels[] = {2};
    REQUIRE(GDALBuildOverviews(dataset.get(), "AVERAGE", 1, levels, 0, nullptr, nullptr, nullptr) == CE_None);
  }
  REQUIRE(fs::exists(dir.path() / "a.tif.ovr"));
  RasterResult const result = read(path);
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
    RasterResult const result = read(path);
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
    CHECK(cells_of(read(path).raster) == expected);
  }
  SECTION("NaN as nodata") {
    RasterToMake raster = twelve({1, 2, 3, nan, 5, 6, 7, 8, 9, 10, 11, 12});
    raster.type = GDT_Float64;
    raster.nodata = nan;
    make_raster(path, raster);
    expected[3] = std::nullopt;
    CHECK(cells_of(read(path).raster) == expected);
  }
  SECTION("mask of the file") {
    RasterToMake raster = twelve();
    raster.mask = {255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 255};
    make_raster(path, raster);
    expected[9] = expected[10] = std::nullopt;
    CHECK(cells_of(read(path).raster) == expected);
  }
  SECTION("alpha band") {
    RasterToMake raster = twelve();
    raster.bands.push_back({0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1});
    make_raster(path, raster, "GTiff", {"ALPHA=YES"});
    expected[0] = std::nullopt;
    CHECK(cells_of(read(path).raster) == expected);
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
  auto const cells = cells_of(read(dir.path() / "a.tif").raster);
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
    CHECK(cells_of(read(path).raster)[2] == large);
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
  CHECK(cells_of(read(options).raster)[0] == 1);
  options.band = 2;
  CHECK(cells_of(read(options).raster)[0] == 21);
  CHECK(read(options).source_layer == "band 2");
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
    RasterResult const result = read(options);
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
    CHECK(read(options).raster.cells() == 0);
    options.area = [](Raster const&) { return Box{}; };
    CHECK(read(options).raster.cells() == 0);
  }
}

TEST_CASE("Rasters that are rotated, upside down, mirrored or without place are refused with the remedy") {
  TempDir const dir;
  auto const path = dir.path() / "a.tif";
  RasterToMake raster = twelve();
  for (auto const& place : std::vector<std::array<double, 6>>{
           {100000, 10, 1, 200030, 1, -10}, {100000, 10, 0, 200000, 0, 10}, {100040, -10, 0, 200030, 0, -10}}) {
    raster.place = place;
    fs::remove(path);
    make_raster(path, raster);
    check_says(fault_of(path), {"Layer 'toy' ('a.tif')", "north", "gdalwarp"});
  }
  raster.placed = false;
  fs::remove(path);
  make_raster(path, raster);
  check_says(fault_of(path), {"does not say where", "gdal_translate -a_ullr"});
}

TEST_CASE("The CRS of a raster follows the rules of other layers") {
  TempDir const dir;
  auto const path = dir.path() / "a.tif";
  RasterToMake raster = twelve();
  raster.epsg = 0;
  make_raster(path, raster);
  RasterOptions options = raster_options(path);
  check_says(fault_of(options), {"has no CRS", "crs = "}, ErrorKind::crs);
  options.crs = "EPSG:31370";
  CHECK(read(options).raster.crs.authority == "EPSG:31370");

  auto const labelled = dir.path() / "b.tif";
  make_raster(labelled, twelve());
  options = raster_options(labelled);
  options.crs = "EPSG:3812";
  check_says(fault_of(options), {"EPSG:31370", "EPSG:3812", "crs_override"}, ErrorKind::crs);
  options.crs.clear();
  options.crs_override = "EPSG:3812";
  Issues issues;
  CHECK(read_raster(options, issues).raster.crs.authority == "EPSG:3812");
  CHECK(codes(issues) == std::vector<std::string>{"crs_overridden"});

  auto const wrong = dir.path() / "c.tif";
  raster.epsg = 31300;
  make_raster(wrong, raster);
  check_says(fault_of(wrong), {"31300"}, ErrorKind::crs);

  auto const with_height = dir.path() / "d.tif";
  raster.epsg = 6190;  // Lambert 72 with heights above Ostend
  make_raster(with_height, raster);
  CHECK(read(with_height).raster.crs.authority == "EPSG:31370");

  auto const degrees = dir.path() / "e.tif";
  raster.epsg = 4258;
  raster.place = {3, 0.001, 0, 51.5, 0, -0.001};
  make_raster(degrees, raster);
  RasterResult const result = read(degrees);
  CHECK_FALSE(result.raster.crs.projected);
  CHECK(result.raster.grid.left == 3);  // longitude stays x
}

TEST_CASE("A raster that is cut off is no raster of zeros") {
  TempDir const dir;
  RasterToMake raster;
  raster.columns = 200;
  raster.rows = 200;
  raster.bands.emplace_back();
  for (int i = 0; i < 40000; ++i) raster.bands[0].push_back(1 + i % 250);
  auto const whole = dir.path() / "whole.tif";
  make_raster(whole, raster);
  std::string const bytes = read_file(whole);
  for (std::size_t const part : {std::size_t{0}, std::size_t{5}, bytes.size() / 2, bytes.size() - 100}) {
    auto const path = dir.path() / fmt::format("{}.tif", part);
    write_file(path, bytes.substr(0, part));
    auto const thrown = fault_of(path);
    INFO(part << ": " << thrown.text);
    CHECK(thrown.kind == ErrorKind::input);
    CHECK(has_text(thrown.text, "Get "));
  }
  RasterToMake text = twelve();
  auto const grid = dir.path() / "a.asc";
  make_raster(grid, text, "AAIGrid");
  std::string const lines = read_file(grid);
  write_file(grid, lines.substr(0, lines.size() - 12));
  check_says(fault_of(grid), {"Get "});
}

TEST_CASE("Formats that run code or fetch something, and what is no file, are refused") {
  TempDir const dir;
  make_raster(dir.path() / "a.tif", twelve());
  auto const vrt = dir.path() / "a.vrt";
  make_raster(vrt, twelve(), "VRT");
  check_says(fault_of(vrt), {"'VRT'", "gdal_translate"});
  auto const hidden = dir.path() / "hidden.tif";  // a VRT under another name
  write_file(hidden, "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"/>");
  check_says(fault_of(hidden), {"'VRT'"});
  auto const wms = dir.path() / "wms.xml";
  write_file(wms, "<GDAL_WMS><Service name=\"TMS\"><ServerUrl>http://127.0.0.1:1/</ServerUrl></Service></GDAL_WMS>");
  check_says(fault_of(wms), {"'WMS'"});
  std::string const inside = "GTIFF_DIR:1:" + (dir.path() / "a.tif").string();
  for (std::string const& path : std::vector<std::string>{"/vsicurl/http://127.0.0.1:1/a.tif",
                                                          "http://127.0.0.1:1/a.tif", inside, "<VRTDataset/>"})
    check_says(fault_of(path), {"no file of this machine"});
  check_says(fault_of(dir.path() / "b.tif"), {"no such file", "a.tif"});
  check_says(fault_of(dir.path()), {"folder"});
  write_file(dir.path() / "a.tif.msk", "<VRTDataset rasterXSize=\"4\" rasterYSize=\"3\"/>");
  check_says(fault_of(dir.path() / "a.tif"), {"a.tif.msk"});
  fs::remove(dir.path() / "a.tif.msk");
  write_file(dir.path() / "a.tif.ovr", "<VRTDataset rasterXSize=\"4\" rasterYSize=\"3\"/>");
  check_says(fault_of(dir.path() / "a.tif"), {"a.tif.ovr"});
  fs::remove(dir.path() / "a.tif.ovr");
  CHECK(read(dir.path() / "a.tif").cells_known == 12);
  {
    gdal::Dataset const dataset(GDALOpen((dir.path() / "a.tif").c_str(), GA_Update));
    GDALSetMetadataItem(dataset.get(), "OVERVIEW_FILE", "/vsicurl/http://127.0.0.1:1/a.tif", "OVERVIEWS");
  }
  check_says(fault_of(dir.path() / "a.tif"), {"overviews"});
}

TEST_CASE("A layer of shapes is no raster, and a raster no layer of shapes") {
  TempDir const dir;
  make_source(dir.path() / "a.geojson", "GeoJSON", "a", 4326, {{"n", OFTInteger}}, {{"POINT (3 51)", {"1"}}});
  check_says(fault_of(dir.path() / "a.geojson"), {"no raster", "kind"});
  make_raster(dir.path() / "a.tif", twelve());
  Issues issues;
  auto const thrown = error_of([&] { static_cast<void>(read_layer(options_for(dir.path() / "a.tif"), issues)); });
  check_says(thrown, {"kind = \"raster\""});
}
