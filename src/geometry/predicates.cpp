#include "geometry/predicates.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

namespace terrein {

namespace {

// A sum of doubles kept without rounding, as non-overlapping components of rising size.
template <std::size_t most>
class Expansion {
 public:
  void add(double value) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      double const sum = value + part_[i];
      double const back = sum - value;
      double const error = (value - (sum - back)) + (part_[i] - back);
      if (error != 0) part_[kept++] = error;
      value = sum;
    }
    if (value != 0) part_[kept++] = value;
    size_ = kept;
  }
  // std::fma is rounded correctly everywhere, so it gives the exact error of a product on every processor.
  void add_product(double a, double b) {
    double const product = a * b;
    add(std::fma(a, b, -product));
    add(product);
  }
  template <std::size_t n>
  void add_product(double sign, Expansion<n> const& x, Expansion<n> const& y) {
    for (double const p : x.parts())
      for (double const q : y.parts()) add_product(sign * p, q);
  }
  [[nodiscard]] std::span<double const> parts() const { return {part_.data(), size_}; }
  [[nodiscard]] int sign() const { return size_ == 0 ? 0 : part_[size_ - 1] > 0 ? 1 : part_[size_ - 1] < 0 ? -1 : 0; }

 private:
  std::array<double, most> part_{};
  std::size_t size_ = 0;
};

// Twice the signed area of a triangle: six products of two components each.
Expansion<12> turn_of(Point a, Point b, Point c) {
  Expansion<12> sum;
  sum.add_product(a.x, b.y);
  sum.add_product(-a.y, b.x);
  sum.add_product(b.x, c.y);
  sum.add_product(-b.y, c.x);
  sum.add_product(c.x, a.y);
  sum.add_product(-c.y, a.x);
  return sum;
}

}  // namespace

int exact_orientation(Point a, Point b, Point c) { return turn_of(a, b, c).sign(); }

int exact_turn(Point a, Point b, Point c, Point d) {
  Expansion<16> sum;
  for (auto const& [p, by] : {std::pair{b, 1.0}, std::pair{a, -1.0}}) {
    sum.add_product(by * p.x, d.y);
    sum.add_product(-by * p.x, c.y);
    sum.add_product(-by * p.y, d.x);
    sum.add_product(by * p.y, c.x);
  }
  return sum.sign();
}

// With f(p) for the side of p, the first line is met at f(a) / (f(a) − f(b)) of the way, the second at g(a) / (g(a) −
// g(b)); the difference of the two has the sign of g(a) f(b) − f(a) g(b) where f(a) and g(a) have the same.
int exact_order_of_crossings(Point a, Point b, Crossed const& first, Crossed const& second) {
  auto const fa = turn_of(first.a, first.b, a), fb = turn_of(first.a, first.b, b);
  auto const ga = turn_of(second.a, second.b, a), gb = turn_of(second.a, second.b, b);
  Expansion<4 * 12 * 12> sum;
  sum.add_product(1, ga, fb);
  sum.add_product(-1, fa, gb);
  return sum.sign() * fa.sign() * ga.sign();
}

bool segments_meet(Point a, Point b, Point c, Point d) {
  if (std::max(a.x, b.x) < std::min(c.x, d.x) || std::max(c.x, d.x) < std::min(a.x, b.x) ||
      std::max(a.y, b.y) < std::min(c.y, d.y) || std::max(c.y, d.y) < std::min(a.y, b.y))
    return false;
  // With boxes that meet, segments on one line meet as well, so zeros need no case of their own.
  return orientation(a, b, c) * orientation(a, b, d) <= 0 && orientation(c, d, a) * orientation(c, d, b) <= 0;
}

void RayCrossings::add(Point a, Point b) {
  if ((a.y > point.y) == (b.y > point.y)) {
    bool const level = a.y == point.y && b.y == point.y;
    bool const on_level = level && std::min(a.x, b.x) <= point.x && point.x <= std::max(a.x, b.x);
    if (on_level || a == point || b == point) on_boundary = true;
    return;
  }
  if (std::max(a.x, b.x) < point.x) return;
  if (std::min(a.x, b.x) > point.x) {
    odd = !odd;
    return;
  }
  int const side = orientation(a, b, point);
  if (side == 0) on_boundary = true;
  if ((side > 0) == (b.y > a.y)) odd = !odd;
}

}  // namespace terrein
