#include <algorithm>

#include "criteria/bound_facts.hpp"
#include "criteria/selection.hpp"
#include "terrein/core/error.hpp"
#include "terrein/network/gates.hpp"

namespace terrein {
namespace {

GeometryColumn points_of(std::vector<BankPlace> const& places) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  for (BankPlace const& place : places) {
    builder.vertex(place.at.x, place.at.y);
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::point);
  }
  return out;
}

/// The class of every stretch, on the way to the ports where there are any.
std::vector<CemtRange> classes(BoundLandSpec const& spec, Workbench const& bench, BoundNetwork const& network,
                               Layer const& lines, std::vector<NetworkEdge> const& edges) {
  std::vector<CemtRange> out;
  if (!spec.ports.asked()) {
    for (NetworkEdge const& edge : edges)
      out.push_back(range_of(network.facts->cemt.empty() ? Cemt::unknown : network.facts->cemt[edge.row]));
    return out;
  }
  Layer const& ports = bench.layer(spec.ports.layer).layer;
  Selection const selection = select(spec_of(spec, spec.ports), bench.inputs(), spec.ports.layer, spec.ports.classes);
  Gates const gates = nearest_gates(lines, edges, {}, ports.geometry, selection.chosen);
  std::vector<std::uint32_t> on;
  for (Gate const& gate : gates.gate) on.push_back(gate.edge);
  out = port_classes(*network.graph, *network.facts, edges, on);
  // A port that is not seen may lie anywhere, so that the stretch itself is the only bound.
  if (selection.any_unlabelled || selection.any_shapeless || selection.any_approximate)
    for (std::size_t edge = 0; edge < edges.size(); ++edge)
      out[edge].high = network.facts->cemt.empty() ? Cemt::VIIb : range_of(network.facts->cemt[edges[edge].row]).high;
  return out;
}

void by_bank(BoundLandSpec const& spec, Layer const& banks, std::vector<BankPlace> const& places,
             std::vector<Opposite>& out) {
  CriterionSpec criterion = spec_of(spec, spec.banks);
  criterion.field = spec.cemt_field;
  AnyColumn const& field = field_of(criterion, banks);
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].row == no_row) continue;
    auto const text = text_of(field, places[i].row);
    Cemt const of = text ? cemt_of(*text) : Cemt::unknown;
    out[i].cemt = range_of(of);
    if (of != Cemt::unknown) out[i].basis = CemtBasis::bank;
  }
}

}  // namespace

std::vector<Opposite> opposite(BoundLandSpec const& spec, Workbench const& bench, BoundNetwork const& network,
                               std::vector<BankPlace> const& places) {
  std::vector<Opposite> out(places.size());
  bool const networked = !spec.network.empty() && network.graph != nullptr && network.facts != nullptr;
  if (!networked) {
    if (!spec.cemt_field.empty()) by_bank(spec, bench.layer(spec.banks.layer).layer, places, out);
    return out;
  }
  MeasuringLayer const& layer = bench.layer(spec.network);
  if (!layer.graph) throw_error(ErrorKind::internal, "Layer '{}' is no network.", spec.network);
  auto const edges = network_edges(layer.layer, *layer.graph, bench.workers());
  auto const of_edge = classes(spec, bench, network, layer.layer, edges);
  Gates const gates = nearest_gates(layer.layer, edges, {}, points_of(places), {});
  for (std::size_t i = 0; i < places.size(); ++i)
    for (Gate const& gate : gates.of(i)) {
      if (gate.metres > spec.network_m) continue;
      out[i].line = edges[gate.edge].row;
      out[i].cemt = of_edge[gate.edge];
      out[i].basis = spec.ports.asked() ? CemtBasis::port : CemtBasis::stretch;
    }
  return out;
}

}  // namespace terrein
