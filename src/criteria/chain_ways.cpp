#include "criteria/chain_ways.hpp"

#include <algorithm>
#include <cmath>

#include "criteria/kinds.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

/// Rows with a byte, in the order of their ids.
std::vector<Row> rows_by_id(Layer const& layer, std::vector<std::uint8_t> const& chosen) {
  std::vector<Row> by_rank(layer.size()), out;
  for (Row row = 0; row < layer.size(); ++row) by_rank[layer.id_rank[row]] = row;
  for (Row const row : by_rank)
    if (chosen[row] != 0) out.push_back(row);
  return out;
}

void append(Joins& all, Joins const& more, std::vector<std::uint32_t> const& places) {
  for (std::uint32_t const place : places) {
    for (Join const& join : more.of(place)) all.join.push_back(join);
    all.first.push_back(static_cast<std::uint32_t>(all.join.size()));
  }
}

std::vector<std::uint32_t> ranks_of(Layer const& layer, std::vector<Row> const& rows) {
  std::vector<std::uint32_t> out;
  for (Row const row : rows) out.push_back(layer.id_rank[row]);
  return out;
}

std::vector<std::uint32_t> count_from(std::size_t first, std::size_t n) {
  std::vector<std::uint32_t> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::uint32_t>(first + i);
  return out;
}

/// The classes of terminals of any mode; none where those of some mode are of any class.
std::vector<std::string> terminal_classes(ChainSpec const& spec) {
  std::vector<std::string> out;
  for (auto const& main : {spec.barge, spec.rail}) {
    if (main && main->classes.empty()) return {};
    if (main) out.insert(out.end(), main->classes.begin(), main->classes.end());
  }
  return out;
}

void need_layer(ChainSpec const& spec, Inputs const& inputs, std::string const& key) {
  if (inputs.find(key) == nullptr)
    throw_error(ErrorKind::config, "Chains '{}' need layer '{}', which the study does not have as one of features.",
                spec.key, key);
}

void need_network(ChainSpec const& spec, Inputs const& inputs, std::string const& key) {
  need_layer(spec, inputs, key);
  if (inputs.graphs == nullptr || !inputs.graphs->contains(key))
    throw_error(ErrorKind::config,
                "Chains '{}' travel over layer '{}', which is no network. Say in its `graph` how its lines join.",
                spec.key, key);
}

/// The lines that are surely open, or all of a network without others.
RoadGraph const& graph_of(Workbench const& bench, std::string const& network, Lines lines) {
  return bench.graph(network, bench.has_doubtful_lines(network) ? lines : Lines::possible);
}

}  // namespace

std::vector<std::string> layers_of(ChainSpec const& chains) {
  std::vector<std::string> out;
  auto const add = [&out](std::string const& key) {
    if (!key.empty() && std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
  };
  add(chains.destinations);
  add(chains.terminals);
  add(chains.roads);
  for (auto const& main : {chains.barge, chains.rail}) {
    if (!main) continue;
    add(main->layer);
    add(main->own);
  }
  return out;
}

ChainWays::ChainWays(ChainSpec const& chains, Workbench& bench, Lines lines) : spec_(chains), shapes_(bench.shapes()) {
  messages_.key = chains.key;
  messages_.measure = "chains";
  messages_.roads = chains.roads;
  messages_.access_kmh = chains.access_kmh;
  for (std::string const& key : layers_of(chains)) need_layer(chains, bench.inputs(), key);
  need_network(chains, bench.inputs(), chains.roads);
  tables_.factors = chains.factors;
  roads_ = &bench.coverage(chains.roads);
  find_places(bench);
  join_roads(bench, lines);
  search_roads(bench.workers());
  for (Mode const mode : {Mode::barge, Mode::rail})
    if (chains.main(mode)) add_mode(bench, mode, lines);
}

void ChainWays::find_places(Workbench& bench) {
  messages_.layer = spec_.destinations;
  Layer const& ends = bench.layer(spec_.destinations).layer;
  Selection const there = select(messages_, bench.inputs(), spec_.destinations, {});
  destination_rows_ = rows_by_id(ends, there.chosen);
  weights_.assign(destination_rows_.size(), 1);
  if (!spec_.weight_field.empty()) {
    messages_.field = spec_.weight_field;
    Column<double> const numbers = numbers_of(messages_, ends, there.chosen);
    for (std::size_t i = 0; i < weights_.size(); ++i)
      weights_[i] = std::max(0.0, numbers.at(destination_rows_[i]).value_or(0));
    messages_.field.clear();
  }
  if (!spec_.terminals.empty()) {
    messages_.layer = spec_.terminals;
    Selection const places = select(messages_, bench.inputs(), spec_.terminals, terminal_classes(spec_));
    terminal_rows_ = rows_by_id(bench.layer(spec_.terminals).layer, places.chosen);
    terminals_ = &bench.coverage(spec_.terminals);
    terminals_in_doubt_ = places.any_unlabelled || places.any_shapeless;
  }
  tables_.terminals = terminal_rows_.size();
  tables_.destinations = destination_rows_.size();
}

void ChainWays::join_roads(Workbench& bench, Lines lines) {
  auto const of = [&](std::string const& key, std::vector<Row> const& rows) {
    return key.empty() ? std::vector<std::uint32_t>{} : ranks_of(bench.layer(key).layer, rows);
  };
  std::vector<std::uint32_t> const terminals = of(spec_.terminals, terminal_rows_);
  std::vector<std::uint32_t> const ends = of(spec_.destinations, destination_rows_);
  if (spec_.join == JoinAt::gates) {
    gates_ = &bench.network_gates(messages_);
    for (auto const& [key, rows] :
         {std::pair{spec_.terminals, &terminal_rows_}, {spec_.destinations, &destination_rows_}}) {
      if (key.empty()) continue;
      Gates const all = nearest_gates(bench.layer(spec_.roads).layer, gates_->edges(), gates_->rows(),
                                      bench.layer(key).layer.geometry, {});
      Gates const chosen = take(all, *rows);
      for (std::size_t place = 0; place < chosen.candidates(); ++place) {
        for (Gate const& gate : chosen.of(place)) place_gates_.gate.push_back(gate);
        place_gates_.first.push_back(static_cast<std::uint32_t>(place_gates_.gate.size()));
        place_gates_.barred_by.push_back(chosen.barred_by[place]);
      }
    }
    met_ = meet_at_gates(graph_of(bench, spec_.roads, lines), gates_->edges(), gates_->sure(), place_gates_,
                         spec_.access_kmh);
    graph_ = &met_.graph;
    candidates_ = &met_.candidates;
    places_ = met_.features;
    return;
  }
  graph_ = &graph_of(bench, spec_.roads, lines);
  candidates_ = &bench.candidates_at(spec_.roads, spec_.access_kmh);
  for (auto const& [key, ranks] : {std::pair{spec_.terminals, &terminals}, {spec_.destinations, &ends}}) {
    if (key.empty()) continue;
    Attachment const all =
        bench.centroid_search(spec_.roads).features_at(bench.layer(key).layer, {}, spec_.access_kmh, bench.workers());
    append(places_.leave, all.leave, *ranks);
    append(places_.arrive, all.arrive, *ranks);
  }
}

void ChainWays::search_roads(unsigned workers) {
  std::size_t const places = tables_.terminals + tables_.destinations, nodes = graph_->nodes();
  labels_.resize(nodes * places);
  RoadGraph const against = reversed(*graph_);
  parallel_chunks(places, workers, 1, [&](unsigned, std::size_t place, std::size_t) {
    Ways const ways = ways_to(against, places_.arrive.of(place), TravelCost::seconds);
    for (std::size_t node = 0; node < nodes; ++node) labels_[node * places + place] = ways.from[node];
  });
}

ChainWays::Reader::Reader(ChainWays const& all) : all_(all), ways_(all.terminals() + all.destinations()) {}

CandidateWays ChainWays::Reader::of(std::size_t candidate) {
  std::fill(ways_.begin(), ways_.end(), Way{});
  std::size_t const places = ways_.size();
  for (Join const& join : all_.candidate_joins().of(candidate)) {
    Way const* const rest = all_.labels_.data() + join.node * places;
    for (std::size_t place = 0; place < places; ++place) {
      Way const way{join.seconds + rest[place].seconds, join.metres + rest[place].metres};
      if (is_better(way, ways_[place], TravelCost::seconds)) ways_[place] = way;
    }
  }
  auto const own = [&](bool rail) {
    auto const& near = all_.own_[rail].near;
    return near.empty() ? no_row : near[candidate];
  };
  std::span<Way const> const ways(ways_);
  return {ways.first(all_.terminals()), ways.subspan(all_.terminals()), own(false), own(true)};
}

/// The quays or sidings nearest to the candidates, as the measure of distance finds them.
void ChainWays::find_own(Workbench& bench, Mode mode) {
  MainLayerSpec const& main = *spec_.main(mode);
  if (main.own.empty()) return;
  Own& own = own_[mode == Mode::rail];
  CriterionSpec nearest = messages_;
  nearest.measure = "distance";
  nearest.layer = main.own;
  Layer const& layer = bench.layer(main.own).layer;
  own.rows = rows_by_id(layer, select(nearest, bench.inputs(), main.own, {}).chosen);
  std::vector<std::uint32_t> number(layer.size(), no_row);
  for (std::uint32_t i = 0; i < own.rows.size(); ++i) number[own.rows[i]] = i;
  Measure const metres = measure_distance(nearest, bench);
  own.near.assign(bench.rows(), no_row);
  own.doubt.assign(bench.rows(), 0);
  bench.each([&](std::size_t row) {
    bool const known = metres.value.is_known(row);
    if (known && metres.value.at(row) <= main.own_m) own.near[row] = number[metres.by[row]];
    if (!known && metres.low.at(row).value_or(0) <= main.own_m) own.doubt[row] = 1;
  });
}

std::vector<std::uint32_t> ChainWays::terminals_of(Workbench& bench, MainLayerSpec const& main) const {
  if (spec_.terminals.empty()) return {};
  auto const chosen = select(messages_, bench.inputs(), spec_.terminals, main.classes).chosen;
  std::vector<std::uint32_t> out;
  for (std::uint32_t number = 0; number < terminal_rows_.size(); ++number)
    if (chosen[terminal_rows_[number]] != 0) out.push_back(number);
  return out;
}

std::vector<Way> ChainWays::post_ways(std::vector<std::uint32_t> const& terminals) const {
  std::size_t const places = tables_.terminals + tables_.destinations;
  std::vector<Way> out;
  for (std::uint32_t const terminal : terminals)
    for (std::size_t destination = 0; destination < tables_.destinations; ++destination) {
      Way best;
      for (Join const& join : places_.leave.of(terminal)) {
        Way const& rest = labels_[join.node * places + tables_.terminals + destination];
        Way const way{join.seconds + rest.seconds, join.metres + rest.metres};
        if (is_better(way, best, TravelCost::seconds)) best = way;
      }
      out.push_back(best);
    }
  return out;
}

void ChainWays::add_mode(Workbench& bench, Mode mode, Lines lines) {
  MainLayerSpec const& main = *spec_.main(mode);
  need_network(spec_, bench.inputs(), main.layer);
  find_own(bench, mode);
  MeasuringLayer const& network = bench.layer(main.layer);
  MainMode out;
  out.mode = mode;
  out.terminals = terminals_of(bench, main);
  GeometryColumn places;
  GeometryBuilder builder(places);
  auto const add = [&](std::string const& key, std::vector<Row> const& rows) {
    for (Row const row : rows) builder.copy_row(bench.layer(key).layer.geometry, row);
  };
  std::vector<Row> terminals;
  for (std::uint32_t const number : out.terminals) terminals.push_back(terminal_rows_[number]);
  Own const& own = own_[mode == Mode::rail];
  add(spec_.terminals, terminals);
  add(spec_.destinations, destination_rows_);
  add(main.own, own.rows);
  auto const* facts = bench.inputs().line_facts;
  LineFacts const* const known = facts != nullptr && facts->contains(main.layer) ? &facts->at(main.layer) : nullptr;
  networks_.push_back(std::make_unique<MainNetwork const>(network.layer, *network.graph,
                                                          bench.graph(main.layer, Lines::possible), known, mode, places,
                                                          main.access_m, lines == Lines::possible, bench.workers()));
  std::size_t const destinations = terminals.size(), owns = destinations + destination_rows_.size();
  searches_.push_back({networks_.back().get(), count_from(0, terminals.size()),
                       count_from(destinations, destination_rows_.size()), count_from(owns, own.rows.size())});
  search_legs(searches_.back());
  fill_onward(out, searches_.back(), post_ways(out.terminals), tables_.destinations, tables_.factors);
  tables_.modes.push_back(std::move(out));
}

void ChainWays::use(FreightFactors const& factors) {
  tables_.factors = factors;
  for (std::size_t i = 0; i < searches_.size(); ++i)
    fill_onward(tables_.modes[i], searches_[i], post_ways(tables_.modes[i].terminals), tables_.destinations, factors);
}

bool ChainWays::can_say(std::size_t candidate) const {
  return gates_ != nullptr ? gates_->are_known(candidate) : roads_->contains(centroid(shapes_, candidate));
}

bool ChainWays::knows_own(std::size_t candidate) const {
  return std::none_of(std::begin(own_), std::end(own_),
                      [&](Own const& own) { return !own.doubt.empty() && own.doubt[candidate] != 0; });
}

double ChainWays::hidden_terminal_m(std::size_t candidate) const {
  if (terminals_ == nullptr) return unreachable;
  if (terminals_in_doubt_) return 0;
  return terminals_->reach(candidate, unreachable);
}

}  // namespace terrein
