#include <cmath>
#include <cstring>
#include <span>

#include "support/catch.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using terrein::test::Geos;
using terrein::test::Random;
using Bytes = std::vector<unsigned char>;

namespace {

// WKB as GEOS writes it, in any byte order and dimension.
Bytes geos_wkb(Geos const& geos, std::string const& wkt, bool big_endian, int dimensions) {
  auto const shape = geos.own(GEOSGeomFromWKT_r(geos.handle(), wkt.c_str()));
  auto* writer = GEOSWKBWriter_create_r(geos.handle());
  GEOSWKBWriter_setByteOrder_r(geos.handle(), writer, big_endian ? GEOS_WKB_XDR : GEOS_WKB_NDR);
  GEOSWKBWriter_setOutputDimension_r(geos.handle(), writer, dimensions);
  std::size_t size = 0;
  unsigned char* raw = GEOSWKBWriter_write_r(geos.handle(), writer, shape.get(), &size);
  Bytes bytes(raw, raw + size);
  GEOSFree_r(geos.handle(), raw);
  GEOSWKBWriter_destroy_r(geos.handle(), writer);
  return bytes;
}

bool sane(GeometryColumn const& column) {
  std::size_t const rows = column.kind.size();
  return column.row_begin.size() == rows + 1 && column.box.size() == rows &&
         column.row_begin.back() + 1 == column.part_begin.size() &&
         column.part_begin.back() + 1 == column.path_begin.size() && 2 * column.path_begin.back() == column.xy.size();
}

std::vector<std::string> const texts{"POINT (1.5 -2)",
                                     "MULTIPOINT ((1 2), (3 4))",
                                     "LINESTRING (0 0, 1 1, 2 0)",
                                     "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 4))",
                                     "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 1 1))",
                                     "MULTIPOLYGON (((0 0, 1 0, 0 1, 0 0)), ((5 5, 9 5, 9 9, 5 5)))"};

}  // namespace

TEST_CASE("WKB of GEOS in both byte orders becomes the row of the same text") {
  Geos const geos;
  for (auto const& text : texts)
    for (bool const big_endian : {false, true}) {
      INFO(text);
      GeometryColumn from_text, from_bytes;
      append_wkt(from_text, text);
      bool mixed = true;
      REQUIRE(append_wkb(from_bytes, geos_wkb(geos, text, big_endian, 2), &mixed));
      CHECK_FALSE(mixed);
      CHECK(from_bytes.xy == from_text.xy);
      CHECK(from_bytes.kind == from_text.kind);
      CHECK(from_bytes.path_begin == from_text.path_begin);
      CHECK(from_bytes.part_begin == from_text.part_begin);
    }
}

TEST_CASE("what is written is read by GEOS as the same shape, and by us as the same row") {
  Geos const geos;
  for (auto const& text : texts) {
    INFO(text);
    GeometryColumn column, again;
    append_wkt(column, text);
    auto const ours = geos.row(column, 0);
    auto const theirs = geos.own(GEOSGeomFromWKT_r(geos.handle(), text.c_str()));
    REQUIRE(ours);
    CHECK(GEOSEquals_r(geos.handle(), ours.get(), theirs.get()) == 1);
    CHECK(GEOSGeomTypeId_r(geos.handle(), ours.get()) >= GEOS_MULTIPOINT);
    REQUIRE(append_wkb(again, to_wkb(column, 0)));
    CHECK(again.xy == column.xy);
    CHECK(to_wkb(again, 0) == to_wkb(column, 0));
  }
}

TEST_CASE("null and empty rows are written as an empty multi-polygon") {
  GeometryColumn column;
  GeometryBuilder builder(column);
  builder.end_row(GeometryKind::null);
  append_wkt(column, "POINT EMPTY");
  Bytes const nothing{1, 6, 0, 0, 0, 0, 0, 0, 0};
  CHECK(to_wkb(column, 0) == nothing);
  CHECK(to_wkb(column, 1) == nothing);
  CHECK(column.kind[0] == GeometryKind::null);
  REQUIRE(append_wkb(column, nothing));
  CHECK(column.kind[2] == GeometryKind::empty);
}

TEST_CASE("heights are dropped in the older and the ISO way of saying Z") {
  Geos const geos;
  Bytes bytes = geos_wkb(geos, "LINESTRING Z (0 0 7, 1 1 8)", false, 3);
  REQUIRE(bytes[4] == 0x80);  // GEOS 3.11 writes the older way
  GeometryColumn column;
  REQUIRE(append_wkb(column, bytes));
  bytes[4] = 0;
  bytes[1] = 0xea;  // 1002 = LINESTRING Z
  bytes[2] = 0x03;
  REQUIRE(append_wkb(column, bytes));
  CHECK(column.xy == std::vector<double>{0, 0, 1, 1, 0, 0, 1, 1});
}

TEST_CASE("a mixed collection keeps the parts of its highest dimension and says so") {
  Geos const geos;
  GeometryColumn column;
  bool mixed = false;
  REQUIRE(append_wkb(column,
                     geos_wkb(geos,
                              "GEOMETRYCOLLECTION(POINT(7 7),GEOMETRYCOLLECTION(POLYGON((0 0,1 0,0 1,0 0)),"
                              "LINESTRING(0 0,9 9)),MULTIPOLYGON(((5 5,9 5,9 9,5 5))))",
                              false, 2),
                     &mixed));
  CHECK(mixed);
  CHECK(column.kind[0] == GeometryKind::polygon);
  CHECK(column.row_begin[1] == 2);
  CHECK(column.box[0] == Box{0, 0, 9, 9});
  REQUIRE(append_wkb(column, geos_wkb(geos, "GEOMETRYCOLLECTION(POINT(7 7),POINT(8 8))", true, 2), &mixed));
  CHECK_FALSE(mixed);
  CHECK(column.kind[1] == GeometryKind::point);
}

TEST_CASE("bytes that are no planar WKB are refused and leave the column as it was") {
  GeometryColumn column;
  append_wkt(column, "POINT(1 2)");
  std::vector<Bytes> hostile{
      {},
      {1},
      {2, 1, 0, 0, 0},                                            // unknown byte order
      {1, 8, 0, 0, 0, 0, 0, 0, 0},                                // CircularString
      {1, 1, 0, 0, 0x20, 0, 0, 0, 0},                             // EWKB with an SRID
      {1, 2, 0, 0, 0, 0xff, 0xff, 0xff, 0xff},                    // four thousand million vertices, no bytes
      {1, 6, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f},                    // parts without bytes
      {1, 4, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0},  // a line in a MultiPoint
  };
  Bytes deep;  // collections in collections, deeper than any stack likes
  for (int i = 0; i < 100000; ++i) deep.insert(deep.end(), {1, 7, 0, 0, 0, 1, 0, 0, 0});
  hostile.push_back(deep);
  for (auto const& bytes : hostile) CHECK_FALSE(append_wkb(column, bytes));
  CHECK(column.size() == 1);
  CHECK(sane(column));
}

TEST_CASE("cut and damaged WKB gives a sane row or none, never a crash") {
  Geos const geos;
  Random random(7);
  for (auto const& text : texts) {
    Bytes const good = geos_wkb(geos, text, random.below(2) == 0, 2);
    GeometryColumn column;
    for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(append_wkb(column, std::span(good).first(size)));
    CHECK(column.size() == 0);
    for (int i = 0; i < 3000; ++i) {
      Bytes bad = good;
      for (std::size_t flips = 1 + random.below(3); flips > 0; --flips)
        bad[random.below(bad.size())] ^= static_cast<unsigned char>(1U << random.below(8));
      std::size_t const before = column.size();
      bool const read = append_wkb(column, bad);
      REQUIRE(column.size() == before + (read ? 1 : 0));
      REQUIRE(sane(column));
    }
  }
}

TEST_CASE("plain shapes are read in one walk as in two, and columns join") {
  Geos const geos;
  GeometryColumn one, two, joined;
  for (char const* wkt :
       {"POINT (1 2)", "POINT EMPTY", "LINESTRING (0 0, 1 1, 2 0)", "LINESTRING EMPTY", "POLYGON EMPTY",
        "POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (1 1, 2 1, 2 2, 1 1))", "MULTIPOINT ((1 2), (3 4))", "MULTIPOINT EMPTY",
        "MULTILINESTRING ((0 0, 1 1), (5 5, 6 6, 7 5))", "POLYGON Z ((0 0 1, 5 0 1, 5 5 1, 0 0 9))",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))", "MULTIPOLYGON EMPTY"}) {
    INFO(wkt);
    Bytes bytes = geos_wkb(geos, wkt, false, 2);
    REQUIRE(append_plain_wkb(one, bytes));
    REQUIRE(append_wkb(two, bytes));
    GeometryColumn single;
    REQUIRE(append_plain_wkb(single, bytes));
    append(joined, single);
    GeometryColumn const before = one;
    // Cut anywhere, with a byte too much, and in the other byte order, it is not plain, and nothing is added.
    for (std::size_t size = 0; size < bytes.size(); ++size)
      CHECK_FALSE(append_plain_wkb(one, std::span(bytes).first(size)));
    bytes.push_back(0);
    CHECK_FALSE(append_plain_wkb(one, bytes));
    CHECK_FALSE(append_plain_wkb(one, geos_wkb(geos, wkt, true, 2)));
    CHECK(one.xy == before.xy);
    CHECK(sane(one));
  }
  for (GeometryColumn const& other : {two, joined}) {
    CHECK(one.xy == other.xy);
    CHECK(one.path_begin == other.path_begin);
    CHECK(one.part_begin == other.part_begin);
    CHECK(one.row_begin == other.row_begin);
    CHECK(one.kind == other.kind);
    CHECK(one.box == other.box);
  }
}

TEST_CASE("shapes with an open ring, a short path or a member of another kind are not plain") {
  Geos const geos;
  for (char const* wkt : {"GEOMETRYCOLLECTION (POINT (1 2))", "MULTIPOINT (EMPTY, (1 2))", "GEOMETRYCOLLECTION EMPTY",
                          "MULTIPOLYGON (EMPTY, ((5 5, 6 5, 6 6, 5 5)))", "MULTILINESTRING (EMPTY, (0 0, 1 1))"}) {
    INFO(wkt);
    GeometryColumn column;
    CHECK_FALSE(append_plain_wkb(column, geos_wkb(geos, wkt, false, 2)));
    CHECK(column.size() == 0);
    CHECK(sane(column));
  }
  // The last vertex of a closed ring is moved; then a coordinate is made infinite.
  Bytes bytes = geos_wkb(geos, "POLYGON ((0 0, 1 0, 1 1, 0 0))", false, 2);
  GeometryColumn column;
  REQUIRE(append_plain_wkb(column, bytes));
  double const off = 0.5, infinite = HUGE_VAL;
  Bytes open = bytes, endless = bytes;
  std::memcpy(&open[open.size() - sizeof off], &off, sizeof off);
  std::memcpy(&endless[13 + 16], &infinite, sizeof infinite);
  CHECK_FALSE(append_plain_wkb(column, open));
  CHECK_FALSE(append_plain_wkb(column, endless));
  CHECK(column.size() == 1);
  CHECK(sane(column));
}
