#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/column.hpp"

namespace terrein {

/// Classes of waterways (CEMT 1992) by the size of vessels that they take, smallest first. `below` is navigable, but
/// for less than class I.
enum class Cemt : std::uint8_t { unknown, below, I, II, III, IV, Va, Vb, VIa, VIb, VIc, VIIa, VIIb };
/// "IV", "Va", "CEMT-klasse VIb", "0"; a class without its letter counts as the smaller one ("V" = Va), a reach in
/// transition ("II-IV") as its lower one. Everything else, numbers too, is unknown.
[[nodiscard]] Cemt cemt_of(std::string_view text);
[[nodiscard]] std::string_view to_string(Cemt value);

enum class Electrified : std::uint8_t { unknown, no, yes };
/// "yes", "contact_line", "rail", "4th_rail", "1", "true", "ja" and kinds of current ("3000 V") are yes; "no", "0",
/// "false", "nee" are no.
[[nodiscard]] Electrified electrified_of(std::string_view text);

enum class Track : std::uint8_t { unknown, main, siding };

/// Fields with facts about lines that a search may ask for; empty ones are not asked.
struct FactFields {
  std::string cemt, draught, air_draught;           ///< waterways; draughts in metres
  std::map<std::string, std::string> cemt_classes;  ///< classes of values that do not read as one ("40" = "IV")
  std::string electrified, track;                   ///< railways
  std::vector<std::string> sidings;                 ///< values of `track` that are sidings; all others are main tracks

  [[nodiscard]] bool any() const {
    return !(cemt.empty() && draught.empty() && air_draught.empty() && electrified.empty() && track.empty());
  }
};

/// What is known of the lines of a graph beside their length and time: the row of every arc, and facts by that row.
/// Arrays of facts whose field is not named are empty.
struct LineFacts {
  std::vector<Row> row;               ///< per arc of the graph: the row of its line in the layer
  std::vector<std::uint8_t> unknown;  ///< per arc: 1 = not known whether the vehicle may pass. Empty = no such arc
  std::vector<Cemt> cemt;             ///< per row, as all that follow
  std::vector<double> draught_m;      ///< NaN = not known
  std::vector<double> air_draught_m;  ///< NaN = not known; infinite = no limit
  std::vector<Electrified> electrified;
  std::vector<Track> track;
};

}  // namespace terrein
