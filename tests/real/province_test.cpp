// A synthetic province of 10,000 parcels against values agreed between independent programs.
#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein::test;

TEST_CASE("the reference job agrees with the agreed values on every column of every parcel", "[real]") {
  auto const source = shared("bench/make_province.cpp");
  auto const expected = shared("bench/expected/n10000_seed1.csv.gz");
  auto const compare = shared("bench/compare.py");
  if (source.empty() || expected.empty() || compare.empty()) return;
  TempDir const dir;
  auto const at = [&](char const* name) { return (dir.path() / name).string(); };
  RunResult const built = run("g++ -O2 -std=c++17 " + source.string() + " -o " + at("make_province") +
                              " $(gdal-config --cflags) -lgdal && " + at("make_province") +
                              " --parcels 10000 --seed 1 " + at("province.gpkg"));
  INFO(built.err);
  REQUIRE(built.exit_code == 0);
  RunResult const made = run(std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR +
                             "/bench/province.toml --set input=" + at("province.gpkg") + " --set output=" + at("result.gpkg"));
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  RunResult const compared = run("python3 " + compare.string() + " diff " + expected.string() + " " + at("result.gpkg"));
  INFO(compared.out);
  CHECK(compared.exit_code == 0);
  CHECK(compared.out.find("ABSENT") == std::string::npos);
}
