#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "terrein/geometry/layer.hpp"

namespace terrein {

/// Area of every candidate under the polygons of a cover layer, per group of the cover's rows.
struct CoverAreas {
  std::vector<std::vector<double>> area;  ///< [group][candidate], m²; polygons of one group counted once
  std::vector<std::vector<Row>> largest;  ///< [group][candidate] cover row with the largest part, smallest id in ties
};
/// `group` gives the group of each cover row, `no_row` = not used. Rows that are no polygons are not used. An area
/// below 1e-9 m², 1e-12 of the candidate, or what rounding alone can give is 0; areas are clamped to the candidate's.
/// `nearby` is the `hilbert_order` of the candidates where the caller has it; it costs time alone, no result.
[[nodiscard]] CoverAreas cover_areas(GeometryColumn const& candidates, Layer const& cover,
                                     std::span<std::uint32_t const> group, std::size_t groups, unsigned workers,
                                     std::span<std::uint32_t const> nearby = {});

/// A layer to cut out of the candidates: rows selected by byte, grown by `buffer_m` (round corners, 8 segments a
/// quarter circle; 0 = as it is; lines and points need a buffer to cut anything).
struct Cut {
  Layer const* layer = nullptr;
  std::vector<std::uint8_t> selected;  ///< empty = all rows
  double buffer_m = 0;
};
struct CutResult {
  std::vector<double> net_m2;                    ///< candidate minus the union of all cuts
  std::vector<std::vector<double>> own_m2;       ///< [cut][candidate] overlap of that cut alone
  std::vector<std::vector<double>> marginal_m2;  ///< [cut][candidate] what would come back if only it were lifted
  std::vector<std::vector<Row>> largest;  ///< [cut][candidate] row of the cut that takes most, smallest id in ties
  std::vector<double> largest_part_m2;    ///< biggest connected part left
  std::vector<std::uint32_t> parts;       ///< connected parts left; hairlines join nothing
};
[[nodiscard]] CutResult cut_out(GeometryColumn const& candidates, std::span<Cut const> cuts, unsigned workers);

/// Union of all polygon rows of a layer as one row.
[[nodiscard]] GeometryColumn dissolve(GeometryColumn const& column);

}  // namespace terrein
