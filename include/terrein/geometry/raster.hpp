#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "terrein/geometry/cell_coverage.hpp"
#include "terrein/geometry/crs.hpp"

namespace terrein {

/// Values of cells as they are stored: the narrowest type that holds what the source can hold.
using CellValues =
    std::variant<std::vector<std::uint8_t>, std::vector<std::int32_t>, std::vector<float>, std::vector<double>>;

/// One band of numbers in the cells of a grid, or the part of it that was read. Cells count in the whole grid, so that
/// nothing depends on which part that is.
struct Raster {
  std::string name;  ///< key of the layer in the study
  Crs crs;
  Grid grid;                                                             ///< of the whole source
  std::uint32_t first_column = 0, first_row = 0, columns = 0, rows = 0;  ///< the part that was read
  CellValues values;                                                     ///< of that part, row by row from the north
  std::vector<std::uint64_t> valid;  ///< a bit per value, lowest first: 0 = the cell has no value. Empty = all have
  double scale = 1, offset = 0;      ///< a cell is worth its stored value · scale + offset

  [[nodiscard]] std::size_t cells() const noexcept { return std::size_t{columns} * rows; }
  /// Position of a cell of the grid among the values. Throws `Error{internal}` for a cell that was not read.
  [[nodiscard]] std::size_t index(std::uint32_t column, std::uint32_t row) const;
  [[nodiscard]] bool has_value(std::size_t index) const noexcept {
    return valid.empty() || (valid[index / 64] >> (index % 64) & 1U) != 0;
  }
  /// Precondition: the cell has a value.
  [[nodiscard]] double value(std::size_t index) const noexcept;
  /// Marks a cell as one without value.
  void forget(std::size_t index);
};

}  // namespace terrein
