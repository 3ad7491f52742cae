// Views are programs in a file: they are tried with SQLite alone, and for a while only.
#include "io/database_views.hpp"

#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using namespace std::chrono_literals;

fs::path with_view(TempDir const& dir, std::string const& select) {
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {{"n", OFTInteger}}, {{"POINT (1 2)", {"1"}}, {"POINT (3 4)", {"2"}}});
  sql(path, "CREATE VIEW v AS " + select +
                "; INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES ('v', 'features', 'v', "
                "31370); INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POINT', 31370, 0, 0)");
  return path;
}

std::string const endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS OGC_FID, ";

}  // namespace

TEST_CASE("A view is read like a table") {
  TempDir const dir;
  ReadOptions options = options_for(with_view(dir, "SELECT fid AS OGC_FID, geom, n FROM a WHERE n > 1"));
  options.layer = "v";
  Issues issues;
  CHECK(read_layer(options, issues).layer.size() == 1);
  CHECK(try_views(options.path, {}).empty());
}

TEST_CASE("A view without end is found out, in its rows and in a single value") {
  for (std::string const& select :
       {endless + "(SELECT geom FROM a LIMIT 1) AS geom FROM c",
        std::string(
            "SELECT fid AS OGC_FID, geom, (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x > "
            "0) SELECT count(*) FROM c) AS n FROM a")}) {
    TempDir const dir;
    auto const path = with_view(dir, select);
    auto const before = fingerprint(dir.path());
    auto const thrown = error_of([&] { static_cast<void>(try_views(path, {"toy", path, "a.gpkg"}, 200ms)); });
    CHECK(thrown.kind == ErrorKind::input);
    CHECK(has_text(thrown.text, "Layer 'toy' ('a.gpkg') holds a view 'v' that takes more than 0.2 s or never ends"));
    CHECK(fingerprint(dir.path()) == before);
  }
}

TEST_CASE("A view of foreign functions is told, and only matters where it is the layer") {
  TempDir const dir;
  auto const path = with_view(dir, "SELECT fid AS OGC_FID, geom, no_such_function(n) AS n FROM a");
  auto const faults = try_views(path, {});
  REQUIRE(faults.size() == 1);
  CHECK(has_text(faults.at("v"), "no_such_function"));
  ReadOptions options = options_for(path);
  options.layer = "a";
  Issues issues;
  CHECK(read_layer(options, issues).layer.size() == 2);
}

TEST_CASE("What is no database has no views") {
  TempDir const dir;
  write_file(dir.path() / "a.gpkg", "x");
  CHECK(try_views(dir.path() / "a.gpkg", {}).empty());
  CHECK(try_views(dir.path() / "absent.gpkg", {}).empty());
}
