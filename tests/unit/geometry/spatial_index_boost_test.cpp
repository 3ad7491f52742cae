// The only file that includes Boost.Geometry: it is slow to compile.
#define BOOST_ALLOW_DEPRECATED_HEADERS  // Boost 1.74 includes its own deprecated headers and says so
#include <boost/geometry.hpp>
#include <boost/geometry/index/rtree.hpp>

#include "support/catch.hpp"
#include "terrein/geometry/spatial_index.hpp"
#include "unit/geometry/shapes.hpp"

namespace bg = boost::geometry;
using BgPoint = bg::model::point<double, 2, bg::cs::cartesian>;
using BgBox = bg::model::box<BgPoint>;
using BgValue = std::pair<BgBox, std::uint32_t>;

using namespace terrein;

TEST_CASE("queries agree with the R-tree of Boost.Geometry") {
  test::Random random(3);
  std::vector<Box> boxes;
  bg::index::rtree<BgValue, bg::index::rstar<16>> tree;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    double const x = random.in(100000, 101000), y = random.in(200000, 201000);
    boxes.push_back({x, y, x + random.in(0, 30), y + random.in(0, 5)});
    tree.insert({{{x, y}, {boxes[i].max_x, boxes[i].max_y}}, i});
  }
  SpatialIndex const index(boxes);
  for (int i = 0; i < 300; ++i) {
    double const x = random.in(100000, 101000), y = random.in(200000, 201000), side = random.in(0, 60);
    std::vector<BgValue> found;
    tree.query(bg::index::intersects(BgBox({x, y}, {x + side, y + side})), std::back_inserter(found));
    std::vector<std::uint32_t> hits, expected;
    for (auto const& value : found) expected.push_back(value.second);
    std::sort(expected.begin(), expected.end());
    index.query({x, y, x + side, y + side}, hits);
    REQUIRE(hits == expected);

    double nearest = std::numeric_limits<double>::infinity();
    Box const asked{x, y, x, y};
    index.nearest(asked, [&](std::uint32_t k) { return nearest = std::min(nearest, distance(asked, boxes[k])); });
    found.clear();
    tree.query(bg::index::nearest(BgPoint(x, y), 1), std::back_inserter(found));
    REQUIRE(nearest == Approx(bg::distance(BgPoint(x, y), found.at(0).first)).margin(1e-9));
  }
}
