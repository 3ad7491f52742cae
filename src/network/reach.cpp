#include "terrein/network/reach.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"

namespace terrein {
void StretchReach::take_better(Label& best, Label const& other) {
  if (other.cost < best.cost || (other.cost == best.cost && other.source < best.source)) best = other;
}

StretchReach::StretchReach(RoadGraph const& graph, std::span<NetworkEdge const> edges, Attachment const& sources,
                           Gates const& stops, double access_kmh, TravelCost cost, TravelDirection direction,
                           bool only_certain, double most)
    : edges_(edges), cost_(cost), to_(direction == TravelDirection::to), only_certain_(only_certain) {
  if (direction == TravelDirection::both)
    throw_error(ErrorKind::config, "Places on a network are reached one way: to the sources, or from them.");
  AccessNetwork const network(graph, cost);
  Joins const& joins = to_ ? sources.arrive : sources.leave;
  std::vector<Start> starts;
  for (std::uint32_t source = 0; source < joins.places(); ++source)
    for (Join const& join : joins.of(source)) starts.push_back({join.node, network.cost(join), source});
  Reached const reached = shortest_seconds(to_ ? network.against() : network.along(), starts, most);
  node_.resize(graph.nodes());
  for (std::size_t node = 0; node < node_.size(); ++node) node_[node] = {reached.seconds[node], reached.source[node]};
  for (std::uint32_t source = 0; source < stops.candidates(); ++source)
    for (Gate const& gate : stops.of(source)) {
      double const beside = cost == TravelCost::seconds ? gate.metres / (access_kmh / 3.6) : gate.metres;
      if (beside <= most) stops_.push_back({gate.edge, {gate.share, {beside, source}}});
    }
  std::sort(stops_.begin(), stops_.end(), [](auto const& a, auto const& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.second.share != b.second.share ? a.second.share < b.second.share
                                            : a.second.label.source < b.second.label.source;
  });
}

void StretchReach::anchors_of(std::uint32_t number, std::vector<Anchor>& out) const {
  NetworkEdge const& edge = edges_[number];
  out.clear();
  out.push_back({0, node_[edge.from]});
  auto const by_edge = [](auto const& stop, std::uint32_t wanted) { return stop.first < wanted; };
  for (auto stop = std::lower_bound(stops_.begin(), stops_.end(), number, by_edge);
       stop != stops_.end() && stop->first == number; ++stop)
    out.push_back(stop->second);
  out.push_back({1, node_[edge.to]});
  if (out.size() == 2) return;
  double const cost = cost_of(edge);
  // Towards a source along the line, or from it against the line: the anchor behind learns from the one ahead.
  bool const from_ahead = to_ ? edge.along : edge.against, from_behind = to_ ? edge.against : edge.along;
  auto const offer = [&](Anchor& to, Anchor const& from) {
    take_better(to.label, {from.label.cost + std::abs(from.share - to.share) * cost, from.label.source});
  };
  for (std::size_t i = out.size() - 1; from_ahead && i > 0; --i) offer(out[i - 1], out[i]);
  for (std::size_t i = 0; from_behind && i + 1 < out.size(); ++i) offer(out[i + 1], out[i]);
}

Reach StretchReach::at(std::uint32_t number, double share) const {
  NetworkEdge const& edge = edges_[number];
  if (!edge.certain && only_certain_) return {};
  bool const from_ahead = to_ ? edge.along : edge.against, from_behind = to_ ? edge.against : edge.along;
  std::vector<Anchor> anchors;
  anchors_of(number, anchors);
  Label best;
  for (Anchor const& anchor : anchors)
    if ((anchor.share >= share && from_ahead) || (anchor.share <= share && from_behind))
      take_better(best, {anchor.label.cost + std::abs(anchor.share - share) * cost_of(edge), anchor.label.source});
  if (best.cost == unreachable) return {};
  return {best.source, best.cost};
}

std::vector<std::uint32_t> StretchReach::lone_nodes(double limit, std::span<ReachedPart const> parts) const {
  std::vector<std::uint8_t> lone(node_.size(), 0);
  for (NetworkEdge const& edge : edges_)
    for (std::uint32_t const node : {edge.from, edge.to})
      if (node_[node].source != no_row && node_[node].cost <= limit) lone[node] = 1;
  for (ReachedPart const& part : parts) {
    NetworkEdge const& edge = edges_[part.edge];
    if (part.begin == 0 && node_[edge.from].source == part.source) lone[edge.from] = 0;
    if (part.end == 1 && node_[edge.to].source == part.source) lone[edge.to] = 0;
  }
  std::vector<std::uint32_t> out;
  for (std::uint32_t node = 0; node < lone.size(); ++node)
    if (lone[node] != 0) out.push_back(node);
  return out;
}

std::vector<ReachedPart> StretchReach::within(double limit) const {
  std::vector<ReachedPart> out;
  std::vector<Anchor> anchors;
  for (std::uint32_t number = 0; number < edges_.size(); ++number) {
    NetworkEdge const& edge = edges_[number];
    if (!edge.certain && only_certain_) continue;
    bool const from_ahead = to_ ? edge.along : edge.against, from_behind = to_ ? edge.against : edge.along;
    anchors_of(number, anchors);
    double const cost = cost_of(edge);
    auto const add = [&](double begin, double end, std::uint32_t source) {
      if (!(begin < end)) return;
      bool const goes_on =
          !out.empty() && out.back().edge == number && out.back().end == begin && out.back().source == source;
      if (goes_on)
        out.back().end = end;
      else
        out.push_back({number, begin, end, source});
    };
    // How far a label leads along a stretch, as a share of it.
    auto const span = [&](Label const& label) {
      if (label.source == no_row || !(label.cost <= limit)) return -1.0;
      return cost > 0 ? (limit - label.cost) / cost : unreachable;
    };
    for (std::size_t i = 0; i + 1 < anchors.size(); ++i) {
      auto const &behind = anchors[i], &ahead = anchors[i + 1];
      double const low = behind.share, high = ahead.share;
      double const first_end = from_behind ? std::min(high, low + span(behind.label)) : low;
      double const second_begin = from_ahead ? std::max(low, high - span(ahead.label)) : high;
      if (first_end < second_begin) {
        add(low, first_end, behind.label.source);
        add(second_begin, high, ahead.label.source);
        continue;
      }
      // Both meet: where both cost the same, or where one of them is better all along.
      double meet = (low + high) / 2;
      if (cost > 0) meet += (ahead.label.cost - behind.label.cost) / (2 * cost);
      if (!from_behind) meet = low;
      if (!from_ahead) meet = high;
      meet = std::clamp(meet, low, high);
      add(low, meet, behind.label.source);
      add(meet, high, ahead.label.source);
    }
  }
  return out;
}

}  // namespace terrein
