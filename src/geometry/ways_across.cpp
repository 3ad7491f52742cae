#include "geometry/ways_across.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "geometry/segments.hpp"

namespace terrein {
namespace {

constexpr double step_m = 2;       // ways are looked at no further apart
constexpr double prolonged_m = 1;  // into both rows

/// What overlaps has no width.
double width(double away) { return std::max(0.0, away); }

}  // namespace

FacingSide::FacingSide(Point a, Point b) : start(a), length(distance(a, b)) {
  along = {(b.x - a.x) / length, (b.y - a.y) / length};
  outwards = {along.y, -along.x};  // the row lies on the left
}

Box FacingSide::box(double from, double to, double inwards, double out) const {
  Box all;
  for (double const t : {from, to})
    for (double const w : {-inwards, out}) {
      Point const corner = at(t, w);
      all.extend(corner.x, corner.y);
    }
  return all;
}

void FacingView::add(std::uint32_t crosses, double length_m, double width_m, double mean_width_m) {
  auto& parts = seen.parts;
  auto const at = std::lower_bound(parts.begin(), parts.end(), crosses,
                                   [](FacingPart const& part, std::uint32_t mask) { return part.crosses < mask; });
  if (at == parts.end() || at->crosses != crosses) {
    parts.insert(at, {crosses, length_m, width_m, length_m * mean_width_m});
  } else {
    at->length_m += length_m;
    at->width_m = std::min(at->width_m, width_m);
    at->area_m2 += length_m * mean_width_m;
  }
}

void FacingView::offer(Merit const& merit, Point from, Point to) {
  auto const key = [](Merit const& m) { return std::tuple{m.barred, m.width_m, -m.stretch_m, m.off_middle_m}; };
  if (any_ && key(merit) >= key(best_)) return;
  any_ = true;
  best_ = merit;
  seen.from = from;
  seen.to = to;
}

void WaysAcross::keep_near(std::vector<Near> const& all, Box const& box, std::vector<Near>& near) {
  near.clear();
  for (Near const& one : all)
    if (one.barriers != nullptr && one.barriers->any_in(box)) near.push_back(one);
}

void WaysAcross::look_in(Box const& box) {
  std::vector<Near> all{{options_.barred, 0}};
  for (std::size_t kind = 0; kind < options_.kinds.size(); ++kind) all.push_back({options_.kinds[kind], 1U << kind});
  keep_near(all, box.grown(prolonged_m), near_);
}

void WaysAcross::add(FacingSide const& side, FirstMet const& met, FacingView& view) {
  double const narrow = width(std::min(met.away_from, met.away_to)), wide = width(std::max(met.away_from, met.away_to));
  if (!near_.empty()) {
    keep_near(near_, side.box(met.from, met.to, options_.tolerance_m + prolonged_m, wide + prolonged_m), nearer_);
    if (!nearer_.empty()) return look_across(side, met, view);
  }
  view.add(0, met.to - met.from, narrow, (narrow + wide) / 2);
  double const middle = met.from + (met.to - met.from) / 2, away = met.away_from + (met.away_to - met.away_from) / 2;
  bool const level = wide - narrow <= options_.tolerance_m + same_place_m;
  double const at = level ? middle : met.away_from < met.away_to ? met.from : met.to;
  view.offer({false, told(narrow), met.to - met.from, 0}, side.at(at, 0), side.at(at, level ? away : narrow));
}

/// All ways within the tolerance are as narrow as each other.
double WaysAcross::told(double width_m) const { return width_m <= options_.tolerance_m ? 0 : width_m; }

void WaysAcross::look_across(FacingSide const& side, FirstMet const& met, FacingView& view) {
  double const length = met.to - met.from;
  auto const pieces = static_cast<std::size_t>(std::max(1.0, std::ceil(length / step_m)));
  auto const share = [&](std::size_t i) { return static_cast<double>(i) / static_cast<double>(pieces); };
  auto const away = [&](double part) { return met.away_from + part * (met.away_to - met.away_from); };
  for (std::size_t i = 0; i < pieces; ++i) {
    double const middle = (share(i) + share(i + 1)) / 2, out = away(middle), at = met.from + middle * length;
    Point const inside = side.at(at, std::min(0.0, out) - prolonged_m), beyond = side.at(at, width(out) + prolonged_m);
    std::uint32_t crosses = 0;
    bool barred = false;
    for (Near const& one : nearer_) {
      if (barred || !one.barriers->crossed(inside, beyond).any()) continue;
      barred = one.bit == 0;
      crosses |= one.bit;
    }
    double const metres = length / static_cast<double>(pieces);
    double const narrow = width(std::min(away(share(i)), away(share(i + 1))));
    if (barred)
      view.seen.barred_m += metres;
    else
      view.add(crosses, metres, narrow, width(out));
    view.offer({barred, told(width(out)), length, std::abs(middle - 0.5) * length}, side.at(at, 0), side.at(at, out));
  }
}

}  // namespace terrein
