// Which polygons of a cover have land in common, against the contacts of the same rows taken out as a layer, and GEOS.
#include "geometry/noded.hpp"
#include "support/catch.hpp"
#include "unit/geometry/fabrics.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::Random;

namespace {

using RowPairs = std::set<std::pair<Row, Row>>;

RowPairs as_set(std::vector<RowPair> const& pairs) {
  RowPairs out;
  for (RowPair const& pair : pairs) out.insert({std::min(pair.a, pair.b), std::max(pair.a, pair.b)});
  return out;
}

}  // namespace

TEST_CASE("rows of a cover that meet are those that contacts and GEOS find among them, for any number of workers") {
  Geos const geos;
  Random random(61);
  std::size_t meeting = 0;
  for (int round = 0; round < 20; ++round) {
    auto const fabric = test::cell_fabric(random, geos, 12, 60, 12);
    Layer const& layer = fabric.layer;
    std::vector<Row> rows;
    std::vector<std::uint8_t> chosen(layer.size(), 0);
    for (Row row = 0; row < layer.size(); ++row)
      if (layer.geometry.kind[row] == GeometryKind::polygon && random.below(3) != 0) {
        rows.push_back(row);
        chosen[row] = 1;
      }
    EdgeRuns const runs(layer.geometry, 2);
    SpatialIndex const boxes(layer.geometry.box);
    auto const found = meeting_rows(layer, runs, boxes, chosen, 1);
    RowPairs of_contacts, of_geos;
    for (auto const& [a, b] : as_set(contacts(take(layer, rows), 0, 1).meeting)) of_contacts.insert({rows[a], rows[b]});
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t j = i + 1; j < rows.size(); ++j) {
        auto const a = geos.row(layer.geometry, rows[i]), b = geos.row(layer.geometry, rows[j]);
        auto const land = geos.own(GEOSIntersection_r(geos.handle(), a.get(), b.get()));
        if (geos.area(land) > 0) of_geos.insert({rows[i], rows[j]});
      }
    REQUIRE(as_set(found) == of_contacts);
    REQUIRE(as_set(found) == of_geos);
    for (unsigned const workers : {2U, 7U}) REQUIRE(meeting_rows(layer, runs, boxes, chosen, workers) == found);
    meeting += found.size();
  }
  CHECK(meeting > 500);
}

TEST_CASE("two boundaries of thousands of edges that cross are found to meet, and those side by side are not") {
  Random random(62);
  std::vector<std::string> texts;
  for (double const x : {0.0, 1500.0, 6000.0})
    texts.push_back("POLYGON(" + test::ring_text(test::star(random, {x, 0}, 1000, 3000)) + ")");
  auto const layer = test::layer_of(texts);
  EdgeRuns const runs(layer.geometry);
  SpatialIndex const boxes(layer.geometry.box);
  auto const found = meeting_rows(layer, runs, boxes, {1, 1, 1}, 2);
  CHECK(found == std::vector<RowPair>{{0, 1}});
}
