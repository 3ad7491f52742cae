#include "fetch/wfs_texts.hpp"

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using terrein::test::error_of;

namespace {

std::string const capabilities = R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:ows="http://www.opengis.net/ows/1.1">
 <ows:ServiceIdentification><ows:Title>Titel &amp; meer</ows:Title><ows:AccessConstraints>Gratis open data licentie</ows:AccessConstraints></ows:ServiceIdentification>
 <ows:ServiceProvider><ows:ProviderName>Digitaal Vlaanderen</ows:ProviderName></ows:ServiceProvider>
 <ows:OperationsMetadata>
  <ows:Operation name="GetFeature">
   <ows:Parameter name="outputFormat"><ows:AllowedValues><ows:Value>application/json</ows:Value><ows:Value>application/gml+xml; version=3.2</ows:Value></ows:AllowedValues></ows:Parameter>
   <ows:Constraint name="CountDefault"><ows:NoValues/><ows:DefaultValue>5000</ows:DefaultValue></ows:Constraint>
  </ows:Operation>
  <ows:Constraint name="ImplementsResultPaging"><ows:NoValues/><ows:DefaultValue>FALSE</ows:DefaultValue></ows:Constraint>
 </ows:OperationsMetadata>
 <FeatureTypeList>
  <FeatureType xmlns:lu="urn:lu"><Name>lu:lu_gwp_gv</Name><Title>Gewestplan</Title>
   <DefaultCRS>urn:ogc:def:crs:EPSG::3812</DefaultCRS><OtherCRS>urn:ogc:def:crs:EPSG::31370</OtherCRS>
   <ows:WGS84BoundingBox><ows:LowerCorner>2.5 50.6</ows:LowerCorner><ows:UpperCorner>5.9 51.5</ows:UpperCorner></ows:WGS84BoundingBox>
  </FeatureType>
  <FeatureType><Name>other</Name><DefaultCRS>urn:ogc:def:crs:EPSG::4258</DefaultCRS></FeatureType>
 </FeatureTypeList>
</wfs:WFS_Capabilities>)";

std::string collection(std::string const& attributes, std::string const& members) {
  return R"(<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" )"
         R"(xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:ms="urn:ms" )" +
         attributes + ">" + members + "</wfs:FeatureCollection>";
}

std::string member(std::string const& properties, std::string const& id = " gml:id=\"plots.7\"") {
  return "<wfs:member><ms:plots" + id + ">" + properties + "</ms:plots></wfs:member>";
}

WfsReading const reading{{{{"nr", FieldType::whole}, {"opp", FieldType::real}, {"code", FieldType::text}}, {"geom"}},
                         "",
                         "urn:ogc:def:crs:EPSG::4258",
                         "the test"};

Cell value_of(Feature const& feature, std::string const& name) {
  for (auto const& [field, cell] : feature.values)
    if (field == name) return cell;
  throw std::runtime_error("no field " + name);
}

}  // namespace

TEST_CASE("capabilities say what may be asked and how", "[fetch]") {
  WfsCapabilities const read = parse_wfs_capabilities(capabilities, "the test");
  CHECK(read.version == "2.0.0");
  CHECK(read.title == "Titel & meer");
  CHECK(read.attribution == "Digitaal Vlaanderen; Gratis open data licentie");
  CHECK(read.count_default == 5000U);
  CHECK_FALSE(read.pages);
  CHECK(read.formats == std::vector<std::string>{"application/json", "application/gml+xml; version=3.2"});
  REQUIRE(read.types.size() == 2);
  CHECK(read.types[0].name == "lu:lu_gwp_gv");
  CHECK(read.types[0].default_crs == "urn:ogc:def:crs:EPSG::3812");
  CHECK(read.types[0].other_crs == std::vector<std::string>{"urn:ogc:def:crs:EPSG::31370"});
  REQUIRE(read.types[0].lon_lat);
  CHECK(*read.types[0].lon_lat == Box{2.5, 50.6, 5.9, 51.5});
  CHECK_FALSE(read.types[1].lon_lat);
}

TEST_CASE("another version, another document and half a document are refused", "[fetch]") {
  std::string old = capabilities;
  old.replace(old.find("version=\"2.0.0\""), 15, "version=\"1.1.0\"");
  CHECK(error_of([&] { static_cast<void>(parse_wfs_capabilities(old, "The answer")); }).text.find("1.1.0") !=
        std::string::npos);
  for (std::string const& text : {std::string("<a/>"), capabilities.substr(0, capabilities.size() / 2), std::string()})
    CHECK(error_of([&] { static_cast<void>(parse_wfs_capabilities(text, "The answer")); }).kind == ErrorKind::input);
}

TEST_CASE("hits are a number, or not known", "[fetch]") {
  CHECK(wfs_matched(collection("numberMatched=\"37905\" numberReturned=\"0\"", ""), "t") == 37905);
  CHECK_FALSE(wfs_matched(collection("numberMatched=\"unknown\"", ""), "t"));
  CHECK_FALSE(wfs_matched(collection("", ""), "t"));
  CHECK(error_of([] { static_cast<void>(wfs_matched("<ows:ExceptionReport/>", "t")); }).kind == ErrorKind::input);
}

TEST_CASE("a schema gives fields with types and the shapes", "[fetch]") {
  WfsSchema const schema = parse_wfs_schema(
      R"(<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:import schemaLocation="http://127.0.0.1:1/x.xsd"/>
      <xsd:complexType name="otherType"><xsd:sequence><xsd:element name="x" type="xsd:int"/></xsd:sequence></xsd:complexType>
      <xsd:complexType name="plotsType"><xsd:complexContent><xsd:extension base="gml:AbstractFeatureType"><xsd:sequence>
       <xsd:element name="geom" type="gml:MultiSurfacePropertyType"/><xsd:element name="OIDN" type="xsd:long"/>
       <xsd:element name="opp" type="xsd:decimal"/><xsd:element name="capakey" type="xsd:string"/>
       <xsd:element name="datum" type="xsd:date"/><xsd:element name="ok" type="xsd:boolean"/>
       <xsd:element name="kort"><xsd:simpleType><xsd:restriction base="xsd:integer"/></xsd:simpleType></xsd:element>
       </xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType>
      <xsd:element name="plots" type="ms:plotsType" substitutionGroup="gml:AbstractFeature"/></xsd:schema>)",
      "ms:plots", "t");
  CHECK(schema.geometry == std::vector<std::string>{"geom"});
  std::string text;
  for (FieldSpec const& field : schema.fields)
    text += field.name + (field.type == FieldType::whole  ? ":whole "
                          : field.type == FieldType::real ? ":real "
                                                          : ":text ");
  CHECK(text == "OIDN:whole opp:real capakey:text datum:text ok:whole kort:whole ");
}

TEST_CASE("rows keep their texts, and their types where the schema says so", "[fetch]") {
  Page const page = parse_wfs_page(
      collection("numberReturned=\"1\" timeStamp=\"2026-01-31T10:00:00Z\"",
                 member(R"(<gml:boundedBy><gml:Envelope/></gml:boundedBy><ms:nr>007</ms:nr><ms:opp>1.5</ms:opp>
        <ms:code>007</ms:code><ms:leeg/><ms:naam>a &amp; b <![CDATA[<c>]]></ms:naam><ms:deel>1</ms:deel><ms:deel>2</ms:deel>
        <ms:tijd><gml:TimeInstant><gml:timePosition>2026-01-04</gml:timePosition></gml:TimeInstant></ms:tijd>
        <ms:adres><ms:straat>Kaai</ms:straat><ms:nummer>3</ms:nummer></ms:adres>)")),
      reading);
  CHECK(page.returned == 1);
  CHECK(page.time == "2026-01-31T10:00:00Z");
  REQUIRE(page.features.size() == 1);
  Feature const& row = page.features[0];
  CHECK(row.id == "plots.7");
  CHECK(row.shape.wkb.empty());
  CHECK(value_of(row, "nr") == Cell(std::int64_t{7}));
  CHECK(value_of(row, "opp") == Cell(1.5));
  CHECK(value_of(row, "code") == Cell(std::string("007")));
  CHECK(value_of(row, "leeg") == Cell());
  CHECK(value_of(row, "deel") == Cell(std::string(R"(["1","2"])")));
  CHECK(value_of(row, "tijd") == Cell(std::string("2026-01-04")));
  CHECK(value_of(row, "adres.straat") == Cell(std::string("Kaai")));
  CHECK(value_of(row, "gml_id") == Cell(std::string("plots.7")));
}

TEST_CASE("shapes come as x, y whatever the axes of their CRS", "[fetch]") {
  auto const box = [](std::string const& srs) {
    return parse_wfs_page(collection("", member("<ms:geom><gml:Point" + srs +
                                                "><gml:pos>51.2 3.8</gml:pos></gml:Point></ms:geom>")),
                          reading)
        .features.at(0)
        .shape.box;
  };
  CHECK(box(" srsName=\"urn:ogc:def:crs:EPSG::4258\"") == Box{3.8, 51.2, 3.8, 51.2});
  CHECK(box("") == Box{3.8, 51.2, 3.8, 51.2});  // as asked
  CHECK(box(" srsName=\"EPSG:4258\"") == Box{51.2, 3.8, 51.2, 3.8});
  auto const other = error_of([&] { box(" srsName=\"urn:ogc:def:crs:EPSG::31370\""); });
  CHECK(other.text.find("although 'urn:ogc:def:crs:EPSG::4258' was asked") != std::string::npos);
}

TEST_CASE("rows that cannot be told apart are refused", "[fetch]") {
  auto const fault = [](std::string const& id, std::string const& field) {
    WfsReading own = reading;
    own.id_field = field;
    return error_of([&] { static_cast<void>(parse_wfs_page(collection("", member("<ms:nr>3</ms:nr>", id)), own)); })
        .text;
  };
  CHECK(fault("", "").find("without a lasting gml:id") != std::string::npos);
  CHECK(fault(" gml:id=\"plots.fid--2a_77\"", "").find("without a lasting gml:id") != std::string::npos);
  CHECK(fault("", "nr").empty());
  CHECK(fault("", "code").find("without 'code'") != std::string::npos);
  CHECK(fault(" gml:id=\"a\"", "").empty());
}

TEST_CASE("answers that are no data are told apart from data", "[fetch]") {
  CHECK(fault_in("<?xml version=\"1.0\"?><ows:ExceptionReport xmlns:ows=\"o\"><ows:Exception exceptionCode=\"X\">"
                 "<ows:ExceptionText>Te veel</ows:ExceptionText></ows:Exception></ows:ExceptionReport>") ==
        "an exception report: 'Te veel'");
  CHECK(fault_in("<ServiceExceptionReport><ServiceException>Nee</ServiceException></ServiceExceptionReport>") ==
        "an exception report: 'Nee'");
  CHECK(fault_in("<!DOCTYPE html>\n<!-- x --><HTML><body/></HTML>") == "a web page instead of data");
  CHECK(fault_in("") == "nothing");
  CHECK(fault_in("Busy") == "something that is neither XML nor JSON: 'Busy'");
  CHECK(fault_in(R"({"error":{"code":498,"message":"Invalid token","details":[]}})") ==
        "an error: '498 Invalid token'");
  CHECK(fault_in(R"({"code":"NotFound","description":"Weg"})") == "an error: 'Weg'");
  CHECK(fault_in(R"({"type":"FeatureCollection","features":[]})").empty());
  CHECK(fault_in("<wfs:FeatureCollection/>").empty());
}
