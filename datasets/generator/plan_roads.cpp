#include "plan.hpp"

namespace terrein::demo {
namespace {

void add_main_roads(std::vector<Chain>& out) {
  auto road = [&](Way way, std::string name, Line line) { out.push_back({way, std::move(name), std::move(line)}); };
  road(Way::main_road, "Stationssteenweg",
       {{3060, -120},
        {3020, 700},
        {2960, 1400},
        {2900, 2000},
        {2960, 2500},
        {3010, 2900},
        {3080, 3800},
        {3150, 4400},
        {3250, 5150}});
  road(Way::main_road, "Heirweg",
       {{-150, 1750},
        {900, 1850},
        {1900, 1950},
        {2500, 2010},
        {2900, 2000},
        {3500, 1930},
        {4300, 1880},
        {4900, 1860},
        {6200, 1780}});
  road(Way::main_road, "Oostlaan",
       {{4950, -120},
        {4920, 400},
        {4905, 750},
        {4890, 1250},
        {4900, 1860},
        {4930, 2700},
        {4960, 3720},
        {5020, 4300},
        {5100, 5150}});
  road(Way::local_road, "Westdreef",
       {{1050, -120}, {1030, 500}, {1000, 950}, {980, 1400}, {900, 1850}, {950, 2600}, {1000, 3000}, {1050, 3715}});
  road(Way::local_road, "Kanaalstraat",
       {{-120, 3800},
        {1050, 3715},
        {1650, 3640},
        {2310, 3545},
        {3060, 3480},
        {4000, 3400},
        {4950, 3330},
        {5480, 3300},
        {6200, 3190}});
}

void add_rural_roads(std::vector<Chain>& out) {
  auto road = [&](Way way, std::string name, Line line) { out.push_back({way, std::move(name), std::move(line)}); };
  road(Way::local_road, "Molenweg", {{-120, 1350}, {980, 1400}, {1900, 1500}, {2400, 1500}, {2620, 1580}});
  road(Way::track, "Ossenweg", {{500, 1815}, {520, 2500}, {560, 2975}, {600, 3430}, {620, 3750}});
  road(Way::local_road, "Meersstraat",
       {{-120, 2450}, {520, 2500}, {950, 2600}, {1600, 2500}, {2240, 2420}, {2600, 2250}});
  road(Way::local_road, "Spoorweglaan", {{1600, 1920}, {1620, 2500}, {1600, 2970}, {1650, 3640}});
  road(Way::track, "Broekweg", {{-120, 3450}, {600, 3430}, {1640, 3350}, {2290, 3300}, {3040, 3200}});
  road(Way::local_road, "Zuidstraat",
       {{-120, 450}, {1030, 480}, {1710, 450}, {2400, 430}, {3025, 420}, {3900, 380}, {4920, 400}, {6200, 350}});
  road(Way::track, "Hoekweg", {{380, 460}, {420, 905}, {450, 1375}});
  road(Way::track, "Kouterweg", {{2350, -120}, {2400, 430}, {2380, 930}, {2400, 1500}});
  road(Way::local_road, "Eikenlaan", {{3900, -120}, {3900, 380}, {3850, 830}, {3800, 1350}, {3790, 1910}});
  road(Way::local_road, "Akkerstraat", {{5600, -120}, {5580, 370}, {5560, 720}, {5560, 1810}});
  road(Way::track, "Leegstraat", {{5560, 1310}, {6200, 1250}});
  road(Way::local_road, "Beukenlaan", {{4300, 1880}, {4350, 2300}, {4400, 2790}, {4410, 3370}});
  road(Way::track, "Veldweg", {{5500, 1820}, {5520, 2300}, {5500, 2650}, {5480, 3300}});
  road(Way::local_road, "Oostmeers", {{3590, 2240}, {4350, 2300}, {4915, 2270}, {5520, 2300}, {6200, 2240}});
  road(Way::track, "Pijlstraat", {{3600, 2870}, {3580, 2500}, {3600, 2240}});
  road(Way::local_road, "Noordstraat",
       {{-120, 4400}, {900, 4450}, {1900, 4350}, {3140, 4300}, {4100, 4250}, {5010, 4250}, {6200, 4080}});
  road(Way::track, "Bosweg", {{900, 4450}, {880, 5150}});
  road(Way::local_road, "Groenstraat", {{1900, 4350}, {1950, 5150}});
  road(Way::track, "Heiweg", {{2500, 4325}, {2550, 5150}});
  road(Way::local_road, "Polderstraat", {{4100, 4250}, {4150, 5150}});
  road(Way::track, "Jaagpad", {{1450, 4395}, {1470, 4050}, {1480, 3975}});
  road(Way::track, "Sluisweg", {{3800, 3760}, {3830, 4010}, {3850, 4260}});
  road(Way::track, "Lindeweg", {{1640, 0}, {1710, 450}});
  road(Way::track, "Kapelweg", {{2240, 2640}, {2620, 2640}, {2970, 2570}});
  road(Way::local_road, "Nieuwdreef", {{1540, 1460}, {1550, 1925}});
}

void add_streets(std::vector<Chain>& out) {
  auto street = [&](std::string name, Line line) { out.push_back({Way::street, std::move(name), std::move(line)}); };
  street("Westring",
         {{2950, 1500}, {2620, 1580}, {2560, 1800}, {2580, 2010}, {2600, 2250}, {2700, 2420}, {2957.6, 2480}});
  street("Oostring",
         {{2950, 1500}, {3250, 1560}, {3340, 1750}, {3330, 1950}, {3320, 2200}, {3200, 2400}, {2957.6, 2480}});
  street("Kerkstraat", {{2590, 2130}, {2915, 2120}});
  street("Schoolstraat", {{2600, 2255}, {2760, 2280}, {2935, 2270}});
  street("Pastorijstraat", {{2760, 2005}, {2755, 2130}, {2765, 2440}});
  street("Zwaluwstraat", {{2565, 1850}, {2913, 1850}});
  street("Merelstraat", {{2590, 1700}, {2740, 1690}, {2928, 1700}});
  street("Vinkenstraat", {{2755, 1545}, {2740, 1690}, {2745, 2005}});
  street("Nieuwstraat", {{2918, 2130}, {3120, 2110}, {3322, 2110}});
  street("Lindestraat", {{2935, 2270}, {3290, 2255}});
  street("Markt", {{3100, 1980}, {3120, 2110}, {3110, 2430}});
  street("Populierenlaan", {{2915, 1850}, {3120, 1830}, {3335, 1830}});
  street("Wilgenlaan", {{2930, 1690}, {3310, 1690}});
  street("Berkenlaan", {{3110, 1530}, {3120, 1690}, {3120, 1830}, {3105, 1985}});
  street("Korenbloemstraat", {{3325, 2110}, {3750, 2090}, {3760, 1910}});
  street("Klaproosstraat", {{3320, 2200}, {3450, 2240}, {3600, 2240}, {3590, 2095}});
  street("Margrietstraat", {{3450, 2240}, {3460, 2105}});
  street("Nijverheidslaan", {{4892, 1110}, {4560, 1100}, {4290, 1090}, {3820, 1110}});
  street("Ambachtenlaan", {{4290, 1090}, {4275, 1330}, {4560, 1345}, {4890, 1335}});
  street("Havenweg", {{3990, 3400}, {4010, 3575}, {4040, 3760}});
  street("Fabrieksstraat", {{3285, 3465}, {3300, 3620}, {3310, 3790}});
}

/// Boundaries that follow no road: those of the planted parcels.
void add_boundaries(std::vector<Chain>& out) {
  auto boundary = [&](Line line) { out.push_back({Way::border, "", std::move(line)}); };
  boundary(plan_municipal_border());
  boundary({{4220, 800}, {4220, 1092}});                 // west side of the park
  boundary({{4220, 1092}, {4220, 1560}, {4893, 1560}});  // and its north side
  boundary({{3806, 1330}, {4220, 1340}});                // field in HAG
  boundary({{5405, 735}, {5410, 1290}});                 // new park
  boundary({{4891, 1285}, {5410, 1290}});
  boundary({{5410, 1290}, {5415, 1560}, {4893, 1560}});  // second phase of the park
  boundary({{3490, 3445}, {3510, 3780}});                // old factories
  boundary({{3690, 3425}, {3710, 3765}});
  boundary({{4155, 3390}, {4175, 3747}});  // plots at the quay
  boundary({{4345, 3375}, {4365, 3742}});
  boundary({{4560, 3362}, {4580, 3735}});
  boundary({{1900, 3604}, {1910, 3930}});  // the same plot, far from the quay
  boundary({{2110, 3574}, {2125, 3905}});
  boundary({{180, 450}, {190, 900}});      // the same plot, far from everything
  boundary({{1680, 1060}, {1900, 1050}});  // wet field
  boundary({{2100, 975}, {2110, 1500}});
}

}  // namespace

Ring plan_outline() {
  return {{60, 120},    {1500, 0},    {3050, 60},   {4700, -20},  {5950, 150}, {6050, 1700}, {5900, 3000}, {6000, 4200},
          {5800, 4950}, {4300, 5050}, {2800, 4930}, {1200, 5040}, {100, 4900}, {-40, 3300},  {30, 1900}};
}

Line plan_municipal_border() { return {{4760, 5020}, {4800, 4620}, {5350, 4400}, {5990, 4300}}; }

Line motorway_axis() {
  return {{-2000, 870}, {0, 900},    {1015, 930}, {2000, 950}, {3000, 900},
          {4000, 820},  {4905, 750}, {6000, 700}, {8000, 650}};
}
Line canal_axis() {
  return {{-3000, 4180}, {-60, 4050},  {1200, 4000}, {2500, 3860},
          {3700, 3760},  {4900, 3720}, {6100, 3560}, {9000, 3300}};
}
Line brook_axis() {
  return {{1760, -300}, {1700, 500},  {1760, 1000}, {1900, 1500}, {2150, 1970},
          {2250, 2450}, {2200, 2960}, {2300, 3500}, {2420, 3870}};
}
Line rail_axis() {
  return {{-3000, 2800}, {-100, 2950}, {1000, 2990}, {2000, 2960}, {3010, 2900},
          {4000, 2850},  {4930, 2700}, {6150, 2560}, {9000, 2300}};
}
Line siding_axis() {
  return {{3700, 2866}, {3860, 2900}, {3985, 3000}, {4060, 3150}, {4110, 3300}, {4140, 3400}, {4152, 3600}};
}

std::vector<Ramp> plan_ramps() {
  Vec const west_north{995, 1042};
  Vec const west_south{1006, 818};
  Vec const east_north{4900, 883};
  Vec const east_south{4908, 642};
  return {{{{650, 919}, {860, 965}, {950, 1010}, west_north}, false, false},
          {{{650, 919}, {860, 885}, {960, 845}, west_south}, true, true},
          {{{1370, 937}, {1160, 975}, {1050, 1015}, west_north}, false, true},
          {{{1370, 937}, {1160, 895}, {1060, 850}, west_south}, true, false},
          {{{4540, 778}, {4740, 815}, {4840, 855}, east_north}, false, false},
          {{{4540, 778}, {4740, 735}, {4850, 680}, east_south}, true, true},
          {{{5270, 733}, {5070, 790}, {4960, 845}, east_north}, false, true},
          {{{5270, 733}, {5070, 695}, {4965, 655}, east_south}, true, false}};
}

std::vector<Chain> plan_chains() {
  std::vector<Chain> out;
  Line outline = plan_outline();
  outline.push_back(outline.front());
  out.push_back({Way::border, "", outline});
  out.push_back({Way::motorway, "E99", motorway_axis()});
  out.push_back({Way::canal, "Kanaal Kanaalveld", canal_axis()});
  out.push_back({Way::rail, "Lijn 999", rail_axis()});
  out.push_back({Way::brook, "Molenbeek", brook_axis()});
  add_main_roads(out);
  add_rural_roads(out);
  add_streets(out);
  for (Ramp const& ramp : plan_ramps()) out.push_back({Way::ramp, "", ramp.line});
  add_boundaries(out);
  return out;
}

}  // namespace terrein::demo
