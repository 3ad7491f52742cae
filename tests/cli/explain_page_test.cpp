// The page, and where explanations go.
#include "explain_support.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

TEST_CASE("a page holds everything in itself and escapes what the sources say") {
  SmallWorld const world;
  std::string const id = R"(<b onload='x'>&"2)";
  world.edit("parcels.geojson", R"("key":"B2")", R"("key":"<b onload='x'>&\"2")");
  world.edit("study.toml", "title = \"Kleine wereld\"", "title = \"Klein <script>alert(1)</script>\"");
  // Whatever people may write in a study: each text ends in the page.
  world.edit("study.toml", "label = \"Eigen model\"", "label = \"<img class=model onerror=alert(1)>\"");
  world.edit("study.toml", "effect = \"exclude\"",
             "effect = \"condition\"\nlabel_nl = \"<img class=rule>\"\nreference = \"</td><img class=reference>\"\n"
             "duty = \"<img class=duty>\"");
  world.edit("study.toml", "when = \">0.5\"", "when = \"<=0.5\"");
  world.edit("study.toml", "[layers.rail]",
             "[layers.rail]\nlabel_nl = \"<img class=layer>\"\nlicence = \"<img class=licence>\"");
  world.edit("study.toml", "[criteria.wet]", "[criteria.wet]\nlabel_nl = \"<img class=criterion>\"");
  world.edit("study.toml", "points = \"0:1|200:0\"", "points = \"0:1|200:0\"\nwhy = \"</style><img class=why>\"");
  world.edit("study.toml", "[candidates]", "[additions]\nsource = \"a.csv\"\n[candidates]");
  write_file(world.path("a.csv"),
             "id,field,value,low,high,source,by,date\n\"<b onload='x'>&\"\"2\",wet,0,,,<img class=source>,"
             "<img class=by>,2026-03-01\n");
  RunResult const made = world.terrein("--audience intern");
  INFO(made.err);
  REQUIRE(made.exit_code == 0);
  write_file(world.path("id.txt"), id);
  RunResult const result =
      explain(world.path("result.gpkg"), "\"$(cat " + world.path("id.txt").string() + ")\" --html");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  std::string const& page = result.out;
  CHECK(has(page, "<!DOCTYPE html>\n<html lang=\"nl\">"));
  CHECK(has(page, "<h1>&lt;b onload=&apos;x&apos;&gt;&amp;&quot;2</h1>"));
  for (char const* part : {"<script", "<b onload", "<img", "http:", "https:", "src=", "href=", "url(", "@import"}) {
    INFO(part);
    CHECK_FALSE(has(page, part));
  }
  for (char const* one :
       {"model", "rule", "reference", "duty", "layer", "licence", "criterion", "why", "source", "by"}) {
    INFO(one);
    CHECK(has(page, "&lt;img class=" + std::string(one)));
  }
  CHECK(result.err.empty());
  CHECK(has(page, "37,5 van 75,0"));
  // The map: the candidate, and eight neighbours.
  std::size_t near = 0;
  for (auto at = page.find("class=\"near"); at != std::string::npos; at = page.find("class=\"near", at + 1)) ++near;
  CHECK(near == 8);
  // A bar of 75 points half filled: 37.5 of the longest, which is 75.
  CHECK(has(page, "<rect class=\"track\" width=\"100.00\" height=\"8\"/><rect class=\"fill\" width=\"50.00\""));
}

TEST_CASE("the explanation goes to a file, never over the result or another file unasked") {
  SmallWorld const world;
  run_world(world);
  std::string const page = world.path("waarom.html").string();
  RunResult const first = explain(world.path("result.gpkg"), "B2 --html --output " + page);
  CHECK(first.exit_code == 0);
  CHECK(first.out.empty());
  CHECK(has(read_file(page), "</html>"));
  CHECK(explain(world.path("result.gpkg"), "A1 --html --output " + page).exit_code == 1);
  CHECK(has(read_file(page), "<h1>B2</h1>"));
  CHECK(explain(world.path("result.gpkg"), "A1 --html --overwrite --output " + page).exit_code == 0);
  CHECK(has(read_file(page), "<h1>A1</h1>"));
  RunResult const self =
      explain(world.path("result.gpkg"), "A1 --overwrite --output " + world.path("result.gpkg").string());
  CHECK(self.exit_code == 2);
  CHECK(has(self.err, "is the result itself"));
}
