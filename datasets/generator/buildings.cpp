#include <algorithm>

#include "random.hpp"
#include "scene.hpp"

namespace terrein::demo {
namespace {

Ring rectangle(Vec corner, Vec along, double width, double depth) {
  Vec const in = left_of(along);
  return {corner, corner + along * width, corner + along * width + in * depth, corner + in * depth};
}

/// Inside the plot with room to spare, so that the bending of the map does not carry it over the edge.
bool fits(Ring const& plot, Ring const& building) {
  for (Vec const v : building) {
    if (!inside(plot, v)) return false;
    for (std::size_t i = 0; i < plot.size(); ++i) {
      if (distance(v, plot[i], plot[(i + 1) % plot.size()]) < 0.15) return false;
    }
  }
  return true;
}

/// Where a plot meets its street: the stretch along it and how far the street line lies before the plot.
struct Front {
  Vec along;
  double from, to, line;
};
Front front_of(Plot const& plot) {
  Front front{unit(plot.front_b - plot.front_a), 1e18, -1e18, 1e18};
  Vec const in = left_of(front.along);
  for (Vec const v : plot.ring) front.line = std::min(front.line, dot(v, in));
  for (Vec const v : plot.ring) {
    if (dot(v, in) > front.line + 5) continue;
    front.from = std::min(front.from, dot(v, front.along));
    front.to = std::max(front.to, dot(v, front.along));
  }
  return front;
}

class Builder {
 public:
  Builder(std::vector<Plot> const& plots, std::vector<Building>& out) : plots_(plots), out_(out) {}

  void house(std::size_t i) {
    Plot const& plot = plots_[i];
    Front const front = front_of(plot);
    double const most = plot.core ? 9.5 : 14;
    double width = std::min(front.to - front.from - (plot.core ? 1.2 : 6), most);
    double setback = plot.core ? random_.between(1, 3) : random_.between(7, 16);
    double const depth = random_.between(9, 13);
    for (int attempt = 0; attempt < 6 && width > 4.5; ++attempt, width *= 0.9, setback += 1.5) {
      double const from = (front.from + front.to - width) / 2;
      Vec const corner = front.along * from + left_of(front.along) * (front.line + setback);
      Ring ring = rectangle(corner, front.along, width, depth);
      if (!fits(plot.ring, ring)) continue;
      out_.push_back({std::move(ring), i, true});
      if (random_.chance(0.35)) shed(i, corner, front.along, depth);
      return;
    }
  }

  void farm(std::size_t i) {
    Front const front = front_of(plots_[i]);
    Vec const corner = front.along * (front.from + 8) + left_of(front.along) * (front.line + 10);
    place(i, rectangle(corner, front.along, 16, 10), true);
    place(i, rectangle(corner + front.along * 26, front.along, 14, 34), false);
    if (random_.chance(0.6)) place(i, rectangle(corner + left_of(front.along) * 18, front.along, 18, 28), false);
  }

  /// Halls on most plots of a business park.
  void hall(std::size_t i, double share_built) {
    if (!halls_.chance(share_built)) return;
    Ring const& ring = plots_[i].ring;
    Frame const frame = frame_of(ring);
    double const left = halls_.between(0.10, 0.20);
    double const low = halls_.between(0.12, 0.20);
    double right = halls_.between(0.72, 0.88);
    double high = halls_.between(0.66, 0.85);
    for (int attempt = 0; attempt < 8; ++attempt, right -= 0.06, high -= 0.06) {
      Ring hall{frame.at(left, low), frame.at(right, low), frame.at(right, high), frame.at(left, high)};
      if (!fits(ring, hall)) continue;
      out_.push_back({std::move(hall), i, false});
      return;
    }
  }

 private:
  void place(std::size_t i, Ring ring, bool dwelling) {
    if (fits(plots_[i].ring, ring)) out_.push_back({std::move(ring), i, dwelling});
  }
  void shed(std::size_t i, Vec corner, Vec along, double depth) {
    double const back = depth + random_.between(5, 14);
    place(i, rectangle(corner + left_of(along) * back, along, random_.between(3, 4.5), random_.between(3, 6)), false);
  }

  Random random_{4};
  Random halls_{7};
  std::vector<Plot> const& plots_;
  std::vector<Building>& out_;
};

}  // namespace

std::vector<Building> make_buildings(Scene const& scene) {
  std::vector<Building> out;
  Builder builder(scene.plots, out);
  for (std::size_t i = 0; i < scene.plots.size(); ++i) {
    if (scene.planted[i].starts_with("factory")) {
      builder.hall(i, 1);
      continue;
    }
    switch (scene.plots[i].kind) {
      case Kind::house:
        builder.house(i);
        break;
      case Kind::farm:
        builder.farm(i);
        break;
      case Kind::works:
        builder.hall(i, 0.85);
        break;
      case Kind::field:
      case Kind::wood:
      case Kind::whole:
        break;
    }
  }
  return out;
}

}  // namespace terrein::demo
