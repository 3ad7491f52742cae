#include "criteria/network_gates.hpp"

#include <algorithm>

#include "criteria/selection.hpp"
#include "criteria/workbench.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/row_filter.hpp"

namespace terrein {
namespace {

GateRules const& rules_of(CriterionSpec const& spec, MeasuringLayer const& network) {
  if (!network.gates)
    throw_error(ErrorKind::config,
                "Criterion '{}' joins layer '{}' at gates, but the study does not say where these may be. Add "
                "[layers.{}.gates].",
                spec.key, spec.roads, spec.roads);
  return *network.gates;
}

/// A byte per row.
void leave_out(std::vector<std::uint8_t>& rows, std::vector<std::uint8_t> const& closed) {
  for (std::size_t row = 0; row < closed.size(); ++row)
    if (closed[row] != 0) rows[row] = 0;
}

}  // namespace

GateRows gate_rows(CriterionSpec const& spec, Workbench& bench, std::span<NetworkEdge const> edges) {
  MeasuringLayer const& network = bench.layer(spec.roads);
  GateRules const& rules = rules_of(spec, network);
  GateRows out;
  out.sure.assign(network.layer.size(), 1);
  if (!rules.where.empty()) out.sure = RowFilter::parse(rules.where).kept(network.layer.attributes);
  out.possible = out.sure;
  if (!rules.not_on.empty()) {
    Selection const closed = select(spec, bench.inputs(), spec.roads, rules.not_on);
    leave_out(out.sure, either(closed));
    leave_out(out.possible, closed.chosen);
    out.doubtful = closed.any_unlabelled;
  }
  for (NetworkEdge const& edge : edges) {
    if (edge.certain) continue;
    out.sure[edge.row] = 0;
    out.doubtful = true;
  }
  return out;
}

NetworkGates::NetworkGates(CriterionSpec const& spec, Workbench& bench, std::span<std::uint32_t const> nearby)
    : tolerance_m_(rules_of(spec, bench.layer(spec.roads)).tolerance_m), lines_(&bench.coverage(spec.roads)) {
  MeasuringLayer const& network = bench.layer(spec.roads);
  GateRules const& rules = *network.gates;
  edges_ = network_edges(network.layer, *network.graph, bench.workers());
  auto [sure_rows, possible_rows, rows_in_doubt] = gate_rows(spec, bench, edges_);
  rows_ = std::move(sure_rows);
  bool doubtful = rows_in_doubt;
  std::vector<Barriers::From> sure, possible;
  for (BarrierSpec const& barrier : rules.barriers) {
    Layer const& layer = bench.layer(barrier.layer).layer;
    Selection const bars = select(spec, bench.inputs(), barrier.layer, barrier.classes);
    possible.push_back({&layer, bars.chosen});
    sure.push_back({&layer, either(bars)});
    doubtful = doubtful || bars.any_unlabelled;
    barrier_anywhere_ = barrier_anywhere_ || bars.any_shapeless;
    barriers_.push_back(&bench.coverage(barrier.layer));
  }
  auto const find = [&](std::vector<std::uint8_t> const& rows, std::vector<Barriers::From> from) {
    Barriers const barriers(std::move(from));
    return find_gates(network.layer, edges_, {tolerance_m_, rows, &barriers}, bench.shapes(), nearby, bench.workers());
  };
  sure_ = find(rows_, std::move(sure));
  if (doubtful) possible_ = find(possible_rows, std::move(possible));
}

bool NetworkGates::are_known(std::size_t row) const {
  auto const is_same = [](Gate const& a, Gate const& b) {
    return a.edge == b.edge && a.share == b.share && a.metres == b.metres;
  };
  auto const found = sure_.of(row), perhaps = possible().of(row);
  return std::equal(found.begin(), found.end(), perhaps.begin(), perhaps.end(), is_same) && sees_lines(row) &&
         sees_barriers(row);
}

bool NetworkGates::sees_lines(std::size_t row) const {
  return tolerance_m_ == 0 || lines_->reach(row, tolerance_m_) >= tolerance_m_;
}

bool NetworkGates::sees_barriers(std::size_t row) const {
  return !barrier_anywhere_ && std::all_of(barriers_.begin(), barriers_.end(), [&](CoverageCheck const* one) {
    return tolerance_m_ == 0 || one->reach(row, tolerance_m_) >= tolerance_m_;
  });
}

}  // namespace terrein
