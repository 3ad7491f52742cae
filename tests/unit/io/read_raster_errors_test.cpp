// What is refused, and what the remedy is.
#include "raster_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

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
  CHECK(read_cells(options).raster.crs.authority == "EPSG:31370");

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
  CHECK(read_cells(with_height).raster.crs.authority == "EPSG:31370");

  auto const degrees = dir.path() / "e.tif";
  raster.epsg = 4258;
  raster.place = {3, 0.001, 0, 51.5, 0, -0.001};
  make_raster(degrees, raster);
  RasterResult const result = read_cells(degrees);
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
  CHECK(read_cells(dir.path() / "a.tif").cells_known == 12);
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
