#include <fmt/core.h>

#include <cstdio>
#include <exception>
#include <filesystem>

#include "freight.hpp"
#include "scene.hpp"

namespace {

using namespace terrein;
using namespace terrein::demo;

void write(std::string const& path) {
  Scene const scene = make_scene();
  std::vector<LayerMaker> makers;
  makers.push_back(make_parcels(scene));
  add_painted(scene, makers);
  add_parcel_based(scene, makers);
  add_networks(scene, makers);
  makers.push_back(make_terminals(scene));
  add_places(scene, makers);
  add_freight(scene, makers);

  Crs const lambert72 = crs_from("EPSG:31370");
  GeoPackage content;
  content.time = "2026-01-31T12:00:00.000Z";
  for (LayerMaker const& maker : makers) {
    content.layers.push_back(maker.finish(lambert72));
    fmt::print("{:17} {:6}\n", maker.name(), maker.rows());
  }
  std::filesystem::remove(path);
  write_geopackage(path, content);
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    if (scene.planted[i].empty()) continue;
    fmt::print("{:18} {} {:9.0f} m2\n", scene.planted[i], scene.capakey[i], area(scene.ring[i]));
  }
}

}  // namespace

/// Writes the fictional municipality of the bundled study and prints its row counts and planted parcels.
int main(int count, char** arguments) {
  if (count != 2) {
    fmt::print(stderr, "usage: make_demo_study FILE.gpkg\n");
    return 2;
  }
  try {
    write(arguments[1]);
  } catch (std::exception const& error) {
    fmt::print(stderr, "make_demo_study: {}\n", error.what());
    return 1;
  }
  return 0;
}
