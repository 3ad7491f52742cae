// Faults inside GDAL that nobody foresaw: the program ends, but not without a word.
#include <algorithm>

#include "small_world.hpp"
#include "support/catch.hpp"

using namespace terrein::test;

namespace {

RunResult run_with_fault(SmallWorld const& world, std::string const& fault, std::string const& arguments) {
  // The sanitizers want to be loaded first, and have handlers of their own that may be replaced.
  return run("ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 LD_PRELOAD=" TERREIN_FAULTY_GDAL
             " TERREIN_TEST_FAULT=" +
             fault + " " + TERREIN_PROGRAM + " run " + world.path("study.toml").string() + " " + arguments);
}

}  // namespace

TEST_CASE("a fault inside a library names the source that was being read", "[cli]") {
  for (char const* fault : {"memory", "stack", "abort", "allocation"})
    for (char const* workers : {"--workers 1", "--workers 3"}) {
      SmallWorld const world;
      RunResult const result = run_with_fault(world, fault, workers);
      INFO(fault << " " << workers << "\n" << result.err);
      CHECK(result.exit_code == 3);
      CHECK(result.err.starts_with("terrein: "));
      CHECK(std::count(result.err.begin(), result.err.end(), '\n') == 1);
      bool const named = result.err.find("Layer 'parcels' ('parcels.geojson')") != std::string::npos ||
                         result.err.find("Layer 'flood' ('flood.geojson')") != std::string::npos ||
                         result.err.find("Layer 'rail' ('rail.geojson')") != std::string::npos;
      CHECK(named);
      CHECK_FALSE(std::filesystem::exists(world.path("result.gpkg")));
    }
}
