#include "faces.hpp"

#include <algorithm>
#include <cmath>

namespace terrein::demo {
namespace {

struct Half {
  std::size_t from, to, chain;
};

/// Order of directions counter-clockwise from east, without angles.
bool before(Vec a, Vec b) {
  bool const a_low = a.y < 0 || (a.y == 0 && a.x < 0);
  bool const b_low = b.y < 0 || (b.y == 0 && b.x < 0);
  if (a_low != b_low) return b_low;
  return cross(a, b) > 0;
}

/// Edges that bound something: loose ends are taken off until none is left.
std::vector<Arrangement::Edge> without_loose_ends(Arrangement const& graph) {
  std::vector<Arrangement::Edge> edges = graph.edges;
  for (bool changed = true; changed;) {
    std::vector<int> degree(graph.nodes.size(), 0);
    for (auto const& edge : edges) {
      ++degree[edge.from];
      ++degree[edge.to];
    }
    auto const loose = [&](auto const& edge) { return degree[edge.from] == 1 || degree[edge.to] == 1; };
    auto const keep = std::remove_if(edges.begin(), edges.end(), loose);
    changed = keep != edges.end();
    edges.erase(keep, edges.end());
  }
  return edges;
}

/// For every half-edge the next one round the face on its left. Half-edges 2k and 2k + 1 are twins.
std::vector<std::size_t> next_of(Arrangement const& graph, std::vector<Half> const& halves) {
  std::vector<std::vector<std::size_t>> out_of(graph.nodes.size());
  for (std::size_t h = 0; h < halves.size(); ++h) out_of[halves[h].from].push_back(h);
  auto const direction = [&](std::size_t h) { return graph.nodes[halves[h].to] - graph.nodes[halves[h].from]; };
  std::vector<std::size_t> next(halves.size());
  for (auto& fan : out_of) {
    std::sort(fan.begin(), fan.end(), [&](std::size_t a, std::size_t b) { return before(direction(a), direction(b)); });
    for (std::size_t i = 0; i < fan.size(); ++i) {
      next[fan[(i + 1) % fan.size()] ^ 1U] = fan[i];
    }
  }
  return next;
}

/// The smallest face that holds an island, by a vertex of the island.
void place_island(Arrangement const& graph, std::vector<std::size_t> const& island,
                  std::vector<Arrangement::Face>& faces) {
  Vec const p = graph.nodes[island[0]];
  Arrangement::Face* home = nullptr;
  double smallest = 0;
  for (auto& face : faces) {
    if (std::find(face.nodes.begin(), face.nodes.end(), island[0]) != face.nodes.end()) continue;
    Ring const ring = graph.ring(face.nodes);
    if (!inside(ring, p)) continue;
    if (home == nullptr || area(ring) < smallest) {
      home = &face;
      smallest = area(ring);
    }
  }
  if (home != nullptr) home->holes.push_back(island);
}

}  // namespace

std::vector<Arrangement::Face> trace_faces(Arrangement const& graph) {
  std::vector<Half> halves;
  for (auto const& edge : without_loose_ends(graph)) {
    halves.push_back({edge.from, edge.to, edge.chain});
    halves.push_back({edge.to, edge.from, edge.chain});
  }
  std::vector<std::size_t> const next = next_of(graph, halves);
  std::vector<bool> seen(halves.size(), false);
  std::vector<Arrangement::Face> faces;
  std::vector<std::vector<std::size_t>> islands;
  for (std::size_t start = 0; start < halves.size(); ++start) {
    if (seen[start]) continue;
    Arrangement::Face face;
    for (std::size_t h = start; !seen[h]; h = next[h]) {
      seen[h] = true;
      face.nodes.push_back(halves[h].from);
      face.chains.push_back(halves[h].chain);
    }
    if (area(graph.ring(face.nodes)) > 0)
      faces.push_back(std::move(face));
    else
      islands.push_back(std::move(face.nodes));
  }
  for (auto const& island : islands) place_island(graph, island, faces);
  return faces;
}

}  // namespace terrein::demo
