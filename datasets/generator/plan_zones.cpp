#include "plan.hpp"

namespace terrein::demo {
namespace {

void add_green(std::vector<Paint>& out) {
  out.push_back({"landschappelijk waardevolle agrarische gebieden",
                 {{-1500, 3000}, {560, 2985}, {1600, 2980}, {1650, 3640}, {600, 3760}, {-1500, 3850}}});
  out.push_back({"bosgebieden", {{120, 4405}, {895, 4450}, {890, 5200}, {-300, 5150}}});
  out.push_back({"bosgebieden", {{5520, 2300}, {6300, 2240}, {6280, 2540}, {5500, 2645}}});
  out.push_back({"natuurgebieden", strip({{1900, 1540}, {2150, 1970}, {2250, 2450}, {2200, 2960}, {2300, 3500}}, 60)});
  out.push_back({"gebieden voor dagrecreatie", {{2330, 2660}, {2610, 2645}, {2600, 2900}, {2330, 2920}}});
  out.push_back({"ontginningsgebieden", {{5600, 2750}, {5900, 2710}, {5890, 3080}, {5620, 3110}}});
  out.push_back({"gebieden voor wachtbekken", {{2345, 3330}, {2420, 3325}, {2425, 3395}, {2350, 3400}}});
}

void add_housing(std::vector<Paint>& out) {
  std::string const rural = "woongebieden met landelijk karakter";
  out.push_back({rural, strip({{-1500, 1690}, {900, 1850}, {1900, 1950}, {2500, 2010}}, 60)});
  out.push_back({rural, strip({{3760, 1907}, {4300, 1880}, {4900, 1860}, {5700, 1815}}, 60)});
  out.push_back({rural, strip({{2960, 2500}, {3010, 2880}}, 60)});
  out.push_back({rural, strip({{3095, 3900}, {3150, 4400}, {3210, 4800}}, 60)});
  out.push_back({rural, strip({{4910, 2100}, {4930, 2690}}, 60)});
  out.push_back({"woongebieden",
                 {{2950, 1480},
                  {3265, 1540},
                  {3360, 1745},
                  {3350, 1930},
                  {3785, 1880},
                  {3770, 2115},
                  {3612, 2120},
                  {3605, 2262},
                  {3440, 2262},
                  {3340, 2215},
                  {3210, 2420},
                  {2960, 2505},
                  {2685, 2440},
                  {2580, 2260},
                  {2558, 2010},
                  {2538, 1800},
                  {2605, 1562}}});
  out.push_back({"woonuitbreidingsgebieden", {{3265, 1540}, {3780, 1500}, {3785, 1880}, {3350, 1930}, {3360, 1745}}});
  out.push_back({"gebieden voor gemeenschapsvoorzieningen en openbare nutsvoorzieningen",
                 {{2780, 2005}, {2895, 2003}, {2905, 2118}, {2765, 2124}}});
  out.push_back({"parkgebieden", {{2590, 2140}, {2745, 2136}, {2750, 2270}, {2605, 2250}}});
}

void add_business(std::vector<Paint>& out) {
  out.push_back(
      {"industriegebieden", {{4220, 800}, {4895, 760}, {4892, 1286}, {5411, 1291}, {5416, 1560}, {4220, 1560}}});
  out.push_back({"bufferzones", {{4220, 1560}, {4893, 1560}, {4895, 1625}, {4220, 1620}}});
  out.push_back(
      {"regionaal bedrijventerrein met openbaar karakter", {{4895, 760}, {5406, 735}, {5411, 1291}, {4892, 1286}}});
  out.push_back({"ambachtelijke bedrijven en kmo's", {{3085, 2640}, {3340, 2650}, {3345, 2870}, {3100, 2880}}});
  out.push_back({"milieubelastende industrieën", {{3060, 3478}, {3700, 3424}, {3722, 3756}, {3075, 3808}}});
  out.push_back({"gebied voor watergebonden bedrijven",
                 {{3700, 3424}, {4000, 3400}, {4950, 3330}, {4960, 3718}, {4900, 3720}, {3722, 3756}}});
  out.push_back({"gebied voor watergebonden bedrijven", {{1898, 3602}, {2112, 3572}, {2130, 3898}, {1912, 3922}}});
}

void add_corridors(std::vector<Paint>& out) {
  auto within = [](Line line, double west, double east) {
    line.front() = {west, line[0].y + (line[1].y - line[0].y) * (west - line[0].x) / (line[1].x - line[0].x)};
    Vec const a = line[line.size() - 2];
    Vec const b = line.back();
    line.back() = {east, a.y + (b.y - a.y) * (east - a.x) / (b.x - a.x)};
    return line;
  };
  out.push_back({"spoorweggebieden", strip(within(rail_axis(), -1500, 7500), 9)});
  out.push_back({"bestaande waterwegen", strip(within(canal_axis(), -1500, 7500), 34)});
  out.push_back({"bestaande autosnelwegen", strip(within(motorway_axis(), -1500, 7500), 26)});
}

}  // namespace

std::vector<Paint> plan_zoning() {
  std::vector<Paint> out{{"agrarische gebieden", {{-1500, -1500}, {7500, -1500}, {7500, 6500}, {-1500, 6500}}}};
  add_green(out);
  add_housing(out);
  add_business(out);
  add_corridors(out);
  return out;
}

}  // namespace terrein::demo
