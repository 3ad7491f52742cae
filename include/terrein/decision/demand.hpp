#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terrein {

// Demand for business land beside supply. Demand follows the method of the land coefficient (terreincoëfficiënt) that
// Flemish agencies use; all coefficients are the user's, none is known here. Areas are whole, so that sums are the same
// in any order and what is covered and what is short add up to the demand to the last digit.

/// An area in whole square centimetres.
using WholeArea = std::int64_t;
[[nodiscard]] double hectares(WholeArea area);
/// Rounded. Throws `Error{input}` beyond a million hectares, and for what is no number.
[[nodiscard]] WholeArea whole_area(double hectares);

/// Kind of business park; of supply `any` = not known.
enum class ParkKind : std::uint8_t { regional, local, any };
/// "regionaal", "lokaal", "any"
[[nodiscard]] std::string_view to_string(ParkKind kind);

/// A number with the least and most that it may be; `low` <= `value` <= `high`.
struct Ranged {
  double low = 0, value = 0, high = 0;
};

/// A row of the user's table, such as one sector in one subregion.
struct DemandRow {
  std::string subregion;
  ParkKind kind = ParkKind::any;
  std::string plot_size;                                 ///< class of plots; empty = any
  std::optional<Ranged> jobs_change;                     ///< below 0 = fewer jobs
  std::optional<double> park_share;                      ///< of these jobs, on business parks
  std::optional<Ranged> m2_per_job;                      ///< net land
  double demography = 1, space_trend = 1;                ///< factors
  double mixed_share = 0;                                ///< can live in mixed fabric (verweefbaarheid): taken off
  double water_share = 0;                                ///< of all hectares of the row: needs water
  double latent_ha = 0, stock_years = 0, yearly_ha = 0;  ///< added; ijzeren voorraad = years × yearly take-up
  std::optional<Ranged> demand_ha;                       ///< in place of the jobs
};

struct RowDemand {
  Ranged jobs_ha;  ///< below 0 where there are fewer jobs
  Ranged fixed_ha;
  double stock_ha = 0;
};
/// Net hectares that a row asks for: jobs × demography × (1 − mixed) × share on parks × m² per job × trend, beside that
/// latent and given demand, and the iron stock. What is not known of the three numbers on jobs counts as no jobs.
[[nodiscard]] RowDemand demand_of(DemandRow const& row);

struct AreaRange {
  WholeArea low = 0, value = 0, high = 0;
};

/// Demand that the same supply can meet.
struct DemandCell {
  std::string subregion;
  bool water = false;  ///< needs land on water
  ParkKind kind = ParkKind::any;
  std::string plot_size;
  AreaRange demand;
  WholeArea stock = 0;     ///< part of it that is iron stock
  WholeArea released = 0;  ///< by sectors with fewer jobs, beyond what others of the cell ask; offsets nothing else
};
/// Cells by subregion; those that fewer supply can meet come first. Does not depend on the order of the rows. A cell
/// whose jobs fall as a whole asks for no land by them.
[[nodiscard]] std::vector<DemandCell> demand_cells(std::vector<DemandRow> const& rows);

enum class SupplyStep : std::uint8_t { offered, zoned, activatable, brownfields, new_sites };
inline constexpr std::size_t supply_steps = 5;
/// The names of the enumerators.
[[nodiscard]] std::string_view to_string(SupplyStep step);

/// Land that can meet demand.
struct SupplyItem {
  std::string id;
  SupplyStep step = SupplyStep::offered;
  WholeArea area = 0;
  std::string subregion;  ///< empty = in none: meets no demand
  ParkKind kind = ParkKind::any;
  std::string plot_size;      ///< empty = not known
  std::optional<bool> water;  ///< suitable for what needs water; nothing = not known
};

/// Part of an item that meets a cell.
struct SupplyPart {
  std::size_t cell = 0;
  WholeArea area = 0;
};
struct CellMatch {
  std::array<WholeArea, supply_steps> covered{};
  WholeArea doubtful = 0;  ///< part of what is covered by land of which kind, plot size or water is not known
  AreaRange missing;       ///< of the least, the given and the most demand
  [[nodiscard]] WholeArea all_covered() const;
};
struct ItemMatch {
  WholeArea used = 0;
  std::vector<SupplyPart> parts;  ///< they sum up to `used`; in the order of the cells
};
struct DemandMatch {
  std::vector<CellMatch> cells;  ///< as given
  std::vector<ItemMatch> items;  ///< as given
};
/// Meets demand by supply of the same subregion: an item meets cells of its kind, plot size and water, and what is not
/// known of it meets any. Of an earlier step as much is used as can be, however that is shared among cells, and with it
/// of the next: what stays short is the least there can be. Within a step items of unknown kind come last, then items
/// are used in the order of their ids, and go to the first cell that they surely meet. Does not depend on the order of
/// items. Precondition: cells as `demand_cells` gives them. Augmenting paths (Ford and Fulkerson
/// 1956) over groups of alike items.
[[nodiscard]] DemandMatch match_demand(std::vector<DemandCell> const& cells, std::vector<SupplyItem> const& items);

}  // namespace terrein
