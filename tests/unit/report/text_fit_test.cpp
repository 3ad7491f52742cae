#include "report/text_fit.hpp"

#include "support/catch.hpp"

using namespace terrein::report;

TEST_CASE("a legend label is broken where both halves fit a line, and cut only when two lines are not enough") {
  CHECK(wrapped("short", 5) == "short");
  CHECK(wrapped("één + één", 8) == "één \u200b+ één");
  CHECK(wrapped("one two three", 8) == "one two \u200bthree");
  CHECK(wrapped("one two three four five", 8) == "one two \u200bthree f…");
  CHECK(wrapped("éééééé", 5) == "éééé…");
  CHECK(wrapped("éééééé x", 5) == "éééé…");  // the only space stands too late to break at
}

TEST_CASE("a text keeps its size as long as it fits, then shrinks, and is cut last") {
  TextBox const box{100, 10, 20, 8};
  CHECK(fitted("short", box).size == 20);
  auto const longer = fitted(std::string(60, 'x'), box);
  CHECK(longer.size < 20);
  CHECK(longer.size >= 8);
  CHECK(longer.text == std::string(60, 'x'));
  auto const cut = fitted(std::string(5000, 'x'), box);
  CHECK(cut.size == 8);
  CHECK(cut.text.ends_with("…"));
  CHECK(characters(cut.text) < 300);
  CHECK(fitted("a\nb\nc\nd", box).size < fitted("abcd", box).size);  // four lines need room as well
}
