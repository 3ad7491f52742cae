#include <algorithm>

#include "network/access_legs.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

bool later(Reach const& a, Reach const& b) { return a.cost != b.cost ? a.cost > b.cost : a.at > b.at; }

RoadGraph with_lengths(RoadGraph graph) {
  graph.seconds = graph.length_m;
  return graph;
}

void check(Joins const& joins, RoadGraph const& graph) {
  for (Join const& join : joins.join)
    if (join.node >= graph.nodes())
      throw_error(ErrorKind::internal, "A place is joined to node {} of a road graph with {} nodes.", join.node,
                  graph.nodes());
}

}  // namespace

std::string_view to_string(TravelDirection direction) {
  switch (direction) {
    case TravelDirection::to:
      return "to";
    case TravelDirection::from:
      return "from";
    case TravelDirection::both:
      return "both";
  }
  return {};
}

std::optional<TravelDirection> travel_direction(std::string_view text) {
  for (TravelDirection const known : {TravelDirection::to, TravelDirection::from, TravelDirection::both})
    if (to_string(known) == text) return known;
  return std::nullopt;
}

std::vector<AccessLeg> legs(AccessNetwork const& network, Attachment const& places, Attachment const& destinations,
                            TravelDirection direction) {
  std::vector<AccessLeg> out;
  if (direction != TravelDirection::from) out.push_back({network.against(), destinations.arrive, places.leave});
  if (direction != TravelDirection::to) out.push_back({network.along(), destinations.leave, places.arrive});
  for (AccessLeg const& leg : out) {
    check(leg.at_destination, leg.graph);
    check(leg.at_place, leg.graph);
  }
  return out;
}

AccessNetwork::AccessNetwork(RoadGraph const& graph, TravelCost cost)
    : cost_(cost),
      by_length_(cost == TravelCost::metres ? with_lengths(graph) : RoadGraph{}),
      along_(cost == TravelCost::metres ? &by_length_ : &graph),
      against_(reversed(*along_)),
      straight_(fastest_mps(*along_)) {
  if (cost == TravelCost::metres) straight_ = std::max(straight_, 1.0);
}

void RepeatedSearch::offer(std::uint32_t node, double cost) {
  if (!(cost <= limit_) || cost >= cost_[node]) return;
  cost_[node] = cost;
  heap_.push_back({node, cost});
  std::push_heap(heap_.begin(), heap_.end(), later);
}

void RepeatedSearch::run(AccessNetwork const& network, std::span<Join const> joins, double limit) {
  for (Reach const& one : settled_) cost_[one.at] = unreachable;
  settled_.clear();
  limit_ = limit;
  for (Join const& join : joins) offer(join.node, network.cost(join));
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    Reach const at = heap_.back();
    heap_.pop_back();
    if (at.cost != cost_[at.at]) continue;  // improved after it was pushed
    if (settled_.size() % 65536 == 0) check_stop();
    settled_.push_back(at);
    for (auto arc = graph_.first_out[at.at]; arc < graph_.first_out[at.at + 1]; ++arc)
      offer(graph_.head[arc], at.cost + graph_.seconds[arc]);
  }
}

}  // namespace terrein
