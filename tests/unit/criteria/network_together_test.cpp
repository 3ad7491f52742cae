// Several times by road measured in one go, against each alone and against a search by hand over the same roads.
#include <algorithm>
#include <cmath>
#include <limits>

#include "study.hpp"
#include "support/catch.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

/// Crooked roads of several speeds, a third of them one-way along or against their line, and terminals of five modes
/// (one without any). What the roads are is kept as plain lists, too.
struct Town {
  struct Street {
    std::size_t from, to;
    double seconds;
  };
  static constexpr int side = 14;
  std::vector<Point> crossing;
  std::vector<bool> in_use;
  std::vector<Street> streets;  // as they may be driven
  std::vector<Point> terminal;
  std::vector<std::string> mode;
  Study study = Study(Layer());

  explicit Town(std::uint64_t seed) {
    Random random(seed);
    for (int i = 0; i < side * side; ++i)
      crossing.push_back({100.0 * (i % side) + random.in(-30, 30), 100.0 * (i / side) + random.in(-30, 30)});
    in_use.assign(crossing.size(), false);
    build_roads(random);
    char const* const modes[] = {"rail", "barge", "sea", "air", nullptr};
    std::vector<std::string> points;
    Words words;
    for (int i = 0; i < 24; ++i) {
      terminal.push_back({random.in(-50, 1400), random.in(-50, 1400)});
      points.push_back(fmt::format("POINT({} {})", terminal.back().x, terminal.back().y));
      words.push_back(modes[random.below(4)]);
      mode.emplace_back(words.back());
    }
    study.add("terminals", points, words);
    std::vector<std::string> parcels;
    for (int i = 0; i < 120; ++i) {
      double const x = std::round(random.in(0, 1300)), y = std::round(random.in(0, 1300));
      parcels.push_back(box_wkt(x, y, x + 10, y + 20));
    }
    study.candidates.layer = layer_of(parcels);
  }

  /// Seconds from a place to the nearest terminal of a mode, 5 m/s beside the roads.
  [[nodiscard]] double seconds(Point from, std::string const& wanted) const {
    std::vector<double> at(crossing.size(), never);
    auto const [start, first] = nearest(from);
    at[start] = first / 5;
    for (bool changed = true; changed;) {  // every street again until nothing gets quicker
      changed = false;
      for (Street const& street : streets)
        if (at[street.from] + street.seconds < at[street.to]) {
          at[street.to] = at[street.from] + street.seconds;
          changed = true;
        }
    }
    double best = never;
    for (std::size_t i = 0; i < terminal.size(); ++i) {
      if (!wanted.empty() && mode[i] != wanted) continue;
      auto const [end, last] = nearest(terminal[i]);
      best = std::min(best, at[end] + last / 5);
    }
    return best;
  }

 private:
  void build_roads(Random& random) {
    std::vector<std::string> lines;
    Column<double> speed;
    speed.name = "speed";
    Words direction;
    for (int i = 0; i < side * side; ++i)
      for (int const step : {1, side}) {
        if ((step == 1 && i % side == side - 1) || i + step >= side * side || random.below(5) == 0) continue;
        auto const a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(i + step);
        double const kmh = 18.0 * static_cast<double>(1 + random.below(4));
        double const seconds = std::hypot(crossing[b].x - crossing[a].x, crossing[b].y - crossing[a].y) / (kmh / 3.6);
        std::size_t const kind = random.below(6);
        direction.push_back(kind == 0 ? "F" : kind == 1 ? "R" : nullptr);
        if (kind != 1) streets.push_back({a, b, seconds});
        if (kind != 0) streets.push_back({b, a, seconds});
        in_use[a] = in_use[b] = true;
        speed.push(kmh);
        lines.push_back(
            fmt::format("LINESTRING({} {},{} {})", crossing[a].x, crossing[a].y, crossing[b].x, crossing[b].y));
      }
    MeasuringLayer& roads = study.add("roads", lines);
    roads.layer.attributes.add(std::move(speed));
    roads.layer.attributes.add(text_column("oneway", direction));
    roads.graph = GraphOptions{};
    roads.graph->speed_field = "speed";
    roads.graph->oneway_field = "oneway";
    Issues issues;
    study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  }
  [[nodiscard]] std::pair<std::size_t, double> nearest(Point p) const {
    std::pair<std::size_t, double> best{0, never};
    for (std::size_t i = 0; i < crossing.size(); ++i)
      if (double const away = std::hypot(crossing[i].x - p.x, crossing[i].y - p.y); in_use[i] && away < best.second)
        best = {i, away};
    return best;
  }
};

CriterionSpec time_to(std::string const& key, std::vector<std::string> classes, double access_kmh) {
  CriterionSpec spec = spec_of("network_time", "terminals", std::move(classes));
  spec.key = key;
  spec.roads = "roads";
  spec.access_kmh = access_kmh;
  return spec;
}

}  // namespace

TEST_CASE("times of several modes measured together are those of each alone, and of a search by hand") {
  std::size_t reached = 0, never_reached = 0;
  for (std::uint64_t const seed : {71U, 72U, 73U}) {
    Town town(seed);
    std::vector<CriterionSpec> specs;
    for (char const* mode : {"rail", "barge", "sea", "air", "space"}) specs.push_back(time_to(mode, {mode}, 18));
    specs.push_back(time_to("any", {}, 18));
    specs.push_back(time_to("walked", {"rail"}, 4));  // the same class at another speed
    specs[1].per = 60;                                // shared work is divided for this one alone
    for (unsigned const workers : {1U, 2U, 7U}) {
      town.study.workers = workers;
      auto const together = measure_all(specs, town.study.inputs());
      REQUIRE(together.size() == specs.size());
      for (std::size_t k = 0; k < specs.size(); ++k) {
        Measure const alone = town.study.measure(specs[k]);
        for (std::size_t row = 0; row < town.study.candidates.layer.size(); ++row)
          REQUIRE(dump(together[k], town.study, row) == dump(alone, town.study, row));
      }
      if (workers > 1) continue;
      for (std::size_t k = 0; k < 6; ++k)
        for (std::size_t row = 0; row < town.study.candidates.layer.size(); ++row) {
          Box const& box = town.study.candidates.layer.geometry.box[row];
          double const expected = town.seconds(box.centre(), specs[k].classes.empty() ? "" : specs[k].classes[0]);
          REQUIRE(together[k].is_known(row) == std::isfinite(expected));
          if (std::isfinite(expected)) {
            // Sums of some thirty times, each rounded once.
            REQUIRE(together[k].value.values[row] * specs[k].per == Approx(expected).epsilon(1e-13));
            ++reached;
          } else {
            ++never_reached;
          }
        }
    }
  }
  CHECK(reached > 1000);
  CHECK(never_reached >= 360);  // no terminal is of the mode "space"
}
