// How often the best site of a neighbourhood of 60 parcels is proven, and how large the gap is where it is not: 100
// fabrics per mean size of a parcel, sites of 20 to 30 ha from a parcel in the middle.
//   build/release/bench/proofs
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "unit/assembly/fabrics.hpp"

namespace {

using namespace terrein;

/// Sizes log-normal around a mean, scores 0.4 to 0.9, a tenth of the contacts over a road at half a hectare.
test::Fabric fabric_of(std::mt19937& random, double mean_ha) {
  constexpr double spread = 0.7;
  test::Fabric out = test::random_fabric(random, 10, 6);
  std::normal_distribution<> normal(-spread * spread / 2, spread);
  std::uniform_real_distribution<> uniform;
  for (LandPiece& piece : out.pieces) {
    piece.size = std::min(20.0, mean_ha * std::exp(normal(random)));
    piece.worth = piece.size * (0.4 + 0.5 * uniform(random));
    piece.owner = static_cast<std::uint32_t>(&piece - out.pieces.data());
  }
  for (LandLink& link : out.links) {
    link.price = uniform(random) < 0.1 ? 0.5 : 0;
    link.strip = 0;
  }
  return out;
}

struct Tally {
  int sites = 0, proven = 0;
  std::size_t nodes = 0;
  std::vector<double> gaps;
};

Tally search(double mean_ha, std::size_t most_nodes) {
  constexpr int fabrics = 100;
  constexpr std::uint32_t middle = 25;
  std::mt19937 random(1);
  Tally out;
  for (int i = 0; i < fabrics; ++i) {
    LandGraph const graph = fabric_of(random, mean_ha).graph();
    SiteProblem problem;
    problem.graph = &graph;
    problem.target.least = 20;
    problem.target.most = 30;
    problem.target.reach_m = 1e9;
    problem.target.excess_price = 0.5;
    problem.target.owner_price = 0.05;
    problem.limits.branch_nodes = problem.limits.all_branch_nodes = most_nodes;
    problem.must = {middle};
    SiteSearch finder(problem);
    SiteAnswer const answer = finder.next();
    out.nodes += finder.effort().branch_nodes;
    if (!answer.site) continue;
    ++out.sites;
    out.gaps.push_back(answer.site->gap());
    if (answer.site->gap() < 1e-9) ++out.proven;
  }
  std::sort(out.gaps.begin(), out.gaps.end());
  return out;
}

}  // namespace

int main() {
  fmt::print(
      "| mean parcel | steps allowed | with a site | proven | median gap | 90 % | largest "
      "|\n|---|---:|---:|---:|---:|---:|---:|\n");
  for (double const mean_ha : {1.0, 2.0, 4.0})
    for (std::size_t const nodes : {std::size_t{0}, std::size_t{1000}, std::size_t{20000}}) {
      Tally const tally = search(mean_ha, nodes);
      auto const gap = [&](double share) {
        return 100 * tally.gaps[static_cast<std::size_t>(share * static_cast<double>(tally.gaps.size() - 1))];
      };
      fmt::print("| {} ha | {} | {} | {} | {:.1f} % | {:.1f} % | {:.1f} % |\n", mean_ha, nodes, tally.sites,
                 tally.proven, gap(0.5), gap(0.9), gap(1));
    }
}
