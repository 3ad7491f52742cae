// The polygons of Clipper2 through the area kernel, repaired first as a run does, against overlays by GEOS.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"
#include "terrein/geometry/validity.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Appends the ring of a line of numbers as a row, valid; nothing for other lines and what has no land.
void append_valid(std::string line, Layer& out) {
  if (line.empty() || line.find_first_not_of("-0123456789, \r") != std::string::npos) return;
  std::replace(line.begin(), line.end(), ',', ' ');
  std::istringstream numbers(line);
  GeometryColumn one;
  GeometryBuilder builder(one);
  for (Point p; numbers >> p.x >> p.y;) builder.vertex(p.x, p.y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
  if (!one.has_shape(0)) return;
  if (validity(one, 1)[0]) {
    GeometryColumn mended;
    std::vector<Row> const first{0};
    (void)make_valid(one, first, mended);
    one = std::move(mended);
  }
  if (area(one, 0) > 0) GeometryBuilder(out.geometry).copy_row(one, 0);
}

}  // namespace

TEST_CASE("Repaired polygons of Clipper2 have the area in common that GEOS finds", "[real]") {
  auto const file = shared("data/invalid/clipper2/Polygons.txt");
  if (file.empty()) return;
  Geos const geos;
  std::ifstream in(file);
  Layer rows;
  std::size_t pairs = 0, with_land = 0;
  auto const compare = [&] {
    for (std::size_t i = 0; i < rows.geometry.size(); ++i) rows.id.push_back(std::to_string(i));
    rows.id_rank = rank_ids(rows.id);
    std::vector<std::uint32_t> each;
    for (std::size_t i = 0; i < rows.size(); ++i) each.push_back(static_cast<std::uint32_t>(i));
    auto const found = cover_areas(rows.geometry, rows, each, each.size(), 2);
    std::vector<Geos::Shape> shapes;
    for (std::size_t i = 0; i < rows.size(); ++i) shapes.push_back(geos.row(rows.geometry, i));
    for (std::size_t a = 0; a < rows.size(); ++a)
      for (std::size_t b = 0; b < rows.size(); ++b) {
        auto const common = geos.own(GEOSIntersection_r(geos.handle(), shapes[a].get(), shapes[b].get()));
        double const expected = geos.area(common);
        // Coordinates up to a thousand are rounded to 1e-13 where boundaries cross; below 1e-9 is nothing.
        if (!(std::abs(found.area[b][a] - expected) <= 2e-9 + 1e-12 * expected)) {
          INFO("pair " << pairs << ": " << found.area[b][a] << " for " << expected);
          CHECK(false);
        }
        ++pairs;
        with_land += expected > 0 ? 1U : 0U;
      }
    rows = Layer();
  };
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("CAPTION") && rows.geometry.size() > 0) compare();
    append_valid(line, rows);
  }
  compare();
  CHECK(pairs > 1000);
  CHECK(with_land > 500);
}
