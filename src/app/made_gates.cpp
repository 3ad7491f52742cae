#include "made_layers.hpp"
#include "terrein/criteria/candidate_gates.hpp"

namespace terrein {
namespace {

char const* word(CandidateGate::Kind kind) {
  switch (kind) {
    case CandidateGate::Kind::gate:
      return "gate";
    case CandidateGate::Kind::possible:
      return "possible";
    case CandidateGate::Kind::barred:
      break;
  }
  return "barred";
}

struct Columns {
  TextColumn candidate{"candidate"}, kind{"kind"}, network{"network"}, line{"line_id"}, line_class{"line_class"};
  Column<double> metres{"gate_m", 0};
  TextColumn barrier{"barrier"}, barrier_id{"barrier_id"}, barrier_class{"barrier_class"};

  Table table() && {
    Table out(candidate.size());
    for (TextColumn* column : {&candidate, &kind, &network, &line, &line_class}) out.add(std::move(*column));
    out.add(std::move(metres));
    for (TextColumn* column : {&barrier, &barrier_id, &barrier_class}) out.add(std::move(*column));
    return out;
  }
};

std::optional<std::string_view> class_of(MeasuringLayer const& layer, Row row) {
  return layer.class_of.size() == 0 ? std::nullopt : layer.class_of.at(row);
}

void add_way(CandidateGate const& gate, GeometryBuilder& ways) {
  ways.vertex(gate.at.x, gate.at.y);
  ways.vertex(gate.on.x, gate.on.y);
  ways.end_path();
  ways.end_part();
  ways.end_row(GeometryKind::line);
}

void add_barrier(CandidateGate const& gate, MadeFrom const& from, MeasuringLayer const& network, Columns& out) {
  bool const bars = gate.barrier_row != no_row;
  std::string const key = bars ? network.gates->barriers[gate.barrier].layer : std::string{};
  MeasuringLayer const* layer = bars ? &from.layers.layers.at(key) : nullptr;
  out.barrier.push(bars ? std::optional<std::string_view>(key) : std::nullopt);
  out.barrier_id.push(bars ? std::optional<std::string_view>(layer->layer.id[gate.barrier_row]) : std::nullopt);
  out.barrier_class.push(bars ? class_of(*layer, gate.barrier_row) : std::nullopt);
}

void add_network(std::string const& key, MadeFrom const& from, GeometryBuilder& ways, Columns& out) {
  MeasuringLayer const& network = from.layers.layers.at(key);
  std::vector<std::string> const& candidates = from.inputs.candidates->layer.id;
  for (CandidateGate const& gate : candidate_gates(key, from.inputs)) {
    add_way(gate, ways);
    out.candidate.push(candidates[gate.candidate]);
    out.kind.push(word(gate.kind));
    out.network.push(key);
    out.line.push(network.layer.id[gate.line]);
    out.line_class.push(class_of(network, gate.line));
    out.metres.push(gate.metres);
    add_barrier(gate, from, network, out);
  }
}

}  // namespace

std::vector<PlannedLayer> plan_gates(Study const& study) {
  if (study.output.gates.empty()) return {};
  return {{"gates", ShapeType::line}};
}

std::vector<MadeLayer> make_gates(MadeFrom const& from) {
  MadeLayer out;
  out.name = "gates";
  out.shape = ShapeType::line;
  out.codes["kind"] = "gate_kind";
  Columns columns;
  GeometryBuilder ways(out.shapes);
  for (std::string const& key : from.study.output.gates) add_network(key, from, ways, columns);
  out.table = std::move(columns).table();
  std::vector<MadeLayer> all;
  all.push_back(std::move(out));
  return all;
}

}  // namespace terrein
