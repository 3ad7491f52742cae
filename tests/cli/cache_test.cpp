// Measures kept from one run to the next: the same bytes with and without, never trusted over what changed.
#include <sys/stat.h>

#include <fstream>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

/// A small world with a cache of its own.
class CachedWorld : public SmallWorld {
 public:
  [[nodiscard]] RunResult runs(std::string const& arguments = "", std::string const& before = "") const {
    return run("TERREIN_CACHE_MB=2000 " + before + " XDG_CACHE_HOME=" + path("cache").string() + " " + TERREIN_PROGRAM +
               " run " + path("study.toml").string() + " --overwrite -v " + arguments);
  }
  [[nodiscard]] fs::path folder() const { return path("cache/terrein/measures"); }
  [[nodiscard]] std::vector<fs::path> kept() const {
    std::vector<fs::path> out;
    for (auto const& entry : fs::directory_iterator(folder())) out.push_back(entry.path());
    return out;
  }
  [[nodiscard]] std::string result() const { return read_file(path("result.gpkg")); }
};

std::string taken(int criteria) { return std::to_string(criteria) + " criteria were measured by an earlier run"; }

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// A text of a file that changes, and how many measures are still taken then.
struct Change {
  char const *file, *from, *to;
  int kept;
};

/// The next run takes so many, and writes what one that measures all does.
void check_after(Change const& change, CachedWorld const& world) {
  INFO(change.file << ": " << change.to);
  world.edit(change.file, change.from, change.to);
  CHECK(has(world.runs().err, taken(change.kept)));
  std::string const with = world.result();
  REQUIRE(world.runs("--no-cache").exit_code == 0);
  CHECK(world.result() == with);
}

}  // namespace

TEST_CASE("A second run takes what the first measured, and writes the same bytes as one that measures all", "[cli]") {
  CachedWorld const world;
  REQUIRE(has(world.runs("--no-cache").err, "candidates"));
  CHECK_FALSE(fs::exists(world.path("cache")));
  std::string const expected = world.result();
  CHECK(has(world.runs().err, taken(0)));
  CHECK(world.result() == expected);
  CHECK(world.kept().size() == 2);  // wet and rail_m
  for (char const* workers : {"--workers 1", "--workers 2", "--workers 7"}) {
    CHECK(has(world.runs(workers).err, taken(2)));
    CHECK(world.result() == expected);
  }
}

TEST_CASE("Other weights, labels and rules measure nothing anew", "[cli]") {
  CachedWorld const world;
  REQUIRE(world.runs().exit_code == 0);
  CHECK(has(world.runs("--set models.own.weights.wet=7 --set criteria.wet.label=Nat --set 'rules.dry.when=>0.9'").err,
            taken(2)));
}

TEST_CASE("What a criterion looks at is measured anew when it changed, and nothing else", "[cli]") {
  CachedWorld const world;
  REQUIRE(world.runs().exit_code == 0);
  // One coordinate, class, setting, coverage, id or way of the axes at a time; the CRS of the run moves everything.
  auto const change = GENERATE(values<Change>({
      {"flood.geojson", "[100100,200300]", "[100101,200300]", 1},
      {"flood.geojson", "\"class\":\"D\"", "\"class\":\"C\"", 1},
      {"rail.geojson", "[100300,200300]", "[100300,200301]", 1},
      {"parcels.geojson", "[100100,200000]", "[100100.5,200000]", 0},
      {"parcels.geojson", "\"A1\"", "\"A9\"", 0},
      {"parcels.geojson", "\"price\":10", "\"price\":11", 2},
      {"study.toml", "classes = [\"D\"]", "classes = [\"C\"]", 1},
      {"study.toml", "source = \"rail.geojson\"\ncoverage = \"everywhere\"", "source = \"rail.geojson\"", 1},
      {"study.toml", "crs = \"EPSG:31370\"", "crs = \"EPSG:3812\"", 0},
      {"study.toml", "measure = \"distance\"", "measure = \"distance\"\nper = 10\nunit = \"dam\"", 1},
  }));
  check_after(change, world);
}

TEST_CASE("Values of a raster are kept until one of its cells, its place or its classes changed", "[cli]") {
  CachedWorld const world;
  // Six by six cells of 50 m over the nine parcels, and a column of cells east of them, which no parcel touches.
  std::string cells = "ncols 7\nnrows 6\nxllcorner 100000\nyllcorner 200000\ncellsize 50\nNODATA_value -9\n";
  for (int row = 0; row < 6; ++row) cells += "1 2 1 2 1 2 5\n";
  write_file(world.path("slope.asc"), cells);
  world.edit("study.toml", "[criteria.wet]", R"([layers.slope]
source = "slope.asc"
kind = "raster"
crs = "EPSG:31370"
[layers.slope.classes]
"2" = "steep"
[criteria.slope_mean]
measure = "raster_mean"
layer = "slope"
[criteria.steep]
measure = "raster_share"
layer = "slope"
classes = ["steep"]
[criteria.wet])");
  REQUIRE(world.runs().exit_code == 0);
  CHECK(world.kept().size() == 4);
  CHECK(has(world.runs().err, taken(4)));
  auto const change = GENERATE(values<Change>({
      {"slope.asc", "1 2 1 2 1 2 5\n", "1 2 1 2 1 3 5\n", 2},
      {"slope.asc", "1 2 1 2 1 2 5\n", "1 2 1 2 1 -9 5\n", 2},
      {"slope.asc", "xllcorner 100000", "xllcorner 99990", 2},
      {"study.toml", "\"2\" = \"steep\"", "\"1\" = \"steep\"", 2},
      {"study.toml", "measure = \"raster_mean\"", "measure = \"raster_max\"", 3},
      {"rail.geojson", "[100300,200300]", "[100300,200301]", 3},
  }));
  check_after(change, world);
}

TEST_CASE("A kept measure that is damaged, cut off or another's is thrown away and measured again", "[cli]") {
  CachedWorld const world;
  REQUIRE(world.runs().exit_code == 0);
  std::string const expected = world.result();
  std::vector<fs::path> const kept = world.kept();
  REQUIRE(kept.size() == 2);
  std::string const damage = GENERATE("one bit", "cut off", "empty", "no measure", "of another key");
  INFO(damage);
  std::string bytes = read_file(kept[0]);
  int good = 1;
  if (damage == "one bit") bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  if (damage == "cut off") bytes.resize(bytes.size() - 70);
  if (damage == "empty") bytes.clear();
  if (damage == "no measure") bytes = "terrein measure 1\nhello";
  if (damage == "of another key") bytes = read_file(kept[1]);
  write_file(kept[0], bytes);
  RunResult const again = world.runs();
  INFO(again.err);
  CHECK(again.exit_code == 0);
  CHECK(has(again.err, taken(good)));
  CHECK(world.result() == expected);
  CHECK(has(world.runs().err, taken(2)));
}

TEST_CASE("The cache is its owner's alone, and a run does without one that is not", "[cli]") {
  CachedWorld const world;
  REQUIRE(world.runs().exit_code == 0);
  auto const mode = [](fs::path const& path) {
    struct stat info {};
    REQUIRE(stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777U;
  };
  CHECK(mode(world.folder()) == 0700U);
  for (fs::path const& file : world.kept()) CHECK(mode(file) == 0600U);
  fs::remove_all(world.path("cache"));
  SECTION("a file where the folder should be") {
    write_file(world.path("cache"), "");
    CHECK(world.runs().exit_code == 0);
  }
  SECTION("a link to elsewhere") {
    fs::create_directories(world.path("cache/terrein"));
    fs::create_directories(world.path("elsewhere"));
    fs::create_directory_symlink(world.path("elsewhere"), world.folder());
    CHECK(world.runs().exit_code == 0);
    CHECK(fs::is_empty(world.path("elsewhere")));
  }
  SECTION("no home at all") {
    CHECK(run("env -u HOME -u XDG_CACHE_HOME -u TERREIN_CACHE_MB " + std::string(TERREIN_PROGRAM) + " run " +
              world.path("study.toml").string() + " --overwrite")
              .exit_code == 0);
  }
}

TEST_CASE("The cache grows to its limit, forgets what was not asked for the longest, and can be cleared", "[cli]") {
  CachedWorld const world;
  CHECK(world.runs("", "TERREIN_CACHE_MB=0").exit_code == 0);
  CHECK_FALSE(fs::exists(world.folder()));
  CHECK(world.runs("", "TERREIN_CACHE_MB=viel").exit_code == 2);
  REQUIRE(world.runs().exit_code == 0);
  // Two large old files that look like measures, and half a one of a run that was killed.
  for (char const* name : {"old1.measure", "old2.measure", "part-abcdef"}) {
    write_file(world.folder() / name, std::string(600000, 'x'));
    fs::last_write_time(world.folder() / name, fs::file_time_type::clock::now() - std::chrono::hours(24));
  }
  REQUIRE(world.runs("--set layers.rail.coverage=extent", "TERREIN_CACHE_MB=1").exit_code == 0);
  CHECK(world.kept().size() == 4);  // the three measures, and one of the old files at most
  CHECK(has(world.runs().err, taken(2)));
  std::string const cache = "XDG_CACHE_HOME=" + world.path("cache").string() + " " + TERREIN_PROGRAM + " cache";
  CHECK(has(run(cache).out, "measures: 4 measures, "));
  RunResult const cleared = run(cache + " --clear");
  CHECK(has(cleared.out, "removed"));
  CHECK(cleared.err.empty());
  CHECK(fs::is_empty(world.folder()));
  CHECK(has(run(cache).out, "0 measures, 0.0 MB"));
}

TEST_CASE("check keeps what run takes, and verify takes nothing", "[cli]") {
  CachedWorld const world;
  std::string const with_cache =
      "TERREIN_CACHE_MB=2000 XDG_CACHE_HOME=" + world.path("cache").string() + " " + TERREIN_PROGRAM;
  REQUIRE(run(with_cache + " check " + world.path("study.toml").string()).exit_code == 0);
  CHECK(has(world.runs().err, taken(2)));
  fs::remove_all(world.path("cache"));
  CHECK(run(with_cache + " verify " + world.path("result.gpkg.run.json").string()).exit_code == 0);
  CHECK_FALSE(fs::exists(world.path("cache")));
}
