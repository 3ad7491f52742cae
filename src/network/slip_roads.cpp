#include "terrein/network/slip_roads.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "network/road_lines.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

enum class Kind : std::uint8_t { neither, slip, ordinary };

std::vector<Kind> kinds_of(Layer const& roads, SlipRoads const& slip_roads) {
  AnyColumn const* column = roads.attributes.find(slip_roads.field);
  if (column == nullptr)
    throw_error(ErrorKind::input, "Road layer '{}' has no field '{}', which tells its slip roads.{}", roads.name,
                slip_roads.field, suggestion(slip_roads.field, roads.attributes.names()));
  std::set<std::string> const slip(slip_roads.values.begin(), slip_roads.values.end());
  std::set<std::string> const main(slip_roads.main.begin(), slip_roads.main.end());
  std::vector<Kind> out(roads.size(), Kind::neither);
  for (Row row = 0; row < roads.size(); ++row)
    if (auto const value = text_at(*column, row); value && !main.contains(*value))
      out[row] = slip.contains(*value) ? Kind::slip : Kind::ordinary;
  return out;
}

/// The row with the smallest id of each kind that a node has.
struct Meeting {
  Row slip = no_row, ordinary = no_row;
  [[nodiscard]] bool both() const { return slip != no_row && ordinary != no_row; }
};

std::vector<Meeting> meetings(Layer const& roads, RoadLines const& lines, std::vector<Kind> const& kinds) {
  std::vector<Meeting> out(lines.x().size());
  auto const keep_smallest = [&roads](Row& kept, Row row) {
    if (kept == no_row || roads.id_rank[row] < roads.id_rank[kept]) kept = row;
  };
  for (RoadLines::Line const& line : lines.lines()) {
    if (kinds[line.row] == Kind::neither) continue;
    for (std::uint32_t const node : {line.from, line.to})
      keep_smallest(kinds[line.row] == Kind::slip ? out[node].slip : out[node].ordinary, line.row);
  }
  return out;
}

}  // namespace

Layer slip_road_ends(Layer const& roads, GraphOptions const& options, SlipRoads const& slip_roads,
                     std::string const& name) {
  auto const kinds = kinds_of(roads, slip_roads);
  Issues told_with_the_graph;
  RoadLines const lines(roads, options, 1, told_with_the_graph);
  auto const at = meetings(roads, lines, kinds);
  std::vector<std::uint32_t> nodes;
  for (std::uint32_t node = 0; node < at.size(); ++node)
    if (at[node].both()) nodes.push_back(node);
  auto const key = [&](std::uint32_t node) {
    return std::tuple(roads.id_rank[at[node].slip], roads.id_rank[at[node].ordinary], lines.x()[node], lines.y()[node]);
  };
  std::sort(nodes.begin(), nodes.end(), [&key](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  Layer out;
  out.name = name;
  out.crs = roads.crs;
  TextColumn slip("slip_road"), road("road");
  GeometryBuilder builder(out.geometry);
  for (std::uint32_t const node : nodes) {
    builder.vertex(lines.x()[node], lines.y()[node]);
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::point);
    out.id.push_back(fmt::format("{:.3f} {:.3f}", lines.x()[node], lines.y()[node]));
    slip.push(roads.id[at[node].slip]);
    road.push(roads.id[at[node].ordinary]);
  }
  out.attributes = Table(nodes.size());
  out.attributes.add(std::move(slip));
  out.attributes.add(std::move(road));
  out.id_rank = rank_ids(out.id);
  return out;
}

}  // namespace terrein
