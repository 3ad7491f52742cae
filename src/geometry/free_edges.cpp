#include "geometry/free_edges.hpp"

#include <bit>
#include <cstdlib>
#include <numeric>
#include <utility>

#include "geometry/segments.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

template <class Work>
void each_edge_without_twin(NodedLand const& land, Row row, Work const& work) {
  auto const& [column, at, twin] = land.of(row);
  if (column.kind[at] != GeometryKind::polygon) return;
  for (std::uint32_t path = column.first_path(at); path < column.end_path(at); ++path)
    for (std::size_t i = column.path_begin[path]; i + 1 < column.path_begin[path + 1]; ++i) {
      Point const a = vertex_at(column.xy.data(), i), b = vertex_at(column.xy.data(), i + 1);
      if (a != b && (twin[i] == 0 || land.lost_twin(a, b))) work(FreeEdge{a, b});
    }
}

/// In the order of the rows: counted first, so that all workers can write at their place.
std::vector<FreeEdge> edges_without_twin(NodedLand const& land, unsigned workers) {
  constexpr std::size_t chunk = 4096;
  std::vector<std::size_t> first((land.size() + chunk - 1) / chunk + 1, 0);
  auto const each = [&](std::size_t begin, std::size_t end, auto const& work) {
    for (std::size_t row = begin; row < end; ++row) each_edge_without_twin(land, static_cast<Row>(row), work);
  };
  parallel_chunks(land.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    std::size_t count = 0;
    each(begin, end, [&](FreeEdge const&) { ++count; });
    first[begin / chunk + 1] = count;
  });
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<FreeEdge> out(first.back());
  parallel_chunks(land.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    std::size_t at = first[begin / chunk];
    each(begin, end, [&](FreeEdge const& edge) { out[at++] = edge; });
  });
  return out;
}

std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ bits >> 32U) * 0xd6e8feb86659fd93ULL;
  return bits ^ bits >> 32U;
}

/// Of a place; 0 and −0 are one place.
std::uint64_t hash_of(Point p) {
  return mixed(std::bit_cast<std::uint64_t>(p.x + 0.0) + 0x9e3779b97f4a7c15ULL) +
         3 * mixed(std::bit_cast<std::uint64_t>(p.y + 0.0));
}

/// The first edge between each two places, by their hash.
class FirstEdges {
 public:
  explicit FirstEdges(std::vector<FreeEdge> const& edges)
      : edges_(edges), mask_(std::bit_ceil(2 * edges.size() + 1) - 1), slot_(mask_ + 1, no_row) {}

  /// The first edge with the ends of edge `e`, which is `e` itself when there is none before it.
  std::uint32_t of(std::uint32_t e, std::uint64_t hash) {
    FreeEdge const& edge = edges_[e];
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      if (slot_[at] == no_row) return slot_[at] = e;
      FreeEdge const& other = edges_[slot_[at]];
      if ((other.a == edge.a && other.b == edge.b) || (other.a == edge.b && other.b == edge.a)) return slot_[at];
    }
  }

 private:
  std::vector<FreeEdge> const& edges_;
  std::size_t mask_;
  std::vector<std::uint32_t> slot_;
};

/// Per edge how many more edges run its way than the other; 0 for all but the first between two places.
std::vector<std::int32_t> balances(std::vector<FreeEdge> const& edges, unsigned workers) {
  std::vector<std::uint64_t> hash(edges.size());
  parallel_chunks(edges.size(), workers, 4096, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t e = begin; e < end; ++e) hash[e] = mixed(hash_of(edges[e].a) + hash_of(edges[e].b));
  });
  std::vector<std::int32_t> out(edges.size(), 0);
  FirstEdges firsts(edges);
  for (std::uint32_t e = 0; e < edges.size(); ++e) {
    std::uint32_t const first = firsts.of(e, hash[e]);
    out[first] += edges[first].a == edges[e].a ? 1 : -1;
  }
  return out;
}

}  // namespace

std::vector<FreeEdge> free_edges(NodedLand const& land, unsigned workers) {
  std::vector<FreeEdge> out = edges_without_twin(land, workers);
  auto const balance = balances(out, workers);
  std::size_t kept = 0;
  for (std::size_t e = 0; e < out.size(); ++e) {
    FreeEdge edge = out[e];
    if (balance[e] == 0) continue;
    if (balance[e] < 0) std::swap(edge.a, edge.b);
    edge.rows = static_cast<std::uint32_t>(std::abs(balance[e]));
    out[kept++] = edge;
  }
  out.resize(kept);
  return out;
}

}  // namespace terrein
