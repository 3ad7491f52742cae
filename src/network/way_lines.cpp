#include "terrein/network/way_lines.hpp"

#include <algorithm>
#include <cmath>

namespace terrein {
namespace {

void add_point(std::vector<double>& line, Point point) {
  std::size_t const n = line.size();
  if (n >= 2 && line[n - 2] == point.x && line[n - 1] == point.y) return;
  line.push_back(point.x);
  line.push_back(point.y);
}

}  // namespace

WayLines::WayLines(Layer const& network, std::span<NetworkEdge const> edges) : network_(network), edges_(edges) {
  for (std::uint32_t number = 0; number < edges.size(); ++number) {
    NetworkEdge const& edge = edges[number];
    nodes_ = std::max({nodes_, edge.from + 1, edge.to + 1});
    auto const offer = [&](std::uint32_t from, std::uint32_t to) {
      auto const [known, fresh] = quickest_.try_emplace({from, to}, number);
      NetworkEdge const& other = edges[known->second];
      if (!fresh && std::pair(edge.seconds, edge.length_m) < std::pair(other.seconds, other.length_m))
        known->second = number;
    };
    if (edge.along) offer(edge.from, edge.to);
    if (edge.against) offer(edge.to, edge.from);
  }
}

void WayLines::add_part(std::uint32_t edge, double begin, double end, std::vector<double>& line) const {
  NetworkEdge const& stretch = edges_[edge];
  auto const& xy = network_.geometry.xy;
  auto const vertex = [&](std::uint32_t i) { return Point{xy[2 * std::size_t{i}], xy[2 * std::size_t{i} + 1]}; };
  std::vector<double> before{0};  // length of the line before each vertex
  for (std::uint32_t i = stretch.begin + 1; i < stretch.end; ++i)
    before.push_back(before.back() + std::hypot(vertex(i).x - vertex(i - 1).x, vertex(i).y - vertex(i - 1).y));
  double const low = std::min(begin, end) * before.back(), high = std::max(begin, end) * before.back();
  auto const at = [&](double metres) {
    auto const next = std::upper_bound(before.begin() + 1, before.end() - 1, metres);
    auto const i = static_cast<std::uint32_t>(next - before.begin());
    double const piece = before[i] - before[i - 1], t = piece > 0 ? (metres - before[i - 1]) / piece : 0;
    Point const a = vertex(stretch.begin + i - 1), b = vertex(stretch.begin + i);
    return Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
  };
  std::vector<Point> part{low <= 0 ? vertex(stretch.begin) : at(low)};
  for (std::uint32_t i = 1; i + 1 < before.size(); ++i)
    if (before[i] > low && before[i] < high) part.push_back(vertex(stretch.begin + i));
  part.push_back(high >= before.back() ? vertex(stretch.end - 1) : at(high));
  if (end < begin) std::reverse(part.begin(), part.end());
  for (Point const& point : part) add_point(line, point);
}

/// The gate with the shortest way between its place and the node along its stretch; of a node that is none of the
/// network's the first gate.
Gate const* WayLines::nearest(std::span<Gate const> gates, std::uint32_t node, bool leaving) const {
  Gate const* best = nullptr;
  double least = 0;
  for (Gate const& gate : gates) {
    NetworkEdge const& edge = edges_[gate.edge];
    for (bool const ahead : {true, false}) {
      if (node < nodes_ && (ahead ? edge.to : edge.from) != node) continue;
      if (!(ahead == leaving ? edge.along : edge.against)) continue;
      double const metres = gate.metres + (ahead ? 1 - gate.share : gate.share) * edge.length_m;
      if (best != nullptr && !(metres < least)) continue;
      best = &gate;
      least = metres;
    }
  }
  return best;
}

std::vector<double> WayLines::line(std::span<Gate const> from, std::span<std::uint32_t const> nodes,
                                   std::span<Gate const> to) const {
  std::vector<double> out;
  if (nodes.empty()) return out;
  bool const along_one = nodes.size() == 1 && nodes.front() >= nodes_;
  Gate const* start = nearest(from, nodes.front(), true);
  Gate const* end = nearest(to, nodes.back(), false);
  if (along_one && end != nullptr)
    for (Gate const& gate : from)
      if (gate.edge == end->edge) start = &gate;
  if (start != nullptr) {
    add_point(out, start->at);
    add_point(out, start->on);
    NetworkEdge const& edge = edges_[start->edge];
    if (along_one && end != nullptr)
      add_part(start->edge, start->share, end->share, out);
    else
      add_part(start->edge, start->share, edge.to == nodes.front() && edge.along ? 1 : 0, out);
  }
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    auto const found = quickest_.find({nodes[i - 1], nodes[i]});
    if (found == quickest_.end()) continue;
    bool const ahead = edges_[found->second].from == nodes[i - 1];
    add_part(found->second, ahead ? 0 : 1, ahead ? 1 : 0, out);
  }
  if (end == nullptr) return out;
  NetworkEdge const& edge = edges_[end->edge];
  if (!along_one) add_part(end->edge, edge.from == nodes.back() && edge.along ? 0 : 1, end->share, out);
  add_point(out, end->on);
  add_point(out, end->at);
  return out;
}

}  // namespace terrein
