#include <algorithm>
#include <atomic>
#include <tuple>

#include "geometry/edge_runs.hpp"
#include "geometry/interiors.hpp"
#include "geometry/noded.hpp"
#include "geometry/segments.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
namespace {

constexpr std::size_t chunk = 256;

/// What one chunk of rows found.
struct Found {
  std::vector<RowPair> meeting;
  std::vector<MissingVertex> missing;
};

/// Marks an edge from any worker; all write the same.
void mark(std::vector<std::uint8_t>& flags, std::uint32_t index) {
  std::atomic_ref<std::uint8_t>(flags[index]).store(1, std::memory_order_relaxed);
}

/// One of a pair of rows, with the edges that come near the other.
struct Side {
  Row row = no_row;
  std::vector<RingEdge> edges;
  std::vector<std::uint32_t> touched;  // paths that touch the boundary of the other row

  [[nodiscard]] bool touches(std::uint32_t path) const {
    return std::find(touched.begin(), touched.end(), path) != touched.end();
  }
  void touch(std::uint32_t path) {
    if (!touches(path)) touched.push_back(path);
  }
};

/// Compares a row with those of larger id. One per worker: it keeps its buffers. Without `twin` only the pairs that
/// meet are found: a pair of which one crossing is known needs no further look.
class ContactFinder {
 public:
  ContactFinder(Layer const& layer, EdgeRuns const& runs, SpatialIndex const& boxes, double tolerance,
                std::vector<std::uint8_t>* twin)
      : layer_(layer), column_(layer.geometry), runs_(runs), boxes_(boxes), tolerance_(tolerance), twin_(twin) {}

  void find(Row row, Found& found) {
    if (column_.kind[row] != GeometryKind::polygon) return;
    find(row, found, [](Row) { return true; });
  }
  /// Only rows that `counts` holds for.
  template <class Counts>
  void find(Row row, Found& found, Counts const& counts) {
    hits_.clear();
    boxes_.query(column_.box[row].grown(tolerance_), hits_);
    for (Row const other : hits_)
      if (layer_.id_rank[row] < layer_.id_rank[other] && counts(other)) compare(row, other, found);
  }

  void compare(Row a, Row b, Found& found) {
    a_.row = a;
    b_.row = b;
    Box const window = common(column_.box[a].grown(tolerance_), column_.box[b].grown(tolerance_));
    collect(a_, window);
    collect(b_, window);
    crossing_ = false;
    each_near_pair([&](RingEdge const& s, RingEdge const& t) { compare(s, t, found); });
    if (crossing_ || holds_ring(a_, b_) || holds_ring(b_, a_)) found.meeting.push_back({a, b});
  }

 private:
  static Box common(Box const& a, Box const& b) {
    return {std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
            std::min(a.max_y, b.max_y)};
  }

  void collect(Side& side, Box const& window) const {
    side.edges.clear();
    side.touched.clear();
    for (std::uint32_t path = column_.first_path(side.row); path < column_.end_path(side.row); ++path) {
      std::uint32_t const begin = column_.path_begin[path];
      runs_.visit(path, window, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = begin + first; i < begin + last; ++i) {
          Point const p = vertex_at(column_.xy.data(), i), q = vertex_at(column_.xy.data(), i + 1);
          if (p != q && box_of(p, q).meets(window)) side.edges.push_back({p, q, static_cast<std::uint32_t>(i), path});
        }
      });
    }
  }

  [[nodiscard]] bool settled() const { return crossing_ && twin_ == nullptr; }

  /// Pairs of edges whose boxes come within the tolerance.
  template <class Work>
  void each_near_pair(Work const& work) {
    constexpr std::size_t all_with_all = 16384;  // above, an index is cheaper than comparing every pair
    if (a_.edges.size() * b_.edges.size() <= all_with_all) {
      for (RingEdge const& s : a_.edges) {
        Box const box = box_of(s.a, s.b).grown(tolerance_);
        for (RingEdge const& t : b_.edges)
          if (box.meets(box_of(t.a, t.b))) work(s, t);
        if (settled()) return;
      }
      return;
    }
    std::vector<Box> boxes;
    for (RingEdge const& t : b_.edges) boxes.push_back(box_of(t.a, t.b));
    SpatialIndex const index(boxes);
    std::vector<std::uint32_t> near;
    for (RingEdge const& s : a_.edges) {
      near.clear();
      index.query(box_of(s.a, s.b).grown(tolerance_), near);
      for (std::uint32_t const hit : near) work(s, b_.edges[hit]);
      if (settled()) return;
    }
  }

  void compare(RingEdge const& s, RingEdge const& t, Found& found) {
    using enum EdgeMeeting::Kind;
    EdgeMeeting const meeting = meeting_of(column_, s, t);
    if (meeting.kind != apart) {
      a_.touch(s.path);
      b_.touch(t.path);
    }
    if (meeting.kind == crossing) crossing_ = true;
    for (int i = 0; i < meeting.entries && !crossing_; ++i)
      crossing_ = meet_around(meeting.entry[i], a_.edges, b_.edges);
    if (twin_ == nullptr) return;
    if (meeting.kind == twins) {
      mark(*twin_, s.index);
      mark(*twin_, t.index);
      return;
    }
    if (misses(t, s.a, b_)) found.missing.push_back({b_.row, a_.row, t.index, s.a});
    if (misses(s, t.a, a_)) found.missing.push_back({a_.row, b_.row, s.index, t.a});
  }

  /// Whether a corner lies on an edge without any vertex of that side near it.
  [[nodiscard]] bool misses(RingEdge const& edge, Point corner, Side const& side) const {
    double const reach = squared_with_slack(tolerance_ * tolerance_);  // coordinates are rounded
    if (corner == edge.a || corner == edge.b) return false;
    if (!box_of(edge.a, edge.b).grown(tolerance_).meets(box_of(corner))) return false;
    if (squared_distance(corner, edge.a, edge.b) > reach) return false;
    return std::none_of(side.edges.begin(), side.edges.end(), [&](RingEdge const& one) {
      return squared_distance(box_of(one.a), box_of(corner)) <= reach ||
             squared_distance(box_of(one.b), box_of(corner)) <= reach;
    });
  }

  /// Whether a ring of `inner` that touches nothing of `outer` lies inside it: boundaries that never cross leave no
  /// other way for interiors to meet.
  [[nodiscard]] bool holds_ring(Side const& outer, Side const& inner) const {
    if (!column_.box[outer.row].meets(column_.box[inner.row])) return false;
    for (std::uint32_t path = column_.first_path(inner.row); path < column_.end_path(inner.row); ++path) {
      if (inner.touches(path)) continue;
      Point const p = vertex_at(column_.path(path).data(), 0);
      using enum EdgeRuns::Relation;
      auto const relation = runs_.relation(outer.row, box_of(p));
      if (relation == inside || (relation == crossing && locate(column_, outer.row, p) > 0)) return true;
    }
    return false;
  }

  Layer const& layer_;
  GeometryColumn const& column_;
  EdgeRuns const& runs_;
  SpatialIndex const& boxes_;
  double tolerance_;
  std::vector<std::uint8_t>* twin_;
  std::vector<Row> hits_;
  Side a_, b_;
  bool crossing_ = false;
};

std::vector<Box> polygon_boxes(GeometryColumn const& column) {
  std::vector<Box> out(column.size());
  for (std::size_t row = 0; row < column.size(); ++row)
    if (column.kind[row] == GeometryKind::polygon) out[row] = column.box[row];
  return out;
}

/// By ids, edges and places, whatever the order of the rows; a corner that several edges pass is named once per edge.
void sort(Contacts& contacts, std::vector<std::uint32_t> const& rank) {
  std::sort(contacts.meeting.begin(), contacts.meeting.end(), [&](RowPair const& p, RowPair const& q) {
    return std::pair(rank[p.a], rank[p.b]) < std::pair(rank[q.a], rank[q.b]);
  });
  auto const key = [&](MissingVertex const& v) { return std::tuple(rank[v.row], v.edge, v.at.x, v.at.y, rank[v.of]); };
  std::sort(contacts.missing.begin(), contacts.missing.end(),
            [&](MissingVertex const& v, MissingVertex const& w) { return key(v) < key(w); });
}

}  // namespace

Contacts contacts(Layer const& layer, double tolerance, unsigned workers) {
  GeometryColumn const& column = layer.geometry;
  EdgeRuns const runs(column, workers);
  SpatialIndex const boxes(polygon_boxes(column));
  Contacts out;
  out.twin.assign(column.xy.size() / 2, 0);
  std::vector<Found> found((column.size() + chunk - 1) / chunk);
  parallel_chunks(column.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    ContactFinder finder(layer, runs, boxes, tolerance, &out.twin);
    for (std::size_t row = begin; row < end; ++row) finder.find(static_cast<Row>(row), found[begin / chunk]);
  });
  for (Found& part : found) {
    out.meeting.insert(out.meeting.end(), part.meeting.begin(), part.meeting.end());
    out.missing.insert(out.missing.end(), part.missing.begin(), part.missing.end());
  }
  sort(out, layer.id_rank);
  return out;
}

std::vector<RowPair> still_meeting(Layer const& layer, std::span<RowPair const> pairs, unsigned workers) {
  EdgeRuns const runs(layer.geometry, workers);
  SpatialIndex const none;
  std::vector<Found> found(pairs.size());
  parallel_chunks(pairs.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    ContactFinder finder(layer, runs, none, 0, nullptr);
    for (std::size_t i = begin; i < end; ++i) finder.compare(pairs[i].a, pairs[i].b, found[i]);
  });
  std::vector<RowPair> out;
  for (Found const& one : found) out.insert(out.end(), one.meeting.begin(), one.meeting.end());
  return out;
}

std::vector<RowPair> meeting_rows(Layer const& layer, EdgeRuns const& runs, SpatialIndex const& boxes,
                                  std::vector<std::uint8_t> const& chosen, unsigned workers) {
  std::vector<Found> found((layer.size() + chunk - 1) / chunk);
  parallel_chunks(layer.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    ContactFinder finder(layer, runs, boxes, 0, nullptr);
    for (std::size_t row = begin; row < end; ++row)
      if (chosen[row] != 0)
        finder.find(static_cast<Row>(row), found[begin / chunk], [&](Row other) { return chosen[other] != 0; });
  });
  std::vector<RowPair> out;
  for (Found const& part : found)
    for (RowPair const& pair : part.meeting) out.push_back({std::min(pair.a, pair.b), std::max(pair.a, pair.b)});
  std::sort(out.begin(), out.end(),
            [](RowPair const& p, RowPair const& q) { return std::pair(p.a, p.b) < std::pair(q.a, q.b); });
  return out;
}

}  // namespace terrein
