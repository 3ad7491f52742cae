#include <cmath>
#include <queue>

#include "scene.hpp"

namespace terrein::demo {
namespace {

/// Metres of a segment inside the village cores, counted in steps.
double metres_in_core(std::vector<Ring> const& cores, Vec a, Vec b) {
  Line points;
  densify(a, b, 10, points);
  double const step = length(b - a) / static_cast<double>(points.size());
  double sum = 0;
  for (Vec const p : points) {
    Vec const middle = p + unit(b - a) * (step / 2);
    for (Ring const& core : cores) {
      if (inside(core, middle)) {
        sum += step;
        break;
      }
    }
  }
  return sum;
}

/// The fastest way from a node.
struct Journey {
  double minutes = 1e9;
  double in_core = 0;
};

/// Fastest ways from every node of the plan to the nearest slip road.
class ToRamp {
 public:
  explicit ToRamp(Scene const& scene) : scene_(scene), cores_(plan_cores()), ways_(scene.graph.nodes.size()) {
    links_.resize(scene.graph.nodes.size());
    for (std::size_t e = 0; e < scene.graph.edges.size(); ++e) {
      if (speed(e) == 0) continue;
      links_[scene.graph.edges[e].from].push_back(e);
      links_[scene.graph.edges[e].to].push_back(e);
    }
    search();
  }

  /// From the place on a road nearest to `p`.
  [[nodiscard]] double metres_in_core_from(Vec p) const {
    std::size_t best = 0;
    Vec place;
    double nearest = 1e18;
    for (std::size_t e = 0; e < scene_.graph.edges.size(); ++e) {
      if (speed(e) == 0) continue;
      Vec foot;
      double const away = distance(p, node(scene_.graph.edges[e].from), node(scene_.graph.edges[e].to), &foot);
      if (away >= nearest) continue;
      nearest = away;
      best = e;
      place = foot;
    }
    auto const& edge = scene_.graph.edges[best];
    auto const minutes = [&](std::size_t end) {
      return ways_[end].minutes + length(node(end) - place) * 0.06 / speed(best);
    };
    std::size_t const end = minutes(edge.from) <= minutes(edge.to) ? edge.from : edge.to;
    bool const there = length(node(end) - place) < 1;
    return ways_[end].in_core + (there ? 0 : demo::metres_in_core(cores_, place, node(end)));
  }

 private:
  [[nodiscard]] Vec node(std::size_t i) const { return scene_.graph.nodes[i]; }
  [[nodiscard]] double speed(std::size_t e) const {
    Chain const& chain = scene_.chains[scene_.graph.edges[e].chain];
    return drives(chain.way) ? road_class(chain).speed_kmh : 0;
  }
  void search() {
    using Step = std::pair<double, std::size_t>;
    std::priority_queue<Step, std::vector<Step>, std::greater<>> open;
    for (Ramp const& ramp : plan_ramps()) {
      std::size_t const start = scene_.graph.nearest_node(ramp.line.back());
      ways_[start] = {0, 0};
      open.emplace(0, start);
    }
    while (!open.empty()) {
      auto const [minutes, here] = open.top();
      open.pop();
      if (minutes > ways_[here].minutes) continue;
      for (std::size_t const e : links_[here]) {
        auto const& edge = scene_.graph.edges[e];
        std::size_t const there = edge.from == here ? edge.to : edge.from;
        double const later = minutes + length(node(there) - node(here)) * 0.06 / speed(e);
        if (later >= ways_[there].minutes) continue;
        ways_[there] = {later, ways_[here].in_core + demo::metres_in_core(cores_, node(here), node(there))};
        open.emplace(later, there);
      }
    }
  }

  Scene const& scene_;
  std::vector<Ring> cores_;
  std::vector<Journey> ways_;
  std::vector<std::vector<std::size_t>> links_;
};

}  // namespace

std::vector<double> village_passages(Scene const& scene) {
  ToRamp const to_ramp(scene);
  std::vector<double> out;
  for (Plot const& plot : scene.plots) {
    out.push_back(std::round(to_ramp.metres_in_core_from(centre(plot.ring)) / 10) * 10);
  }
  return out;
}

}  // namespace terrein::demo
