#include "io/gpkg_rtree.hpp"

#include <algorithm>
#include <bit>

#include "terrein/core/error.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein::gpkg {
namespace {

constexpr std::size_t head_bytes = 4, cell_bytes = 24;

/// A cell of a node: the id of a row in a leaf, else the number of a node one level down, and the box around it.
struct Cell {
  std::int64_t id;
  float min_x, max_x, min_y, max_y;
};

// The factors of rtree.c, so that entries are the very ones that SQLite would have made.
constexpr double towards_zero = 1.0 - 1.0 / 8388608.0, away_from_zero = 1.0 + 1.0 / 8388608.0;

float rounded_down(double value) {
  auto const near = static_cast<float>(value);
  return static_cast<double>(near) > value ? static_cast<float>(value * (value < 0 ? away_from_zero : towards_zero))
                                           : near;
}

float rounded_up(double value) {
  auto const near = static_cast<float>(value);
  return static_cast<double>(near) < value ? static_cast<float>(value * (value < 0 ? towards_zero : away_from_zero))
                                           : near;
}

template <class T>
unsigned char* put(unsigned char* at, T value) {  // the most significant byte first
  for (std::size_t i = sizeof value; i-- > 0;) *at++ = static_cast<unsigned char>(value >> (8 * i));
  return at;
}

void put_cell(unsigned char* at, Cell const& cell) {
  at = put(at, static_cast<std::uint64_t>(cell.id));
  for (float const value : {cell.min_x, cell.max_x, cell.min_y, cell.max_y})
    at = put(at, std::bit_cast<std::uint32_t>(value));
}

std::uint32_t grid_position(double value, double low, double size) {
  constexpr double last = 65535;
  return size > 0 ? static_cast<std::uint32_t>(std::clamp((value - low) / size * last, 0.0, last)) : 0U;
}

/// Rows with a box, in the order of the Hilbert codes of their centres; of equal codes the lower row first.
std::vector<std::uint32_t> rows_along_curve(std::span<Box const> boxes) {
  Box all;
  for (Box const& box : boxes)
    if (!box.empty()) all.extend(box);
  std::vector<std::uint64_t> keys;
  keys.reserve(boxes.size());
  for (std::size_t row = 0; row < boxes.size(); ++row) {
    if (boxes[row].empty()) continue;
    Point const centre = boxes[row].centre();
    constexpr unsigned level = 16;
    std::uint64_t const code = hilbert_code(level, grid_position(centre.x, all.min_x, all.width()),
                                            grid_position(centre.y, all.min_y, all.height()));
    keys.push_back(code << 32U | row);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<std::uint32_t> out(keys.size());
  std::transform(keys.begin(), keys.end(), out.begin(),
                 [](std::uint64_t key) { return static_cast<std::uint32_t>(key); });
  return out;
}

std::vector<Cell> cells_of(std::span<std::int64_t const> ids, std::span<Box const> boxes,
                           std::vector<std::uint32_t> const& rows) {
  std::vector<Cell> out;
  out.reserve(rows.size());
  for (std::uint32_t const row : rows) {
    Box const& box = boxes[row];
    out.push_back(
        {ids[row], rounded_down(box.min_x), rounded_up(box.max_x), rounded_down(box.min_y), rounded_up(box.max_y)});
  }
  return out;
}

/// Nodes per level, leaves first, the root last.
std::vector<std::size_t> level_sizes(std::size_t cells, std::size_t capacity) {
  std::vector<std::size_t> out;
  do out.push_back(cells = std::max<std::size_t>(1, (cells + capacity - 1) / capacity));
  while (cells > 1);
  return out;
}

/// Spreads cells evenly over the `count` nodes of a level, of which the first has number `first`, and calls
/// `held(cell position, node number)` for each. Returns a cell for every node.
template <class Held>
std::vector<Cell> write_level(std::vector<Cell> const& cells, std::size_t count, std::size_t first, PackedTree& tree,
                              Held const& held) {
  std::vector<Cell> out;
  out.reserve(count);
  for (std::size_t k = 0; k < count; ++k) {
    std::size_t const number = first + k, begin = k * cells.size() / count, end = (k + 1) * cells.size() / count;
    unsigned char* const node = tree.nodes.data() + (number - 1) * tree.node_bytes;
    put(node + 2, static_cast<std::uint16_t>(end - begin));
    Cell around{static_cast<std::int64_t>(number), 0, 0, 0, 0};
    for (std::size_t i = begin; i < end; ++i) {
      Cell const& cell = cells[i];
      put_cell(node + head_bytes + (i - begin) * cell_bytes, cell);
      held(i, static_cast<std::int64_t>(number));
      bool const none = i == begin;
      around.min_x = none ? cell.min_x : std::min(around.min_x, cell.min_x);
      around.max_x = none ? cell.max_x : std::max(around.max_x, cell.max_x);
      around.min_y = none ? cell.min_y : std::min(around.min_y, cell.min_y);
      around.max_y = none ? cell.max_y : std::max(around.max_y, cell.max_y);
    }
    out.push_back(around);
  }
  return out;
}

}  // namespace

PackedTree pack_tree(std::span<std::int64_t const> ids, std::span<Box const> boxes, std::size_t node_bytes) {
  if (node_bytes < head_bytes + 2 * cell_bytes)
    throw_error(ErrorKind::internal, "Nodes of {} bytes are too small for an R-tree.", node_bytes);
  std::vector<std::uint32_t> const rows = rows_along_curve(boxes);
  std::vector<std::size_t> const levels = level_sizes(rows.size(), (node_bytes - head_bytes) / cell_bytes);
  PackedTree out;
  out.node_bytes = node_bytes;
  std::size_t next = 1;  // beyond the nodes of the levels still to be written
  for (std::size_t const nodes : levels) next += nodes;
  out.nodes.resize((next - 1) * node_bytes);
  out.parents.resize(next - 1);
  out.leaf_of.resize(boxes.size());
  std::vector<Cell> cells = cells_of(ids, boxes, rows);
  for (std::size_t level = 0; level < levels.size(); ++level) {
    next -= levels[level];
    cells = write_level(cells, levels[level], next, out, [&](std::size_t i, std::int64_t number) {
      (level == 0 ? out.leaf_of[rows[i]] : out.parents[static_cast<std::size_t>(cells[i].id) - 1]) = number;
    });
  }
  put(out.nodes.data(), static_cast<std::uint16_t>(levels.size() - 1));  // the root tells the height
  return out;
}

}  // namespace terrein::gpkg
