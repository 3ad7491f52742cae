#include "geometry/predicates.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;

TEST_CASE("orientation is exact where doubles cannot hold the products") {
  // Points of the line y = x, moved by one unit in the last place: hand arithmetic gives the sign, plain double
  // arithmetic gives 0 or noise.
  double const base = 200000.1, up = std::nextafter(base, 1e9), down = std::nextafter(base, 0);
  CHECK(orientation({0, 0}, {400000.3, 400000.3}, {base, base}) == 0);
  CHECK(orientation({0, 0}, {400000.3, 400000.3}, {base, up}) == 1);
  CHECK(orientation({0, 0}, {400000.3, 400000.3}, {base, down}) == -1);
  CHECK(orientation({12, 12}, {24, 24}, {0.5, 0.5 + 0x1p-53}) == 1);
}

TEST_CASE("orientation turns its sign with the order of the points and not with their rotation") {
  Point const a{150000.123, 200000.7}, b{150010.321, 200003.1}, c{150005.222, 200001.90000000002};
  int const side = orientation(a, b, c);
  CHECK(orientation(b, c, a) == side);
  CHECK(orientation(c, a, b) == side);
  CHECK(orientation(b, a, c) == -side);
}

TEST_CASE("turns and the order of crossings are those of whole numbers") {
  // Coordinates up to 2^11: products of four differences need 48 bits. Few of them, so that many lines are
  // parallel and many meet in one point.
  using Whole = std::int64_t;
  test::Random random(5);
  auto const point = [&] {
    return Point{static_cast<double>(random.below(9) * 256), static_cast<double>(random.below(9) * 256)};
  };
  auto const cross = [](Point a, Point b, Point c, Point d) {
    return static_cast<Whole>(b.x - a.x) * static_cast<Whole>(d.y - c.y) -
           static_cast<Whole>(b.y - a.y) * static_cast<Whole>(d.x - c.x);
  };
  auto const sign = [](Whole value) { return value > 0 ? 1 : value < 0 ? -1 : 0; };
  std::map<int, int> turns, orders;
  for (int round = 0; round < 200000; ++round) {
    Point const a = point(), b = point(), c = point(), d = point(), e = point(), f = point();
    int const turned = sign(cross(a, b, c, d));
    CHECK_FALSE((turn(a, b, c, d) != turned || exact_turn(a, b, c, d) != turned));
    ++turns[turned];
    Whole const fa = cross(a, c, a, d), fb = cross(b, c, b, d), ga = cross(a, e, a, f), gb = cross(b, e, b, f);
    if (sign(fa) * sign(fb) >= 0 || sign(ga) * sign(gb) >= 0) continue;
    int const order = sign(fa * (ga - gb) - ga * (fa - fb)) * sign(fa - fb) * sign(ga - gb);
    CHECK_FALSE(exact_order_of_crossings(a, b, {c, d}, {e, f}) != order);
    ++orders[order];
  }
  for (int const one : {-1, 0, 1}) CHECK(std::min(turns[one], orders[one]) > 100);
}

TEST_CASE("the order of crossings is exact where doubles cannot tell them apart") {
  // The segment runs along y = 0; what crosses it does so at x = 1 and at x = 1 + 2^-52 / 3, a third of the way along
  // its own length.
  Point const a{0, 0}, b{3, 0};
  Crossed const upright{{1, -1}, {1, 2}}, leaning{{1, -1}, {1 + 0x1p-52, 2}};
  CHECK(exact_order_of_crossings(a, b, upright, leaning) == -1);
  CHECK(exact_order_of_crossings(a, b, leaning, upright) == 1);
  CHECK(exact_order_of_crossings(b, a, upright, leaning) == 1);
  CHECK(exact_order_of_crossings(a, b, upright, {{1, 5}, {1, -7}}) == 0);
  CHECK(turn(a, b, {1, 1}, {5, 1}) == 0);
  CHECK(turn({1, 1}, {1e7, 1e7}, {3, 3}, {4, std::nextafter(4, 5)}) == 1);
}

TEST_CASE("segments meet when they cross, touch, overlap or are points on each other") {
  CHECK(segments_meet({0, 0}, {4, 4}, {0, 4}, {4, 0}));
  CHECK(segments_meet({0, 0}, {4, 0}, {2, 0}, {2, 9}));
  CHECK(segments_meet({0, 0}, {4, 0}, {4, 0}, {9, 0}));
  CHECK(segments_meet({0, 0}, {4, 0}, {3, 0}, {9, 0}));
  CHECK(segments_meet({2, 0}, {2, 0}, {0, 0}, {4, 0}));
  CHECK_FALSE(segments_meet({2, 1e-12}, {2, 1e-12}, {0, 0}, {4, 0}));
  CHECK_FALSE(segments_meet({0, 0}, {4, 0}, {5, 0}, {9, 0}));
  CHECK_FALSE(segments_meet({0, 0}, {4, 4}, {3, 1}, {9, 0}));
}

TEST_CASE("published failures of plain arithmetic have their exact sign in every rotation") {
  auto const f10 = test::oracle("f10");
  if (f10.is_null()) return;
  auto const& triples = f10["input"]["triples"];
  for (std::size_t i = 0; i < triples.size(); ++i) {
    INFO(triples[i]["name"]);
    auto const at = [&](std::size_t k) { return Point{triples[i]["pts"][k][0], triples[i]["pts"][k][1]}; };
    int const sign = f10["expected"]["signs"][i]["exact_sign_of_doubles"];
    CHECK(orientation(at(0), at(1), at(2)) == sign);
    CHECK(orientation(at(1), at(2), at(0)) == sign);
    CHECK(orientation(at(2), at(0), at(1)) == sign);
    CHECK(orientation(at(1), at(0), at(2)) == -sign);
  }
}

TEST_CASE(
    "the filter in front gives the sign of the expansions, for corners in common, level edges and lines as well") {
  test::Random random(41);
  std::size_t on_line = 0;
  for (int i = 0; i < 1000000; ++i) {
    double const offset = random.below(2) == 0 ? 1e7 : 0;
    bool const whole = random.below(2) == 0;
    auto const coordinate = [&] { return offset + (whole ? static_cast<double>(random.below(5)) : random.in(0, 3)); };
    Point const a{coordinate(), coordinate()}, b{coordinate(), coordinate()};
    double const t = 0.25 * static_cast<double>(random.below(5));
    Point const c =
        random.below(3) == 0 ? Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)} : Point{coordinate(), coordinate()};
    int const sign = exact_orientation(a, b, c);
    REQUIRE(orientation(a, b, c) == sign);
    on_line += sign == 0 ? 1U : 0U;
  }
  CHECK(on_line > 100000);
}
