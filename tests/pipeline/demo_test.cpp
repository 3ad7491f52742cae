// The bundled study of a fictional municipality: same bytes, any part like the whole, and the planted cases.
#include <filesystem>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace {

/// Runs the bundled study into a folder of its own.
class Demo {
 public:
  explicit Demo(std::string const& arguments = "") {
    result_ = run(std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR + "/datasets/demo/study.toml --set output.file=" +
                  file().string() + " " + arguments);
  }
  [[nodiscard]] std::filesystem::path file() const { return dir_.path() / "kanaalveld.gpkg"; }
  [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_.path() / name; }
  [[nodiscard]] RunResult const& result() const { return result_; }

 private:
  TempDir dir_;
  RunResult result_;
};

}  // namespace

TEST_CASE("the bundled study gives the same bytes for 1, 2 and 7 workers", "[pipeline][demo]") {
  Demo const one("--workers 1"), two("--workers 2"), seven("--workers 7");
  INFO(one.result().err);
  REQUIRE(one.result().exit_code == 0);
  REQUIRE(two.result().exit_code == 0);
  REQUIRE(seven.result().exit_code == 0);
  for (char const* name : {"kanaalveld.gpkg", "kanaalveld.qgz", "kanaalveld.candidates.geojson"}) {
    std::string const bytes = read_file(one.path(name));
    CHECK(bytes.size() > 10000);
    CHECK((read_file(two.path(name)) == bytes));
    CHECK((read_file(seven.path(name)) == bytes));
  }
}

TEST_CASE("a part of the municipality gets the values and scores of the whole", "[pipeline][demo]") {
  Demo const whole, part("--set area.box='[113000,189000,114500,190500]'");
  INFO(part.result().err);
  REQUIRE(whole.result().exit_code == 0);
  REQUIRE(part.result().exit_code == 0);
  Database const all(whole.file()), some(part.file());
  // Ranks are the one thing that a part cannot know.
  std::string columns;
  for (auto const& row : some.rows("PRAGMA table_info(candidates)")) {
    std::string const name = *row.at("name");
    if (name == "fid" || name == "geom" || name.ends_with("_rank")) continue;
    columns += (columns.empty() ? "\"" : ", \"") + name + "\"";
  }
  auto const rows = some.rows("SELECT " + columns + " FROM candidates ORDER BY capakey");
  REQUIRE(rows.size() > 100);
  std::size_t different = 0;
  for (auto const& row : rows)
    different += all.rows("SELECT " + columns + " FROM candidates WHERE capakey = '" + *row.at("capakey") + "'")[0] != row;
  CHECK(different == 0);
}

TEST_CASE("faults planted in the parcels are shown and lose nothing", "[pipeline][demo]") {
  Demo const demo;
  REQUIRE(demo.result().exit_code == 0);
  Database const db(demo.file());
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'parcels' AND code = 'self_intersection'") == "1");
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'parcels' AND code = 'ring_self_intersection'") == "1");
  CHECK(db.one("SELECT count(*) FROM issues WHERE layer = 'parcels' AND code = 'null_geometry'") == "1");
  // Every parcel of the municipality is in one of the two layers: counted in the source, without terrein.
  Database const source(std::string(TERREIN_SOURCE_DIR) + "/datasets/demo/kanaalveld.gpkg");
  double const in_source = source.number("SELECT count(*) FROM parcels WHERE capakey LIKE '981%' AND geom IS NOT NULL");
  CHECK(db.number("SELECT (SELECT count(*) FROM candidates) + (SELECT count(*) FROM excluded)") == in_source);
}

TEST_CASE("approximate terminals do not count as destinations until the study allows it", "[pipeline][demo]") {
  Demo const strict, loose("--set study.allow_approximate=true");
  REQUIRE(strict.result().exit_code == 0);
  REQUIRE(loose.result().exit_code == 0);
  CHECK(Database(strict.file()).one("SELECT count(*) FROM candidates WHERE val_rail_min IS NOT NULL") == "0");
  CHECK(Database(strict.file()).one("SELECT count(DISTINCT by_barge_min) FROM candidates") == "1");
  CHECK(Database(loose.file()).one("SELECT count(DISTINCT by_barge_min) >= 1 FROM candidates") == "1");
}
