// Tables whose rows lie at the coordinates in their columns.
#include "terrein/core/text.hpp"
#include "unit/io/io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

ReadResult read_text(TempDir const& dir, std::string const& text, ReadOptions asked, Issues& issues) {
  fs::path const path = dir.path() / "a.csv";
  write_file(path, text);
  ReadOptions options = options_for(path);
  options.x_field = asked.x_field;
  options.y_field = asked.y_field;
  options.coordinates_field = asked.coordinates_field;
  options.crs = asked.crs;
  options.crs_field = asked.crs_field;
  options.where = asked.where;
  return read_layer(options, issues);
}

ReadOptions named(std::string const& x, std::string const& y, std::string const& crs) {
  ReadOptions out;
  out.x_field = x;
  out.y_field = y;
  out.crs = crs;
  return out;
}

/// The sentence with which a table is refused.
Thrown fault(std::string const& text, ReadOptions const& options) {
  TempDir const dir;
  return error_of([&] {
    Issues issues;
    (void)read_text(dir, text, options, issues);
  });
}

}  // namespace

TEST_CASE("coordinates that cannot be used are issues of their rows", "[io]") {
  TempDir const dir;
  Issues issues;
  auto const result = read_text(dir,
                                "naam;GeoX;GeoY\n"
                                "a;4,325;51,0543\n"
                                "b;;\n"
                                "c;4,3;\n"
                                "d;51\xc2\xb0"
                                "03'15\"N;4\n"
                                "e;4.3;51.000,5\n",
                                named("geox", "GEOY", "EPSG:4258"), issues);
  using K = GeometryKind;
  CHECK(result.layer.geometry.kind == std::vector<K>{K::point, K::null, K::empty, K::empty, K::empty});
  CHECK(result.layer.geometry.xy == std::vector<double>{4.325, 51.0543});
  CHECK(codes(issues) == std::vector<std::string>{"missing_coordinate", "not_a_coordinate", "not_a_coordinate"});
  CHECK(issues.rows()[0].feature_id == "3");
  CHECK(has_text(issues.rows()[0].text, "'GeoY' is blank while 'GeoX' holds '4,3'"));
  CHECK(has_text(issues.rows()[1].text,
                 "51\xc2\xb0"
                 "03'15\"N"));
  CHECK(has_text(issues.rows()[2].text, "'51.000,5'"));
}

TEST_CASE("swap_axes exchanges the columns of a table as well", "[io]") {
  TempDir const dir;
  write_file(dir.path() / "a.csv", "x,y\n51.5,4.5\n");
  ReadOptions options = options_for(dir.path() / "a.csv");
  options.x_field = "x";
  options.y_field = "y";
  options.crs = "EPSG:4258";
  options.swap_axes = true;
  Issues issues;
  CHECK(read_layer(options, issues).layer.geometry.xy == std::vector<double>{4.5, 51.5});
}

TEST_CASE("columns are recognised by unmistakable names alone, and that is told", "[io]") {
  TempDir const dir;
  Issues issues;
  auto const degrees = read_text(dir, "Name,Longitude,LATITUDE\na,4.5,51.5\n", {}, issues);
  CHECK(degrees.layer.crs.authority == "EPSG:4326");
  CHECK(degrees.layer.geometry.xy == std::vector<double>{4.5, 51.5});
  REQUIRE(codes(issues) == std::vector<std::string>{"coordinates_recognised"});
  CHECK(issues.rows()[0].severity == Severity::note);
  CHECK(has_text(issues.rows()[0].text, "'Longitude' and 'LATITUDE'"));
  CHECK(has_text(issues.rows()[0].text, "EPSG:4326"));
  Issues more;
  auto const lambert = read_text(dir, "X_31370;Y_31370\n150000;200000\n", {}, more);
  CHECK(lambert.layer.crs.authority == "EPSG:31370");
  auto const plain = read_text(dir, "x;y\n150000;200000\n", named("", "", "EPSG:3812"), more);
  CHECK(plain.layer.crs.authority == "EPSG:3812");
}

TEST_CASE("nothing is guessed about the columns of a table", "[io]") {
  CHECK(fault("x;y\n150000;200000\n", {}).kind == ErrorKind::crs);
  CHECK(has_text(fault("x;y\n1;2\n", {}).text, "has no CRS"));
  CHECK(has_text(fault("a;b\n1;2\n", {}).text, "Name the columns with its coordinates"));
  CHECK(has_text(fault("lon;lat;x;y\n1;2;3;4\n", {}).text, "'lon' and 'lat', 'x' and 'y'"));
  CHECK(has_text(fault("x_31370;y_31370\n1;2\n", named("", "", "EPSG:3812")).text, "by their names are in EPSG:31370"));
  CHECK(has_text(fault("GeoX;GeoY\n1;2\n", named("GeoX", "GeoZ", "EPSG:31370")).text,
                 "no column 'GeoZ', which the study names as y. Did you mean 'GeoX' or 'GeoY'"));
  CHECK(has_text(fault("GeoX;GeoY\n1;2\n", named("GeoX", "GeoY", "")).text, "has no CRS"));
}

TEST_CASE("places as UN/LOCODE writes them come from one column", "[io]") {
  TempDir const dir;
  Issues issues;
  ReadOptions options;
  options.coordinates_field = "Coordinates";
  auto const result =
      read_text(dir, "Name,Coordinates\nTubize,5033N 00411E\nnone,\nwrong,5030N 00494E\n", options, issues);
  CHECK(result.layer.crs.authority == "EPSG:4326");
  CHECK(result.layer.geometry.kind ==
        std::vector<GeometryKind>{GeometryKind::point, GeometryKind::null, GeometryKind::empty});
  CHECK(result.layer.geometry.xy[1] == 50.55);  // 50° 33'
  CHECK(codes(issues) == std::vector<std::string>{"not_a_coordinate"});
}

TEST_CASE("sheets of a spreadsheet are layers, their texts keep leading zeros", "[io]") {
  for (char const* driver : {"XLSX", "ODS"}) {
    INFO(driver);
    TempDir const dir;
    fs::path const path = dir.path() / (std::string("book.") + lower(driver));
    std::vector<test::SourceField> const fields{
        {"id", OFTString}, {"x", OFTString}, {"n", OFTString}, {"y", OFTString}};
    {
      gdal::register_drivers();
      gdal::Dataset const book(GDALCreate(GDALGetDriverByName(driver), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
      REQUIRE(book != nullptr);
      for (char const* sheet : {"oud", "nieuw"}) {
        OGRLayerH const layer = GDALDatasetCreateLayer(book.get(), sheet, nullptr, wkbNone, nullptr);
        for (auto const& field : fields) {
          OGRFieldDefnH const definition = OGR_Fld_Create(field.name.c_str(), field.type);
          OGR_L_CreateField(layer, definition, TRUE);
          OGR_Fld_Destroy(definition);
        }
        gdal::Feature const feature(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
        OGR_F_SetFieldString(feature.get(), 0, "08123");
        OGR_F_SetFieldString(feature.get(), 1, sheet == std::string("oud") ? "100000,5" : "150000,5");
        OGR_F_SetFieldString(feature.get(), 2, "n.b.");  // texts alone: the header is one all the same
        OGR_F_SetFieldString(feature.get(), 3, "200000");
        REQUIRE(OGR_L_CreateFeature(layer, feature.get()) == OGRERR_NONE);
      }
    }
    ReadOptions options = options_for(path);
    options.x_field = "x";
    options.y_field = "y";
    options.crs = "EPSG:31370";
    options.id_field = "id";
    Issues issues;
    CHECK(has_text(error_of([&] { (void)read_layer(options, issues); }).text, "holds 2 layers: oud, nieuw"));
    options.layer = "nieuw";
    auto const result = read_layer(options, issues);
    CHECK(result.layer.id == std::vector<std::string>{"08123"});
    CHECK(result.layer.geometry.xy == std::vector<double>{150000.5, 200000});
    CHECK(codes(issues).empty());
  }
}

TEST_CASE("number columns give coordinates as they are", "[io]") {
  TempDir const dir;
  fs::path const path = dir.path() / "a.xlsx";
  {
    gdal::register_drivers();
    gdal::Dataset const book(GDALCreate(GDALGetDriverByName("XLSX"), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRLayerH const layer = GDALDatasetCreateLayer(book.get(), "s", nullptr, wkbNone, nullptr);
    for (char const* name : {"x", "y"}) {
      OGRFieldDefnH const definition = OGR_Fld_Create(name, OFTReal);
      OGR_L_CreateField(layer, definition, TRUE);
      OGR_Fld_Destroy(definition);
    }
    gdal::Feature const feature(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
    OGR_F_SetFieldDouble(feature.get(), 0, 150.125);  // a number, so that no thousands are meant
    OGR_F_SetFieldDouble(feature.get(), 1, 200000.5);
    REQUIRE(OGR_L_CreateFeature(layer, feature.get()) == OGRERR_NONE);
  }
  ReadOptions options = options_for(path);
  options.crs = "EPSG:31370";
  Issues issues;
  CHECK(read_layer(options, issues).layer.geometry.xy == std::vector<double>{150.125, 200000.5});
}

TEST_CASE("a table whose rows name several coordinate systems is refused with the counts", "[io]") {
  std::string const text =
      "id;GeoX;GeoY;Coordinate Reference System\n"
      "1;1;52;WGS84\n2;400000;300000;OSGB36\n3;400000;300000;\"OSGB36\n\"\n4;400000;300000;\n";
  auto const thrown = fault(text, named("GeoX", "GeoY", "EPSG:27700"));
  CHECK(thrown.kind == ErrorKind::crs);
  CHECK(has_text(thrown.text, "'Coordinate Reference System' says 'OSGB36' (2 rows), 'WGS84' (1 rows)"));
  CHECK(has_text(thrown.text, "crs_field = \"Coordinate Reference System\""));
  TempDir const dir;
  Issues issues;
  ReadOptions options = named("GeoX", "GeoY", "EPSG:27700");
  options.where = "id in ('2', '3', '4')";  // one label and a blank one
  CHECK(read_text(dir, text, options, issues).layer.size() == 3);
  options.where = "";
  options.crs_field = "Coordinate Reference System";
  CHECK(read_text(dir, text, options, issues).layer.size() == 4);
}
