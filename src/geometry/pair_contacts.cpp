#include "geometry/pair_contacts.hpp"

#include <algorithm>
#include <atomic>

#include "geometry/segments.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {
namespace {

/// Marks an edge from any worker; all write the same.
void mark(std::vector<std::uint8_t>& flags, std::uint32_t index) {
  std::atomic_ref<std::uint8_t>(flags[index]).store(1, std::memory_order_relaxed);
}

Box common(Box const& a, Box const& b) {
  return {std::max(a.min_x, b.min_x), std::max(a.min_y, b.min_y), std::min(a.max_x, b.max_x),
          std::min(a.max_y, b.max_y)};
}

/// Which of some boxes meet a box, in their order.
template <class Indices>
void select(std::vector<Box> const& boxes, Indices const& which, std::size_t count, Box const& box,
            std::vector<std::uint32_t>& out) {
  out.resize(count);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t const at = which(i);
    out[kept] = at;
    kept += meet(box, boxes[at]);
  }
  out.resize(kept);
}

}  // namespace

bool PairContacts::Side::touches(std::uint32_t path) const {
  return std::find(touched.begin(), touched.end(), path) != touched.end();
}

void PairContacts::Side::touch(std::uint32_t path) {
  if (!touches(path)) touched.push_back(path);
}

std::vector<RingEdge> PairContacts::Side::near_edges() const {
  std::vector<RingEdge> out;
  for (std::uint32_t const i : near) out.push_back(all->edge[i]);
  return out;
}

void PairContacts::compare(Row a, BoxedEdges const* of_a, Row b, BoxedEdges const* of_b, PairsFound& found) {
  constexpr std::size_t all_with_all = 16384;  // above, an index is cheaper than comparing every pair
  Box const window = common(column_.box[a].grown(tolerance_), column_.box[b].grown(tolerance_));
  collect(a_, a, of_a, window);
  collect(b_, b, of_b, window);
  crossing_ = false;
  if (a_.near.size() * b_.near.size() <= all_with_all)
    compare_all(found);
  else
    compare_by_index(found);
  if (crossing_ || holds_ring(a_, b_) || holds_ring(b_, a_)) found.meeting.push_back({a, b});
}

void PairContacts::collect(Side& side, Row row, BoxedEdges const* all, Box const& window) const {
  side.row = row;
  side.all = all;
  side.touched.clear();
  if (all == nullptr) {
    side.all = &side.own;
    side.own.clear();
    for (std::uint32_t path = column_.first_path(row); path < column_.end_path(row); ++path)
      runs_.visit(path, window, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) side.own.add(column_, path, column_.path_begin[path] + i);
      });
  }
  auto const each = [](std::size_t i) { return static_cast<std::uint32_t>(i); };
  select(side.all->box, each, side.all->box.size(), window, side.near);
}

/// All pairs of edges whose boxes come within the tolerance.
void PairContacts::compare_all(PairsFound& found) {
  auto const near_b = [&](std::size_t j) { return b_.near[j]; };
  for (std::size_t k = 0; k < a_.near.size() && !settled(); ++k) {
    std::uint32_t const i = a_.near[k];
    select(b_.all->box, near_b, b_.near.size(), a_.all->box[i].grown(tolerance_), hits_);
    for (std::uint32_t const j : hits_) compare(i, j, found);
  }
}

void PairContacts::compare_by_index(PairsFound& found) {
  std::vector<Box> boxes;
  for (std::uint32_t const j : b_.near) boxes.push_back(b_.all->box[j]);
  SpatialIndex const index(boxes);
  for (std::size_t k = 0; k < a_.near.size() && !settled(); ++k) {
    std::uint32_t const i = a_.near[k];
    hits_.clear();
    index.query(a_.all->box[i].grown(tolerance_), hits_);
    for (std::uint32_t const hit : hits_) compare(i, b_.near[hit], found);
  }
}

void PairContacts::compare(std::uint32_t i, std::uint32_t j, PairsFound& found) {
  using enum EdgeMeeting::Kind;
  RingEdge const &s = a_.all->edge[i], &t = b_.all->edge[j];
  EdgeMeeting const meeting = meeting_of(column_, s, t);
  if (meeting.kind != apart) {
    a_.touch(s.path);
    b_.touch(t.path);
  }
  if (meeting.kind == crossing) crossing_ = true;
  for (int k = 0; k < meeting.entries && !crossing_; ++k)
    crossing_ = meet_around(meeting.entry[k], a_.near_edges(), b_.near_edges());
  if (twin_ == nullptr) return;
  if (meeting.kind == twins) {
    mark(*twin_, s.index);
    mark(*twin_, t.index);
    return;
  }
  if (misses(b_, j, s.a)) found.missing.push_back({b_.row, a_.row, t.index, s.a});
  if (misses(a_, i, t.a)) found.missing.push_back({a_.row, b_.row, s.index, t.a});
}

/// Whether a corner of the other row lies on an edge without any vertex of that side near it.
bool PairContacts::misses(Side const& side, std::uint32_t index, Point corner) const {
  RingEdge const& edge = side.all->edge[index];
  if (corner == edge.a || corner == edge.b || !side.all->box[index].grown(tolerance_).meets(box_of(corner)))
    return false;
  double const reach = squared_with_slack(tolerance_ * tolerance_);  // coordinates are rounded
  if (squared_distance(corner, edge.a, edge.b) > reach) return false;
  return std::none_of(side.near.begin(), side.near.end(), [&](std::uint32_t i) {
    RingEdge const& one = side.all->edge[i];
    return squared_distance(box_of(one.a), box_of(corner)) <= reach ||
           squared_distance(box_of(one.b), box_of(corner)) <= reach;
  });
}

/// Whether a ring of `inner` that touches nothing of `outer` lies inside it: boundaries that never cross leave no other
/// way for interiors to meet.
bool PairContacts::holds_ring(Side const& outer, Side const& inner) const {
  std::uint32_t const first = column_.first_path(inner.row), end = column_.end_path(inner.row);
  Box const &around = column_.box[outer.row], &within = column_.box[inner.row];
  if (!around.meets(within) || (end - first == 1 && !around.contains(within))) return false;
  for (std::uint32_t path = first; path < end; ++path) {
    if (inner.touches(path)) continue;
    Point const p = vertex_at(column_.path(path).data(), 0);
    using enum EdgeRuns::Relation;
    auto const relation = runs_.relation(outer.row, box_of(p));
    if (relation == inside || (relation == crossing && locate(column_, outer.row, p) > 0)) return true;
  }
  return false;
}

}  // namespace terrein
