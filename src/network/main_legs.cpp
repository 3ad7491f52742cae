#include "terrein/network/main_legs.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "network/part_of.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/network/way_lines.hpp"

namespace terrein {
namespace {

/// Stretches by the nodes at their ends.
std::multimap<std::uint32_t, std::uint32_t> edges_by_node(std::span<NetworkEdge const> edges) {
  std::multimap<std::uint32_t, std::uint32_t> out;
  for (std::uint32_t number = 0; number < edges.size(); ++number) {
    out.emplace(edges[number].from, number);
    if (edges[number].to != edges[number].from) out.emplace(edges[number].to, number);
  }
  return out;
}

/// Gates at most `most_m` from the line, as if they lay on it. A place beside a node lies beside all its stretches,
/// each of which may take other vessels.
Gates beside(Gates const& all, std::span<NetworkEdge const> edges, double most_m) {
  auto const at_node = edges_by_node(edges);
  Gates out;
  for (std::size_t place = 0; place < all.candidates(); ++place) {
    for (Gate gate : all.of(place)) {
      if (gate.metres > most_m) continue;
      gate.metres = 0;
      bool const at_end = gate.share == 0 || gate.share == 1;
      if (!at_end) out.gate.push_back(gate);
      if (!at_end) continue;
      NetworkEdge const& edge = edges[gate.edge];
      std::uint32_t const node = gate.share == 0 ? edge.from : edge.to;
      auto const [begin, end] = at_node.equal_range(node);
      for (auto one = begin; one != end; ++one) {
        Gate more = gate;
        more.edge = one->second;
        more.share = edges[more.edge].from == node ? 0 : 1;
        out.gate.push_back(more);
      }
    }
    out.first.push_back(static_cast<std::uint32_t>(out.gate.size()));
  }
  out.barred_by.resize(all.candidates());
  return out;
}

/// The gates of some places, of which only those on open stretches stay.
template <class Open>
Gates open_gates(Gates const& all, std::span<std::uint32_t const> places, Open const& is_open) {
  Gates out;
  for (std::uint32_t const place : places) {
    for (Gate const& gate : all.of(place))
      if (is_open(gate.edge)) out.gate.push_back(gate);
    out.first.push_back(static_cast<std::uint32_t>(out.gate.size()));
  }
  out.barred_by.resize(places.size());
  return out;
}

}  // namespace

MainNetwork::MainNetwork(Layer const& lines, GraphOptions const& options, RoadGraph const& graph,
                         LineFacts const* facts, Mode mode, GeometryColumn const& places, double access_m,
                         bool doubtful, unsigned workers)
    : lines_(lines),
      graph_(graph),
      facts_(facts),
      mode_(mode),
      doubtful_(doubtful),
      workers_(workers),
      edges_(network_edges(lines, options, workers)),
      gates_(beside(nearest_gates(lines, edges_, {}, places, {}), edges_, access_m)) {}

std::vector<MainNetwork::Level> MainNetwork::levels() const {
  std::vector<Level> out;
  auto const add = [&out](MainLeg const& what, auto const& values, auto const& fits) {
    Level level{what, {}};
    for (auto const& value : values) level.rows.push_back(fits(value) ? 1 : 0);
    out.push_back(std::move(level));
  };
  if (facts_ != nullptr && mode_ == Mode::barge) {
    std::set<Cemt> const known(facts_->cemt.begin(), facts_->cemt.end());
    for (auto cls = known.rbegin(); cls != known.rend(); ++cls)  // the largest first
      if (*cls != Cemt::unknown)
        add({0, 0, *cls, Electrified::unknown}, facts_->cemt, [cls](Cemt line) { return line >= *cls; });
  }
  if (facts_ != nullptr && mode_ == Mode::rail && !facts_->electrified.empty())
    add({0, 0, Cemt::unknown, Electrified::yes}, facts_->electrified,
        [](Electrified line) { return line == Electrified::yes; });
  out.push_back({});
  return out;
}

std::vector<MainLegs> MainNetwork::legs(std::span<std::uint32_t const> origins,
                                        std::span<std::uint32_t const> ends) const {
  std::vector<MainLegs> out(origins.size() * ends.size());
  for (Level const& level : levels()) add_legs(level, origins, ends, out);
  return out;
}

GateNetwork MainNetwork::meet(Level const& level, std::span<std::uint32_t const> origins,
                              std::span<std::uint32_t const> ends, Gates& here, Gates& there) const {
  auto const is_open = [&](std::uint32_t arc) {
    if (!doubtful_ && facts_ != nullptr && !facts_->unknown.empty() && facts_->unknown[arc] != 0) return false;
    return level.rows.empty() || level.rows[facts_->row[arc]] != 0;
  };
  auto const is_open_edge = [&](std::uint32_t number) {
    NetworkEdge const& edge = edges_[number];
    return (doubtful_ || edge.certain) && (level.rows.empty() || level.rows[edge.row] != 0);
  };
  here = open_gates(gates_, origins, is_open_edge);
  there = open_gates(gates_, ends, is_open_edge);
  constexpr double at_once = 1;  // no gate is away from its line
  return meet_at_gates(part_of(graph_, is_open), edges_, here, there, at_once);
}

void MainNetwork::add_legs(Level const& level, std::span<std::uint32_t const> origins,
                           std::span<std::uint32_t const> ends, std::vector<MainLegs>& legs) const {
  Gates here, there;
  GateNetwork const met = meet(level, origins, ends, here, there);
  RoadGraph const against = reversed(met.graph);
  bool const any_vessel = mode_ == Mode::barge && level.what.vessel == Cemt::unknown;
  parallel_chunks(ends.size(), workers_, 1, [&](unsigned, std::size_t end, std::size_t) {
    for (TravelCost const by : {TravelCost::metres, TravelCost::seconds}) {
      Ways const ways = ways_to(against, met.features.arrive.of(end), by);
      for (std::size_t origin = 0; origin < origins.size(); ++origin) {
        if (origins[origin] == ends[end]) continue;
        MainLegs& known = legs[origin * ends.size() + end];
        bool const fits_some =
            std::any_of(known.begin(), known.end(), [](MainLeg const& leg) { return leg.vessel != Cemt::unknown; });
        if (any_vessel && fits_some) continue;
        Way const way = way_from(met.candidates.leave.of(origin), ways, by).way;
        if (!way.exists() || !(way.metres > 0)) continue;
        MainLeg leg = level.what;
        leg.km = way.metres / 1000;
        leg.hours = way.seconds / 3600;
        known.push_back(leg);
      }
    }
  });
}

std::vector<double> MainNetwork::line(std::uint32_t origin, std::uint32_t end, MainLeg const& leg) const {
  for (Level const& level : levels()) {
    if (level.what.vessel != leg.vessel || level.what.electrified != leg.electrified) continue;
    Gates here, there;
    GateNetwork const met = meet(level, {&origin, 1}, {&end, 1}, here, there);
    RoadGraph const against = reversed(met.graph);
    for (TravelCost const by : {TravelCost::metres, TravelCost::seconds}) {
      Ways const ways = ways_to(against, met.features.arrive.of(0), by);
      WayFrom const from = way_from(met.candidates.leave.of(0), ways, by);
      if (from.way.metres / 1000 != leg.km || from.way.seconds / 3600 != leg.hours) continue;
      return WayLines(lines_, edges_).line(here.of(0), nodes_on_way(*from.join, ways), there.of(0));
    }
  }
  return {};
}

}  // namespace terrein
