#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/issues.hpp"
#include "terrein/geometry/layer.hpp"

namespace terrein {

/// What becomes of land that two parcels have in common.
enum class CommonLand {
  keep,        ///< nothing changes: it counts in both
  first,       ///< the parcel with the smallest id keeps it
  split,       ///< it becomes a row of its own, named after those it was taken from: "A+B"
  quarantine,  ///< the shapes of all parcels concerned are emptied
};
[[nodiscard]] std::string_view to_string(CommonLand policy);

/// When something in the fabric of a polygon layer is told. In metres and square metres of the study's CRS.
struct FabricOptions {
  double overlap_m2 = 0.01;       ///< common land, or a gap, up to this is rounding
  double tolerance_m = 0.001;     ///< a corner this near to an edge lies on it; gaps are closed where they are narrower
  double sliver_width_m = 0.5;    ///< parcels of a smaller mean width, 2 · area / perimeter, are slivers
  double tiny_m2 = 1;             ///< parcels of a smaller area are tiny
  double gap_width_m = 1;         ///< enclosed land of a smaller mean width is a gap, of a larger one public domain
  std::size_t list_most = 10000;  ///< of each kind so many are located; the counts are always of all
  CommonLand policy = CommonLand::keep;
  unsigned workers = 1;
};

/// How often one thing was found.
struct FabricCount {
  std::string kind;
  std::size_t count = 0;
  double area_m2 = 0;  ///< common land, gaps, or parcels concerned; counted in square millimetres
};

/// What was found in a layer; empty when it was not looked at.
struct FabricReport {
  std::vector<FabricCount> counts;  ///< always all kinds, in the order below
  CommonLand policy = CommonLand::keep;
  std::size_t changed = 0;  ///< parcels that lost land, or their shape, to the policy
  std::size_t added = 0;    ///< rows of common land
};
// Kinds, each pair of parcels in one of the first three:
// More than `crowd_above` (100) parcels of exactly the same shape count each of the others once, with the one of the
// smallest id, which stands for all of them towards other parcels; they are one issue with their number, the land and
// the first ids.
//   overlap     common land above `overlap_m2`
//   stacked     the same, above 99 % of the smaller parcel
//   identical   the same, all of both parcels
//   gap         enclosed land of no parcel, above `overlap_m2` and narrower than `gap_width_m`
//   t_junction  a corner on the edge of another parcel that has no vertex there, once per place and parcel
//   sliver      parcel narrower than `sliver_width_m` but not tiny
//   tiny        parcel below `tiny_m2`
//   multipart   parcel of several parts

/// Looks at how the polygons of a layer lie beside and over each other, makes issues of what is found (located, by id)
/// and settles common land after the policy. Precondition: valid shapes in the study's CRS and settled ids. Rows that
/// are no polygons, and null and empty rows, take no part. Rows stay rows; `split` adds rows behind them, with those
/// attributes that all parents have in common. What GEOS cannot compute becomes an issue `fabric_unknown`.
[[nodiscard]] FabricReport check_fabric(Layer& layer, FabricOptions const& options, Issues& issues);

}  // namespace terrein
