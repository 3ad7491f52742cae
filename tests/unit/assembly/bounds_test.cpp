#include "assembly/bounds.hpp"

#include "support/catch.hpp"
#include "unit/assembly/fabrics.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// What is decided, as bits of the pieces.
struct Decided {
  std::uint32_t in = 0, out = 0;
};

/// Grows a connected set from the root and leaves other pieces out, both by chance.
Decided random_decisions(std::mt19937& random, Neighbourhood const& land, Decisions& decisions) {
  Decided out;
  auto const set = [&](std::uint32_t i, std::int8_t decision) {
    decisions[i] = decision;
    (decision > 0 ? out.in : out.out) |= 1U << land.piece[i];
  };
  decisions.assign(land.count(), 0);
  set(land.root, 1);
  for (int n = static_cast<int>(random() % 4); n > 0; --n)
    for (std::uint32_t i = 0; i < land.count(); ++i) {
      bool beside = false;
      for (std::uint32_t k = land.first[i]; k < land.first[i + 1]; ++k) beside |= decisions[land.neighbour[k]] > 0;
      if (decisions[i] != 0 || !beside || random() % 3 != 0) continue;
      set(i, 1);
      break;
    }
  for (std::uint32_t i = 0; i < land.count(); ++i)
    if (decisions[i] == 0 && random() % 5 == 0) set(i, -1);
  return out;
}

}  // namespace

TEST_CASE("no set that agrees with what is decided surpasses any bound, and some bounds are reached") {
  std::mt19937 random(21);
  auto const up_to = [&random](double most) { return std::uniform_real_distribution<>(0, most)(random); };
  int looked_at = 0, reached = 0, connected_closer = 0;
  for (int i = 0; i < 400; ++i) {
    Fabric fabric = random_fabric(random, 4, 3);
    bool const poor = i % 3 == 0;  // land that is worth less than nothing is taken for its area alone
    for (LandPiece& piece : fabric.pieces)
      if (poor) piece.worth -= 0.7 * piece.size;
    SiteTarget target;
    target.least = 2 + up_to(5);
    target.most = target.least + 0.2 + up_to(2);
    target.reach_m = 10;
    target.excess_price = i % 2 == 0 ? up_to(0.8) : 0;
    target.owner_price = i % 4 < 2 ? up_to(0.3) : 0;
    target.outline_price = i % 5 == 0 ? up_to(0.1) : 0;
    LandGraph const graph = fabric.graph();
    SiteProblem problem;
    problem.graph = &graph;
    problem.target = target;
    std::vector<std::uint8_t> const closed(graph.size(), 0);
    Neighbourhood const land = NeighbourhoodFinder(problem, closed).of(0);
    if (land.count() == 0) continue;
    Decisions decisions;
    Decided const decided = random_decisions(random, land, decisions);
    Enumeration const all(fabric, target);
    auto const best = all.best([&](std::uint32_t set) {
      return (set & decided.in) == decided.in && (set & decided.out) == 0 && (set & 1U) != 0;
    });
    if (!best) continue;
    ++looked_at;
    INFO("case " << i);
    double const by_area = area_bound(land, decisions);
    ConnectedBound bound(land);
    double const connected = bound.best(decisions).bound;
    CHECK(by_area >= *best - 1e-9);
    CHECK(connected >= *best - 1e-9);
    for (double const price : {-1.0, -0.3, 0.0, 0.2, 0.5, 0.8, 1.5}) CHECK(bound.at(decisions, price) >= *best - 1e-9);
    if (std::min(by_area, connected) <= *best + 1e-9) ++reached;
    if (connected < by_area - 1e-6) ++connected_closer;
  }
  CHECK(looked_at > 200);
  CHECK(reached > 20);
  CHECK(connected_closer > 60);
}
