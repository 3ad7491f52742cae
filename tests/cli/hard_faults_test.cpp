// What the machine does to a run: signals at any moment, kill -9, full disks, folders without rights, odd names.
#include <sqlite3.h>
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <random>

#include "process.hpp"
#include "small_world.hpp"
#include "support/catch.hpp"
#include "terrein/core/hash.hpp"

using namespace terrein;
using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

std::size_t files_in(fs::path const& folder) {
  if (!fs::exists(folder)) return 0;
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

bool is_sound(fs::path const& geopackage) {
  sqlite3* database = nullptr;
  std::string answer;
  if (sqlite3_open_v2(geopackage.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK)
    sqlite3_exec(
        database, "PRAGMA integrity_check",
        [](void* to, int, char** values, char**) {
          *static_cast<std::string*>(to) = values[0];
          return 0;
        },
        &answer, nullptr);
  sqlite3_close(database);
  return answer == "ok";
}

Start run_of(fs::path const& study, std::vector<std::string> const& more = {}) {
  Start out{{"run", study.string()}, false, 0};
  out.arguments.insert(out.arguments.end(), more.begin(), more.end());
  return out;
}

Start bundled_study(fs::path const& result, int workers) {
  return run_of(fs::path(TERREIN_SOURCE_DIR) / "datasets/demo/study.toml",
                {"--set", "output.file=" + result.string(), "--workers", std::to_string(workers)});
}

/// A comb of `teeth` teeth along x or along y: two that cross meet teeth × teeth times.
std::string comb(int teeth, bool along_x) {
  std::vector<std::pair<int, int>> at{{0, -1}};
  for (int tooth = 0; tooth < teeth; ++tooth) {
    at.insert(at.end(), {{2 * tooth, 0}, {2 * tooth, 2 * teeth}, {2 * tooth + 1, 2 * teeth}, {2 * tooth + 1, 0}});
  }
  at.insert(at.end(), {{2 * teeth, 0}, {2 * teeth, -1}, {0, -1}});
  std::string out;
  for (auto const& [x, y] : at)
    out += (out.empty() ? "[" : ",[") + std::to_string(100000 + (along_x ? x : y)) + "," +
           std::to_string(200000 + (along_x ? y : x)) + "]";
  return R"({"type":"Feature","properties":{"key":"comb","price":1,"class":"D"},"geometry":{"type":"Polygon","coordinates":[[)" +
         out + "]]}}";
}

}  // namespace

TEST_CASE("A signal at any moment ends a run within a second, with code 130 and nothing written") {
  TempDir const dir;
  std::mt19937 random(20260131);
  std::uniform_real_distribution<double> moment(0.02, 2.5);
  int const signals[] = {SIGINT, SIGTERM, SIGHUP};
  for (int i = 0; i < 9; ++i) {
    int const workers = i < 3 ? 1 : i < 6 ? 2 : 7;
    fs::path const folder = dir.path() / std::to_string(i);
    double const when = moment(random);
    INFO("signal " << signals[i % 3] << " after " << when << " s, " << workers << " workers");
    Process process(bundled_study(folder / "result.gpkg", workers));
    sleep_for(when);
    process.send(signals[i % 3]);
    Ended const ended = process.wait();
    INFO(ended.err);
    CHECK(ended.seconds < 1);
    if (ended.exit_code == 0) {  // it came when all was in place
      CHECK(is_sound(folder / "result.gpkg"));
    } else {
      CHECK(ended.exit_code == 130);
      CHECK(ended.err == "terrein: Interrupted; nothing was written.\n");
      CHECK(files_in(folder) == 0);
    }
  }
}

TEST_CASE("A signal ends a run within a second in the midst of an operation of a library that takes far longer") {
  SmallWorld const world;
  write_file(world.path("parcels.geojson"), SmallWorld::collection(comb(2500, true)));
  // Two that overlap are united before they are measured, which is the library's work.
  write_file(world.path("flood.geojson"), SmallWorld::collection(comb(2500, true) + "," + comb(2500, false)));
  Process process(run_of(world.path("study.toml"), {"--workers", "7"}));
  sleep_for(2);
  process.send(SIGINT);
  Ended const ended = process.wait();
  INFO(ended.err);
  CHECK(ended.seconds > 0.4);  // else the case shows nothing: no loop could end it
  CHECK(ended.seconds < 1);
  CHECK(ended.exit_code == 130);
  CHECK(ended.err == "terrein: Interrupted; nothing was written.\n");
  CHECK(files_in(world.path("")) == 4);  // the study and its three layers
}

namespace {

/// Replaces a result again and again and kills the run at a random moment.
void kill_often(int times) {
  SmallWorld const world;
  fs::path const result = world.path("out/result.gpkg");
  auto const replace = [&world](std::string const& title) {
    return run_of(world.path("study.toml"),
                  {"--overwrite", "--set", "study.title=" + title, "--set", "output.file=out/result.gpkg"});
  };
  REQUIRE(run_program(replace("oud")).exit_code == 0);
  std::string const old_hash = sha256_of_file(result);
  std::string const old_bytes = read_file(result);
  Ended const whole = run_program(replace("nieuw"));
  std::string const new_hash = sha256_of_file(result);
  REQUIRE(old_hash != new_hash);
  std::size_t const files = files_in(world.path("out"));
  std::mt19937 random(42);
  std::uniform_real_distribution<double> moment(0, 1.2 * whole.seconds);
  int was_old = 0, was_new = 0;
  for (int i = 0; i < times; ++i) {
    write_file(result, old_bytes);
    Process process(replace("nieuw"));
    sleep_for(moment(random));
    process.send(SIGKILL);
    process.wait();
    std::string const hash = sha256_of_file(result);
    was_old += hash == old_hash ? 1 : 0;
    was_new += hash == new_hash ? 1 : 0;
    CHECK(is_sound(result));
  }
  CHECK(was_old + was_new == times);
  CHECK(was_old > 0);
  REQUIRE(run_program(replace("nieuw")).exit_code == 0);
  CHECK(sha256_of_file(result) == new_hash);
  CHECK(files_in(world.path("out")) == files);  // what killed runs left is gone
}

}  // namespace

TEST_CASE("After kill -9 the old result or the new one is there, whole, and the next run cleans up") { kill_often(20); }
TEST_CASE("The same a hundred times", "[slow]") { kill_often(100); }

TEST_CASE("A source that may not be read is told with its name, and never taken for one that is not there") {
  for (std::string const closed : {"dicht", "dicht/flood.geojson"}) {
    SmallWorld const world;
    fs::create_directories(world.path("dicht"));
    fs::rename(world.path("flood.geojson"), world.path("dicht/flood.geojson"));
    world.edit("study.toml", "\"flood.geojson\"", "\"dicht/flood.geojson\"");
    fs::permissions(world.path(""), fs::perms::all);
    fs::permissions(world.path(closed), fs::perms::none);
    Start start = run_of(world.path("study.toml"));
    start.unprivileged = true;
    Ended const ended = run_program(start);
    fs::permissions(world.path(closed), fs::perms::owner_all);
    INFO(ended.err);
    CHECK(ended.exit_code == 3);
    CHECK(ended.err.find("Layer 'flood' ('dicht/flood.geojson') cannot be read: permission denied") !=
          std::string::npos);
    CHECK_FALSE(fs::exists(world.path("result.gpkg")));
  }
}

TEST_CASE("A folder that may not be written to is told before anything is read") {
  SmallWorld const world;
  fs::create_directories(world.path("vast"));
  fs::permissions(world.path("vast"),
                  fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
  Start start = run_of(world.path("study.toml"), {"--set", "output.file=vast/result.gpkg"});
  start.unprivileged = true;
  Ended const ended = run_program(start);
  INFO(ended.err);
  CHECK(ended.exit_code == 1);
  CHECK(ended.err.find("vast") != std::string::npos);
  CHECK(ended.err.find("ights") != std::string::npos);
  CHECK(files_in(world.path("vast")) == 0);
}

TEST_CASE("A file that cannot grow leaves the old result as it was") {
  SmallWorld const world;
  REQUIRE(run_program(run_of(world.path("study.toml"))).exit_code == 0);
  std::string const before = read_file(world.path("result.gpkg"));
  std::size_t const files = files_in(world.path(""));
  for (std::size_t const limit : {1UL, 4096UL, 40000UL, 100000UL}) {
    Start start = run_of(world.path("study.toml"), {"--overwrite"});
    start.largest_file = limit;
    REQUIRE(before.size() > limit);
    Ended const ended = run_program(start);
    INFO(limit << " bytes: " << ended.err);
    CHECK(ended.exit_code == 1);
    CHECK(ended.err.find("written") != std::string::npos);
    CHECK(read_file(world.path("result.gpkg")) == before);
    CHECK(files_in(world.path("")) == files);
  }
}

TEST_CASE("A full disk leaves nothing behind") {
  SmallWorld const world;
  fs::path const disk = world.path("schijf");
  fs::create_directories(disk);
  if (mount("terrein-test", disk.c_str(), "tmpfs", 0, "size=64k") != 0) {
    std::puts("SKIPPED: a full disk (needs rights to mount a small one)");
    return;
  }
  Ended const ended =
      run_program(run_of(world.path("study.toml"), {"--set", "output.file=" + disk.string() + "/r.gpkg"}));
  std::size_t const left = files_in(disk);
  umount(disk.c_str());
  INFO(ended.err);
  CHECK(ended.exit_code == 1);
  CHECK(ended.err.find("full") != std::string::npos);
  CHECK(left == 0);
}

TEST_CASE("Spaces, accents, quotes and bytes that are no UTF-8 may stand in every path") {
  for (std::string const name : {"met spatie", "geïnd é", "aan'haling", "ruw \xff\xe9"}) {
    SmallWorld const world;
    INFO(name);
    fs::path const folder = world.path(name);
    fs::create_directories(folder);
    for (std::string const file : {"parcels.geojson", "flood.geojson", "rail.geojson", "study.toml"})
      fs::rename(world.path(file), folder / file);
    Ended const ended = run_program(run_of(folder / "study.toml", {"--set", "output.file=uit " + name + "/r.gpkg"}));
    INFO(ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(is_sound(folder / ("uit " + name) / "r.gpkg"));
  }
}
