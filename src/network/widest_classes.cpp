#include "terrein/network/widest_classes.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// Arcs by the node they lead to.
struct Incoming {
  std::vector<std::uint32_t> first, tail, arc;

  explicit Incoming(RoadGraph const& graph) : first(graph.nodes() + 1, 0), tail(graph.arcs()), arc(graph.arcs()) {
    for (std::uint32_t const head : graph.head) ++first[head + 1];
    for (std::size_t node = 0; node < graph.nodes(); ++node) first[node + 1] += first[node];
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (std::uint32_t node = 0; node < graph.nodes(); ++node)
      for (std::uint32_t at = graph.first_out[node]; at < graph.first_out[node + 1]; ++at) {
        std::uint32_t const place = next[graph.head[at]]++;
        tail[place] = node;
        arc[place] = at;
      }
  }
};

/// Classes of lines as a search takes them: the least or the most that they may have.
template <class Of>
std::vector<Cemt> classes_of_arcs(RoadGraph const& graph, LineFacts const& facts, Of const& of) {
  std::vector<Cemt> out(graph.arcs());
  for (std::size_t arc = 0; arc < out.size(); ++arc)
    out[arc] = of(facts.cemt.empty() ? CemtRange{Cemt::below, Cemt::VIIb} : range_of(facts.cemt[facts.row[arc]]),
                  facts.unknown.empty() || facts.unknown[arc] == 0);
  return out;
}

}  // namespace

std::vector<Cemt> widest_classes(RoadGraph const& graph, std::span<Cemt const> of_arc,
                                 std::span<WidestStart const> goals) {
  Incoming const incoming(graph);
  std::vector<Cemt> best(graph.nodes(), Cemt::unknown);
  std::array<std::vector<std::uint32_t>, static_cast<std::size_t>(Cemt::VIIb) + 1> waiting;
  auto const reach = [&](std::uint32_t node, Cemt with) {
    if (with <= best[node]) return;
    best[node] = with;
    waiting[static_cast<std::size_t>(with)].push_back(node);
  };
  for (WidestStart const& goal : goals) {
    if (goal.node >= graph.nodes()) throw_error(ErrorKind::internal, "A port lies at node {}.", goal.node);
    reach(goal.node, goal.most);
  }
  for (std::size_t level = waiting.size(); level-- > 1;)
    while (!waiting[level].empty()) {  // a step leads to this level or a lower one
      std::uint32_t const node = waiting[level].back();
      waiting[level].pop_back();
      if (static_cast<std::size_t>(best[node]) != level) continue;
      for (std::uint32_t i = incoming.first[node]; i < incoming.first[node + 1]; ++i)
        reach(incoming.tail[i], std::min(best[node], of_arc[incoming.arc[i]]));
    }
  return best;
}

CemtRange range_of(Cemt value) {
  return value == Cemt::unknown ? CemtRange{Cemt::below, Cemt::VIIb} : CemtRange{value, value};
}

std::vector<CemtRange> port_classes(RoadGraph const& graph, LineFacts const& facts, std::span<NetworkEdge const> edges,
                                    std::span<std::uint32_t const> ports) {
  auto const of_edge = [&](NetworkEdge const& edge) {
    CemtRange out = facts.cemt.empty() ? range_of(Cemt::unknown) : range_of(facts.cemt[edge.row]);
    if (!edge.certain) out.low = Cemt::unknown;
    return out;
  };
  std::vector<WidestStart> low, high;
  for (std::uint32_t const port : ports) {
    NetworkEdge const& edge = edges[port];
    CemtRange const own = of_edge(edge);
    // Whoever comes to the end from which the stretch is open comes to the port.
    for (auto const& [open, node] : {std::pair{edge.along, edge.from}, std::pair{edge.against, edge.to}}) {
      if (!open) continue;
      low.push_back({node, own.low});
      high.push_back({node, own.high});
    }
  }
  auto const least = widest_classes(
      graph, classes_of_arcs(graph, facts, [](CemtRange r, bool sure) { return sure ? r.low : Cemt::unknown; }), low);
  auto const most =
      widest_classes(graph, classes_of_arcs(graph, facts, [](CemtRange r, bool) { return r.high; }), high);
  std::vector<CemtRange> out;
  out.reserve(edges.size());
  for (NetworkEdge const& edge : edges) {
    auto const onward = [&](std::vector<Cemt> const& of_node) {
      return std::max(edge.along ? of_node[edge.to] : Cemt::unknown, edge.against ? of_node[edge.from] : Cemt::unknown);
    };
    CemtRange const own = of_edge(edge);
    out.push_back({std::min(own.low, onward(least)), std::min(own.high, onward(most))});
  }
  for (std::uint32_t const port : ports) out[port] = of_edge(edges[port]);
  return out;
}

}  // namespace terrein
