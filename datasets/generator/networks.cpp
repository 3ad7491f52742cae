#include <algorithm>
#include <cmath>
#include <map>

#include "freight.hpp"
#include "scene.hpp"

namespace terrein::demo {
namespace {

constexpr double longest_segment = 300;  // metres: the way from a parcel to its road stays short
constexpr double carriageway = 9;        // metres from the axis of the motorway

class Roads {
 public:
  explicit Roads(Scene const& scene)
      : scene_(scene),
        layer_("roads", "Wegen (fictief)", "Road segments between numbered nodes; speeds of a truck.",
               ShapeType::line) {}

  LayerMaker take() {
    ordinary();
    motorway();
    beyond();
    return std::move(layer_);
  }

 private:
  void add(Line const& map, std::string_view name, RoadClass road, std::int64_t from, std::int64_t to, bool oneway) {
    layer_.line(map);
    layer_.whole("id", ++id_).text("name", name.empty() ? std::nullopt : std::optional(name)).text("class", road.name);
    layer_.whole("speed_kmh", road.speed_kmh).text("oneway", oneway ? "F" : "no");
    layer_.whole("from_node", from).whole("to_node", to);
  }
  /// Segments longer than 300 m are parted, so that there is a node near every parcel.
  void parted(Line const& plan, std::string const& name, RoadClass road, std::int64_t from, std::int64_t to) {
    Line points;
    for (std::size_t i = 0; i + 1 < plan.size(); ++i) densify(plan[i], plan[i + 1], longest_segment, points);
    points.push_back(plan.back());
    std::int64_t at = from;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      std::int64_t const next = i + 2 == points.size() ? to : ++extra_node_;
      add(scene_.warp.line({points[i], points[i + 1]}), name, road, at, next, false);
      at = next;
    }
  }
  void ordinary();
  void motorway();
  void beyond();
  void slip_road(Ramp const& ramp, Vec lane, std::int64_t lane_node);
  void carriageway_of(bool eastbound, std::int64_t west_end, std::int64_t east_end);

  Scene const& scene_;
  LayerMaker layer_;
  std::int64_t id_ = 0;
  std::int64_t extra_node_ = 10000;
};

/// Roads that end at the canal stop at its bank.
void stop_at_water(Scene const& scene, Arrangement::Edge const& edge, Vec& a, Vec& b) {
  auto const& graph = scene.graph;
  auto loose = [&](std::size_t node) {
    int roads = 0;
    int water = 0;
    for (auto const& other : graph.edges) {
      if (other.from != node && other.to != node) continue;
      Way const way = scene.chains[other.chain].way;
      if (drives(way)) ++roads;
      if (way == Way::canal) ++water;
    }
    return roads == 1 && water > 0;
  };
  Vec const back = unit(b - a) * 30;
  if (loose(edge.from)) a = a + back;
  if (loose(edge.to)) b = b - back;
}

void Roads::ordinary() {
  for (auto const& edge : scene_.graph.edges) {
    Chain const& chain = scene_.chains[edge.chain];
    if (!drives(chain.way)) continue;
    Vec a = scene_.graph.nodes[edge.from];
    Vec b = scene_.graph.nodes[edge.to];
    stop_at_water(scene_, edge, a, b);
    parted({a, b}, chain.name, road_class(chain), static_cast<std::int64_t>(edge.from) + 1,
           static_cast<std::int64_t>(edge.to) + 1);
  }
}

/// The axis with a vertex where each slip road begins.
Line axis_with_ramps(std::vector<Ramp> const& ramps) {
  Line axis = motorway_axis();
  for (Ramp const& ramp : ramps) {
    for (std::size_t i = 0; i + 1 < axis.size(); ++i) {
      Vec foot;
      if (distance(ramp.line.front(), axis[i], axis[i + 1], &foot) > 30) continue;
      bool const there = std::any_of(axis.begin(), axis.end(), [&](Vec v) { return length(v - foot) < 1; });
      if (!there) axis.insert(axis.begin() + static_cast<std::ptrdiff_t>(i) + 1, foot);
      break;
    }
  }
  return axis;
}

/// From a place on the carriageway to the ordinary road, or the other way round.
void Roads::slip_road(Ramp const& ramp, Vec lane, std::int64_t lane_node) {
  Line slip = ramp.line;
  slip.front() = lane;
  std::size_t const end = scene_.graph.nearest_node(slip.back());
  slip.back() = scene_.graph.nodes[end];
  auto const road_node = static_cast<std::int64_t>(end) + 1;
  if (!ramp.leaves) std::reverse(slip.begin(), slip.end());
  add(scene_.warp.line(slip), "", {"op- en afrit", 50}, ramp.leaves ? lane_node : road_node,
      ramp.leaves ? road_node : lane_node, true);
}

void Roads::carriageway_of(bool eastbound, std::int64_t west_end, std::int64_t east_end) {
  std::vector<Ramp> const ramps = plan_ramps();
  Line const axis = axis_with_ramps(ramps);
  Line const lane = moved(axis, eastbound ? -carriageway : carriageway);
  std::vector<std::size_t> stops{0};
  std::vector<std::int64_t> nodes{west_end};
  for (std::size_t i = 1; i + 1 < lane.size(); ++i) {
    std::int64_t const here = west_end + static_cast<std::int64_t>(i);
    bool stop = false;
    for (Ramp const& ramp : ramps) {
      if (ramp.eastbound != eastbound || length(ramp.line.front() - axis[i]) > 30) continue;
      slip_road(ramp, lane[i], here);
      stop = true;
    }
    if (!stop) continue;
    stops.push_back(i);
    nodes.push_back(here);
  }
  stops.push_back(lane.size() - 1);
  nodes.push_back(east_end);
  for (std::size_t s = 0; s + 1 < stops.size(); ++s) {
    auto const at = [&](std::size_t stop) { return lane.begin() + static_cast<std::ptrdiff_t>(stops[stop]); };
    Line piece(at(s), at(s + 1) + 1);
    if (!eastbound) std::reverse(piece.begin(), piece.end());
    add(scene_.warp.line(piece), "E99", {"autosnelweg", 90}, nodes[eastbound ? s : s + 1], nodes[eastbound ? s + 1 : s],
        true);
  }
}

/// Two carriageways with their slip roads. At the edges of the map they join, as they would at the next junction.
void Roads::motorway() {
  carriageway_of(true, 20000, 20999);
  carriageway_of(false, 30000, 30999);
  Line const axis = motorway_axis();
  Line const east = moved(axis, -carriageway);
  Line const west = moved(axis, carriageway);
  add(scene_.warp.line({west.front(), east.front()}), "", {"op- en afrit", 50}, 30000, 20000, false);
  add(scene_.warp.line({east.back(), west.back()}), "", {"op- en afrit", 50}, 20999, 30999, false);
}

/// A carriageway from the edge of the map to a place beyond, in the direction of the axis or against it.
Line carriageway_beyond(Vec edge, Line axis, bool away) {
  axis.insert(axis.begin(), edge);
  Vec const place = axis.back();
  Line lane = moved(axis, away ? -carriageway : carriageway);
  for (Vec& v : lane) v = {std::round(v.x * 100) / 100, std::round(v.y * 100) / 100};
  lane.front() = edge;
  lane.back() = place;
  if (!away) std::reverse(lane.begin(), lane.end());
  return lane;
}

/// The motorway goes on to the sea and to the hinterland, with the roads that lead from there to port and terminals.
void Roads::beyond() {
  Line const axis = motorway_axis();
  auto const edge = [&](bool eastbound, bool west) {
    Line const lane = moved(axis, eastbound ? -carriageway : carriageway);
    return scene_.warp(west ? lane.front() : lane.back());
  };
  RoadClass const fast{"autosnelweg", 80};
  RoadClass const main_road{"gewestweg", 60};
  add(carriageway_beyond(edge(false, true), motorway_to_sea(), true), "E99", fast, 30000, 40000, true);
  add(carriageway_beyond(edge(true, true), motorway_to_sea(), false), "E99", fast, 40000, 20000, true);
  add(carriageway_beyond(edge(true, false), motorway_to_hinterland(), true), "E99", fast, 20999, 41000, true);
  add(carriageway_beyond(edge(false, false), motorway_to_hinterland(), false), "E99", fast, 41000, 30999, true);
  add({sea_ramp, sea_port}, "Zeehavenweg", main_road, 40000, 40001, false);
  add({hinterland_ramp, hinterland}, "Oostersteenweg", main_road, 41000, 41001, false);
  add({hinterland, hinterland_quay}, "Oosterkaai", main_road, 41001, 41002, false);
  add({hinterland_ramp, hinterland_yard}, "Spoorlaan Oost", main_road, 41000, 41003, false);
}

LayerMaker make_ramps(Scene const& scene) {
  LayerMaker out("ramps", "Op- en afritten (fictief)", "Ends of slip roads on the ordinary road.", ShapeType::point);
  std::map<std::size_t, int> seen;
  for (Ramp const& ramp : plan_ramps()) {
    std::size_t const node = scene.graph.nearest_node(ramp.line.back());
    if (seen[node]++ > 0) continue;
    out.point(scene.warp(scene.graph.nodes[node]));
    out.text("name", ramp.line.back().x < 3000 ? "Kanaalveld-West" : "Kanaalveld-Oost").text("road", "E99 (fictief)");
  }
  return out;
}

LayerMaker make_rail(Scene const& scene) {
  LayerMaker out("rail", "Spoor (fictief)", "Railway lines.", ShapeType::line);
  out.line(scene.warp.line(rail_axis()));
  out.text("name", "Lijn 999 (fictief)").text("usage", "hoofdspoor");
  return out;
}

LayerMaker make_sidings(Scene const& scene) {
  LayerMaker out("sidings", "Spooraansluitingen (fictief)", "Private sidings.", ShapeType::line);
  out.line(scene.warp.line(siding_axis()));
  out.text("name", "Havenspoor (fictief)").text("state", "in dienst");
  return out;
}

LayerMaker make_waterways(Scene const& scene) {
  LayerMaker out("waterways", "Waterlopen (fictief)", "Water between its banks; CEMT class of navigable water.",
                 ShapeType::polygon);
  out.polygon(scene.warp.ring(strip(canal_axis(), 25)));
  out.text("name", "Kanaal Kanaalveld (fictief)").text("cemt", "IV");
  out.polygon(scene.warp.ring(strip(brook_axis(), 2.5)));
  out.text("name", "Molenbeek (fictief)").text("cemt", "onbevaarbaar");
  return out;
}

}  // namespace

RoadClass road_class(Chain const& chain) {
  bool const through = chain.name == "Westdreef" || chain.name == "Kanaalstraat";
  switch (chain.way) {
    case Way::main_road:
      return {"gewestweg", 60};
    case Way::local_road:
      return through ? RoadClass{"lokale weg", 50} : RoadClass{"landelijke weg", 30};
    case Way::street:
      return {"straat", 30};
    default:
      return chain.name == "Kapelweg" ? RoadClass{"kerkweg", 3} : RoadClass{"veldweg", 12};
  }
}

bool drives(Way way) {
  return way == Way::main_road || way == Way::local_road || way == Way::street || way == Way::track;
}

void add_networks(Scene const& scene, std::vector<LayerMaker>& out) {
  out.push_back(Roads(scene).take());
  out.push_back(make_ramps(scene));
  out.push_back(make_rail(scene));
  out.push_back(make_sidings(scene));
  out.push_back(make_waterways(scene));
}

}  // namespace terrein::demo
