#include "geometry/common_land.hpp"

#include <algorithm>

#include "geometry/noded.hpp"

namespace terrein {
namespace {

/// Layers of plans have a few neighbours each; with more on one place the union of what a candidate sees is cheaper
/// than comparing all pairs.
constexpr std::size_t most_neighbours = 64;

bool is_crowded(Layer const& cover, SpatialIndex const& index, std::span<Row const> rows) {
  std::size_t pairs = 0;
  std::vector<Row> hits;
  for (Row const row : rows) {
    hits.clear();
    index.query(cover.geometry.box[row], hits);
    pairs += hits.size();
    if (pairs > most_neighbours * (rows.size() + most_neighbours)) return true;
  }
  return false;
}

}  // namespace

CommonLand::CommonLand(Layer const& cover, EdgeRuns const& runs, SpatialIndex const& index,
                       std::span<std::uint32_t const> group, Box const& near, unsigned workers) {
  std::vector<Row> rows;
  std::vector<std::uint8_t> chosen(cover.size(), 0);
  for (Row row = 0; row < cover.size(); ++row)
    if (group[row] != no_row && cover.geometry.kind[row] == GeometryKind::polygon &&
        cover.geometry.box[row].meets(near)) {
      rows.push_back(row);
      chosen[row] = 1;
    }
  crowded_ = is_crowded(cover, index, rows);
  if (crowded_ || rows.size() < 2) return;
  for (RowPair const& pair : meeting_rows(cover, runs, index, chosen, workers))
    if (group[pair.a] == group[pair.b]) meeting_.emplace_back(pair.a, pair.b);
}

bool CommonLand::any(std::span<Row const> rows) const {
  if (crowded_) return rows.size() > 1;
  if (meeting_.empty()) return false;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (std::binary_search(meeting_.begin(), meeting_.end(), std::pair<Row, Row>(std::minmax(rows[i], rows[j]))))
        return true;
  return false;
}

}  // namespace terrein
