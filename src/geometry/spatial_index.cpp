#include "terrein/geometry/spatial_index.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "terrein/core/error.hpp"

namespace terrein {

namespace {

constexpr std::size_t node_size = 16;
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

// Sorts keys by their upper 32 bits, equal ones in the order they came: four passes over eight bits each.
void sort_by_code(std::vector<std::uint64_t>& keys) {
  std::vector<std::uint64_t> sorted(keys.size());
  for (unsigned shift = 32; shift < 64; shift += 8) {
    std::array<std::size_t, 257> begin{};
    for (std::uint64_t const key : keys) ++begin[(key >> shift & 255U) + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    for (std::uint64_t const key : keys) sorted[begin[key >> shift & 255U]++] = key;
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

std::vector<std::uint32_t> hilbert_order(std::span<Box const> boxes) {
  Box all;
  for (Box const& box : boxes)
    if (!box.empty()) all.extend(box);
  std::vector<std::uint64_t> keys;
  keys.reserve(boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (boxes[i].empty()) continue;
    Point const centre = boxes[i].centre();
    std::uint64_t const code = hilbert_code(hilbert_level, grid_position(centre.x, all.min_x, all.width()),
                                            grid_position(centre.y, all.min_y, all.height()));
    keys.push_back(code << 32U | i);
  }
  sort_by_code(keys);
  std::vector<std::uint32_t> order(keys.size());
  std::transform(keys.begin(), keys.end(), order.begin(),
                 [](std::uint64_t key) { return static_cast<std::uint32_t>(key); });
  return order;
}

SpatialIndex::SpatialIndex(std::vector<Box> const& boxes) : items_(boxes.size()) {
  if (boxes.size() > 0xfffffffeU)
    throw_error(ErrorKind::input, "An index cannot hold more than 4294967294 boxes. Cut the layer into parts.");
  node_item_ = hilbert_order(boxes);
  if (node_item_.empty()) return;
  std::size_t const nodes = node_item_.size() + node_item_.size() / (node_size - 1) + 8;
  node_item_.reserve(nodes);
  node_box_.reserve(nodes);
  for (std::uint32_t const position : node_item_) node_box_.push_back(boxes[position]);
  level_end_.push_back(node_box_.size());
  for (std::size_t begin = 0; level_end_.back() - begin > 1;) {
    std::size_t const end = level_end_.back();
    for (std::size_t child = begin; child < end; child += node_size) {
      Box box;
      for (std::size_t i = child; i < std::min(child + node_size, end); ++i) box.extend(node_box_[i]);
      node_box_.push_back(box);
      node_item_.push_back(static_cast<std::uint32_t>(child));
    }
    begin = end;
    level_end_.push_back(node_box_.size());
  }
}

void SpatialIndex::query(Box const& box, std::vector<std::uint32_t>& hits) const {
  if (level_end_.empty() || box.empty() || !node_box_.back().meets(box)) return;
  std::size_t const before = hits.size();
  if (level_end_.size() == 1) {
    hits.push_back(node_item_[0]);
    return;
  }
  std::vector<std::pair<std::size_t, std::size_t>> open{{node_box_.size() - 1, level_end_.size() - 1}};
  while (!open.empty()) {
    auto const [node, level] = open.back();
    open.pop_back();
    std::size_t const child = node_item_[node];
    std::size_t const end = std::min(child + node_size, level_end_[level - 1]);
    for (std::size_t i = child; i < end; ++i) {
      if (!node_box_[i].meets(box)) continue;
      if (level == 1)
        hits.push_back(node_item_[i]);
      else
        open.emplace_back(i, level - 1);
    }
  }
  std::sort(hits.begin() + static_cast<std::ptrdiff_t>(before), hits.end());
}

void SpatialIndex::nearest(Box const& box,
                           std::function<double(std::uint32_t position, double box_distance)> const& visit,
                           double bound) const {
  if (level_end_.empty() || box.empty()) return;
  using Entry = std::pair<double, std::size_t>;  // distance, node; the leaves have the smallest node numbers
  auto const later = [](Entry const& a, Entry const& b) { return a > b; };
  std::vector<Entry> open{{distance(box, node_box_.back()), node_box_.size() - 1}};
  while (!open.empty()) {
    std::pop_heap(open.begin(), open.end(), later);
    auto const [away, node] = open.back();
    open.pop_back();
    if (away > bound) return;
    if (node < level_end_[0]) {
      bound = std::min(bound, visit(node_item_[node], away));
      continue;
    }
    auto const level = std::upper_bound(level_end_.begin(), level_end_.end(), node);  // end of the node's own level
    std::size_t const child = node_item_[node];
    for (std::size_t i = child; i < std::min(child + node_size, *(level - 1)); ++i) {
      double const d = distance(box, node_box_[i]);
      if (d > bound) continue;
      open.emplace_back(d, i);
      std::push_heap(open.begin(), open.end(), later);
    }
  }
}

}  // namespace terrein
