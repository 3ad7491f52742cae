#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "study.hpp"
#include "unit/geometry/shapes.hpp"

namespace terrein::test {

/// A town of crooked roads, some of them one-way and some apart from all others, with parcels and shops; and every cost
/// between them, by the method of Floyd and Warshall over plain lists.
class AccessWorld {
 public:
  using Table = std::vector<std::vector<double>>;
  static constexpr double never = std::numeric_limits<double>::infinity();
  static constexpr double access_mps = 5;

  Study study = Study(Layer());
  std::vector<Point> parcels, shops;
  std::vector<double> jobs;    // of shops
  std::vector<double> people;  // of parcels

  explicit AccessWorld(std::uint64_t seed, std::size_t parcel_count = 12, std::size_t shop_count = 7) {
    Random random(seed);
    build_roads(random);
    std::vector<std::string> shapes, points;
    std::vector<std::optional<double>> weights, heads;
    for (std::size_t i = 0; i < parcel_count; ++i) {
      double const x = std::round(random.in(0, 400)), y = std::round(random.in(0, 400));
      shapes.push_back(box_wkt(x, y, x + 10, y + 20));
      parcels.push_back({x + 5, y + 10});
      people.push_back(static_cast<double>(random.below(50)));
      heads.emplace_back(people.back());
    }
    for (std::size_t i = 0; i < shop_count; ++i) {
      shops.push_back({std::round(random.in(0, 400)), std::round(random.in(0, 400))});
      points.push_back(fmt::format("POINT({} {})", shops.back().x, shops.back().y));
      jobs.push_back(static_cast<double>(1 + random.below(90)));
      weights.emplace_back(jobs.back());
    }
    study.candidates.layer = layer_of(shapes);
    study.candidates.layer.attributes.add(number_column("people", heads));
    study.add("shops", points).layer.attributes.add(number_column("jobs", weights));
  }

  /// parcel → shop.
  [[nodiscard]] Table costs(TravelCost cost, TravelDirection direction) const {
    Table const between = all_pairs(cost);
    Table out(parcels.size(), std::vector<double>(shops.size(), 0));
    for (std::size_t i = 0; i < parcels.size(); ++i)
      for (std::size_t j = 0; j < shops.size(); ++j) {
        auto const [a, from] = nearest(parcels[i]);
        auto const [b, to] = nearest(shops[j]);
        double const beside = (from + to) / (cost == TravelCost::seconds ? access_mps : 1);
        if (direction != TravelDirection::from) out[i][j] += beside + between[a][b];
        if (direction != TravelDirection::to) out[i][j] += beside + between[b][a];
      }
    return out;
  }
  [[nodiscard]] CriterionSpec spec(std::string const& measure) const {
    CriterionSpec out = spec_of(measure, "shops");
    out.roads = "roads";
    out.access_kmh = 3.6 * access_mps;
    return out;
  }

 private:
  void build_roads(Random& random) {
    constexpr int side = 4;
    std::vector<std::string> lines;
    Column<double> speed;
    speed.name = "speed";
    Words direction;
    std::vector<Point> crossing;
    for (int i = 0; i < side * side; ++i)
      crossing.push_back({130.0 * (i % side) + random.in(-40, 40), 130.0 * (i / side) + random.in(-40, 40)});
    for (int i = 0; i < side * side; ++i)
      for (int const step : {1, side}) {
        if ((step == 1 && i % side == side - 1) || i + step >= side * side || random.below(4) == 0) continue;
        auto const a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(i + step);
        lines.push_back(
            fmt::format("LINESTRING({} {},{} {})", crossing[a].x, crossing[a].y, crossing[b].x, crossing[b].y));
        speed.push(18.0 * static_cast<double>(1 + random.below(4)));
        std::size_t const kind = random.below(4);
        direction.push_back(kind == 0 ? "F" : kind == 1 ? "R" : nullptr);
      }
    auto& roads = study.add("roads", lines);
    roads.layer.attributes.add(speed);
    roads.layer.attributes.add(text_column("oneway", direction));
    roads.graph = GraphOptions{};
    roads.graph->speed_field = "speed";
    roads.graph->oneway_field = "oneway";
    Issues issues;
    study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  }
  [[nodiscard]] RoadGraph const& graph() const { return study.graphs.at("roads"); }
  [[nodiscard]] Table all_pairs(TravelCost cost) const {
    std::size_t const nodes = graph().nodes();
    auto const& weight = cost == TravelCost::seconds ? graph().seconds : graph().length_m;
    Table d(nodes, std::vector<double>(nodes, never));
    for (std::size_t i = 0; i < nodes; ++i) {
      d[i][i] = 0;
      for (auto arc = graph().first_out[i]; arc < graph().first_out[i + 1]; ++arc)
        d[i][graph().head[arc]] = std::min(d[i][graph().head[arc]], weight[arc]);
    }
    for (std::size_t k = 0; k < nodes; ++k)
      for (std::size_t i = 0; i < nodes; ++i)
        for (std::size_t j = 0; j < nodes; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    return d;
  }
  [[nodiscard]] std::pair<std::size_t, double> nearest(Point from) const {
    std::pair<std::size_t, double> best{0, never};
    for (std::size_t i = 0; i < graph().nodes(); ++i) {
      double const metres = std::hypot(graph().x[i] - from.x, graph().y[i] - from.y);
      if (metres < best.second) best = {i, metres};
    }
    return best;
  }
};

inline constexpr TravelDirection all_directions[] = {TravelDirection::to, TravelDirection::from, TravelDirection::both};

}  // namespace terrein::test
