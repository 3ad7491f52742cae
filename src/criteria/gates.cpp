#include <algorithm>

#include "criteria/kinds.hpp"
#include "criteria/network_gates.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

NetworkGates const& gates_of(CriterionSpec const& spec, Workbench& bench) {
  if (bench.inputs().graphs == nullptr || !bench.inputs().graphs->contains(spec.roads))
    throw_error(ErrorKind::config,
                "Criterion '{}' ({}) looks for gates on layer '{}', which is not a road network. Say in the study file "
                "how its lines join.",
                spec.key, spec.measure, spec.roads);
  return bench.network_gates(spec);
}

/// The row of the network at the nearest gate, smallest id among equals; no_row without gates.
Row nearest_line(NetworkGates const& found, Layer const& network, std::size_t row) {
  Gate const* best = nullptr;
  auto const rank = [&](Gate const& gate) { return network.id_rank[found.edges()[gate.edge].row]; };
  for (Gate const& gate : found.sure().of(row))
    if (best == nullptr || gate.metres < best->metres || (gate.metres == best->metres && rank(gate) < rank(*best)))
      best = &gate;
  return best == nullptr ? no_row : found.edges()[best->edge].row;
}

}  // namespace

/// Rows whose class is not known may bar a way or be closed themselves, and lines and barriers may lie outside what the
/// layers cover: then the number has bounds.
Measure measure_gates(CriterionSpec const& spec, Workbench& bench) {
  NetworkGates const& found = gates_of(spec, bench);
  Layer const& network = bench.layer(spec.roads).layer;
  Measure out = bench.numbers(spec.roads);
  bench.each([&](std::size_t row) {
    auto const sure = static_cast<double>(found.sure().of(row).size());
    auto const possible = static_cast<double>(found.possible().of(row).size());
    out.by[row] = nearest_line(found, network, row);
    double const low = found.sees_barriers(row) ? sure : 0;
    if (!found.sees_lines(row))
      bound(out, row, low, std::nullopt);
    else if (low < possible)
      bound(out, row, low, possible);
    else
      out.value.set(row, sure);
  });
  return out;
}

/// Known when it is the same whatever is not known.
Measure measure_gate_class(CriterionSpec const& spec, Workbench& bench) {
  NetworkGates const& found = gates_of(spec, bench);
  Layer const& network = bench.layer(spec.roads).layer;
  std::vector<std::optional<std::string_view>> classes(bench.rows());
  Measure out = unknown_measure({}, {}, true, 0, {});
  out.by.assign(bench.rows(), no_row);
  out.by_layer = spec.roads;
  bench.each([&](std::size_t row) {
    bool const sure = !found.sure().of(row).empty() && found.sees_barriers(row);
    bool const possible = !found.possible().of(row).empty() || !found.sees_lines(row);
    out.by[row] = nearest_line(found, network, row);
    if (sure)
      classes[row] = "gate";
    else if (!possible)
      classes[row] = found.possible().barred_by[row].any() ? "barred" : "far";
  });
  out.text.reserve(bench.rows());
  for (auto const& one : classes) out.text.push(one);
  return out;
}

}  // namespace terrein
