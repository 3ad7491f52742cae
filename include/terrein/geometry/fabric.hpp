#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "terrein/geometry/layer.hpp"

namespace terrein {

// How the polygons of one layer lie beside, on and over each other. All of it looks at polygon rows alone, needs valid
// shapes and ranks of ids, and gives the same for any order of the rows and any number of workers.

/// Two rows; `a` has the smaller id.
struct RowPair {
  Row a = no_row, b = no_row;
  friend bool operator==(RowPair const&, RowPair const&) = default;
};

/// A corner of row `of` that lies on an edge of row `row`, which has no vertex there (a T-junction).
struct MissingVertex {
  Row row = no_row, of = no_row;
  std::uint32_t edge = 0;  ///< vertex of the column at which the edge starts
  Point at;                ///< the corner
};

/// Rows of exactly one shape, by id: so many on one place that each with each would be too much. The first stands for
/// all of them.
using Crowd = std::vector<Row>;
/// Of more rows than this of one shape only the first is compared with others.
inline constexpr std::size_t crowd_above = 100;

/// What touches what. Rows of one shape are a crowd when they have the same rings, from whatever vertex; each of a
/// crowd meets the first of it, and only that one meets other rows. Missing vertices and twins are of all rows, corners
/// of a crowd those of its first.
struct Contacts {
  std::vector<Crowd> crowds;           ///< by their smallest id
  std::vector<RowPair> meeting;        ///< pairs whose interiors meet, by ids; decided exactly, however little it is
  std::vector<MissingVertex> missing;  ///< by id of `row`, edge, and place
  std::vector<std::uint8_t> twin;      ///< per vertex: another row has the edge that starts here, in reverse
};
/// Compares all pairs of rows whose boxes meet. A corner counts as missing when the edge passes within `tolerance` and
/// the other row has no vertex within `tolerance` of it. More than `above` rows of one shape are a crowd.
[[nodiscard]] Contacts contacts(Layer const& layer, double tolerance, unsigned workers,
                                std::size_t above = crowd_above);

/// Land that two rows have in common.
struct Overlap {
  Row a = no_row, b = no_row;  ///< `a` has the smaller id
  double area = 0;
  double width = 0;        ///< mean width, 2 · area / perimeter
  double share = 0;        ///< of the smaller row
  bool identical = false;  ///< both rows are the common land, to within 1e-9 of their area
  Point place;             ///< inside the common land
  std::string failure;     ///< why it could not be computed; empty = it could
};
/// Common land of pairs, in their order. Pairs whose common land comes out without area are left out; so are those of
/// small rows whose common land is surely no more than `least_area`, which costs them no overlay.
[[nodiscard]] std::vector<Overlap> overlaps(Layer const& layer, std::span<RowPair const> pairs, unsigned workers,
                                            double least_area = 0);

/// Land that belongs to no row, enclosed by rows on all sides.
struct EnclosedVoid {
  double area = 0;
  double width = 0;         ///< mean width, 2 · area / perimeter (islands count in both)
  Point place;              ///< inside
  std::vector<Row> beside;  ///< rows around it, by id
};
/// Enclosed land with more than `least_area` and a mean width below `most_width`, by place (x, then y). Boundaries that
/// run within the tolerance of `touch` of each other's corners are closed. Which boundaries enclose land is decided
/// exactly, in time that grows with the number of places where they meet; only areas and places are rounded.
[[nodiscard]] std::vector<EnclosedVoid> enclosed_voids(Layer const& layer, Contacts const& touch, double tolerance,
                                                       double least_area, double most_width, unsigned workers);

/// Shapes after common land was given to one row, or to a row of its own.
struct SharedOut {
  GeometryColumn geometry;                ///< one row per row of the layer; with `split` more behind them
  std::vector<std::vector<Row>> made_of;  ///< per added row the rows whose common land it is, by id
  std::vector<Row> changed;               ///< rows that lost land, ascending
  std::vector<Row> failed;                ///< rows that could not be cut and stay as they were, ascending
};
/// Common land stays with the row of the smallest id; the others lose it.
[[nodiscard]] SharedOut first_keeps(Layer const& layer, std::span<Overlap const> common, unsigned workers);
/// Common land leaves the rows and becomes a row of its own for each set of rows that share it. What is common to a set
/// but not larger than `least_area` stays with those that had it first.
[[nodiscard]] SharedOut split_common(Layer const& layer, std::span<Overlap const> common, double least_area,
                                     unsigned workers);

/// Part of a candidate in one area; `row` is `no_row` for what lies in none.
struct BorderPart {
  Row row = no_row;
  double area = 0;
};
/// Per candidate its parts in the polygons of `areas`, by id, and outside of them last; areas of 1e-9 and less are left
/// out. A candidate whose parts cannot be computed has none and is named in `failed`.
[[nodiscard]] std::vector<std::vector<BorderPart>> border_parts(GeometryColumn const& candidates, Layer const& areas,
                                                                unsigned workers, std::vector<Row>& failed);

}  // namespace terrein
