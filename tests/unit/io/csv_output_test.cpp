// CSV for spreadsheets, byte by byte.
#include "terrein/io/csv_output.hpp"

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// What is written for a column of texts, without the mark of UTF-8 and the header.
std::string cells(std::vector<std::string> const& texts, CsvForm form) {
  TextColumn column("text");
  for (std::string const& text : texts) column.push(text);
  Table table(texts.size());
  table.add(std::move(column));
  TempDir const dir;
  write_csv(dir.path() / "t.csv", table, form);
  std::string const bytes = read_file(dir.path() / "t.csv"), start = "\xef\xbb\xbftext\r\n";
  REQUIRE(bytes.starts_with(start));
  return bytes.substr(start.size());
}

}  // namespace

TEST_CASE("no cell of text is a formula to a spreadsheet") {
  // The characters that begin a formula in Excel, LibreOffice and Google Sheets (OWASP, CSV injection).
  CHECK(cells({"=1+1", "+1", "-1", "@SUM(A1)"}, {';', ','}) == "'=1+1\r\n'+1\r\n'-1\r\n'@SUM(A1)\r\n");
  CHECK(cells({"\t=1", "\r=1"}, {';', ','}) == "'\t=1\r\n\"'\r=1\"\r\n");
  CHECK(cells({"1-1", "a=b", "jan@pom.be"}, {';', ','}) == "1-1\r\na=b\r\njan@pom.be\r\n");
}

TEST_CASE("cells with separators, quotes, line ends or blanks at their ends are quoted") {
  CHECK(cells({"a;b", "a,b", "zeg \"ja\"", "een\ntwee", " a", ""}, {';', ','}) ==
        "\"a;b\"\r\na,b\r\n\"zeg \"\"ja\"\"\"\r\n\"een\ntwee\"\r\n\" a\"\r\n\"\"\r\n");
  CHECK(cells({"a;b", "a,b"}, {',', '.'}) == "a;b\r\n\"a,b\"\r\n");
}

TEST_CASE("numbers are written with the decimal mark and are never given an apostrophe") {
  Column<double> number("number", 3);
  number.set(0, -0.1);
  number.set(1, 1234.5);
  Table table(3);
  table.add(std::move(number));
  TempDir const dir;
  write_csv(dir.path() / "t.csv", table, {';', ','});
  CHECK(read_file(dir.path() / "t.csv") == "\xef\xbb\xbfnumber\r\n-0,1\r\n1234,5\r\n\r\n");
}
