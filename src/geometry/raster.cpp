#include "terrein/geometry/raster.hpp"

#include "terrein/core/error.hpp"

namespace terrein {

std::size_t Raster::index(std::uint32_t column, std::uint32_t row) const {
  if (column < first_column || row < first_row || column - first_column >= columns || row - first_row >= rows)
    throw_error(ErrorKind::internal, "Raster '{}': cell {} {} is asked for and was not read.", name, column, row);
  return std::size_t{row - first_row} * columns + (column - first_column);
}

double Raster::value(std::size_t index) const noexcept {
  double const stored = std::visit([index](auto const& all) { return static_cast<double>(all[index]); }, values);
  return stored * scale + offset;
}

void Raster::forget(std::size_t index) {
  if (valid.empty()) valid.assign(cells() / 64 + 1, ~std::uint64_t{0});
  valid[index / 64] &= ~(std::uint64_t{1} << (index % 64));
}

}  // namespace terrein
