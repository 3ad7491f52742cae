#include "terrein/criteria/candidate_gates.hpp"

#include <algorithm>

#include "criteria/network_gates.hpp"
#include "criteria/workbench.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// Whether a gate is among others of its candidate, which are in the same order.
bool is_among(std::span<Gate const> gates, Gate const& wanted) {
  return std::any_of(gates.begin(), gates.end(), [&wanted](Gate const& gate) {
    return gate.edge == wanted.edge && gate.share == wanted.share && gate.metres == wanted.metres;
  });
}

CandidateGate row_of(NetworkGates const& found, std::size_t candidate, Gate const& gate, CandidateGate::Kind kind) {
  CandidateGate out;
  out.candidate = static_cast<Row>(candidate);
  out.line = found.edges()[gate.edge].row;
  out.kind = kind;
  out.metres = gate.metres;
  out.at = gate.at;
  out.on = gate.on;
  return out;
}

}  // namespace

std::vector<CandidateGate> candidate_gates(std::string const& network, Inputs const& inputs) {
  if (inputs.find(network) == nullptr || inputs.graphs == nullptr || !inputs.graphs->contains(network))
    throw_error(ErrorKind::config, "Gates are asked for on layer '{}', which is not a network.", network);
  CriterionSpec spec;
  spec.key = "gates";
  spec.roads = network;
  Workbench bench(inputs, {});
  NetworkGates const& found = bench.network_gates(spec);
  using enum CandidateGate::Kind;
  std::vector<CandidateGate> out;
  auto way = found.possible().barred_ways.begin();
  for (std::size_t row = 0; row < bench.rows(); ++row) {
    while (way != found.possible().barred_ways.end() && way->candidate < row) ++way;
    if (!(bench.area(row) > 0)) continue;
    auto const sure = found.sure().of(row), possible = found.possible().of(row);
    bool const sees = found.sees_barriers(row);
    for (Gate const& gate : sure)
      out.push_back(row_of(found, row, gate, sees ? CandidateGate::Kind::gate : CandidateGate::Kind::possible));
    for (Gate const& gate : possible)
      if (!is_among(sure, gate)) out.push_back(row_of(found, row, gate, CandidateGate::Kind::possible));
    if (way == found.possible().barred_ways.end() || way->candidate != row || !sure.empty()) continue;
    out.push_back(row_of(found, row, way->way, barred));
    out.back().barrier = way->by.layer;
    out.back().barrier_row = way->by.row;
  }
  return out;
}

}  // namespace terrein
