// What-ifs through a whole run, on nine parcels whose ways can be counted by hand.
#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

std::string feature(std::string const& properties, std::string const& type, std::string const& coordinates) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":")" + type +
         R"(","coordinates":)" + coordinates + "}}";
}

std::string street(std::string const& id, std::string const& coordinates) {
  return feature(R"("name":")" + id + R"(","kmh":36)", "LineString", coordinates);
}

/// A street north through the centroids of each column (A, B and C), and two that join them in the north (AB and BC);
/// 36 km/h, which is 10 m/s. The one terminal, T1, stands at the centroid of C1.
class WorldWithTerminal : public SmallWorld {
 public:
  WorldWithTerminal() {
    write_file(path("streets.geojson"), collection(streets()));
    write_file(path("bridge.geojson"), collection(bridge));
    write_file(path("detour.geojson"),
               collection(street("detour", "[[100050,200050],[100050,199950],[100250,199950],[100250,200050]]")));
    write_file(path("terminals.geojson"), collection(feature(R"("name":"T1")", "Point", "[100250,200050]")));
    write_file(path("quay.geojson"), collection(feature(R"("name":"T2")", "Point", "[100050,200050]")));
    edit("study.toml", "[criteria.wet]", R"([layers.streets]
source = "streets.geojson"
id = "name"
coverage = "everywhere"
graph = { connect = "vertices", speed = "kmh" }
[layers.terminals]
source = "terminals.geojson"
id = "name"
coverage = "everywhere"
[criteria.time]
measure = "network_time"
layer = "terminals"
roads = "streets"
[criteria.wet])");
  }

  static std::string streets(std::string const& more = {}) {
    std::string out;
    for (auto const& [id, x] : {std::pair{"A", "100050"}, {"B", "100150"}, {"C", "100250"}})
      out += street(id, std::string("[[") + x + ",200050],[" + x + ",200150],[" + x + ",200250]]") + ",";
    return out + street("AB", "[[100050,200250],[100150,200250]]") + "," +
           street("BC", "[[100150,200250],[100250,200250]]") + more;
  }
  void add(std::string const& toml) const { edit("study.toml", "[output]", toml + "[output]"); }

  inline static std::string const bridge = street("bridge", "[[100150,200050],[100250,200050]]");
};

std::string const with_bridge = R"([whatif.bridge]
label = "Nieuwe brug"
[whatif.bridge.layers.streets]
add = { source = "bridge.geojson" }
)";

/// Rows of a query as "a|b|c", one after the other.
std::string lines(Database const& db, std::string const& columns, std::string const& from) {
  std::string out;
  for (auto const& row : db.rows("SELECT " + columns + " AS v FROM " + from)) out += row.at("v").value_or("-") + "\n";
  return out;
}

std::string changes(Database const& db, std::string const& whatif, std::string const& criterion) {
  auto const shown = [](std::string const& column) { return "coalesce(cast(" + column + " AS INTEGER), '-')"; };
  return lines(db,
               "candidate || ' ' || " + shown("before") + " || ' ' || " + shown("after") + " || ' ' || " +
                   shown("gain") + " || ' ' || change",
               "whatif WHERE whatif = '" + whatif + "' AND criterion = '" + criterion + "' ORDER BY candidate");
}

/// All values of all parcels.
std::string values(Database const& db) {
  std::string const of =
      "key || ' ' || coalesce(val_time, '-') || ' ' || coalesce(by_time, '-') || ' ' || val_wet || "
      "' ' || val_rail_m || ' ' || own_score";
  return lines(db, of, "candidates ORDER BY key") + lines(db, of, "excluded ORDER BY key");
}

}  // namespace

TEST_CASE("a bridge brings parcels closer by the minutes counted by hand, and others not", "[pipeline]") {
  WorldWithTerminal const world;
  world.add(with_bridge);
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  // From B1 to C1 it was 500 m round the north, over the bridge it is 100 m; from B2 400 and 200 m. From B3 it is
  // 300 m either way, and from column A no further over the north.
  CHECK(changes(db, "bridge", "time") == "B1 50 10 40 much_better\nB2 40 20 20 much_better\n");
  CHECK(changes(db, "bridge", "wet").empty());
  CHECK(
      db.one("SELECT gaining_n || ' ' || gaining_ha || ' ' || losing_n || ' ' || mean_gain || ' ' || most_gain || ' ' "
             "|| coalesce(most_loss, '-') FROM whatif_sums WHERE criterion = 'time'") == "2 2.0 0 30.0 40.0 -");
  CHECK(db.one("SELECT count(*) FROM whatif_features") == "0");  // all go to T1 as before
  CHECK(db.one("SELECT count(*) FROM whatif_sums") == "1");      // nothing else looks at streets
  CHECK(db.one("SELECT label FROM whatif LIMIT 1") == "Nieuwe brug");
  // What is tried changes nothing of the result itself.
  CHECK(db.one("SELECT cast(val_time AS INTEGER) FROM candidates WHERE key = 'B1'") == "50");
}

TEST_CASE("a what-if gives what a study of the changed files gives", "[pipeline]") {
  WorldWithTerminal const world, twin, made;
  world.add(with_bridge);
  made.edit("study.toml", "graph = {", "changes = { add = { source = \"bridge.geojson\" } }\ngraph = {");
  write_file(twin.path("streets.geojson"),
             SmallWorld::collection(WorldWithTerminal::streets("," + WorldWithTerminal::bridge)));
  for (WorldWithTerminal const* one : {&world, &twin, &made}) REQUIRE(one->terrein().exit_code == 0);
  Database const tried(world.path("result.gpkg")), real(twin.path("result.gpkg")), changed(made.path("result.gpkg"));
  CHECK(values(changed) == values(real));
  for (auto const& row : tried.rows("SELECT candidate, after FROM whatif WHERE criterion = 'time'"))
    CHECK(real.one("SELECT val_time FROM (SELECT key, val_time FROM candidates UNION ALL SELECT key, val_time FROM "
                   "excluded) WHERE key = '" +
                   *row.at("candidate") + "'") == *row.at("after"));
}

TEST_CASE("a closed street makes ways longer, or what was reached unknown, never zero", "[pipeline]") {
  WorldWithTerminal const world;
  world.add(R"([whatif.closed.layers.streets]
close = ["BC"]
[whatif.detour.layers.streets]
add = { source = "detour.geojson" }
close_where = "name = 'BC'"
)");
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  CHECK(changes(db, "closed", "time") ==
        "A1 60 - - becomes_unknown\nA2 50 - - becomes_unknown\nA3 40 - - becomes_unknown\n"
        "B1 50 - - becomes_unknown\nB2 40 - - becomes_unknown\nB3 30 - - becomes_unknown\n");
  CHECK(db.one("SELECT becomes_unknown_n || ' ' || becomes_unknown_ha || ' ' || losing_n || ' ' || "
               "coalesce(mean_gain, '-') FROM whatif_sums WHERE whatif = 'closed'") == "6 6.0 0 -");
  // T1 loses six parcels to nothing at all.
  CHECK(lines(db, "coalesce(feature, '-') || ' ' || before_n || ' ' || after_n || ' ' || won_n || ' ' || lost_n",
              "whatif_features WHERE whatif = 'closed'") == "- 0 6 6 0\nT1 9 3 0 6\n");
  // 400 m from A1 to C1 round the south instead of 600 m round the north; B3 goes 100 m west, 200 m south and 400 m on.
  CHECK(changes(db, "detour", "time") ==
        "A1 60 40 20 much_better\nA3 40 60 -20 much_worse\nB1 50 90 -40 much_worse\nB2 40 80 -40 much_worse\n"
        "B3 30 70 -40 much_worse\n");
}

TEST_CASE("a new terminal wins what the old one loses", "[pipeline]") {
  WorldWithTerminal const world;
  world.add(R"([whatif.quay.layers.terminals]
add = { source = "quay.geojson" }
)");
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  // From column B both are equally far, and T1 comes first.
  CHECK(changes(db, "quay", "time") == "A1 60 0 60 much_better\nA2 50 10 40 much_better\nA3 40 20 20 much_better\n");
  CHECK(lines(db, "feature || ' ' || before_n || ' ' || after_n || ' ' || won_n || ' ' || lost_n || ' ' || lost_ha",
              "whatif_features") == "T1 9 6 0 3 3.0\nT2 0 3 3 0 0.0\n");
  CHECK(db.one("SELECT (sum(won_n) - sum(lost_n)) || ' ' || (sum(won_ha) - sum(lost_ha)) || ' ' || "
               "(sum(after_n) - sum(before_n)) FROM whatif_features") == "0 0.0 0");
  CHECK(db.one("SELECT count(*) FROM whatif WHERE by_before = 'T1' AND by_after = 'T2'") == "3");
}

TEST_CASE("rules and scores are judged anew where they look at what changes", "[pipeline]") {
  WorldWithTerminal const world;
  write_file(world.path("track.geojson"),
             SmallWorld::collection(feature("", "LineString", "[[100200,200000],[100200,200300]]")));
  write_file(world.path("water.geojson"),
             SmallWorld::collection(feature(R"("class":"D")", "Polygon",
                                            "[[[100100,200000],[100200,200000],[100200,200300],[100100,200300],"
                                            "[100100,200000]]]")));
  write_file(world.path("unnamed.geojson"),
             SmallWorld::collection(feature("", "Polygon",
                                            "[[[100100,200000],[100200,200000],[100200,200300],[100100,200300],"
                                            "[100100,200000]]]")));
  world.add(R"([whatif.track.layers.rail]
add = { source = "track.geojson" }
[whatif.water.layers.flood]
add = { source = "water.geojson" }
[whatif.unnamed.layers.flood]
add = { source = "unnamed.geojson" }
)");
  RunResult const result = world.terrein();
  INFO(result.err << result.out);
  REQUIRE(result.exit_code == 0);
  Database const db(world.path("result.gpkg"));
  std::string const shown =
      "candidate || ' ' || round(before, 4) || ' ' || round(after, 4) || ' ' || "
      "coalesce(cast(rank_before AS INTEGER), '-') || ' ' || "
      "coalesce(cast(rank_after AS INTEGER), '-') || ' ' || outcome_before || ' ' || "
      "outcome_after";
  // A track along the east of column B: B comes from 100 m to 0, A from 200 to 100. Weights are 3 to 1; A is flooded,
  // fails and has no rank.
  CHECK(lines(db, shown, "whatif_scores WHERE whatif = 'track' AND candidate IN ('A1', 'B1', 'C1')") ==
        "A1 0.0 37.5 - - voldoet niet voldoet niet\nB1 62.5 100.0 4 1 voldoet voldoet\n");
  // Column B under water: it fails.
  CHECK(lines(db, shown, "whatif_scores WHERE whatif = 'water'") ==
        "B1 62.5 37.5 4 - voldoet voldoet niet\nB2 62.5 37.5 4 - voldoet voldoet niet\n"
        "B3 62.5 37.5 4 - voldoet voldoet niet\n");
  CHECK(db.one("SELECT losing_n || ' ' || losing_ha FROM whatif_sums WHERE whatif = 'water' AND criterion = "
               "'own_score'") == "3 3.0");
  // Water of a class that is not known: unknown, with an issue that names the file.
  CHECK(changes(db, "unnamed", "wet") ==
        "B1 0 - - becomes_unknown\nB2 0 - - becomes_unknown\nB3 0 - - becomes_unknown\n");
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'flood.unnamed' AND code = 'missing_field' AND text LIKE "
               "'%unnamed.geojson%class%'") == "1");
  CHECK(db.one("SELECT sha256 FROM sources WHERE layer = 'flood.water'").size() == 64);
}

TEST_CASE("values that rest on an approximate position are marked, where a study allows these", "[pipeline]") {
  WorldWithTerminal const world;
  std::string const quays =
      SmallWorld::collection(feature(R"("name":"T1","quality":"exact")", "Point", "[100250,200050]") + "," +
                             feature(R"("name":"T2","quality":"approx 1 km")", "Point", "[100050,200050]"));
  write_file(world.path("terminals.geojson"), quays);
  world.edit("study.toml", "[layers.terminals]",
             "[layers.terminals]\napproximate = { field = \"quality\", prefix = \"approx\" }");
  world.edit("study.toml", "[criteria.wet]",
             "[criteria.near]\nmeasure = \"network_count\"\nlayer = \"terminals\"\nroads = \"streets\"\n"
             "limit_m = 1000\n[criteria.wet]");
  REQUIRE(world.terrein().exit_code == 0);
  std::string const refused = "SELECT count(*) FROM pragma_table_info('candidates') WHERE name = 'approximate'";
  CHECK(Database(world.path("result.gpkg")).one(refused) == "0");
  REQUIRE(world.terrein("--overwrite --set study.allow_approximate=true").exit_code == 0);
  Database const db(world.path("result.gpkg"));
  auto const mark = [&](std::string const& table, std::string const& key) {
    return db.one("SELECT approximate FROM " + table + " WHERE key = '" + key + "'");
  };
  CHECK(mark("excluded", "A1") == "time; near");  // goes to T2, which is among those that are counted
  CHECK(mark("candidates", "C1") == "near");      // goes to T1
}

TEST_CASE("a what-if that changes nothing gives tables without rows", "[pipeline]") {
  WorldWithTerminal const world;
  world.add("[whatif.nothing.layers.streets]\nclose = []\n");
  REQUIRE(world.terrein().exit_code == 0);
  Database const db(world.path("result.gpkg"));
  for (char const* table : {"whatif", "whatif_features", "whatif_scores"})
    CHECK(db.one(std::string("SELECT count(*) FROM ") + table) == "0");
  CHECK(db.one("SELECT gaining_n + losing_n + becomes_known_n + becomes_unknown_n + other_n FROM whatif_sums") == "0");
}

TEST_CASE("what-ifs are the same bytes for any number of workers", "[pipeline]") {
  WorldWithTerminal const world;
  world.add(with_bridge + "[whatif.closed.layers.streets]\nclose = [\"BC\"]\n");
  REQUIRE(world.terrein("--no-cache --workers 1").exit_code == 0);
  std::string const one = read_file(world.path("result.gpkg"));
  REQUIRE(world.terrein("--no-cache --workers 7 --overwrite").exit_code == 0);
  CHECK((read_file(world.path("result.gpkg")) == one));
}

TEST_CASE("changes that cannot be made are refused with what to do", "[pipeline]") {
  auto const refused = [](std::string const& toml) {
    WorldWithTerminal const world;
    world.add(toml);
    RunResult const result = world.terrein();
    CHECK(result.exit_code != 0);
    CHECK_FALSE(std::filesystem::exists(world.path("result.gpkg")));
    return result.err;
  };
  auto const has = [](std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
  };
  std::string const absent = refused("[whatif.x.layers.streets]\nclose = [\"BD\"]\n");
  CHECK(has(absent, "no row 'BD' to close"));
  CHECK(has(absent, "'BC'"));
  CHECK(has(refused("[whatif.x.layers.streets]\nclose_where = \"kmh > 100\"\n"), "nothing would be closed"));
  CHECK(has(refused("[whatif.x.layers.streets]\nadd = { source = \"streets.geojson\" }\n"), "has a row 'A' already"));
  CHECK(has(refused("[whatif.x.layers.parcels]\nclose = [\"A1\"]\n"), "holds the candidates"));
  CHECK(has(refused("[whatif.x.layers.strets]\nclose = [\"A1\"]\n"), "'streets'"));
  CHECK(has(refused("[whatif.x]\nlabel = \"x\"\n"), "is missing"));
  CHECK(has(refused("[whatif.x.layers.streets]\nadd = { source = \"gone.geojson\" }\n"), "gone.geojson"));
  CHECK(has(refused("[layers.parcels.changes]\nclose = [\"A1\"]\n"), "holds the candidates"));
}
