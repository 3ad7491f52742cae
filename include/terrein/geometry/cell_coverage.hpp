#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// A grid of equal cells whose sides are parallel to the axes. Row 0 is the northernmost, column 0 the westernmost.
struct Grid {
  double left = 0;         ///< x of the western side of column 0
  double top = 0;          ///< y of the northern side of row 0
  double cell_width = 1;   ///< above 0, in units of the CRS
  double cell_height = 1;  ///< above 0
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;

  [[nodiscard]] double cell_area() const noexcept { return cell_width * cell_height; }
  /// Empty for a grid without cells.
  [[nodiscard]] Box extent() const noexcept;
};

/// Neighbouring cells of one grid row that a polygon covers to the same fraction.
struct CellRun {
  std::uint32_t row = 0;
  std::uint32_t column = 0;  ///< the first
  std::uint32_t cells = 1;   ///< how many, eastwards
  double fraction = 0;       ///< of the area of each cell, above 0 and at most 1
  friend bool operator==(CellRun const&, CellRun const&) = default;
};

/// How much of each cell a polygon covers: the area of intersection divided by the area of the cell, not a question of
/// cell centres. Every edge is walked cell by cell and leaves the area between itself and the eastern side of its cell,
/// and its height for the cells further east; a scan from west to east adds them up (holes run the other way round and
/// so subtract). Exact but for rounding; fractions within 1e-12 of 0 or 1 are 0 or 1, except for polygons so small that
/// 1e-12 of a cell matters to them. Work and memory follow the boundary, not the area. Cells do not depend on anything
/// but the polygon and the grid. Not thread-safe: one per worker.
class CellCoverage {
 public:
  explicit CellCoverage(Grid const& grid) : grid_(grid) {}
  /// The runs of a polygon row by row, then by column; nothing for rows that are no polygons, have no area or lie off
  /// the grid. Valid until the next call. Precondition: valid polygons with finite coordinates (parts do not overlap).
  [[nodiscard]] std::span<CellRun const> of(GeometryColumn const& column, std::size_t row);

 private:
  /// What one piece of an edge leaves in a cell, in cell widths and heights.
  struct Piece {
    std::uint32_t row, column;  // within the window
    std::uint32_t order;        // pieces of a cell are added in the order of the ring
    double height;              // signed, downwards positive
    double west;                // signed area between the western side of the cell and the piece
  };
  /// The part of the grid in which the polygon's box lies. Coordinates in it count cells from its north-west corner.
  struct Window {
    std::uint32_t first_column = 0, first_row = 0, columns = 0, rows = 0;
    double left = 0, top = 0;
  };
  [[nodiscard]] Window window_of(Box const& box) const;
  [[nodiscard]] bool within_one_cell(Box const& box, Window const& window, CellRun& cell) const;
  void walk_rings(GeometryColumn const& column, std::size_t row);
  void walk_edge(Point a, Point b, double sign);
  void walk_row(std::uint32_t row, Point a, Point b, double height);
  void add(std::uint32_t row, std::uint32_t column, double height, double west);
  void scan();
  void push(std::uint32_t row, std::uint32_t column, std::uint32_t cells, double fraction);

  Grid grid_;
  Window window_;
  double negligible_ = 0;  // fractions up to this are rounding
  std::vector<Piece> pieces_;
  std::vector<CellRun> runs_;
};

struct CoveredCell {
  std::uint32_t column = 0, row = 0;
  double fraction = 0;
};
/// The runs of `CellCoverage`, cell by cell.
[[nodiscard]] std::vector<CoveredCell> cell_coverage(GeometryColumn const& column, std::size_t row, Grid const& grid);

}  // namespace terrein
