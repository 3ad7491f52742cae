#pragma once

#include <filesystem>
#include <string>

#include "support/support.hpp"

namespace terrein::test {

/// A folder with a tiny study over GeoJSON layers in Lambert 72: nine 1 ha parcels in a square (ids A1 … C3), one flood
/// polygon over the three western ones, a rail line along the east side. Every answer is obvious.
class SmallWorld {
 public:
  SmallWorld() {
    write_file(path("parcels.geojson"), collection(parcels()));
    write_file(path("flood.geojson"), collection(R"({"type":"Feature","properties":{"class":"D"},"geometry":
      {"type":"Polygon","coordinates":[[[100000,200000],[100100,200000],[100100,200300],[100000,200300],[100000,200000]]]}})"));
    write_file(path("rail.geojson"), collection(R"({"type":"Feature","properties":{},"geometry":
      {"type":"LineString","coordinates":[[100300,200000],[100300,200300]]}})"));
    write_file(path("study.toml"), study());
  }

  [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_.path() / name; }

  /// `terrein run study.toml` with more arguments.
  [[nodiscard]] RunResult terrein(std::string const& arguments = "") const {
    return run(std::string(TERREIN_PROGRAM) + " run " + path("study.toml").string() + " " + arguments);
  }
  /// Replaces a text in a file.
  void edit(std::string const& name, std::string const& from, std::string const& to) const {
    std::string text = read_file(path(name));
    auto const at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("'" + from + "' is not in " + name);
    write_file(path(name), text.replace(at, from.size(), to));
  }

  static std::string collection(std::string const& features) {
    return R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::31370"}},)"
           R"("features":[)" +
           features + "]}";
  }

 private:
  static std::string parcels() {
    std::string out;
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 3; ++column) {
        int const x = 100000 + 100 * column, y = 200000 + 100 * row;
        std::string const id = std::string(1, static_cast<char>('A' + column)) + std::to_string(row + 1);
        auto const at = [](int px, int py) { return "[" + std::to_string(px) + "," + std::to_string(py) + "]"; };
        if (!out.empty()) out += ",";
        out += R"({"type":"Feature","properties":{"key":")" + id + R"(","price":)" + std::to_string(10 + column) +
               R"(},"geometry":{"type":"Polygon","coordinates":[[)" + at(x, y) + "," + at(x + 100, y) + "," +
               at(x + 100, y + 100) + "," + at(x, y + 100) + "," + at(x, y) + "]]}}";
      }
    return out;
  }

  static std::string study() {
    return R"([study]
title = "Kleine wereld"
crs = "EPSG:31370"
[candidates]
layer = "parcels"
[layers.parcels]
source = "parcels.geojson"
id = "key"
[layers.flood]
source = "flood.geojson"
class = "class"
coverage = "everywhere"
[layers.rail]
source = "rail.geojson"
coverage = "everywhere"
[criteria.wet]
measure = "area_share"
layer = "flood"
classes = ["D"]
[criteria.rail_m]
measure = "distance"
layer = "rail"
[rules.dry]
criterion = "wet"
when = ">0.5"
effect = "exclude"
[models.own]
label = "Eigen model"
rules = ["dry"]
[models.own.weights]
rail_m = 3
wet = 1
[models.own.values.rail_m]
points = "0:1|200:0"
[models.own.values.wet]
points = "0:1|1:0"
[output]
file = "result.gpkg"
)";
  }

  TempDir dir_;
};

}  // namespace terrein::test
