#include "terrein/network/road_graph.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "network/arcs.hpp"
#include "network/road_lines.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

[[noreturn]] void broken(std::string const& what) {
  throw_error(ErrorKind::internal, "The road graph is broken: {}.", what);
}

}  // namespace

std::vector<std::string> fields_of(GraphOptions const& options) {
  LimitFields const& limits = options.limits;
  FactFields const& facts = options.facts;
  std::vector<std::string> out;
  for (std::string const& name :
       {options.from_field, options.to_field, options.speed_field, options.class_field, options.oneway_field,
        options.ferry_field, limits.weight, limits.height, limits.width, limits.length, limits.axle, facts.cemt,
        facts.draught, facts.air_draught, facts.electrified, facts.track})
    if (!name.empty()) out.push_back(name);
  return out;
}

RoadGraph compressed(Arcs const& arcs, std::vector<double> x, std::vector<double> y, std::vector<Row>* rows) {
  if (arcs.tail.size() >= no_row)
    throw_error(ErrorKind::input, "The road network has {} arcs, more than the {} that one network can hold.",
                arcs.tail.size(), no_row - 1);
  RoadGraph graph;
  graph.x = std::move(x);
  graph.y = std::move(y);
  graph.first_out.assign(graph.nodes() + 1, 0);
  for (auto const tail : arcs.tail) ++graph.first_out[tail + 1];
  for (std::size_t node = 0; node < graph.nodes(); ++node) graph.first_out[node + 1] += graph.first_out[node];
  std::vector<std::uint32_t> slot(graph.first_out.begin(), graph.first_out.end() - 1);
  graph.head.resize(arcs.head.size());
  graph.seconds.resize(arcs.head.size());
  graph.length_m.resize(arcs.head.size());
  std::vector<Row> const found = rows != nullptr ? *rows : std::vector<Row>{};
  for (std::size_t arc = 0; arc < arcs.head.size(); ++arc) {
    auto const at = slot[arcs.tail[arc]]++;
    graph.head[at] = arcs.head[arc];
    graph.seconds[at] = arcs.seconds[arc];
    graph.length_m[at] = arcs.length_m[arc];
    if (!found.empty()) (*rows)[at] = found[arc];
  }
  return graph;
}

RoadGraph graph_of(RoadLines const& lines, std::vector<Row>* rows) {
  Arcs arcs;
  auto const add = [&](RoadLines::Line const& line, std::uint32_t from, std::uint32_t to) {
    arcs.add(from, to, line.seconds, line.length_m);
    if (rows != nullptr) rows->push_back(line.row);
  };
  for (RoadLines::Line const& line : lines.lines()) {
    if (line.direction != Direction::against) add(line, line.from, line.to);
    if (line.direction != Direction::along) add(line, line.to, line.from);
  }
  RoadGraph out = compressed(arcs, lines.x(), lines.y(), rows);
  out.stretch = lines.stretch();
  return out;
}

RoadGraph build_road_graph(Layer const& roads, GraphOptions const& options, Issues& issues, unsigned workers) {
  RoadLines const lines(roads, options, workers, issues);
  return graph_of(lines);
}

RoadGraph reversed(RoadGraph const& graph) {
  Arcs arcs;
  arcs.tail = graph.head;
  arcs.seconds = graph.seconds;
  arcs.length_m = graph.length_m;
  arcs.head.resize(graph.arcs());
  for (std::uint32_t node = 0; node < graph.nodes(); ++node)
    std::fill(arcs.head.begin() + graph.first_out[node], arcs.head.begin() + graph.first_out[node + 1], node);
  RoadGraph out = compressed(arcs, graph.x, graph.y);
  out.stretch = graph.stretch;
  return out;
}

double fastest_mps(RoadGraph const& graph) {
  constexpr double join_m = 1;  // what ends that meet within a tolerance may lie apart
  double fastest = 0;
  for (std::size_t node = 0; node < graph.nodes(); ++node)
    for (auto arc = graph.first_out[node]; arc < graph.first_out[node + 1]; ++arc) {
      double const dx = graph.x[graph.head[arc]] - graph.x[node], dy = graph.y[graph.head[arc]] - graph.y[node];
      double const apart = std::sqrt(dx * dx + dy * dy);
      double const stretched = graph.length_m[arc] * graph.stretch;
      double const metres = apart > stretched + join_m ? apart : stretched;
      if (metres > 0) fastest = std::max(fastest, metres / graph.seconds[arc]);
    }
  return fastest;
}

void verify(RoadGraph const& graph) {
  std::size_t const nodes = graph.nodes(), arcs = graph.arcs();
  if (graph.y.size() != nodes) broken(fmt::format("{} x but {} y coordinates", nodes, graph.y.size()));
  if (nodes >= no_row) broken(fmt::format("{} nodes are more than a node number can count", nodes));
  if (graph.first_out.size() != nodes + 1)
    broken(fmt::format("{} nodes but {} offsets", nodes, graph.first_out.size()));
  if (graph.seconds.size() != arcs || graph.length_m.size() != arcs)
    broken(fmt::format("{} arcs, {} times, {} lengths", arcs, graph.seconds.size(), graph.length_m.size()));
  if (graph.first_out.front() != 0 || graph.first_out.back() != arcs)
    broken(fmt::format("offsets run from {} to {}, not from 0 to {}", graph.first_out.front(), graph.first_out.back(),
                       arcs));
  if (!(graph.stretch >= 1)) broken(fmt::format("a stretch of {}", graph.stretch));
  for (std::size_t node = 0; node < nodes; ++node) {
    if (graph.first_out[node] > graph.first_out[node + 1]) broken(fmt::format("offsets fall at node {}", node));
    if (!std::isfinite(graph.x[node]) || !std::isfinite(graph.y[node]))
      broken(fmt::format("node {} has no finite place", node));
  }
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    if (graph.head[arc] >= nodes) broken(fmt::format("arc {} leads to node {} of {}", arc, graph.head[arc], nodes));
    if (!(graph.seconds[arc] >= 0) || !std::isfinite(graph.seconds[arc]))
      broken(fmt::format("arc {} takes {} seconds", arc, graph.seconds[arc]));
    if (!(graph.length_m[arc] >= 0) || !std::isfinite(graph.length_m[arc]))
      broken(fmt::format("arc {} is {} m long", arc, graph.length_m[arc]));
  }
}

}  // namespace terrein
