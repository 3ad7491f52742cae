#include "terrein/geometry/cell_coverage.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

constexpr double rounding = 1e-12;  // of a cell

/// First and end of the cells 0 … cells - 1 between two positions, one more on each side: a position that was rounded
/// over a border finds its cell all the same.
std::pair<std::uint32_t, std::uint32_t> cells_between(double low, double high, std::uint32_t cells) {
  double const most = cells;
  double const first = std::clamp(std::floor(low) - 1, 0.0, most);
  double const end = std::clamp(std::floor(high) + 2, first, most);
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end)};
}

/// Where the line from a to b is at height y, never beyond its ends.
double x_at(Point a, Point b, double y) {
  double const x = a.x + (y - a.y) * ((b.x - a.x) / (b.y - a.y));
  return std::clamp(x, std::min(a.x, b.x), std::max(a.x, b.x));
}

}  // namespace

Box Grid::extent() const noexcept {
  if (columns == 0 || rows == 0) return {};
  return {left, top - rows * cell_height, left + columns * cell_width, top};
}

CellCoverage::Window CellCoverage::window_of(Box const& box) const {
  auto const [column, end_column] = cells_between((box.min_x - grid_.left) / grid_.cell_width,
                                                  (box.max_x - grid_.left) / grid_.cell_width, grid_.columns);
  auto const [row, end_row] = cells_between((grid_.top - box.max_y) / grid_.cell_height,
                                            (grid_.top - box.min_y) / grid_.cell_height, grid_.rows);
  Window out{column, row, end_column - column, end_row - row, 0, 0};
  out.left = grid_.left + column * grid_.cell_width;
  out.top = grid_.top - row * grid_.cell_height;
  return out;
}

bool CellCoverage::within_one_cell(Box const& box, Window const& window, CellRun& cell) const {
  double const west = (box.min_x - window.left) / grid_.cell_width, east = (box.max_x - window.left) / grid_.cell_width;
  double const north = (window.top - box.max_y) / grid_.cell_height,
               south = (window.top - box.min_y) / grid_.cell_height;
  double const column = std::floor(west), row = std::floor(north);
  if (column < 0 || row < 0 || column >= window.columns || row >= window.rows) return false;
  if (east > column + 1 || south > row + 1) return false;
  cell.column = window.first_column + static_cast<std::uint32_t>(column);
  cell.row = window.first_row + static_cast<std::uint32_t>(row);
  return true;
}

std::span<CellRun const> CellCoverage::of(GeometryColumn const& column, std::size_t row) {
  pieces_.clear();
  runs_.clear();
  if (column.kind[row] != GeometryKind::polygon || !column.has_shape(row)) return runs_;
  window_ = window_of(column.box[row]);
  double const area_in_cells = area(column, row) / grid_.cell_area();
  if (window_.columns == 0 || window_.rows == 0 || !(area_in_cells > 0)) return runs_;
  if (CellRun cell; within_one_cell(column.box[row], window_, cell)) {
    cell.fraction = area_in_cells >= 1 - rounding ? 1 : area_in_cells;
    runs_.push_back(cell);
    return runs_;
  }
  negligible_ = std::min(rounding, 1e-10 * area_in_cells);
  walk_rings(column, row);
  std::sort(pieces_.begin(), pieces_.end(), [](Piece const& a, Piece const& b) {
    if (a.row != b.row) return a.row < b.row;
    return a.column != b.column ? a.column < b.column : a.order < b.order;
  });
  scan();
  return runs_;
}

void CellCoverage::walk_rings(GeometryColumn const& column, std::size_t row) {
  for (auto path = column.first_path(row); path < column.end_path(row); ++path) {
    auto const xy = column.path(path);
    auto const local = [&](std::size_t i) {
      return Point{(xy[i] - window_.left) / grid_.cell_width, (window_.top - xy[i + 1]) / grid_.cell_height};
    };
    Point a = local(0);
    for (std::size_t i = 2; i + 1 < xy.size(); i += 2) {
      Point const b = local(i);
      // Shells run counter-clockwise: where an edge goes south, what it encloses lies to its east.
      if (a.y < b.y) {
        walk_edge(a, b, 1);
      } else if (b.y < a.y) {
        walk_edge(b, a, -1);
      }
      a = b;
    }
  }
}

/// An edge from north to south, grid row by grid row; what lies north or south of the window covers none of its cells.
void CellCoverage::walk_edge(Point a, Point b, double sign) {
  double const south = window_.rows;
  if (b.y <= 0 || a.y >= south) return;
  Point from = a.y < 0 ? Point{x_at(a, b, 0), 0} : a;
  while (from.y < b.y && from.y < south) {
    double const row = std::floor(from.y);
    Point const to = row + 1 < b.y ? Point{x_at(a, b, row + 1), row + 1} : b;
    walk_row(static_cast<std::uint32_t>(row), from, to, sign * (to.y - from.y));
    from = to;
  }
}

/// A piece of an edge within one grid row, cell by cell from west to east. West of the window it counts for all cells
/// of the row, east of it for none.
void CellCoverage::walk_row(std::uint32_t row, Point a, Point b, double height) {
  double const west = std::min(a.x, b.x), east = std::max(a.x, b.x), width = east - west;
  double const end = window_.columns;
  auto const height_up_to = [&](double x) { return x >= east ? height : height * ((x - west) / width); };
  double done = 0;
  double x = west;
  if (west < 0) {
    done = height_up_to(0);
    add(row, 0, done, 0);
    x = 0;
  }
  if (west == east && west >= 0 && west < end) {
    add(row, static_cast<std::uint32_t>(west), height, height * (west - std::floor(west)));
    return;
  }
  while (x < east && x < end) {
    double const column = std::floor(x), next = std::min(column + 1, east), reached = height_up_to(next);
    add(row, static_cast<std::uint32_t>(column), reached - done, (reached - done) * ((x - column + next - column) / 2));
    done = reached;
    x = next;
  }
}

void CellCoverage::add(std::uint32_t row, std::uint32_t column, double height, double west) {
  pieces_.push_back({row, column, static_cast<std::uint32_t>(pieces_.size()), height, west});
}

void CellCoverage::scan() {
  auto const exact = [this](double fraction) {
    if (fraction <= negligible_) return 0.0;
    return fraction >= 1 - rounding ? 1.0 : fraction;
  };
  for (std::size_t i = 0; i < pieces_.size();) {
    std::uint32_t const row = pieces_[i].row;
    std::uint32_t column = 0;
    double height = 0;  // of all edges west of the cell: the fraction of a cell that no edge meets
    for (; i < pieces_.size() && pieces_[i].row == row;) {
      push(row, column, pieces_[i].column - column, exact(height));
      column = pieces_[i].column;
      double west = 0;
      for (; i < pieces_.size() && pieces_[i].row == row && pieces_[i].column == column; ++i) {
        height += pieces_[i].height;
        west += pieces_[i].west;
      }
      push(row, column, 1, exact(height - west));
      ++column;
    }
    push(row, column, window_.columns - column, exact(height));
  }
}

void CellCoverage::push(std::uint32_t row, std::uint32_t column, std::uint32_t cells, double fraction) {
  if (cells > 0 && fraction > 0)
    runs_.push_back({window_.first_row + row, window_.first_column + column, cells, fraction});
}

std::vector<CoveredCell> cell_coverage(GeometryColumn const& column, std::size_t row, Grid const& grid) {
  CellCoverage coverage(grid);
  std::vector<CoveredCell> out;
  for (CellRun const& run : coverage.of(column, row))
    for (std::uint32_t i = 0; i < run.cells; ++i) out.push_back({run.column + i, run.row, run.fraction});
  return out;
}

}  // namespace terrein
