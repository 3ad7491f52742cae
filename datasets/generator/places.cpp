#include "scene.hpp"

namespace terrein::demo {
namespace {

LayerMaker make_quays(Scene const& scene) {
  LayerMaker out("quays", "Kaaien (fictief)", "Quay lines open to all.", ShapeType::line);
  out.line(scene.warp.line({{4205, 3717}, {4270, 3715}, {4340, 3713}}));
  out.text("name", "Kaai Kanaalveld (fictief)").text("modes", "barge").number("length_m", 135);
  out.text("coord_quality", "exact");
  return out;
}

LayerMaker make_stations(Scene const& scene) {
  LayerMaker out("stations", "Stations (fictief)", "Railway stations.", ShapeType::point);
  out.point(scene.warp({3045, 2885}));
  out.text("name", "Kanaalveld (fictief)");
  return out;
}

LayerMaker make_stops(Scene const& scene) {
  LayerMaker out("transit_stops", "Haltes (fictief)", "Bus stops with the services on a working day.",
                 ShapeType::point);
  struct Stop {
    char const* name;
    Vec at;
    bool often;
  };
  Stop const stops[] = {{"Kerk", {2895, 2012}, true},          {"Station", {3030, 2880}, true},
                        {"Heirweg West", {1500, 1915}, false}, {"Hoek Westdreef", {910, 1845}, false},
                        {"Brug", {3085, 3700}, false},         {"Noordstraat", {3150, 4310}, false},
                        {"Oostlaan", {4905, 1850}, true},      {"Bedrijvenpark", {4895, 1120}, true},
                        {"Oostmeers", {4345, 2290}, false},    {"Kanaalstraat", {4010, 3410}, false},
                        {"Zuidstraat", {3030, 430}, false}};
  for (Stop const& stop : stops) {
    out.point(scene.warp(stop.at));
    out.text("name", stop.name).text("bediening", stop.often ? "minstens 2 per uur" : "minder dan 2 per uur");
  }
  return out;
}

LayerMaker make_cycle_highways(Scene const& scene) {
  LayerMaker out("cycle_highways", "Fietssnelwegen (fictief)", "Cycle highways.", ShapeType::line);
  out.line(scene.warp.line(moved(rail_axis(), -13)));
  out.text("ref", "F999 (fictief)");
  out.line(scene.warp.line({{4905, -120}, {4890, 750}, {4878, 1250}, {4886, 1860}, {4917, 2700}, {4946, 3690}}));
  out.text("ref", "F998 (fictief)");
  return out;
}

LayerMaker make_municipalities(Scene const& scene) {
  LayerMaker out("municipality", "Gemeenten (fictief)", "The study municipality and a corner of its neighbour.",
                 ShapeType::polygon);
  Line outline = plan_outline();
  outline.push_back(outline.front());
  Arrangement const graph =
      arrange({{Way::border, "", std::move(outline)}, {Way::border, "", plan_municipal_border()}}, 40);
  for (auto const& face : graph.faces) {
    Ring const ring = graph.ring(face.nodes);
    out.polygon(scene.warp.ring(ring));
    out.text("name", inside(ring, {3000, 2000}) ? "Kanaalveld (fictief)" : "Oeverzele (fictief)");
  }
  return out;
}

/// Where a layer is complete. Not bent: these are boxes somebody chose.
LayerMaker make_coverage() {
  LayerMaker out("coverage", "Dekking", "Land for which the layers are complete.", ShapeType::polygon);
  out.polygon({{102000, 178000}, {128000, 178000}, {128000, 203000}, {102000, 203000}});
  out.text("name", "studiegebied met rand");
  return out;
}

LayerMaker make_flood_coverage() {
  LayerMaker out("coverage_flood", "Dekking overstromingskaart", "The flood map leaves out the south-east corner.",
                 ShapeType::polygon);
  out.polygon(
      {{102000, 178000}, {117600, 178000}, {117600, 188360}, {128000, 188360}, {128000, 203000}, {102000, 203000}});
  out.text("name", "overstromingskaart");
  return out;
}

}  // namespace

void add_places(Scene const& scene, std::vector<LayerMaker>& out) {
  out.push_back(make_quays(scene));
  out.push_back(make_stations(scene));
  out.push_back(make_stops(scene));
  out.push_back(make_cycle_highways(scene));
  out.push_back(make_municipalities(scene));
  out.push_back(make_coverage());
  out.push_back(make_flood_coverage());
}

}  // namespace terrein::demo
