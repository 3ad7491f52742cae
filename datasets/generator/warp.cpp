#include "warp.hpp"

#include <cmath>

#include "random.hpp"

namespace terrein::demo {
namespace {

constexpr Vec origin{112000, 188000};

}  // namespace

Warp::Warp() {
  Random random(1);
  auto add = [&](int count, double radius_low, double radius_high, double push) {
    for (int i = 0; i < count; ++i) {
      Vec const middle{random.between(-800, 6800), random.between(-800, 5800)};
      double const radius = random.between(radius_low, radius_high);
      bumps_.push_back({middle, radius, {random.between(-push, push), random.between(-push, push)}});
    }
  };
  add(80, 700, 1400, 60);
  add(500, 120, 240, 4);
}

Vec Warp::operator()(Vec plan) const {
  Vec out = plan + origin;
  for (Bump const& bump : bumps_) {
    Vec const away = plan - bump.middle;
    double const t = 1 - dot(away, away) / (bump.radius * bump.radius);
    if (t > 0) out = out + bump.push * (t * t);
  }
  return {std::round(out.x * 100) / 100, std::round(out.y * 100) / 100};
}

Ring Warp::ring(Ring const& plan, double step) const {
  std::vector<Vec> dense;
  for (std::size_t i = 0; i < plan.size(); ++i) densify(plan[i], plan[(i + 1) % plan.size()], step, dense);
  Ring out;
  for (Vec const v : dense) {
    Vec const place = (*this)(v);
    if (out.empty() || !(place == out.back())) out.push_back(place);
  }
  while (out.size() > 1 && out.front() == out.back()) out.pop_back();
  return out;
}

Line Warp::line(Line const& plan, double step) const {
  std::vector<Vec> dense;
  for (std::size_t i = 0; i + 1 < plan.size(); ++i) densify(plan[i], plan[i + 1], step, dense);
  dense.push_back(plan.back());
  Line out;
  for (Vec const v : dense) {
    Vec const place = (*this)(v);
    if (out.empty() || !(place == out.back())) out.push_back(place);
  }
  return out;
}

}  // namespace terrein::demo
