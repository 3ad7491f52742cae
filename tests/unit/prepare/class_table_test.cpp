#include "terrein/prepare/class_table.hpp"

#include "support/catch.hpp"

using namespace terrein;

namespace {

Table table_of(std::vector<std::optional<std::string>> const& values, std::string const& name = "svnaam") {
  TextColumn column(name);
  for (auto const& value : values) column.push(value ? std::optional<std::string_view>(*value) : std::nullopt);
  Table out(values.size());
  out.add(column);
  return out;
}

/// Classes of all rows, "-" where not known.
std::vector<std::string> classes(ClassMapping const& mapping) {
  std::vector<std::string> out;
  for (std::size_t row = 0; row < mapping.class_of.size(); ++row)
    out.emplace_back(mapping.class_of.at(row).value_or("-"));
  return out;
}

using Classes = std::vector<std::string>;

}  // namespace

TEST_CASE("whole values go before beginnings, ends and contents, and the longest text wins") {
  ClassTable table;
  table.field = "SVNAAM";
  table.as_text = true;
  table.strip_article = true;
  table.values = {{"Woonreservegebieden", "housing_reserve"}};
  table.begins = {{"woon", "housing"}, {"woonpark", "park_housing"}};
  table.ends = {{"nabestemming natuurgebied", "nature"}};
  table.contains = {{"industrieën", "business"}, {"bos", "forest"}};
  auto const mapping =
      map_classes(table, table_of({"WOONRESERVEGEBIEDEN", "woongebieden met landelijk karakter", "Woonpark A",
                                   "groeve met nabestemming natuurgebied", "milieubelastende industrieÃ«n",
                                   "art. 8.33: bosgebied", "iets anders", std::nullopt, "  ", "iets anders"}));
  CHECK(classes(mapping) ==
        Classes{"housing_reserve", "housing", "park_housing", "nature", "business", "forest", "-", "-", "-", "-"});
  REQUIRE(mapping.unlisted.size() == 1);
  CHECK(mapping.unlisted[0].value == "iets anders");
  CHECK(mapping.unlisted[0].field == "svnaam");
  CHECK(mapping.unlisted[0].count == 2);
  CHECK(mapping.unlisted[0].examples == std::vector<Row>{6, 9});
  CHECK(mapping.mended == 1);
  CHECK(mapping.mended_to == "milieubelastende industrieën");
}

TEST_CASE("another attribute answers for rows that have no class yet") {
  Table attributes = table_of({"industriegebieden", "niet in de lijst", "ook niet", std::nullopt});
  Column<std::int64_t> code("hc", 0);
  for (auto const value : {200, 1000, 9999, 901}) code.push(value);
  attributes.add(code);
  ClassTable other;
  other.field = "hc";
  other.digits = 2;
  other.values = {{"10", "business"}, {"90", "agriculture"}};
  ClassTable table;
  table.field = "svnaam";
  table.values = {{"industriegebieden", "business"}};
  table.fallback = {other};
  auto const mapping = map_classes(table, attributes);
  CHECK(classes(mapping) == Classes{"business", "business", "-", "agriculture"});
  Classes unlisted;
  for (auto const& one : mapping.unlisted) unlisted.push_back(one.field + "=" + one.value);
  CHECK(unlisted == Classes{"svnaam=ook niet", "hc=9999"});
}

TEST_CASE("codes for not known are null, and values that nothing lists may have a class of their own") {
  ClassTable table;
  table.field = "svnaam";
  table.nulls = {"-8", "-9"};
  table.values = {{"1", "open"}};
  table.otherwise = "other";
  auto const mapping = map_classes(table, table_of({"1", "-8", "7", "-9"}));
  CHECK(classes(mapping) == Classes{"open", "-", "other", "-"});
  CHECK(mapping.unlisted.size() == 1);  // still told
}

TEST_CASE("a row may have several values; those that are not listed stay an empty word") {
  ClassTable table;
  table.field = "svnaam";
  table.separator = ';';
  table.values = {{"spoor", "rail"}, {"water", "barge"}};
  CHECK(classes(map_classes(table, table_of({"spoor; water", "spoor;lucht", "lucht", ";"}))) ==
        Classes{"rail;barge", "rail;", "-", "-"});
}

TEST_CASE("without a table values are classes already") {
  ClassTable table;
  table.field = "svnaam";
  table.identity = true;
  CHECK(classes(map_classes(table, table_of({" A ", "b", std::nullopt}))) == Classes{"A", "b", "-"});
}

TEST_CASE("numbers that lost the zeros of their code get them back") {
  Table attributes(4);
  Column<std::int64_t> code("hc", 0);
  for (auto const value : {100, 1000, 105, 12345}) code.push(value);
  attributes.add(code);
  ClassTable table;
  table.field = "hc";
  table.pad = 4;
  table.values = {{"0105", "housing_reserve"}};
  table.begins = {{"01", "housing"}, {"10", "business"}};
  // Rubric 0100 is housing; without its zero it would read as "10", business. 12345 is longer than a code and stays.
  CHECK(classes(map_classes(table, attributes)) == Classes{"housing", "business", "housing_reserve", "-"});
  table.field = "svnaam";
  CHECK(classes(map_classes(table, table_of({"0100", "100", "x", "1,5"}))) == Classes{"housing", "housing", "-", "-"});
}

TEST_CASE("a layer may be one class as a whole, also where its attribute is null") {
  ClassTable table;
  table.field = "svnaam";
  table.all = "monument";
  auto const mapping = map_classes(table, table_of({"Belfort", std::nullopt, ""}));
  CHECK(classes(mapping) == Classes{"monument", "monument", "monument"});
  CHECK(mapping.unlisted.empty());
}
