#include <map>

#include "scene.hpp"

namespace terrein::demo {
namespace {

using Emit = void (*)(LayerMaker&, std::string const&);

/// Paints over each other become polygons side by side that share every vertex. Land under no paint is left out, and so
/// are scraps below `smallest` square metres.
void paint(Scene const& scene, std::vector<Paint> const& paints, LayerMaker& out, Emit attributes,
           double smallest = 0) {
  std::vector<Chain> chains;
  for (Paint const& one : paints) {
    Line line = one.ring;
    line.push_back(line.front());
    chains.push_back({Way::border, "", std::move(line)});
  }
  Arrangement const graph = arrange(std::move(chains), 0);
  for (auto const& face : graph.faces) {
    Ring const shell = graph.ring(face.nodes);
    std::vector<Ring> holes;
    for (auto const& hole : face.holes) holes.push_back(graph.ring(hole));
    Vec const p = point_inside(shell, holes);
    std::string label;
    for (Paint const& one : paints) {
      if (inside(one.ring, p)) label = one.label;
    }
    if (label.empty() || area(shell) < smallest) continue;
    for (Ring& hole : holes) hole = scene.warp.ring(hole);
    out.polygon(scene.warp.ring(shell), holes);
    attributes(out, label);
  }
}

void plain(Scene const& scene, std::vector<Paint> const& paints, LayerMaker& out, Emit attributes) {
  for (Paint const& one : paints) {
    out.polygon(scene.warp.ring(one.ring));
    attributes(out, one.label);
  }
}

/// Main code of the zone, as older zoning files carry it.
std::string main_code(std::string const& svnaam) {
  static std::map<std::string, std::string> const codes{
      {"agrarische gebieden", "0900"},
      {"landschappelijk waardevolle agrarische gebieden", "0901"},
      {"bosgebieden", "0800"},
      {"natuurgebieden", "0701"},
      {"gebieden voor dagrecreatie", "0401"},
      {"ontginningsgebieden", "1200"},
      {"woongebieden", "0100"},
      {"woongebieden met landelijk karakter", "0102"},
      {"woonuitbreidingsgebieden", "0105"},
      {"parkgebieden", "0500"},
      {"gebieden voor gemeenschapsvoorzieningen en openbare nutsvoorzieningen", "0200"},
      {"industriegebieden", "1000"},
      {"milieubelastende industrieën", "1002"},
      {"bufferzones", "0600"},
      {"bestaande autosnelwegen", "1500"},
      {"bestaande waterwegen", "1504"},
      {"spoorweggebieden", "1500"},
      {"ambachtelijke bedrijven en kmo's", "1100"},
  };
  auto const it = codes.find(svnaam);
  return it == codes.end() ? "1000" : it->second;
}

LayerMaker layer(char const* name, char const* title, char const* description) {
  return LayerMaker(name, title, description, ShapeType::polygon);
}

}  // namespace

void add_painted(Scene const& scene, std::vector<LayerMaker>& out) {
  paint(scene, plan_zoning(), out.emplace_back(layer("zoning", "Bestemmingen (fictief)", "Zones that cover all land.")),
        [](LayerMaker& to, std::string const& label) { to.text("svnaam", label).text("hc", main_code(label)); });
  paint(scene, plan_flood(),
        out.emplace_back(layer("flood", "Overstroming (fictief)", "Classes B, C and D; no row is class A.")),
        [](LayerMaker& to, std::string const& label) { to.text("klasse", label); });
  paint(scene, plan_drinking_water(),
        out.emplace_back(layer("drinking_water", "Drinkwaterzones (fictief)", "Protection zones.")),
        [](LayerMaker& to, std::string const& label) { to.text("zone", label); });
  auto const named = [](LayerMaker& to, std::string const& label) { to.text("name", label); };
  auto const classed = [](LayerMaker& to, std::string const& label) { to.text("class", label); };
  plain(scene, plan_worg(), out.emplace_back(layer("worg", "Watergevoelig openruimtegebied (fictief)", "WORG.")),
        named);
  plain(scene, plan_nature(), out.emplace_back(layer("nature", "Natuur (fictief)", "SBZ-H, VEN, IVON, reserves.")),
        classed);
  paint(scene, plan_hag(), out.emplace_back(layer("hag", "Herbevestigd agrarisch gebied (fictief)", "HAG.")), named,
        5000);
  plain(scene, plan_forest(), out.emplace_back(layer("forest", "Bos (fictief)", "Woods.")), named);
  plain(scene, plan_heritage(), out.emplace_back(layer("heritage", "Erfgoed (fictief)", "Protected heritage.")),
        classed);
  plain(scene, plan_seveso(), out.emplace_back(layer("seveso", "Seveso (fictief)", "Consultation zones.")), named);
  plain(scene, plan_business_zones(),
        out.emplace_back(layer("business_zones", "Bedrijventerreinen (fictief)", "Outlines of existing parks.")),
        named);
}

}  // namespace terrein::demo
