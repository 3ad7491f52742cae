// The multipolygon cases of osmcode/osm-testdata: areas of ways and relations against their expected WKT, by the area
// of the symmetric difference, which GDAL computes.
#include <cmath>
#include <map>
#include <optional>

#include "io_fixtures.hpp"
#include "terrein/geometry/validity.hpp"
#include "terrein/io/osm.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

gdal::Geometry shape_of(GeometryColumn const& column, std::size_t row) {
  auto const wkb = to_wkb(column, row);
  OGRGeometryH shape = nullptr;
  OGR_G_CreateFromWkb(wkb.data(), nullptr, &shape, static_cast<int>(wkb.size()));
  return gdal::Geometry(shape);
}

gdal::Geometry shape_of(std::string wkt) {
  char* text = wkt.data();
  OGRGeometryH shape = nullptr;
  OGR_G_CreateFromWkt(&text, nullptr, &shape);
  return gdal::Geometry(shape);
}

bool same_area(OGRGeometryH a, OGRGeometryH b) {
  gdal::Geometry const difference(OGR_G_SymDifference(a, b));
  return difference != nullptr && OGR_G_Area(difference.get()) < 1e-12;
}

/// What became of one expected area.
std::string outcome(nlohmann::json const& test, std::string const& id, Layer const& layer, Issues const& issues) {
  std::size_t row = 0;
  while (row < layer.size() && layer.id[row] != id) ++row;
  bool told = false;
  for (Issue const& issue : issues.rows())
    told = told || (issue.feature_id == id && issue.code == "open_ring") ||
           (issue.code == "osm_missing_relation" && has_text(issue.text, "relation " + id + " "));
  if (row == layer.size()) return told ? "missing, told" : "MISSING IN SILENCE";
  std::string out = told ? "told, " : "";
  bool const valid = !validity(layer.geometry, 1)[row];
  GeometryColumn mended;
  std::vector<Row> const rows{static_cast<Row>(row)};
  if (!valid && !make_valid(layer.geometry, rows, mended)[0].repaired()) return out + "beyond repair";
  out += valid ? "valid, " : "repaired, ";
  gdal::Geometry const ours = valid ? shape_of(layer.geometry, row) : shape_of(mended, 0);
  for (auto const& [variant, areas] : test.at("areas").items())
    for (auto const& area : areas)
      if (area.at("wkt") != "INVALID" &&
          std::to_string(area.at("from_id").get<long long>()) == id.substr(id.find('/') + 1))
        if (same_area(ours.get(), shape_of(area.at("wkt").get<std::string>()).get())) return out + "as " + variant;
  return out + "ANOTHER AREA";
}

}  // namespace

TEST_CASE("Areas of OSM relations and ways are those expected, or what is wrong with them is told") {
  auto const folder = shared("data/invalid/osm_multipolygon_grid");
  if (folder.empty()) return;
  use_osm_config(fs::path(TERREIN_SOURCE_DIR) / "datasets/osm/osmconf.ini");
  ReadOptions options = options_for(folder / "all.osm");
  options.layer = "multipolygons";
  options.id_field = "osm_id";
  Issues issues;
  ReadResult const result = read_layer(options, issues);
  std::map<std::string, std::vector<int>> outcomes;
  for (auto const& test : nlohmann::json::parse(read_file(folder / "tests.json"))) {
    if (!test.contains("areas")) continue;
    for (auto const& area : test.at("areas").at("default")) {
      std::string const number = std::to_string(area.at("from_id").get<long long>());
      std::string const id = area.at("from_type") == "way" ? "way/" + number : number;
      std::string const expected = area.at("wkt") == "INVALID" ? "invalid: " : "valid: ";
      outcomes[expected + outcome(test, id, result.layer, issues)].push_back(test.at("test_id").get<int>());
    }
  }
  std::map<std::string, std::vector<int>> const known{
      {"valid: valid, as default",
       {700, 701, 702, 703, 704, 705, 706, 707, 708, 709, 720, 721, 722, 723, 724, 725, 726, 727, 728,
        729, 730, 731, 732, 733, 734, 755, 758, 763, 764, 770, 772, 774, 779, 900, 901, 902, 903, 904,
        910, 911, 912, 913, 920, 921, 922, 922, 923, 923, 924, 925, 926, 927, 930, 931, 940, 940, 950}},
      // GDAL keeps rings that touch in several nodes apart; repair joins them to what is expected.
      {"valid: repaired, as default",
       {749, 750, 751, 759, 760, 761, 762, 765, 766, 767, 776, 777, 783, 784, 785, 905, 940}},
      // The expectation is right: of two rings that cross each other in shared nodes, GDAL makes two overlapping
      // polygons. They are not valid, so that the row is told as repaired.
      {"valid: repaired, ANOTHER AREA", {775, 778}},
      // Rings that do not close, or lines alone: GDAL gives no area, an issue names the relation.
      {"invalid: missing, told", {711, 714, 715, 741, 744, 745}},
      // Mended to what the test's authors would mend it to, and told as repaired.
      {"invalid: repaired, as fix", {742, 743, 752, 753, 756, 757}},
      {"invalid: repaired, as location", {790, 791, 792, 794, 795}},
      // Overlapping or self-crossing outer rings, for which there is no right answer: united, and told as repaired.
      {"invalid: repaired, ANOTHER AREA", {710, 740, 768}},
      // Faults of the nodes alone (two at one place, or none where rings touch); the shape is valid and as intended.
      {"invalid: valid, as fix", {754}},
      {"invalid: valid, as location", {747, 748, 781, 782, 793}},
      // 771 and 773 touch where they have no common node, 746 runs through a ring twice: valid shapes all the same.
      {"invalid: valid, ANOTHER AREA", {746, 771, 773}},
      // A way whose ends lie at one place but are two nodes is no closed way: it is in the layer of lines.
      {"invalid: MISSING IN SILENCE", {780}}};
  CHECK(outcomes == known);
  options.layer = "lines";
  Issues more;
  ReadResult const lines = read_layer(options, more);
  CHECK(std::find(lines.layer.id.begin(), lines.layer.id.end(), "780800") != lines.layer.id.end());
}
