// Shapes kept as they came: GDAL reads back what stands in the GeoPackage.
#include "terrein/io/raw_shapes.hpp"

#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/io/read_layer.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

RawShape gml(std::string const& text, bool swapped = false) {
  XmlDocument const document(text, "the test");
  return shape_from_gml(document.root(), swapped);
}

std::string const square =
    "<gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>0 0 10 0 10 10 0 10 0 0</gml:posList></gml:LinearRing>"
    "</gml:exterior></gml:Polygon>";
// A half disc: an arc over (0,0) (5,5) (10,0) and its chord.
std::string const half_disc =
    "<gml:Polygon><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments><gml:Arc><gml:posList>0 0 5 5 10 0"
    "</gml:posList></gml:Arc><gml:LineStringSegment><gml:posList>10 0 0 0</gml:posList></gml:LineStringSegment>"
    "</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon>";

std::vector<std::string> written_and_read(RawShapes& shapes) {
  settle_type(shapes);
  TempDir const dir;
  GeoPackage package;
  package.time = "2026-01-31T00:00:00.000Z";
  OutputLayer layer;
  layer.name = "raw";
  layer.shape = ShapeType::polygon;
  layer.raw = &shapes;
  layer.crs = crs_from("EPSG:31370");
  layer.table = Table(shapes.size());
  package.layers.push_back(layer);
  write_geopackage((dir.path() / "raw.gpkg").string(), package);
  GDALDatasetH const dataset = GDALOpenEx((dir.path() / "raw.gpkg").c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
  REQUIRE(dataset != nullptr);
  OGRLayerH const table = GDALDatasetGetLayer(dataset, 0);
  std::vector<std::string> out{OGRGeometryTypeToName(OGR_L_GetGeomType(table))};
  while (OGRFeatureH const feature = OGR_L_GetNextFeature(table)) {
    char* wkt = nullptr;
    if (OGRGeometryH const shape = OGR_F_GetGeometryRef(feature)) OGR_G_ExportToIsoWkt(shape, &wkt);
    out.emplace_back(wkt == nullptr ? "null" : wkt);
    CPLFree(wkt);
    OGR_F_Destroy(feature);
  }
  GDALClose(dataset);
  return out;
}

}  // namespace

TEST_CASE("polygons and null rows become a layer of multipolygons", "[io]") {
  RawShapes shapes;
  shapes.push(gml(square));
  shapes.push({});
  shapes.push(gml("<gml:MultiSurface><gml:surfaceMember>" + square + "</gml:surfaceMember></gml:MultiSurface>"));
  std::string const expected = "MULTIPOLYGON (((0 0,10 0,10 10,0 10,0 0)))";
  CHECK(written_and_read(shapes) == std::vector<std::string>{"Multi Polygon", expected, "null", expected});
}

TEST_CASE("arcs stay arcs", "[io]") {
  RawShapes shapes;
  shapes.push(gml(square));
  shapes.push(gml(half_disc));
  auto const read = written_and_read(shapes);
  REQUIRE(read.size() == 3);
  CHECK(read[0] == "Multi Surface");
  CHECK(read[1].find("0 0,10 0,10 10,0 10,0 0") != std::string::npos);
  CHECK(read[2] == "MULTISURFACE (CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (0 0,5 5,10 0),(10 0,0 0))))");
  CHECK(shapes.box[1].max_y == Approx(5));
}

TEST_CASE("heights stay, and kinds that do not mix stay as they are", "[io]") {
  RawShapes shapes;
  shapes.push(gml("<gml:Point srsDimension=\"3\"><gml:pos>1 2 3</gml:pos></gml:Point>"));
  shapes.push(gml("<gml:LineString><gml:posList>0 0 1 1</gml:posList></gml:LineString>"));
  CHECK(written_and_read(shapes) ==
        std::vector<std::string>{"Unknown (any)", "POINT Z (1 2 3)", "LINESTRING (0 0,1 1)"});
}

TEST_CASE("axes are swapped when told so, and damage is an error", "[io]") {
  CHECK(gml("<gml:Point><gml:pos>51.2 3.8</gml:pos></gml:Point>", true).box == Box{3.8, 51.2, 3.8, 51.2});
  CHECK(shape_from_geojson(R"({"type":"Point","coordinates":[51.2,3.8]})", true).box == Box{3.8, 51.2, 3.8, 51.2});
  CHECK(shape_from_geojson("null", false).wkb.empty());
  CHECK(shape_from_esri_json(R"({"x":1,"y":2})").box == Box{1, 2, 1, 2});
  for (char const* text : {"{}", "[1,2]", R"({"type":"Polygon","coordinates":[[["a","b"]]]})"})
    CHECK(error_of([&] { static_cast<void>(shape_from_geojson(text, false)); }).kind == ErrorKind::input);
  CHECK(error_of([] { gml("<gml:Point><gml:pos>one two</gml:pos></gml:Point>"); }).kind == ErrorKind::input);
}

TEST_CASE("an XML text is read alone: entities and includes lead nowhere", "[io]") {
  XmlDocument const document(
      "<!DOCTYPE a [<!ENTITY secret SYSTEM \"file:///etc/hostname\"><!ENTITY b \"bb\">]>"
      "<n:a x=\"1\" n:y=\"2\"><!-- c --><n:b>one &amp; &secret;</n:b><b>two</b><n:c><b>three</b></n:c></n:a>",
      "the test");
  XmlNode const root = document.root();
  CHECK(root.name() == "a");
  CHECK(root.attribute("y") == "2");
  CHECK(root.child("b").text() == "one &");
  CHECK(root.children("b").size() == 2);
  CHECK(root.all("b").size() == 3);
  CHECK(root.child("nothing").child("below").text().empty());
  CHECK(error_of([] { XmlDocument("<a><b></a>", "x"); }).kind == ErrorKind::input);
  CHECK(error_of([] { XmlDocument("no xml", "x"); }).kind == ErrorKind::input);
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  for (int i = 0; i < 100000; ++i) deep += "</a>";
  CHECK(error_of([&] { XmlDocument(deep, "x"); }).kind == ErrorKind::input);
}
