// The quick test of validity against GEOS on rings that other programs have stumbled over.
#include "geometry/quick_validity.hpp"

#include <fstream>
#include <sstream>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;
using Rings = std::vector<std::vector<Point>>;

struct Tally {
  std::size_t shapes = 0, invalid = 0, settled = 0;
};

void judge(Rings const& rings, Tally& tally) {
  static Geos const geos;
  static QuickValidity quick;
  GeometryColumn column;
  GeometryBuilder builder(column);
  for (auto const& ring : rings) {
    for (Point const p : ring) builder.vertex(p.x, p.y);
    builder.end_path();
  }
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
  if (!column.has_shape(0)) return;
  auto const shape = geos.row(column, 0);
  bool const valid = shape != nullptr && GEOSisValid_r(geos.handle(), shape.get()) == 1;
  bool const settled = quick.is_surely_valid(column, 0);
  ++tally.shapes;
  tally.invalid += valid ? 0 : 1;
  tally.settled += settled ? 1 : 0;
  CHECK((valid || !settled));
}

/// A polygon, and each of its rings as one.
void judge_all(Rings const& rings, Tally& tally) {
  judge(rings, tally);
  if (rings.size() > 1)
    for (auto const& ring : rings) judge({ring}, tally);
}

Rings rings_of(Json const& polygon) {
  Rings out;
  for (Json const& ring : polygon) {
    out.emplace_back();
    for (Json const& p : ring) out.back().push_back({p[0].get<double>(), p[1].get<double>()});
  }
  return out;
}

}  // namespace

TEST_CASE("no ring of earcut that is invalid is called valid", "[real]") {
  auto const folder = shared("data/invalid/earcut/fixtures");
  if (folder.empty()) return;
  Tally tally;
  for (auto const& entry : fs::directory_iterator(folder))
    judge_all(rings_of(Json::parse(read_file(entry.path()))), tally);
  CHECK(tally.invalid > 10);
  CHECK(tally.settled > 100);
}

TEST_CASE("no shape of polygon-clipping that is invalid is called valid", "[real]") {
  auto const folder = shared("data/invalid/polygon_clipping");
  if (folder.empty()) return;
  Tally tally;
  for (auto const& entry : fs::directory_iterator(folder)) {
    if (!fs::exists(entry.path() / "args.geojson")) continue;
    Json const args = Json::parse(read_file(entry.path() / "args.geojson"));
    for (Json const& feature : args.at("features")) {
      Json const& geometry = feature.at("geometry");
      if (geometry.at("type") == "Polygon")
        judge_all(rings_of(geometry.at("coordinates")), tally);
      else
        for (Json const& polygon : geometry.at("coordinates")) judge_all(rings_of(polygon), tally);
    }
  }
  CHECK(tally.invalid > 10);
  CHECK(tally.settled > 100);
}

TEST_CASE("no ring of Clipper that is invalid is called valid", "[real]") {
  auto const file = shared("data/invalid/clipper2/Polygons.txt");
  if (file.empty()) return;
  std::ifstream in(file);
  Tally tally;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.find_first_not_of("-0123456789, \r") != std::string::npos) continue;
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream numbers(line);
    std::vector<Point> ring;
    for (Point p; numbers >> p.x >> p.y;) ring.push_back(p);
    if (ring.size() > 2) judge({ring}, tally);
  }
  CHECK(tally.invalid > 100);
  CHECK(tally.settled > 100);
}
