// A planner's first day, on real folders: terrein init --from FOLDER gives a study that runs after the edits named
// here.
#include <nlohmann/json.hpp>

#include <iostream>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

/// What a person must write in the study before it runs.
struct Edit {
  std::string from, to;
};

/// Copies of real files in a folder of their own, and the study made of them.
class RealFolder {
 public:
  /// Files or folders below ../shared/data.
  explicit RealFolder(std::vector<std::string> const& names) {
    for (std::string const& name : names) {
      fs::path const source = shared("data/" + name);
      if (source.empty()) return;
      fs::path const target = dir_.path() / "map" / source.filename();
      fs::create_directories(target.parent_path());
      fs::copy(source, target, fs::copy_options::recursive);
    }
    there_ = true;
  }
  [[nodiscard]] bool there() const { return there_; }
  [[nodiscard]] fs::path study() const { return dir_.path() / "study.toml"; }
  [[nodiscard]] fs::path result() const { return dir_.path() / "resultaat.gpkg"; }
  [[nodiscard]] RunResult terrein(std::string const& arguments) const {
    return run("cd '" + dir_.path().string() + "' && " + TERREIN_PROGRAM + " " + arguments);
  }
  void init(std::string const& arguments = "") const {
    RunResult const result = terrein("init --from map " + arguments);
    INFO(result.out << result.err);
    REQUIRE(result.exit_code == 0);
  }
  void edit(Edit const& one) const {
    std::string text = read_file(study());
    auto const at = text.find(one.from);
    INFO(text);
    REQUIRE(at != std::string::npos);
    write_file(study(), text.replace(at, one.from.size(), one.to));
  }

 private:
  TempDir dir_;
  bool there_ = false;
};

/// `source = ""` filled in with parcels of Leuven, and their profile.
Edit parcels() {
  return {"source = \"\"",
          "source = \"" + shared("data/belgium/grb_adp_leuven_342.geojson").string() + "\"\nprofile = \"grb_adp\""};
}

void runs(std::vector<std::string> const& names, std::vector<Edit> const& edits, std::string const& candidates,
          std::string const& rows, std::string const& model = "business_park") {
  RealFolder const folder(names);
  if (!folder.there()) return;
  folder.init("--model " + model);
  for (Edit const& one : edits) folder.edit(one);
  RunResult const told = folder.terrein("check study.toml");
  INFO(names.front() << "\n" << read_file(folder.study()) << told.out);
  CHECK(told.exit_code == 0);
  RunResult const ran = folder.terrein("run study.toml");
  INFO(ran.err);
  REQUIRE(ran.exit_code == 0);
  Database const result(folder.result());
  CHECK(result.one("SELECT source FROM sources WHERE layer = 'parcels'").find(candidates) != std::string::npos);
  CHECK(result.one("SELECT rows_read FROM sources WHERE layer = 'parcels'") == rows);
}

}  // namespace

TEST_CASE("init makes a study of the Belgian folder that runs as it is", "[real]") {
  runs({"belgium"}, {}, "grb_adp_leuven_342.geojson", "342");
}

TEST_CASE("init makes a study of the Dutch folder that runs as it is", "[real]") {
  runs({"netherlands"}, {}, "brk_perceel_sample_v5.gml", "11");
}

TEST_CASE("init makes studies of parcels in feet and in France that run as they are", "[real]") {
  runs({"parcels_zoning/lexington_va_2284.gpkg"}, {}, "lexington_va_2284.gpkg", "3160");
  runs({"parcels_zoning/france_parcel_zoning_roads_2154.gpkg"}, {}, "france_parcel_zoning_roads_2154.gpkg", "851");
}

TEST_CASE("init makes a study of several towns that runs as it is", "[real]") {
  runs({"parcels_zoning"}, {}, "forest_city_nc_2264.gpkg", "7234");
}

TEST_CASE("init takes the likeliest polygons where nothing says that they are parcels", "[real]") {
  runs({"zoning_fr"}, {}, "plu_zone_urba_2154.gpkg", "222");
  runs({"multimodal"}, {}, "nodus_belgium_multimodal.gpkg", "11", "multimodal");
}

TEST_CASE("init makes a study of nature and rivers that runs as it is", "[real]") {
  RealFolder const folder({"nature_flood"});
  if (!folder.there()) return;
  folder.init();
  RunResult const ran = folder.terrein("run study.toml");
  INFO(read_file(folder.study()) << ran.err);
  CHECK(ran.exit_code == 0);
}

TEST_CASE("init makes a study of OpenStreetMap that runs as it is", "[real]") {
  runs({"osm"}, {}, "puurs_themes_31370.gpkg", "3592");
}

TEST_CASE("init asks for one thing where a folder has no land: the parcels", "[real]") {
  if (shared("data/belgium/grb_adp_leuven_342.geojson").empty()) return;
  runs({"ports"}, {parcels()}, "grb_adp_leuven_342.geojson", "342", "multimodal");
  runs({"routing"}, {parcels()}, "grb_adp_leuven_342.geojson", "342");
  runs({"brownfield"}, {parcels()}, "grb_adp_leuven_342.geojson", "342", "brownfield");
}

TEST_CASE("the parcels of Lexington are judged in metres and keep their key", "[real]") {
  RealFolder const folder({"parcels_zoning/lexington_va_2284.gpkg"});
  if (!folder.there()) return;
  folder.init();
  std::string const study = read_file(folder.study());
  INFO(study);
  CHECK(study.find("crs = \"EPSG:26917\"") != std::string::npos);  // NAD83 / UTM 17N: 78 to 84 degrees west
  CHECK(study.find("US survey") == std::string::npos);
  CHECK(study.find("id = \"MPGISPIN\"") != std::string::npos);
  CHECK(study.find("duplicates = \"suffix\"") != std::string::npos);  // 14 rows repeat a key, 21 have none
  // Shape_Area is in square US survey feet, (1200/3937)² m², in the map projection of the state: scale within 2e-4.
  RunResult const kept = folder.terrein("run study.toml --set candidates.keep='[\"Shape_Area\"]'");
  INFO(kept.err);
  REQUIRE(kept.exit_code == 0);
  Database const areas(folder.result());
  CHECK(
      areas.number("SELECT count(*) FROM (SELECT val_site_ha, Shape_Area FROM candidates UNION ALL SELECT val_site_ha, "
                   "Shape_Area FROM excluded) WHERE abs(val_site_ha * 1e4 / (Shape_Area * 1200.0 * 1200 / 3937 / 3937) "
                   "- 1) < 0.002") > 3000);
}

TEST_CASE("area and perimeter of all parcels of Leuven are those of the cadastre to two decimals", "[real]") {
  RealFolder const folder({"belgium/grb_adp_leuven_342.geojson"});
  if (!folder.there()) return;
  folder.init();
  RunResult const ran = folder.terrein(
      "run study.toml --set candidates.keep='[\"OPPERVL\", \"LENGTE\"]' --set criteria.own_m2.measure=gross_area "
      "--set criteria.own_m.measure=perimeter");
  INFO(read_file(folder.study()) << ran.err);
  REQUIRE(ran.exit_code == 0);
  Database const result(folder.result());
  std::string const all =
      "(SELECT OPPERVL, LENGTE, val_own_m2, val_own_m FROM candidates UNION ALL SELECT OPPERVL, "
      "LENGTE, val_own_m2, val_own_m FROM excluded)";
  CHECK(result.one("SELECT count(*) FROM " + all) == "342");
  // As the cadastre writes them: rounded to the centimetre, so at most half of one and some binary dust away.
  CHECK(result.one("SELECT count(*) FROM " + all + " WHERE abs(val_own_m2 - OPPERVL) <= 0.00501") == "342");
  CHECK(result.one("SELECT count(*) FROM " + all + " WHERE abs(val_own_m - LENGTE) <= 0.00501") == "342");
}
