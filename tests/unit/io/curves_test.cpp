// Shapes as sources deliver them: curves, collections, surfaces, empty parts; against WKT and GDAL's own arcs.
#include <algorithm>
#include <cmath>
#include <set>

#include "io_fixtures.hpp"
#include "terrein/geometry/measures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string const square = "POLYGON((0 0,10 0,10 10,0 10,0 0))";
std::string const disc = "CURVEPOLYGON(CIRCULARSTRING(100 0,-100 0,100 0))";
constexpr double circle_100 = 31415.926535897932;

/// The row of a plain WKT text, as the geometry room reads it.
GeometryColumn column_of(std::string const& wkt) {
  GeometryColumn out;
  append_wkt(out, wkt);
  return out;
}

ReadResult read_rows(TempDir const& dir, std::vector<SourceRow> const& rows, Issues& issues) {
  auto const path = dir.path() / "shapes.gpkg";
  make_source(path, "GPKG", "a", 31370, {}, rows);
  return read_layer(options_for(path), issues);
}

}  // namespace

TEST_CASE("Shapes of every kind are read as the plain shape they are") {
  struct Case {
    std::string delivered, plain;
    bool mixed = false;
  };
  std::vector<Case> const cases{
      {"TIN Z(((0 0 0,1 0 0,0 1 0,0 0 0)),((5 5 1,9 5 1,5 9 1,5 5 1)))",
       "MULTIPOLYGON(((0 0,1 0,0 1,0 0)),((5 5,9 5,5 9,5 5)))"},
      {"POLYHEDRALSURFACE Z(((0 0 0,2 0 0,2 2 0,0 2 0,0 0 0)))", "POLYGON((0 0,2 0,2 2,0 2,0 0))"},
      {"TRIANGLE((0 0,4 0,0 4,0 0))", "POLYGON((0 0,4 0,0 4,0 0))"},
      {"POINT ZM(1 2 3 4)", "POINT(1 2)"},
      {"POINT M(1 2 4)", "POINT(1 2)"},
      {"MULTIPOINT Z((1 2 3),(4 5 6))", "MULTIPOINT((1 2),(4 5))"},
      {"MULTILINESTRING M((0 0 7,1 1 8),(2 2 9,3 3 9))", "MULTILINESTRING((0 0,1 1),(2 2,3 3))"},
      {"MULTIPOLYGON(EMPTY,((0 0,4 0,4 4,0 0)),EMPTY)", "POLYGON((0 0,4 0,4 4,0 0))"},
      {"MULTIPOLYGON(((0 0,4 0,4 4,0 0)))", "POLYGON((0 0,4 0,4 4,0 0))"},
      {"GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POLYGON((0 0,4 0,4 4,0 0))),GEOMETRYCOLLECTION EMPTY,"
       "MULTIPOLYGON(((9 9,10 9,10 10,9 9))))",
       "MULTIPOLYGON(((0 0,4 0,4 4,0 0)),((9 9,10 9,10 10,9 9)))"},
      {"GEOMETRYCOLLECTION(POINT(7 7),GEOMETRYCOLLECTION(LINESTRING(0 0,1 1),GEOMETRYCOLLECTION("
       "TRIANGLE((0 0,4 0,0 4,0 0)))))",
       "POLYGON((0 0,4 0,0 4,0 0))", true},
      {"GEOMETRYCOLLECTION(POINT(7 7),LINESTRING(0 0,1 1))", "LINESTRING(0 0,1 1)", true},
      {"GEOMETRYCOLLECTION(POINT EMPTY,LINESTRING(0 0,1 1))", "LINESTRING(0 0,1 1)"},
  };
  TempDir const dir;
  std::vector<SourceRow> rows;
  for (Case const& one : cases) rows.push_back({one.delivered});
  Issues issues;
  ReadResult const result = read_rows(dir, rows, issues);
  REQUIRE(result.layer.size() == cases.size());
  std::set<std::string> told;
  for (Issue const& issue : issues.rows()) {
    CHECK(issue.code == "mixed_collection");
    told.insert(issue.feature_id);
  }
  for (std::size_t row = 0; row < cases.size(); ++row) {
    INFO(cases[row].delivered);
    GeometryColumn const plain = column_of(cases[row].plain);
    std::vector<Row> const one{static_cast<Row>(row)};
    GeometryColumn const read = take(result.layer.geometry, one);
    CHECK(read.kind == plain.kind);
    CHECK(read.xy == plain.xy);
    CHECK(read.path_begin == plain.path_begin);
    CHECK(read.part_begin == plain.part_begin);
    CHECK(told.contains(std::to_string(row + 1)) == cases[row].mixed);
  }
}

TEST_CASE("Null and empty shapes of every type stay rows without shape") {
  TempDir const dir;
  std::vector<SourceRow> rows{{""}};
  for (char const* type : {"POINT", "LINESTRING", "POLYGON", "MULTIPOLYGON", "GEOMETRYCOLLECTION", "CIRCULARSTRING",
                           "CURVEPOLYGON", "COMPOUNDCURVE", "MULTISURFACE", "POINT Z", "TIN", "POLYHEDRALSURFACE"})
    rows.push_back({std::string(type) + " EMPTY"});
  rows.push_back({"MULTIPOLYGON(EMPTY,EMPTY)"});
  rows.push_back({square});
  Issues issues;
  ReadResult const result = read_rows(dir, rows, issues);
  REQUIRE(result.layer.size() == rows.size());
  CHECK(result.layer.geometry.kind[0] == GeometryKind::null);
  for (std::size_t row = 1; row + 1 < rows.size(); ++row) {
    INFO(rows[row].wkt);
    CHECK(result.layer.geometry.kind[row] == GeometryKind::empty);
  }
  CHECK(result.layer.geometry.kind.back() == GeometryKind::polygon);
  CHECK(issues.size() == 0);
}

TEST_CASE("A point that is written as NaN is empty; one that is half NaN is no place") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  make_source(path, "GPKG", "a", 31370, {}, {{square}, {square}});
  std::string const header = "4750000100000000", point = "0101000000";
  std::string const nan = "000000000000f87f", one = "000000000000f03f";
  sql(path, "UPDATE a SET geom = x'" + header + point + nan + nan + "' WHERE fid = 1");
  sql(path, "UPDATE a SET geom = x'" + header + point + nan + one + "' WHERE fid = 2");
  Issues issues;
  ReadResult const result = read_layer(options_for(path), issues);
  CHECK(result.layer.geometry.kind[0] == GeometryKind::empty);
  CHECK_FALSE(result.layer.geometry.all_finite(1));
}

TEST_CASE("Curves in every wrapping keep to the tolerance, and are told once per layer") {
  TempDir const dir;
  std::vector<SourceRow> const rows{
      {disc},
      {"MULTISURFACE(" + disc + ",((500 0,510 0,510 10,500 0)))"},
      {"GEOMETRYCOLLECTION(POINT(1 1),GEOMETRYCOLLECTION(" + disc + "))"},
      {"CURVEPOLYGON(COMPOUNDCURVE(CIRCULARSTRING(100 0,0 100,-100 0),CIRCULARSTRING(-100 0,0 -100,100 0)))"},
      {"MULTICURVE Z(CIRCULARSTRING Z(100 0 1,-100 0 2,100 0 3))"},
      {square}};
  Issues issues;
  ReadResult const result = read_rows(dir, rows, issues);
  GeometryColumn const& shapes = result.layer.geometry;
  double const lost = 2 * std::acos(-1) * 100 * 0.01;
  for (std::size_t const row : {0U, 1U, 2U, 3U}) {
    INFO(rows[row].wkt);
    double const exact = circle_100 + (row == 1 ? 50 : 0);
    CHECK(area(shapes, row) < exact);
    CHECK(area(shapes, row) > exact - lost);
  }
  CHECK(length(shapes, 4) == Approx(2 * std::acos(-1) * 100).epsilon(1e-3));
  CHECK(area(shapes, 5) == 100);
  CHECK(result.curved_rows == std::vector<Row>{0, 1, 2, 3, 4});
  REQUIRE(codes(issues) == std::vector<std::string>{"mixed_collection", "curves"});
  CHECK(issues.rows()[1].severity == Severity::note);
  CHECK(has_text(issues.rows()[1].text, "5 rows"));
  CHECK(has_text(issues.rows()[1].text, "0.01 m"));
}

TEST_CASE("The tolerance is in metres, whatever the units of the source; only rows that are kept are counted") {
  TempDir const dir;
  // 3280.833… US survey feet are 1000 m; 0.01° of latitude is 1.1 km.
  std::string const feet = "CURVEPOLYGON(CIRCULARSTRING(2003280.8333 0,1996719.1667 0,2003280.8333 0))";
  std::string const degrees = "CURVEPOLYGON(CIRCULARSTRING(4.01 51,3.99 51,4.01 51))";
  auto const vertices = [&](char const* name, int epsg, std::string const& wkt, double tolerance) {
    auto const path = dir.path() / name;
    fs::remove(path);
    make_source(path, "GPKG", "a", epsg, {{"n", OFTInteger}}, {{wkt, {"1"}}, {wkt, {"2"}}});
    ReadOptions options = options_for(path);
    options.curve_tolerance_m = tolerance;
    options.where = "n = 2";
    Issues issues;
    ReadResult const result = read_layer(options, issues);
    CHECK(result.curved_rows == std::vector<Row>{0});
    CHECK(has_text(issues.rows()[0].text, "1 rows"));
    return result.layer.geometry.vertices(0) - 1;
  };
  // A chord of angle a lies r (1 - cos a/2) off; n pieces, a power of two, r = 1000 m: 704 for 1 cm, 71 for 1 m.
  CHECK(vertices("feet.gpkg", 2264, feet, 0.01) == 1024);
  CHECK(vertices("feet.gpkg", 2264, feet, 1) == 128);
  // r = 0.01° = 1117 m at most: 743 and 75 pieces.
  CHECK(vertices("degrees.gpkg", 4258, degrees, 0.01) == 1024);
  CHECK(vertices("degrees.gpkg", 4258, degrees, 1) == 128);
}

TEST_CASE("Real Dutch curve polygons have the areas of fine arcs of GDAL") {
  auto const zip = shared("data/netherlands/bgt_otterlo_gml.zip");
  if (zip.empty()) return;
  std::size_t curved = 0;
  for (char const* name : {"bgt_wegdeel", "bgt_ondersteunendwegdeel", "bgt_waterdeel", "bgt_begroeidterreindeel",
                           "bgt_onbegroeidterreindeel", "bgt_ondersteunendwaterdeel"}) {
    ReadOptions options = options_for("/vsizip/" + zip.string() + "/" + name + ".gml");
    Issues issues;
    ReadResult const ours = read_layer(options, issues);
    curved += ours.curved_rows.size();
    // Crest lines of four areas are written without saying that they have two dimensions: GDAL takes none of the four.
    std::size_t const bad = std::string(name) == "bgt_begroeidterreindeel" ? 4 : 0;
    auto const told = codes(issues);
    CHECK(std::count(told.begin(), told.end(), "unreadable_row") == static_cast<std::ptrdiff_t>(bad));
    CHECK(ours.rows_declared == ours.rows_read + bad);
    gdal::List const no_gfs(CSLSetNameValue(nullptr, "WRITE_GFS", "NO"));
    gdal::CplErrorScope const quiet;
    gdal::Dataset const dataset(
        GDALOpenEx(options.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, no_gfs.get(), nullptr));
    REQUIRE(dataset != nullptr);
    OGRLayerH const layer = GDALDatasetGetLayer(dataset.get(), 0);
    std::size_t row = 0, with_arcs = 0, far_off = 0;
    while (gdal::Feature const feature{OGR_L_GetNextFeature(layer)}) {
      OGRGeometryH const shape = OGR_F_GetGeometryRef(feature.get());
      with_arcs += shape != nullptr && OGR_G_HasCurveGeometry(shape, TRUE) != 0;
      if (shape != nullptr) {
        // Chords of a tenth of a degree lie 0.04 mm off at a radius of 100 m. Finer ones take minutes under a
        // sanitizer: GDAL grows its arcs point by point, and each growth is a copy there.
        gdal::Geometry const fine(OGR_G_GetLinearGeometry(shape, 0.1, nullptr));
        double const off = std::abs(OGR_G_Area(fine.get()) - area(ours.layer.geometry, row));
        far_off += off > 0.01 * OGR_G_Length(OGR_G_GetGeometryRef(fine.get(), 0)) + 1e-6;
      }
      ++row;
    }
    INFO(name << ": " << row << " rows, " << with_arcs << " with arcs");
    CHECK(row == ours.layer.size());
    CHECK(with_arcs == ours.curved_rows.size());
    CHECK(far_off == 0);
  }
  CHECK(curved > 500);
}
