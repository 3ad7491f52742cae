#pragma once

#include <optional>
#include <span>

namespace terrein {

/// A figure with the range it is believed to lie in: low ≤ value ≤ high.
struct Figure {
  double value = 0, low = 0, high = 0;

  constexpr Figure() = default;
  constexpr explicit Figure(double exactly) : value(exactly), low(exactly), high(exactly) {}
  constexpr Figure(double value_, double low_, double high_) : value(value_), low(low_), high(high_) {}
  friend bool operator==(Figure const&, Figure const&) = default;
};
[[nodiscard]] Figure operator+(Figure const& a, Figure const& b);
/// The range is that of all pairs: nothing is known of how the two go together.
[[nodiscard]] Figure operator-(Figure const& a, Figure const& b);
/// Precondition: neither is ever below 0.
[[nodiscard]] Figure operator*(Figure const& a, Figure const& b);
[[nodiscard]] Figure operator*(double times, Figure const& a);
/// Precondition: `b` is above 0 throughout.
[[nodiscard]] Figure operator/(Figure const& a, Figure const& b);

/// What a tonne costs and causes on a stretch of one mode.
struct LegFactors {
  Figure euro_per_tkm;
  Figure euro_per_th;  ///< time of vehicle and driver, per tonne on board
  Figure g_per_tkm;    ///< CO₂e; all of a chain on one basis, well-to-wheel or not
};
/// What it costs and causes to be moved from one mode to another, waiting included.
struct TransferFactors {
  Figure euro_per_t;
  Figure hours;
  Figure kg_per_t;  ///< CO₂e
};
struct Leg {
  LegFactors const* factors = nullptr;
  double km = 0, hours = 0;
};

/// What a truck costs and causes per tonne of its load: a price per trip with the first kilometres in it, and per
/// tonne-kilometre beyond. So a short trip is no cheaper per kilometre than trucks are.
struct TruckFactors {
  Figure euro_per_trip_t;
  double km_in_trip = 0;
  LegFactors leg;  ///< euro per tkm beyond `km_in_trip`; hours and CO₂e of all kilometres
};

/// What one tonne costs, takes and causes from gate to destination.
struct ChainTotals {
  double km = 0;
  Figure euro, hours, kg;  ///< CO₂e

  friend bool operator==(ChainTotals const&, ChainTotals const&) = default;
};
[[nodiscard]] ChainTotals operator+(ChainTotals const& a, ChainTotals const& b);
/// Preconditions of the three: lengths, hours and factors are not below 0.
[[nodiscard]] ChainTotals leg_totals(LegFactors const& factors, double km, double hours);
[[nodiscard]] ChainTotals truck_totals(TruckFactors const& factors, double km, double hours);
[[nodiscard]] ChainTotals transfer_totals(TransferFactors const& factors);
/// Sums legs and transfers (the structure of ISO 14083: mass times activity distance times intensity, and hubs).
/// Precondition: lengths, hours and factors are not below 0.
[[nodiscard]] ChainTotals chain_totals(std::span<Leg const> legs, std::span<TransferFactors const> transfers);

/// Road against a chain with one main leg, per load unit: road costs `road` per km; the chain two transfers, `drayage`
/// per km before and after, and `main` per km of a main leg that is `detour` times as long as the road.
struct BreakEven {
  Figure road, main, transfer, drayage;
  double drayage_km = 0;  ///< before and after together
  Figure detour{1};
  Figure fixed;
};
/// The length of the road from which on the chain costs less: (2·transfer + drayage·km + fixed) / (road − main·detour).
/// Nothing where the chain never does. The high end of the range is infinite where it may be that it never does.
[[nodiscard]] std::optional<Figure> break_even_km(BreakEven const& costs);

}  // namespace terrein
