#include "geometry/free_edges.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "geometry/parallel_sort.hpp"
#include "geometry/segments.hpp"

namespace terrein {
namespace {

struct Edge {
  Point a, b;
  Row row = no_row;
};

bool less(Point p, Point q) { return p.x != q.x ? p.x < q.x : p.y < q.y; }

Point low(Edge const& e) { return less(e.a, e.b) ? e.a : e.b; }
Point high(Edge const& e) { return less(e.a, e.b) ? e.b : e.a; }

template <class Work>
void each_edge_without_twin(NodedLand const& land, Row row, Work const& work) {
  auto const& [column, at, twin] = land.of(row);
  if (column.kind[at] != GeometryKind::polygon) return;
  for (std::uint32_t path = column.first_path(at); path < column.end_path(at); ++path)
    for (std::size_t i = column.path_begin[path]; i + 1 < column.path_begin[path + 1]; ++i) {
      if (twin[i] != 0) continue;
      Point const a = vertex_at(column.xy.data(), i), b = vertex_at(column.xy.data(), i + 1);
      if (a != b) work(Edge{a, b, row});
    }
}

/// In the order of the rows: counted first, so that all workers can write at their place.
std::vector<Edge> edges_without_twin(NodedLand const& land, unsigned workers) {
  constexpr std::size_t chunk = 4096;
  std::vector<std::size_t> first((land.size() + chunk - 1) / chunk + 1, 0);
  auto const each = [&](std::size_t begin, std::size_t end, auto const& work) {
    for (std::size_t row = begin; row < end; ++row) each_edge_without_twin(land, static_cast<Row>(row), work);
  };
  parallel_chunks(land.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    std::size_t count = 0;
    each(begin, end, [&](Edge const&) { ++count; });
    first[begin / chunk + 1] = count;
  });
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<Edge> out(first.back());
  parallel_chunks(land.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    std::size_t at = first[begin / chunk];
    each(begin, end, [&](Edge const& edge) { out[at++] = edge; });
  });
  return out;
}

/// Edges by one of their ends. The x beside the number settles most comparisons without a look at the edge.
struct Key {
  double x;
  std::uint32_t edge;
};

template <class End, class Less>
std::vector<Key> sorted_by(std::vector<Edge> const& edges, unsigned workers, End const& end, Less const& ties) {
  std::vector<Key> keys(edges.size());
  for (std::uint32_t e = 0; e < keys.size(); ++e) keys[e] = {end(edges[e]).x, e};
  parallel_sort(keys, workers, [&](Key const& p, Key const& q) {
    return p.x != q.x ? p.x < q.x : ties(edges[p.edge], edges[q.edge], p.edge < q.edge);
  });
  return keys;
}

/// By place, lower corner first. Of the edges that stacked rows have in common one; of those that run both ways none:
/// there is land on both sides.
std::vector<Edge> in_order(std::vector<Edge> const& edges, std::vector<std::uint32_t> const& rank, unsigned workers) {
  auto const keys = sorted_by(edges, workers, low, [&](Edge const& e, Edge const& f, bool before) {
    if (Point const p = low(e), q = low(f); p != q) return less(p, q);
    if (Point const r = high(e), s = high(f); r != s) return less(r, s);
    if (e.a != f.a) return less(e.a, f.a);
    return e.row != f.row ? rank[e.row] < rank[f.row] : before;
  });
  std::vector<Edge> out;
  out.reserve(edges.size());
  for (std::size_t i = 0, j = 0; i < keys.size(); i = j) {
    Edge const& one = edges[keys[i].edge];
    bool both_ways = false;
    for (j = i; j < keys.size(); ++j) {
      Edge const& other = edges[keys[j].edge];
      if (low(other) != low(one) || high(other) != high(one)) break;
      both_ways = both_ways || other.a != one.a;
    }
    if (!both_ways) out.push_back(one);
  }
  return out;
}

/// Sets that hang together, each named by its smallest member.
class Union {
 public:
  explicit Union(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0U); }
  std::uint32_t find(std::uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::uint32_t i, std::uint32_t j) {
    i = find(i);
    j = find(j);
    if (i != j) parent_[std::max(i, j)] = std::min(i, j);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

class Clusters {
 public:
  Clusters(NodedLand const& land, std::span<RowPair const> meeting, unsigned workers)
      : land_(land), edges_(in_order(edges_without_twin(land, workers), land.rank(), workers)), joined_(0) {
    number_corners(workers);
    joined_ = Union(corners_);
    odd_.assign(corners_, 0);
    join_by_edges();
    join_by_rows(meeting);
  }

  FreeEdges build() {
    std::vector<std::uint8_t> odd(corners_, 0);  // per cluster
    for (std::uint32_t c = 0; c < corners_; ++c)
      if (odd_[c] != 0) odd[joined_.find(c)] = 1;
    std::vector<std::uint32_t> order;
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
      if (odd[cluster(e)] != 0) order.push_back(e);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t e, std::uint32_t f) { return cluster(e) < cluster(f); });
    FreeEdges out;
    for (std::size_t i = 0; i < order.size(); ++i) {
      add(out, order[i]);
      if (i + 1 == order.size() || cluster(order[i]) != cluster(order[i + 1])) close(out, false);
    }
    add_rings(odd, out);
    return out;
  }

 private:
  /// Both ends of the edges in one order: the edges are sorted by their lower ends already.
  void number_corners(unsigned workers) {
    auto const keys = sorted_by(edges_, workers, high, [](Edge const& e, Edge const& f, bool before) {
      Point const p = high(e), q = high(f);
      return p != q ? less(p, q) : before;
    });
    from_.resize(edges_.size());
    to_.resize(edges_.size());
    std::uint32_t e = 0;
    std::size_t k = 0;
    while (e < edges_.size() || k < keys.size()) {
      bool const is_low = e < edges_.size() && (k == keys.size() || !less(high(edges_[keys[k].edge]), low(edges_[e])));
      Point const corner = is_low ? low(edges_[e]) : high(edges_[keys[k].edge]);
      for (; e < edges_.size() && low(edges_[e]) == corner; ++e) number(e, corner);
      for (; k < keys.size() && high(edges_[keys[k].edge]) == corner; ++k) number(keys[k].edge, corner);
      ++corners_;
    }
  }

  void number(std::uint32_t e, Point corner) { (edges_[e].a == corner ? from_[e] : to_[e]) = corners_; }

  void join_by_edges() {
    std::vector<std::uint32_t> in(corners_, 0), out(corners_, 0);
    for (std::size_t e = 0; e < edges_.size(); ++e) {
      joined_.join(from_[e], to_[e]);
      ++out[from_[e]];
      ++in[to_[e]];
    }
    for (std::size_t c = 0; c < corners_; ++c) odd_[c] = in[c] == 1 && out[c] == 1 ? 0 : 1;
  }

  /// Boundaries of rows that meet may cross where neither has a corner.
  void join_by_rows(std::span<RowPair const> meeting) {
    if (meeting.empty()) return;
    std::vector<std::uint8_t> meets(land_.size(), 0);
    for (RowPair const& pair : meeting) meets[pair.a] = meets[pair.b] = 1;
    std::vector<std::uint32_t> by_row;
    for (std::uint32_t e = 0; e < edges_.size(); ++e)
      if (meets[edges_[e].row] != 0) by_row.push_back(e);
    std::stable_sort(by_row.begin(), by_row.end(),
                     [&](std::uint32_t e, std::uint32_t f) { return edges_[e].row < edges_[f].row; });
    auto const edges_near = [&](Row row, Box const& box) {
      auto const before = [&](std::uint32_t e, Row r) { return edges_[e].row < r; };
      std::vector<std::uint32_t> out;
      for (auto it = std::lower_bound(by_row.begin(), by_row.end(), row, before);
           it != by_row.end() && edges_[*it].row == row; ++it)
        if (box_of(edges_[*it].a, edges_[*it].b).meets(box)) out.push_back(*it);
      return out;
    };
    for (RowPair const& pair : meeting) {
      auto const a = edges_near(pair.a, box_of_row(pair.b));
      auto const b = edges_near(pair.b, box_of_row(pair.a));
      if (a.empty() || b.empty()) continue;
      for (auto const& list : {a, b})
        for (std::uint32_t const e : list) {
          joined_.join(from_[a.front()], from_[e]);
          odd_[from_[e]] = 1;
        }
    }
  }

  [[nodiscard]] Box const& box_of_row(Row row) const {
    auto const shape = land_.of(row);
    return shape.column.box[shape.row];
  }

  [[nodiscard]] std::uint32_t cluster(std::uint32_t edge) { return joined_.find(from_[edge]); }

  void add(FreeEdges& out, std::uint32_t e) const { out.edges.push_back({edges_[e].a, edges_[e].b}); }

  static void close(FreeEdges& out, bool plain) {
    Box box;
    for (std::size_t e = out.first.back(); e < out.edges.size(); ++e) {
      box.extend(out.edges[e].a.x, out.edges[e].a.y);
      box.extend(out.edges[e].b.x, out.edges[e].b.y);
    }
    out.box.push_back(box);
    out.plain.push_back(plain ? 1 : 0);
    out.first.push_back(static_cast<std::uint32_t>(out.edges.size()));
  }

  /// Clusters without odd corners are rings: each from its smallest corner on.
  void add_rings(std::vector<std::uint8_t> const& odd, FreeEdges& out) {
    std::vector<std::uint32_t> edge_from(corners_, no_row);
    for (std::uint32_t e = 0; e < edges_.size(); ++e) edge_from[from_[e]] = e;
    for (std::uint32_t c = 0; c < corners_; ++c) {
      if (joined_.find(c) != c || odd[c] != 0) continue;
      std::uint32_t at = c;
      do {
        add(out, edge_from[at]);
        at = to_[edge_from[at]];
      } while (at != c);
      close(out, true);
    }
  }

  NodedLand const& land_;
  std::vector<Edge> edges_;
  std::uint32_t corners_ = 0;             // numbered by place
  std::vector<std::uint32_t> from_, to_;  // corners of an edge
  Union joined_;
  std::vector<std::uint8_t> odd_;  // per corner: not exactly one edge in and one out, or near a crossing
};

}  // namespace

FreeEdges free_edges(NodedLand const& land, std::span<RowPair const> meeting, unsigned workers) {
  return Clusters(land, meeting, workers).build();
}

}  // namespace terrein
