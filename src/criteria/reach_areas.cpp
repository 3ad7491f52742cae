#include "terrein/criteria/reach_areas.hpp"

#include <algorithm>
#include <cmath>

#include "criteria/network_access.hpp"
#include "criteria/reach_lines.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

constexpr double spacing_per_width = 0.2;  ///< of the points that share land out, of the width of the land

void check(ReachSpec const& spec, Inputs const& inputs) {
  for (double const number : {spec.width_m, spec.access_kmh})
    if (!(number > 0) || !std::isfinite(number))
      throw_error(ErrorKind::config, "Reach '{}' has width_m '{}' and access_kmh '{}'; give numbers above zero.",
                  spec.key, spec.width_m, spec.access_kmh);
  if (inputs.find(spec.layer) == nullptr)
    throw_error(ErrorKind::config, "Reach '{}': the study has no layer '{}'.", spec.key, spec.layer);
  if (inputs.find(spec.roads) == nullptr || inputs.graphs == nullptr || !inputs.graphs->contains(spec.roads))
    throw_error(ErrorKind::config,
                "Reach '{}' travels over layer '{}', which is not a road network. Say in the study file how its lines "
                "join.",
                spec.key, spec.roads);
}

/// By whole millimetres, so that the order of the lines does not matter.
double sum(std::vector<double> const& metres) {
  std::int64_t out = 0;
  for (double const one : metres) out += std::llround(one * 1000);
  return static_cast<double>(out) / 1000;
}

/// What the reach of one network is made of.
class Maker {
 public:
  Maker(ReachSpec const& spec, Inputs const& inputs)
      : spec_(spec), inputs_(inputs), bench_(inputs, {}), criterion_(as_criterion(spec)) {
    MeasuringLayer const& network = bench_.layer(spec.roads);
    edges_ = network_edges(network.layer, *network.graph, inputs.workers);
    Layer const& features = bench_.layer(spec.layer).layer;
    row_of_rank_.resize(features.size());
    for (Row row = 0; row < features.size(); ++row) row_of_rank_[features.id_rank[row]] = row;
    chosen_ = select(criterion_, inputs, spec.layer, spec.classes).chosen;
  }

  ReachAreas make() && {
    if (spec_.kind == ReachSpec::Kind::market_areas) {
      add_market_areas();
    } else {
      std::vector<Lines> variants{Lines::sure};
      if (bench_.has_doubtful_lines(spec_.roads)) variants.push_back(Lines::possible);
      for (Lines const lines : variants) add_isochrones(lines);
      order_by_limit();
    }
    return std::move(out_);
  }

 private:
  static CriterionSpec as_criterion(ReachSpec const& spec) {
    CriterionSpec out;
    out.key = spec.key;
    out.measure = "reach";
    out.layer = spec.layer;
    out.classes = spec.classes;
    out.roads = spec.roads;
    out.access_kmh = spec.access_kmh;
    out.access.join = spec.join;
    return out;
  }

  [[nodiscard]] StretchReach reach(Lines lines, double most) {
    bool const only_certain = lines == Lines::sure && bench_.has_doubtful_lines(spec_.roads);
    RoadGraph const& graph = bench_.graph(spec_.roads, only_certain ? Lines::sure : Lines::possible);
    Layer const& features = bench_.layer(spec_.layer).layer;
    if (spec_.join == JoinAt::centroid) {
      Attachment const sources = CentroidSearch(bench_.graph(spec_.roads, Lines::possible), {}, {}, inputs_.workers)
                                     .features_at(features, chosen_, spec_.access_kmh, inputs_.workers);
      return {graph, edges_, sources, {}, spec_.access_kmh, spec_.cost, spec_.direction, only_certain, most};
    }
    std::vector<std::uint32_t> by_id(row_of_rank_.begin(), row_of_rank_.end());
    Gates const stops = take(nearest_gates(bench_.layer(spec_.roads).layer, edges_,
                                           gate_rows(criterion_, bench_, edges_).sure, features.geometry, chosen_),
                             by_id);
    GateNetwork const met = meet_at_gates(graph, edges_, {}, stops, spec_.access_kmh);
    return {met.graph, edges_, met.features, stops, spec_.access_kmh, spec_.cost, spec_.direction, only_certain, most};
  }

  /// What land is drawn around: the parts, and then nodes that are reached although no road leads on from them.
  [[nodiscard]] ReachedLines drawn_of(StretchReach const& found, std::span<ReachedPart const> parts,
                                      double limit) const {
    ReachedLines out = lines_of(network(), edges_, parts);
    RoadGraph const& graph = bench_.graph(spec_.roads, Lines::possible);
    GeometryBuilder builder(out.lines);
    for (std::uint32_t const node : found.lone_nodes(limit, parts)) {
      builder.vertex(graph.x[node], graph.y[node]);
      builder.end_path();
      builder.end_part();
      builder.end_row(GeometryKind::point);
      out.owner.push_back(found.source_of_node(node));
      out.metres.push_back(0);
    }
    return out;
  }

  void add_isochrones(Lines lines) {
    double const most = spec_.limits.empty() ? unreachable : spec_.limits.back();
    StretchReach const found = reach(lines, most);
    for (double const limit : spec_.limits) {
      auto const parts = found.within(limit);
      ReachedLines drawn = drawn_of(found, parts, limit);
      drawn.owner.assign(drawn.owner.size(), 0);
      GeometryColumn land = corridors(drawn.lines, drawn.owner, 1, spec_.width_m, inputs_.workers);
      // Round ends are polygons: without the land of the limit before, a smaller area could stick out by a hair.
      if (limit != spec_.limits.front()) {
        append(land, take(out_.shapes, std::vector<Row>{static_cast<Row>(out_.shapes.size() - 1)}));
        land = dissolve(land);
      }
      append(out_.shapes, land);
      ReachArea area;
      area.limit = limit;
      area.certain = lines == Lines::sure;
      area.metres = sum(drawn.metres);
      out_.rows.push_back(area);
    }
  }

  /// The rows of both kinds of lines side by side.
  void order_by_limit() {
    std::vector<Row> order(out_.rows.size());
    for (Row row = 0; row < order.size(); ++row) order[row] = row;
    std::stable_sort(order.begin(), order.end(),
                     [this](Row a, Row b) { return out_.rows[a].limit < out_.rows[b].limit; });
    ReachAreas sorted;
    sorted.shapes = take(out_.shapes, order);
    for (Row const row : order) sorted.rows.push_back(out_.rows[row]);
    out_ = std::move(sorted);
  }

  void add_market_areas() {
    double const most = spec_.limits.empty() ? unreachable : spec_.limits.back();
    StretchReach const found = reach(Lines::possible, most);
    auto const parts = found.within(most);
    ReachedLines const drawn = drawn_of(found, parts, most);
    GeometryColumn const wide =
        corridors(drawn.lines, drawn.owner, row_of_rank_.size(), spec_.width_m, inputs_.workers);
    double const spacing = spacing_per_width * spec_.width_m;
    auto points = points_along(network(), edges_, found, parts, spacing);
    for (std::size_t row = parts.size(); row < drawn.owner.size(); ++row)
      points.push_back({drawn.lines.box[row].min_x, drawn.lines.box[row].min_y, drawn.owner[row]});
    GeometryColumn const shared = shared_out(wide, std::move(points), spec_.width_m + spacing);
    std::vector<std::vector<double>> metres(row_of_rank_.size());
    for (std::size_t i = 0; i < drawn.owner.size(); ++i) metres[drawn.owner[i]].push_back(drawn.metres[i]);
    std::vector<Row> there;
    for (Row rank = 0; rank < shared.size(); ++rank) {
      if (!shared.has_shape(rank)) continue;
      there.push_back(rank);
      ReachArea area;
      if (!spec_.limits.empty()) area.limit = most;
      area.source = row_of_rank_[rank];
      area.metres = sum(metres[rank]);
      area.certain = !bench_.has_doubtful_lines(spec_.roads);
      out_.rows.push_back(area);
    }
    out_.shapes = take(shared, there);
  }

  [[nodiscard]] GeometryColumn const& network() const { return bench_.layer(spec_.roads).layer.geometry; }

  ReachSpec const& spec_;
  Inputs const& inputs_;
  Workbench bench_;
  CriterionSpec criterion_;
  std::vector<NetworkEdge> edges_;
  std::vector<Row> row_of_rank_;
  std::vector<std::uint8_t> chosen_;
  ReachAreas out_;
};

}  // namespace

ReachAreas reach_areas(ReachSpec const& spec, Inputs const& inputs) {
  check(spec, inputs);
  return Maker(spec, inputs).make();
}

}  // namespace terrein
