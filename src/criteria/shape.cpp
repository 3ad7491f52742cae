#include "criteria/kinds.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

template <class Work>
Measure of_shape(Workbench const& bench, Work const& work) {
  Measure out = bench.numbers();
  bench.each([&](std::size_t row) { out.value.set(row, work(row)); });
  return out;
}

}  // namespace

Measure measure_gross_area(CriterionSpec const&, Workbench& bench) {
  return of_shape(bench, [&](std::size_t row) { return bench.area(row); });
}

Measure measure_perimeter(CriterionSpec const&, Workbench& bench) {
  return of_shape(bench, [&](std::size_t row) { return length(bench.shapes(), row); });
}

Measure measure_compactness(CriterionSpec const&, Workbench& bench) {
  return of_shape(bench, [&](std::size_t row) { return compactness(bench.area(row), length(bench.shapes(), row)); });
}

Measure measure_convexity(CriterionSpec const&, Workbench& bench) {
  auto const& hulls = bench.hulls();
  return of_shape(bench, [&](std::size_t row) { return bench.area(row) / hulls[row].area; });
}

Measure measure_hull_width(CriterionSpec const&, Workbench& bench) {
  auto const& hulls = bench.hulls();
  return of_shape(bench, [&](std::size_t row) { return hulls[row].width; });
}

Measure measure_usable_width(CriterionSpec const&, Workbench& bench) {
  return of_shape(bench, [&](std::size_t row) { return usable_width(bench.area(row), length(bench.shapes(), row)); });
}

Measure measure_inscribed_diameter(CriterionSpec const&, Workbench& bench) {
  return of_shape(bench, [&](std::size_t row) { return 2 * largest_inscribed_circle(bench.shapes(), row).radius; });
}

}  // namespace terrein
