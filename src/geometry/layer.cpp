#include "terrein/geometry/layer.hpp"

#include <algorithm>
#include <numeric>

#include "terrein/core/text.hpp"

namespace terrein {

std::vector<std::uint32_t> rank_ids(std::vector<std::string> const& id) {
  std::vector<std::uint32_t> order(id.size());
  std::iota(order.begin(), order.end(), 0U);
  if (std::is_sorted(id.begin(), id.end(), id_less)) return order;  // as most registers deliver them
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return id_less(id[a], id[b]); });
  std::vector<std::uint32_t> rank(id.size());
  for (std::uint32_t position = 0; position < order.size(); ++position) rank[order[position]] = position;
  return rank;
}

Layer take(Layer const& layer, std::vector<Row> const& rows) {
  if (are_all(rows, layer.size()) && layer.id_rank.size() == layer.size()) return layer;
  Layer out;
  out.name = layer.name;
  out.crs = layer.crs;
  out.geometry = take(layer.geometry, rows);
  out.attributes = take(layer.attributes, rows);
  // A layer that is not prepared yet may have no ids.
  if (!layer.id.empty())
    for (Row const row : rows) out.id.push_back(layer.id[row]);
  out.id_rank = rank_ids(out.id);
  return out;
}

}  // namespace terrein
