#include "terrein/network/access.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <sstream>

#include "graphs.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using Table = std::vector<std::vector<double>>;

/// Up to three joins per place, none for some; whole numbers, so that sums are exact and ties are frequent. Metres are
/// twice the seconds, as the lengths of `World` are.
Joins random_joins(std::mt19937& random, std::uint32_t places, std::uint32_t nodes) {
  Joins out;
  for (std::uint32_t place = 0; place < places; ++place) {
    for (std::uint32_t i = draw(random, 4); i > 0; --i) {
      double const seconds = draw(random, 3);
      out.join.push_back({draw(random, nodes), seconds, 2 * seconds});
    }
    out.first.push_back(static_cast<std::uint32_t>(out.join.size()));
  }
  return out;
}

/// A small network with one-way arcs, loops, parallel arcs and parts that hang together with nothing.
struct World {
  std::uint32_t nodes, places, destinations;
  std::vector<Arc> arcs;
  RoadGraph graph;
  Attachment of_places, of_destinations;
  Table between;

  explicit World(std::mt19937& random)
      : nodes(2 + draw(random, 9)), places(1 + draw(random, 6)), destinations(draw(random, 8)) {
    for (std::uint32_t i = draw(random, 3 * nodes); i > 0; --i)
      arcs.push_back({draw(random, nodes), draw(random, nodes), static_cast<double>(draw(random, 5))});
    graph = graph_of(nodes, arcs);
    for (double& length : graph.length_m) length *= 2;
    of_places = {random_joins(random, places, nodes), random_joins(random, places, nodes)};
    of_destinations = {random_joins(random, destinations, nodes), random_joins(random, destinations, nodes)};
    if (destinations > 1 && draw(random, 2) == 0) share_joins();
    between = all_pairs(nodes, arcs);
  }
  /// Seconds of the cheapest way.
  [[nodiscard]] double cost(std::size_t place, std::size_t destination, TravelDirection direction) const {
    double const there = cheapest(of_places.leave.of(place), of_destinations.arrive.of(destination));
    double const back = cheapest(of_destinations.leave.of(destination), of_places.arrive.of(place));
    if (direction == TravelDirection::both) return there + back;
    return direction == TravelDirection::to ? there : back;
  }

 private:
  [[nodiscard]] double cheapest(std::span<Join const> from, std::span<Join const> to) const {
    double best = unreachable;
    for (Join const& a : from)
      for (Join const& b : to) best = std::min(best, a.seconds + between[a.node][b.node] + b.seconds);
    return best;
  }
  /// The last destination lies where the first does.
  void share_joins() {
    for (Joins* joins : {&of_destinations.leave, &of_destinations.arrive}) {
      joins->join.resize(joins->first[destinations - 1]);
      auto const first = joins->of(0);
      std::vector<Join> const again(first.begin(), first.end());
      joins->join.insert(joins->join.end(), again.begin(), again.end());
      joins->first.back() = static_cast<std::uint32_t>(joins->join.size());
    }
  }
};

constexpr TravelDirection directions[] = {TravelDirection::to, TravelDirection::from, TravelDirection::both};

/// place → destinations and costs, in the order in which the sweep gave them.
std::map<std::size_t, std::vector<std::pair<std::uint32_t, double>>> swept(World const& world,
                                                                           AccessNetwork const& network,
                                                                           SweepOptions const& options) {
  std::map<std::size_t, std::vector<std::pair<std::uint32_t, double>>> out;
  std::mutex mutex;
  sweep(network, world.of_places, world.of_destinations, options, [&](std::size_t place, std::span<Reach const> found) {
    std::lock_guard const lock(mutex);
    for (Reach const& one : found) out[place].emplace_back(one.at, one.cost);
  });
  return out;
}

}  // namespace

TEST_CASE("A sweep finds the ways that Floyd and Warshall find, destination by destination") {
  std::mt19937 random(61);
  std::size_t ways = 0, cut = 0;
  for (int round = 0; round < 400; ++round) {
    World const world(random);
    for (TravelDirection const direction : directions)
      for (TravelCost const cost : {TravelCost::seconds, TravelCost::metres}) {
        SweepOptions options;
        options.direction = direction;
        options.limit = draw(random, 2) == 0 ? unreachable : static_cast<double>(draw(random, 12));
        options.workers = 1 + draw(random, 3);
        options.labels_at_once = 1 + draw(random, 60);
        double const factor = cost == TravelCost::metres ? 2 : 1;
        std::map<std::size_t, std::vector<std::pair<std::uint32_t, double>>> expected;
        for (std::size_t place = 0; place < world.places; ++place)
          for (std::uint32_t destination = 0; destination < world.destinations; ++destination) {
            double const way = factor * world.cost(place, destination, direction);
            if (way == unreachable) continue;
            (way <= options.limit ? ways : cut) += 1;
            if (way <= options.limit) expected[place].emplace_back(destination, way);
          }
        INFO("round " << round);
        AccessNetwork const network(world.graph, cost);
        REQUIRE(swept(world, network, options) == expected);
        std::map<std::size_t, std::vector<std::pair<std::uint32_t, double>>> turned;
        std::vector<int> calls(world.destinations, 0);
        std::mutex mutex;
        sweep_by_destination(network, world.of_places, world.of_destinations, options,
                             [&](std::size_t destination, std::span<Reach const> found) {
                               std::lock_guard const lock(mutex);
                               ++calls[destination];
                               CHECK(std::is_sorted(found.begin(), found.end(),
                                                    [](auto const& a, auto const& b) { return a.at < b.at; }));
                               for (Reach const& one : found)
                                 turned[one.at].emplace_back(static_cast<std::uint32_t>(destination), one.cost);
                             });
        for (auto& [place, list] : turned) std::sort(list.begin(), list.end());
        REQUIRE(turned == expected);
        REQUIRE(calls == std::vector<int>(world.destinations, 1));
      }
  }
  CHECK(ways > 5000);
  CHECK(cut > 1000);
}

TEST_CASE("The n-th nearest is that of all pairs, ties to the smaller destination") {
  std::mt19937 random(62);
  std::size_t found = 0, too_few = 0;
  for (int round = 0; round < 400; ++round) {
    World const world(random);
    AccessNetwork const network(world.graph, TravelCost::seconds);
    for (TravelDirection const direction : directions)
      for (std::size_t n = 1; n <= 4; ++n) {
        auto const result =
            nth_nearest(network, world.of_places, world.of_destinations, n, direction, 1 + draw(random, 3));
        REQUIRE(result.size() == world.places);
        for (std::size_t place = 0; place < world.places; ++place) {
          std::vector<std::pair<double, std::uint32_t>> all;
          for (std::uint32_t destination = 0; destination < world.destinations; ++destination)
            if (double const way = world.cost(place, destination, direction); way < unreachable)
              all.emplace_back(way, destination);
          std::sort(all.begin(), all.end());
          std::pair const expected = n <= all.size() ? all[n - 1] : std::pair{unreachable, no_row};
          (n <= all.size() ? found : too_few) += 1;
          INFO("round " << round << ", place " << place << ", n " << n);
          REQUIRE(result[place].cost == expected.first);
          REQUIRE(result[place].at == expected.second);
        }
      }
  }
  CHECK(found > 2000);
  CHECK(too_few > 2000);
}

TEST_CASE("One and seven workers, small and large blocks give the same costs to the last bit") {
  std::mt19937 random(63);
  std::uint32_t const nodes = 400, places = 300, destinations = 60;
  std::vector<Arc> arcs;
  for (std::uint32_t i = 0; i < 4 * nodes; ++i)
    arcs.push_back({draw(random, nodes), draw(random, nodes), static_cast<double>(random()) * 1e-7});
  RoadGraph const graph = graph_of(nodes, arcs);
  auto const joins = [&](std::uint32_t count) {
    Joins out = random_joins(random, count, nodes);
    for (Join& join : out.join) join.seconds /= 7;
    return out;
  };
  Attachment const of_places{joins(places), joins(places)}, of_destinations{joins(destinations), joins(destinations)};
  AccessNetwork const network(graph, TravelCost::seconds);
  auto const sums = [&](unsigned workers, std::size_t at_once) {
    SweepOptions options;
    options.direction = TravelDirection::both;
    options.workers = workers;
    options.limit = 600;
    options.labels_at_once = at_once;
    std::vector<double> out(places, 0);
    sweep(network, of_places, of_destinations, options, [&](std::size_t place, std::span<Reach const> found) {
      for (Reach const& one : found) out[place] += 1 / (1 + one.cost) / (one.at + 1);
    });
    return out;
  };
  auto const one = sums(1, 4'000'000);
  CHECK(std::count(one.begin(), one.end(), 0.0) < 200);
  for (unsigned const workers : {1U, 7U})
    for (std::size_t const at_once : {1U, 3000U, 4'000'000U}) CHECK(sums(workers, at_once) == one);
}

TEST_CASE("Distances between many places in Rome are those of a published sample, both ways round") {
  auto const file = shared("data/routing/rome99.gr"), sample = shared("data/routing/rome99_expected_sample.csv");
  if (file.empty() || sample.empty()) return;
  std::vector<Arc> arcs;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string kind;
    std::uint32_t from = 0, to = 0;
    double metres = 0;
    if (words >> kind >> from >> to >> metres && kind == "a") arcs.push_back({from - 1, to - 1, metres});
  }
  REQUIRE(arcs.size() == 8870);
  RoadGraph const graph = graph_of(3353, arcs);
  AccessNetwork const network(graph, TravelCost::metres);
  Joins from, to;
  std::vector<double> expected;
  std::istringstream rows(read_file(sample));
  std::string line;
  std::getline(rows, line);
  while (std::getline(rows, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream words(line);
    std::uint32_t a = 0, b = 0;
    words >> a >> b >> expected.emplace_back();
    for (auto const& [joins, node] : {std::pair{&from, a}, std::pair{&to, b}}) {
      joins->join.push_back({node - 1, 0, 0});
      joins->first.push_back(static_cast<std::uint32_t>(joins->join.size()));
    }
  }
  REQUIRE(expected.size() == 40);
  std::vector<double> there(40), back(40);
  SweepOptions options;
  options.workers = 2;
  sweep(network, {from, from}, {to, to}, options,
        [&](std::size_t place, std::span<Reach const> found) { there[place] += found[place].cost; });
  options.direction = TravelDirection::from;
  sweep_by_destination(network, {to, to}, {from, from}, options,
                       [&](std::size_t start, std::span<Reach const> found) { back[start] = found[start].cost; });
  CHECK(there == expected);
  CHECK(back == expected);
}

TEST_CASE("Costs are seconds or metres, and no way costs less than the straight line says") {
  RoadGraph graph = graph_of(3, {{0, 1, 4}, {1, 2, 2}});
  graph.length_m = {8, 1};
  AccessNetwork const seconds(graph, TravelCost::seconds), metres(graph, TravelCost::metres);
  CHECK(seconds.straight_metres_per_cost() == 2);
  CHECK(metres.straight_metres_per_cost() == 1);
  CHECK(metres.along().seconds == std::vector<double>{8, 1});
  CHECK(metres.against().seconds == std::vector<double>{8, 1});
  CHECK(seconds.cost({0, 3, 5}) == 3);
  CHECK(metres.cost({0, 3, 5}) == 5);
  graph.x = {0, 20, 21};  // 20 m apart by a line of 8 m: node ids that join places far apart
  CHECK(AccessNetwork(graph, TravelCost::metres).straight_metres_per_cost() == 2.5);
}

TEST_CASE("A join to a node that is not there is an internal fault") {
  RoadGraph const graph = graph_of(2, {});
  AccessNetwork const network(graph, TravelCost::seconds);
  Joins const bad{{0, 1}, {{2, 0, 0}}}, good{{0, 1}, {{1, 0, 0}}};
  for (bool const at_place : {true, false})
    CHECK(error_of([&] {
            (void)nth_nearest(network, at_place ? Attachment{bad, bad} : Attachment{good, good},
                              at_place ? Attachment{good, good} : Attachment{bad, bad}, 1, TravelDirection::to, 1);
          }).kind == ErrorKind::internal);
}

TEST_CASE("Without roads nothing is reached") {
  RoadGraph const graph = graph_of(0, {});
  AccessNetwork const network(graph, TravelCost::seconds);
  Joins const none{{0, 0, 0}, {}};
  for (TravelDirection const direction : directions) {
    sweep(network, {none, none}, {none, none}, {direction}, [](std::size_t, std::span<Reach const>) { FAIL(); });
    CHECK(nth_nearest(network, {none, none}, {none, none}, 2, direction, 1)[1].at == no_row);
  }
}

TEST_CASE("Centroid mode joins every place once, straight to the nearest node") {
  RoadGraph graph = graph_of(3, {});
  graph.x = {0, 100, 200};
  Layer const parcels = layer_of({"POLYGON((-10 90,10 90,10 110,-10 110,-10 90))", "POLYGON EMPTY"});
  CentroidSearch const search(graph, parcels.geometry, hilbert_order(parcels.geometry.box), 1);
  Attachment const places = search.candidates_at(18);  // 5 m/s
  CHECK(places.leave.first == std::vector<std::uint32_t>{0, 1, 1});
  CHECK(places.leave.join[0].node == 0);
  CHECK(places.leave.join[0].metres == 100);
  CHECK(places.leave.join[0].seconds == Approx(20).epsilon(1e-15));
  CHECK(places.arrive.first == places.leave.first);
  Layer features = layer_of({"POINT(190 0)", "POINT EMPTY", "POINT(100 3)", "POINT(0 0)"});
  features.id = {"9", "8", "7", "6"};
  features.id_rank = rank_ids(features.id);
  Attachment const at = search.features_at(features, {1, 1, 1, 0}, 18, 2);
  CHECK(at.arrive.first == std::vector<std::uint32_t>{0, 0, 1, 1, 2});  // in the order 6, 7, 8, 9
  CHECK(at.arrive.of(1)[0].node == 1);
  CHECK(at.arrive.of(3)[0].node == 2);
  CHECK(at.arrive.of(3)[0].metres == 10);
}
