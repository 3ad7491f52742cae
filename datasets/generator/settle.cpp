#include "settle.hpp"
#include "random.hpp"

namespace terrein::demo {
namespace {

constexpr double farm_share = 0.28;    // of the fields on a road that are the size of a farmyard with its orchard
constexpr double ribbon_share = 0.09;  // of the other fields on a road

/// The longest edge of a plot that lies on a road, land on the left.
struct RoadEdge {
  Vec a, b;
  bool found = false;
};

bool road(Way way) {
  return way == Way::main_road || way == Way::local_road || way == Way::street || way == Way::track;
}

RoadEdge road_edge(Ring const& ring, Land const& land) {
  RoadEdge best;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Vec const u = ring[i];
    Vec const v = ring[(i + 1) % ring.size()];
    if (length(v - u) < 40 || (best.found && length(v - u) <= length(best.b - best.a))) continue;
    for (std::size_t side = 0; side < land.ring.size(); ++side) {
      Vec const from = land.ring[side];
      Vec const to = land.ring[(side + 1) % land.ring.size()];
      bool const on = distance(u, from, to) < 0.01 && distance(v, from, to) < 0.01;
      if (on && road(land.ways[side])) best = {u, v, true};
    }
  }
  return best;
}

bool in_any(std::vector<Ring> const& rings, Vec p) {
  for (Ring const& ring : rings) {
    if (inside(ring, p)) return true;
  }
  return false;
}

class Settler {
 public:
  Settler(Land const& land, std::size_t face, std::vector<Plot>& out)
      : random_(5000 + face), land_(land), out_(out), ribbons_(plan_ribbons()), quiet_(plan_quiet()) {
    for (Planted const& one : plan_planted()) planted_.push_back(one.at);
  }

  void settle(Plot plot) {
    RoadEdge const edge = plot.kind == Kind::field ? road_edge(plot.ring, land_) : RoadEdge{};
    Vec const middle = (edge.a + edge.b) * 0.5;
    bool const leave = !edge.found || holds_planted(plot.ring) || in_any(quiet_, middle);
    if (leave) {
      out_.push_back(std::move(plot));
      return;
    }
    plot.has_front = true;
    plot.front_a = edge.a;
    plot.front_b = edge.b;
    double const size = area(plot.ring);
    if (in_any(ribbons_, middle) || random_.chance(ribbon_share)) return houses(std::move(plot));
    if (size > 2500 && size < 16000 && random_.chance(farm_share)) plot.kind = Kind::farm;
    if (plot.kind == Kind::field) plot.has_front = false;
    out_.push_back(std::move(plot));
  }

 private:
  [[nodiscard]] bool holds_planted(Ring const& ring) const {
    for (Vec const p : planted_) {
      if (inside(ring, p)) return true;
    }
    return false;
  }
  /// A row of houses along the road, the field behind them.
  void houses(Plot plot) {
    Vec const along = unit(plot.front_b - plot.front_a);
    double const run = length(plot.front_b - plot.front_a);
    double const depth = random_.between(34, 52);
    Plot pattern = plot;
    pattern.kind = Kind::house;
    auto halves = split(plot.ring, plot.front_a + left_of(along) * depth, along);
    bool const even = halves && area(halves->second) < 1.5 * depth * run && area(halves->first) > 1500;
    if (even) {
      plot.ring = halves->first;
      plot.has_front = false;
      out_.push_back(std::move(plot));
      cut_row(random_, std::move(halves->second), pattern, 15, 27, out_);
    } else if (area(plot.ring) < 75 * run) {
      cut_row(random_, std::move(plot.ring), pattern, 15, 27, out_);
    } else {
      plot.has_front = false;
      out_.push_back(std::move(plot));
    }
  }

  Random random_;
  Land const& land_;
  std::vector<Plot>& out_;
  std::vector<Ring> ribbons_;
  std::vector<Ring> quiet_;
  std::vector<Vec> planted_;
};

}  // namespace

void settle(Land const& land, std::size_t face, std::size_t first, std::vector<Plot>& plots) {
  std::vector<Plot> const fields(plots.begin() + static_cast<std::ptrdiff_t>(first), plots.end());
  plots.resize(first);
  Settler settler(land, face, plots);
  for (Plot const& plot : fields) settler.settle(plot);
}

}  // namespace terrein::demo
