#include "network/components.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace terrein {
namespace {

/// Numbers any labels by the order in which they are first met.
Parts numbered(std::vector<std::uint32_t> const& label) {
  Parts out;
  out.of_node.resize(label.size());
  std::vector<std::uint32_t> number(label.size(), no_row);
  for (std::size_t node = 0; node < label.size(); ++node) {
    auto& own = number[label[node]];
    if (own == no_row) own = out.count++;
    out.of_node[node] = own;
  }
  return out;
}

/// The search from one node after the other; a part is complete when the search leaves its first node.
class Tarjan {
 public:
  explicit Tarjan(RoadGraph const& graph)
      : graph_(graph), order_(graph.nodes(), no_row), low_(graph.nodes()), label_(graph.nodes(), no_row) {}

  std::vector<std::uint32_t> labels() && {
    for (std::uint32_t node = 0; node < graph_.nodes(); ++node)
      if (order_[node] == no_row) search(node);
    return std::move(label_);
  }

 private:
  struct Visit {
    std::uint32_t node, next_arc;
  };

  void open(std::uint32_t node) {
    order_[node] = low_[node] = clock_++;
    waiting_.push_back(node);
    path_.push_back({node, graph_.first_out[node]});
  }

  void search(std::uint32_t start) {
    open(start);
    while (!path_.empty()) {
      Visit& at = path_.back();
      if (at.next_arc < graph_.first_out[at.node + 1]) {
        auto const head = graph_.head[at.next_arc++];
        if (order_[head] == no_row)
          open(head);
        else if (label_[head] == no_row)
          low_[at.node] = std::min(low_[at.node], order_[head]);
        continue;
      }
      leave(at.node);
    }
  }

  void leave(std::uint32_t node) {
    path_.pop_back();
    if (!path_.empty()) low_[path_.back().node] = std::min(low_[path_.back().node], low_[node]);
    if (low_[node] != order_[node]) return;
    for (std::uint32_t member = no_row; member != node;) {
      member = waiting_.back();
      waiting_.pop_back();
      label_[member] = node;
    }
  }

  RoadGraph const& graph_;
  std::vector<std::uint32_t> order_, low_, label_;
  std::vector<std::uint32_t> waiting_;
  std::vector<Visit> path_;
  std::uint32_t clock_ = 0;
};

}  // namespace

Parts joined_parts(RoadLines const& lines) {
  std::vector<std::uint32_t> parent(lines.x().size());
  std::iota(parent.begin(), parent.end(), 0U);
  auto const first = [&parent](std::uint32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
  };
  for (RoadLines::Line const& line : lines.lines()) {
    auto const a = first(line.from), b = first(line.to);
    parent[std::max(a, b)] = std::min(a, b);
  }
  for (std::uint32_t node = 0; node < parent.size(); ++node) parent[node] = first(node);
  return numbered(parent);
}

Parts mutual_parts(RoadGraph const& graph) { return numbered(Tarjan(graph).labels()); }

}  // namespace terrein
