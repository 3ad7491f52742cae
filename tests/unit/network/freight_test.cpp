#include "terrein/network/freight.hpp"

#include <cmath>
#include <vector>

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Random costs within a range, to be tried one by one.
double within(Figure const& figure, int step) { return figure.low + (figure.high - figure.low) * step / 4; }

}  // namespace

TEST_CASE("Break-even and chain costs of d09", "[oracle]") {
  auto const d09 = oracle("d09");
  if (d09.is_null()) return;
  auto const in = [&](char const* key) { return d09["input"][key].get<double>(); };
  BreakEven const costs{Figure(in("c_road_per_km")),  Figure(in("c_main_per_km")),  Figure(in("handling_per_terminal")),
                        Figure(in("drayage_per_km")), in("pre_km") + in("post_km"), Figure(in("main_detour_factor")),
                        Figure(in("fixed"))};
  double const expected = d09["expected"]["break_even_road_km"].get<double>();
  auto const found = break_even_km(costs);
  REQUIRE(found);
  CHECK(found->value == Approx(expected).margin(1e-9));
  CHECK(found->low == found->value);
  CHECK(found->high == found->value);

  // The same costs as a chain of legs and transfers, per load unit of one tonne.
  LegFactors const road{costs.road, {}, {}}, truck{costs.drayage, {}, {}}, barge{costs.main, {}, {}};
  TransferFactors const transfer{costs.transfer, {}, {}};
  for (auto const& [distance, key] : {std::pair{150.0, "costs_at_150km"}, {300.0, "costs_at_300km"}, {expected, ""}}) {
    std::vector<Leg> const by_road{{&road, distance, 0}};
    std::vector<Leg> const by_barge{
        {&truck, in("pre_km"), 0}, {&barge, distance * in("main_detour_factor"), 0}, {&truck, in("post_km"), 0}};
    double const road_euro = chain_totals(by_road, {}).euro.value;
    double const chain_euro = chain_totals(by_barge, std::vector{transfer, transfer}).euro.value;
    if (std::string(key).empty()) {
      CHECK(road_euro == Approx(d09["expected"]["cost_at_break_even"].get<double>()).margin(1e-9));
      CHECK(chain_euro == Approx(road_euro).margin(1e-9));
    } else {
      CHECK(road_euro == Approx(d09["expected"][key]["road"].get<double>()).margin(1e-9));
      CHECK(chain_euro == Approx(d09["expected"][key]["intermodal"].get<double>()).margin(1e-9));
    }
  }
  BreakEven never = costs;
  never.road = never.main * never.detour;
  CHECK_FALSE(break_even_km(never));
}

TEST_CASE("CO2e of a chain as d10 sums it", "[oracle]") {
  auto const d10 = oracle("d10");
  if (d10.is_null()) return;
  double const tonnes = d10["input"]["mass_t"].get<double>();
  std::vector<LegFactors> factors;
  for (auto const& leg : d10["input"]["legs"])
    factors.push_back({{}, {}, Figure(leg["intensity_g_per_tkm"].get<double>())});
  std::vector<Leg> legs;
  for (auto const& leg : d10["input"]["legs"]) legs.push_back({&factors[legs.size()], leg["km"].get<double>(), 0});
  std::vector<TransferFactors> hubs;
  for (auto const& hub : d10["input"]["hubs"]) hubs.push_back({{}, {}, Figure(hub["kg_per_t"].get<double>())});
  double const chain = tonnes * chain_totals(legs, hubs).kg.value;
  CHECK(chain == Approx(d10["expected"]["total_kg"].get<double>()).margin(1e-9));
  auto const& road = d10["input"]["road_only"];
  LegFactors const by_road{{}, {}, Figure(road["intensity_g_per_tkm"].get<double>())};
  std::vector<Leg> const straight{{&by_road, road["km"].get<double>(), 0}};
  double const road_kg = tonnes * chain_totals(straight, {}).kg.value;
  CHECK(road_kg == Approx(d10["expected"]["road_only_kg"].get<double>()).margin(1e-9));
  CHECK(100 * (road_kg - chain) / road_kg == Approx(d10["expected"]["saving_percent"].get<double>()).margin(1e-9));
  for (std::size_t i = 0; i < legs.size(); ++i) {
    double const kg = tonnes * chain_totals(std::span(legs).subspan(i, 1), {}).kg.value;
    CHECK(kg == Approx(d10["expected"]["kg_per_leg"][i].get<double>()).margin(1e-9));
  }
}

TEST_CASE("Hours count, on the way and at transfers") {
  LegFactors const truck{Figure(0.1), Figure(2, 1, 3), {}};
  std::vector<Leg> const legs{{&truck, 30, 0.5}};
  ChainTotals const totals = chain_totals(legs, std::vector<TransferFactors>{{Figure(3, 2, 5), Figure(6, 2, 24), {}}});
  CHECK(totals.km == 30);
  CHECK(totals.hours == Figure(6.5, 2.5, 24.5));
  CHECK(totals.euro.value == Approx(3 + 1 + 3).epsilon(1e-15));
  CHECK(totals.euro.low == Approx(3 + 0.5 + 2).epsilon(1e-15));
  CHECK(totals.euro.high == Approx(3 + 1.5 + 5).epsilon(1e-15));
  CHECK(chain_totals({}, {}).euro == Figure());
}

TEST_CASE("The range of a break-even holds that of every choice of costs, and is reached") {
  BreakEven const costs{Figure(1.3, 1.0, 1.6),  Figure(0.35, 0.2, 0.5), Figure(45, 30, 60), Figure(2.1, 1.8, 2.4), 35,
                        Figure(1.25, 1.1, 1.4), Figure(5, 0, 10)};
  Figure const found = *break_even_km(costs);
  double low = HUGE_VAL, high = 0;
  for (int i = 0; i < 5 * 5 * 5 * 5 * 5 * 5; ++i) {
    double const road = within(costs.road, i % 5), main = within(costs.main, i / 5 % 5),
                 transfer = within(costs.transfer, i / 25 % 5), drayage = within(costs.drayage, i / 125 % 5),
                 detour = within(costs.detour, i / 625 % 5), fixed = within(costs.fixed, i / 3125 % 5);
    double const km = (2 * transfer + drayage * 35 + fixed) / (road - main * detour);
    low = std::min(low, km);
    high = std::max(high, km);
  }
  CHECK(found.low == Approx(low).epsilon(1e-12));
  CHECK(found.high == Approx(high).epsilon(1e-12));
  BreakEven doubtful = costs;
  doubtful.road = Figure(1.3, 0.3, 1.6);
  CHECK(std::isinf(break_even_km(doubtful)->high));
  CHECK(std::isfinite(break_even_km(doubtful)->value));
}

TEST_CASE("A saving has the range of all pairs") { CHECK(Figure(5, 4, 7) - Figure(3, 1, 4) == Figure(2, 0, 6)); }

TEST_CASE("A truck costs a trip with its first kilometres in it, and more per kilometre beyond; all of them emit") {
  TruckFactors const truck{{10, 8, 12}, 25, {{0.5, 0.25, 0.75}, {2, 2, 2}, {100, 90, 120}}};
  ChainTotals const near_by = truck_totals(truck, 10, 0.25), far_off = truck_totals(truck, 35, 1);
  CHECK(near_by.euro == Figure(10.5, 8.5, 12.5));  // the trip, and a quarter of an hour at 2 euro
  CHECK(near_by.kg == Figure(1, 0.9, 1.2));
  CHECK(near_by.hours == Figure(0.25));
  CHECK(far_off.euro == Figure(17, 12.5, 21.5));  // 10 km beyond
  CHECK(far_off.km == 35);
  CHECK(far_off.kg.value == Approx(3.5).epsilon(1e-15));
}
