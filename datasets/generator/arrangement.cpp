#include "arrangement.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "faces.hpp"

namespace terrein::demo {
namespace {

struct Stop {
  double t;
  std::size_t node;
};

class Builder {
 public:
  Arrangement take(std::vector<Chain> const& chains);

 private:
  std::size_t node(Vec p) {
    for (std::size_t i = 0; i < out_.nodes.size(); ++i) {
      if (length(out_.nodes[i] - p) < 1) return i;
    }
    out_.nodes.push_back(p);
    return out_.nodes.size() - 1;
  }
  Arrangement out_;
};

struct Piece {
  Vec a, b;
  std::size_t chain;
  std::vector<Stop> stops;
};

std::vector<Piece> pieces_of(std::vector<Chain> const& chains) {
  std::vector<Piece> out;
  for (std::size_t c = 0; c < chains.size(); ++c) {
    Line const& line = chains[c].line;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) out.push_back({line[i], line[i + 1], c, {}});
  }
  return out;
}

/// Share of the way from a to b where the pieces cross, ends included.
bool crossing(Piece const& p, Piece const& q, double& t, double& u) {
  Vec const along = p.b - p.a;
  Vec const other = q.b - q.a;
  double const turn = cross(along, other);
  if (std::abs(turn) < 1e-9) return false;
  t = cross(q.a - p.a, other) / turn;
  u = cross(q.a - p.a, along) / turn;
  double const slack = 1e-9;
  return t >= -slack && t <= 1 + slack && u >= -slack && u <= 1 + slack;
}

Arrangement Builder::take(std::vector<Chain> const& chains) {
  std::vector<Piece> pieces = pieces_of(chains);
  for (Piece& piece : pieces) piece.stops = {{0, node(piece.a)}, {1, node(piece.b)}};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    for (std::size_t j = i + 1; j < pieces.size(); ++j) {
      double t = 0;
      double u = 0;
      if (!crossing(pieces[i], pieces[j], t, u)) continue;
      std::size_t const at = node(pieces[i].a + (pieces[i].b - pieces[i].a) * t);
      pieces[i].stops.push_back({t, at});
      pieces[j].stops.push_back({u, at});
    }
  }
  std::set<std::pair<std::size_t, std::size_t>> seen;
  for (Piece& piece : pieces) {
    std::stable_sort(piece.stops.begin(), piece.stops.end(), [](Stop a, Stop b) { return a.t < b.t; });
    for (std::size_t i = 0; i + 1 < piece.stops.size(); ++i) {
      std::size_t const from = piece.stops[i].node;
      std::size_t const to = piece.stops[i + 1].node;
      if (from != to && seen.insert(std::minmax(from, to)).second) out_.edges.push_back({from, to, piece.chain});
    }
  }
  out_.faces = trace_faces(out_);
  return std::move(out_);
}

void snap_end(Vec& end, std::size_t own, std::vector<Chain> const& chains, double snap) {
  double best = snap;
  Vec place = end;
  for (std::size_t c = 0; c < chains.size(); ++c) {
    Line const& line = chains[c].line;
    if (c == own || line.front() == end || line.back() == end) continue;  // twins are drawn to a third chain together
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      Vec foot;
      double const d = distance(end, line[i], line[i + 1], &foot);
      if (d < best) {
        best = d;
        place = foot;
      }
    }
    for (Vec const v : line) {
      if (length(v - end) < std::min(snap, best + 3)) {
        best = length(v - end);
        place = v;
      }
    }
  }
  end = place;
}

}  // namespace

double half_width(Way way) {
  switch (way) {
    case Way::border:
      return 0;
    case Way::brook:
      return 4;
    case Way::canal:
      return 33;
    case Way::rail:
      return 8;
    case Way::motorway:
      return 24;
    case Way::ramp:
      return 7;
    case Way::main_road:
      return 7;
    case Way::local_road:
      return 5;
    case Way::street:
      return 5;
    case Way::track:
      return 2.5;
  }
  return 0;
}

Ring Arrangement::ring(std::vector<std::size_t> const& of) const {
  Ring out;
  for (std::size_t const n : of) out.push_back(nodes[n]);
  return out;
}

std::size_t Arrangement::nearest_node(Vec p) const {
  std::size_t best = 0;
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    if (length(nodes[i] - p) < length(nodes[best] - p)) best = i;
  }
  return best;
}

Arrangement arrange(std::vector<Chain> chains, double snap) {
  for (std::size_t c = 0; c < chains.size(); ++c) {
    if (snap <= 0 || chains[c].line.front() == chains[c].line.back()) continue;
    snap_end(chains[c].line.front(), c, chains, snap);
    snap_end(chains[c].line.back(), c, chains, snap);
  }
  return Builder().take(chains);
}

Vec point_inside(Ring const& shell, std::vector<Ring> const& holes) {
  std::vector<double> heights;
  for (Vec const v : shell) heights.push_back(v.y);
  std::sort(heights.begin(), heights.end());
  Vec best;
  double widest = -1;
  for (std::size_t i = 0; i + 1 < heights.size(); ++i) {
    if (heights[i + 1] - heights[i] < 1e-6) continue;
    double const y = (heights[i] + heights[i + 1]) / 2;
    std::vector<double> hits;
    auto scan = [&](Ring const& ring) {
      for (std::size_t k = 0; k < ring.size(); ++k) {
        Vec const a = ring[k];
        Vec const b = ring[(k + 1) % ring.size()];
        if ((a.y > y) != (b.y > y)) hits.push_back(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
      }
    };
    scan(shell);
    for (Ring const& hole : holes) scan(hole);
    std::sort(hits.begin(), hits.end());
    for (std::size_t k = 0; k + 1 < hits.size(); k += 2) {
      double const room = std::min(hits[k + 1] - hits[k], heights[i + 1] - heights[i]);
      if (room > widest) {
        widest = room;
        best = {(hits[k] + hits[k + 1]) / 2, y};
      }
    }
  }
  return best;
}

}  // namespace terrein::demo
