#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/csv.hpp"
#include "terrein/network/freight.hpp"
#include "terrein/network/line_facts.hpp"

namespace terrein {

/// What moves goods on the main leg of a chain.
enum class Mode : std::uint8_t { road, barge, rail };
[[nodiscard]] std::string_view to_string(Mode mode);  ///< "road", "barge", "rail"

/// Goods differ in what moving and loading them costs.
enum class Goods : std::uint8_t { container, bulk };
[[nodiscard]] std::string_view to_string(Goods goods);  ///< "container", "bulk"

/// A row of a table of factors.
struct FactorRow {
  std::string set, kind, mode, vehicle, goods, quantity, unit;
  Figure figure;
  std::string basis, year, source, mark, note;
  std::size_t line = 0;  ///< in the file
};

/// Barge or rail: its main leg, and getting goods from truck to vessel or train, or back.
struct ModeFactors {
  TransferFactors transfer;
  LegFactors leg;                      ///< of a vessel or train of which nothing is known
  std::map<Cemt, LegFactors> vessels;  ///< by the class of waterway they need; what a row does not say is as in `leg`
  LegFactors electric, diesel;         ///< trains; as `leg` where no row tells them apart

  /// Those of the vessels of a class, or of the largest smaller class that has some; else `leg`.
  [[nodiscard]] LegFactors const& of_vessel(Cemt largest) const;
};

/// What freight of one kind of goods costs and causes, and the rows that say so.
struct FreightFactors {
  TruckFactors truck;
  ModeFactors barge, rail;
  std::vector<FactorRow> used;  ///< in the order of the file
  /// What the CO₂e counts, of all rows used: "well-to-wheel"; several that differ are joined by "; ".
  std::string basis;

  [[nodiscard]] ModeFactors const& of(Mode mode) const { return mode == Mode::rail ? rail : barge; }
};

/// Takes factors from a table with the columns set, kind (truck, leg, transfer), mode, vehicle, goods (container, bulk,
/// any), quantity, unit, value, low, high, basis, year, source, mark, note. `sets` are laid over each other in this
/// order: of a quantity of a mode only the rows of the last set that has some count, and of these the ones for the
/// goods before those for any. A price per move or trip is divided by its tonnes. What no row says is not counted; a
/// truck, a barge and a train must have a price and CO₂e per tonne-kilometre. Throws `Error{config}` with file and line
/// for a set that is not there, an unknown word, a number that is none, a range that does not hold its value, a
/// negative figure, two rows for one thing, or a factor that is missing.
[[nodiscard]] FreightFactors read_freight_factors(CsvTable const& table, std::vector<std::string> const& sets,
                                                  Goods goods);

/// The same factors with other figures, one per row of `used`, each taken as exact.
[[nodiscard]] FreightFactors with_figures(FreightFactors const& factors, std::vector<double> const& figures);

}  // namespace terrein
