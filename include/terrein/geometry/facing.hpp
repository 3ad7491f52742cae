#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/geometry/barriers.hpp"
#include "terrein/geometry/fabric.hpp"

namespace terrein {

// Which parcels lie opposite each other: beside each other, or across a strip of land that is nobody's parcel, such as
// a road, a ditch, a canal or a sliver.

/// Part of how two rows face each other: the ways across that cross the same kinds of things.
struct FacingPart {
  std::uint32_t crosses = 0;  ///< bit i: kind i of `FacingOptions::kinds`; 0 = nothing
  double length_m = 0;        ///< along the boundary
  double width_m = 0;         ///< of the narrowest way, however short the part; 0 where the rows touch or overlap
  double area_m2 = 0;         ///< of the land between: length times width, all along
  friend bool operator==(FacingPart const&, FacingPart const&) = default;
};

/// Two rows that face each other; `a` has the smaller id.
struct Facing {
  Row a = no_row, b = no_row;
  std::vector<FacingPart> parts;  ///< by `crosses`; ways that are barred are left out
  double barred_m = 0;            ///< length along which a way is barred
  Point from, to;  ///< from `a` to `b`: the narrowest way that is not barred (of all, where all are), to within the
                   ///< tolerance, in the middle of the longest such stretch

  [[nodiscard]] double length_m() const noexcept;  ///< barred or not
  friend bool operator==(Facing const&, Facing const&) = default;
};

struct FacingOptions {
  double most_m = 20;                       ///< width of the widest strip between two rows
  double tolerance_m = 0.05;                ///< of a shared boundary: the widest gap, the deepest overlap
  double least_m = 5;                       ///< length along which two rows must face each other
  std::vector<Barriers const*> kinds = {};  ///< what a way may cross, but should be known to; at most 32
  Barriers const* barred = nullptr;         ///< what no way may cross
  unsigned workers = 1;
};

struct Facings {
  std::vector<Facing> facing;     ///< by the ids of `a`, then `b`
  std::vector<RowPair> touching;  ///< boundaries that come within the tolerance but face each other for less than
                                  ///< `least_m`, such as corners; in the same order
};

/// Pairs of chosen rows that face each other along `least_m` or more, barred or not. `chosen` has a byte per row, 0 =
/// no; empty = all.
///
/// A place on the boundary of a row faces another row when the straight way from it, square to the boundary and
/// outwards, meets the boundary of that row before that of any other row of the layer, chosen or not, or another part
/// of its own row, and within `most_m`. A way may also start up to the tolerance inside the other row. A place that
/// lies deeper in another row faces none beyond the end of that row; rows that begin and end where the way starts, to
/// within the tolerance, such as a second parcel of the same shape, are not in the way. So rows that only have a corner
/// in common, or lie cornerwise across a crossing of roads, do not face each other, nor do rows of the same shape or
/// rows of which one covers the other. Of rows met at one place, to a micrometre, the one with the smallest id counts.
///
/// Lengths are exact (lower envelopes of edges, no sampling but for barriers) and are measured from both rows; the
/// larger counts, with all that belongs to it. Where barriers are near, ways are looked at every 2 m or less, in the
/// middle of equal pieces, each prolonged by 1 m into both rows, so that what is drawn on a shared boundary counts, and
/// stand for their piece.
///
/// Rows need valid shapes. Rows that are no polygons, or without shape, face nothing and are in no way. Of more than
/// `crowd_above` rows of exactly one shape only the one with the smallest id is looked at: the others face nothing. The
/// same for any number of workers and order of the rows. Throws `Error{internal}` for more than 32 kinds.
[[nodiscard]] Facings facings(Layer const& layer, std::span<std::uint8_t const> chosen, FacingOptions const& options);

}  // namespace terrein
