#include "geometry/crowds.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "geometry/segments.hpp"

namespace terrein {
namespace {

constexpr std::uint64_t seed = 0x9e3779b97f4a7c15ULL;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t bits) {
  hash = (hash ^ bits) * 0xd6e8feb86659fd93ULL;
  return hash ^ hash >> 32U;
}

/// 0 and −0 are one place.
std::uint64_t mixed(std::uint64_t hash, double value) { return mixed(hash, std::bit_cast<std::uint64_t>(value + 0.0)); }

std::uint64_t hash_of(Box const& box) {
  return mixed(mixed(mixed(mixed(seed, box.min_x), box.min_y), box.max_x), box.max_y);
}

bool is_land(GeometryColumn const& column, Row row) {
  return column.kind[row] == GeometryKind::polygon && column.has_shape(row);
}

/// Rows whose box has the hash of the boxes of more than `above` rows: all of each crowd, and seldom others.
std::vector<Row> suspects(GeometryColumn const& column, std::size_t above) {
  constexpr std::size_t rows_per_slot = 16;
  std::size_t const mask = std::bit_ceil(column.size() / rows_per_slot + 1) - 1;
  std::vector<std::uint32_t> count(mask + 1, 0);
  bool crowded = false;
  for (Row row = 0; row < column.size(); ++row)
    if (is_land(column, row)) crowded |= ++count[hash_of(column.box[row]) & mask] > above;
  std::vector<Row> out;
  if (!crowded) return out;
  for (Row row = 0; row < column.size(); ++row)
    if (is_land(column, row) && count[hash_of(column.box[row]) & mask] > above) out.push_back(row);
  return out;
}

std::uint64_t hash_of_shape(GeometryColumn const& column, Row row) {
  std::uint64_t hash = hash_of(column.box[row]);
  each_same_edge(column, row, row, [&](std::uint32_t i, std::uint32_t) {
    Point const p = vertex_at(column.xy.data(), i);
    hash = mixed(mixed(hash, p.x), p.y);
  });
  return hash;
}

bool same_shape(GeometryColumn const& column, Row a, Row b) {
  std::uint32_t const parts = column.row_begin[a + 1] - column.row_begin[a];
  if (column.row_begin[b + 1] - column.row_begin[b] != parts) return false;
  for (std::uint32_t k = 0; k <= parts; ++k)
    if (column.part_begin[column.row_begin[a] + k] - column.first_path(a) !=
        column.part_begin[column.row_begin[b] + k] - column.first_path(b))
      return false;
  std::uint32_t const paths = column.end_path(a) - column.first_path(a);
  for (std::uint32_t k = 0; k < paths; ++k)
    if (column.path(column.first_path(a) + k).size() != column.path(column.first_path(b) + k).size()) return false;
  bool same = true;
  each_same_edge(column, a, b, [&](std::uint32_t i, std::uint32_t j) {
    same = same && vertex_at(column.xy.data(), i) == vertex_at(column.xy.data(), j);
  });
  return same;
}

/// Takes out of `rows`, which have one hash, all that have the shape of the first.
Crowd take_alike(GeometryColumn const& column, std::vector<Row>& rows) {
  Crowd out;
  Row const first = rows.front();
  auto const rest = std::stable_partition(rows.begin(), rows.end(),
                                          [&](Row row) { return row != first && !same_shape(column, first, row); });
  out.assign(rest, rows.end());
  rows.erase(rest, rows.end());
  return out;
}

}  // namespace

std::uint32_t start_of_ring(GeometryColumn const& column, std::uint32_t path) {
  std::uint32_t const begin = column.path_begin[path], end = column.path_begin[path + 1] - 1;
  double const* const xy = column.xy.data();
  std::uint32_t out = begin;
  for (std::uint32_t i = begin; i < end; ++i) {
    Point const p = vertex_at(xy, i), least = vertex_at(xy, out), before = vertex_at(xy, i > begin ? i - 1 : end - 1);
    bool const repeated = p == before;  // of vertices on one place the first counts
    if (std::tie(p.x, p.y) < std::tie(least.x, least.y)) {
      out = i;
    } else if (p == least && !repeated && vertex_at(xy, out) == vertex_at(xy, out > begin ? out - 1 : end - 1)) {
      out = i;
    }
  }
  return out;
}

std::vector<Crowd> crowds_of(Layer const& layer, std::size_t above) {
  GeometryColumn const& column = layer.geometry;
  std::vector<Crowd> out;
  if (column.size() <= above) return out;
  struct Hashed {
    std::uint64_t hash;
    Row row;
  };
  std::vector<Hashed> all;
  for (Row const row : suspects(column, above)) all.push_back({hash_of_shape(column, row), row});
  auto const& rank = layer.id_rank;
  std::sort(all.begin(), all.end(), [&](Hashed const& a, Hashed const& b) {
    return a.hash != b.hash ? a.hash < b.hash : rank[a.row] < rank[b.row];
  });
  for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    std::vector<Row> rows;
    for (; end < all.size() && all[end].hash == all[begin].hash; ++end) rows.push_back(all[end].row);
    while (rows.size() > above)
      if (Crowd crowd = take_alike(column, rows); crowd.size() > above) out.push_back(std::move(crowd));
  }
  std::sort(out.begin(), out.end(), [&](Crowd const& a, Crowd const& b) { return rank[a.front()] < rank[b.front()]; });
  return out;
}

std::vector<Box> boxes_without_followers(GeometryColumn const& column, std::vector<Crowd> const& crowds) {
  std::vector<Box> out(column.size());
  for (std::size_t row = 0; row < column.size(); ++row)
    if (column.kind[row] == GeometryKind::polygon) out[row] = column.box[row];
  for (Crowd const& crowd : crowds)
    for (std::size_t i = 1; i < crowd.size(); ++i) out[crowd[i]] = {};
  return out;
}

}  // namespace terrein
