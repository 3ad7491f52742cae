#include "geometry/edge_meetings.hpp"

#include <utility>

#include "geometry/pair_contacts.hpp"
#include "geometry/predicates.hpp"
#include "geometry/segments.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/packed_boxes.hpp"

namespace terrein {
namespace {

/// Edges that lie one after the other on a ring, so that a long ring is searched piece by piece.
struct Block {
  std::uint32_t first, last;  // up to and without
};
constexpr std::uint32_t most_edges = 16;

std::vector<Block> blocks_of(std::span<FreeEdge const> edges) {
  std::vector<Block> out;
  out.reserve(edges.size() / 8);
  for (std::uint32_t e = 0; e < edges.size(); ++e)
    if (e > 0 && goes_on(edges, e - 1) && e - out.back().first < most_edges)
      out.back().last = e + 1;
    else
      out.push_back({e, e + 1});
  return out;
}

bool is_between(FreeEdge const& edge, Point p) {
  return box_of(edge.a, edge.b).meets(box_of(p)) && p != edge.a && p != edge.b && orientation(edge.a, edge.b, p) == 0;
}

/// Compares edges. One per worker: it keeps its buffers.
class Comparer {
 public:
  explicit Comparer(std::span<FreeEdge const> edges) : edges_(edges) {}

  void compare(Block const& one, Box const& box, Block const& other, Box const& other_box,
               std::vector<EdgeMeets>& found) {
    select(other, box, others_);
    if (others_.empty()) return;
    for (std::uint32_t e = one.first; e < one.last; ++e) {
      Box const near = box_of(edges_[e].a, edges_[e].b);
      if (meet(near, other_box) == 0) continue;
      for (std::uint32_t const f : others_)
        if (meet(near, box_of(edges_[f].a, edges_[f].b)) != 0) compare(e, f, found);
    }
  }

  void compare_within(Block const& block, std::vector<EdgeMeets>& found) {
    for (std::uint32_t e = block.first; e < block.last; ++e)
      for (std::uint32_t f = e + 1; f < block.last; ++f)
        if (meet(box_of(edges_[e].a, edges_[e].b), box_of(edges_[f].a, edges_[f].b)) != 0) compare(e, f, found);
  }

 private:
  void select(Block const& block, Box const& box, std::vector<std::uint32_t>& out) const {
    out.resize(block.last - block.first);
    std::size_t kept = 0;
    for (std::uint32_t e = block.first; e < block.last; ++e) {
      out[kept] = e;
      kept += meet(box_of(edges_[e].a, edges_[e].b), box);
    }
    out.resize(kept);
  }

  void compare(std::uint32_t e, std::uint32_t f, std::vector<EdgeMeets>& found) const {
    FreeEdge const &s = edges_[e], &t = edges_[f];
    bool const at_start = t.a == s.a || t.a == s.b;
    if (at_start || t.b == s.a || t.b == s.b) {
      add_ends(e, f, found);
      if (orientation(s.a, s.b, at_start ? t.b : t.a) == 0) add_within(e, f, found);
      return;
    }
    int const sa = orientation(t.a, t.b, s.a), sb = orientation(t.a, t.b, s.b);
    if (sa * sb > 0) return;
    int const ta = orientation(s.a, s.b, t.a), tb = orientation(s.a, s.b, t.b);
    if (ta * tb > 0) return;
    if (sa * sb < 0 && ta * tb < 0) {
      found.push_back({e, f, sb > 0 ? Meets::enters : Meets::leaves});
      found.push_back({f, e, tb > 0 ? Meets::enters : Meets::leaves});
      return;
    }
    add_within(e, f, found);
  }

  /// Where the end of one is an end of the other.
  void add_ends(std::uint32_t e, std::uint32_t f, std::vector<EdgeMeets>& found) const {
    FreeEdge const &s = edges_[e], &t = edges_[f];
    if (s.b == t.a && f != e + 1) found.push_back({e, f, Meets::starts});
    if (t.b == s.a && e != f + 1) found.push_back({f, e, Meets::starts});
    if (s.b == t.b) {
      found.push_back({e, f, Meets::ends});
      found.push_back({f, e, Meets::ends});
    }
  }

  /// Where an end of one lies between the ends of the other.
  void add_within(std::uint32_t e, std::uint32_t f, std::vector<EdgeMeets>& found) const {
    for (auto const& [one, other] : {std::pair{e, f}, std::pair{f, e}}) {
      if (is_between(edges_[one], edges_[other].a)) found.push_back({one, other, Meets::starts});
      if (!is_between(edges_[one], edges_[other].b)) continue;
      found.push_back({one, other, Meets::ends});
      found.push_back({other, one, Meets::passes});
    }
  }

  std::span<FreeEdge const> edges_;
  std::vector<std::uint32_t> others_;
};

}  // namespace

std::vector<std::vector<EdgeMeets>> edge_meetings(std::span<FreeEdge const> edges, unsigned workers) {
  auto const blocks = blocks_of(edges);
  std::vector<Box> boxes(blocks.size());
  for (std::size_t i = 0; i < blocks.size(); ++i)
    for (std::uint32_t e = blocks[i].first; e < blocks[i].last; ++e) boxes[i].extend(box_of(edges[e].a, edges[e].b));
  PackedBoxes const index(boxes);
  constexpr std::size_t chunk = 512;
  std::vector<std::vector<EdgeMeets>> out((blocks.size() + chunk - 1) / chunk);
  parallel_chunks(blocks.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    Comparer comparer(edges);
    auto& found = out[begin / chunk];
    for (std::size_t place = begin; place < end; ++place) {
      std::uint32_t const one = index.order()[place];
      comparer.compare_within(blocks[one], found);
      index.query(boxes[one], [&](std::uint32_t near) {
        if (near <= place) return;
        std::uint32_t const other = index.order()[near];
        comparer.compare(blocks[one], boxes[one], blocks[other], boxes[other], found);
      });
    }
  });
  return out;
}

}  // namespace terrein
