#include "fabric.hpp"

#include <algorithm>
#include <cmath>

#include "settle.hpp"

namespace terrein::demo {
namespace {

/// Works on one face at a time, with its own random numbers.
class Cutter {
 public:
  Cutter(std::size_t face, std::vector<Plot>& out) : random_(1000 + face), face_(face), out_(out) {}

  void fields(Ring const& ring, Kind kind, double smallest, double largest, int depth = 0);
  void village(Ring const& ring);
  void works(Ring const& ring);
  void farmland(Ring ring, std::vector<Way> const& ways);
  void keep(Ring ring, Kind kind) { out_.push_back({std::move(ring), kind, false, {}, {}, false, face_}); }

 private:
  void row_of_plots(Ring strip, Vec a, Vec b, double narrow, double wide, Kind kind, bool core);
  void ribbon(Ring& rest, Vec a, Vec b, double share_built);
  void farmyard(Ring& rest, Vec a, Vec b);
  Vec tilted(Vec direction, double most);

  Random random_;
  std::size_t face_;
  std::vector<Plot>& out_;
};

/// A direction turned a little, without sine or cosine.
Vec Cutter::tilted(Vec direction, double most) {
  return unit(direction + left_of(direction) * random_.between(-most, most));
}

void Cutter::fields(Ring const& ring, Kind kind, double smallest, double largest, int depth) {
  double const u = random_.unit();
  double const wanted = smallest + (largest - smallest) * u * u * u;
  if (depth > 12 || area(ring) < 1.7 * wanted) return keep(ring, kind);
  Frame const frame = frame_of(ring);
  for (int attempt = 0; attempt < 8; ++attempt) {
    bool const slender = frame.along() > 2.6 * frame.across();
    bool const across = slender || random_.chance(frame.along() > 1.6 * frame.across() ? 0.55 : 0.3);
    double const place = random_.between(0.36, 0.64);
    Vec const through = across ? frame.at(place, 0.5) : frame.at(0.5, place);
    Vec const direction = tilted(across ? left_of(frame.axis) : frame.axis, 0.05);
    if (auto halves = split(ring, through, direction)) {
      if (std::min(area(halves->first), area(halves->second)) < 0.2 * area(ring)) continue;
      fields(halves->first, kind, smallest, largest, depth + 1);
      fields(halves->second, kind, smallest, largest, depth + 1);
      return;
    }
  }
  keep(ring, kind);
}

void Cutter::row_of_plots(Ring strip, Vec a, Vec b, double narrow, double wide, Kind kind, bool core) {
  cut_row(random_, std::move(strip), {{}, kind, true, a, b, core, face_}, narrow, wide, out_);
}

/// A village block: two rows of gardens back to back.
void Cutter::village(Ring const& ring) {
  Frame const frame = frame_of(ring);
  Vec const across = left_of(frame.axis);
  auto row = [&](Ring const& strip, bool left) {
    double const edge = left ? 1.0 : 0.0;
    Vec a = frame.at(0, edge);
    Vec b = frame.at(1, edge);
    if (left) std::swap(a, b);
    row_of_plots(strip, a, b, 9, 19, Kind::house, true);
  };
  if (frame.across() < 55) return row(ring, false);
  for (int attempt = 0; attempt < 8; ++attempt) {
    Vec const middle = frame.at(0.5, random_.between(0.44, 0.56));
    if (auto halves = split(ring, middle, tilted(frame.axis, 0.02))) {
      bool const first_is_left = dot(centre(halves->first) - centre(halves->second), across) > 0;
      row(halves->first, first_is_left);
      row(halves->second, !first_is_left);
      return;
    }
  }
  keep(ring, Kind::field);
}

void Cutter::works(Ring const& ring) { fields(ring, Kind::works, 4500, 22000); }

/// Houses along a stretch of road: a strip is cut off and parted. Some stretches stay open.
void Cutter::ribbon(Ring& rest, Vec a, Vec b, double share_built) {
  Vec const along = unit(b - a);
  double const depth = random_.between(38, 62);
  auto halves = split(rest, a + left_of(along) * depth, along);
  if (!halves || area(halves->first) < 4000 || area(halves->second) > 1.6 * depth * length(b - a)) return;
  Ring strip = std::move(halves->second);
  rest = std::move(halves->first);
  double const run = length(b - a);
  for (double at = random_.between(60, 160); at < run - 60; at += random_.between(80, 220)) {
    auto parts = split(strip, a + along * at, left_of(along));
    if (!parts) continue;
    if (random_.chance(share_built))
      row_of_plots(parts->first, a, b, 16, 34, Kind::house, false);
    else
      fields(parts->first, Kind::field, 2500, 9000);
    strip = std::move(parts->second);
  }
  if (random_.chance(share_built))
    row_of_plots(strip, a, b, 16, 34, Kind::house, false);
  else
    fields(strip, Kind::field, 2500, 9000);
}

/// A farmyard on the road, with fields beside and behind it.
void Cutter::farmyard(Ring& rest, Vec a, Vec b) {
  Vec const along = unit(b - a);
  double const from = random_.between(0.25, 0.5) * length(b - a);
  auto first = split(rest, a + along * from, left_of(along));
  if (!first) return;
  auto second = split(first->second, a + along * (from + random_.between(60, 95)), left_of(along));
  if (!second) return;
  auto yard = split(second->first, a + left_of(along) * random_.between(60, 100), along);
  if (!yard || area(yard->second) < 2500 || area(yard->first) < 4000) return;
  out_.push_back({yard->second, Kind::farm, true, a, b, false, face_});
  fields(yard->first, Kind::field, 5000, 45000);
  fields(first->first, Kind::field, 5000, 45000);
  rest = second->second;
}

void Cutter::farmland(Ring ring, std::vector<Way> const& ways) {
  Ring const sides = ring;
  bool farm = false;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Vec const a = sides[i];
    Vec const b = sides[(i + 1) % sides.size()];
    bool const main = ways[i] == Way::main_road;
    bool const local = ways[i] == Way::local_road || ways[i] == Way::street;
    if (length(b - a) < 140 || area(ring) < 30000) continue;
    if (main && random_.chance(0.75))
      ribbon(ring, a, b, 0.75);
    else if (local && random_.chance(0.35))
      ribbon(ring, a, b, 0.45);
    else if ((local || ways[i] == Way::track) && !farm && length(b - a) > 250 && random_.chance(0.55)) {
      farmyard(ring, a, b);
      farm = true;
    }
  }
  fields(ring, Kind::field, 5000, 60000);
}

struct Side {
  Vec at;  ///< on the boundary of the land
  Vec along;
  double take;
  Way way;
};

/// Where two sides of the land meet; two places where the width of a straight road changes.
void corner(Side const& before, Side const& after, Vec& end, Vec& start) {
  double const turn = cross(before.along, after.along);
  bool const even = before.take == after.take;
  if (std::abs(turn) < (even ? 1e-6 : 0.12)) {
    end = before.at + before.along * dot(after.at - before.at, before.along);
    start = even ? end : after.at;
  } else {
    end = before.at + before.along * (cross(after.at - before.at, after.along) / turn);
    start = end;
  }
}

}  // namespace

void cut_row(Random& random, Ring strip, Plot const& pattern, double narrow, double wide, std::vector<Plot>& out) {
  Vec const a = pattern.front_a;
  Vec const along = unit(pattern.front_b - a);
  double start = 1e18;
  double end = -1e18;
  for (Vec const v : strip) {
    start = std::min(start, dot(v - a, along));
    end = std::max(end, dot(v - a, along));
  }
  auto add = [&](Ring ring) {
    out.push_back(pattern);
    out.back().ring = std::move(ring);
  };
  double at = start;
  while (true) {
    at += random.between(narrow, wide);
    if (end - at < narrow) break;
    if (auto parts = split(strip, a + along * at, left_of(along))) {
      add(std::move(parts->first));
      strip = std::move(parts->second);
    }
  }
  add(std::move(strip));
}

Land parcel_land(Arrangement const& graph, std::vector<Chain> const& chains, Arrangement::Face const& face) {
  Ring const ring = graph.ring(face.nodes);
  std::vector<Side> sides;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    Vec const along = unit(ring[(i + 1) % ring.size()] - ring[i]);
    double const take = half_width(chains[face.chains[i]].way);
    sides.push_back({ring[i] + left_of(along) * take, along, take, chains[face.chains[i]].way});
  }
  while (sides.size() > 2) {
    Land out;
    std::vector<Vec> starts(sides.size());
    std::vector<Vec> ends(sides.size());
    for (std::size_t i = 0; i < sides.size(); ++i) {
      std::size_t const h = (i + sides.size() - 1) % sides.size();
      corner(sides[h], sides[i], ends[h], starts[i]);
      out.ring.push_back(ends[h]);
      if (!(starts[i] == ends[h])) {
        out.ways.push_back(Way::border);
        out.ring.push_back(starts[i]);
      }
      out.ways.push_back(sides[i].way);
    }
    std::size_t turned = 0;  // a side too short for the widths beside it runs backwards: leave it out
    while (turned < sides.size() && dot(ends[turned] - starts[turned], sides[turned].along) > 0) ++turned;
    if (turned == sides.size()) return out;
    sides.erase(sides.begin() + static_cast<std::ptrdiff_t>(turned));
  }
  return {};
}

std::vector<Plot> cut_land(Arrangement const& graph, std::vector<Chain> const& chains) {
  std::vector<Plot> plots;
  std::vector<UseArea> const uses = plan_uses();
  for (std::size_t f = 0; f < graph.faces.size(); ++f) {
    Land const whole = parcel_land(graph, chains, graph.faces[f]);
    auto const& [land, ways] = whole;
    if (area(land) < 400) continue;
    Cutter cutter(f, plots);
    std::size_t const first = plots.size();
    bool const slip = std::count(ways.begin(), ways.end(), Way::ramp) > 0 &&
                      std::count(ways.begin(), ways.end(), Way::motorway) > 0 && area(land) < 50000;
    Use const use = slip ? Use::left_out : use_at(uses, point_inside(land, {}));
    switch (use) {
      case Use::field:
        cutter.farmland(land, ways);
        break;
      case Use::open:
        cutter.fields(land, Kind::field, 5000, 60000);
        break;
      case Use::village:
      case Use::allotment:
        cutter.village(land);
        break;
      case Use::works:
        cutter.works(land);
        break;
      case Use::wood:
        cutter.fields(land, Kind::wood, 15000, 70000);
        break;
      case Use::whole:
        cutter.keep(land, Kind::whole);
        break;
      case Use::left_out:
        break;
    }
    if (use == Use::field || use == Use::open) settle(whole, f, first, plots);
  }
  share_vertices(plots);
  return plots;
}

}  // namespace terrein::demo
