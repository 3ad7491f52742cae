// Text tables as offices write them: separators, quotes, encodings, rows that do not fit.
#include "io/text_table.hpp"

#include "terrein/io/zip.hpp"
#include "unit/io/io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using Cells = std::vector<std::vector<std::string>>;

Cells cells_of(std::string const& text, char separator) {
  TextTableReader reader(text, separator);
  Cells out;
  for (std::vector<std::string> row; reader.next(row);) out.push_back(row);
  return out;
}

/// The attributes of a table that is read by its columns id, x and y in Lambert 72.
ReadResult read_table(fs::path const& path, Issues& issues, std::string const& where = "") {
  ReadOptions options = options_for(path);
  options.x_field = "x";
  options.y_field = "y";
  options.crs = "EPSG:31370";
  options.all_fields = true;
  options.where = where;
  return read_layer(options, issues);
}

std::string cell(ReadResult const& result, std::string const& column, std::size_t row) {
  return text_at(*result.layer.attributes.find(column), row).value_or("null");
}

}  // namespace

TEST_CASE("cells are split at separators outside quotes", "[io]") {
  CHECK(cells_of("a;b\n1;2\n", ';') == Cells{{"a", "b"}, {"1", "2"}});
  CHECK(cells_of("a;b\r\n1;2", ';') == Cells{{"a", "b"}, {"1", "2"}});
  CHECK(cells_of("a;b\r1;2\r", ';') == Cells{{"a", "b"}, {"1", "2"}});
  CHECK(cells_of("\"a;b\";\"say \"\"no\"\"\"\n", ';') == Cells{{"a;b", "say \"no\""}});
  CHECK(cells_of("\"two\nlines\";x\n", ';') == Cells{{"two\nlines", "x"}});
  CHECK(cells_of("5\" pipe;x\n", ';') == Cells{{"5\" pipe", "x"}});
  CHECK(cells_of(";\n", ';') == Cells{{"", ""}});
}

TEST_CASE("the separator is told by the header and the rows below it", "[io]") {
  CHECK(separator_of("id;x;y\n1;150000,5;200000,5\n") == ';');
  CHECK(separator_of("id,x,y\n1,150000.5,200000.5\n") == ',');
  CHECK(separator_of("id\tx\ty\n1\t150000,5\t200000,5\n") == '\t');
  CHECK(separator_of("id|x|y\n1|2|3\n") == '|');
  CHECK(separator_of("naam, adres;x;y\nKaai 1, Gent;1;2\nKaai 2, Gent;1;2\n") == ';');
  CHECK(separator_of("\"a;b;c;d\",x\n1,2\n") == ',');
  CHECK(separator_of("WKT\nPOINT(1 2)\n") == ',');
}

TEST_CASE("every separator, encoding and line ending gives the same rows", "[io]") {
  TempDir const dir;
  std::string const rows = "id;naam;x;y\n08123;caf\xc3\xa9;150000,5;200000,25\n0044;;151000;201000\n";
  auto const with = [&](char separator) {
    std::string out = rows;
    std::replace(out.begin(), out.end(), ';', separator);
    return out;
  };
  std::string windows = rows;
  windows.replace(windows.find("\xc3\xa9"), 2, "\xe9");
  std::string crlf;
  for (char const c : rows) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  std::vector<std::pair<std::string, std::string>> const files{
      {"semicolon.csv", rows},         {"tab.tsv", with('\t')},
      {"bar.txt", with('|')},          {"bom.csv", "\xef\xbb\xbf" + rows},
      {"windows.csv", windows},        {"crlf.csv", crlf},
      {"sep.csv", "sep=;\r\n" + crlf}, {"blank_rows.csv", "\n" + rows + ";;;\n \n;;;\n"}};
  for (auto const& [name, text] : files) {
    INFO(name);
    write_file(dir.path() / name, text);
    auto const before = fingerprint(dir.path());
    Issues issues;
    auto const result = read_table(dir.path() / name, issues);
    CHECK(fingerprint(dir.path()) == before);
    REQUIRE(result.layer.size() == 2);
    CHECK(result.rows_declared == 2);
    CHECK(result.sha256 == sha256_of_file(dir.path() / name));
    CHECK(cell(result, "id", 0) == "08123");  // the zero stays
    CHECK(cell(result, "id", 1) == "0044");
    CHECK(cell(result, "naam", 0) == "caf\xc3\xa9");
    CHECK(cell(result, "naam", 1) == "null");
    CHECK(result.layer.geometry.xy == std::vector<double>{150000.5, 200000.25, 151000, 201000});
    CHECK(codes(issues) == (name == "windows.csv" ? std::vector<std::string>{"encoding"} : std::vector<std::string>{}));
  }
}

TEST_CASE("a text table in an archive is read like any other", "[io]") {
  TempDir const dir;
  write_zip(dir.path() / "a.zip", "tabel.csv", "id;x;y\n08123;150000,5;200000\n");
  Issues issues;
  auto const result = read_table(dir.path() / "a.zip", issues);
  CHECK(result.source_layer == "tabel");
  CHECK(cell(result, "id", 0) == "08123");
  CHECK(result.layer.geometry.xy == std::vector<double>{150000.5, 200000});
  CHECK(result.sha256 == sha256_of_file(dir.path() / "a.zip"));
}

TEST_CASE("rows that do not fit the header are never shifted in silence", "[io]") {
  TempDir const dir;
  write_file(dir.path() / "a.csv",
             "id;naam;x;y;noot\n"
             "1;goed;100000;200000;\n"
             "2;kort;100010;200010\n"
             "3;Kaai; 7;100020;200020;\n"  // without its last separator it would seem to fit
             "4;goed;100030;200030;n\n");
  Issues issues;
  auto const result = read_table(dir.path() / "a.csv", issues);
  REQUIRE(result.layer.size() == 4);
  CHECK(codes(issues) == std::vector<std::string>{"too_few_cells", "too_many_cells"});
  CHECK(issues.rows()[0].feature_id == "2");
  CHECK(has_text(issues.rows()[0].text, "Line 3 has 4 cells, the header 5"));
  CHECK(has_text(issues.rows()[1].text, "Line 4 has 6 cells, the header 5"));
  CHECK(result.layer.geometry.has_shape(1));
  CHECK(result.layer.geometry.kind[2] == GeometryKind::null);
  CHECK(cell(result, "naam", 2) == "null");
  CHECK(cell(result, "noot", 3) == "n");
  Issues kept;  // the issue goes with its row
  CHECK(read_table(dir.path() / "a.csv", kept, "naam = 'goed'").layer.size() == 2);
  CHECK(codes(kept).empty());
}

TEST_CASE("files that are no table are refused with the remedy", "[io]") {
  TempDir const dir;
  auto const fault = [&](std::string const& text) {
    write_file(dir.path() / "a.csv", text);
    return error_of([&] {
             Issues issues;
             (void)read_table(dir.path() / "a.csv", issues);
           })
        .text;
  };
  CHECK(has_text(fault("1;Kaai;150000,5;200000\n2;Dok;1;2\n"), "no header row: line 1 holds '1'"));
  CHECK(has_text(fault("id;x;y\n1;2;3\n\"2;3;4\n5;6;7\n"), "which begins on line 3"));
  CHECK(has_text(fault(std::string("\xff\xfei\0d\0;\0x\0", 10)), "UTF-16"));
  CHECK(has_text(fault(""), "is empty"));
  CHECK(has_text(fault("id,x,y\n1,150000,5,200000,5\n2,150000,5,200000,5\n"), "2 of 2 rows have more cells"));
  CHECK(has_text(fault("id;x;y\n"), "has no rows"));
  CHECK(has_text(fault("id;x;y\n1;2;3;\n2;3;4;\n"), "2 of 2 rows have more cells"));
  CHECK(fault("id;x;y;2018\n1;2;3;4\n").empty());  // a year may be the name of a column
}

TEST_CASE("a header that names a column twice is told", "[io]") {
  TempDir const dir;
  write_file(dir.path() / "a.csv", "id;x;y;x\n1;100000;200000;7\n");
  Issues issues;
  auto const result = read_table(dir.path() / "a.csv", issues);
  CHECK(codes(issues) == std::vector<std::string>{"duplicate_field"});
  CHECK(cell(result, "x_2", 0) == "7");
  CHECK(result.layer.geometry.xy == std::vector<double>{100000, 200000});
}

TEST_CASE("a column WKT goes on giving the shapes", "[io]") {
  TempDir const dir;
  write_file(dir.path() / "a.csv", "id;WKT\n01;POLYGON((0 0,10 0,10 10,0 0))\n02;\n");
  ReadOptions options = options_for(dir.path() / "a.csv");
  options.crs = "EPSG:31370";
  options.id_field = "id";
  Issues issues;
  auto const result = read_layer(options, issues);
  CHECK(result.layer.geometry.kind == std::vector<GeometryKind>{GeometryKind::polygon, GeometryKind::null});
  CHECK(result.layer.id == std::vector<std::string>{"01", "02"});
  CHECK(codes(issues).empty());
  write_file(dir.path() / "bad.csv", "id;WKT\n1;POINT(x y)\n2;niets\n3;POINT(1 2)\n4;\n5;SRID=4\n");
  ReadOptions bad = options_for(dir.path() / "bad.csv");
  bad.crs = "EPSG:31370";
  Issues unreadable;  // a text that is no shape is not the same as no text
  using K = GeometryKind;
  CHECK(read_layer(bad, unreadable).layer.geometry.kind ==
        std::vector<K>{K::empty, K::empty, K::point, K::null, K::empty});
  CHECK(codes(unreadable) ==
        std::vector<std::string>{"unreadable_geometry", "unreadable_geometry", "unreadable_geometry"});
  write_file(dir.path() / "one.csv", "WKT\n\"LINESTRING (1 2,3 4)\"\n");
  ReadOptions one = options_for(dir.path() / "one.csv");
  one.crs = "EPSG:31370";
  CHECK(read_layer(one, issues).layer.geometry.xy == std::vector<double>{1, 2, 3, 4});
  options.x_field = options.y_field = "id";
  CHECK(has_text(error_of([&] { (void)read_layer(options, issues); }).text, "has shapes of its own"));
}
