#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

void read_limits(TomlTable table, LimitFields& out) {
  out.weight = read_field(table, "weight");
  out.height = read_field(table, "height");
  out.width = read_field(table, "width");
  out.length = read_field(table, "length");
  out.axle = read_field(table, "axle");
  table.finish();
}

void read_vehicle(TomlTable table, Vehicle& out) {
  auto const read = [&table](std::string_view key, double& value) {
    value = table.number(key).value_or(value);
    if (value <= 0) table.problem(key, "must be above 0.");
  };
  read("weight_t", out.weight_t);
  read("height_m", out.height_m);
  read("width_m", out.width_m);
  read("length_m", out.length_m);
  read("axle_t", out.axle_t);
  table.finish();
}

void read_facts(TomlTable& graph, FactFields& out) {
  out.cemt = read_field(graph, "cemt");
  out.draught = read_field(graph, "draught");
  out.air_draught = read_field(graph, "air_draught");
  out.electrified = read_field(graph, "electrified");
  out.track = read_field(graph, "track");
  out.sidings = graph.texts("sidings");
  if (!out.sidings.empty() && out.track.empty()) graph.problem("sidings", "needs the field `track` that holds them.");
  if (out.sidings.empty() && !out.track.empty()) out.sidings = {"siding", "spur", "yard"};
  TomlTable classes = graph.table("cemt_classes");
  for (std::string const& value : classes.keys())
    if (auto const name = classes.text(value)) {
      if (cemt_of(*name) == Cemt::unknown)
        classes.problem(value, "'" + *name +
                                   "' is no CEMT class; they are 0, I, II, III, IV, Va, Vb, VIa, VIb, VIc, "
                                   "VIIa, VIIb.");
      out.cemt_classes.insert_or_assign(value, *name);
    }
  if (!out.cemt_classes.empty() && out.cemt.empty())
    graph.problem("cemt_classes", "needs the field `cemt` that holds the values.");
}

}  // namespace

void read_traffic(TomlTable& graph, GraphOptions& out) {
  out.ferry_field = read_field(graph, "ferry");
  out.ferry_values = graph.texts("ferry_values");
  if (out.ferry_field.empty() != out.ferry_values.empty())
    graph.problem(out.ferry_field.empty() ? "ferry_values" : "ferry",
                  "`ferry` (the field) and `ferry_values` (those of ferries) go together.");
  read_limits(graph.table("limits"), out.limits);
  read_vehicle(graph.table("vehicle"), out.vehicle);
  read_facts(graph, out.facts);
}

}  // namespace terrein
