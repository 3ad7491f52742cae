// Layers that are made of others: plans by their order of force, ramps of slip roads.
#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

std::string box(std::string const& properties, int x0, int y0, int x1, int y1) {
  auto const at = [](int x, int y) { return "[" + std::to_string(x) + "," + std::to_string(y) + "]"; };
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"Polygon","coordinates":[[)" +
         at(x0, y0) + "," + at(x1, y0) + "," + at(x1, y1) + "," + at(x0, y1) + "," + at(x0, y0) + "]]}}";
}

std::string line(std::string const& properties, std::string const& coordinates) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"LineString","coordinates":[)" +
         coordinates + "]}}";
}

/// The small world with a regional plan over everything, an older and a newer municipal plan, and no plan in the
/// north.
class PlannedWorld : public SmallWorld {
 public:
  PlannedWorld() {
    write("gewestplan", box(R"("zone":"farm")", 100000, 200000, 100300, 200200));
    write("gemrup", box(R"("zone":"housing","when":"2010-05-01")", 100000, 200000, 100100, 200100));
    write("prorup", box(R"("zone":"business","when":"2018-01-01")", 100050, 200000, 100150, 200100));
    edit("study.toml", "[layers.rail]",
         R"([layers.gewestplan]
source = "gewestplan.geojson"
class = "zone"
[layers.gemrup]
source = "gemrup.geojson"
class = "zone"
decided = "when"
coverage = "everywhere"
[layers.prorup]
source = "prorup.geojson"
class = "zone"
decided = "when"
coverage = "everywhere"
[layers.zoning]
combine = ["gemrup|prorup", "gewestplan"]
[layers.rail])");
    edit("study.toml", "[rules.dry]", R"([criteria.farm]
measure = "area_share"
layer = "zoning"
classes = ["farm"]
[criteria.housing]
measure = "area_share"
layer = "zoning"
classes = ["housing"]
[criteria.business]
measure = "area_share"
layer = "zoning"
classes = ["business"]
[rules.dry])");
  }
  void write(std::string const& name, std::string const& features) const {
    write_file(path(name + ".geojson"), collection(features));
  }
};

}  // namespace

TEST_CASE("a plan counts where no plan of a higher group lies, and the later decision within a group") {
  PlannedWorld const world;
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  auto const share = [&](std::string const& column, std::string const& parcel) {
    return db.one("SELECT coalesce(round(v, 6), 'unknown') FROM (SELECT key, val_" + column +
                  " AS v FROM candidates UNION ALL SELECT key, val_" + column + " FROM excluded) WHERE key = '" +
                  parcel + "'");
  };
  // A1: the older housing plan keeps its western half, the newer business plan the eastern one, nothing is left of
  // farm.
  CHECK(share("housing", "A1") == "0.5");
  CHECK(share("business", "A1") == "0.5");
  CHECK(share("farm", "A1") == "0.0");
  // B1: half business, half the regional plan; C2: the regional plan alone; C3: no plan tells.
  CHECK(share("business", "B1") == "0.5");
  CHECK(share("farm", "B1") == "0.5");
  CHECK(share("farm", "C2") == "1.0");
  CHECK(share("farm", "C3") == "unknown");
  CHECK(db.one("SELECT source FROM sources WHERE layer = 'zoning'") == "combined: gemrup|prorup, gewestplan");
}

TEST_CASE("plans are ordered by the day of their decision, however it is written") {
  auto const [older, newer] = GENERATE(table<std::string, std::string>({{"20/01/2010", "05/02/2009"},
                                                                        {"2010-01-20", "5-2-2009"},
                                                                        {"2010-01-20T00:00:00Z", "20090205"},
                                                                        {"2010", "31/12/2009"}}));
  PlannedWorld const world;  // the plan called prorup is the older one here
  world.write("gemrup", box(R"("zone":"housing","when":")" + older + '"', 100000, 200000, 100100, 200100));
  world.write("prorup", box(R"("zone":"business","when":")" + newer + '"', 100050, 200000, 100150, 200100));
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.number("SELECT val_housing FROM (SELECT key, val_housing FROM candidates UNION ALL SELECT key, val_housing "
                  "FROM excluded) WHERE key = 'A1'") == 1);
  CHECK(db.number("SELECT count(*) FROM issues WHERE code IN ('undated_plan', 'equal_force')") == 0);
}

TEST_CASE("plans of equal force that contradict each other are told, and so is a date that is none") {
  PlannedWorld const world;
  world.write("gemrup", box(R"("zone":"housing","when":"soon")", 100000, 200000, 100100, 200100));
  world.write("prorup", box(R"("zone":"business","when":null)", 100050, 200000, 100150, 200100));
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.number("SELECT count(*) FROM issues WHERE code = 'undated_plan'") == 2);
  CHECK(db.one("SELECT text FROM issues WHERE code = 'undated_plan' AND text LIKE '%gemrup%'")
            .find("'soon' is not read as one") != std::string::npos);
  CHECK(db.one("SELECT text FROM issues WHERE code = 'equal_force'").find("5000 m²") != std::string::npos);
}

TEST_CASE("a plan whose shape is lost makes the class of all land below it unknown") {
  PlannedWorld const world;
  world.write("gemrup", R"({"type":"Feature","properties":{"zone":"housing","when":"2010-05-01"},"geometry":null})");
  world.edit("study.toml", "[criteria.housing]",
             "[criteria.zone]\nmeasure = \"largest_class\"\nlayer = \"zoning\"\n[criteria.housing]");
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.number("SELECT count(*) FROM candidates WHERE val_zone IS NOT NULL") == 0);
}

TEST_CASE("a layer is not combined with itself") {
  PlannedWorld const world;
  world.edit("study.toml", R"(["gemrup|prorup", "gewestplan"])", R"(["gemrup|prorup", "gemrup"])");
  RunResult const result = world.terrein();
  CHECK(result.exit_code == 2);
  CHECK(result.err.find("names layer 'gemrup' twice") != std::string::npos);
}

TEST_CASE("a plan in a phase that its profile does not know to be in force has no class") {
  PlannedWorld const world;
  world.write("gemrup",
              box(R"("svnaam":"natuurgebied","categorie":"","algplanid":"p","fase":"NA","fasedatum":"2010-05-01")",
                  100000, 200000, 100100, 200100));
  world.edit("study.toml", "source = \"gemrup.geojson\"\nclass = \"zone\"\ndecided = \"when\"",
             "source = \"gemrup.geojson\"\nprofile = \"rup\"");
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT text FROM issues WHERE code = 'plan_phase'").starts_with("1 rows have fase 'NA'"));
  // The western half of A1 is land of that plan, and nobody knows what may be built there.
  CHECK(db.one("SELECT coalesce(v, 'unknown') FROM (SELECT key, val_farm AS v FROM candidates UNION ALL SELECT key, "
               "val_farm FROM excluded) WHERE key = 'A1'") == "unknown");
}

TEST_CASE("ramps are made of slip roads") {
  SmallWorld const world;
  write_file(world.path("roads.geojson"),
             SmallWorld::collection(line(R"("MORF":101)", "[100000,199900],[100300,199900]") + "," +
                                    line(R"("MORF":107)", "[100300,199900],[100300,200000]") + "," +
                                    line(R"("MORF":103)", "[100300,200000],[100300,200300]")));
  world.edit("study.toml", "[layers.rail]", R"([layers.roads]
source = "roads.geojson"
coverage = "everywhere"
graph = { connect = "ends", default_speed_kmh = 50 }
slip_roads = { field = "MORF", values = ["107", "108"], main = ["101"] }
[layers.ramps]
slip_roads_of = "roads"
[layers.rail])");
  world.edit("study.toml", "[rules.dry]", R"([criteria.ramp_m]
measure = "distance"
layer = "ramps"
[rules.dry])");
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(db.one("SELECT val_ramp_m FROM candidates WHERE key = 'C1'") == "0.0");  // its corner
  CHECK(db.one("SELECT val_ramp_m FROM candidates WHERE key = 'B1'") == "100.0");
  CHECK(db.one("SELECT by_ramp_m FROM candidates WHERE key = 'C1'") == "100300.000 200000.000");
}

TEST_CASE("what a layer is made of is checked") {
  PlannedWorld const world;
  world.edit("study.toml", R"(combine = ["gemrup|prorup", "gewestplan"])",
             "combine = [\"gemrop\", \"gewestplan\"]\nclass = \"zone\"");
  RunResult const result = world.terrein();
  CHECK(result.exit_code == 2);
  CHECK(result.err.find("layers.zoning.combine: the study has no layer 'gemrop'") != std::string::npos);
  CHECK(result.err.find("Did you mean 'gemrup'") != std::string::npos);
  CHECK(result.err.find("layers.zoning.class: has no meaning") != std::string::npos);
}
