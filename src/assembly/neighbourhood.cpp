#include "assembly/neighbourhood.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace terrein {
namespace {

constexpr double unreached = std::numeric_limits<double>::infinity();
constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

double distance(Box const& box, Point at) { return terrein::distance(box, Box{at.x, at.y, at.x, at.y}); }

}  // namespace

NeighbourhoodFinder::NeighbourhoodFinder(SiteProblem const& problem, std::vector<std::uint8_t> const& closed)
    : problem_(problem),
      closed_(closed),
      ordered_(problem.must.empty() && problem.roots.empty()),
      least_area_(problem.graph->size(), unreached),
      local_(problem.graph->size(), nowhere) {
  if (problem.roots.empty()) return;
  is_root_.assign(problem.graph->size(), 0);
  for (std::uint32_t const root : problem.roots) is_root_[root] = 1;
}

/// Dijkstra by area: the least land that a site needs to get from the seed to each piece.
void NeighbourhoodFinder::walk(std::uint32_t seed) {
  LandGraph const& graph = *problem_.graph;
  SiteTarget const& target = problem_.target;
  Box const& from = graph.pieces[seed].box;
  std::uint32_t const zone = graph.pieces[seed].zone;
  for (std::uint32_t const piece : touched_) least_area_[piece] = unreached;
  touched_.clear();
  heap_.clear();
  reachable_ = 0;
  auto const later = [](auto const& a, auto const& b) { return a > b; };
  auto const reach = [&](std::uint32_t piece, double area) {
    if (!(area < least_area_[piece])) return;
    if (least_area_[piece] == unreached) {
      touched_.push_back(piece);
      reachable_ += graph.pieces[piece].size;
    }
    least_area_[piece] = area;
    heap_.emplace_back(area, piece);
    std::push_heap(heap_.begin(), heap_.end(), later);
  };
  reach(seed, graph.pieces[seed].size);
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    auto const [area, piece] = heap_.back();
    heap_.pop_back();
    if (area > least_area_[piece]) continue;
    for (std::uint32_t i = graph.first[piece]; i < graph.first[piece + 1]; ++i) {
      std::uint32_t const other = graph.neighbour[i];
      LandPiece const& land = graph.pieces[other];
      if (!is_root_.empty() && is_root_[other] != 0) continue;  // another park
      if (closed_[other] != 0 || (ordered_ && other < seed) || (zone != 0 && land.zone != zone)) continue;
      if (distance(from, land.at) <= target.reach_m) reach(other, area + land.size);
    }
  }
}

Neighbourhood NeighbourhoodFinder::of(std::uint32_t seed) {
  LandGraph const& graph = *problem_.graph;
  Neighbourhood out;
  out.target = &problem_.target;
  for (SharedLimit const& limit : problem_.shared) out.shared.push_back({{}, limit.most});
  if (closed_[seed] != 0) return out;
  walk(seed);
  for (std::uint32_t const piece : touched_)
    if (!out.overflows(least_area_[piece])) out.piece.push_back(piece);
  std::sort(out.piece.begin(), out.piece.end());
  std::map<std::uint32_t, std::uint32_t> owners;
  std::vector<std::uint32_t> pieces_of;
  for (std::uint32_t i = 0; i < out.count(); ++i) {
    std::uint32_t const piece = out.piece[i];
    LandPiece const& land = graph.pieces[piece];
    local_[piece] = i;
    out.size.push_back(land.size);
    out.worth.push_back(land.worth - problem_.target.outline_price * land.outline);
    out.together += land.size;
    std::uint32_t const owner = owners.try_emplace(land.owner, static_cast<std::uint32_t>(owners.size())).first->second;
    out.owner.push_back(owner);
    pieces_of.resize(owners.size(), 0);
    ++pieces_of[owner];
    for (std::size_t k = 0; k < out.shared.size(); ++k)
      out.shared[k].pieces.push_back(problem_.shared[k].pieces[piece]);
    bool const must = std::find(problem_.must.begin(), problem_.must.end(), piece) != problem_.must.end();
    out.must.push_back(must || piece == seed ? 1 : 0);
    if (piece == seed) out.root = i;
  }
  out.owners = static_cast<std::uint32_t>(owners.size());
  for (std::uint32_t const owner : out.owner) out.owner_share.push_back(1.0 / pieces_of[owner]);
  for (std::uint32_t const piece : out.piece) {
    out.all_strips.push_back(0);
    for (std::uint32_t i = graph.first[piece]; i < graph.first[piece + 1]; ++i) {
      std::uint32_t const other = local_[graph.neighbour[i]];
      if (other == nowhere) continue;
      out.neighbour.push_back(other);
      out.price.push_back(graph.price[i]);
      out.strip.push_back(graph.strip[i]);
      out.all_strips.back() += graph.strip[i];
      out.saved_shared.push_back(problem_.target.outline_price * graph.shared[i]);
      out.priced |= graph.price[i] > 0;
    }
    out.first.push_back(static_cast<std::uint32_t>(out.neighbour.size()));
  }
  for (std::uint32_t const piece : problem_.must) out.complete &= local_[piece] != nowhere;
  for (std::uint32_t const piece : out.piece) local_[piece] = nowhere;
  return out;
}

}  // namespace terrein
