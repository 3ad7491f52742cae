#include "terrein/report/style.hpp"

#include <cstdlib>

#include "sample.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

std::size_t count_of(std::string const& text, std::string const& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

/// Every product by name: all styles in both languages and the projects.
std::map<std::string, std::string> products() {
  std::map<std::string, std::string> all;
  for (bool const nl : {true, false}) {
    Sample const sample(nl ? dutch() : english());
    std::string const prefix = nl ? "nl_" : "en_";
    for (auto const& layer : sample.package.layers) {
      if (!layer.qml.empty()) all[prefix + layer.name] = layer.qml;
      for (std::size_t i = 0; i < layer.extra_styles.size(); ++i)
        all[prefix + layer.name + std::to_string(i)] = layer.extra_styles[i].qml;
    }
    all[prefix + "project"] = sample.project();
  }
  return all;
}

OutputLayer context_layer(ShapeType shape) {
  OutputLayer layer;
  layer.name = "x";
  layer.shape = shape;
  layer.table = Table(1);
  return layer;
}

}  // namespace

TEST_CASE("every style and project is well-formed XML") {
  if (run("python3 -c 'import xml.etree'").exit_code != 0) {
    WARN("SKIPPED: python3 is not on this machine");
    return;
  }
  TempDir const dir;
  auto const all = products();
  CHECK(all.size() >= 26);
  for (auto const& [name, text] : all) write_file(dir.path() / (name + ".xml"), text);
  auto const result = run("cd '" + dir.path().string() +
                          "' && python3 -c \"import glob, xml.etree.ElementTree as e; "
                          "[(print(f), e.parse(f)) for f in sorted(glob.glob('*.xml'))]\"");
  INFO(result.out << result.err);
  CHECK(result.exit_code == 0);
  CHECK(count_of(result.out, ".xml") == all.size());
}

TEST_CASE("the score style has five equal classes in viridis, and classes for what has no rank, no score or fails") {
  Sample const sample;
  std::string const& qml = sample.package.layers[0].qml;
  for (std::string const colour : {"68,1,84,255", "59,82,139,255", "33,145,140,255", "94,201,98,255", "253,231,37,255"})
    CHECK(has(qml, "value=\"" + colour + "\""));
  for (std::string const limit : {"20", "40", "60", "80"})
    CHECK(has(qml, "&quot;business_park_score&quot; &gt;= " + limit));
  for (std::string const label : {"80–100 (meest geschikt)", "eerst onderzoeken (te weinig gegevens)", "geen gegevens",
                                  "voldoet niet voor dit model"})
    CHECK(has(qml, "label=\"" + label + "\""));
  CHECK(count_of(qml, "<rule key=") == 8);
  CHECK_FALSE(has(qml, "brownfield_score &gt;="));
}

TEST_CASE("every column of a layer has an alias in its style, and an alias given by the caller wins") {
  Sample sample;
  for (auto const& layer : sample.package.layers) {
    if (layer.qml.empty()) continue;
    for (auto const& column : layer.table.names()) {
      INFO(layer.name << '.' << column);
      CHECK(has(layer.qml, "<alias field=\"" + xml_escape(column) + "\""));
    }
  }
  OutputLayer& main = sample.package.layers[0];
  main.fields["id"].alias = "Mijn <kenmerk>";
  CHECK(has(candidates_qml(styles, "brownfield", main, sample.labels), "name=\"Mijn &lt;kenmerk&gt;\""));
}

TEST_CASE("the extra styles are the other models' scores, then outcomes and completeness") {
  Sample const sample;
  std::vector<std::string> names;
  for (auto const& style : sample.package.layers[0].extra_styles) names.push_back(style.name);
  CHECK(names == std::vector<std::string>{"Score: Brownfield", "Uitkomst: Nieuw bedrijventerrein",
                                          "Uitkomst: Brownfield",
                                          "Volledigheid van de gegevens: Nieuw bedrijventerrein",
                                          "Volledigheid van de gegevens: Brownfield"});
}

TEST_CASE("a layer without models gets one neutral fill, and a model without columns is an internal error") {
  OutputLayer layer = context_layer(ShapeType::polygon);
  layer.table = result_table(2, {});
  CHECK(has(candidates_qml(styles, "", layer, dutch()), "type=\"singleSymbol\""));
  auto const fault = error_of([&] { (void)candidates_qml(styles, "brownfield", layer, dutch()); });
  CHECK(fault.kind == ErrorKind::internal);
  CHECK(has(fault.text, "brownfield_score"));
}

TEST_CASE("excluded parcels are classed by the rules that fail, the most common first") {
  OutputLayer layer = context_layer(ShapeType::polygon);
  layer.table = Table(6);
  add_text(layer.table, "rule_hag", {"fail", "fail", "fail", "pass", "fail", "pass"});
  add_text(layer.table, "rule_flood", {"pass", std::nullopt, "fail", "fail", "fail", "pass"});
  add_text(layer.table, "rule_own", {"pass", "pass", "pass", "pass", "fail", "unknown"});
  // rows: hag, hag, hag + flood, flood, all three, none
  std::string const qml = excluded_qml(styles, layer, dutch());
  auto const hag = qml.find("label=\"Herbevestigd agrarisch gebied\"");
  auto const flood = qml.find("label=\"Overstromingsgevoelig\"");
  REQUIRE(hag != std::string::npos);
  REQUIRE(flood != std::string::npos);
  CHECK(hag < flood);
  CHECK(has(qml, "label=\"Herbevestigd agrarisch gebied \u200b+ Overstromingsgevoelig\""));
  CHECK(has(qml, "label=\"meerdere oorzaken\""));
  // two rules with a class of their own are not drawn a second time as "several"
  CHECK(has(qml, " &gt; 1 AND NOT coalesce(&quot;rule_hag&quot; = &apos;fail&apos; AND &quot;rule_flood&quot; = "));
  CHECK(has(qml, "filter=\"ELSE\" label=\"andere oorzaak\""));
  CHECK(count_of(qml, "<rule key=") == 5);
}

TEST_CASE("a rule of the study is named by the alias of its column") {
  OutputLayer layer = context_layer(ShapeType::polygon);
  add_text(layer.table, "rule_own", {"fail"});
  layer.fields["rule_own"].alias = "Regel: Eigen 'regel' & meer";
  std::string const qml = excluded_qml(styles, layer, dutch());
  CHECK(has(qml, "label=\"Eigen &apos;regel&apos; &amp; meer\""));
  CHECK(count_of(qml, "<rule key=") == 1);  // nothing else occurs, so nothing else is in the legend
}

TEST_CASE("a rule that fails nearly everywhere is a cause only where nothing else fails") {
  OutputLayer layer = context_layer(ShapeType::polygon);
  layer.table = Table(11);
  add_text(layer.table, "rule_own", {"fail"});  // 11 of 11
  // 4 of 11 rows: own alone; 6: with hag; 1: with hag and flood
  add_text(layer.table, "rule_hag",
           {"pass", "pass", "pass", "pass", "fail", "fail", "fail", "fail", "fail", "fail", "fail"});
  std::vector<std::optional<std::string>> flood(11, "pass");
  flood[10] = "fail";
  add_text(layer.table, "rule_flood", flood);
  std::string const qml = excluded_qml(styles, layer, dutch());
  CHECK(count_of(qml, "<rule key=") == 3);
  auto const hag = qml.find("label=\"Herbevestigd agrarisch gebied\"");
  auto const own = qml.find("label=\"Own\"");
  REQUIRE(hag != std::string::npos);
  REQUIRE(own != std::string::npos);
  CHECK(hag < own);
  CHECK(has(
      qml,
      "filter=\"&quot;rule_hag&quot; = &apos;fail&apos; AND coalesce(&quot;rule_flood&quot;, &apos;&apos;) &lt;&gt; "
      "&apos;fail&apos;\""));  // whatever rule_own says
  CHECK(has(qml, "filter=\"&quot;rule_own&quot; = &apos;fail&apos; AND coalesce(&quot;rule_hag&quot;"));
}

TEST_CASE("a rule that fails for nine rows in ten still tells them apart") {
  OutputLayer layer = context_layer(ShapeType::polygon);
  layer.table = Table(10);
  std::vector<std::optional<std::string>> nine(10, "fail"), last(10, "pass");
  nine[9] = "pass";
  last[0] = last[9] = "fail";
  add_text(layer.table, "rule_nine", nine);
  add_text(layer.table, "rule_last", last);
  CHECK(has(excluded_qml(styles, layer, dutch()), "label=\"Nine + Last\""));
}

TEST_CASE("at most six causes get a class of their own, and a layer without rules or rows has one class") {
  OutputLayer layer = context_layer(ShapeType::polygon);
  layer.table = Table(8);
  for (std::size_t i = 0; i < 8; ++i) {
    std::vector<std::optional<std::string>> results(8, "pass");
    results[i] = "fail";
    add_text(layer.table, "rule_r" + std::to_string(i), results);
  }
  CHECK(count_of(excluded_qml(styles, layer, dutch()), "<rule key=") == 7);
  layer.table = Table(0);
  CHECK(count_of(excluded_qml(styles, layer, dutch()), "<rule key=") == 1);
}

TEST_CASE("columns the user left out of the result do not stop the style") {
  OutputLayer layer = context_layer(ShapeType::polygon);
  layer.table = Table(1);
  add_numbers(layer.table, "own_score", {50});
  layer.fields["own_score"].alias = "Eigen model: score";
  std::string const qml = candidates_qml(styles, "own", layer, dutch());
  CHECK_FALSE(has(qml, "own_rank"));
  CHECK_FALSE(has(qml, "own_outcome"));
  CHECK(has(qml, "Eigen model"));
}

TEST_CASE("a context layer takes the look of its key, of an alias, or of its shape") {
  auto const lines = context_layer(ShapeType::line), surfaces = context_layer(ShapeType::polygon);
  CHECK(has(context_qml(styles, "rail", lines, dutch()), "customdash"));
  CHECK(context_qml(styles, "railways", lines, dutch()) == context_qml(styles, "rail", lines, dutch()));
  // a surface named after a look for lines must not get line symbols
  CHECK(has(context_qml(styles, "rail", surfaces, dutch()), "<symbol name=\"0\" type=\"fill\""));
  CHECK(has(context_qml(styles, "zones", surfaces, dutch()), "224,214,232,255"));
  CHECK(has(context_qml(styles, "something_else", surfaces, dutch()), "240,238,232,255"));
  CHECK(has(context_qml(styles, "../../etc/passwd", surfaces, dutch()), "240,238,232,255"));
  CHECK(error_of([] { (void)context_qml(styles, "rail", context_layer(ShapeType::none), dutch()); }).kind ==
        ErrorKind::internal);
}

TEST_CASE("water surfaces are blue, municipalities are outlines, and both are drawn above the candidates") {
  auto const surfaces = context_layer(ShapeType::polygon);
  std::string const water = context_qml(styles, "waterways", surfaces, dutch());
  CHECK(has(water, "158,207,240,255"));
  CHECK(has(water, "terrein/draw"));
  CHECK(has(context_qml(styles, "waterways", context_layer(ShapeType::line), dutch()),
            "<symbol name=\"0\" type=\"line\""));
  for (std::string const key : {"area", "municipality", "municipalities"}) {
    INFO(key);
    std::string const qml = context_qml(styles, key, surfaces, dutch());
    CHECK_FALSE(has(qml, "SimpleFill"));
    CHECK(has(qml, "terrein/draw"));
  }
}

TEST_CASE("roads are told apart by their class only where the layer has classes") {
  OutputLayer layer = context_layer(ShapeType::line);
  CHECK(has(context_qml(styles, "roads", layer, dutch()), "type=\"singleSymbol\""));
  add_text(layer.table, "Highway", {"motorway"});
  std::string const qml = context_qml(styles, "roads", layer, dutch());
  CHECK(has(qml, "regexp_match(lower(&quot;Highway&quot;)"));
  CHECK(has(qml, "label=\"snelweg of hoofdweg\""));
}

TEST_CASE("the ten best candidates have a label at every scale, the others only below 1 : 5000") {
  Sample const sample;
  std::string const& qml = sample.package.layers[0].qml;
  CHECK(has(qml, "coalesce(&quot;business_park_rank&quot; &lt;= 10, false) OR @map_scale &lt;= 5000 THEN"));
  CHECK(has(qml,
            "&apos;nr. &apos; || &quot;business_park_rank&quot; || &apos; · &apos; || "
            "round(&quot;business_park_score&quot;)"));
}

TEST_CASE("terminals are told apart by their modes only where the layer has modes") {
  OutputLayer layer = context_layer(ShapeType::point);
  CHECK(has(context_qml(styles, "terminals", layer, dutch()), "filter=\"false AND false\""));
  add_text(layer.table, "modes", {"road;rail"});
  CHECK(has(context_qml(styles, "terminals", layer, dutch()), "regexp_match(lower(&quot;modes&quot;)"));
}

TEST_CASE("writes all products for another process", "[.][write_products]") {
  if (char const* const file = std::getenv("TERREIN_PRODUCTS_FILE"); file != nullptr)
    write_file(file, nlohmann::json(products()).dump());
}

TEST_CASE("two processes give the same styles and projects") {  // whatever their addresses and hash seeds
  TempDir const dir;
  auto const file = dir.path() / "products.json";
  auto const result = run("TERREIN_PRODUCTS_FILE='" + file.string() + "' '" +
                          std::filesystem::read_symlink("/proc/self/exe").string() + "' '[write_products]'");
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == 0);
  auto const theirs = nlohmann::json::parse(read_file(file)).get<std::map<std::string, std::string>>();
  CHECK(theirs.size() >= 26);
  CHECK((theirs == products()));
}
