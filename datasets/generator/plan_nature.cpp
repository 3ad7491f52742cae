#include <algorithm>

#include "plan.hpp"
#include "random.hpp"

namespace terrein::demo {
namespace {

/// A strip whose width wanders between two values.
Ring band(Line const& line, double narrow, double wide, std::uint64_t stream) {
  Random random(stream);
  Line dense;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) densify(line[i], line[i + 1], 70, dense);
  dense.push_back(line.back());
  Ring right;
  Ring left;
  for (std::size_t i = 0; i < dense.size(); ++i) {
    Vec const along = unit(dense[std::min(i + 1, dense.size() - 1)] - dense[i == 0 ? 0 : i - 1]);
    right.push_back(dense[i] - left_of(along) * random.between(narrow, wide));
    left.push_back(dense[i] + left_of(along) * random.between(narrow, wide));
  }
  right.insert(right.end(), left.rbegin(), left.rend());
  return right;
}

Ring spot(Vec middle, double radius, std::uint64_t stream) {
  Random random(stream);
  Ring ring = circle(middle, radius, 4);
  for (Vec& v : ring) v = middle + (v - middle) * random.between(0.6, 1.25);
  return ring;
}

}  // namespace

std::vector<Paint> plan_flood() {
  std::vector<Paint> out;
  Line const valley{{1700, 500},  {1760, 1000}, {1900, 1500}, {2150, 1970},
                    {2250, 2450}, {2200, 2960}, {2300, 3500}, {2400, 3790}};
  out.push_back({"fluviaal B", band(valley, 150, 230, 201)});
  out.push_back({"fluviaal C", band(valley, 85, 150, 202)});
  out.push_back({"fluviaal D", band(valley, 20, 60, 203)});
  out.push_back({"fluviaal D", {{1665, 1005}, {1800, 940}, {2130, 925}, {2145, 1540}, {1890, 1540}, {1740, 1100}}});
  Line const polder{{0, 4180}, {500, 4230}, {1000, 4260}, {1420, 4180}};
  out.push_back({"fluviaal B", band(polder, 90, 140, 206)});
  out.push_back({"fluviaal C", band(polder, 50, 90, 207)});
  out.push_back({"pluviaal D", spot({4790, 1375}, 55, 205)});  // water that stays in the north of the park
  std::vector<Planted> const planted = plan_planted();
  Random random(204);
  for (int i = 0; i < 60; ++i) {
    static constexpr char const* classes[] = {"pluviaal B", "pluviaal C", "pluviaal D"};
    Vec const middle{random.between(100, 5800), random.between(150, 4700)};
    double const drawn = random.between(15, 75);
    bool const lonely =
        std::none_of(planted.begin(), planted.end(), [&](Planted const& one) { return length(one.at - middle) < 500; });
    double const radius = drawn * (lonely ? 1.6 : 1);
    bool const dry = middle.x > 3700 && middle.y < 1700;  // the planted fields near the park stay dry
    if (!dry) out.push_back({classes[random.below(3)], spot(middle, radius, 300 + static_cast<std::uint64_t>(i))});
  }
  return out;
}

std::vector<Paint> plan_worg() {
  return {{"Meersen Molenbeek (fictief)", {{1660, 2515}, {2215, 2445}, {2248, 2455}, {2215, 2955}, {1640, 2950}}}};
}

std::vector<Paint> plan_nature() {
  return {{"SBZ-H", {{40, 4405}, {893, 4450}, {888, 5200}, {40, 5150}}},
          {"VEN", strip({{1730, 60}, {1690, 300}, {1700, 500}, {1745, 890}}, 60)},
          {"VEN", strip({{1925, 1590}, {2150, 1990}, {2250, 2450}, {2200, 2960}, {2300, 3480}, {2380, 3800}}, 120)},
          {"VEN", {{3400, 4380}, {3700, 4330}, {3730, 4660}, {3420, 4700}}},
          {"VEN", {{5480, 3920}, {5940, 3850}, {5950, 4030}, {5500, 4070}}},
          {"IVON", {{2335, 2962}, {2560, 2950}, {2580, 3230}, {2395, 3250}}},
          {"erkend reservaat", {{5560, 2320}, {5860, 2300}, {5850, 2560}, {5550, 2610}}}};
}

std::vector<Paint> plan_forest() {
  return {{"Noordbos", {{205, 4450}, {870, 4480}, {860, 4900}, {205, 4880}}},
          {"Oostbos", {{5560, 2320}, {5890, 2300}, {5870, 2570}, {5550, 2620}}},
          {"populieren", {{2610, 3230}, {2720, 3235}, {2715, 3330}, {2600, 3320}}},
          {"hakhout", {{4420, 2440}, {4560, 2430}, {4570, 2530}, {4430, 2545}}},
          {"dreef", strip({{3200, 560}, {3480, 600}}, 18)}};
}

std::vector<Paint> plan_heritage() {
  return {{"monument", circle({2840, 2062}, 24)},
          {"landschap", {{3175, 4330}, {3720, 4290}, {3740, 4700}, {3220, 4730}}},
          {"archeologische site", circle({700, 2050}, 55)}};
}

std::vector<Paint> plan_drinking_water() {
  Vec const well{1420, 4700};
  return {{"beschermingszone III", circle(well, 500, 10)},
          {"beschermingszone II", circle(well, 180)},
          {"beschermingszone I", circle(well, 50)}};
}

std::vector<Paint> plan_seveso() { return {{"consultatiezone", circle({4330, 960}, 300, 8)}}; }

std::vector<Paint> plan_business_zones() {
  return {
      {"Bedrijventerrein Zuid (fictief)",
       {{4220, 803}, {4540, 785}, {4740, 830}, {4890, 900}, {4889, 1289}, {5409, 1294}, {5414, 1559}, {4220, 1559}}},
      {"Kanaalzone (fictief)",
       {{3068, 3486}, {3700, 3432}, {4000, 3407}, {4945, 3337}, {4955, 3688}, {3700, 3728}, {3080, 3775}}}};
}

}  // namespace terrein::demo
