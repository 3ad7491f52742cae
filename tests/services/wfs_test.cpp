// A real MapServer on loopback, well-behaved and not: what it serves is what the snapshot holds, or nothing is written.
#include "same_rows.hpp"
#include "service_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

RunResult fetch_wfs(ServiceWorld const& world, std::string const& arguments = "") {
  return world.fetch("WFS:" + world.address("/ms"), "--layer plots " + arguments);
}

}  // namespace

TEST_CASE("a snapshot of a WFS holds what is served, row by row", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  RunResult const done = fetch_wfs(world, "--page-size 70");
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  CHECK(world.outputs() == whole);
  check_same_rows(world);
  auto const manifest = nlohmann::json::parse(read_file(world.path("out/snapshot.gpkg.fetch.json")));
  CHECK(manifest["rows"] == 301);
  CHECK(manifest["count_before"] == 301);
  CHECK(manifest["count_after"] == 301);
  CHECK(manifest["pages"] == 5);  // 4 × 70 and 21
  CHECK(manifest["order"] == "sorted by oidn");
  CHECK(manifest["time"] == "2026-01-31T00:00:00.000Z");
  CHECK(manifest["proof"] == "an empty page after the last row");
  Database const file(world.path("out/snapshot.gpkg"));
  CHECK(file.one("SELECT geometry_type_name || srs_id FROM gpkg_geometry_columns WHERE table_name = 'plots'") ==
        "MULTIPOLYGON31370");
  CHECK(file.number("SELECT count(*) FROM coverage") == 1);

  SECTION("and the same content and date give the same bytes, whatever the page size") {
    std::string const first = read_file(world.path("out/snapshot.gpkg"));
    REQUIRE(fetch_wfs(world, "--page-size 301 --overwrite").exit_code == 0);
    CHECK(read_file(world.path("out/snapshot.gpkg")) == first);
  }
  SECTION("and a snapshot that exists is replaced only when asked, before anything is requested") {
    world.faults("");
    RunResult const refused = fetch_wfs(world);
    CHECK(refused.exit_code == 1);
    CHECK(says(refused, "exists already"));
    CHECK_FALSE(std::filesystem::exists(world.path("requests")));
  }
}

TEST_CASE("a box fetches the rows that meet it, and is the coverage", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  // Plots are 80 m wide, 100 m apart: x 100250..100350 meets columns 2 (200..280) and 3 (300..380), y likewise.
  REQUIRE(fetch_wfs(world, "--box 100250,200250,100350,200350").exit_code == 0);
  CHECK(rows_of(world.path("out/snapshot.gpkg"), "plots", "oidn").size() == 4);
  Database const file(world.path("out/snapshot.gpkg"));
  CHECK(file.one("SELECT basis FROM coverage") == "box asked");
  CHECK(file.one("SELECT min_x || ' ' || min_y || ' ' || max_x || ' ' || max_y FROM gpkg_contents WHERE table_name = "
                 "'coverage'") == "100250.0 200250.0 100350.0 200350.0");
}

TEST_CASE("degrees with latitude first come out as x = longitude", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  REQUIRE(fetch_wfs(world, "--crs EPSG:4258").exit_code == 0);
  CHECK(world.requests().find("SRSNAME=urn:ogc:def:crs:EPSG::4258") != std::string::npos);
  for (auto const& [id, row] : rows_of(world.path("out/snapshot.gpkg"), "plots", "oidn")) {
    CHECK(row.xy[0] == Approx(3.67).margin(0.03));    // Lambert 72 100000..102000 200000..201600 lies
    CHECK(row.xy[1] == Approx(51.115).margin(0.01));  // near 3.66 E, 51.11 N
  }
  SECTION("also in the box that is asked") {
    REQUIRE(fetch_wfs(world, "--crs EPSG:4258 --overwrite --box 3.6,51.1,3.7,51.2").exit_code == 0);
    CHECK(rows_of(world.path("out/snapshot.gpkg"), "plots", "oidn").size() == 301);
  }
}

TEST_CASE("a server that caps its rows and its count is found out", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver(50);
  RunResult const refused = fetch_wfs(world, "--page-size 40");
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, "it says that it has 50 rows, yet gave 80 and goes on"));
  CHECK(says(refused, "--count ignore"));
  CHECK(world.outputs() == Names{".snapshot.gpkg.part"});

  RunResult const done = fetch_wfs(world, "--page-size 40 --count ignore");
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  CHECK(world.outputs() == whole);
  check_same_rows(world);
}

TEST_CASE("a fetch that breaks off writes nothing and goes on where it was", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  auto const [fault, code, words] = GENERATE(table<std::string, int, std::string>({
      {"cut 3", 1, "cannot be fetched"},
      {"half 3", 3, "is no whole XML"},
      {"fail 3 500", 1, "the server answers HTTP 500, after 1 try. The server says: 'Overloaded'"},
      {"fail 3 404", 3, "answers with HTTP 404"},
      {"slow 3 3", 1, "cannot be fetched"},
  }));
  INFO(fault);
  world.faults(fault);
  RunResult const broken = fetch_wfs(world, "--page-size 70 --timeout 1");
  INFO(broken.err);
  CHECK(broken.exit_code == code);
  CHECK(says(broken, words));
  CHECK(world.outputs() == Names{".snapshot.gpkg.part"});

  world.faults("");
  RunResult const done = fetch_wfs(world, "--page-size 70 -v");
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  CHECK(says(done, "goes on after 2 pages with 140 rows"));
  CHECK(world.requests().find("STARTINDEX=0&") == std::string::npos);
  CHECK(world.requests().find("STARTINDEX=140") != std::string::npos);
  CHECK(world.outputs() == whole);
  check_same_rows(world);
}

TEST_CASE("pages that were kept are not used for another request, another count, or when they changed", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  world.faults("fail 3 500");
  REQUIRE(fetch_wfs(world, "--page-size 70").exit_code == 1);
  std::string arguments = "--page-size 70 -v", words;
  SECTION("another request") {
    world.faults("");
    arguments = "--page-size 80 -v";
    words = "starts anew: pages of another request";
  }
  SECTION("another count") {
    world.faults("count 302");
    words = "starts anew: the service has another number of rows";
  }
  SECTION("a changed page") {
    world.faults("");
    std::string const page = read_file(world.path("out/.snapshot.gpkg.part/page-000002"));
    write_file(world.path("out/.snapshot.gpkg.part/page-000002"), page + " ");
    words = "goes on after 1 pages with 70 rows";
  }
  RunResult const second = fetch_wfs(world, arguments);
  INFO(second.err);
  CHECK(says(second, words));
  if (second.exit_code == 0) check_same_rows(world);
}

TEST_CASE("answers that contradict themselves are refused in one sentence", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  auto const [fault, words] = GENERATE(table<std::string, std::string>({
      {"repeat", "page 2 repeats rows that came before"},
      {"count 300", "it says that it has 300 rows, yet gave 301"},
      {"count 302", "it says that it has 302 rows, it gave 301: 1 are missing"},
      {"grow", "the data changed under way"},
      {"drop", "page 1 has 69 rows of the 70 asked, yet more rows follow"},
      {"html", "answers with a web page instead of data"},
      {"report", "answers with an exception report: 'The database sleeps'"},
  }));
  INFO(fault);
  world.faults(fault);
  RunResult const refused = fetch_wfs(world, "--page-size 70");
  INFO(refused.err);
  CHECK(refused.exit_code == 3);
  CHECK(says(refused, words));
  CHECK_FALSE(std::filesystem::exists(world.path("out/snapshot.gpkg")));
  CHECK_FALSE(std::filesystem::exists(world.path("out/snapshot.gpkg.fetch.json")));
}

TEST_CASE("a server that does not tell its count is read to an empty page", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  world.faults("unknown");
  REQUIRE(fetch_wfs(world, "--page-size 70").exit_code == 0);
  check_same_rows(world);
  CHECK(nlohmann::json::parse(read_file(world.path("out/snapshot.gpkg.fetch.json")))["count_before"].is_null());
}

TEST_CASE("a server without pages is believed unless its number of rows looks like a cap", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  std::string const fault = GENERATE("repeat", "unpaged");
  INFO(fault);
  SECTION("301 rows, as stated, where 1000 had room") {
    auto const world = ServiceWorld::mapserver();
    world.faults(fault);
    REQUIRE(fetch_wfs(world).exit_code == 0);
    check_same_rows(world);
    CHECK(nlohmann::json::parse(read_file(world.path("out/snapshot.gpkg.fetch.json")))["proof"] ==
          "the number of rows that it states");
    CHECK((fault == "repeat" || world.requests().find("STARTINDEX") == std::string::npos));
  }
  SECTION("50 rows, as stated by a server that cuts at 50") {
    auto const world = ServiceWorld::mapserver(50);
    world.faults(fault);
    RunResult const refused = fetch_wfs(world);
    INFO(refused.err);
    CHECK(refused.exit_code == 3);
    CHECK(says(refused, fault == "repeat" ? "page 2 repeats rows that came before"
                                          : "50 rows came and no proof that they are all"));
    CHECK_FALSE(std::filesystem::exists(world.path("out/snapshot.gpkg")));
    if (fault == "unpaged") CHECK(fetch_wfs(world, "--count trust").exit_code == 0);
  }
}

TEST_CASE("retries bring a fetch over a hiccup", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  world.faults("hiccup 2");
  RunResult const done = fetch_wfs(world, "--page-size 70 --retries 1");
  INFO(done.err);
  REQUIRE(done.exit_code == 0);
  check_same_rows(world);
}

TEST_CASE("what is not there is told with what is", "[services]") {
  if (!have({"mapserv", "python3"})) return;
  auto const world = ServiceWorld::mapserver();
  RunResult const layer = world.fetch("WFS:" + world.address("/ms"), "--layer plotz");
  CHECK(layer.exit_code == 3);
  CHECK(says(layer, "has no layer 'plotz'. Did you mean 'plots'?"));
  RunResult const none = world.fetch("WFS:" + world.address("/ms"), "");
  CHECK(none.exit_code == 2);
  CHECK(says(none, "It has: ms:plots"));
  CHECK(says(fetch_wfs(world, "--id-field oidm"), "has no field 'oidm'"));
  CHECK(says(fetch_wfs(world, "--crs EPSG:28992"), "does not offer the CRS 'EPSG:28992'"));
  RunResult const secret = world.fetch("WFS:http://me:hush@127.0.0.1:1/ms?token=hush&map=x", "--layer plots");
  CHECK(secret.exit_code == 1);
  CHECK(says(secret, "'http://127.0.0.1:1/ms?token=***&map=x"));
  CHECK_FALSE(says(secret, "hush"));
}

TEST_CASE("a fetch that makes no sense asks nothing", "[services]") {
  std::string const program = std::string(TERREIN_PROGRAM) + " fetch ";
  for (char const* arguments :
       {"'https://h/wfs' -o a.gpkg", "'WFS:ftp://h/wfs' -o a.gpkg", "'WFS:https://h/wfs' -o a.shp",
        "'WFS:https://h/wfs' -o a.gpkg --box 1,2,3", "'WFS:https://h/wfs' -o a.gpkg --box 5,0,4,1",
        "'WFS:https://h/wfs' -o a.gpkg --date 2026-02-30", "'WFS:https://h/wfs' -o a.gpkg --date 26-1-1",
        "'WFS:https://h/wfs'"}) {
    INFO(arguments);
    CHECK(run(program + arguments).exit_code == 2);
  }
}

TEST_CASE("an interrupted fetch ends with 130 and can be resumed", "[services]") {
  if (!have({"mapserv", "python3", "timeout"})) return;
  auto const world = ServiceWorld::mapserver();
  world.faults("slow 3 2");
  RunResult const stopped =
      run("exec timeout --preserve-status -s INT 1.5 " + std::string(TERREIN_PROGRAM) +
          " fetch 'WFS:" + world.address("/ms") + "' --layer plots --page-size 70 --date 2026-01-31 --output " +
          world.path("out/snapshot.gpkg").string() + "; exit $?");
  CHECK((stopped.exit_code == 124 || stopped.exit_code == 130));
  CHECK_FALSE(std::filesystem::exists(world.path("out/snapshot.gpkg")));
  world.faults("");
  REQUIRE(fetch_wfs(world, "--page-size 70").exit_code == 0);
  check_same_rows(world);
}
