#pragma once

#include <cstdint>
#include <vector>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Boxes of short runs of edges along every path of a column. Made once, read by all workers; it lets a small box
/// look only at the edges near it, however large the shape. Runs start at the path, so nothing depends on what else
/// is loaded. The column must outlive it.
class EdgeRuns {
 public:
  explicit EdgeRuns(GeometryColumn const& column, unsigned workers = 1);

  /// Of a polygon row to a box: `crossing` when the box of an edge meets it, else whether the box lies in or out of the
  /// polygon (exact: no arithmetic, only comparisons).
  enum class Relation { outside, inside, crossing };
  [[nodiscard]] Relation relation(std::size_t row, Box const& box) const;

  /// Whether a point that is not on the boundary lies in polygon row `row`.
  [[nodiscard]] bool contains(std::size_t row, Point point) const;

  /// Calls visit(first, last) for the runs of a path that meet `box`, ascending: vertices first … last of the path.
  template <class Visit>
  void visit(std::size_t path, Box const& box, Visit const& visit) const {
    std::size_t const vertices = column_->path(path).size() / 2;
    for (std::uint32_t run = run_begin_[path]; run < run_begin_[path + 1]; ++run)
      if (run_box_[run].meets(box)) {
        std::size_t const first = (run - run_begin_[path]) * std::size_t{edges};
        visit(first, std::min(first + edges, vertices - 1));
      }
  }

 private:
  static constexpr std::uint32_t edges = 32;  // per run; 16 to 64 are equally fast
  GeometryColumn const* column_;
  std::vector<std::uint32_t> run_begin_;  // first run of a path; paths + 1 entries
  std::vector<Box> run_box_;
};

}  // namespace terrein
