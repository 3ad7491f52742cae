#include "terrein/network/shortest_paths.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

struct Entry {
  double seconds;
  std::uint32_t source, node;
};

/// Order of settling: time, then source. The node is the last key only to make the order total.
bool later(Entry const& a, Entry const& b) {
  if (a.seconds != b.seconds) return a.seconds > b.seconds;
  if (a.source != b.source) return a.source > b.source;
  return a.node > b.node;
}

/// Labels and the open nodes. An entry that was improved after it was pushed is skipped when it is popped, which is
/// faster on roads than moving entries within the heap.
class Search {
 public:
  Search(std::size_t nodes, double limit) : limit_(limit) {
    reached_.seconds.assign(nodes, unreachable);
    reached_.source.assign(nodes, no_row);
  }
  void offer(Entry const& entry) {
    auto& seconds = reached_.seconds[entry.node];
    auto& source = reached_.source[entry.node];
    if (!(entry.seconds <= limit_) || entry.seconds > seconds) return;
    if (entry.seconds == seconds && entry.source >= source) return;
    seconds = entry.seconds;
    source = entry.source;
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  /// Takes the next settled node, or returns false when none is left.
  bool pop(Entry& entry) {
    while (!heap_.empty()) {
      std::pop_heap(heap_.begin(), heap_.end(), later);
      entry = heap_.back();
      heap_.pop_back();
      if (entry.seconds == reached_.seconds[entry.node] && entry.source == reached_.source[entry.node]) return true;
    }
    return false;
  }
  [[nodiscard]] Reached result() && { return std::move(reached_); }

 private:
  double limit_;
  Reached reached_;
  std::vector<Entry> heap_;
};

std::vector<Box> node_boxes(RoadGraph const& graph) {
  std::vector<Box> boxes(graph.nodes());
  for (std::size_t node = 0; node < graph.nodes(); ++node) boxes[node].extend(graph.x[node], graph.y[node]);
  return boxes;
}

}  // namespace

Reached shortest_seconds(RoadGraph const& graph, std::vector<Start> const& starts, double limit) {
  Search search(graph.nodes(), limit);
  for (Start const& start : starts) {
    if (start.node >= graph.nodes())
      throw_error(ErrorKind::internal, "A search starts at node {} of a road graph with {} nodes.", start.node,
                  graph.nodes());
    search.offer({start.seconds, start.source, start.node});
  }
  Entry at{};
  for (std::size_t settled = 0; search.pop(at); ++settled) {
    if (settled % 65536 == 0) check_stop();
    for (auto arc = graph.first_out[at.node]; arc < graph.first_out[at.node + 1]; ++arc)
      search.offer({at.seconds + graph.seconds[arc], at.source, graph.head[arc]});
  }
  return std::move(search).result();
}

CentroidSearch::CentroidSearch(RoadGraph const& graph, GeometryColumn const& candidates,
                               std::span<std::uint32_t const> nearby, unsigned workers)
    : backward_(reversed(graph)),
      fastest_mps_(terrein::fastest_mps(graph)),
      nodes_(node_boxes(graph), workers),
      access_(candidates.size()) {
  parallel_chunks(nearby.size(), workers, 512, [&](unsigned, std::size_t begin, std::size_t end) {
    std::uint32_t last = no_row;
    for (std::size_t i = begin; i < end; ++i) {
      std::uint32_t const row = nearby[i];
      access_[row] = nearest_node(centroid(candidates, row), last);
      last = access_[row].node;
    }
  });
}

// The distance to a node that is likely to be near bounds the search.
CentroidSearch::Access CentroidSearch::nearest_node(Point point, std::uint32_t likely) const {
  Access best;
  auto const visit = [&](std::uint32_t node) {
    double const dx = backward_.x[node] - point.x, dy = backward_.y[node] - point.y;
    double const metres = std::sqrt(dx * dx + dy * dy);
    if (metres < best.metres || (metres == best.metres && node < best.node)) best = {node, metres};
    return best.metres;
  };
  double const bound = likely == no_row ? unreachable : visit(likely);
  nodes_.nearest({point.x, point.y, point.x, point.y}, visit, bound);
  return best;
}

CentroidTimes CentroidSearch::times(Layer const& features, std::vector<std::uint8_t> const& selected,
                                    double access_kmh) const {
  double const access_speed = access_kmh / 3.6;
  std::vector<Row> row_of_rank(features.size());
  std::vector<Start> starts;
  for (Row row = 0; row < features.size(); ++row) {
    row_of_rank[features.id_rank[row]] = row;
    if ((!selected.empty() && selected[row] == 0) || !features.geometry.has_shape(row)) continue;
    Access const access = nearest_node(centroid(features.geometry, row), no_row);
    if (access.node != no_row) starts.push_back({access.node, access.metres / access_speed, features.id_rank[row]});
  }
  Reached const reached = shortest_seconds(backward_, starts);
  CentroidTimes out{std::vector<double>(access_.size(), unreachable), std::vector<Row>(access_.size(), no_row)};
  for (std::size_t row = 0; row < access_.size(); ++row) {
    auto const [node, metres] = access_[row];
    if (node == no_row || reached.source[node] == no_row) continue;
    out.seconds[row] = metres / access_speed + reached.seconds[node];
    out.feature[row] = row_of_rank[reached.source[node]];
  }
  return out;
}

Attachment CentroidSearch::one_each(std::vector<Access> const& access, double access_kmh) {
  double const access_speed = access_kmh / 3.6;
  Joins joins;
  for (auto const& [node, metres] : access) {
    if (node != no_row) joins.join.push_back({node, metres / access_speed, metres});
    joins.first.push_back(static_cast<std::uint32_t>(joins.join.size()));
  }
  return {joins, joins};
}

Attachment CentroidSearch::candidates_at(double access_kmh) const { return one_each(access_, access_kmh); }

Attachment CentroidSearch::features_at(Layer const& features, std::vector<std::uint8_t> const& selected,
                                       double access_kmh, unsigned workers) const {
  std::vector<Access> access(features.size());
  parallel_chunks(features.size(), workers, 512, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      if ((selected.empty() || selected[row] != 0) && features.geometry.has_shape(row))
        access[features.id_rank[row]] = nearest_node(centroid(features.geometry, row), no_row);
  });
  return one_each(access, access_kmh);
}

CentroidTimes centroid_times(RoadGraph const& graph, GeometryColumn const& candidates, Layer const& features,
                             std::vector<std::uint8_t> const& selected, double access_kmh, unsigned workers) {
  return CentroidSearch(graph, candidates, hilbert_order(candidates.box, workers), workers)
      .times(features, selected, access_kmh);
}

}  // namespace terrein
