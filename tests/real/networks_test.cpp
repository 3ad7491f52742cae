// Shortest ways in real networks against lengths that others computed (see the notes beside the samples).
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numbers>
#include <set>
#include <sstream>

#include "support/catch.hpp"
#include "support/certificate.hpp"
#include "support/support.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/osm.hpp"
#include "terrein/io/read_layer.hpp"
#include "terrein/network/inspect.hpp"

using namespace terrein;
using namespace terrein::test;

namespace fs = std::filesystem;

namespace {

/// The rows of a sample, cells by the names of its columns.
std::vector<std::map<std::string, std::string>> sample(fs::path const& file) {
  std::istringstream rows(read_file(file));
  std::string line;
  std::getline(rows, line);
  auto const names = split(trim(line), ',');
  std::vector<std::map<std::string, std::string>> out;
  while (std::getline(rows, line)) {
    auto const cells = split(trim(line), ',');
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (i == 0) out.emplace_back();
      out.back()[names[i]] = cells.at(i);
    }
  }
  return out;
}

Layer read(fs::path const& file, std::string const& layer, std::vector<std::string> const& fields,
           std::string const& where = {}) {
  ReadOptions options;
  options.name = options.layer = layer;
  options.path = file.string();
  options.fields = fields;
  options.where = where;
  Issues issues;
  return read_layer(options, issues).layer;
}

/// OSM counts degrees in ten millionths; readers differ in the last bits.
std::pair<long long, long long> place(double x, double y) { return {std::llround(x * 1e7), std::llround(y * 1e7)}; }

/// The nodes of a graph by the place where they lie.
std::map<std::pair<long long, long long>, std::uint32_t> nodes_by_place(RoadGraph const& graph) {
  std::map<std::pair<long long, long long>, std::uint32_t> out;
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) out[place(graph.x[node], graph.y[node])] = node;
  return out;
}

/// The graph with lengths for times, so that the shortest way is the quickest.
RoadGraph by_length(RoadGraph graph) {
  graph.seconds = graph.length_m;
  return graph;
}

RoadGraph graph_of_vertices(Layer const& roads, std::string const& oneway) {
  GraphOptions options;
  options.connect = Connect::vertices;
  options.lengths = Lengths::geodesic;
  options.oneway_field = oneway;
  Issues issues;
  RoadGraph const graph = by_length(build_road_graph(roads, options, issues, 2));
  verify(graph);
  CHECK(issues.size() == 0);
  return graph;
}

/// Length of the shortest way, -1 where there is none; the search proves itself.
double way_m(RoadGraph const& graph, std::uint32_t from, std::uint32_t to) {
  std::vector<Start> const starts{{from, 0, 0}};
  Reached const found = shortest_seconds(graph, starts);
  CHECK(fault_of(graph, starts, found).empty());
  return found.source[to] == no_row ? -1 : found.seconds[to];
}

std::string value(Layer const& layer, std::string const& field, Row row) {
  return text_at(*layer.attributes.find(field), row).value_or("");
}

/// Directions as drivers know them: motorways and roundabouts without a tag are one-way.
void add_direction(Layer& roads) {
  TextColumn direction("direction");
  for (Row row = 0; row < roads.size(); ++row) {
    std::string const tag = value(roads, "oneway", row);
    bool const implied = value(roads, "highway", row) == "motorway" || value(roads, "junction", row) == "roundabout";
    direction.push(tag.empty() && implied ? "yes" : tag);
  }
  roads.attributes.add(std::move(direction));
}

/// Every node of an OSM file, whether tagged or not, by its number.
std::map<std::string, Point> osm_nodes(fs::path const& file) {
  TempDir const dir;
  write_file(dir.path() / "all.ini", "report_all_nodes=yes\n[points]\nosm_id=yes\nattributes=name\n");
  use_osm_config(dir.path() / "all.ini");
  Layer const points = read(file, "points", {"osm_id"});
  std::map<std::string, Point> out;
  for (Row row = 0; row < points.size(); ++row) {
    auto const xy = points.geometry.path(points.geometry.first_path(row));
    out[value(points, "osm_id", row)] = {xy[0], xy[1]};
  }
  use_osm_config(fs::path(TERREIN_SOURCE_DIR) / "datasets/osm/osmconf.ini");
  return out;
}

/// A place on an arc, as the share of it that lies behind.
struct OnArc {
  std::uint32_t tail, arc;
  double share;
};

/// The arcs that lie nearest to a place: both directions of a two-way road.
std::vector<OnArc> snapped(RoadGraph const& graph, double lon, double lat) {
  double const squeeze = std::cos(lat / 180 * std::numbers::pi);  // a degree of longitude is that much shorter
  std::vector<OnArc> out;
  double best = unreachable;
  for (std::uint32_t tail = 0; tail < graph.nodes(); ++tail)
    for (auto arc = graph.first_out[tail]; arc < graph.first_out[tail + 1]; ++arc) {
      auto const head = graph.head[arc];
      double const dx = (graph.x[head] - graph.x[tail]) * squeeze, dy = graph.y[head] - graph.y[tail];
      double const px = (lon - graph.x[tail]) * squeeze, py = lat - graph.y[tail];
      double const share = std::clamp((px * dx + py * dy) / (dx * dx + dy * dy), 0.0, 1.0);
      double const apart = std::hypot(px - share * dx, py - share * dy);
      if (apart < best * (1 - 1e-9)) out.clear();
      if (apart <= best * (1 + 1e-9)) out.push_back({tail, arc, share});
      best = std::min(best, apart);
    }
  return out;
}

/// Length of the shortest way from somewhere on an arc to somewhere on another, or further along the same.
double way_m(RoadGraph const& graph, std::vector<OnArc> const& from, std::vector<OnArc> const& to) {
  std::vector<Start> starts;
  for (OnArc const& at : from) starts.push_back({graph.head[at.arc], (1 - at.share) * graph.length_m[at.arc], 0});
  Reached const found = shortest_seconds(graph, starts);
  CHECK(fault_of(graph, starts, found).empty());
  double best = unreachable;
  for (OnArc const& end : to) {
    best = std::min(best, found.seconds[end.tail] + end.share * graph.length_m[end.arc]);
    for (OnArc const& at : from)
      if (at.arc == end.arc && at.share <= end.share)
        best = std::min(best, (end.share - at.share) * graph.length_m[at.arc]);
  }
  return best;
}

}  // namespace

TEST_CASE("Ways in the network of Puurs are as long as an independent search says", "[real]") {
  auto const file = shared("data/osm/puurs-bornem-willebroek.osm.pbf");
  auto const expected = shared("data/routing/puurs_expected_sample.csv");
  if (file.empty() || expected.empty()) return;
  auto const nodes = osm_nodes(file);
  Layer roads = read(file, "lines", {"highway", "oneway", "junction", "area"},
                     "highway in ('motorway', 'motorway_link', 'trunk', 'trunk_link', 'primary', 'primary_link', "
                     "'secondary', 'secondary_link', 'tertiary', 'tertiary_link', 'unclassified', 'residential', "
                     "'living_street', 'service', 'road')");
  add_direction(roads);
  RoadGraph const both = graph_of_vertices(roads, ""), directed = graph_of_vertices(roads, "direction");
  auto const at = nodes_by_place(both);
  REQUIRE(nodes.size() == 121633);
  auto const node = [&](std::string const& id) { return at.at(place(nodes.at(id).x, nodes.at(id).y)); };
  int pairs = 0;
  for (auto const& row : sample(expected)) {
    auto const from = node(row.at("source_osm_node")), to = node(row.at("target_osm_node"));
    INFO(row.at("source_osm_node") << " to " << row.at("target_osm_node"));
    // The sample has millimetres.
    CHECK(way_m(both, from, to) == Approx(std::stod(row.at("undirected_length_m"))).margin(0.00051).epsilon(0));
    CHECK(way_m(directed, from, to) == Approx(std::stod(row.at("directed_length_m"))).margin(0.00051).epsilon(0));
    ++pairs;
  }
  CHECK(pairs == 30);
}

TEST_CASE("Ways by road, rail and water between zones of Belgium are as long as an independent search says", "[real]") {
  auto const file = shared("data/multimodal/nodus_belgium_multimodal.gpkg");
  auto const expected = shared("data/routing/nodus_expected_lengths_sample.csv");
  if (file.empty() || expected.empty()) return;
  GraphOptions options;
  options.connect = Connect::node_ids;
  options.lengths = Lengths::geodesic;
  options.from_field = "NODE1";
  options.to_field = "NODE2";
  int pairs = 0;
  for (std::string const mode : {"road", "rail", "iww"}) {
    Layer links = read(file, mode + "_polylines", {"NODE1", "NODE2"});
    Layer const connectors = read(file, mode + "_con", {"NODE1", "NODE2"});
    // Links and connectors are one network.
    append(links.geometry, connectors.geometry);
    links.id.insert(links.id.end(), connectors.id.begin(), connectors.id.end());
    Table both(links.size());
    std::map<std::string, std::uint32_t> number;  // of a node, in the order of first mention
    Column<std::int64_t> from, to;
    from.name = "NODE1";
    to.name = "NODE2";
    for (Row row = 0; row < links.size(); ++row) {
      bool const link = row < links.attributes.rows();
      Layer const& of = link ? links : connectors;
      Row const at = link ? row : row - static_cast<Row>(links.attributes.rows());
      std::string const a = value(of, "NODE1", at), b = value(of, "NODE2", at);
      number.try_emplace(a, static_cast<std::uint32_t>(number.size()));
      number.try_emplace(b, static_cast<std::uint32_t>(number.size()));
      from.push(std::stoll(a));
      to.push(std::stoll(b));
    }
    both.add(std::move(from));
    both.add(std::move(to));
    links.attributes = std::move(both);
    Issues issues;
    RoadGraph const graph = by_length(build_road_graph(links, options, issues, 2));
    verify(graph);
    CHECK(issues.size() == 0);
    REQUIRE(graph.nodes() == number.size());
    for (auto const& row : sample(expected)) {
      if (row.at("mode") != mode) continue;
      INFO(mode << " " << row.at("source") << " to " << row.at("target"));
      bool const there = number.contains(row.at("source")) && number.contains(row.at("target"));
      double const found = there ? way_m(graph, number.at(row.at("source")), number.at(row.at("target"))) : -1;
      CHECK(found == Approx(std::stod(row.at("length_m"))).margin(0.00051).epsilon(0));
      ++pairs;
    }
  }
  CHECK(pairs == 24);
}

TEST_CASE("Ways by car through Monaco are as long as another engine says, to one per cent", "[real]") {
  auto const file = shared("data/routing/monaco.osm.gz"), expected = shared("data/routing/monaco_expected_car.csv");
  if (file.empty() || expected.empty()) return;
  TempDir const dir;
  auto const plain = dir.path() / "monaco.osm";
  write_file(plain, run("gzip -dc '" + file.string() + "'").out);
  use_osm_config(fs::path(TERREIN_SOURCE_DIR) / "datasets/osm/osmconf.ini");
  Layer roads = read(plain, "lines", {"highway", "oneway", "junction"},
                     "highway in ('motorway', 'motorway_link', 'trunk', 'trunk_link', 'primary', 'primary_link', "
                     "'secondary', 'secondary_link', 'tertiary', 'tertiary_link', 'unclassified', 'residential', "
                     "'living_street', 'service', 'road', 'track')");
  add_direction(roads);
  RoadGraph const graph = graph_of_vertices(roads, "direction");
  int pairs = 0;
  for (auto const& row : sample(expected)) {
    auto const at = [&](char const* name) { return std::stod(row.at(name)); };
    INFO("pair " << pairs);
    CHECK(way_m(graph, snapped(graph, at("from_lon"), at("from_lat")), snapped(graph, at("to_lon"), at("to_lat"))) ==
          Approx(at("expected_distance_m")).epsilon(0.01));
    ++pairs;
  }
  CHECK(pairs == 7);
}

TEST_CASE("The parts of the network of Puurs are those that a script of other make counts", "[real]") {
  auto const file = shared("data/osm/puurs-bornem-willebroek.osm.pbf");
  if (file.empty()) return;
  use_osm_config(fs::path(TERREIN_SOURCE_DIR) / "datasets/osm/osmconf.ini");
  Layer const roads = read(file, "lines", {"highway", "oneway"},
                           "highway in ('motorway', 'motorway_link', 'trunk', 'trunk_link', 'primary', 'primary_link', "
                           "'secondary', 'secondary_link', 'tertiary', 'tertiary_link', 'unclassified', 'residential', "
                           "'living_street', 'service', 'road')");
  GraphOptions options;
  options.connect = Connect::vertices;
  options.oneway_field = "oneway";
  options.tolerance_m = 1e-9;  // of a degree
  NetworkReport const report = inspect_network(roads, options, 2);
  auto const nodes = [&](double share) { return std::llround(share * static_cast<double>(report.nodes)); };
  // Union-find and Kosaraju's search in Python, over the ways as osmium prints them.
  CHECK(nodes(report.joined.share_nodes) == 11390);
  CHECK(nodes(report.mutual.share_nodes) == 11285);
  CHECK(report.counts().at("island") + 1 == report.joined.count);
  CHECK(report.counts().at("one_way_part") + report.joined.count == report.mutual.count);
}
