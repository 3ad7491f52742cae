#include "terrein/network/network.hpp"

#include <algorithm>
#include <limits>

#include "network/part_of.hpp"
#include "network/road_lines.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// One value per row of the layer from the text of a field; `missing` where that is null. Nothing without a field.
template <class T, class Read>
std::vector<T> facts(Layer const& lines, std::string const& field, T missing, Read const& read) {
  if (field.empty()) return {};
  AnyColumn const* column = lines.attributes.find(field);
  if (column == nullptr)
    throw_error(ErrorKind::input, "Layer '{}' has no field '{}', which tells about its lines.{}", lines.name, field,
                suggestion(field, lines.attributes.names()));
  std::vector<T> out(lines.size(), missing);
  for (Row row = 0; row < lines.size(); ++row)
    if (auto const text = text_at(*column, row)) out[row] = read(*text);
  return out;
}

LineFacts facts_of(Layer const& lines, FactFields const& fields) {
  constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
  auto const metres = [=](LimitKind kind) {
    return [=](std::string const& text) { return limit_of(kind, text).value_or(not_known); };
  };
  LineFacts out;
  out.cemt = facts(lines, fields.cemt, Cemt::unknown, [&](std::string const& text) {
    auto const listed = fields.cemt_classes.find(text);
    return cemt_of(listed == fields.cemt_classes.end() ? text : listed->second);
  });
  out.draught_m = facts(lines, fields.draught, not_known, metres(LimitKind::draught));
  out.air_draught_m = facts(lines, fields.air_draught, not_known, metres(LimitKind::air_draught));
  out.electrified = facts(lines, fields.electrified, Electrified::unknown, electrified_of);
  out.track = facts(lines, fields.track, Track::unknown, [&](std::string const& text) {
    auto const& sidings = fields.sidings;
    return std::find(sidings.begin(), sidings.end(), text) == sidings.end() ? Track::main : Track::siding;
  });
  return out;
}

}  // namespace

Network build_network(Layer const& lines, GraphOptions const& options, Issues& issues, unsigned workers) {
  Network out;
  out.facts = facts_of(lines, options.facts);
  RoadLines const all(lines, options, workers, issues);
  out.graph = graph_of(all, &out.facts.row);
  auto const is_unknown = [&](Row row) { return all.states()[row] == LineState::unknown; };
  if (std::any_of(out.facts.row.begin(), out.facts.row.end(), is_unknown))
    for (Row const row : out.facts.row) out.facts.unknown.push_back(is_unknown(row) ? 1 : 0);
  return out;
}

RoadGraph sure_part(RoadGraph const& graph, LineFacts const& facts) {
  if (facts.unknown.empty()) return graph;
  return part_of(graph, [&facts](std::uint32_t arc) { return facts.unknown[arc] == 0; });
}

void verify(Network const& network) {
  verify(network.graph);
  LineFacts const& facts = network.facts;
  auto const fits = [](std::size_t size, std::size_t wanted) { return size == 0 || size == wanted; };
  std::size_t const arcs = network.graph.arcs();
  std::size_t rows = 0;
  for (Row const row : facts.row) rows = std::max(rows, std::size_t{row} + 1);
  bool const per_row = (facts.cemt.empty() || facts.cemt.size() >= rows) &&
                       (facts.draught_m.empty() || facts.draught_m.size() >= rows) &&
                       (facts.air_draught_m.empty() || facts.air_draught_m.size() >= rows) &&
                       (facts.electrified.empty() || facts.electrified.size() >= rows) &&
                       (facts.track.empty() || facts.track.size() >= rows);
  if (facts.row.size() != arcs || !fits(facts.unknown.size(), arcs) || !per_row)
    throw_error(ErrorKind::internal, "The facts of a network do not fit its {} arcs.", arcs);
}

}  // namespace terrein
