#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

/// Why a row is not valid (OGC Simple Features), and where.
struct Invalid {
  std::string code;  ///< ring_self_intersection, self_intersection, too_few_points, hole_outside_shell, nested_shells …
  std::string reason;  ///< as GEOS says it
  double x = 0, y = 0;
};
/// The rows that are not valid. Nothing is kept of those that are, which are nearly all of them.
class Faults {
 public:
  /// Rows must be added ascending.
  void add(Row row, Invalid fault);

  [[nodiscard]] bool empty() const noexcept { return rows_.empty(); }
  /// Ascending, as are the faults beside them.
  [[nodiscard]] std::vector<Row> const& rows() const noexcept { return rows_; }
  [[nodiscard]] std::vector<Invalid> const& faults() const noexcept { return faults_; }
  /// The fault of a row, or nothing.
  [[nodiscard]] std::optional<Invalid> operator[](std::size_t row) const;

 private:
  std::vector<Row> rows_;
  std::vector<Invalid> faults_;
};
/// What is wrong with each row. Null and empty rows are valid; coordinates that are not finite are not. GEOS judges
/// what a quick test in front of it leaves open: rings that touch or nearly touch, repeated vertices, whatever is
/// invalid.
[[nodiscard]] Faults validity(GeometryColumn const& column, unsigned workers);

/// How a row was made valid: each step is tried when the one before does not give a valid shape.
enum class RepairMethod {
  given_up,   ///< nothing valid remains: the row must be put in quarantine
  cleaned,    ///< repeated vertices, spikes without width and rings too short to be one taken out
  structure,  ///< made valid by structure: shells united, holes subtracted
  snapped,    ///< made valid by structure on a grid of 2^-28 of the largest coordinate (1 mm in Lambert 72)
};
[[nodiscard]] std::string_view to_string(RepairMethod method);

struct Repair {
  RepairMethod method = RepairMethod::given_up;
  double area_before = 0;  ///< of the faulty rings, absolute shoelace sums with holes subtracted
  double area_after = 0;

  [[nodiscard]] bool repaired() const noexcept { return method != RepairMethod::given_up; }
};
/// Repairs the rows `rows` in the steps of `RepairMethod` (lines: repeated vertices dropped) and appends one row each
/// to `out`; every polygon that is called repaired has been checked again. Parts that collapse to lines or points are
/// dropped. A row of which nothing remains, or that has coordinates that are not finite, is given up and appended as
/// empty.
[[nodiscard]] std::vector<Repair> make_valid(GeometryColumn const& column, std::vector<Row> const& rows,
                                             GeometryColumn& out);

/// The row with its coordinates on a grid (1e-7 degrees for GeoJSON), valid again after rounding; empty when nothing
/// remains. Points and lines are rounded only.
void append_on_grid(GeometryColumn const& column, std::size_t row, double grid, GeometryColumn& out);

}  // namespace terrein
