#include "geometry/predicates.hpp"

#include <array>
#include <cmath>

namespace terrein {

namespace {

// A sum of doubles kept without rounding, as non-overlapping components of rising size.
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
  [[nodiscard]] int sign() const { return size_ == 0 ? 0 : part_[size_ - 1] > 0 ? 1 : part_[size_ - 1] < 0 ? -1 : 0; }

 private:
  std::array<double, 16> part_{};  // six products of two components each
  std::size_t size_ = 0;
};

}  // namespace

int exact_orientation(Point a, Point b, Point c) {
  Expansion sum;
  sum.add_product(a.x, b.y);
  sum.add_product(-a.y, b.x);
  sum.add_product(b.x, c.y);
  sum.add_product(-b.y, c.x);
  sum.add_product(c.x, a.y);
  sum.add_product(-c.y, a.x);
  return sum.sign();
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
