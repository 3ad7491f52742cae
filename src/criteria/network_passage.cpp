#include <algorithm>
#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/network_access.hpp"
#include "criteria/village_parts.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

/// The quickest ways of all candidates to rows of the layer, over some lines; destinations are the ranks of ids.
class Ways {
 public:
  Ways(CriterionSpec const& spec, Workbench& bench)
      : spec_(spec),
        bench_(bench),
        gates_(spec.access.join == JoinAt::gates ? &bench.network_gates(spec) : nullptr),
        own_edges_(gates_ != nullptr
                       ? std::vector<NetworkEdge>{}
                       : network_edges(bench.layer(spec.roads).layer, *bench.layer(spec.roads).graph, bench.workers())),
        villages_(village_parts(spec, edges(), bench)) {}

  [[nodiscard]] std::vector<Passage> to(std::vector<std::uint8_t> const& rows, Lines lines) const {
    std::size_t const nodes = bench_.graph(spec_.roads, Lines::possible).nodes();
    PassageSearch const search(nodes, edges(), villages_.sure, villages_.possible, lines == Lines::sure);
    Layer const& features = bench_.layer(spec_.layer).layer;
    if (gates_ == nullptr)
      return search.from_joins(
          bench_.candidates_at(spec_.roads, spec_.access_kmh),
          bench_.centroid_search(spec_.roads).features_at(features, rows, spec_.access_kmh, bench_.workers()));
    std::vector<std::uint32_t> by_id(features.size());
    for (Row row = 0; row < features.size(); ++row) by_id[features.id_rank[row]] = row;
    Gates const there =
        take(nearest_gates(bench_.layer(spec_.roads).layer, edges(), gates_->rows(), features.geometry, rows), by_id);
    return search.from_gates(gates_->sure(), there, spec_.access_kmh);
  }
  /// Whether all is known of where a candidate meets the roads.
  [[nodiscard]] bool can_say(std::size_t row) const {
    return gates_ != nullptr ? gates_->are_known(row)
                             : bench_.coverage(spec_.roads).contains(centroid(bench_.shapes(), row));
  }
  /// Whether a feature outside the coverage of the layer could be reached sooner.
  [[nodiscard]] bool may_be_beaten(std::size_t row, double seconds, double fastest_mps) const {
    CoverageCheck const& features = bench_.coverage(spec_.layer);
    double const farthest = seconds * fastest_mps;
    double const seen =
        gates_ != nullptr ? features.reach(row, farthest) : features.reach(centroid(bench_.shapes(), row), farthest);
    return seen < farthest;
  }

 private:
  [[nodiscard]] std::vector<NetworkEdge> const& edges() const {
    return gates_ != nullptr ? gates_->edges() : own_edges_;
  }

  CriterionSpec const& spec_;
  Workbench& bench_;
  NetworkGates const* gates_;
  std::vector<NetworkEdge> own_edges_;
  VillageParts villages_;
};

}  // namespace

/// Nothing is known of a candidate where it is not known which way is the quickest: where a row without class or
/// shape, a feature outside the coverage of the layer, or a line that is perhaps not open may make it another one. On a
/// known way, parts of which it is not known whether they run through a village give bounds.
Measure measure_network_passage(CriterionSpec const& spec, Workbench& bench) {
  check_network(spec, bench.inputs());
  Selection const selection = select(spec, bench.inputs(), spec.layer, spec.classes);
  Ways const ways(spec, bench);
  auto const found = ways.to(selection.chosen, Lines::possible);
  std::vector<std::vector<Passage>> others;  // what the way would be if what is not known were so
  if (selection.any_unlabelled) others.push_back(ways.to(either(selection), Lines::possible));
  if (bench.has_doubtful_lines(spec.roads)) others.push_back(ways.to(selection.chosen, Lines::sure));
  Layer const& features = bench.layer(spec.layer).layer;
  std::vector<Row> row_of_rank(features.size());
  for (Row row = 0; row < features.size(); ++row) row_of_rank[features.id_rank[row]] = row;
  double const fastest = std::max(fastest_mps(bench.graph(spec.roads, Lines::possible)), spec.access_kmh / 3.6);
  Measure out = bench.numbers(spec.layer);
  bench.each([&](std::size_t row) {
    Passage const& way = found[row];
    if (way.destination == no_row || selection.any_shapeless || !ways.can_say(row)) return;
    out.by[row] = row_of_rank[way.destination];
    bool const is_same =
        std::all_of(others.begin(), others.end(), [&](std::vector<Passage> const& other) { return other[row] == way; });
    if (!is_same || ways.may_be_beaten(row, way.seconds, fastest)) return;
    settle(out, row, way.sure_m, way.possible_m, 0);
  });
  out.why_unknown = nothing_to_reach(spec, selection);
  return out;
}

}  // namespace terrein
