#include "report/template.hpp"

#include "sample.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("two brackets escape the text for XML, three give it as it is") {
  CHECK(fill_template("<a b=\"{{x}}\">{{{x}}}</a>", {{"x", "1<2 & \"3\" 'q'"}}) ==
        "<a b=\"1&lt;2 &amp; &quot;3&quot; &apos;q&apos;\">1<2 & \"3\" 'q'</a>");
  CHECK(fill_template("{a-{{x}}}", {{"x", "7"}}) == "{a-7}");
  CHECK(fill_template("no names", {}) == "no names");
}

TEST_CASE("what is filled in is not filled again") {
  CHECK(fill_template("{{{x}}}{{y}}", {{"x", "{{y}}"}, {"y", "z"}}) == "{{y}}z");
}

TEST_CASE("a template with an unknown name or an open bracket is an internal error that shows it") {
  auto const unknown = error_of([] { (void)fill_template("{{wat}}", {}); });
  CHECK(unknown.kind == ErrorKind::internal);
  CHECK(unknown.text.find("'wat'") != std::string::npos);
  CHECK(error_of([] { (void)fill_template("{{x", {{"x", ""}}); }).kind == ErrorKind::internal);
}

TEST_CASE("XML text keeps line ends and drops characters that XML forbids") {
  CHECK(xml_escape("a\nb\tc\x01"
                   "d") == "a&#10;b&#9;cd");
  CHECK(xml_escape("één €") == "één €");
}

TEST_CASE("columns and texts are quoted for QGIS expressions") {
  CHECK(report::column_ref("a\"b") == "\"a\"\"b\"");
  CHECK(report::text_literal("d'Oude\\Dijk") == "'d''Oude\\\\Dijk'");
}

TEST_CASE("base64 gives the examples of RFC 4648") {
  CHECK(report::base64("").empty());
  CHECK(report::base64("f") == "Zg==");
  CHECK(report::base64("fo") == "Zm8=");
  CHECK(report::base64("foobar") == "Zm9vYmFy");
  CHECK(report::base64("\xff\xfe") == "//4=");
}
