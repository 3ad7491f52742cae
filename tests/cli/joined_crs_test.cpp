// Layers in four coordinate systems in one study. The coordinates are made with PROJ pipelines that name every step, so
// that no choice of terrein's is repeated here.
#include <proj.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "unit/io/io_fixtures.hpp"

using namespace terrein::test;

namespace {

/// While it lives PROJ finds the grids of a folder, here and in programs that are started; of an empty one, none.
class GridFolder {
 public:
  explicit GridFolder(std::string const& folder) { setenv("PROJ_USER_WRITABLE_DIRECTORY", folder.c_str(), 1); }
  ~GridFolder() { unsetenv("PROJ_USER_WRITABLE_DIRECTORY"); }
  GridFolder(GridFolder const&) = delete;
  GridFolder& operator=(GridFolder const&) = delete;
};

struct Place {
  double x, y;  // Lambert 72
};

std::string const lambert_72_to_etrs89 =
    "+proj=pipeline +step +inv +proj=lcc +lat_0=90 +lon_0=4.36748666666667 +lat_1=51.1666672333333 +lat_2=49.8333339 "
    "+x_0=150000.013 +y_0=5400088.438 +ellps=intl +step +proj=hgridshift +grids=be_ign_bd72lb72_etrs89lb08.tif";
std::string const degrees = " +step +proj=unitconvert +xy_in=rad +xy_out=deg";
std::string const lambert_2008 =
    " +step +proj=lcc +lat_0=50.797815 +lon_0=4.35921583333333 +lat_1=49.8333333333333 +lat_2=51.1666666666667 "
    "+x_0=649328 +y_0=665262 +ellps=GRS80";
std::string const rd_new =
    " +step +inv +proj=hgridshift +grids=nl_nsgi_rdtrans2018.tif +step +proj=sterea +lat_0=52.1561605555556 "
    "+lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel";

/// Places in another system, through a pipeline that names all its steps and grids.
std::vector<Place> moved(std::vector<Place> places, std::string const& pipeline, std::string const& grids) {
  GridFolder const with(grids);
  PJ_CONTEXT* const context = proj_context_create();
  PJ* const operation = proj_create(context, pipeline.c_str());
  REQUIRE(operation != nullptr);
  for (Place& place : places) {
    PJ_COORD const there = proj_trans(operation, PJ_FWD, proj_coord(place.x, place.y, 0, 0));
    place = {there.xy.x, there.xy.y};
    REQUIRE(std::isfinite(place.x));
  }
  proj_destroy(operation);
  proj_context_destroy(context);
  return places;
}

std::string points(std::vector<Place> const& places, std::string const& code) {
  std::string features;
  for (Place const& place : places) {
    nlohmann::json const feature{{"type", "Feature"},
                                 {"properties", nlohmann::json::object()},
                                 {"geometry", {{"type", "Point"}, {"coordinates", {place.x, place.y}}}}};
    features += (features.empty() ? "" : ",") + feature.dump();
  }
  return R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::)" + code +
         R"("}},"features":[)" + features + "]}";
}

std::string square(double x, double y, std::string const& key) {
  nlohmann::json const ring{{x, y}, {x + 100, y}, {x + 100, y + 100}, {x, y + 100}, {x, y}};
  nlohmann::json const feature{{"type", "Feature"},
                               {"properties", {{"key", key}}},
                               {"geometry", {{"type", "Polygon"}, {"coordinates", {ring}}}}};
  return feature.dump();
}

/// Square parcels in Lambert 72 at the places of the reference table; exactly 100 m east and 100 m north of each a
/// point, in every other system a layer each.
class FourSystems {
 public:
  explicit FourSystems(std::string const& grids, std::vector<std::string> const& codes) {
    std::vector<Place> const corners{{104800, 193700}, {103000, 207900}, {153093, 211536}, {200000, 190000}};
    std::string parcels, layers, criteria;
    std::vector<Place> east, north;
    for (Place const& corner : corners) {
      parcels += (parcels.empty() ? "" : ",") + square(corner.x, corner.y, std::to_string(parcels.size()));
      east.push_back({corner.x + 200, corner.y + 50});
      north.push_back({corner.x + 50, corner.y + 200});
    }
    write_file(world.path("parcels.geojson"), SmallWorld::collection(parcels));
    for (std::string const& code : codes)
      for (auto const& [side, places] : {std::pair{"east", east}, std::pair{"north", north}}) {
        std::string const name = side + ("_" + code);
        write_file(world.path(name + ".geojson"), points(moved(places, pipeline_to(code), grids), code));
        layers += "[layers." + name + "]\nsource = \"" + name + ".geojson\"\ncoverage = \"everywhere\"\n";
        criteria += "[criteria." + name + "]\nmeasure = \"distance\"\nlayer = \"" + name + "\"\n";
      }
    world.edit("study.toml", "[criteria.wet]", layers + criteria + "[criteria.wet]");
  }

  /// How far the points of a system lie from where they are, at each parcel.
  [[nodiscard]] std::vector<double> errors(std::string const& code) const {
    std::vector<double> out;
    for (auto const& row : Database(world.path("result.gpkg"))
                               .rows("SELECT val_east_" + code + " e, val_north_" + code + " n FROM candidates"))
      out.push_back(std::hypot(std::stod(*row.at("e")) - 100, std::stod(*row.at("n")) - 100));
    return out;
  }
  [[nodiscard]] nlohmann::json manifest_of(std::string const& layer) const {
    auto const manifest = nlohmann::json::parse(read_file(world.path("result.gpkg.run.json")));
    for (auto const& one : manifest["layers"])
      if (one["key"] == layer) return one;
    return nullptr;
  }

  SmallWorld world;

 private:
  static std::string pipeline_to(std::string const& code) {
    if (code == "4326")
      return lambert_72_to_etrs89 + degrees;  // longitudes and latitudes of exports are those of ETRS89
    return lambert_72_to_etrs89 + (code == "3812" ? lambert_2008 : rd_new);
  }
};

}  // namespace

TEST_CASE("layers in 31370, 3812, 28992 and 4326 fit within 5 cm at shared points", "[cli][grid]") {
  auto const grids = shared("data/grids");
  if (grids.empty()) return;
  std::vector<std::string> const codes{"3812", "28992", "4326"};
  FourSystems const four(grids, codes);
  GridFolder const with(grids);
  RunResult const result = four.world.terrein("--set study.max_crs_error_m=0.05");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  for (std::string const& code : codes) {
    INFO(code);
    REQUIRE(four.errors(code).size() == 4);
    for (double const error : four.errors(code)) CHECK(error < 0.05);
    auto const layer = four.manifest_of("east_" + code);
    CHECK(layer["transformation"]["accuracy_m"].get<double>() <= 0.05);
    CHECK_FALSE(layer["transformation"].contains("more_accurate_but_grid_missing"));
  }
  CHECK_FALSE(four.manifest_of("flood").contains("transformation"));
}

TEST_CASE("without the grid the 0.2 m operation is used and told everywhere", "[cli][grid]") {
  auto const grids = shared("data/grids");
  if (grids.empty()) return;
  FourSystems const four(grids, {"3812", "4326"});
  TempDir const none;
  GridFolder const without(none.path());
  RunResult const result = four.world.terrein("-v");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  std::string const grid = "be_ign_bd72lb72_etrs89lb08.tif";
  auto const layer = four.manifest_of("east_3812");
  if (!layer["transformation"].contains("more_accurate_but_grid_missing")) {
    WARN("SKIPPED: the Belgian grid is installed on this machine");
    return;
  }
  Database const package(four.world.path("result.gpkg"));
  std::string const inner = package.one("SELECT metadata FROM gpkg_metadata WHERE mime_type LIKE '%json%'");
  for (std::string const& code : {std::string("3812"), std::string("4326")}) {
    std::string const name = "east_" + code;
    INFO(name);
    // Measured against the grid, the operation is 2 to 20 cm off in Flanders.
    for (double const error : four.errors(code)) CHECK((error > 0.02 && error < 0.25));
    auto const told = four.manifest_of(name)["transformation"];
    CHECK(told["accuracy_m"] == 0.2);
    CHECK(told["operation"].get<std::string>().find("BD72 to ETRS89 (2)") != std::string::npos);
    CHECK(told["more_accurate_but_grid_missing"].get<std::string>().find("BD72 to ETRS89 (3)") != std::string::npos);
    CHECK(told["missing_grid"] == grid);
    CHECK(inner.find(told["operation"].get<std::string>()) != std::string::npos);
    auto const line = result.err.find(name + ": 4 rows");
    REQUIRE(line != std::string::npos);
    std::string const log = result.err.substr(line, result.err.find('\n', line) - line);
    for (char const* part : {"BD72 to ETRS89 (2)", "0.2 m", "not installed", grid.c_str()})
      CHECK(log.find(part) != std::string::npos);
    CHECK(result.out.find(name + ": ") != std::string::npos);
    auto const source = package.rows("SELECT operation, accuracy_m FROM sources WHERE layer = '" + name + "'").at(0);
    CHECK(source.at("operation").value_or("").find("BD72 to ETRS89 (2)") != std::string::npos);
    CHECK(source.at("accuracy_m") == "0.2");
  }
  RunResult const strict = four.world.terrein("--overwrite --set study.max_crs_error_m=0.05");
  CHECK(strict.exit_code == 3);
  for (std::string const& part : {std::string("'east_3812'"), std::string("accurate to 0.2 m"),
                                  "projsync --file " + grid, std::string("max_crs_error_m")}) {
    INFO(strict.err << "\n expected: " << part);
    CHECK(strict.err.find(part) != std::string::npos);
  }
}

namespace {

/// Lambert 72 in ESRI's words, with a name and a false easting of one's own.
std::string esri_text(std::string const& name, std::string const& false_easting) {
  return "PROJCS[\"" + name +
         R"(",GEOGCS["GCS_Belge_1972",DATUM["D_Belge_1972",SPHEROID["International_1924",6378388.0,297.0]],)"
         R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],)"
         R"(PARAMETER["False_Easting",)" +
         false_easting +
         R"(],PARAMETER["False_Northing",5400088.438],PARAMETER["Central_Meridian",4.367486666666666],)"
         R"(PARAMETER["Standard_Parallel_1",49.8333339],PARAMETER["Standard_Parallel_2",51.16666723333333],)"
         R"(PARAMETER["Latitude_Of_Origin",90.0],UNIT["Meter",1.0]])";
}

}  // namespace

TEST_CASE("a source in the study's CRS under another name is not moved, one under its name alone is", "[cli]") {
  SmallWorld const world;
  auto const run_with = [&](std::string const& prj) {
    // A shapefile, because its .prj is the label that publishers write in most ways.
    if (!fs::exists(world.path("rail.shp")))
      make_source(world.path("rail.shp"), "ESRI Shapefile", "rail", 0, {},
                  {{"LINESTRING (100300 200000,100300 200300)"}});
    write_file(world.path("rail.prj"), prj);
    return world.terrein("--overwrite");
  };
  world.edit("study.toml", "source = \"rail.geojson\"", "source = \"rail.shp\"");
  auto const transformation = [&] {
    auto const manifest = nlohmann::json::parse(read_file(world.path("result.gpkg.run.json")));
    for (auto const& layer : manifest["layers"])
      if (layer["key"] == "rail") return layer.contains("transformation");
    return false;
  };
  REQUIRE(run_with(esri_text("Mijn_eigen_stelsel", "150000.013")).exit_code == 0);
  CHECK_FALSE(transformation());
  CHECK(Database(world.path("result.gpkg")).number("SELECT val_rail_m FROM candidates WHERE key = 'C1'") == 0);

  // The same numbers with a false easting that is 40 m larger lie 40 m further west: within column C, so that B is
  // 100 - 40 m away.
  REQUIRE(run_with(esri_text("Belge_Lambert_1972", "150040.013")).exit_code == 0);
  CHECK(transformation());
  CHECK(Database(world.path("result.gpkg")).number("SELECT val_rail_m FROM candidates WHERE key = 'B1'") ==
        Approx(60).margin(1e-3));
}
