// terrein network check: how the lines of the networks of a study hang together; and a run over lines with limits.
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;
using Json = nlohmann::json;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

std::string road(std::string const& properties, std::string const& coordinates) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"LineString","coordinates":[)" +
         coordinates + "]}}";
}

/// Two roads in the middle of the parcels that join, one that nearly does, and one far away without its limit.
std::string const roads = road(R"("nr":"a","maxweight":"none")", "[100050,200050],[100150,200050]") + "," +
                          road(R"("nr":"b","maxweight":"3.5 t")", "[100150,200050],[100250,200050]") + "," +
                          road(R"("nr":"c","maxweight":"none")", "[100150,200050.05],[100150,200250]") + "," +
                          road(R"("nr":"d","maxweight":null)", "[100050,200050],[100050,200250]");

/// The small world with a network.
class RoadWorld : public SmallWorld {
 public:
  explicit RoadWorld(std::string const& graph = "", std::string const& features = roads) {
    write_file(path("roads.geojson"), collection(features));
    edit("study.toml", "[criteria.wet]",
         "[layers.roads]\nsource = \"roads.geojson\"\nid = \"nr\"\ncoverage = "
         "\"everywhere\"\n[layers.roads.graph]\n" +
             graph + "\n[criteria.wet]");
  }
  [[nodiscard]] RunResult check(std::string const& arguments = "") const {
    return terrein::test::run(std::string(TERREIN_PROGRAM) + " network check '" + path("study.toml").string() + "' " +
                              arguments);
  }
  [[nodiscard]] Json network(std::string const& arguments = "") const {
    RunResult const result = check("--json " + arguments);
    INFO(result.err);
    CHECK(result.err.empty());
    return Json::parse(result.out)["networks"].at(0);
  }
};

}  // namespace

TEST_CASE("network check tells how lines hang together, in the language of the study, and writes nothing", "[cli]") {
  RoadWorld const world;
  auto const before = folder_state(world.path(""));
  RunResult const result = world.check();
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.err.empty());
  CHECK((folder_state(world.path("")) == before));
  CHECK(has(result.out, "roads  roads.geojson, EPSG:31370, connect = ends\n"));
  // 100 + 100 + 199.95 + 200 m; nodes at both ends of a and b, of c, and of d.
  CHECK(has(result.out, "4/4 lijnen, 6 knopen, 8 verbindingen, 0.600 km"));
  CHECK(has(result.out, "delen die niet aan elkaar vastzitten: 2"));
  CHECK(has(result.out,
            "1 eilanden: delen die niet aan het grootste vastzitten\n      'c' (100150.00 200050.05): 200 m\n"));
  CHECK(has(result.out,
            "1 einden die bijna samenkomen maar niet aansluiten\n      'a' (100150.00 200050.00): 'c', 0.050 m\n"));
  CHECK(has(result.out, "de studie noemt geen grenzen"));
  CHECK(has(world.check("--set study.language=en").out, "1 ends that nearly meet but are not joined"));
}

TEST_CASE("network check answers programs with every finding, and its places are a layer", "[cli]") {
  RoadWorld const world("tolerance_m = 0.1\nlimits = { weight = \"maxweight\" }");
  Json const network = world.network();
  CHECK(network["layer"] == "roads");
  CHECK(network["rows"] == 4);
  CHECK(network["lines"] == 3);
  CHECK(network["joined_parts"]["count"] == 1);
  CHECK(network["snapped_most_m"].get<double>() == Approx(0.05));
  CHECK(network["counts"]["limit_closed"] == 1);
  CHECK(network["counts"]["limit_unknown"] == 1);
  CHECK(network["counts"]["near_miss"] == 0);
  std::size_t all = 0;
  for (auto const& [code, count] : network["counts"].items()) all += count.get<std::size_t>();
  CHECK(network["findings"].size() == all);
  std::string const file = world.path("net.gpkg").string();
  REQUIRE(world.check("--issues '" + file + "'").exit_code == 0);
  Database const db(file);
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'roads'") == std::to_string(all));
  CHECK(db.one("SELECT feature_id FROM issues WHERE code = 'limit_unknown'") == "d");
  CHECK(world.check("--issues '" + file + "'").exit_code != 0);  // it is there already
  CHECK(world.check("--issues '" + file + "' --overwrite").exit_code == 0);
  RunResult const onto_input = world.check("--overwrite --issues '" + world.path("roads.geojson").string() + "'");
  CHECK(onto_input.exit_code == 2);
  CHECK(has(onto_input.err, "inputs are never overwritten"));
}

TEST_CASE("any number of workers finds the same", "[cli]") {
  RoadWorld const world("limits = { weight = \"maxweight\" }");
  std::string const one = world.check("--json --workers 1").out;
  CHECK(world.check("--json --workers 2").out == one);
  CHECK(world.check("--json --workers 7").out == one);
}

TEST_CASE("a network without a usable line is a fault of the data, told with what there is instead", "[cli]") {
  RoadWorld const points(
      "", R"({"type":"Feature","properties":{"nr":"p"},"geometry":{"type":"Point","coordinates":[100050,200050]}})");
  RunResult const result = points.check();
  INFO(result.out);
  CHECK(result.exit_code == 3);
  CHECK(has(result.out, "0/1 lijnen, 0 knopen"));
  CHECK(has(result.out, "1 punten of vlakken in plaats van lijnen\n      'p' (100050.00 200050.00)\n"));
  CHECK(has(result.out, "Layer 'roads' has no line that a network can be made of: of its 1 rows all are left out."));
  RoadWorld const closed("class = \"nr\"\nspeeds = { a = 0, b = 0, c = 0, d = 0 }");
  CHECK(closed.check().exit_code == 3);
  CHECK(has(closed.check().out, "4 gesloten door hun klasse"));
  RoadWorld const gone;
  std::filesystem::remove(gone.path("roads.geojson"));
  CHECK(gone.check().exit_code == 3);
  CHECK(has(gone.check().out, "there is no such file"));
  RoadWorld const empty("", "");
  CHECK(empty.check().exit_code == 3);
  RoadWorld const degrees;
  degrees.edit("study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:4326\"");
  CHECK(degrees.check().exit_code == 3);
  CHECK(has(degrees.check().out, "whose units are not metres"));
  RoadWorld const odd("speed = \"kmh\"");
  CHECK(odd.check().exit_code == 3);
  CHECK(has(odd.check().out, "'kmh'"));
}

TEST_CASE("network check refuses a study without networks, and a faulty one", "[cli]") {
  SmallWorld const none;
  RunResult const result =
      run(std::string(TERREIN_PROGRAM) + " network check '" + none.path("study.toml").string() + "'");
  CHECK(result.exit_code == 2);
  CHECK(has(result.err, "no layer is a network"));
  RoadWorld const faulty("conect = \"ends\"");
  CHECK(faulty.check().exit_code == 2);
  CHECK(has(faulty.check().err, "conect"));
}

TEST_CASE("limits and vehicles that cannot be meant are faults of the study", "[cli]") {
  auto const fault = [](std::string const& graph) {
    RunResult const result = RoadWorld(graph).check();
    CHECK(result.exit_code == 2);
    return result.err;
  };
  CHECK(has(fault("vehicle = { weight_t = -4 }"), "must be above 0"));
  CHECK(has(fault("ferry = \"nr\""), "go together"));
  CHECK(has(fault("cemt = \"nr\"\ncemt_classes = { a = \"IX\" }"), "'IX' is no CEMT class"));
  CHECK(has(fault("cemt_classes = { a = \"IV\" }"), "needs the field `cemt`"));
  CHECK(has(fault("sidings = [\"a\"]"), "needs the field `track`"));
}

TEST_CASE("a run gives bounds where it is not known whether the vehicle may pass", "[cli]") {
  RoadWorld const world("default_speed_kmh = 36\ntolerance_m = 0.1\nlimits = { weight = \"maxweight\" }");
  world.edit("study.toml", "[criteria.rail_m]", R"([layers.terminal]
source = "terminal.geojson"
coverage = "everywhere"
[criteria.drive]
measure = "network_time"
layer = "terminal"
roads = "roads"
access_kmh = 36
[criteria.rail_m])");
  world.edit("study.toml", "when = \">0.5\"", "when = \">2\"");  // so that no parcel is excluded
  world.edit("study.toml", "rail_m = 3\n", "rail_m = 3\ndrive = 1\n");
  world.edit("study.toml", "[output]", "[models.own.values.drive]\npoints = \"0:1|100:0\"\n[output]");
  write_file(world.path("terminal.geojson"),
             SmallWorld::collection(R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":)"
                                    "[100150,200250]}}"));
  RunResult const result = world.terrein();
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  auto const bounds = [&](std::string const& id) {
    return db.one(
        "SELECT coalesce(round(least, 3), '-') || ' ' || coalesce(round(most, 3), '-') FROM bounds WHERE id = '" + id +
        "' AND of_column = 'val_drive'");
  };
  // A1 lies at the node of a and d: 100 m over a and 199.95 m over c at 10 m/s.
  CHECK(db.one("SELECT round(val_drive, 3) FROM candidates WHERE key = 'A1'") == "29.995");
  // A3 lies at the far end of d, which has no limit: 200 m more, or no way at all.
  CHECK(db.one("SELECT val_drive IS NULL FROM candidates WHERE key = 'A3'") == "1");
  CHECK(bounds("A3") == "49.995 -");
}
