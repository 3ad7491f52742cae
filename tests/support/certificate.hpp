#pragma once

#include <string>
#include <vector>

#include "terrein/core/error.hpp"
#include "terrein/network/shortest_paths.hpp"

namespace terrein::test {

/// What is wrong with the result of a search without limit, empty when nothing is. Times and sources are right exactly
/// when no start and no arc offers a node anything better, and what every reached node has is offered by a start or by
/// an arc from a node that is right already; the last matters where arcs take no time. Sums must be those of the
/// search.
inline std::string fault_of(RoadGraph const& graph, std::vector<Start> const& starts, Reached const& found) {
  auto const label = [&found](std::uint32_t node) { return std::pair{found.seconds[node], found.source[node]}; };
  std::vector<std::uint32_t> right;  // nodes whose label is explained, in the order in which that was seen
  std::vector<bool> explained(graph.nodes());
  auto const offer = [&](std::uint32_t node, std::pair<double, std::uint32_t> const& offered) {
    if (offered < label(node)) return false;
    if (offered == label(node) && !explained[node]) {
      explained[node] = true;
      right.push_back(node);
    }
    return true;
  };
  for (Start const& start : starts)
    if (!offer(start.node, {start.seconds, start.source})) return fmt::format("start {} is better", start.node);
  for (std::size_t i = 0; i < right.size(); ++i)
    for (auto arc = graph.first_out[right[i]]; arc < graph.first_out[right[i] + 1]; ++arc)
      if (!offer(graph.head[arc], {found.seconds[right[i]] + graph.seconds[arc], found.source[right[i]]}))
        return fmt::format("arc {} relaxes further", arc);
  for (std::uint32_t node = 0; node < graph.nodes(); ++node)
    if ((found.source[node] != no_row) != explained[node])
      return fmt::format("node {} is {}", node, explained[node] ? "not reached" : "reached by no tight arc");
  return {};
}

}  // namespace terrein::test
