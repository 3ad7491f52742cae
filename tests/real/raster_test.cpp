// Real parcels over a raster, against an overlay with the same cells as polygons, and their mean by SQL.
#include <fmt/core.h>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace {

constexpr int columns = 96, rows = 104, cell = 10, left = 173720, top = 180310;  // around the parcels of Leuven

/// 0 … 4, and 5 where the raster has no value.
int value_at(int column, int row) { return (column * column + 3 * row + column * row) % 41 % 6; }

std::string ascii_grid() {
  std::string out = fmt::format("ncols {}\nnrows {}\nxllcorner {}\nyllcorner {}\ncellsize {}\nNODATA_value 5\n",
                                columns, rows, left, top - rows * cell, cell);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) out += fmt::format("{} ", value_at(column, row));
    out += '\n';
  }
  return out;
}

std::string cells_as_polygons() {
  std::string out;
  for (int row = 0; row < rows; ++row)
    for (int column = 0; column < columns; ++column) {
      int const x = left + cell * column, y = top - cell * (row + 1);
      out += fmt::format(R"({}{{"type":"Feature","properties":{{"class":"c{}"}},"geometry":{{"type":"Polygon",)"
                         R"("coordinates":[[[{},{}],[{},{}],[{},{}],[{},{}],[{},{}]]]}}}})",
                         out.empty() ? "" : ",", value_at(column, row), x, y, x + cell, y, x + cell, y + cell, x,
                         y + cell, x, y);
    }
  return R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::31370"}},)"
         R"("features":[)" +
         out + "]}";
}

std::string study(std::string const& parcels) {
  std::string out = fmt::format(R"([candidates]
layer = "parcels"
[layers.parcels]
source = "{}"
id = "CAPAKEY"
[layers.cells]
source = "cells.geojson"
class = "class"
[layers.grid]
source = "grid.asc"
kind = "raster"
crs = "EPSG:31370"
[criteria.mean]
measure = "raster_mean"
layer = "grid"
[criteria.most]
measure = "raster_max"
layer = "grid"
)",
                                parcels);
  for (int value = 0; value <= 5; ++value) {
    out += fmt::format("[criteria.overlay{0}]\nmeasure = \"area_share\"\nlayer = \"cells\"\nclasses = [\"c{0}\"]\n",
                       value);
    out += fmt::format("[criteria.share{0}]\nmeasure = \"raster_share\"\nlayer = \"grid\"\nvalues = [{0}]\n", value);
  }
  return out + "[output]\nfile = \"result.gpkg\"\n";
}

}  // namespace

TEST_CASE("shares and means of real parcels on a raster are those of its cells as polygons", "[real]") {
  auto const parcels = shared("data/belgium/grb_adp_leuven_342.geojson");
  if (parcels.empty()) return;
  TempDir const dir;
  write_file(dir.path() / "grid.asc", ascii_grid());
  write_file(dir.path() / "cells.geojson", cells_as_polygons());
  write_file(dir.path() / "study.toml", study(parcels.string()));
  RunResult const result = run(std::string(TERREIN_PROGRAM) + " run " + (dir.path() / "study.toml").string());
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(dir.path() / "result.gpkg");
  CHECK(db.number("SELECT count(*) FROM candidates") == 342);
  // Known where no part lies on a cell without value.
  CHECK(db.number("SELECT count(*) FROM candidates WHERE (val_mean IS NULL) != (val_overlay5 > 1e-6)") == 0);
  CHECK(db.number("SELECT count(*) FROM candidates WHERE (val_share0 IS NULL) != (val_mean IS NULL)") == 0);
  CHECK(db.number("SELECT count(*) FROM candidates WHERE val_mean IS NOT NULL") > 40);
  for (int value = 0; value <= 4; ++value)
    CHECK(db.number(fmt::format("SELECT max(abs(val_share{0} - val_overlay{0})) FROM candidates", value)) < 1e-9);
  CHECK(db.number("SELECT max(abs(val_mean - val_overlay1 - 2 * val_overlay2 - 3 * val_overlay3 - 4 * val_overlay4)) "
                  "FROM candidates") < 1e-8);
  CHECK(db.number("SELECT count(*) FROM candidates WHERE val_mean IS NOT NULL AND val_most != CASE "
                  "WHEN val_overlay4 > 1e-6 THEN 4 WHEN val_overlay3 > 1e-6 THEN 3 WHEN val_overlay2 > 1e-6 THEN 2 "
                  "WHEN val_overlay1 > 1e-6 THEN 1 ELSE 0 END") == 0);
}
