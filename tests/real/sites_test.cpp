// Sites on real parcels: American towns, a French commune, the land register of Leuven.
#include "support/catch.hpp"
#include "support/site_verifier.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;

namespace fs = std::filesystem;

namespace {

struct Place {
  char const* name;
  char const* source;
  char const* layer;
  char const* crs;
  double least_ha, most_ha;
};
constexpr Place places[] = {
    {"forest_city", "parcels_zoning/forest_city_nc_2264.gpkg", "parcels", "EPSG:32119", 15, 25},
    {"lexington", "parcels_zoning/lexington_va_2284.gpkg", "parcels", "EPSG:3968", 8, 12},
    {"france", "parcels_zoning/france_parcel_zoning_roads_2154.gpkg", "parcel", "EPSG:2154", 15, 25},
    {"leuven", "belgium/grb_adp_leuven_342.geojson", "grb_adp_leuven_342", "EPSG:31370", 0.5, 1},
};

/// Flat land with nothing on it: what counts is the fabric.
std::string study_of(Place const& place, fs::path const& source, std::string const& more) {
  return fmt::format(R"([study]
title = "{}"
crs = "{}"
duplicates = "suffix"
[candidates]
layer = "parcels"
[layers.parcels]
source = "{}"
layer = "{}"
[criteria.size]
measure = "gross_area"
per = 10000
unit = "ha"
[criteria.shape]
measure = "compactness"
[rules.thin]
criterion = "shape"
when = "<0.3"
effect = "exclude"
[models.any]
rules = ["thin"]
[models.any.weights]
size = 1
shape = 1
[models.any.values.size]
points = "0:0|2:1"
[models.any.values.shape]
points = "0:0|0.8:1"
[assembly.any]
target_ha = [{}, {}]
count = 3
{}
[output]
file = "result.gpkg"
project = false
)",
                     place.name, place.crs, source.string(), place.layer, place.least_ha, place.most_ha, more);
}

}  // namespace

TEST_CASE("sites on real parcels keep what they promise to somebody who only has a map", "[real]") {
  for (Place const& place : places) {
    fs::path const source = shared(std::string("data/") + place.source);
    if (source.empty()) return;
    INFO(place.name);
    TempDir const dir;
    write_file(dir.path() / "study.toml", study_of(place, source, ""));
    RunResult const done = run(fmt::format("cd {} && {} assemble study.toml", dir.path().string(), TERREIN_PROGRAM));
    INFO(done.err);
    REQUIRE(done.exit_code == 0);
    SiteVerifier verifier(dir.path() / "result.gpkg", {.least_ha = place.least_ha, .most_ha = place.most_ha});
    for (char const* layer : {"sites", "site_alternatives"}) {
      auto const faults = verifier.faults(layer);
      for (std::string const& fault : faults) UNSCOPED_INFO(fault);
      CHECK(faults.empty());
      CHECK(verifier.count() >= 2);
    }
  }
}
