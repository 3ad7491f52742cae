#include "terrein/core/text.hpp"
#include "support/catch.hpp"

using namespace terrein;

TEST_CASE("ids order whole numbers by value and before texts", "[core][unit]") {
  CHECK(id_less("9", "10"));
  CHECK(id_less("10", "A1"));
  CHECK_FALSE(id_less("A1", "10"));
  CHECK(id_less("A1", "A2"));
  CHECK_FALSE(id_less("7", "7"));
}

TEST_CASE("a misspelt word is answered with its nearest", "[core][unit]") {
  CHECK(suggestion("flod", {"zoning", "flood", "nature"}) == " Did you mean 'flood'?");
  CHECK(suggestion("xyzzy", {"zoning", "flood"}) == " Known: zoning, flood.");
}

TEST_CASE("only a whole finite number is a number", "[core][unit]") {
  CHECK(parse_number(" 12.5 ") == 12.5);
  CHECK(parse_number("+3") == 3.0);
  CHECK_FALSE(parse_number("12,5"));
  CHECK_FALSE(parse_number("12 m"));
  CHECK_FALSE(parse_number("nan"));
  CHECK_FALSE(parse_number("inf"));
  CHECK_FALSE(parse_number(""));
}

TEST_CASE("UTF-8 is told from other encodings", "[core][unit]") {
  CHECK(is_utf8("industrieën"));
  CHECK(is_utf8(""));
  CHECK(is_utf8("a€𝄞"));
  CHECK_FALSE(is_utf8("industrie\xebn"));  // Latin-1
  CHECK_FALSE(is_utf8("\xc0\xaf"));        // overlong
  CHECK_FALSE(is_utf8("\xed\xa0\x80"));    // surrogate
  CHECK_FALSE(is_utf8("cut off \xe2\x82"));
}
