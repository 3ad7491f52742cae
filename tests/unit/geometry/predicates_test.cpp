#include "geometry/predicates.hpp"

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
