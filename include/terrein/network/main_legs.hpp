#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "terrein/network/edges.hpp"
#include "terrein/network/freight_factors.hpp"
#include "terrein/network/gates.hpp"
#include "terrein/network/ways.hpp"

namespace terrein {

/// A way over water or rail, and what may travel all of it.
struct MainLeg {
  double km = 0, hours = 0;
  Cemt vessel = Cemt::unknown;                     ///< by water: the class that fits everywhere on the way
  Electrified electrified = Electrified::unknown;  ///< by rail: yes = all the way
};

/// The ways between two places that may be best for some vessel or train: per class of vessels the shortest and the
/// quickest.
using MainLegs = std::vector<MainLeg>;

/// A network of waterways or railways, and places beside it.
class MainNetwork {
 public:
  /// Places join the nearest stretch when it is at most `access_m` away, and where that is at one of its ends, all that
  /// meet there; the way to it is not counted. Lines of which
  /// it is not known whether the vehicle of the network may pass count as open only if `doubtful`. All arguments but
  /// `places` must outlive it.
  MainNetwork(Layer const& lines, GraphOptions const& options, RoadGraph const& graph, LineFacts const* facts,
              Mode mode, GeometryColumn const& places, double access_m, bool doubtful, unsigned workers);

  /// Whether a place lies beside the network.
  [[nodiscard]] bool has(std::size_t place) const { return gates_.first[place + 1] > gates_.first[place]; }
  /// From each of `origins` to each of `ends` (numbers of places): row-major, empty where there is no way, or none of
  /// any length. By water the classes of vessels are those of the lines: of a class all ways count whose lines take at
  /// least that class, the bottleneck of a way decides; where no way of known classes leads, those over lines of
  /// unknown class count, with an unknown vessel. By rail ways that are electrified throughout count, and all ways.
  [[nodiscard]] std::vector<MainLegs> legs(std::span<std::uint32_t const> origins,
                                           std::span<std::uint32_t const> ends) const;
  /// The line of a leg that `legs` gave for these two places, as x, y pairs.
  [[nodiscard]] std::vector<double> line(std::uint32_t origin, std::uint32_t end, MainLeg const& leg) const;

 private:
  struct Level {
    MainLeg what;                    // vessel and electrified
    std::vector<std::uint8_t> rows;  // a byte per row of the layer: may be travelled; empty = all
  };
  [[nodiscard]] std::vector<Level> levels() const;
  [[nodiscard]] GateNetwork meet(Level const& level, std::span<std::uint32_t const> origins,
                                 std::span<std::uint32_t const> ends, Gates& here, Gates& there) const;
  void add_legs(Level const& level, std::span<std::uint32_t const> origins, std::span<std::uint32_t const> ends,
                std::vector<MainLegs>& legs) const;

  Layer const& lines_;
  RoadGraph const& graph_;
  LineFacts const* facts_;
  Mode mode_;
  bool doubtful_;
  unsigned workers_;
  std::vector<NetworkEdge> edges_;
  Gates gates_;
};

}  // namespace terrein
