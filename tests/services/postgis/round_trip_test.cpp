// Thousands of rows through a GeoPackage and through PostGIS: equal in every column and coordinate.
#include <cmath>
#include <random>

#include "server.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/io/content_hash.hpp"
#include "terrein/io/postgis.hpp"
#include "terrein/io/read_layer.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr std::size_t rows = 3000;

/// Numbers of every size, texts with everything that COPY and SQL escape, holes, several parts, no shape.
OutputLayer awkward_layer(GeometryColumn& shapes) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-300, 300), place(0, 250000);
  static std::vector<std::string> const texts{"",       "é ë €", "a\tb",     "line\nfeed", "\\N",  "\\.", "back\\slash",
                                              "quo'te", "\"",    "a;b,c{d}", "  blank  ",  "\r\n", "😀",   "NULL"};
  Column<double> real("x", 0);
  Column<std::int64_t> whole("Whole", 0);
  TextColumn text("te xt\"'");
  for (std::size_t i = 0; i < rows; ++i) {
    double const value = i % 11 == 1   ? HUGE_VAL
                         : i % 11 == 2 ? -0.0
                                       : std::pow(10, exponent(random)) * (i % 2 ? 1 : -1);
    real.push(i % 7 == 0 ? std::nullopt : std::optional(value));
    whole.push(i % 5 == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(random())));
    text.push(i % 3 == 0 ? std::nullopt : std::optional<std::string_view>(texts[i % texts.size()]));
    double const a = place(random), b = place(random), s = 0.1 + std::abs(a - b) / 3;
    GeometryBuilder builder(shapes);
    auto const ring = [&](double x, double y, double size) {
      for (auto const& [dx, dy] : {std::pair{0., 0.}, {size, 0.}, {size, size}, {0., size}, {0., 0.}})
        builder.vertex(x + dx, y + dy);
      builder.end_path();
    };
    if (i % 13 == 0) {
      builder.end_row(i % 2 ? GeometryKind::null : GeometryKind::empty);
      continue;
    }
    ring(a, b, s);
    if (i % 4 == 0) ring(a + s / 3, b + s / 3, s / 7);  // a hole
    builder.end_part();
    if (i % 6 == 0) {
      ring(a + 2 * s, b, s);
      builder.end_part();
    }
    builder.end_row(GeometryKind::polygon);
  }
  OutputLayer out;
  out.name = "awkward";
  out.shape = ShapeType::polygon;
  out.geometry = &shapes;
  out.crs = crs_from("EPSG:31370");
  out.table = Table(rows);
  out.table.add(std::move(real));
  out.table.add(std::move(whole));
  out.table.add(std::move(text));
  return out;
}

ReadResult read(std::string const& path, std::string const& layer) {
  ReadOptions options;
  options.name = "toy";
  options.path = options.written = path;
  options.layer = layer;
  options.fields = {"x", "Whole", "te xt\"'"};
  Issues issues;
  return read_layer(options, issues);
}

}  // namespace

TEST_CASE("A layer read from PostGIS equals the one read from the GeoPackage, bit by bit") {
  Server* const server = Server::get();
  if (server == nullptr) return;
  GeometryColumn shapes;
  GeoPackage content;
  content.layers.push_back(awkward_layer(shapes));
  content.time = "2026-01-31T12:00:00.000Z";
  content.manifest = "{}";
  TempDir const dir;
  auto const file = (dir.path() / "a.gpkg").string();
  write_geopackage(file, content);
  PostgisResult result({server->connection(), "x", "trip"}, {"awkward"}, false);
  result.write(content);
  result.place();
  CHECK(server->sql("SELECT to_regclass('trip.awkward') IS NULL") == "t");  // not before it is committed
  result.commit();
  ReadResult const package = read(file, "awkward"), table = read(server->connection(), "trip.awkward");
  REQUIRE(table.layer.size() == rows);
  CHECK(table.rows_declared == rows);
  CHECK(table.layer.id == package.layer.id);
  CHECK((table.layer.geometry.xy == package.layer.geometry.xy));
  CHECK((table.layer.geometry.path_begin == package.layer.geometry.path_begin));
  CHECK((table.layer.geometry.part_begin == package.layer.geometry.part_begin));
  CHECK((table.layer.geometry.kind == package.layer.geometry.kind));
  for (char const* name : {"x", "Whole", "te xt\"'"}) {
    INFO(name);
    AnyColumn const &a = *package.layer.attributes.find(name), &b = *table.layer.attributes.find(name);
    REQUIRE(a.index() == b.index());
    std::size_t different = 0, known = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      known += text_at(a, row) ? 1U : 0U;
      if (text_at(a, row) != text_at(b, row)) ++different;
    }
    CHECK(known > rows / 2);
    CHECK(different == 0);
  }
  CHECK(table.sha256 == content_hash(package.layer));
}
