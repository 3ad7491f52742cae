#include "random.hpp"
#include "scene.hpp"

namespace terrein::demo {
namespace {

/// The five statements of the soil register, in its own words.
constexpr char const* statements[] = {
    "Laatste bodemonderzoek ontdekte geen bodemverontreiniging",
    "Aanwezige bodemverontreiniging vraagt geen verder onderzoek/sanering",
    "Aanwezige bodemverontreiniging vraagt verder onderzoek/sanering",
    "Resultaten van bodemonderzoek nog niet verwerkt",
    "Er is een oriënterend bodemonderzoek nodig",
};

LayerMaker make_buildings_layer(Scene const& scene) {
  LayerMaker out("buildings", "Gebouwen (fictief)", "Outlines of buildings.", ShapeType::polygon);
  for (Building const& building : scene.buildings) {
    out.polygon(scene.warp.ring(building.ring));
    out.text("type", building.dwelling ? "hoofdgebouw" : "bijgebouw");
  }
  return out;
}

LayerMaker make_dwellings(Scene const& scene) {
  LayerMaker out("dwellings", "Woningen (fictief)", "One point per house.", ShapeType::point);
  for (Building const& building : scene.buildings) {
    if (!building.dwelling) continue;
    out.point(scene.warp(centre(building.ring)));
    out.text("capakey", scene.capakey[building.plot]);
  }
  return out;
}

LayerMaker make_soil(Scene const& scene) {
  LayerMaker out("soil", "Bodemuitspraken (fictief)", "Statements per parcel; no row means no soil information.",
                 ShapeType::polygon);
  Random random(5);
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    Kind const kind = scene.plots[i].kind;
    double const chance = kind == Kind::works ? 0.8 : kind == Kind::farm ? 0.2 : kind == Kind::house ? 0.01 : 0;
    bool const drawn = random.chance(chance);
    int statement = random.below(5);
    auto const site = scene.vacant.find(i);
    bool const told = site != scene.vacant.end() && site->second.soil;
    if (told) statement = *site->second.soil;
    if (!drawn && !told) continue;
    out.polygon(scene.ring[i]);
    out.text("kadaster_id", scene.capakey[i]).text("uitspraak", statements[statement]);
  }
  return out;
}

LayerMaker make_vacant(Scene const& scene) {
  LayerMaker out("vacant", "Leegstaande bedrijfsruimten (fictief)",
                 "Vacant and under-used business sites; unused_share is the share of the floor area not used.",
                 ShapeType::polygon);
  for (auto const& [plot, site] : scene.vacant) {
    out.polygon(scene.ring[plot]);
    out.text("name", site.name).number("unused_share", site.unused_share);
  }
  return out;
}

LayerMaker make_idle(Scene const& scene) {
  LayerMaker out("idle_plots", "Onbenutte percelen (fictief)", "Plots in a business park without a building.",
                 ShapeType::polygon);
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    if (scene.plots[i].kind != Kind::works || scene.built[i]) continue;
    out.polygon(scene.ring[i]);
    out.text("capakey", scene.capakey[i]).text("ingebruik", "nietInGebruik");
  }
  return out;
}

}  // namespace

void add_parcel_based(Scene const& scene, std::vector<LayerMaker>& out) {
  out.push_back(make_buildings_layer(scene));
  out.push_back(make_dwellings(scene));
  out.push_back(make_soil(scene));
  out.push_back(make_vacant(scene));
  out.push_back(make_idle(scene));
}

}  // namespace terrein::demo
