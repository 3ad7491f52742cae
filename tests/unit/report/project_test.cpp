#include "terrein/report/project.hpp"

#include "sample.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// The values between `open` and `close`, in order.
std::vector<std::string> between(std::string const& text, std::string const& open, std::string const& close) {
  std::vector<std::string> found;
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    auto const from = at + open.size();
    found.push_back(text.substr(from, text.find(close, from) - from));
  }
  return found;
}

}  // namespace

TEST_CASE("a project finds its layers beside itself and in the tree by ids of more than ten characters") {
  Sample const sample;
  std::string const text = sample.project();
  auto const ids = between(text, "<id>", "</id>");
  CHECK(ids.size() == sample.package.layers.size());
  auto const tree = text.substr(0, text.find("<projectlayers>"));
  for (auto const& id : ids) {
    CHECK(id.size() > 10);
    CHECK(has(tree, "<layer-tree-layer id=\"" + id + "\""));
  }
  CHECK(has(text, "<datasource>./result.gpkg|layername=candidates</datasource>"));
  CHECK(has(text, "<Absolute type=\"bool\">false</Absolute>"));
  CHECK(has(text, "<authid>EPSG:31370</authid>"));
  CHECK(has(text, "PROJCRS["));
}

TEST_CASE("layers are drawn points and lines first, then the result, then surfaces, with issues switched off") {
  Sample const sample;
  auto const text = sample.project();
  auto const tree = text.substr(0, text.find("<projectlayers>"));
  std::vector<std::string> order;
  for (auto const& id : between(tree, "<layer-tree-layer id=\"", "\"")) order.push_back(id.substr(0, id.rfind('_')));
  CHECK(order ==
        std::vector<std::string>{"issues", "terminals", "area", "rail", "candidates", "excluded", "zones", "ledger"});
  CHECK(between(tree, "<layer-tree-layer id=\"issues", "/>")[0].find("Qt::Unchecked") != std::string::npos);
}

TEST_CASE("there is a theme per model with its own style, and one for issues") {
  Sample const sample;
  auto const themes = project_themes(sample.package, sample.project_models, sample.labels);
  REQUIRE(themes.size() == 3);
  CHECK(themes[0].name == "Nieuw bedrijventerrein");
  CHECK(themes[1].name == "Brownfield");
  CHECK(themes[1].style == "Brownfield");
  CHECK(themes[2].name == "Gegevens/issues");
  CHECK(themes[0].layers == std::vector<std::string>{"candidates", "excluded", "terminals", "rail", "zones", "area"});
  CHECK(themes[2].layers == std::vector<std::string>{"candidates", "issues", "terminals", "rail", "zones", "area"});
  auto const text = sample.project();
  CHECK(has(text, "<map-layer-style-manager current=\"Nieuw bedrijventerrein\">"));
  CHECK(has(text, "<map-layer-style name=\"Brownfield\"><qgis"));
  CHECK(has(text, "<Layout name=\"A3 – Brownfield\""));
}

TEST_CASE("models with one label keep styles of different names") {
  Sample sample;
  sample.project_models[1].label = sample.project_models[0].label;
  auto const themes = project_themes(sample.package, sample.project_models, sample.labels);
  CHECK(themes[0].name != themes[1].name);
}

TEST_CASE("a project without models has one theme and one layout, without the notice about weights") {
  Sample const sample;
  auto const text = project_qgs("Titel", "result.gpkg", sample.package, {}, "", sample.labels);
  CHECK(has(text, "<Layout name=\"A3 – Kandidaten\""));
  CHECK_FALSE(has(text, "Startgewichten"));
  CHECK(has(sample.project(), "Startgewichten, niet bestuurlijk vastgesteld"));
}

TEST_CASE("weights that a council adopted are announced as such") {
  Sample sample;
  for (auto& model : sample.project_models) model.notice = "Vastgesteld door de gemeenteraad";
  CHECK(has(sample.project(), "labelText=\"Vastgesteld door de gemeenteraad&#10;"));
  CHECK_FALSE(has(sample.project(), "Startgewichten"));
}

TEST_CASE("the full extent holds candidates, excluded parcels and the study area") {
  Sample const sample;
  auto const text = sample.project();
  // the area is 900 by 450 m from (99950, 199850); the margin is 3 % of the longer side, 27 m
  CHECK(has(text, "<PresetFullExtent xmin=\"99923\" ymin=\"199823\" xmax=\"100877\" ymax=\"200327\">"));
}

TEST_CASE("water is drawn above the result, roads above water, railways above roads, boundaries above all lines") {
  Sample sample;
  auto const add = [&](std::string const& key, ShapeType shape, Layer const& from) {
    OutputLayer layer;
    layer.name = key;
    layer.shape = shape;
    layer.geometry = &from.geometry;
    layer.crs = from.crs;
    layer.table = Table(from.size());
    layer.qml = context_qml(styles, key, layer, sample.labels);
    sample.package.layers.push_back(std::move(layer));
  };
  add("waterways", ShapeType::polygon, sample.zones);
  add("roads", ShapeType::line, sample.rail);
  auto const text = sample.project();
  std::vector<std::string> order;
  for (auto const& id : between(text.substr(0, text.find("<projectlayers>")), "<layer-tree-layer id=\"", "\""))
    order.push_back(id.substr(0, id.rfind('_')));
  CHECK(order == std::vector<std::string>{"issues", "terminals", "area", "rail", "roads", "waterways", "candidates",
                                          "excluded", "zones", "ledger"});
}

TEST_CASE("the source line names the attributions of the layers shown once") {
  Sample sample;
  sample.package.layers[3].licence = "GRB & OSM";  // already in the line
  sample.package.layers[4].licence = "Infrabel";
  sample.package.layers[5].licence = "Infrabel";
  CHECK(has(sample.project(), "labelText=\"Bron: GRB &amp; OSM; Infrabel\""));
}

TEST_CASE("a main layer without scores has a layout that speaks of no score") {
  Sample sample;
  sample.package.layers[0].table = Table(8);
  CHECK_FALSE(has(sample.project(), "Geschiktheid, score"));
  CHECK(has(Sample().project(), "labelText=\"Brownfield – Geschiktheid, score 0–100; genummerd"));
}

TEST_CASE("user texts are escaped in a project") {
  CHECK(has(Sample().project(), "<title>Titel &lt;met&gt; &quot;tekens&quot; &amp; zo</title>"));
}
