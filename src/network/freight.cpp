#include "terrein/network/freight.hpp"

#include <algorithm>
#include <limits>

namespace terrein {
Figure operator+(Figure const& a, Figure const& b) { return {a.value + b.value, a.low + b.low, a.high + b.high}; }
Figure operator-(Figure const& a, Figure const& b) { return {a.value - b.value, a.low - b.high, a.high - b.low}; }
Figure operator*(Figure const& a, Figure const& b) { return {a.value * b.value, a.low * b.low, a.high * b.high}; }
Figure operator*(double times, Figure const& a) { return {times * a.value, times * a.low, times * a.high}; }

Figure operator/(Figure const& a, Figure const& b) { return {a.value / b.value, a.low / b.high, a.high / b.low}; }

ChainTotals operator+(ChainTotals const& a, ChainTotals const& b) {
  return {a.km + b.km, a.euro + b.euro, a.hours + b.hours, a.kg + b.kg};
}

ChainTotals leg_totals(LegFactors const& factors, double km, double hours) {
  return {km, km * factors.euro_per_tkm + hours * factors.euro_per_th, Figure(hours), (km / 1000) * factors.g_per_tkm};
}

ChainTotals truck_totals(TruckFactors const& factors, double km, double hours) {
  ChainTotals out = leg_totals(factors.leg, km, hours);
  double const beyond = std::max(0.0, km - factors.km_in_trip);
  out.euro = factors.euro_per_trip_t + beyond * factors.leg.euro_per_tkm + hours * factors.leg.euro_per_th;
  return out;
}

ChainTotals transfer_totals(TransferFactors const& factors) {
  return {0, factors.euro_per_t, factors.hours, factors.kg_per_t};
}

ChainTotals chain_totals(std::span<Leg const> legs, std::span<TransferFactors const> transfers) {
  ChainTotals out;
  for (Leg const& leg : legs) out = out + leg_totals(*leg.factors, leg.km, leg.hours);
  for (TransferFactors const& transfer : transfers) out = out + transfer_totals(transfer);
  return out;
}

std::optional<Figure> break_even_km(BreakEven const& costs) {
  constexpr double never = std::numeric_limits<double>::infinity();
  Figure const fixed = 2 * costs.transfer + costs.drayage_km * costs.drayage + costs.fixed;
  Figure const saved = costs.road - costs.main * costs.detour;  // per km of road
  auto const from = [](double euro, double euro_per_km) { return euro_per_km > 0 ? euro / euro_per_km : never; };
  if (!(saved.value > 0)) return std::nullopt;
  return Figure{from(fixed.value, saved.value), from(fixed.low, saved.high), from(fixed.high, saved.low)};
}

}  // namespace terrein
