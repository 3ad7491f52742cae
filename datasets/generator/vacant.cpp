#include "scene.hpp"

namespace terrein::demo {
namespace {

using Facts = VacantSite;

/// What an agency would know of its sites. `soil` is the number of the statement.
constexpr Facts planted_good{"Weverij De Spoel (fictief)", 0.95, "public_or_selling", 10, 2, 1};
constexpr Facts planted_poor{"Ververij Vlasmeers (fictief)", 0.95, "refuses", -90, 12, 2};
constexpr Facts others[] = {
    {"Drukkerij Letterhof (fictief)", 0.8, "covenant_running", -20, 1, 1},
    {"Meubelfabriek De Schaaf (fictief)", 0.7, "unknown", -60, 3, 4},
    {"Houtzagerij Kanaalzicht (fictief)", 0.6, "public_or_selling", 5, 2, 0},
    {"Galvano Oost (fictief)", 1.0, "refuses", -110, 6, 2},
    {"Brouwerij De Sluis (fictief)", 0.9, "covenant_running", -40, 4, 1},
    {"Schrootwerf Sas (fictief)", 0.35, "unknown", -160, 5, 2},
    {"Koelhuis Noord (fictief)", 0.45, "public_or_selling", -10, 1, 3},
    {"Betoncentrale Kade (fictief)", 0.6, "unknown", -35, 2, 0},
};

}  // namespace

std::map<std::size_t, VacantSite> vacant_sites(Scene const& scene) {
  std::map<std::size_t, VacantSite> out;
  std::size_t number = 0;
  std::size_t known = 0;
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    if (scene.planted[i] == "factory_good") {
      out[i] = planted_good;
    } else if (scene.planted[i] == "factory_poor") {
      out[i] = planted_poor;
    } else if (scene.plots[i].kind == Kind::works && scene.built[i] && ++number % 9 == 4) {
      double const unused = number % 2 == 0 ? 0.6 : 0.35;
      bool const told = known < std::size(others);
      out[i] = told ? others[known++] : VacantSite{"Bedrijfspand (fictief)", unused, {}, {}, {}, {}};
    }
  }
  return out;
}

}  // namespace terrein::demo
