#include "terrein/network/ways.hpp"

#include <algorithm>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

struct Open {
  Way way;
  std::uint32_t node;
};

/// Labels and the open nodes. An entry that was improved after it was pushed is skipped when it is popped.
class Search {
 public:
  Search(std::size_t nodes, TravelCost by) : by_(by) {
    ways_.from.resize(nodes);
    ways_.next.assign(nodes, no_row);
  }
  void offer(std::uint32_t node, Way const& way, std::uint32_t next) {
    if (!is_better(way, ways_.from[node], by_)) return;
    ways_.from[node] = way;
    ways_.next[node] = next;
    heap_.push_back({way, node});
    std::push_heap(heap_.begin(), heap_.end(), [this](Open const& a, Open const& b) { return later(a, b); });
  }
  bool pop(Open& open) {
    while (!heap_.empty()) {
      std::pop_heap(heap_.begin(), heap_.end(), [this](Open const& a, Open const& b) { return later(a, b); });
      open = heap_.back();
      heap_.pop_back();
      if (open.way == ways_.from[open.node]) return true;
    }
    return false;
  }
  [[nodiscard]] Ways result() && { return std::move(ways_); }

 private:
  [[nodiscard]] bool later(Open const& a, Open const& b) const {
    return is_better(b.way, a.way, by_) || (a.way == b.way && a.node > b.node);
  }

  TravelCost by_;
  Ways ways_;
  std::vector<Open> heap_;
};

}  // namespace

Ways ways_to(RoadGraph const& against, std::span<Join const> arrive, TravelCost by) {
  Search search(against.nodes(), by);
  for (Join const& join : arrive) {
    if (join.node >= against.nodes())
      throw_error(ErrorKind::internal, "A place is joined to node {} of a network with {} nodes.", join.node,
                  against.nodes());
    search.offer(join.node, {join.seconds, join.metres}, no_row);
  }
  Open at{};
  for (std::size_t settled = 0; search.pop(at); ++settled) {
    if (settled % 65536 == 0) check_stop();
    for (auto arc = against.first_out[at.node]; arc < against.first_out[at.node + 1]; ++arc)
      search.offer(against.head[arc], {at.way.seconds + against.seconds[arc], at.way.metres + against.length_m[arc]},
                   at.node);
  }
  return std::move(search).result();
}

WayFrom way_from(std::span<Join const> leave, Ways const& ways, TravelCost by) {
  WayFrom out;
  for (Join const& join : leave) {
    Way const& rest = ways.from[join.node];
    if (!rest.exists()) continue;
    Way const way{join.seconds + rest.seconds, join.metres + rest.metres};
    if (is_better(way, out.way, by)) out = {way, &join};
  }
  return out;
}

std::vector<std::uint32_t> nodes_on_way(Join const& join, Ways const& ways) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t node = join.node; node != no_row; node = ways.next[node]) out.push_back(node);
  return out;
}

}  // namespace terrein
