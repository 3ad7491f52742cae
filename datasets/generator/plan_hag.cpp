#include "plan.hpp"

namespace terrein::demo {
namespace {

/// Blocks between streets, railway, motorway and brook. The zones that are no farmland are taken out of them.
std::vector<Paint> blocks_west() {
  return {{"Noordmeersen west (fictief)", {{-200, 4070}, {1470, 3980}, {1450, 4395}, {900, 4450}, {-200, 4395}}},
          {"Broek west (fictief)", {{-200, 2950}, {1000, 2990}, {1050, 3715}, {-200, 3810}}},
          {"Broek (fictief)", {{1600, 2970}, {2195, 2955}, {2262, 3305}, {2310, 3545}, {1650, 3640}}},
          {"Broek midden (fictief)", {{1000, 2990}, {1600, 2970}, {1635, 3350}, {1025, 3395}}},
          {"Meersen west (fictief)", {{-200, 2450}, {520, 2500}, {950, 2600}, {998, 2990}, {-200, 2950}}},
          {"Heirkouter (fictief)", {{-200, 1740}, {500, 1815}, {520, 2500}, {-200, 2450}}},
          {"Molenkouter west (fictief)", {{-200, 895}, {1005, 930}, {980, 1400}, {900, 1850}, {-200, 1740}}},
          {"Molenkouter (fictief)", {{1005, 930}, {1755, 945}, {1675, 1060}, {1880, 1498}, {980, 1400}}},
          {"Zuidwest (fictief)", {{195, 455}, {1030, 480}, {1005, 930}, {195, 905}}},
          {"Zuidkouter west (fictief)", {{1030, 480}, {1710, 450}, {1700, 500}, {1755, 945}, {1005, 930}}},
          {"Lindekouter (fictief)", {{1050, -200}, {2340, -200}, {2400, 430}, {1710, 450}, {1030, 480}}}};
}

std::vector<Paint> blocks_middle() {
  return {{"Noordkouter (fictief)", {{1900, 4350}, {3140, 4300}, {3260, 5250}, {1955, 5250}}},
          {"Sluiskouter (fictief)", {{3815, 3800}, {4962, 3740}, {5010, 4250}, {4100, 4250}, {3850, 4260}}},
          {"Spoorkouter (fictief)", {{3010, 2900}, {4000, 2850}, {4395, 2790}, {4410, 3370}, {3060, 3480}}},
          {"Kapelmeersen (fictief)",
           {{2245, 2430}, {2600, 2250}, {2700, 2420}, {2957, 2480}, {3008, 2900}, {2200, 2955}, {2250, 2450}}},
          {"Dorpsmeersen (fictief)", {{2150, 1970}, {2500, 2010}, {2580, 2010}, {2600, 2250}, {2240, 2420}}},
          {"Kasteelkouter (fictief)", {{3140, 4300}, {4100, 4250}, {4155, 5250}, {3260, 5250}}},
          {"Meersen oost (fictief)", {{1615, 1925}, {2150, 1970}, {2240, 2420}, {1612, 2500}}},
          {"Dorpskouter (fictief)", {{2382, 930}, {3010, 900}, {2950, 1500}, {2620, 1580}, {2400, 1500}}},
          {"Eikenkouter (fictief)", {{3010, 900}, {3850, 830}, {3800, 1350}, {3250, 1560}, {2950, 1500}}},
          {"Zuidkouter (fictief)", {{1710, 450}, {3025, 420}, {3010, 900}, {1755, 945}, {1700, 500}}},
          {"Zuidkouter midden (fictief)", {{3025, 420}, {3900, 380}, {3850, 830}, {3010, 900}}},
          {"Hoge Akkers (fictief)", {{2400, -200}, {4950, -200}, {4920, 400}, {3900, 380}, {2400, 430}}}};
}

std::vector<Paint> blocks_east() {
  return {{"Polderkouter (fictief)", {{4100, 4250}, {5010, 4250}, {5120, 5250}, {4155, 5250}}},
          {"Beukenkouter (fictief)", {{4350, 2300}, {4915, 2270}, {4950, 3330}, {4410, 3370}}},
          {"Oostkouter (fictief)", {{4915, 2270}, {5520, 2300}, {5500, 2650}, {5480, 3300}, {4950, 3330}}},
          {"Veldkouter (fictief)", {{5500, 2650}, {6300, 2545}, {6300, 3180}, {5480, 3300}}},
          {"Oostmeers (fictief)", {{5500, 1820}, {6300, 1775}, {6300, 2235}, {5520, 2300}}},
          {"Akkerkouter (fictief)", {{5585, 370}, {6300, 350}, {6300, 1775}, {5560, 1810}, {5560, 720}}},
          {"Kouter zuid (fictief)", {{3795, 1108}, {4223, 1088}, {4223, 1344}, {3790, 1334}}}};
}

}  // namespace

std::vector<Paint> plan_hag() {
  std::vector<Paint> out;
  for (auto const& blocks : {blocks_west(), blocks_middle(), blocks_east()}) {
    out.insert(out.end(), blocks.begin(), blocks.end());
  }
  for (Paint zone : plan_zoning()) {
    bool const farmland = zone.label.find("agrarische gebieden") != std::string::npos;
    if (!farmland) out.push_back({"", std::move(zone.ring)});
  }
  return out;
}

}  // namespace terrein::demo
