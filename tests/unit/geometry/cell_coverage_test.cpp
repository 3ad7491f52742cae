#include "terrein/geometry/cell_coverage.hpp"

#include <algorithm>
#include <map>

#include "shapes.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

using namespace terrein;
using test::Geos;
using test::Random;

namespace {

using Cell = std::pair<std::uint32_t, std::uint32_t>;  // column, row
using Fractions = std::map<Cell, double>;

GeometryColumn one(std::string const& wkt) {
  GeometryColumn column;
  append_wkt(column, wkt);
  return column;
}

Fractions fractions(GeometryColumn const& column, std::size_t row, Grid const& grid) {
  Fractions out;
  bool sound = true;  // on the grid, above 0 and at most 1, each cell once
  for (CoveredCell const& cell : cell_coverage(column, row, grid)) {
    sound = sound && cell.column < grid.columns && cell.row < grid.rows && cell.fraction > 0 && cell.fraction <= 1;
    sound = out.emplace(Cell{cell.column, cell.row}, cell.fraction).second && sound;
  }
  CHECK(sound);
  return out;
}

/// The same by GEOS: every cell near the polygon as a rectangle, cut with the polygon.
class Twin {
 public:
  Fractions of(GeometryColumn const& column, std::size_t row, Grid const& grid) const {
    auto const shape = geos_.row(column, row);
    Box const box = column.box[row];
    Fractions out;
    for (std::uint32_t r = 0; r < grid.rows; ++r)
      for (std::uint32_t c = 0; c < grid.columns; ++c) {
        Box const cell = box_of(grid, c, r);
        if (!cell.meets(box)) continue;
        auto const rectangle = geos_.own(rectangle_of(cell.min_x, cell.min_y, cell.max_x, cell.max_y));
        auto const both = geos_.own(GEOSIntersection_r(geos_.handle(), rectangle.get(), shape.get()));
        if (double const area = geos_.area(both); area > 0) out[{c, r}] = area / grid.cell_area();
      }
    return out;
  }
  double area_on(GeometryColumn const& column, std::size_t row, Grid const& grid) const {
    Box const all = grid.extent();
    auto const rectangle = geos_.own(rectangle_of(all.min_x, all.min_y, all.max_x, all.max_y));
    auto const shape = geos_.row(column, row);
    return geos_.area(geos_.own(GEOSIntersection_r(geos_.handle(), rectangle.get(), shape.get())));
  }

 private:
  [[nodiscard]] GEOSGeometry* rectangle_of(double x0, double y0, double x1, double y1) const {
    GEOSCoordSequence* ring = GEOSCoordSeq_create_r(geos_.handle(), 5, 2);
    double const xy[5][2] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}};
    for (unsigned i = 0; i < 5; ++i) GEOSCoordSeq_setXY_r(geos_.handle(), ring, i, xy[i][0], xy[i][1]);
    GEOSGeometry* const shell = GEOSGeom_createLinearRing_r(geos_.handle(), ring);
    return GEOSGeom_createPolygon_r(geos_.handle(), shell, nullptr, 0);
  }
  static Box box_of(Grid const& grid, std::uint32_t c, std::uint32_t r) {
    return {grid.left + c * grid.cell_width, grid.top - (r + 1) * grid.cell_height,
            grid.left + (c + 1) * grid.cell_width, grid.top - r * grid.cell_height};
  }
  Geos geos_;
};

/// Cells that only one of two lists has count as 0 in the other.
double largest_difference(Fractions const& a, Fractions const& b) {
  double out = 0;
  for (auto const& [cell, fraction] : a) {
    auto const other = b.find(cell);
    out = std::max(out, std::abs(fraction - (other == b.end() ? 0 : other->second)));
  }
  for (auto const& [cell, fraction] : b)
    if (!a.contains(cell)) out = std::max(out, fraction);
  return out;
}

double sum(Fractions const& all) {
  double out = 0;
  for (auto const& [cell, fraction] : all) out += fraction;
  return out;
}

/// Corners on whole, half and other positions, so that rings run along borders and through corners of cells.
std::string snapped_star(Random& random, Point centre, double radius) {
  double const step = std::vector<double>{1, 0.5, 0.25}[random.below(3)];
  auto ring = test::star(random, centre, radius, static_cast<int>(4 + random.below(12)));
  for (Point& p : ring) p = {std::round(p.x / step) * step, std::round(p.y / step) * step};
  return "POLYGON(" + test::ring_text(ring) + ")";
}

bool is_valid(Geos const& geos, GeometryColumn const& column) {
  return GEOSisValid_r(geos.handle(), geos.row(column, 0).get()) == 1;
}

}  // namespace

TEST_CASE("Fractions of cells are those of the published cases", "[geometry][oracle]") {
  auto const file = test::oracle("f07_cell_coverage_fraction");
  if (file.is_null()) return;
  double const tolerance = file["tolerance"]["abs"];
  std::size_t compared = 0;
  for (auto const& given : file["input"]["cases"]) {
    auto const& e = given["grid_xmin_ymin_xmax_ymax"];
    double const cell = given["cell"];
    Grid const grid{e[0],
                    e[3],
                    cell,
                    cell,
                    static_cast<std::uint32_t>((e[2].get<double>() - e[0].get<double>()) / cell),
                    static_cast<std::uint32_t>((e[3].get<double>() - e[1].get<double>()) / cell)};
    auto found = fractions(one(given["wkt"]), 0, grid);
    for (auto const& expected : file["expected"]["coverage"]) {
      if (expected["name"] != given["name"]) continue;
      INFO(given["name"]);
      auto const& rows = expected["rows_top_to_bottom"];
      REQUIRE(rows.size() == grid.rows);
      for (std::uint32_t r = 0; r < grid.rows; ++r)
        for (std::uint32_t c = 0; c < grid.columns; ++c, ++compared)
          CHECK(std::abs(found[Cell{c, r}] - rows[r][c].get<double>()) <= tolerance);
    }
  }
  CHECK(compared == 4 * 9 + 4);
}

TEST_CASE("A polygon along cell borders covers its cells wholly and touches no other", "[geometry]") {
  Grid const grid{100, 230, 10, 10, 5, 3};
  // Columns 1 to 3, rows 0 and 1 but for the cell in the middle of row 1.
  auto const shape = one(
      "POLYGON((110 210,120 210,120 220,130 220,130 210,135 210,140 210,140 217.3,140 230,121.7 230,110 230,110 210))");
  CHECK(fractions(shape, 0, grid) == Fractions{{{1, 0}, 1}, {{2, 0}, 1}, {{3, 0}, 1}, {{1, 1}, 1}, {{3, 1}, 1}});
}

TEST_CASE("Borders of cells whose size has no exact double still belong to one side", "[geometry]") {
  Grid const grid{0.1, 0.7, 0.1, 0.1, 6, 6};
  auto const found = fractions(one("POLYGON((0.2 0.3,0.5 0.3,0.5 0.6,0.2 0.6,0.2 0.3))"), 0, grid);
  Fractions expected;
  for (std::uint32_t c = 1; c < 4; ++c)
    for (std::uint32_t r = 1; r < 4; ++r) expected[{c, r}] = 1;
  CHECK(found == expected);
}

TEST_CASE("What lies off the grid covers nothing", "[geometry]") {
  Grid const grid{0, 30, 10, 10, 3, 3};
  auto const square = [](double x, double y, double side) {
    return fmt::format("POLYGON(({} {},{} {},{} {},{} {},{} {}))", x, y, x + side, y, x + side, y + side, x, y + side,
                       x, y);
  };
  for (auto const& [x, y] : std::vector<std::pair<double, double>>{
           {-20, 5}, {-10, 5}, {30, 5}, {1e7, 5}, {5, -10}, {5, 30}, {5, -1e9}, {-10, -10}, {30, 30}, {-1e12, 1e12}})
    CHECK(fractions(one(square(x, y, 10)), 0, grid).empty());
  CHECK(fractions(one(square(-5, -5, 10)), 0, grid) == Fractions{{{0, 2}, 0.25}});
  CHECK(fractions(one(square(25, 25, 10)), 0, grid) == Fractions{{{2, 0}, 0.25}});
  CHECK(fractions(one(square(-1e6, -1e6, 2e6)), 0, grid).size() == 9);
  CHECK(sum(fractions(one(square(-1e6, -1e6, 2e6)), 0, grid)) == 9);
  CHECK(fractions(one("LINESTRING(0 0,30 30)"), 0, grid).empty());
  CHECK(fractions(one("POINT(5 5)"), 0, grid).empty());
  CHECK(fractions(one("POLYGON EMPTY"), 0, grid).empty());
  CHECK(fractions(one(square(5, 5, 10)), 0, {0, 30, 10, 10, 0, 0}).empty());
}

TEST_CASE("Polygons much smaller than a cell keep their area, within one cell and over a corner", "[geometry]") {
  Grid const grid{0, 100, 10, 10, 10, 10};
  for (double const side : {1.0, 0.01, 1e-4}) {
    auto const square = [side](double x, double y) {
      return one(fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{0} {3},{0} {1}))", x, y, x + side, y + side));
    };
    auto const inside = square(53, 47);
    CHECK(sum(fractions(inside, 0, grid)) == Approx(area(inside, 0) / 100).epsilon(1e-12));
    CHECK(fractions(inside, 0, grid).size() == 1);
    auto const corner = square(50 - side / 4, 50 - side / 2);
    auto const found = fractions(corner, 0, grid);
    CHECK(found.size() == 4);
    CHECK(sum(found) == Approx(area(corner, 0) / 100).epsilon(1e-9));
    CHECK(found.at({4, 4}) == Approx(side * side / 100 / 8).epsilon(1e-9));  // a quarter wide, half high
    CHECK(found.at({5, 4}) == Approx(side * side / 100 * 3 / 8).epsilon(1e-9));
  }
}

TEST_CASE("Fractions equal the areas that GEOS finds cell by cell", "[geometry]") {
  Twin const twin;
  Geos const geos;
  Random random(7);
  std::size_t compared = 0, cells = 0;
  for (int i = 0; i < 6000; ++i) {
    // Cells of 1 × 1 at the origin, and 10 × 4 at coordinates as large as those of Flanders.
    bool const far = i % 2 == 0;
    Grid const grid = far ? Grid{150000, 200040, 10, 4, 12, 10} : Grid{0, 12, 1, 1, 12, 12};
    Point const centre =
        far ? Point{random.in(149980, 150140), random.in(199990, 200050)} : Point{random.in(-2, 14), random.in(-2, 14)};
    double const radius = (far ? 10 : 1) * random.in(0.1, 8);
    std::string wkt = i % 3 == 0 ? test::polygon_text(random, centre, radius) : snapped_star(random, centre, radius);
    if (i % 7 == 0)  // a second part beside it
      wkt = "MULTIPOLYGON(" + wkt.substr(7) + "," +
            test::polygon_text(random, {centre.x + 3 * radius, centre.y}, radius).substr(7) + ")";
    auto const shape = one(wkt);
    if (!is_valid(geos, shape)) continue;
    INFO(wkt);
    auto const own = fractions(shape, 0, grid), expected = twin.of(shape, 0, grid);
    // Coordinates of 2e5 are rounded to 3e-11 m, a cell is 40 m2 and a boundary in it some 20 m long.
    CHECK(largest_difference(own, expected) < (far ? 2e-10 : 1e-12));
    double const on_grid = sum(own) * grid.cell_area();
    CHECK(std::abs(on_grid - twin.area_on(shape, 0, grid)) <= 1e-9 * area(shape, 0));
    ++compared;
    cells += own.size();
  }
  CHECK(compared > 5000);
  CHECK(cells > 50000);
}

TEST_CASE("On a grid that holds the polygon, fractions add up to its area", "[geometry]") {
  Random random(11);
  Grid const grid{20000, 250000, 10, 10, 24000, 10000};
  for (int i = 0; i < 2000; ++i) {
    auto const shape = one(test::polygon_text(random, {random.in(60000, 200000), random.in(170000, 230000)},
                                              std::pow(10, random.in(-1, 3.5))));
    double const cells = sum(fractions(shape, 0, grid)) * grid.cell_area();
    CHECK(std::abs(cells - area(shape, 0)) <= 1e-9 * area(shape, 0));
  }
}

TEST_CASE("A polygon over millions of cells costs as much as its boundary", "[geometry]") {
  Grid const grid{0, 1e6, 10, 10, 100000, 100000};
  auto const shape = one("POLYGON((5 5,999995 5,999995 999995,5 999995,5 5))");
  CellCoverage coverage(grid);
  auto const runs = coverage.of(shape, 0);
  CHECK(runs.size() < 400000);
  double cells = 0;
  for (CellRun const& run : runs) cells += run.cells * run.fraction;
  CHECK(cells * 100 == Approx(999990.0 * 999990.0).epsilon(1e-12));
}

TEST_CASE("Fractions do not depend on the other rows, nor on the worker", "[geometry]") {
  Random random(3);
  Grid const grid{0, 100, 1, 1, 100, 100};
  GeometryColumn column;
  for (int i = 0; i < 300; ++i)
    append_wkt(column, test::polygon_text(random, {random.in(0, 100), random.in(0, 100)}, random.in(0.1, 9)));
  std::vector<std::vector<CellRun>> alone(column.size());
  for (std::size_t row = 0; row < column.size(); ++row) {
    CellCoverage coverage(grid);
    auto const runs = coverage.of(column, row);
    alone[row].assign(runs.begin(), runs.end());
  }
  for (unsigned const workers : {1U, 2U, 7U}) {
    std::vector<std::vector<CellRun>> found(column.size());
    parallel_chunks(column.size(), workers, 16, [&](unsigned, std::size_t begin, std::size_t end) {
      CellCoverage coverage(grid);
      for (std::size_t row = end; row-- > begin;) {
        auto const runs = coverage.of(column, row);
        found[row].assign(runs.begin(), runs.end());
      }
    });
    CHECK(found == alone);
  }
}
