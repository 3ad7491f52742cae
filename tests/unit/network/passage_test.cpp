#include "terrein/network/passage.hpp"

#include <functional>

#include "graphs.hpp"
#include "support/catch.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Stretches with whole numbers for all they take, so that many ways are equally quick and every sum is exact.
struct Streets {
  static constexpr std::size_t nodes = 8;
  std::vector<NetworkEdge> edges;
  EdgeParts sure, possible;

  explicit Streets(std::uint64_t seed) {
    Random random(seed);
    for (int i = 0; i < 14; ++i) {
      NetworkEdge edge;
      edge.from = static_cast<std::uint32_t>(random.below(nodes));
      edge.to = static_cast<std::uint32_t>(random.below(nodes));  // loops and parallel stretches are there, too
      edge.seconds = static_cast<double>(random.below(3));
      edge.length_m = static_cast<double>(4 * (1 + random.below(3)));
      std::size_t const kind = random.below(4);
      edge.along = kind != 0;
      edge.against = kind != 1;
      edge.certain = random.below(6) != 0;
      edges.push_back(edge);
      double const begin = 0.25 * static_cast<double>(random.below(3));
      if (random.below(2) == 0) sure.add(begin, begin + 0.5);
      possible.add(begin, begin + 0.5);
      if (begin == 0 && random.below(2) == 0) possible.add(0.75, 1);
      sure.end_edge();
      possible.end_edge();
    }
  }
};

/// All ways from a node to the destinations, each node at most once.
Passage by_trying_all(Streets const& streets, bool only_certain, std::uint32_t node, Attachment const& destinations) {
  Passage best;
  std::vector<bool> seen(Streets::nodes, false);
  std::function<void(std::uint32_t, Passage)> const go = [&](std::uint32_t at, Passage so_far) {
    seen[at] = true;
    for (std::uint32_t place = 0; place < destinations.arrive.places(); ++place)
      for (Join const& join : destinations.arrive.of(place)) {
        if (join.node != at) continue;
        Passage const whole{so_far.seconds + join.seconds, place, so_far.metres + join.metres, so_far.sure_m,
                            so_far.possible_m};
        if (whole < best) best = whole;
      }
    for (std::size_t i = 0; i < streets.edges.size(); ++i) {
      NetworkEdge const& edge = streets.edges[i];
      if (only_certain && !edge.certain) continue;
      for (bool const forward : {true, false}) {
        if (!(forward ? edge.along : edge.against) || at != (forward ? edge.from : edge.to)) continue;
        std::uint32_t const next = forward ? edge.to : edge.from;
        if (seen[next]) continue;
        double sure = 0, possible = 0;
        for (auto const& part : streets.sure.of(i)) sure += (part.end - part.begin) * edge.length_m;
        for (auto const& part : streets.possible.of(i)) possible += (part.end - part.begin) * edge.length_m;
        go(next, {so_far.seconds + edge.seconds, no_row, so_far.metres + edge.length_m, so_far.sure_m + sure,
                  so_far.possible_m + possible});
      }
    }
    seen[at] = false;
  };
  go(node, {0, no_row, 0, 0, 0});
  return best;
}

}  // namespace

TEST_CASE("The quickest way, and what of it lies in parts, is the best of all ways there are") {
  int reached = 0, in_parts = 0, in_doubt = 0;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    Streets const streets(seed);
    Attachment there, here;
    there.arrive = {{0, 1, 3}, {{0, 1, 4}, {1, 0, 0}, {2, 2, 4}}};
    for (std::uint32_t node = 0; node < Streets::nodes; ++node) {
      here.leave.join.push_back({node, 3, 8});
      here.leave.first.push_back(node + 1);
    }
    for (bool const only_certain : {false, true}) {
      PassageSearch const search(Streets::nodes, streets.edges, streets.sure, streets.possible, only_certain);
      auto const found = search.from_joins(here, there);
      for (std::uint32_t node = 0; node < Streets::nodes; ++node) {
        Passage expected = by_trying_all(streets, only_certain, node, there);
        if (expected.destination != no_row) {
          expected.seconds += 3;
          expected.metres += 8;
          ++reached;
        }
        INFO("seed " << seed << ", node " << node);
        CHECK(found[node] == expected);
        in_parts += expected.sure_m > 0 ? 1 : 0;
        in_doubt += expected.possible_m > expected.sure_m ? 1 : 0;
      }
    }
  }
  CHECK(reached > 700);
  CHECK(in_parts > 200);
  CHECK(in_doubt > 200);
}

TEST_CASE("From gates only the part of a stretch counts that is travelled") {
  // A street of 100 m from node 0 to 1, 10 s, in a village between 20 and 60 m; then 50 m to node 2, outside.
  std::vector<NetworkEdge> edges(2);
  edges[0] = {0, 1, 10, 100, true, true, true, 0, 0, 2};
  edges[1] = {1, 2, 5, 50, true, true, true, 1, 2, 4};
  EdgeParts parts;
  parts.add(0.2, 0.6);
  parts.end_edge();
  parts.end_edge();
  PassageSearch const search(3, edges, parts, parts, false);
  auto const gates = [](std::vector<std::pair<std::uint32_t, double>> const& at) {
    Gates out;
    for (auto const& [edge, share] : at) {
      Gate gate;
      gate.edge = edge;
      gate.share = share;
      gate.metres = 5;
      out.gate.push_back(gate);
      out.first.push_back(static_cast<std::uint32_t>(out.gate.size()));
      out.barred_by.emplace_back();
    }
    return out;
  };
  Gates const here = gates({{0, 0}, {0, 0.3}, {0, 0.5}, {0, 0.9}, {1, 0.5}});
  auto const found = search.from_gates(here, gates({{1, 0.8}}), 18);  // 5 m/s: 1 s beside the street at both ends
  std::vector<double> village, seconds;
  for (Passage const& one : found) {
    village.push_back(std::round(one.sure_m * 1e9) / 1e9);
    seconds.push_back(std::round(one.seconds * 1e9) / 1e9);
  }
  CHECK(village == std::vector<double>{40, 30, 10, 0, 0});
  CHECK(seconds == std::vector<double>{16, 13, 11, 7, 3.5});
  CHECK(found[0].metres == Approx(150));
  // Back: from the second street to a place within the village, and along one stretch in both directions.
  auto const back = search.from_gates(here, gates({{0, 0.4}}), 18);
  village.clear();
  for (Passage const& one : back) village.push_back(std::round(one.sure_m * 1e9) / 1e9);
  CHECK(village == std::vector<double>{20, 10, 10, 20, 20});
  edges[0].against = false;  // one-way to node 1: none may go back
  PassageSearch const oneway(3, edges, parts, parts, false);
  auto const ahead = oneway.from_gates(here, gates({{0, 0.4}}), 18);
  CHECK(ahead[0].sure_m == Approx(20));
  CHECK(ahead[2] == Passage{});
  CHECK(ahead[4] == Passage{});
  CHECK(search.from_gates(here, gates({}), 18)[0] == Passage{});
  CHECK(search.from_gates(gates({}), here, 18).empty());
}

TEST_CASE("The share of a stretch in its parts is asked in either direction") {
  EdgeParts parts;
  parts.add(0.1, 0.2);
  parts.add(0.5, 0.9);
  parts.end_edge();
  parts.end_edge();
  CHECK(parts.share(0, 0, 1) == Approx(0.5));
  CHECK(parts.share(0, 0.6, 0.15) == Approx(0.15));
  CHECK(parts.share(0, 0.25, 0.45) == 0);
  CHECK(parts.share(1, 0, 1) == 0);
  CHECK(parts.edges() == 2);
}
