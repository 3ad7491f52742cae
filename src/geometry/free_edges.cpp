#include "geometry/free_edges.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "geometry/segments.hpp"

namespace terrein {
namespace {

struct Edge {
  Point a, b;
  Row row = no_row;
};

bool less(Point p, Point q) { return p.x != q.x ? p.x < q.x : p.y < q.y; }

std::vector<Edge> edges_without_twin(Layer const& layer, std::vector<std::uint8_t> const& twin) {
  GeometryColumn const& column = layer.geometry;
  std::vector<Edge> out;
  for (Row row = 0; row < column.size(); ++row) {
    if (column.kind[row] != GeometryKind::polygon) continue;
    for (std::uint32_t path = column.first_path(row); path < column.end_path(row); ++path)
      for (std::size_t i = column.path_begin[path]; i + 1 < column.path_begin[path + 1]; ++i) {
        if (twin[i] != 0) continue;
        Point const a = vertex_at(column.xy.data(), i), b = vertex_at(column.xy.data(), i + 1);
        if (a != b) out.push_back({a, b, row});
      }
  }
  return out;
}

/// One edge for each that stacked rows have in common; of those that run both ways none: there is land on both sides.
void settle_copies(std::vector<Edge>& edges, std::vector<std::uint32_t> const& rank) {
  auto const low = [](Edge const& e) { return less(e.a, e.b) ? e.a : e.b; };
  auto const high = [](Edge const& e) { return less(e.a, e.b) ? e.b : e.a; };
  std::sort(edges.begin(), edges.end(), [&](Edge const& e, Edge const& f) {
    Point const p = low(e), q = low(f);
    if (p != q) return less(p, q);
    Point const r = high(e), s = high(f);
    if (r != s) return less(r, s);
    if (e.a != f.a) return less(e.a, f.a);
    return rank[e.row] < rank[f.row];
  });
  std::size_t kept = 0;
  for (std::size_t i = 0, j = 0; i < edges.size(); i = j) {
    bool both_ways = false;
    for (j = i; j < edges.size() && low(edges[j]) == low(edges[i]) && high(edges[j]) == high(edges[i]); ++j)
      both_ways = both_ways || edges[j].a != edges[i].a;
    if (!both_ways) edges[kept++] = edges[i];
  }
  edges.resize(kept);
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
  Clusters(Layer const& layer, std::vector<std::uint8_t> const& twin, std::span<RowPair const> meeting)
      : layer_(layer), edges_(edges_without_twin(layer, twin)), joined_(0) {
    settle_copies(edges_, layer.id_rank);
    number_corners();
    joined_ = Union(corners_.size());
    odd_.assign(corners_.size(), 0);
    join_by_edges();
    join_by_rows(meeting);
  }

  FreeEdges build() {
    std::vector<std::uint8_t> odd(corners_.size(), 0);  // per cluster
    for (std::uint32_t c = 0; c < corners_.size(); ++c)
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
  void number_corners() {
    corners_.reserve(2 * edges_.size());
    for (Edge const& e : edges_) {
      corners_.push_back(e.a);
      corners_.push_back(e.b);
    }
    std::sort(corners_.begin(), corners_.end(), less);
    corners_.erase(std::unique(corners_.begin(), corners_.end()), corners_.end());
    for (Edge const& e : edges_) {
      from_.push_back(number_of(e.a));
      to_.push_back(number_of(e.b));
    }
  }

  [[nodiscard]] std::uint32_t number_of(Point p) const {
    return static_cast<std::uint32_t>(std::lower_bound(corners_.begin(), corners_.end(), p, less) - corners_.begin());
  }

  void join_by_edges() {
    std::vector<std::uint32_t> in(corners_.size(), 0), out(corners_.size(), 0);
    for (std::size_t e = 0; e < edges_.size(); ++e) {
      joined_.join(from_[e], to_[e]);
      ++out[from_[e]];
      ++in[to_[e]];
    }
    for (std::size_t c = 0; c < corners_.size(); ++c) odd_[c] = in[c] == 1 && out[c] == 1 ? 0 : 1;
  }

  /// Boundaries of rows that meet may cross where neither has a corner.
  void join_by_rows(std::span<RowPair const> meeting) {
    if (meeting.empty()) return;
    std::vector<std::uint32_t> by_row(edges_.size());
    std::iota(by_row.begin(), by_row.end(), 0U);
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
      auto const a = edges_near(pair.a, layer_.geometry.box[pair.b]);
      auto const b = edges_near(pair.b, layer_.geometry.box[pair.a]);
      if (a.empty() || b.empty()) continue;
      for (auto const& list : {a, b})
        for (std::uint32_t const e : list) {
          joined_.join(from_[a.front()], from_[e]);
          odd_[from_[e]] = 1;
        }
    }
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
    std::vector<std::uint32_t> edge_from(corners_.size(), no_row);
    for (std::uint32_t e = 0; e < edges_.size(); ++e) edge_from[from_[e]] = e;
    for (std::uint32_t c = 0; c < corners_.size(); ++c) {
      if (joined_.find(c) != c || odd[c] != 0) continue;
      std::uint32_t at = c;
      do {
        add(out, edge_from[at]);
        at = to_[edge_from[at]];
      } while (at != c);
      close(out, true);
    }
  }

  Layer const& layer_;
  std::vector<Edge> edges_;
  std::vector<Point> corners_;            // sorted
  std::vector<std::uint32_t> from_, to_;  // corners of an edge
  Union joined_;
  std::vector<std::uint8_t> odd_;  // per corner: not exactly one edge in and one out, or near a crossing
};

}  // namespace

FreeEdges free_edges(Layer const& layer, std::vector<std::uint8_t> const& twin, std::span<RowPair const> meeting) {
  return Clusters(layer, twin, meeting).build();
}

}  // namespace terrein
