#include "freight.hpp"

namespace terrein::demo {
namespace {

constexpr char const* canal_name = "Kanaal Kanaalveld (fictief)";

/// What a waterway lets through.
struct Passage {
  char const* cemt;
  double draught_m, air_draught_m;
  int speed_kmh;
};
constexpr Passage class_2{"II", 1.9, 4.0, 8};
constexpr Passage class_4{"IV", 2.5, 5.25, 10};
constexpr Passage class_5{"Va", 2.8, 7.0, 12};

/// To the sea there are two ways: the short one past an old lock of class II, and a long one by the east that is of
/// class IV at least.
LayerMaker make_canals(Scene const& scene) {
  LayerMaker out("canals", "Kanalen (fictief)", "Axes of waterways between numbered nodes, and what they let through.",
                 ShapeType::line);
  std::int64_t id = 0;
  auto add = [&](Line const& line, char const* name, Passage const& passage, int from, int to) {
    out.line(line);
    out.whole("id", ++id).text("name", name).text("cemt", passage.cemt).number("draught_m", passage.draught_m);
    out.number("air_draught_m", passage.air_draught_m).whole("speed_kmh", passage.speed_kmh);
    out.whole("from_node", from).whole("to_node", to);
  };
  Line const drawn = scene.warp.line(canal_axis());
  Vec const old_lock{96000, 197000};
  Vec const fork{128000, 200000};
  add(drawn, canal_name, class_4, 1, 2);
  add({drawn.front(), {102000, 195500}, old_lock}, "Oud Sas (fictief)", class_2, 1, 3);
  add({old_lock, {100000, 210000}, {92000, 222000}, {74000, 226000}, {62000, 236000}, sea_port},
      "Zeevaart west (fictief)", class_4, 3, 4);
  add({drawn.back(), fork}, canal_name, class_4, 2, 5);
  add({fork, {126000, 222000}, {104000, 236000}, {80000, 243000}, sea_port}, "Zeevaart noord (fictief)", class_5, 5, 4);
  add({fork, {150000, 203000}, hinterland_quay}, "Oostkanaal (fictief)", class_4, 5, 6);
  return out;
}

/// The line of the map with a node where the siding leaves it. The last stretch to the east has no wires.
LayerMaker make_train_lines(Scene const& scene) {
  LayerMaker out("train_lines", "Spoornet (fictief)", "Railways for goods trains between numbered nodes.",
                 ShapeType::line);
  std::int64_t id = 0;
  auto add = [&](Line const& line, char const* name, bool electrified, char const* track, int from, int to) {
    out.line(line);
    bool const siding = std::string_view(track) == "siding";
    out.whole("id", ++id).text("name", name).text("electrified", electrified ? "yes" : "no").text("track", track);
    out.whole("speed_kmh", siding ? 20 : 60).whole("from_node", from).whole("to_node", to);
  };
  char const* const name = "Lijn 999 (fictief)";
  Line const siding = siding_axis();
  Line west;
  Line east;
  for (Vec const v : rail_axis()) (v.x < siding.front().x ? west : east).push_back(v);
  west.push_back(siding.front());
  east.insert(east.begin(), siding.front());
  Line const to_west = scene.warp.line(west);
  Line const to_east = scene.warp.line(east);
  Vec const last_wire{145000, 186000};
  add(to_west, name, true, "main", 1, 2);
  add(to_east, name, true, "main", 2, 3);
  add(scene.warp.line(siding), "Havenspoor (fictief)", false, "siding", 2, 4);
  add({to_west.front(), {90000, 186000}, {66000, 212000}, {60000, 230000}, sea_port}, name, true, "main", 1, 5);
  add({to_east.back(), last_wire}, name, true, "main", 3, 6);
  add({last_wire, hinterland_yard}, name, false, "main", 6, 7);
  return out;
}

LayerMaker make_ports() {
  LayerMaker out("ports", "Zeehaven en achterland (fictief)", "Where freight goes, in tonnes a year.",
                 ShapeType::point);
  out.point(sea_port);
  out.text("id", "ZEE").text("name", "Zeehaven Noord (fictief)").text("kind", "zeehaven").number("tonnes", 900000);
  out.point(hinterland);
  out.text("id", "OOST").text("name", "Achterland Oost (fictief)").text("kind", "achterland").number("tonnes", 300000);
  return out;
}

struct Terminal {
  char const* id;
  char const* name;
  char const* modes;
  std::optional<std::int64_t> capacity_teu;  ///< a year
  std::optional<std::string_view> opening_hours;
  std::optional<std::int64_t> track_m{};  ///< that a train can stand on
  char const* coord_quality = "exact";
};

void add(LayerMaker& out, Vec at, Terminal const& terminal) {
  out.point(at);
  out.text("id", terminal.id).text("name", terminal.name).text("modes", terminal.modes);
  out.whole("capacity_teu", terminal.capacity_teu).text("opening_hours", terminal.opening_hours);
  out.whole("track_m", terminal.track_m);
  out.text("coord_quality", terminal.coord_quality);
}

LayerMaker make_freight_terminals(Scene const& scene) {
  LayerMaker out("freight_terminals", "Overslag (fictief)", "Fictional terminals; one has an approximate position.",
                 ShapeType::point);
  add(out, scene.warp({4085, 3690}),
      {"KANAALVELD", "Kaai Kanaalveld (fictief)", "road;barge", 40000, "Mo-Fr 06:00-20:00"});
  add(out, scene.warp({1905, 3890}), {"WEST", "Kaai West (fictief)", "road;barge", 8000, "Mo-Fr 07:00-18:00"});
  add(out, scene.warp({4860, 2735}),
      {"SPOOR", "Spoorterminal Kanaalveld (fictief)", "road;rail", 30000, "Mo-Sa 05:00-22:00", 650});
  add(out, scene.warp({6100, 3600}),
      {"OEVERZELE", "Kaai Oeverzele (fictief)", "road;barge", {}, {}, {}, "approx +-1 km, fictional"});
  add(out, hinterland_quay, {"OOSTKAAI", "Binnenhaven Oost (fictief)", "road;barge", 60000, "Mo-Fr 06:00-20:00"});
  add(out, hinterland_yard,
      {"OOSTSPOOR", "Spoorterminal Oost (fictief)", "road;rail", 50000, "Mo-Su 00:00-24:00", 750});
  return out;
}

/// What firms told they moved over water. No row, or no number: not known.
LayerMaker make_water_use() {
  LayerMaker out("water_use", "Gebruik van het water (fictief)", "Tonnes over water by parcel and year.",
                 ShapeType::none);
  auto told = [&](char const* capakey, std::optional<double> tonnes, int year) {
    out.no_shape();
    out.text("capakey", capakey).number("tonnes", tonnes).whole("year", year);
  };
  told("98102E0132/00B000", 412000, 2025);  // the terminal
  told("98102E0133/00A000", 88000, 2024);
  told("98102E0133/00A000", 96000, 2025);
  told("98102E0129/00A000", 31000, 2022);  // moved to the road since
  told("98102E0129/00A000", 0, 2025);
  told("98101A0088/00B000", {}, 2025);  // asked, did not answer
  return out;
}

/// The large plots along the water are for sale.
LayerMaker make_water_offer(Scene const& scene) {
  LayerMaker out("water_offer", "Aanbod aan het water (fictief)", "Plots along the water that are to be had.",
                 ShapeType::polygon);
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    if (!scene.planted[i].ends_with("quay_plot")) continue;
    out.polygon(scene.ring[i]);
    out.text("capakey", scene.capakey[i]);
  }
  return out;
}

/// With the fields of `roads`: from Westdreef over the canal to Noordstraat.
LayerMaker make_bridge_plan(Scene const& scene) {
  LayerMaker out("bridge_plan", "Geplande brug (fictief)", "A road over the canal, to try in a what-if.",
                 ShapeType::line);
  auto const node = [&](Vec at) { return static_cast<std::int64_t>(scene.graph.nearest_node(at)); };
  std::int64_t const south = node({1050, 3715});
  std::int64_t const north = node({900, 4450});
  auto const at = [&](std::int64_t i) { return scene.graph.nodes[static_cast<std::size_t>(i)]; };
  out.line(scene.warp.line({at(south), {1070, 3960}, {1040, 4150}, at(north)}));
  out.whole("id", 9001).text("name", "Westbrug (fictief)").text("class", "lokale weg").whole("speed_kmh", 50);
  out.text("oneway", "no").whole("from_node", south + 1).whole("to_node", north + 1);
  return out;
}

/// With the fields of `freight_terminals`: on the north bank, beside the bridge of Stationssteenweg.
LayerMaker make_terminal_plan(Scene const& scene) {
  LayerMaker out("terminal_plan", "Geplande overslag (fictief)", "A terminal to try in a what-if.", ShapeType::point);
  add(out, scene.warp({2990, 3860}), {"NOORD", "Kaai Noord (fictief)", "road;barge", 15000, "Mo-Fr 06:00-20:00"});
  return out;
}

}  // namespace

Line motorway_to_sea() { return {{98000, 180000}, {78000, 186000}, {62000, 204000}, {50000, 222000}, sea_ramp}; }
Line motorway_to_hinterland() { return {{134000, 184000}, {150000, 188000}, {164000, 192000}, hinterland_ramp}; }

void add_freight(Scene const& scene, std::vector<LayerMaker>& out) {
  out.push_back(make_canals(scene));
  out.push_back(make_train_lines(scene));
  out.push_back(make_ports());
  out.push_back(make_freight_terminals(scene));
  out.push_back(make_water_use());
  out.push_back(make_water_offer(scene));
  out.push_back(make_bridge_plan(scene));
  out.push_back(make_terminal_plan(scene));
}

}  // namespace terrein::demo
