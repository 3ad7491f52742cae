#include "geometry/first_met.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>

namespace terrein {

std::vector<FirstMet> const& FirstMetSearch::find(std::vector<Sighted> const& edges) {
  found_.clear();
  open_.clear();
  ends_.clear();
  by_start_.resize(edges.size());
  std::iota(by_start_.begin(), by_start_.end(), 0U);
  std::sort(by_start_.begin(), by_start_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return edges[a].from != edges[b].from ? edges[a].from < edges[b].from : a < b;
  });
  for (Sighted const& edge : edges) ends_.insert(ends_.end(), {edge.from, edge.to});
  std::sort(ends_.begin(), ends_.end());
  ends_.erase(std::unique(ends_.begin(), ends_.end()), ends_.end());
  auto next = by_start_.begin();
  for (std::size_t i = 0; i + 1 < ends_.size(); ++i) {
    open_.erase(std::remove_if(open_.begin(), open_.end(), [&](std::uint32_t e) { return edges[e].to <= ends_[i]; }),
                open_.end());
    for (; next != by_start_.end() && edges[*next].from <= ends_[i]; ++next) open_.push_back(*next);
    if (!open_.empty()) settle(edges, ends_[i], ends_[i + 1]);
  }
  return found_;
}

/// All open edges run from one end of the part to the other. One that is nearest at both ends is so between them; and
/// since the envelope of straight edges bends away from the base line, never towards it, one that is as near as the
/// nearest at both ends is so between them too. Else the part is cut where the nearest of both ends cross.
void FirstMetSearch::settle(std::vector<Sighted> const& edges, double from, double to) {
  struct Nearest {
    double here = std::numeric_limits<double>::infinity(), there = here;
    std::uint32_t edge = 0;
  };
  Nearest at_from, at_to;
  for (std::uint32_t const e : open_) {
    double const near = edges[e].away(from), far = edges[e].away(to);
    if (std::tie(near, far) < std::tie(at_from.here, at_from.there)) at_from = {near, far, e};
    if (std::tie(far, near) < std::tie(at_to.here, at_to.there)) at_to = {far, near, e};
  }
  std::uint32_t first = no_row;
  for (std::uint32_t const e : open_) {
    if (edges[e].away(from) > at_from.here + same_place_m || edges[e].away(to) > at_to.here + same_place_m) continue;
    if (first == no_row || std::tie(edges[e].order, e) < std::tie(edges[first].order, first)) first = e;
  }
  if (first != no_row) return add(edges, first, from, to);
  double const before = at_to.there - at_from.here, after = at_from.there - at_to.here;  // both above 0
  double const cut = from + (to - from) * (before / (before + after));
  if (!(cut > from && cut < to)) return add(edges, at_from.edge, from, to);
  settle(edges, from, cut);
  settle(edges, cut, to);
}

void FirstMetSearch::add(std::vector<Sighted> const& edges, std::uint32_t edge, double from, double to) {
  Sighted const& one = edges[edge];
  if (!found_.empty() && found_.back().index == edge && found_.back().to == from) {
    found_.back().to = to;
    found_.back().away_to = one.away(to);
  } else {
    found_.push_back({from, to, one.away(from), one.away(to), one.row, edge});
  }
}

}  // namespace terrein
