// Rings of any shape on a coarse grid, so that touching, crossing and collapsing edges are common: what repair calls
// repaired must be valid and finite, and what it gives up must be empty.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "terrein/geometry/validity.hpp"

namespace {

/// Two bytes per vertex, 8 × 32 steps; a first byte of 255 ends the ring, of 254 the polygon.
void append_row(terrein::GeometryColumn& column, std::uint8_t const* data, std::size_t size) {
  terrein::GeometryBuilder builder(column);
  constexpr std::uint8_t end_of_ring = 255, end_of_polygon = 254;
  bool open = false, any_ring = false;
  auto const end_ring = [&] {
    if (open) builder.end_path();
    any_ring = any_ring || open;
    open = false;
  };
  auto const end_polygon = [&] {
    end_ring();
    if (any_ring) builder.end_part();
    any_ring = false;
  };
  for (std::size_t i = 0; i + 1 < size; i += 2) {
    if (data[i] == end_of_ring) {
      end_ring();
    } else if (data[i] == end_of_polygon) {
      end_polygon();
    } else {
      constexpr double x0 = 104800, y0 = 193700;
      builder.vertex(x0 + data[i] % 32, y0 + data[i + 1] % 32 + (data[i + 1] / 32) * 1e-3);
      open = true;
    }
  }
  end_polygon();
  builder.end_row(terrein::GeometryKind::polygon);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace terrein;
  constexpr std::size_t most_bytes = 400;
  if (size > most_bytes) return 0;
  GeometryColumn column;
  append_row(column, data, size);
  if (!column.has_shape(0)) return 0;
  GeometryColumn repaired;
  auto const done = make_valid(column, {0}, repaired);
  if (repaired.size() != 1 || repaired.has_shape(0) != done[0].repaired()) std::abort();
  if (!std::isfinite(done[0].area_after)) std::abort();
  if (validity(repaired, 1)[0]) std::abort();
  return 0;
}
