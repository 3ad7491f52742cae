#include "fetch/address.hpp"

#include "fetch/collect.hpp"
#include "fetch/crs_text.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/io/http.hpp"

using namespace terrein;
using terrein::test::error_of;

TEST_CASE("parameters replace those of the same name and keep the others", "[fetch]") {
  CHECK(with_parameters("https://h/wfs", {{"A", "1"}, {"B", "x y&z"}}) == "https://h/wfs?A=1&B=x%20y%26z");
  CHECK(with_parameters("https://h/ms?map=/a/b.map&service=wms", {{"SERVICE", "WFS"}}) ==
        "https://h/ms?map=/a/b.map&SERVICE=WFS");
  CHECK(with_parameters("https://h/wfs?", {{"S", "urn:ogc:def:crs:EPSG::4258"}}) ==
        "https://h/wfs?S=urn:ogc:def:crs:EPSG::4258");
  CHECK(with_path("https://h/api/?token=1", "/collections") == "https://h/api/collections?token=1");
}

TEST_CASE("links lead on within the same server and keep its key", "[fetch]") {
  std::string const base = "https://h:8443/api/items?apikey=1&limit=5";
  CHECK(followed(base, "https://h:8443/api/items?limit=5&offset=5") ==
        "https://h:8443/api/items?limit=5&offset=5&apikey=1");
  CHECK(followed(base, "http://h/api/items?offset=5&limit=5") == "https://h:8443/api/items?offset=5&limit=5&apikey=1");
  CHECK(followed(base, "?offset=5&limit=9") == "https://h:8443/api/items?offset=5&limit=9&apikey=1");
  CHECK(followed(base, "/other?limit=1") == "https://h:8443/other?limit=1&apikey=1");
  CHECK(followed(base, "items2?limit=1") == "https://h:8443/api/items2?limit=1&apikey=1");
  CHECK(error_of([&] { static_cast<void>(followed(base, "https://evil/api?offset=5")); }).kind == ErrorKind::input);
  CHECK(error_of([&] { static_cast<void>(followed(base, "https://h@evil/api")); }).text.find("'https://evil/api'") !=
        std::string::npos);
}

TEST_CASE("secrets never show", "[fetch]") {
  CHECK(redacted("https://user:pass@h/wfs?map=x&apiKey=abc&TOKEN=def&layer=tokens") ==
        "https://h/wfs?map=x&apiKey=***&TOKEN=***&layer=tokens");
  CHECK(redacted("https://h/a@b?x=1") == "https://h/a@b?x=1");
  CHECK(redacted("plain") == "plain");
}

TEST_CASE("only web addresses are fetched", "[fetch]") {
  for (char const* url : {"file:///etc/passwd", "/vsicurl/http://h", "ftp://h/x", "h/wfs"})
    CHECK(error_of([&] { static_cast<void>(http_get(url, {})); }).kind == ErrorKind::usage);
}

TEST_CASE("the spellings of a CRS say its code, and whether latitude comes first", "[fetch]") {
  CHECK(crs_in("urn:ogc:def:crs:EPSG::31370").authority == "EPSG:31370");
  CHECK(crs_in("urn:ogc:def:crs:EPSG:9.8:4258").authority == "EPSG:4258");
  CHECK(crs_in("http://www.opengis.net/def/crs/EPSG/0/3812").authority == "EPSG:3812");
  CHECK(crs_in("http://www.opengis.net/gml/srs/epsg.xml#4258").authority == "EPSG:4258");
  CHECK(crs_in("EPSG:4258").authority == "EPSG:4258");
  CHECK(crs_in("urn:ogc:def:crs:OGC:1.3:CRS84").authority == "EPSG:4326");
  CHECK(crs_in("something").authority.empty());
  // Only the definitions of the register keep its axes: EPSG:4258 is latitude, longitude; 31370 and 3812 are x, y.
  CHECK(crs_in("urn:ogc:def:crs:EPSG::4258").swapped);
  CHECK(crs_in("http://www.opengis.net/def/crs/EPSG/0/4326").swapped);
  CHECK_FALSE(crs_in("EPSG:4258").swapped);
  CHECK_FALSE(crs_in("http://www.opengis.net/gml/srs/epsg.xml#4258").swapped);
  CHECK_FALSE(crs_in("urn:ogc:def:crs:EPSG::31370").swapped);
  CHECK_FALSE(crs_in("http://www.opengis.net/def/crs/OGC/1.3/CRS84").swapped);
}

TEST_CASE("numbers at which servers cut are known", "[fetch]") {
  for (std::size_t const cap : std::vector<std::size_t>{50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10000, 50000})
    CHECK(is_usual_cap(cap));
  for (std::size_t const other : std::vector<std::size_t>{0, 1, 10, 49, 51, 144, 300, 301, 1001, 1500, 37905})
    CHECK_FALSE(is_usual_cap(other));
}
