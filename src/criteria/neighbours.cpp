#include <algorithm>
#include <cmath>

#include "criteria/kinds.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

Adjacency const& checked_adjacency(CriterionSpec const& spec, Workbench& bench) {
  for (double const metres : {spec.min_shared_m, spec.tolerance_m})
    if (!(metres >= 0) || !std::isfinite(metres))
      throw_error(ErrorKind::config, "Criterion '{}' ({}) has '{}' m as shared length or tolerance; give 0 or more.",
                  spec.key, spec.measure, metres);
  return bench.adjacency(spec.min_shared_m, spec.tolerance_m);
}

/// For how many rows an entry stands.
std::uint32_t times(Adjacency const& adjacent, std::uint32_t entry) {
  return adjacent.times.empty() ? 1 : adjacent.times[entry];
}

double sum_by_id(Adjacency const& adjacent, std::size_t row, std::vector<std::uint32_t> const& rank) {
  std::vector<std::pair<std::uint32_t, double>> shared;
  for (auto i = adjacent.first[row]; i < adjacent.first[row + 1]; ++i)
    shared.emplace_back(rank[adjacent.neighbour[i]], times(adjacent, i) * adjacent.shared_m[i]);
  std::sort(shared.begin(), shared.end());
  double sum = 0;
  for (auto const& [id, metres] : shared) sum += metres;
  return sum;
}

}  // namespace

Measure measure_neighbours(CriterionSpec const& spec, Workbench& bench) {
  Adjacency const& adjacent = checked_adjacency(spec, bench);
  Measure out = bench.numbers();
  bench.each([&](std::size_t candidate) {
    std::size_t const row = bench.row_in_whole(candidate);
    std::uint32_t count = 0;
    for (auto i = adjacent.first[row]; i < adjacent.first[row + 1]; ++i) count += times(adjacent, i);
    out.value.set(candidate, count);
  });
  return out;
}

/// Neighbours are added in the order of their ids, so that the sum does not depend on the order of the rows.
Measure measure_shared_length(CriterionSpec const& spec, Workbench& bench) {
  Adjacency const& adjacent = checked_adjacency(spec, bench);
  auto const& rank = bench.whole().id_rank;
  Measure out = bench.numbers();
  bench.each([&](std::size_t candidate) {
    std::size_t const row = bench.row_in_whole(candidate);
    auto const first = adjacent.first[row], last = adjacent.first[row + 1];
    double sum = 0;
    bool in_order = true;
    for (auto i = first; i < last; ++i) {
      in_order &= i == first || rank[adjacent.neighbour[i - 1]] < rank[adjacent.neighbour[i]];
      sum += times(adjacent, i) * adjacent.shared_m[i];
    }
    if (!in_order) sum = sum_by_id(adjacent, row, rank);
    out.value.set(candidate, sum);
  });
  return out;
}

}  // namespace terrein
