#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/geometry/overlay.hpp"

namespace terrein {

/// Which land counts as developable. All defaults are judgement, adopted by nobody: a study can set its own. 0 turns a
/// filter off.
struct DevelopableOptions {
  double speck_m2 = 500;      ///< judgement: excluded patches below this do not split the land
  double speck_width_m = 10;  ///< judgement: nor do patches that are nowhere wider than this
  double part_m2 = 2500;      ///< judgement: parts of land below this do not count
  double part_width_m = 20;   ///< judgement: land narrower than this does not count, nor does it connect
};

/// Developable land (ontwikkelbare oppervlakte) of sites, one entry per row. Always
/// `gross_m2 = area_m2 + excluded_m2 + too_small_m2 + too_narrow_m2`, but for rounding.
struct Developable {
  GeometryColumn geometry;              ///< the land that counts; an empty row where there is none
  std::vector<double> gross_m2;         ///< the site
  std::vector<double> area_m2;          ///< the land that counts
  std::vector<double> excluded_m2;      ///< under any cut, specks included
  std::vector<double> speck_m2;         ///< of it: under patches that are specks
  std::vector<double> too_small_m2;     ///< free land in parts below `part_m2`
  std::vector<double> too_narrow_m2;    ///< free land in spurs, necks and parts narrower than `part_width_m`
  std::vector<double> largest_part_m2;  ///< the largest part that counts
  std::vector<std::uint32_t> parts;     ///< parts that count
};

/// What is left of each site after all cuts, as land that can be built on. Per site:
/// 1. The cuts within the site are united (as in `cut_out`). Their connected parts are patches. A patch is a speck when
///    it is smaller than `speck_m2` or nowhere wider than `speck_width_m`: no circle of that width, and a millimetre
///    more, lies in it. So a narrow ditch is a speck, however long it is.
/// 2. Parts of land are the connected parts of the site without the patches that are no specks. Specks cost their area
///    wherever they lie, but neither part nor narrow the land.
/// 3. A part is opened: what lies in circles of `part_width_m` (less a millimetre) that lie in the part is kept. So are
///    corners of 60 degrees and more, whole; sharper ones lose what no circle fills. All else is too narrow
///    (`too_narrow_m2`): spurs and necks but for the round beginning that a circle at their mouth fills, and parts in
///    which no circle lies. Where the centres of the circles fall apart, the part does, each piece taking the land
///    around its centres, the largest first where they reach the same land. Such pieces may still touch: in `geometry`
///    they are one polygon then, in `parts` two. Circles have 64 corners. Without a width, land of less than a
///    millimetre joins nothing.
/// 4. A piece with less than `part_m2` without its specks does not count (`too_small_m2`).
///
/// Connected means more than a point in common. Areas below 1e-12 of the site, or 1e-9 m², are rounding. Shapes must be
/// valid; sites that are no polygons have zeros and an empty row; what a layer does not cover is not known here to be
/// free of exclusions. The result does not depend on the order of rows of the cuts, nor on the number of workers. After
/// the opening of mathematical morphology (Serra 1982). Throws `Error{geometry}` when GEOS gives up.
[[nodiscard]] Developable developable(GeometryColumn const& sites, std::span<Cut const> cuts,
                                      DevelopableOptions const& options, unsigned workers);

}  // namespace terrein
