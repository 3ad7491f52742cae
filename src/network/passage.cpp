#include "terrein/network/passage.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

void take_better(Passage& best, Passage const& other) {
  if (other < best) best = other;
}

/// `rest` after a way beside the network.
Passage after(Passage rest, double seconds, double metres) {
  rest.seconds += seconds;
  rest.metres += metres;
  return rest;
}

}  // namespace

double EdgeParts::share(std::size_t edge, double from, double to) const {
  double const low = std::min(from, to), high = std::max(from, to);
  double out = 0;
  for (Part const& part : of(edge)) out += std::max(0.0, std::min(high, part.end) - std::max(low, part.begin));
  return out;
}

PassageSearch::PassageSearch(std::size_t nodes, std::span<NetworkEdge const> edges, EdgeParts const& sure,
                             EdgeParts const& possible, bool only_certain)
    : edges_(edges), sure_(sure), possible_(possible), only_certain_(only_certain), first_in_(nodes + 1, 0) {
  for (NetworkEdge const& edge : edges) {
    if (!is_open(edge)) continue;
    if (edge.along) ++first_in_[edge.to + 1];
    if (edge.against) ++first_in_[edge.from + 1];
  }
  for (std::size_t node = 0; node < nodes; ++node) first_in_[node + 1] += first_in_[node];
  arcs_.resize(first_in_.back());
  std::vector<std::uint32_t> next(first_in_.begin(), first_in_.end() - 1);
  for (std::uint32_t number = 0; number < edges.size(); ++number) {
    NetworkEdge const& edge = edges[number];
    if (!is_open(edge)) continue;
    if (edge.along) arcs_[next[edge.to]++] = {edge.from, number, true};
    if (edge.against) arcs_[next[edge.from]++] = {edge.to, number, false};
  }
}

Passage PassageSearch::before(Passage const& rest, std::size_t number, double from, double to) const {
  NetworkEdge const& edge = edges_[number];
  double const share = std::abs(to - from);
  return {rest.seconds + share * edge.seconds, rest.destination, rest.metres + share * edge.length_m,
          rest.sure_m + sure_.share(number, from, to) * edge.length_m,
          rest.possible_m + possible_.share(number, from, to) * edge.length_m};
}

std::vector<Passage> PassageSearch::settle(std::vector<Start> const& starts) const {
  auto const later = [](Start const& a, Start const& b) {
    return a.passage != b.passage ? a.passage > b.passage : a.node > b.node;
  };
  std::vector<Passage> best(first_in_.size() - 1);
  std::vector<Start> heap;
  auto const offer = [&](std::uint32_t node, Passage const& passage) {
    if (!(passage < best[node])) return;
    best[node] = passage;
    heap.push_back({node, passage});
    std::push_heap(heap.begin(), heap.end(), later);
  };
  for (Start const& start : starts) offer(start.node, start.passage);
  for (std::size_t settled = 0; !heap.empty(); ++settled) {
    if (settled % 65536 == 0) check_stop();
    std::pop_heap(heap.begin(), heap.end(), later);
    Start const at = heap.back();
    heap.pop_back();
    if (at.passage != best[at.node]) continue;  // it was improved after it was offered
    for (std::uint32_t i = first_in_[at.node]; i < first_in_[at.node + 1]; ++i) {
      Arc const& arc = arcs_[i];
      offer(arc.tail, arc.forward ? before(at.passage, arc.edge, 0, 1) : before(at.passage, arc.edge, 1, 0));
    }
  }
  return best;
}

std::vector<Passage> PassageSearch::from_joins(Attachment const& candidates, Attachment const& destinations) const {
  std::vector<Start> starts;
  for (std::uint32_t place = 0; place < destinations.arrive.places(); ++place)
    for (Join const& join : destinations.arrive.of(place))
      starts.push_back({join.node, {join.seconds, place, join.metres, 0, 0}});
  auto const best = settle(starts);
  std::vector<Passage> out(candidates.leave.places());
  for (std::size_t place = 0; place < out.size(); ++place)
    for (Join const& join : candidates.leave.of(place))
      if (best[join.node].destination != no_row)
        take_better(out[place], after(best[join.node], join.seconds, join.metres));
  return out;
}

std::vector<Passage> PassageSearch::from_gates(Gates const& candidates, Gates const& destinations,
                                               double access_kmh) const {
  double const access_mps = access_kmh / 3.6;
  std::vector<Start> starts;
  std::unordered_map<std::uint32_t, std::vector<std::pair<double, Passage>>> stops;  // by stretch: share, the rest
  for (std::uint32_t place = 0; place < destinations.candidates(); ++place)
    for (Gate const& gate : destinations.of(place)) {
      NetworkEdge const& edge = edges_[gate.edge];
      if (!is_open(edge)) continue;
      Passage const rest{gate.metres / access_mps, place, gate.metres, 0, 0};
      if (edge.along) starts.push_back({edge.from, before(rest, gate.edge, 0, gate.share)});
      if (edge.against) starts.push_back({edge.to, before(rest, gate.edge, 1, gate.share)});
      stops[gate.edge].emplace_back(gate.share, rest);
    }
  auto const best = settle(starts);
  std::vector<Passage> out(candidates.candidates());
  for (std::size_t place = 0; place < out.size(); ++place)
    for (Gate const& gate : candidates.of(place)) {
      NetworkEdge const& edge = edges_[gate.edge];
      if (!is_open(edge)) continue;
      auto const take = [&](Passage const& rest, double to) {
        if (rest.destination != no_row)
          take_better(out[place],
                      after(before(rest, gate.edge, gate.share, to), gate.metres / access_mps, gate.metres));
      };
      if (edge.along) take(best[edge.to], 1);
      if (edge.against) take(best[edge.from], 0);
      if (auto const here = stops.find(gate.edge); here != stops.end())
        for (auto const& [share, rest] : here->second)
          if ((share >= gate.share && edge.along) || (share <= gate.share && edge.against)) take(rest, share);
    }
  return out;
}

}  // namespace terrein
