#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "terrein/network/joins.hpp"
#include "terrein/network/shortest_paths.hpp"

namespace terrein {

/// What a way costs.
enum class TravelCost { seconds, metres };
/// Which way is travelled, seen from the places: to the destinations, from them, or there and back.
enum class TravelDirection { to, from, both };
[[nodiscard]] std::string_view to_string(TravelDirection direction);  ///< "to", "from", "both"
/// What `to_string` gives; nothing for other words.
[[nodiscard]] std::optional<TravelDirection> travel_direction(std::string_view text);

/// A road graph ready for searches by one kind of cost, along its arcs and against them. The graph must outlive it.
class AccessNetwork {
 public:
  AccessNetwork(RoadGraph const& graph, TravelCost cost);
  AccessNetwork(AccessNetwork const&) = delete;
  AccessNetwork& operator=(AccessNetwork const&) = delete;

  /// The graph whose `seconds` are the costs; its arcs, or all of them turned round.
  [[nodiscard]] RoadGraph const& along() const noexcept { return *along_; }
  [[nodiscard]] RoadGraph const& against() const noexcept { return against_; }
  [[nodiscard]] double cost(Join const& join) const noexcept {
    return cost_ == TravelCost::seconds ? join.seconds : join.metres;
  }
  /// No way costs less than the straight line divided by this: the highest speed of the roads for seconds; 1 for
  /// metres, more where node ids join places far apart.
  [[nodiscard]] double straight_metres_per_cost() const noexcept { return straight_; }

 private:
  TravelCost cost_;
  RoadGraph by_length_;  // where costs are metres
  RoadGraph const* along_;
  RoadGraph against_;
  double straight_;
};

/// One of the destinations of a place, or one of the places of a destination, and what the cheapest way costs.
struct Reach {
  std::uint32_t at = no_row;
  double cost = unreachable;
};

struct SweepOptions {
  TravelDirection direction = TravelDirection::to;
  double limit = unreachable;  ///< ways that cost more do not count; the limit itself counts
  unsigned workers = 1;
  std::size_t labels_at_once = 4'000'000;  ///< bounds the memory, about 30 bytes each; results do not depend on it
};

/// The cheapest ways between all places and all destinations within the limit: one search with cut-off per destination
/// (destinations with equal joins share it), over the graph turned round where places travel to it. There and back
/// costs the sum of both. Destinations are done by blocks; for every block and every place that reaches any of them,
/// `take` is called with those destinations in ascending order. All calls for a place come in the order of its
/// destinations and never at the same time; different places are taken by different workers. What is joined to nothing
/// reaches nothing.
void sweep(AccessNetwork const& network, Attachment const& places, Attachment const& destinations,
           SweepOptions const& options,
           std::function<void(std::size_t place, std::span<Reach const> destinations)> const& take);

/// The same ways, gathered by destination: `take` is called once for every destination, by different workers, with its
/// places in ascending order.
void sweep_by_destination(AccessNetwork const& network, Attachment const& places, Attachment const& destinations,
                          SweepOptions const& options,
                          std::function<void(std::size_t destination, std::span<Reach const> places)> const& take);

/// Per place the n-th cheapest destination, `Reach{}` where fewer are reached. Equal costs go to the smaller
/// destination. One search from all destinations at once in which every node keeps the n nearest; for there and back,
/// where that cannot be, a sweep. Precondition: n ≥ 1.
[[nodiscard]] std::vector<Reach> nth_nearest(AccessNetwork const& network, Attachment const& places,
                                             Attachment const& destinations, std::size_t n, TravelDirection direction,
                                             unsigned workers);

}  // namespace terrein
