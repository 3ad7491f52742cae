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

LayerMaker make_buildings_layer(Scene const& scene, std::vector<Building> const& buildings) {
  LayerMaker out("buildings", "Gebouwen (fictief)", "Outlines of buildings.", ShapeType::polygon);
  for (Building const& building : buildings) {
    out.polygon(scene.warp.ring(building.ring));
    out.text("type", building.dwelling ? "hoofdgebouw" : "bijgebouw");
  }
  return out;
}

LayerMaker make_dwellings(Scene const& scene, std::vector<Building> const& buildings) {
  LayerMaker out("dwellings", "Woningen (fictief)", "One point per house.", ShapeType::point);
  for (Building const& building : buildings) {
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
    bool const good = scene.planted[i] == "factory_good";
    bool const poor = scene.planted[i] == "factory_poor";
    if (good) statement = 1;
    if (poor) statement = 2;
    if (!drawn && !good && !poor) continue;
    out.polygon(scene.ring[i]);
    out.text("kadaster_id", scene.capakey[i]).text("uitspraak", statements[statement]);
  }
  return out;
}

/// Vacant or hardly used works: the planted factories and a few plots elsewhere.
LayerMaker make_vacant(Scene const& scene, std::vector<bool> const& built) {
  LayerMaker out("vacant", "Leegstaande bedrijfsruimten (fictief)",
                 "Vacant and under-used business sites; unused_share is the share of the floor area not used.",
                 ShapeType::polygon);
  auto add = [&](std::size_t i, std::string_view name, double unused) {
    out.polygon(scene.ring[i]);
    out.text("name", name).number("unused_share", unused);
  };
  int number = 0;
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    if (scene.planted[i] == "factory_good")
      add(i, "Weverij De Spoel (fictief)", 0.95);
    else if (scene.planted[i] == "factory_poor")
      add(i, "Ververij Vlasmeers (fictief)", 0.95);
    else if (scene.plots[i].kind == Kind::works && built[i] && ++number % 9 == 4) {
      add(i, "Bedrijfspand (fictief)", number % 2 == 0 ? 0.6 : 0.35);
    }
  }
  return out;
}

LayerMaker make_idle(Scene const& scene, std::vector<bool> const& built) {
  LayerMaker out("idle_plots", "Onbenutte percelen (fictief)", "Plots in a business park without a building.",
                 ShapeType::polygon);
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    if (scene.plots[i].kind != Kind::works || built[i]) continue;
    out.polygon(scene.ring[i]);
    out.text("capakey", scene.capakey[i]).text("ingebruik", "nietInGebruik");
  }
  return out;
}

}  // namespace

void add_parcel_based(Scene const& scene, std::vector<Building> const& buildings, std::vector<LayerMaker>& out) {
  std::vector<bool> built(scene.plots.size(), false);
  for (Building const& building : buildings) built[building.plot] = true;
  out.push_back(make_buildings_layer(scene, buildings));
  out.push_back(make_dwellings(scene, buildings));
  out.push_back(make_soil(scene));
  out.push_back(make_vacant(scene, built));
  out.push_back(make_idle(scene, built));
}

}  // namespace terrein::demo
