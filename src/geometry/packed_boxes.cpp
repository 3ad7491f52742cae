#include "terrein/geometry/packed_boxes.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {

namespace {

constexpr unsigned hilbert_level = 16;

// Reflects and swaps the quadrant of side `side` so that the curve inside it runs as it does at the lower left.
void turn_quadrant(std::uint32_t side, bool right, bool upper, std::uint32_t& x, std::uint32_t& y) {
  if (upper) return;
  if (right) {
    x = side - 1 - x;
    y = side - 1 - y;
  }
  std::swap(x, y);
}

// The lower 16 bits, with a zero between each two of them.
std::uint32_t spread(std::uint32_t bits) {
  bits = (bits | bits << 8U) & 0x00ff00ffU;
  bits = (bits | bits << 4U) & 0x0f0f0f0fU;
  bits = (bits | bits << 2U) & 0x33333333U;
  return (bits | bits << 1U) & 0x55555555U;
}

std::uint32_t grid_position(double value, double low, double size) {
  double const scaled = size > 0 ? (value - low) / size * 65535.0 : 0.0;
  return scaled >= 65535 ? 65535U : scaled > 0 ? static_cast<std::uint32_t>(scaled) : 0U;  // NaN gives 0
}

constexpr std::size_t chunk = 16384;  // not worth a second thread

// Sorts keys by their upper 32 bits, equal ones in the order they came: four passes over eight bits each, in which
// every worker has a piece of the keys and puts them behind those of the pieces before.
void sort_by_code(std::vector<std::uint64_t>& keys, unsigned workers) {
  constexpr std::size_t digits = 256;
  std::size_t const pieces = std::clamp<std::size_t>(keys.size() / chunk, 1, workers);
  auto const first = [&](std::size_t piece) { return keys.size() * piece / pieces; };
  std::vector<std::array<std::size_t, digits>> next(pieces);
  std::vector<std::uint64_t> sorted(keys.size());
  for (unsigned shift = 32; shift < 64; shift += 8) {
    parallel_chunks(pieces, workers, 1, [&](unsigned, std::size_t piece, std::size_t) {
      next[piece].fill(0);
      for (std::size_t i = first(piece); i < first(piece + 1); ++i) ++next[piece][keys[i] >> shift & 255U];
    });
    std::size_t begin = 0;
    for (std::size_t digit = 0; digit < digits; ++digit)
      for (auto& counts : next) begin += std::exchange(counts[digit], begin);
    parallel_chunks(pieces, workers, 1, [&](unsigned, std::size_t piece, std::size_t) {
      for (std::size_t i = first(piece); i < first(piece + 1); ++i)
        sorted[next[piece][keys[i] >> shift & 255U]++] = keys[i];
    });
    keys.swap(sorted);
  }
}

}  // namespace

// All bits at once, by a prefix scan over them (github.com/rawrunprotected/hilbert_curves, as in GEOS and JTS),
// where a walk from bit to bit has 16 branches that cannot be foretold.
std::uint32_t hilbert_code(unsigned level, std::uint32_t x, std::uint32_t y) {
  level = std::clamp(level, 1U, 16U);
  x = x << (16 - level) & 0xffffU;
  y = y << (16 - level) & 0xffffU;
  std::uint32_t a = x ^ y, b = 0xffffU ^ a, c = 0xffffU ^ (x | y), d = x & (y ^ 0xffffU);
  std::uint32_t A = a | b >> 1U, B = a >> 1U ^ a, C = (c >> 1U ^ (b & d >> 1U)) ^ c, D = ((a & c >> 1U) ^ d >> 1U) ^ d;
  for (unsigned shift = 2; shift <= 8; shift *= 2) {
    a = A, b = B, c = C, d = D;
    A = (a & a >> shift) ^ (b & b >> shift);
    B = (a & b >> shift) ^ (b & (a ^ b) >> shift);
    C ^= (a & c >> shift) ^ (b & d >> shift);
    D ^= (b & c >> shift) ^ ((a ^ b) & d >> shift);
  }
  a = C ^ C >> 1U;
  b = D ^ D >> 1U;
  std::uint32_t const even = x ^ y, odd = b | (0xffffU ^ (even | a));
  return (spread(odd) << 1U | spread(even)) >> (32 - 2 * level);
}

Cell hilbert_cell(unsigned level, std::uint32_t code) {
  Cell cell{0, 0};
  std::uint32_t side = 1;
  for (unsigned i = 0; i < std::clamp(level, 1U, 16U); ++i, side *= 2, code >>= 2U) {
    std::uint32_t const quadrant = code & 3U;
    bool const right = quadrant >= 2, upper = quadrant == 1 || quadrant == 2;
    turn_quadrant(side, right, upper, cell.x, cell.y);
    cell.x += right ? side : 0;
    cell.y += upper ? side : 0;
  }
  return cell;
}

std::vector<std::uint32_t> hilbert_order(std::span<Box const> boxes, unsigned workers) {
  Box all;
  std::vector<std::uint64_t> keys;
  keys.reserve(boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (!boxes[i].empty()) {
      all.extend(boxes[i]);
      keys.push_back(i);
    }
  parallel_chunks(keys.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      Point const centre = boxes[keys[k]].centre();
      std::uint64_t const code = hilbert_code(hilbert_level, grid_position(centre.x, all.min_x, all.width()),
                                              grid_position(centre.y, all.min_y, all.height()));
      keys[k] |= code << 32U;
    }
  });
  sort_by_code(keys, workers);
  std::vector<std::uint32_t> order(keys.size());
  std::transform(keys.begin(), keys.end(), order.begin(),
                 [](std::uint64_t key) { return static_cast<std::uint32_t>(key); });
  return order;
}

template <class Child>
Box PackedBoxes::fill(Node& node, std::size_t first, std::size_t count, Child const& child) {
  Box all;
  for (std::size_t i = 0; i < fan_out; ++i) {
    Box const box = first + i < count ? child(first + i) : Box{};
    node.min_x[i] = box.min_x;
    node.min_y[i] = box.min_y;
    node.max_x[i] = box.max_x;
    node.max_y[i] = box.max_y;
    all.extend(box);
  }
  return all;
}

PackedBoxes::PackedBoxes(std::span<Box const> boxes, unsigned workers) {
  if (boxes.size() > 0xfffffff0U)
    throw_error(ErrorKind::input, "An index cannot hold more than 4294967280 boxes. Cut the layer into parts.");
  order_ = hilbert_order(boxes, workers);
  nodes_.reserve(order_.size() / (fan_out - 1) + most_levels);
  std::vector<Box> children;  // of the level that is made; those of the lowest one are the boxes
  for (std::size_t count = order_.size(); count > 0; count = children.size()) {
    std::size_t const begin = nodes_.size(), parents = (count + fan_out - 1) / fan_out;
    level_begin_.push_back(begin);
    nodes_.resize(begin + parents);
    std::vector<Box> made(parents);
    auto const child = [&](std::size_t i) { return begin == 0 ? boxes[order_[i]] : children[i]; };
    parallel_chunks(parents, workers, chunk / fan_out, [&](unsigned, std::size_t first, std::size_t end) {
      for (std::size_t parent = first; parent < end; ++parent)
        made[parent] = fill(nodes_[begin + parent], fan_out * parent, count, child);
    });
    if (parents == 1) return;
    children = std::move(made);
  }
}

}  // namespace terrein
