#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/row_filter.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

std::string read_field(TomlTable& table, std::string_view key) { return join(table.texts(key), "|"); }

void read_class_names(TomlTable table, std::map<std::string, std::string>& out) {
  for (std::string const& value : table.keys())
    if (auto const name = table.text(value)) out.insert_or_assign(value, *name);
}

std::string read_filter(TomlTable& table, std::string_view key) {
  std::string const text = table.text_or(key, "");
  try {
    static_cast<void>(RowFilter::parse(text));
  } catch (Error const& error) {
    table.problem(key, error.what());
  }
  return text;
}

namespace {

std::optional<GraphOptions> read_graph(TomlTable graph) {
  if (!graph.exists()) return std::nullopt;
  GraphOptions out;
  std::string const connect = graph.text_or("connect", "ends");
  if (connect == "node_ids")
    out.connect = Connect::node_ids;
  else if (connect == "vertices")
    out.connect = Connect::vertices;
  else if (connect == "ends")
    out.connect = Connect::ends;
  else
    graph.problem("connect", "'" + connect + "' is not one of node_ids, vertices, ends.");
  out.from_field = read_field(graph, "from");
  out.to_field = read_field(graph, "to");
  if (out.connect == Connect::node_ids && (out.from_field.empty() || out.to_field.empty()))
    graph.problem("", "connect = \"node_ids\" needs the fields `from` and `to`.");
  out.tolerance_m = graph.number("tolerance_m").value_or(out.tolerance_m);
  if (out.tolerance_m <= 0) graph.problem("tolerance_m", "must be above 0.");
  std::string const lengths = graph.text_or("lengths", "planar");
  if (lengths == "geodesic")
    out.lengths = Lengths::geodesic;
  else if (lengths != "planar")
    graph.problem("lengths", "'" + lengths + "' is not one of planar, geodesic.");
  out.speed_field = read_field(graph, "speed");
  out.oneway_field = read_field(graph, "oneway");
  out.class_field = read_field(graph, "class");
  out.default_speed_kmh = graph.number("default_speed_kmh").value_or(out.default_speed_kmh);
  if (out.default_speed_kmh <= 0) graph.problem("default_speed_kmh", "must be above 0.");
  TomlTable speeds = graph.table("speeds");
  for (std::string const& key : speeds.keys())
    if (auto const kmh = speeds.number(key)) {
      if (*kmh < 0) speeds.problem(key, "a speed cannot be negative; 0 closes the class.");
      out.speed_by_class[key] = *kmh;
    }
  if (!out.speed_by_class.empty() && out.class_field.empty())
    graph.problem("speeds", "needs the field `class` that holds the road class.");
  read_traffic(graph, out);
  graph.finish();
  return out;
}

std::optional<ApproximateConfig> read_approximate(TomlTable table) {
  if (!table.exists()) return std::nullopt;
  ApproximateConfig out{read_field(table, "field"), table.text_or("prefix", "")};
  if (out.field.empty() || out.prefix.empty())
    table.problem("",
                  "needs `field` (the attribute) and `prefix` (how its text starts where a position is approximate).");
  table.finish();
  return out;
}

std::optional<SlipRoads> read_slip_roads(TomlTable table) {
  if (!table.exists()) return std::nullopt;
  SlipRoads out{read_field(table, "field"), table.texts("values"), table.texts("main")};
  if (out.field.empty() || out.values.empty())
    table.problem("",
                  "needs `field` (the attribute) and `values` (those of slip roads); `main` are the roads they "
                  "lead from.");
  table.finish();
  return out;
}

}  // namespace

void read_meaning(TomlTable& table, LayerConfig& out) {
  if (table.has("where")) out.where = read_filter(table);
  if (table.has("id")) out.id = read_field(table, "id");
  out.geometry = table.text_or("geometry", out.geometry);
  out.coverage = table.text_or("coverage", out.coverage);
  if (table.has("crs")) out.crs = read_crs(table);
  if (auto approximate = read_approximate(table.table("approximate"))) out.approximate = std::move(approximate);
  if (auto graph = read_graph(table.table("graph"))) out.graph = std::move(graph);
  if (auto slip_roads = read_slip_roads(table.table("slip_roads"))) out.slip_roads = std::move(slip_roads);
  if (table.has("decided")) out.decided = read_field(table, "decided");
}

}  // namespace terrein
