// Sources that lost their end or ran together, which GDAL alone reads without a word.
#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr char const* square = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";

ReadOptions csv(TempDir const& dir, std::string const& text) {
  write_file(dir.path() / "a.csv", text);
  ReadOptions options = options_for(dir.path() / "a.csv");
  options.crs = "EPSG:31370";
  options.all_fields = true;
  return options;
}

Thrown refusal(ReadOptions const& options) {
  return error_of([&] {
    Issues issues;
    static_cast<void>(read_layer(options, issues));
  });
}

/// Rows read, and the codes of the issues.
std::pair<std::size_t, std::vector<std::string>> outcome(ReadOptions const& options) {
  Issues issues;
  std::size_t const rows = read_layer(options, issues).layer.size();
  return {rows, codes(issues)};
}

}  // namespace

TEST_CASE("A file that is one byte shorter than its header says is cut off") {
  TempDir const dir;
  for (auto const& [driver, file, damaged] :
       {std::tuple{"GPKG", "a.gpkg", "a.gpkg"}, std::tuple{"SQLite", "a.sqlite", "a.sqlite"},
        std::tuple{"ESRI Shapefile", "a.shp", "a.dbf"}}) {
    INFO(file);
    make_source(dir.path() / file, driver, "a", 31370, {{"t", OFTString}}, {{square, {"x"}}, {square, {"y"}}});
    CHECK(outcome(options_for(dir.path() / file)).first == 2);
    std::string const bytes = read_file(dir.path() / damaged);
    // A .dbf may end with one byte after its last row, which means nothing.
    std::size_t const idle = bytes.back() == '\x1a' ? 1 : 0;
    write_file(dir.path() / damaged, bytes.substr(0, bytes.size() - 1 - idle));
    auto const thrown = refusal(options_for(dir.path() / file));
    CHECK(thrown.kind == ErrorKind::input);
    CHECK(has_text(thrown.text, "cut off"));
    CHECK(has_text(thrown.text, std::to_string(bytes.size() - 1 - idle) + " bytes"));
  }
}

TEST_CASE("MIF and MID must have as many rows") {
  TempDir const dir;
  auto const path = dir.path() / "a.mif";
  make_source(path, "MapInfo File", "a", 31370, {{"t", OFTString}}, {{square, {"x"}}, {square, {"y"}}});
  ReadOptions options = options_for(path);
  CHECK(outcome(options).first == 2);
  std::string const table = read_file(dir.path() / "a.mid");
  write_file(dir.path() / "a.mid", table + "\"z\"\n");
  CHECK(has_text(refusal(options).text, "its .mif has 2 shapes and its .mid 3 rows"));
}

TEST_CASE("A CSV file must end with a whole row, and a row longer than the header is told") {
  TempDir const dir;
  std::string const head = "n,WKT\n", one = "1,\"POINT (1 2)\"\n";
  using Codes = std::vector<std::string>;
  CHECK(outcome(csv(dir, head + one + one)) == std::pair{std::size_t{2}, Codes{}});
  CHECK(outcome(csv(dir, head + one + "\n\r\n" + one)).first == 2);  // blank lines are no rows
  CHECK(outcome(csv(dir, "n;WKT\n1,5;\"POINT (1 2)\"\n")).first == 1);
  CHECK(outcome(csv(dir, head + one + "1,\"POINT (3 4)\"")) == std::pair{std::size_t{2}, Codes{"no_line_end"}});
  CHECK(outcome(csv(dir, head + "1\n" + one)) == std::pair{std::size_t{2}, Codes{"too_few_cells"}});
  for (char const* end : {"2", "2,", "2,\"POINT (1", "2,\"POINT (1 2)\n"}) {
    INFO(end);
    CHECK(has_text(refusal(csv(dir, head + one + end)).text, "cut off, or damaged"));
  }
  // Two rows that ran together: told, and nothing of them is used.
  CHECK(outcome(csv(dir, head + one + "2,\"POINT (1 2)\"*3,\"POINT (1 2)\"\n" + one)) ==
        std::pair{std::size_t{3}, Codes{"too_many_cells"}});
  CHECK(has_text(refusal(csv(dir, head + one + std::string("2\0,\"POINT (1 2)\"\n", 17))).text, "null bytes"));
}

TEST_CASE("A CSV file that is cut between two rows looks whole, as docs/sources.md says") {
  TempDir const dir;
  CHECK(outcome(csv(dir, "n,WKT\n1,\"POINT (1 2)\"\n")) == std::pair{std::size_t{1}, std::vector<std::string>{}});
}
