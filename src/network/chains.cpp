#include "terrein/network/chains.hpp"

#include <algorithm>

namespace terrein {
namespace {

constexpr std::size_t number(Best best) { return static_cast<std::size_t>(best); }

ChainTotals by_truck(TruckFactors const& factors, Way const& way) {
  return truck_totals(factors, way.metres / 1000, way.seconds / 3600);
}

LegFactors const& factors_of(MainLeg const& leg, Mode mode, FreightFactors const& factors) {
  ModeFactors const& all = factors.of(mode);
  if (mode == Mode::barge) return all.of_vessel(leg.vessel);
  return leg.electrified == Electrified::yes ? all.electric : all.leg;
}

/// One end of the range of a figure, or its value.
enum class End { low, value, high };
double at(Figure const& figure, End end) {
  return end == End::low ? figure.low : end == End::high ? figure.high : figure.value;
}

/// A break-even with every factor at one of its ends: `road` for what makes the road dear, `main` for what makes the
/// chain dear, `trip` for the price of a trip.
std::optional<Figure> break_even_at(Chain const& chain, Chain const& road, FreightFactors const& factors, End main,
                                    End dear_road, End trip) {
  Mode const mode = mode_of(chain.kind);
  Onward const& onward = *chain.onward;
  TruckFactors const& truck = factors.truck;
  double const rate = at(truck.leg.euro_per_tkm, dear_road), per_hour = at(truck.leg.euro_per_th, dear_road);
  double const per_trip = at(truck.euro_per_trip_t, trip);
  auto const truck_euro = [&](Way const& way) {
    double const km = way.metres / 1000;
    return per_trip + std::max(0.0, km - truck.km_in_trip) * rate + way.seconds / 3600 * per_hour;
  };
  double const transfer = at(factors.of(mode).transfer.euro_per_t, main);
  double fixed = truck.km_in_trip * rate - per_trip;
  if (!is_direct(chain.kind)) fixed += truck_euro(chain.truck) + transfer;
  if (onward.to != no_row) fixed += truck_euro(onward.post) + transfer;
  LegFactors const& leg = factors_of(onward.main, mode, factors);
  double const main_euro = at(leg.euro_per_tkm, main) * onward.main.km + at(leg.euro_per_th, main) * onward.main.hours;
  double const road_km = road.truck.metres / 1000, road_hours = road.truck.seconds / 3600;
  BreakEven costs;
  costs.road = Figure(rate + per_hour * road_hours / road_km);
  costs.main = Figure(main_euro / road_km);
  costs.fixed = Figure(fixed);
  auto out = break_even_km(costs);
  // Within the kilometres of a trip the road costs no more the farther it goes: what is cheaper at their end always is.
  if (out && out->value < truck.km_in_trip) out = Figure(0);
  return out;
}

}  // namespace

double value_of(ChainTotals const& totals, Best best) {
  switch (best) {
    case Best::cheapest:
      return totals.euro.value;
    case Best::fastest:
      return totals.hours.value;
    case Best::cleanest:
      return totals.kg.value;
  }
  return unreachable;
}

std::string_view to_string(ChainKind kind) {
  switch (kind) {
    case ChainKind::road:
      return "road";
    case ChainKind::barge:
      return "barge";
    case ChainKind::rail:
      return "rail";
    case ChainKind::own_quay:
      return "own_quay";
    case ChainKind::own_siding:
      return "own_siding";
  }
  return {};
}

std::optional<ChainKind> chain_kind(std::string_view text) {
  for (ChainKind const kind : all_chain_kinds)
    if (to_string(kind) == text) return kind;
  return std::nullopt;
}

Mode mode_of(ChainKind kind) {
  if (kind == ChainKind::road) return Mode::road;
  return kind == ChainKind::barge || kind == ChainKind::own_quay ? Mode::barge : Mode::rail;
}

bool is_direct(ChainKind kind) { return kind == ChainKind::own_quay || kind == ChainKind::own_siding; }

OnwardTable::OnwardTable(std::size_t origins, std::size_t destinations)
    : origins_(origins), destinations_(destinations) {
  for (auto& values : value_) values.assign(origins * destinations, unreachable);
  for (auto& onward : onward_) onward.resize(origins * destinations);
}

void OnwardTable::offer(std::size_t origin, std::size_t destination, Onward const& onward) {
  std::size_t const place = origin * destinations_ + destination;
  for (Best const best : all_bests) {
    double const value = value_of(onward.totals, best);
    if (!(value < value_[number(best)][place])) continue;
    value_[number(best)][place] = value;
    onward_[number(best)][place] = onward;
  }
}

void search_legs(MainSearch& search) {
  std::vector<std::uint32_t> ends = search.destination_places;
  ends.insert(ends.end(), search.terminal_places.begin(), search.terminal_places.end());
  search.legs_of_terminals = search.network->legs(search.terminal_places, ends);
  search.legs_of_own_places = search.network->legs(search.own_places, ends);
}

void fill_onward(MainMode& mode, MainSearch const& search, std::span<Way const> post, std::size_t destinations,
                 FreightFactors const& factors) {
  ChainTotals const transfer = transfer_totals(factors.of(mode.mode).transfer);
  std::size_t const ends = destinations + search.terminal_places.size();
  auto const fill = [&](OnwardTable& table, std::size_t origins, std::vector<MainLegs> const& legs,
                        bool by_truck_before) {
    table = OnwardTable(origins, destinations);
    auto const main = [&](MainLeg const& leg) {
      ChainTotals const totals = leg_totals(factors_of(leg, mode.mode, factors), leg.km, leg.hours);
      return by_truck_before ? transfer + totals : totals;
    };
    for (std::size_t origin = 0; origin < origins; ++origin)
      for (std::size_t destination = 0; destination < destinations; ++destination) {
        for (MainLeg const& leg : legs[origin * ends + destination])
          table.offer(origin, destination, {no_row, leg, {}, main(leg)});
        for (std::size_t terminal = 0; terminal < mode.terminals.size(); ++terminal) {
          Way const& way = post[terminal * destinations + destination];
          if (!way.exists()) continue;
          for (MainLeg const& leg : legs[origin * ends + destinations + terminal])
            table.offer(origin, destination,
                        {mode.terminals[terminal], leg, way, main(leg) + transfer + by_truck(factors.truck, way)});
        }
      }
  };
  fill(mode.from_terminals, search.terminal_places.size(), search.legs_of_terminals, true);
  fill(mode.from_own_places, search.own_places.size(), search.legs_of_own_places, false);
}

ChainSearch::ChainSearch(ChainTables const& tables) : tables_(tables) {
  for (auto& values : to_terminal_) values.resize(tables.terminals);
}

void ChainSearch::start(CandidateWays const& ways) {
  ways_ = ways;
  for (std::size_t terminal = 0; terminal < tables_.terminals; ++terminal) {
    Way const& way = ways.to_terminals[terminal];
    ChainTotals const totals = way.exists() ? by_truck(tables_.factors.truck, way) : ChainTotals{};
    for (Best const best : all_bests)
      to_terminal_[number(best)][terminal] = way.exists() ? value_of(totals, best) : unreachable;
  }
}

MainMode const* ChainSearch::mode(ChainKind kind) const {
  for (MainMode const& mode : tables_.modes)
    if (mode.mode == mode_of(kind)) return &mode;
  return nullptr;
}

ChainSearch::From ChainSearch::from(Best best, MainMode const& mode, bool direct, std::size_t destination) const {
  if (direct) {
    std::uint32_t const own = mode.mode == Mode::barge ? ways_.own_quay : ways_.own_siding;
    if (own == no_row) return {};
    return {mode.from_own_places.value(best, own, destination), own};
  }
  From out;
  auto const& before = to_terminal_[number(best)];
  for (std::uint32_t i = 0; i < mode.terminals.size(); ++i) {
    double const value = before[mode.terminals[i]] + mode.from_terminals.value(best, i, destination);
    if (value < out.value) out = {value, i};
  }
  return out;
}

double ChainSearch::value(Best best, ChainKind kind, std::size_t destination) const {
  if (kind == ChainKind::road) {
    Way const& way = ways_.to_destinations[destination];
    return way.exists() ? value_of(by_truck(tables_.factors.truck, way), best) : unreachable;
  }
  MainMode const* const main = mode(kind);
  return main == nullptr ? unreachable : from(best, *main, is_direct(kind), destination).value;
}

std::optional<Chain> ChainSearch::chain(Best best, ChainKind kind, std::size_t destination) const {
  Chain out;
  out.kind = kind;
  if (kind == ChainKind::road) {
    out.truck = ways_.to_destinations[destination];
    if (!out.truck.exists()) return std::nullopt;
    out.totals = by_truck(tables_.factors.truck, out.truck);
    return out;
  }
  MainMode const* const main = mode(kind);
  if (main == nullptr) return std::nullopt;
  From const start = from(best, *main, is_direct(kind), destination);
  if (start.origin == no_row || start.value == unreachable) return std::nullopt;
  if (is_direct(kind)) {
    out.from = start.origin;
    out.onward = main->from_own_places.at(best, start.origin, destination);
    out.totals = out.onward->totals;
    return out;
  }
  out.from = main->terminals[start.origin];
  out.truck = ways_.to_terminals[out.from];
  out.onward = main->from_terminals.at(best, start.origin, destination);
  out.totals = by_truck(tables_.factors.truck, out.truck) + out.onward->totals;
  return out;
}

std::optional<Figure> break_even_km(Chain const& chain, Chain const& road, FreightFactors const& factors) {
  if (!chain.onward || !(road.truck.metres > 0)) return std::nullopt;
  int const trips = (is_direct(chain.kind) ? 0 : 1) + (chain.onward->to == no_row ? 0 : 1);
  // A dear trip speaks for the chain that makes none, since the road makes one, and against the one that makes two.
  End const trip_low = trips == 0 ? End::high : End::low, trip_high = trips == 0 ? End::low : End::high;
  auto const value = break_even_at(chain, road, factors, End::value, End::value, End::value);
  if (!value) return std::nullopt;
  auto const low = break_even_at(chain, road, factors, End::low, End::high, trip_low);
  auto const high = break_even_at(chain, road, factors, End::high, End::low, trip_high);
  auto const km = [](std::optional<Figure> const& figure) { return figure ? figure->value : unreachable; };
  return Figure{km(value), km(low), km(high)};
}

}  // namespace terrein
