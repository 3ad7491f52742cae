#include "terrein/geometry/surroundings.hpp"

#include <algorithm>
#include <cmath>

namespace terrein {

bool Surroundings::squares_of(Box const& box, Span& out) {
  constexpr double farthest = 1e9, most = 1 << 14;
  double const bounds[] = {std::floor(box.min_x / square_m), std::floor(box.min_y / square_m),
                           std::floor(box.max_x / square_m), std::floor(box.max_y / square_m)};
  for (double const bound : bounds)
    if (!(std::abs(bound) < farthest)) return false;
  if ((bounds[2] - bounds[0] + 1) * (bounds[3] - bounds[1] + 1) > most) return false;
  out = {static_cast<std::int32_t>(bounds[0]), static_cast<std::int32_t>(bounds[1]),
         static_cast<std::int32_t>(bounds[2]), static_cast<std::int32_t>(bounds[3])};
  return true;
}

std::uint64_t Surroundings::key(std::int32_t tile_x, std::int32_t tile_y) {
  return std::uint64_t{static_cast<std::uint32_t>(tile_x)} << 32U | static_cast<std::uint32_t>(tile_y);
}

template <class See>
bool Surroundings::any_line(Span const& span, See const& see) {
  for (std::int32_t tile_x = span.min_x >> tile_bits; tile_x <= span.max_x >> tile_bits; ++tile_x) {
    int const first = std::max(span.min_x - tile_x * tile_side, 0);
    int const last = std::min(span.max_x - tile_x * tile_side, tile_side - 1);
    std::uint64_t const bits = (~std::uint64_t{0} >> (tile_side - 1 - (last - first))) << first;
    for (std::int32_t y = span.min_y; y <= span.max_y; ++y) {
      std::int32_t const tile_y = y >> tile_bits;
      if (see(key(tile_x, tile_y), static_cast<std::size_t>(y - tile_y * tile_side), bits)) return true;
    }
  }
  return false;
}

Surroundings::Surroundings(GeometryColumn const& shapes) {
  std::uint64_t last_key = 0;
  Tile* last = nullptr;  // shapes that follow each other mostly lie side by side
  for (std::size_t row = 0; row < shapes.size(); ++row) {
    Box const& box = shapes.box[row];
    if (!shapes.has_shape(row) || !std::isfinite(box.width()) || !std::isfinite(box.height())) continue;
    all_.extend(box);
    Span span{};
    if (!squares_of(box, span)) {
      large_.push_back(box);
      continue;
    }
    any_line(span, [&](std::uint64_t tile, std::size_t line, std::uint64_t bits) {
      if (last == nullptr || last_key != tile) {
        last = &tiles_.try_emplace(tile, Tile{}).first->second;
        last_key = tile;
      }
      (*last)[line] |= bits;
      return false;
    });
  }
}

bool Surroundings::may_reach(Box const& box, double reach) const {
  Box const wide = box.grown(reach);
  if (!std::isfinite(wide.width()) || !std::isfinite(wide.height()) || wide.empty()) return true;
  if (!wide.meets(all_)) return false;
  if (std::any_of(large_.begin(), large_.end(), [&](Box const& shape) { return shape.meets(wide); })) return true;
  Span span{};
  if (!squares_of(wide, span)) return true;
  return any_line(span, [&](std::uint64_t tile, std::size_t line, std::uint64_t bits) {
    auto const found = tiles_.find(tile);
    return found != tiles_.end() && (found->second[line] & bits) != 0;
  });
}

void leave_out_far(GeometryColumn& column, NearOnly const& near) {
  auto const is_far = [&](std::size_t row) {
    return column.kind[row] == GeometryKind::polygon && !near.of->may_reach(column.box[row], near.reach);
  };
  bool any = false;
  for (std::size_t row = 0; row < column.size() && !any; ++row) any = is_far(row);
  if (!any) return;
  GeometryColumn kept;
  GeometryBuilder builder(kept);
  for (std::size_t row = 0; row < column.size(); ++row) {
    builder.copy_row(column, row);
    if (is_far(row)) builder.leave_out_last();
  }
  column = std::move(kept);
}

}  // namespace terrein
