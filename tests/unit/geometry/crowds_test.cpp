// Many rows of one shape, of which one stands for all, against the comparison of each with each.
#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/nearest.hpp"
#include "unit/geometry/fabrics.hpp"

using namespace terrein;
using terrein::test::layer_of;
using terrein::test::Random;
using terrein::test::ring_text;
using terrein::test::shuffled;

namespace {

constexpr std::size_t each_with_each = std::numeric_limits<std::size_t>::max();
constexpr double tolerance = 1e-3;

std::string polygon(std::vector<std::vector<Point>> rings, std::size_t turn) {
  std::string out = "POLYGON(";
  for (auto& ring : rings) {
    std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(turn % ring.size()), ring.end());
    out += (out.back() == '(' ? "" : ",") + ring_text(ring);
  }
  return out + ")";
}

/// A five-cornered parcel with a hole, each time from another vertex.
std::string pile_row(std::size_t turn) {
  return polygon({{{0, 0}, {10, 0}, {12, 5}, {10, 10}, {0, 10}}, {{2, 2}, {2, 4}, {4, 4}, {4, 2}}}, turn);
}

/// Beside, on and over the pile: one with an edge of it, two that have or miss corners on its edge, one in its hole,
/// one over it, and one that leaves a gap to it. One of the same box and number of corners is no part of it.
std::vector<std::string> const others{"POLYGON((0 0,0 10,-5 10,-5 0,0 0))",     "POLYGON((3 10,7 10,7 15,3 15,3 10))",
                                      "POLYGON((-5 -5,20 -5,20 0,-5 0,-5 -5))", "POLYGON((2 2,4 2,4 3,2 3,2 2))",
                                      "POLYGON((8 8,20 8,20 20,8 20,8 8))",     "POLYGON((12 0,20 0,20 8,12 5,12 0))",
                                      "POLYGON((0 0,10 0,12 5,10 10,0 9,0 0))"};

Layer pile(std::size_t rows, std::uint64_t seed) {
  std::vector<std::string> texts = others;
  for (std::size_t i = 0; i < rows; ++i) texts.push_back(pile_row(i));
  Random random(seed);
  return shuffled(random, layer_of(texts));
}

using Pairs = std::set<std::pair<Row, Row>>;

/// All pairs that those of the first rows of crowds stand for, smaller row first.
Pairs spread_out(Contacts const& touch) {
  auto const all_of = [&](Row row) {
    for (Crowd const& crowd : touch.crowds)
      if (crowd.front() == row) return crowd;
    return Crowd{row};
  };
  Pairs out;
  auto const add = [&](Row a, Row b) {
    if (a != b) out.insert({std::min(a, b), std::max(a, b)});
  };
  for (RowPair const& pair : touch.meeting) {
    bool const within = std::any_of(touch.crowds.begin(), touch.crowds.end(), [&](Crowd const& crowd) {
      return crowd.front() == pair.a && std::find(crowd.begin(), crowd.end(), pair.b) != crowd.end();
    });
    for (Row const a : all_of(pair.a))
      for (Row const b : within ? all_of(pair.a) : all_of(pair.b)) add(a, b);
  }
  return out;
}

auto corners(Contacts const& touch) {
  std::set<std::tuple<Row, std::uint32_t, double, double>> out;
  for (MissingVertex const& one : touch.missing) out.insert({one.row, one.edge, one.at.x, one.at.y});
  return out;
}

auto told(std::vector<EnclosedVoid> const& voids) {
  std::vector<std::tuple<double, double, double, double, std::vector<Row>>> out;
  for (EnclosedVoid const& one : voids) out.emplace_back(one.area, one.width, one.place.x, one.place.y, one.beside);
  return out;
}

/// Per row the number of neighbours and what it shares with them.
std::vector<std::pair<std::size_t, double>> neighbours(Adjacency const& found) {
  std::vector<std::pair<std::size_t, double>> out(found.first.size() - 1);
  for (Row row = 0; row < out.size(); ++row)
    for (auto i = found.first[row]; i < found.first[row + 1]; ++i) {
      REQUIRE(found.neighbour[i] != row);
      std::size_t const times = found.times.empty() ? 1 : found.times[i];
      out[row].first += times;
      out[row].second += static_cast<double>(times) * found.shared_m[i];
    }
  return out;
}

}  // namespace

TEST_CASE("rows of one shape touch and meet what each of them does") {
  for (std::size_t const rows : {2U, 3U, 100U, 101U})
    for (unsigned const workers : {1U, 3U}) {
      INFO(rows << " rows of one shape, " << workers << " workers");
      Layer const layer = pile(rows, rows + workers);
      Contacts const each = contacts(layer, tolerance, 1, each_with_each), some = contacts(layer, tolerance, workers);
      REQUIRE(each.crowds.empty());
      REQUIRE(some.crowds.size() == (rows > crowd_above ? 1 : 0));
      // Each with each, the two over the pile with all of it and with each other, and the one of the same box, which
      // has no hole, with the one that lies there.
      CHECK(each.meeting.size() == rows * (rows - 1) / 2 + 2 * rows + 2);
      if (rows <= crowd_above) CHECK(some.meeting == each.meeting);
      if (rows > crowd_above) CHECK(some.meeting.size() == rows - 1 + 2 + 2);
      CHECK(spread_out(some) == spread_out(each));
      CHECK(some.twin == each.twin);
      CHECK(std::count(each.twin.begin(), each.twin.end(), 1) > static_cast<std::ptrdiff_t>(rows));
      CHECK(corners(some) == corners(each));
      CHECK(corners(each).size() > 2 * rows);
      auto const voids = [&](Contacts const& touch) {
        return told(enclosed_voids(layer, touch, tolerance, 1e-3, 1e9, workers));
      };
      CHECK(voids(some).size() >= 2);  // the rest of the hole, and beside the pile
      CHECK(voids(some) == voids(each));
    }
}

TEST_CASE("rows of one shape are neighbours as each with each") {
  for (std::size_t const rows : {2U, 3U, 101U}) {
    Layer const layer = pile(rows, rows);
    for (double const least : {0.0, 5.0, 1000.0}) {
      auto const each = neighbours(adjacency(layer, least, 1e-6, 1, each_with_each));
      auto const some = neighbours(adjacency(layer, least, 1e-6, 2));
      REQUIRE(some.size() == each.size());
      for (std::size_t row = 0; row < each.size(); ++row) {
        CHECK(some[row].first == each[row].first);
        CHECK(some[row].second == Approx(each[row].second).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("a crowd are rows of exactly one shape, by id") {
  auto const sizes = [](Layer const& layer) {
    std::vector<std::size_t> out;
    for (Crowd const& crowd : contacts(layer, tolerance, 1).crowds) {
      out.push_back(crowd.size());
      CHECK(std::is_sorted(crowd.begin(), crowd.end(),
                           [&](Row a, Row b) { return layer.id_rank[a] < layer.id_rank[b]; }));
    }
    return out;
  };
  // Two shapes of one box and one number of corners.
  auto const two = [&](std::size_t first, std::size_t second) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < first; ++i) texts.push_back(polygon({{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 3}}}, i));
    for (std::size_t i = 0; i < second; ++i) texts.push_back(polygon({{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 2}}}, i));
    Random random(first);
    return shuffled(random, layer_of(texts));
  };
  CHECK(sizes(two(60, 60)).empty());
  CHECK(sizes(two(100, 100)).empty());
  CHECK(sizes(two(101, 60)) == std::vector<std::size_t>{101});
  auto both = sizes(two(101, 120));
  std::sort(both.begin(), both.end());
  CHECK(both == std::vector<std::size_t>{101, 120});
  // The same rings in parts of their own or as shell and hole, and rows without shape, are not one shape.
  std::vector<std::string> texts(101, "POLYGON EMPTY");
  for (int i = 0; i < 60; ++i) texts.push_back("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 2,2 2,2 1,1 1))");
  for (int i = 0; i < 60; ++i)
    texts.push_back("POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 2,2 2,2 1,1 1),(3 3,3 4,4 4,4 3,3 3))");
  CHECK(sizes(layer_of(texts)).empty());
}
