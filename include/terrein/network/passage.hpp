#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "terrein/network/edges.hpp"
#include "terrein/network/gates.hpp"
#include "terrein/network/joins.hpp"
#include "terrein/network/shortest_paths.hpp"

namespace terrein {

/// Parts of the stretches of a network, such as those through villages: shares of the length of a stretch, seen from
/// its `from`.
class EdgeParts {
 public:
  struct Part {
    double begin = 0, end = 0;
  };
  /// Adds a part to the stretch that comes next. Parts of a stretch come in order and do not overlap.
  void add(double begin, double end) { parts_.push_back({begin, end}); }
  void end_edge() { first_.push_back(static_cast<std::uint32_t>(parts_.size())); }
  [[nodiscard]] std::size_t edges() const noexcept { return first_.size() - 1; }
  [[nodiscard]] std::span<Part const> of(std::size_t edge) const {
    return std::span(parts_).subspan(first_[edge], first_[edge + 1] - first_[edge]);
  }
  /// The share of a stretch that lies in its parts, between two shares of it in either order.
  [[nodiscard]] double share(std::size_t edge, double from, double to) const;

 private:
  std::vector<std::uint32_t> first_{0};
  std::vector<Part> parts_;
};

/// The quickest way to the nearest destination, and how much of it lies in the parts that surely count and in all that
/// may count. Ways are compared member by member: the quicker one, then that to the smaller destination, then the
/// shorter one, then that with less in the parts.
struct Passage {
  double seconds = unreachable;
  std::uint32_t destination = no_row;
  double metres = 0;
  double sure_m = 0, possible_m = 0;
  auto operator<=>(Passage const&) const = default;
};

/// Searches ways over the stretches of a network and adds up what of them lies in parts. All arguments must outlive it.
class PassageSearch {
 public:
  /// `sure` and `possible` have parts per stretch, those of `sure` within those of `possible`. With `only_certain`
  /// stretches of which it is not known whether the vehicle may pass are closed. `nodes` is the number of nodes.
  PassageSearch(std::size_t nodes, std::span<NetworkEdge const> edges, EdgeParts const& sure, EdgeParts const& possible,
                bool only_certain);

  /// Per candidate the best way from any of its joins; joins lie beside the network, where nothing is in parts. What
  /// reaches nothing has `Passage{}`. Equal ways are settled node by node, each going on as its next node does.
  [[nodiscard]] std::vector<Passage> from_joins(Attachment const& candidates, Attachment const& destinations) const;
  /// The same between gates: the way begins and ends within a stretch, of which only the part travelled counts.
  /// Candidate and destination on one stretch reach each other along it, where its direction allows.
  [[nodiscard]] std::vector<Passage> from_gates(Gates const& candidates, Gates const& destinations,
                                                double access_kmh) const;

 private:
  struct Start {
    std::uint32_t node;
    Passage passage;
  };
  struct Arc {
    std::uint32_t tail, edge;
    bool forward;
  };
  [[nodiscard]] bool is_open(NetworkEdge const& edge) const { return edge.certain || !only_certain_; }
  /// The way `rest` with the part of a stretch from one share to another before it.
  [[nodiscard]] Passage before(Passage const& rest, std::size_t edge, double from, double to) const;
  /// Per node the best way to a start.
  [[nodiscard]] std::vector<Passage> settle(std::vector<Start> const& starts) const;

  std::span<NetworkEdge const> edges_;
  EdgeParts const &sure_, &possible_;
  bool only_certain_;
  std::vector<std::uint32_t> first_in_;  // arcs by head
  std::vector<Arc> arcs_;
};

}  // namespace terrein
