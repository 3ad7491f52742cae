#include "terrein/network/freight.hpp"

#include <limits>

namespace terrein {
Figure operator+(Figure const& a, Figure const& b) { return {a.value + b.value, a.low + b.low, a.high + b.high}; }
Figure operator-(Figure const& a, Figure const& b) { return {a.value - b.value, a.low - b.high, a.high - b.low}; }
Figure operator*(Figure const& a, Figure const& b) { return {a.value * b.value, a.low * b.low, a.high * b.high}; }
Figure operator*(double times, Figure const& a) { return {times * a.value, times * a.low, times * a.high}; }

ChainTotals chain_totals(std::span<Leg const> legs, std::span<TransferFactors const> transfers) {
  ChainTotals out;
  for (Leg const& leg : legs) {
    LegFactors const& factors = *leg.factors;
    out.km += leg.km;
    out.hours = out.hours + Figure(leg.hours);
    out.euro = out.euro + leg.km * factors.euro_per_tkm + leg.hours * factors.euro_per_th;
    out.kg = out.kg + (leg.km / 1000) * factors.g_per_tkm;
  }
  for (TransferFactors const& transfer : transfers) {
    out.hours = out.hours + transfer.hours;
    out.euro = out.euro + transfer.euro_per_t;
    out.kg = out.kg + transfer.kg_per_t;
  }
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
