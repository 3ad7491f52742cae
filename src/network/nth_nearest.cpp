#include <algorithm>

#include "network/access_legs.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

bool cheaper(Reach const& a, Reach const& b) { return a.cost != b.cost ? a.cost < b.cost : a.at < b.at; }

/// The n nearest destinations of every node.
class NodeLabels {
 public:
  NodeLabels(AccessNetwork const& network, AccessLeg const& leg, std::size_t n) : n_(n), label_(leg.graph.nodes() * n) {
    std::vector<Start> starts;
    for (std::uint32_t destination = 0; destination < leg.at_destination.places(); ++destination)
      for (Join const& join : leg.at_destination.of(destination))
        starts.push_back({join.node, network.cost(join), destination});
    if (n == 1)
      take_nearest(shortest_seconds(leg.graph, starts));
    else
      search(leg.graph, starts);
  }
  [[nodiscard]] std::span<Reach const> of(std::uint32_t node) const { return std::span(label_).subspan(node * n_, n_); }

 private:
  struct Entry {
    double cost;
    std::uint32_t destination, node;
  };
  static bool later(Entry const& a, Entry const& b) {
    if (a.cost != b.cost) return a.cost > b.cost;
    return a.destination != b.destination ? a.destination > b.destination : a.node > b.node;
  }

  void take_nearest(Reached const& reached) {
    for (std::size_t node = 0; node < label_.size(); ++node)
      label_[node] = {reached.source[node], reached.seconds[node]};
  }

  /// Entries are settled in the order of cost, then destination: a node takes the first n that differ.
  void search(RoadGraph const& graph, std::vector<Start> const& starts) {
    std::vector<std::size_t> taken(graph.nodes(), 0);
    std::vector<Entry> heap;
    auto const push = [&](Entry const& entry) {
      if (taken[entry.node] == n_) return;
      heap.push_back(entry);
      std::push_heap(heap.begin(), heap.end(), later);
    };
    for (Start const& start : starts) push({start.seconds, start.source, start.node});
    for (std::size_t settled = 0; !heap.empty();) {
      std::pop_heap(heap.begin(), heap.end(), later);
      Entry const at = heap.back();
      heap.pop_back();
      auto const labels = std::span(label_).subspan(at.node * n_, taken[at.node]);
      bool const known =
          std::any_of(labels.begin(), labels.end(), [&](Reach const& label) { return label.at == at.destination; });
      if (known || taken[at.node] == n_) continue;
      if (settled++ % 65536 == 0) check_stop();
      label_[at.node * n_ + taken[at.node]++] = {at.destination, at.cost};
      for (auto arc = graph.first_out[at.node]; arc < graph.first_out[at.node + 1]; ++arc)
        push({at.cost + graph.seconds[arc], at.destination, graph.head[arc]});
    }
  }

  std::size_t n_;
  std::vector<Reach> label_;  // n per node, the cheapest first
};

/// The n-th of all that the joins of a place lead to, each destination counted once by its cheapest join.
Reach nth_of(AccessNetwork const& network, std::span<Join const> joins, NodeLabels const& labels, std::size_t n,
             std::vector<Reach>& found) {
  found.clear();
  for (Join const& join : joins)
    for (Reach const& label : labels.of(join.node))
      if (label.at != no_row) found.push_back({label.at, network.cost(join) + label.cost});
  std::sort(found.begin(), found.end(), cheaper);
  auto end = found.begin();
  for (Reach const& one : found)
    if (std::none_of(found.begin(), end, [&](Reach const& kept) { return kept.at == one.at; })) *end++ = one;
  return n <= static_cast<std::size_t>(end - found.begin()) ? found[n - 1] : Reach{};
}

std::size_t joined(Joins const& joins) {
  std::size_t count = 0;
  for (std::size_t place = 0; place < joins.places(); ++place) count += joins.of(place).empty() ? 0U : 1U;
  return count;
}

std::vector<Reach> nth_by_sweep(AccessNetwork const& network, Attachment const& places, Attachment const& destinations,
                                std::size_t n, TravelDirection direction, unsigned workers) {
  std::size_t const count = places.leave.places();
  std::vector<Reach> best(count * n);
  SweepOptions options;
  options.direction = direction;
  options.workers = workers;
  sweep(network, places, destinations, options, [&](std::size_t place, std::span<Reach const> found) {
    auto const mine = std::span(best).subspan(place * n, n);
    for (Reach const& one : found) {
      if (!cheaper(one, mine.back())) continue;
      mine.back() = one;
      for (std::size_t i = n - 1; i > 0 && cheaper(mine[i], mine[i - 1]); --i) std::swap(mine[i], mine[i - 1]);
    }
  });
  std::vector<Reach> out(count);
  for (std::size_t place = 0; place < count; ++place) out[place] = best[place * n + n - 1];
  return out;
}

}  // namespace

std::vector<Reach> nth_nearest(AccessNetwork const& network, Attachment const& places, Attachment const& destinations,
                               std::size_t n, TravelDirection direction, unsigned workers) {
  auto const ways = legs(network, places, destinations, direction);
  if (joined(ways.front().at_destination) < n) return std::vector<Reach>(ways.front().at_place.places());
  if (ways.size() > 1) return nth_by_sweep(network, places, destinations, n, direction, workers);
  NodeLabels const labels(network, ways.front(), n);
  std::vector<Reach> out(ways.front().at_place.places());
  parallel_chunks(out.size(), workers, 512, [&](unsigned, std::size_t begin, std::size_t end) {
    std::vector<Reach> found;
    for (std::size_t place = begin; place < end; ++place)
      out[place] = nth_of(network, ways.front().at_place.of(place), labels, n, found);
  });
  return out;
}

}  // namespace terrein
