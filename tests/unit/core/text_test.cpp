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

TEST_CASE("printable text holds no orders for a terminal, and is otherwise as it was") {
  CHECK(printable("café\n\tŒuvre 日本 🌍") == "café\n\tŒuvre 日本 🌍");
  CHECK(printable("\x1b[31m\x07\r\x7f") == "\\x1b[31m\\x07\\x0d\\x7f");
  CHECK(printable("\xc2\x9b\xc2\xa0") == "\\xc2\\x9b\xc2\xa0");  // CSI of the second kind; a blank that does not break
  CHECK(printable("a\u202eb\u2066c\u2069\u200f") == "a\\xe2\\x80\\xaeb\\xe2\\x81\\xa6c\\xe2\\x81\\xa9\\xe2\\x80\\x8f");
  CHECK(printable("\xff\xc3") == "\\xff\\xc3");
  CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");  // half of a surrogate pair
  CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
}
