#include "terrein/core/row_filter.hpp"

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;

namespace {

/// code 1..5 (3 null), name as given, mixed texts.
Table table() {
  Column<std::int64_t> code("CODE", 0);
  Column<double> share("share", 0);
  TextColumn name("naam"), mixed("mixed");
  for (int i = 1; i <= 5; ++i) {
    code.push(i == 3 ? std::nullopt : std::optional<std::int64_t>(i));
    share.push(i * 0.25);
  }
  for (auto const* text : {"oude weg", "Oude Weg", "it's", "weg_3", "wég"}) name.push(text);
  for (auto const* text : {"10", " 9 ", "x", "", "-1e1"}) mixed.push(text);
  Table out(5);
  out.add(code);
  out.add(share);
  out.add(name);
  out.add(mixed);
  return out;
}

/// The rows that are kept, as digits from 1.
std::string kept(std::string const& text) {
  RowFilter const filter = RowFilter::parse(text);
  auto const once = filter.kept(table());
  CHECK(RowFilter::parse(filter.text()).kept(table()) == once);  // what is written anew means the same
  CHECK(RowFilter::parse(filter.text()).text() == filter.text());
  std::string out;
  for (std::size_t row = 0; row < once.size(); ++row)
    if (once[row] != 0) out += std::to_string(row + 1);
  return out;
}

std::string fault(std::string const& text) {
  auto const thrown = test::error_of([&] { static_cast<void>(RowFilter::parse(text).kept(table())); });
  return thrown.text;
}

}  // namespace

TEST_CASE("comparisons keep the rows where they are true") {
  CHECK(kept("") == "12345");
  CHECK(kept("code = 2") == "2");
  CHECK(kept("CODE <> 2") == "145");  // null is neither equal nor unequal
  CHECK(kept("code != 2") == "145");
  CHECK(kept("share >= .5 and share < 1") == "23");
  CHECK(kept("share <= 5e-1") == "12");
  CHECK(kept("code > '1'") == "245");
  CHECK(kept("naam = 'it''s'") == "3");
  CHECK(kept("\"naam\" < 'a'") == "2");  // capitals come before small letters
  CHECK(kept("mixed > 0") == "12");      // texts that are no number are unknown
  CHECK(kept("not (mixed > 0)") == "5");
}

TEST_CASE("lists, ranges, patterns and nulls") {
  CHECK(kept("code in (1, 5)") == "15");
  CHECK(kept("code not in (1, 5)") == "24");
  CHECK(kept("naam in ('weg_3', 'x')") == "4");
  CHECK(kept("code between 2 and 4") == "24");
  CHECK(kept("code not between 2 and 4") == "15");
  CHECK(kept("naam like 'oude%'") == "1");
  CHECK(kept("naam ilike 'OUDE %'") == "12");
  CHECK(kept("naam like 'w_g'") == "5");  // one character, not one byte
  CHECK(kept("naam not like '%e%'") == "35");
  CHECK(kept("naam like '%weg%'") == "14");
  CHECK(kept("code is null") == "3");
  CHECK(kept("code is not null") == "1245");
}

TEST_CASE("and binds stronger than or, and unknown is neither true nor false") {
  CHECK(kept("code = 1 or code = 2 and share > 9") == "1");
  CHECK(kept("(code = 1 or code = 2) and share > 0.3") == "2");
  CHECK(kept("NOT code = 1 AND Not naam like 'w%'") == "2");
  CHECK(kept("code = 1 or not code = 1") == "1245");
  CHECK(kept("code = 1 or share > 0") == "12345");  // true whatever the unknown is
  CHECK(kept("not (code = 1 and share > 9)") == "12345");
}

TEST_CASE("a filter names its fields once and is written anew with quotes") {
  RowFilter const filter = RowFilter::parse("a=1 AND (\"B c\" IN ('x','y') or A is NULL)");
  CHECK(filter.fields() == std::vector<std::string>{"a", "B c"});
  CHECK(filter.text() == "\"a\" = 1 and (\"B c\" in ('x', 'y') or \"A\" is null)");
}

TEST_CASE("a filter that cannot be understood says where") {
  CHECK(fault("code = ") ==
        "The filter 'code = ' cannot be understood: at character 8 expected a number, or a text in "
        "single quotes, found the end.");
  CHECK(fault("code == 1").find("at character 7 expected") != std::string::npos);
  CHECK(fault("code = 1; drop table x").find("at character 9 expected 'and', 'or' or the end, found ';'") !=
        std::string::npos);
  CHECK(fault("code = abc").find("found 'abc'") != std::string::npos);
  CHECK(fault("naam = 'open").find("the quote at character 8 is not closed") != std::string::npos);
  CHECK(fault("code in ()").find("at character 10") != std::string::npos);
  CHECK(fault("and = 1").find("the name of a field") != std::string::npos);
  CHECK(fault("code like 5").find("a text in single quotes") != std::string::npos);
  CHECK(fault("code = 1x").find("a number") != std::string::npos);
  CHECK(fault("coded = 1").find("there is no field 'coded'. Did you mean 'CODE'?") != std::string::npos);
  CHECK(fault("code = 'abc'").find("field CODE holds numbers, and 'abc' is none") != std::string::npos);
  CHECK(fault(std::string(20001, '(')).find("longer than") != std::string::npos);
  CHECK(fault(std::string(5000, '(')).find("inside each other") != std::string::npos);
  std::string nots;
  for (int i = 0; i < 2000; ++i) nots += "not ";
  CHECK(fault(nots + "code = 1").find("inside each other") != std::string::npos);
}
