#include "terrein/network/gates.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

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

Gate gate_at(Connection const& way) { return {way.line, way.share, way.metres, way.from, way.to}; }

/// The gates of features on every stretch that has any.
class OnStretch {
 public:
  struct Stop {
    Gate const* gate;
    std::uint32_t node;
  };
  /// `node` is the first of the nodes that stand for the gates.
  OnStretch(Gates const& features, std::uint32_t node) {
    for (Gate const& gate : features.gate) stops_[gate.edge].push_back({&gate, node++});
  }
  [[nodiscard]] std::span<Stop const> of(std::uint32_t edge) const {
    auto const found = stops_.find(edge);
    return found == stops_.end() ? std::span<Stop const>{} : std::span<Stop const>(found->second);
  }

 private:
  std::unordered_map<std::uint32_t, std::vector<Stop>> stops_;
};

/// Collects the joins of one place after the other.
class Joiner {
 public:
  Joiner(std::span<NetworkEdge const> edges, double access_kmh) : edges_(edges), access_mps_(access_kmh / 3.6) {}

  /// Between a gate and both ends of its stretch.
  void to_ends(Gate const& gate) {
    NetworkEdge const& edge = edges_[gate.edge];
    Join const end = join(gate, edge.to, 1 - gate.share), begin = join(gate, edge.from, gate.share);
    if (edge.along) out_.leave.join.push_back(end);
    if (edge.against) out_.leave.join.push_back(begin);
    if (edge.along) out_.arrive.join.push_back(begin);
    if (edge.against) out_.arrive.join.push_back(end);
  }
  /// Between a gate and a place on its stretch.
  void to_stop(Gate const& gate, double share, std::uint32_t node) {
    NetworkEdge const& edge = edges_[gate.edge];
    bool const ahead = share >= gate.share, behind = share <= gate.share;
    Join const stop = join(gate, node, std::abs(share - gate.share));
    if ((ahead && edge.along) || (behind && edge.against)) out_.leave.join.push_back(stop);
    if ((behind && edge.along) || (ahead && edge.against)) out_.arrive.join.push_back(stop);
  }
  void end_place() {
    out_.leave.first.push_back(static_cast<std::uint32_t>(out_.leave.join.size()));
    out_.arrive.first.push_back(static_cast<std::uint32_t>(out_.arrive.join.size()));
  }
  [[nodiscard]] Attachment result() && { return std::move(out_); }

 private:
  /// After the way between boundary and stretch, and `share` of the stretch.
  [[nodiscard]] Join join(Gate const& gate, std::uint32_t node, double share) const {
    NetworkEdge const& edge = edges_[gate.edge];
    return {node, gate.metres / access_mps_ + share * edge.seconds, gate.metres + share * edge.length_m};
  }

  std::span<NetworkEdge const> edges_;
  double access_mps_;
  Attachment out_;
};

}  // namespace

Gates find_gates(Layer const& network, std::span<NetworkEdge const> edges, GateOptions const& options,
                 GeometryColumn const& candidates, std::span<std::uint32_t const> nearby, unsigned workers) {
  if (!(options.tolerance_m >= 0) || !std::isfinite(options.tolerance_m))
    throw_error(ErrorKind::config, "Gates on network '{}' are sought within '{}' m; give 0 or more.", network.name,
                options.tolerance_m);
  ConnectionIndex const index(paths_of(network, edges, options.rows), options.tolerance_m, options.barriers, workers);
  constexpr std::size_t chunk_rows = 1024;
  std::vector<std::vector<Gate>> chunks((nearby.size() + chunk_rows - 1) / chunk_rows);
  std::vector<std::vector<BarredWay>> barred(chunks.size());
  Gates out;
  out.barred_by.resize(candidates.size());
  std::vector<std::uint32_t> count(candidates.size() + 1, 0);
  parallel_chunks(nearby.size(), workers, chunk_rows, [&](unsigned, std::size_t begin, std::size_t end) {
    ConnectionSearch search(index);
    for (std::size_t i = begin; i < end; ++i) {
      auto const& found = search.find(candidates, nearby[i]);
      for (Connection const& one : found.open) chunks[begin / chunk_rows].push_back(gate_at(one));
      count[nearby[i] + 1] = static_cast<std::uint32_t>(found.open.size());
      out.barred_by[nearby[i]] = found.barrier;
      if (found.barrier.any()) barred[begin / chunk_rows].push_back({nearby[i], gate_at(found.blocked), found.barrier});
    }
  });
  for (auto const& ways : barred) out.barred_ways.insert(out.barred_ways.end(), ways.begin(), ways.end());
  std::sort(out.barred_ways.begin(), out.barred_ways.end(),
            [](BarredWay const& a, BarredWay const& b) { return a.candidate < b.candidate; });
  out.first.resize(candidates.size() + 1, 0);
  for (std::size_t row = 0; row < candidates.size(); ++row) out.first[row + 1] = out.first[row] + count[row + 1];
  out.gate.resize(out.first.back());
  parallel_chunks(nearby.size(), workers, chunk_rows, [&](unsigned, std::size_t begin, std::size_t end) {
    std::vector<Gate> const found = std::move(chunks[begin / chunk_rows]);
    auto next = found.begin();
    for (std::size_t i = begin; i < end; ++i)
      for (std::uint32_t gate = out.first[nearby[i]]; gate < out.first[nearby[i] + 1]; ++gate) out.gate[gate] = *next++;
  });
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
      if (best != open.end()) nearest[row] = gate_at(*best);
      any = any || best == open.end();
    }
  }
  for (std::size_t row = 0; row < features.size(); ++row) {
    if (nearest[row]) out.gate.push_back(*nearest[row]);
    out.first[row + 1] = static_cast<std::uint32_t>(out.gate.size());
  }
  return out;
}

Gates take(Gates const& gates, std::span<std::uint32_t const> order) {
  Gates out;
  for (std::uint32_t const place : order) {
    for (Gate const& gate : gates.of(place)) out.gate.push_back(gate);
    out.first.push_back(static_cast<std::uint32_t>(out.gate.size()));
    out.barred_by.push_back(gates.barred_by[place]);
  }
  return out;
}

GateNetwork meet_at_gates(RoadGraph const& graph, std::span<NetworkEdge const> edges, Gates const& candidates,
                          Gates const& features, double access_kmh) {
  auto const first_stop = static_cast<std::uint32_t>(graph.nodes());
  OnStretch const stops(features, first_stop);
  GateNetwork out{graph, {}, {}};
  for (Gate const& gate : features.gate) {
    out.graph.x.push_back(gate.on.x);
    out.graph.y.push_back(gate.on.y);
    out.graph.first_out.push_back(out.graph.first_out.back());
  }
  Joiner here(edges, access_kmh), there(edges, access_kmh);
  for (std::size_t candidate = 0; candidate < candidates.candidates(); ++candidate) {
    for (Gate const& gate : candidates.of(candidate)) {
      here.to_ends(gate);
      for (auto const& [stop, node] : stops.of(gate.edge)) here.to_stop(gate, stop->share, node);
    }
    here.end_place();
  }
  for (std::size_t feature = 0; feature < features.candidates(); ++feature) {
    for (std::uint32_t gate = features.first[feature]; gate < features.first[feature + 1]; ++gate) {
      there.to_ends(features.gate[gate]);
      there.to_stop(features.gate[gate], features.gate[gate].share, first_stop + gate);
    }
    there.end_place();
  }
  out.candidates = std::move(here).result();
  out.features = std::move(there).result();
  return out;
}

}  // namespace terrein
