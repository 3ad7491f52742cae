#include "terrein/network/gates.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

/// The lines of the stretches on which there may be gates; the number of a line is that of its stretch.
std::vector<ConnectionIndex::Path> paths_of(Layer const& network, std::span<NetworkEdge const> edges,
                                            std::vector<std::uint8_t> const& rows) {
  GeometryColumn const& shapes = network.geometry;
  std::vector<ConnectionIndex::Path> out;
  for (std::uint32_t number = 0; number < edges.size(); ++number) {
    NetworkEdge const& edge = edges[number];
    if (!rows.empty() && rows[edge.row] == 0) continue;
    for (std::uint32_t path = shapes.first_path(edge.row); path < shapes.end_path(edge.row); ++path) {
      std::uint32_t const begin = std::max(edge.begin, shapes.path_begin[path]);
      std::uint32_t const end = std::min(edge.end, shapes.path_begin[path + 1]);
      if (begin < end) out.push_back({std::span(shapes.xy).subspan(2 * std::size_t{begin}, 2 * (end - begin)), number});
    }
  }
  return out;
}

/// Notes the ways between a gate and both ends of its stretch.
void add_joins(Gate const& gate, NetworkEdge const& edge, double access_mps, Attachment& out) {
  double const seconds = gate.metres / access_mps;
  auto const join = [&](std::uint32_t node, double share) {
    return Join{node, seconds + share * edge.seconds, gate.metres + share * edge.length_m};
  };
  Join const to_end = join(edge.to, 1 - gate.share), to_begin = join(edge.from, gate.share);
  if (edge.along) out.leave.join.push_back(to_end);
  if (edge.against) out.leave.join.push_back(to_begin);
  if (edge.along) out.arrive.join.push_back(to_begin);
  if (edge.against) out.arrive.join.push_back(to_end);
}

}  // namespace

Gates find_gates(Layer const& network, std::span<NetworkEdge const> edges, GateOptions const& options,
                 GeometryColumn const& candidates, std::span<std::uint32_t const> nearby, unsigned workers) {
  if (!(options.tolerance_m >= 0) || !std::isfinite(options.tolerance_m))
    throw_error(ErrorKind::config, "Gates on network '{}' are sought within '{}' m; give 0 or more.", network.name,
                options.tolerance_m);
  ConnectionIndex const index(paths_of(network, edges, options.rows), options.tolerance_m, options.barriers);
  constexpr std::size_t chunk_rows = 1024;
  std::vector<std::vector<Gate>> chunks((nearby.size() + chunk_rows - 1) / chunk_rows);
  Gates out;
  out.barred_by.resize(candidates.size());
  std::vector<std::uint32_t> count(candidates.size() + 1, 0);
  parallel_chunks(nearby.size(), workers, chunk_rows, [&](unsigned, std::size_t begin, std::size_t end) {
    ConnectionSearch search(index);
    for (std::size_t i = begin; i < end; ++i) {
      auto const& found = search.find(candidates, nearby[i]);
      for (Connection const& one : found.open)
        chunks[begin / chunk_rows].push_back({one.line, one.share, one.metres, one.from, one.to});
      count[nearby[i] + 1] = static_cast<std::uint32_t>(found.open.size());
      out.barred_by[nearby[i]] = found.barrier;
    }
  });
  out.first.resize(candidates.size() + 1, 0);
  for (std::size_t row = 0; row < candidates.size(); ++row) out.first[row + 1] = out.first[row] + count[row + 1];
  out.gate.resize(out.first.back());
  for (std::size_t i = 0; i < nearby.size();) {
    auto next = chunks[i / chunk_rows].begin();
    for (std::size_t const end = std::min(nearby.size(), i + chunk_rows); i < end; ++i)
      for (std::uint32_t gate = out.first[nearby[i]]; gate < out.first[nearby[i] + 1]; ++gate) out.gate[gate] = *next++;
  }
  return out;
}

Gates nearest_gates(Layer const& network, std::span<NetworkEdge const> edges, std::vector<std::uint8_t> const& rows,
                    GeometryColumn const& features, std::vector<std::uint8_t> const& selected) {
  constexpr double first_m = 100, most_m = 1e8;  // round the Earth
  auto const paths = paths_of(network, edges, rows);
  Gates out;
  out.first.resize(features.size() + 1, 0);
  out.barred_by.resize(features.size());
  std::vector<std::optional<Gate>> nearest(features.size());
  auto const is_open = [&](std::size_t row) {
    return features.has_shape(row) && (selected.empty() || selected[row] != 0) && !nearest[row];
  };
  bool any = !paths.empty();
  for (double within = first_m; any && within <= most_m; within *= 4) {
    ConnectionIndex const index(paths, within, nullptr);
    ConnectionSearch search(index);
    any = false;
    for (std::size_t row = 0; row < features.size(); ++row) {
      if (!is_open(row)) continue;
      auto const& open = search.find(features, row).open;
      auto const best = std::min_element(open.begin(), open.end(),
                                         [](Connection const& a, Connection const& b) { return a.metres < b.metres; });
      if (best != open.end()) nearest[row] = Gate{best->line, best->share, best->metres, best->from, best->to};
      any = any || best == open.end();
    }
  }
  for (std::size_t row = 0; row < features.size(); ++row) {
    if (nearest[row]) out.gate.push_back(*nearest[row]);
    out.first[row + 1] = static_cast<std::uint32_t>(out.gate.size());
  }
  return out;
}

Attachment attach(Gates const& gates, std::span<NetworkEdge const> edges, double access_kmh) {
  Attachment out;
  for (std::size_t candidate = 0; candidate < gates.candidates(); ++candidate) {
    for (Gate const& gate : gates.of(candidate)) add_joins(gate, edges[gate.edge], access_kmh / 3.6, out);
    out.leave.first.push_back(static_cast<std::uint32_t>(out.leave.join.size()));
    out.arrive.first.push_back(static_cast<std::uint32_t>(out.arrive.join.size()));
  }
  return out;
}

std::optional<AlongStretch> along_stretch(Gate const& from, Gate const& to, std::span<NetworkEdge const> edges,
                                          double access_kmh) {
  if (from.edge != to.edge) return std::nullopt;
  NetworkEdge const& edge = edges[from.edge];
  double const share = to.share - from.share;
  if ((share > 0 && !edge.along) || (share < 0 && !edge.against)) return std::nullopt;
  double const beside = from.metres + to.metres;
  return AlongStretch{beside / (access_kmh / 3.6) + std::abs(share) * edge.seconds,
                      beside + std::abs(share) * edge.length_m};
}

std::vector<Direct> direct_ways(Gates const& candidates, Gates const& features, std::span<NetworkEdge const> edges,
                                double access_kmh) {
  std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, Gate const*>>> on_edge;  // features by stretch
  for (std::uint32_t feature = 0; feature < features.candidates(); ++feature)
    for (Gate const& gate : features.of(feature)) on_edge[gate.edge].emplace_back(feature, &gate);
  std::vector<Direct> out;
  if (on_edge.empty()) return out;
  for (std::uint32_t candidate = 0; candidate < candidates.candidates(); ++candidate) {
    std::map<std::uint32_t, Direct> quickest;  // by feature
    for (Gate const& from : candidates.of(candidate)) {
      auto const there = on_edge.find(from.edge);
      if (there == on_edge.end()) continue;
      for (auto const& [feature, to] : there->second) {
        auto const way = along_stretch(from, *to, edges, access_kmh);
        if (!way) continue;
        auto const [known, fresh] =
            quickest.try_emplace(feature, Direct{candidate, feature, way->seconds, way->metres});
        if (!fresh && way->seconds < known->second.seconds)
          known->second = {candidate, feature, way->seconds, way->metres};
      }
    }
    for (auto const& [feature, direct] : quickest) out.push_back(direct);
  }
  return out;
}

}  // namespace terrein
