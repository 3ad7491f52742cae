#include <algorithm>
#include <random>

#include "study.hpp"
#include "support/catch.hpp"
#include "terrein/geometry/measures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr std::optional<double> none;

Study over(std::vector<std::string> const& wkt) { return Study(layer_of(wkt)); }

CriterionSpec share_of(std::vector<double> values) {
  CriterionSpec spec = spec_of("raster_share", "r");
  spec.values = std::move(values);
  return spec;
}

/// Star-shaped parcels of some 0.05 to 5 ha over 1 km².
Layer random_parcels(unsigned seed, int count) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> place(50, 950), size(10, 120), ragged(0.4, 1);
  std::vector<std::string> wkt;
  for (int i = 0; i < count; ++i) {
    double const x = place(random), y = place(random), radius = size(random);
    std::string ring, first;
    for (int corner = 0; corner < 9; ++corner) {
      double const angle = 2 * std::acos(-1.0) * corner / 9, r = radius * ragged(random);
      std::string const at = fmt::format("{} {}", x + r * std::cos(angle), y + r * std::sin(angle));
      if (corner == 0) first = at;
      ring += at + ",";
    }
    wkt.push_back("POLYGON((" + ring + first + "))");
  }
  return layer_of(wkt, "parcels");
}

std::vector<std::optional<double>> random_values(unsigned seed, std::size_t count, int most) {
  std::mt19937_64 random(seed);
  std::vector<std::optional<double>> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<double>(random() % static_cast<unsigned>(most)));
  return out;
}

std::vector<CriterionSpec> all_kinds() {
  std::vector<CriterionSpec> out{spec_of("raster_mean", "r"), spec_of("raster_max", "r"), spec_of("raster_min", "r"),
                                 share_of({1, 2}), share_of({3})};
  return out;
}

std::string exact(Measure const& measure, std::size_t row) {
  auto const text = [](std::optional<double> value) {
    return value ? fmt::format("{:a} ", *value) : std::string("- ");
  };
  return text(measure.value.at(row)) + text(measure.low.at(row)) + text(measure.high.at(row));
}

}  // namespace

TEST_CASE("Cells count for the part that the candidate covers", "[criteria]") {
  // Cells 1 2 / 3 4 of 10 m, north on top.
  Study toy = over({box_wkt(7.5, 0, 20, 20), box_wkt(5, 5, 15, 15), box_wkt(0, 10, 10, 20)});
  toy.add_raster("r", 2, 2, {1, 2, 3, 4});
  // 2.5 × 10 m of the cells 1 and 3, all of the cells 2 and 4: (25 · 4 + 100 · 6) / 250 = 2.8
  auto const mean = toy.measure(spec_of("raster_mean", "r"));
  CHECK(shown(mean, 0) == known(2.8));
  CHECK(shown(mean, 1) == known(2.5));
  CHECK(shown(mean, 2) == known(1));
  auto const most = toy.measure(spec_of("raster_max", "r")), least = toy.measure(spec_of("raster_min", "r"));
  CHECK(shown(most, 0) == known(4));
  CHECK(shown(least, 0) == known(1));
  CHECK(shown(most, 2) == known(1));  // along the borders of three other cells, but on none of them
  CHECK(shown(least, 2) == known(1));
  auto const share = toy.measure(share_of({2, 3}));
  CHECK(shown(share, 0) == known(0.5));  // (100 + 25) / 250
  CHECK(shown(share, 1) == known(0.5));
  CHECK(exact(toy.measure(share_of({1})), 2) == fmt::format("{:a} - - ", 1.0));
  CHECK(exact(toy.measure(share_of({7})), 0) == fmt::format("{:a} - - ", 0.0));
  CHECK(share.unit == "share");
  CHECK(share.by_layer.empty());
}

TEST_CASE("Classes are those of the raster's table, and a value without class may be of any", "[criteria]") {
  Study toy = over({box_wkt(0, 0, 40, 10), box_wkt(0, 0, 20, 10)});
  toy.add_raster("r", 4, 1, {1, 2, 3, 9}).class_of = {{1, "built"}, {2, "built"}, {3, "road"}};
  CHECK(shown(toy.measure(spec_of("raster_share", "r", {"built"})), 0) == "- 0.5..0.75");
  CHECK(shown(toy.measure(spec_of("raster_share", "r", {"built"})), 1) == known(1));
  CHECK(shown(toy.measure(spec_of("raster_share", "r", {"road", "built"})), 0) == "- 0.75..1");
  CHECK(shown(toy.measure(share_of({9})), 0) == known(0.25));  // what a value is, is known without class
  auto const thrown = [&](CriterionSpec const& spec) { return error_of([&] { (void)toy.measure(spec); }); };
  CHECK(thrown(spec_of("raster_share", "r")).text.find("either classes or values") != std::string::npos);
  CriterionSpec both = spec_of("raster_share", "r", {"built"});
  both.values = {1};
  CHECK(thrown(both).kind == ErrorKind::config);
  toy.rasters.at("r").class_of.clear();
  CHECK(thrown(spec_of("raster_share", "r", {"built"})).text.find("[layers.r.classes]") != std::string::npos);
}

TEST_CASE("Cells without value and land off the grid are unknown, never 0", "[criteria]") {
  // Four cells in a row: 1, none, 3, 4. Off the grid to the east and south.
  Study toy = over({box_wkt(0, 0, 20, 10), box_wkt(20, 0, 60, 10), box_wkt(25, -30, 35, 10), box_wkt(100, 0, 120, 10),
                    box_wkt(10, 0, 20, 10), box_wkt(20, 0, 40, 10)});
  toy.add_raster("r", 4, 1, {1, none, 3, 4}).class_of = {{1, "a"}, {3, "b"}, {4, "b"}};
  std::vector<std::string> mean, most, least, a;
  for (std::size_t row = 0; row < 6; ++row) {
    mean.push_back(shown(toy.measure(spec_of("raster_mean", "r")), row));
    most.push_back(shown(toy.measure(spec_of("raster_max", "r")), row));
    least.push_back(shown(toy.measure(spec_of("raster_min", "r")), row));
    a.push_back(shown(toy.measure(spec_of("raster_share", "r", {"a"})), row));
  }
  std::string const unknown = "- -..-";
  CHECK(mean == std::vector<std::string>{unknown, unknown, unknown, unknown, unknown, known(3.5)});
  CHECK(most == std::vector<std::string>{"- 1..-", "- 4..-", "- 4..-", unknown, unknown, known(4)});
  CHECK(least == std::vector<std::string>{"- -..1", "- -..3", "- -..3", unknown, unknown, known(3)});
  CHECK(a == std::vector<std::string>{"- 0.5..1", "- 0..0.5", "- 0..0.75", "- 0..1", "- 0..1", known(0)});
}

TEST_CASE("What is missing up to a millionth of the candidate does not matter", "[criteria]") {
  // 1000 m of candidate west of a cell without value, and 0.9 mm or 1.1 mm into it.
  Study toy = over({box_wkt(0, 0, 1000.0009, 10), box_wkt(0, 0, 1000.0011, 10)});
  std::vector<std::optional<double>> values(100, 5);
  values.push_back(none);
  toy.add_raster("r", 101, 1, values);
  CHECK(shown(toy.measure(spec_of("raster_mean", "r")), 0) == known(5));
  CHECK(shown(toy.measure(spec_of("raster_max", "r")), 0) == known(5));
  CHECK(toy.measure(share_of({5})).value.is_known(0));
  CHECK(shown(toy.measure(spec_of("raster_mean", "r")), 1) == "- -..-");
  CHECK(shown(toy.measure(spec_of("raster_max", "r")), 1) == "- 5..-");
  CHECK_FALSE(toy.measure(share_of({5})).value.is_known(1));
  // A sliver that rounding makes is no reason for another maximum.
  Study slivers = over({box_wkt(0, 0, 10 + 1e-9, 10), box_wkt(0, 0, 10.1, 10)});
  slivers.add_raster("r", 2, 1, {5, 80});
  CHECK(shown(slivers.measure(spec_of("raster_max", "r")), 0) == known(5));
  CHECK(shown(slivers.measure(spec_of("raster_max", "r")), 1) == known(80));
  // Of a candidate of more than a million cells each one still counts.
  Study large = over({box_wkt(0, 0, 1200, 1200)});
  std::vector<std::optional<double>> many(1440000, 1);
  many[777777] = 9;
  large.add_raster("r", 1200, 1200, many, 1);
  CHECK(shown(large.measure(spec_of("raster_max", "r")), 0) == known(9));
}

TEST_CASE("Shares and means are those of cells overlaid as polygons", "[criteria]") {
  Study toy(random_parcels(5, 200));
  auto const values = random_values(9, 10000, 5);
  toy.add_raster("r", 100, 100, values);
  std::vector<std::string> cells;
  std::vector<std::string> words;
  Words classes;
  for (std::size_t i = 0; i < values.size(); ++i) {
    double const x = 10.0 * static_cast<double>(i % 100), y = 990 - 10.0 * static_cast<double>(i / 100);
    cells.push_back(box_wkt(x, y, x + 10, y + 10));
    static constexpr char const* names[] = {"0", "1", "2", "3", "4"};
    classes.push_back(names[static_cast<std::size_t>(*values[i])]);
  }
  toy.add("cells", cells, classes);
  auto const mean = toy.measure(spec_of("raster_mean", "r"));
  std::vector<double> expected(toy.candidates.layer.size(), 0);
  for (int value = 0; value < 5; ++value) {
    auto const own = toy.measure(share_of({double(value)}));
    auto const by_overlay = toy.measure(spec_of("area_share", "cells", {std::to_string(value)}));
    for (std::size_t row = 0; row < own.size(); ++row) {
      if (!own.value.is_known(row)) continue;  // partly off the grid
      CHECK(std::abs(own.value.values[row] - by_overlay.value.values[row]) < 1e-9);
      expected[row] += value * by_overlay.value.values[row];
    }
  }
  std::size_t compared = 0;
  for (std::size_t row = 0; row < expected.size(); ++row) {
    if (!mean.value.is_known(row)) continue;
    CHECK(std::abs(mean.value.values[row] - expected[row]) < 1e-8);
    ++compared;
  }
  CHECK(compared > 150);
}

TEST_CASE("A raster in another CRS is not resampled: the candidate is brought to it", "[criteria]") {
  Layer parcels = layer_of({box_wkt(150000, 170000, 150100, 170100), box_wkt(150100, 170000, 150400, 170200)});
  Crs const degrees = crs_from("EPSG:4258");
  Study toy(parcels);
  MeasuringRaster& source = toy.add_raster("r", 400, 400, random_values(2, 160000, 50));
  source.raster.crs = degrees;
  source.raster.grid = {4.36, 50.86, 0.0001, 0.0001, 400, 400};
  auto const mean = toy.measure(spec_of("raster_mean", "r"));
  // The same with candidates that lie in the raster's CRS already.
  Layer moved = parcels;
  Transform const transform(parcels.crs, degrees, parcels.geometry.extent());
  moved.geometry = {};
  GeometryBuilder builder(moved.geometry);
  for (std::size_t row = 0; row < 2; ++row) {
    auto const ring = parcels.geometry.path(row);
    std::vector<double> xy(ring.begin(), ring.end());
    transform.apply(xy);
    for (std::size_t i = 0; i < xy.size(); i += 2) builder.vertex(xy[i], xy[i + 1]);
    builder.end_path();
    builder.end_part();
    builder.end_row(GeometryKind::polygon);
  }
  moved.crs = degrees;
  Study there(moved);
  there.rasters = toy.rasters;
  auto const expected = there.measure(spec_of("raster_mean", "r"));
  for (std::size_t row = 0; row < 2; ++row) {
    REQUIRE(mean.value.is_known(row));
    CHECK(mean.value.values[row] == expected.value.values[row]);
  }
  CHECK(mean.value.values[0] != mean.value.values[1]);
}

TEST_CASE("A raster does not depend on workers, on other candidates, on their order or on what part was read",
          "[criteria]") {
  Study toy(random_parcels(21, 1000));
  auto values = random_values(4, 10000, 6);
  for (std::size_t i = 0; i < values.size(); i += 97) values[i] = none;
  toy.add_raster("r", 100, 100, values);
  auto const specs = all_kinds();
  auto const whole = measure_all(specs, toy.inputs());
  for (unsigned const workers : {2U, 7U}) {
    toy.workers = workers;
    auto const again = measure_all(specs, toy.inputs());
    for (std::size_t k = 0; k < specs.size(); ++k)
      for (std::size_t row = 0; row < 1000; ++row) REQUIRE(exact(again[k], row) == exact(whole[k], row));
  }
  Layer const& parcels = toy.candidates.layer;
  std::vector<Row> order;
  for (Row row = 0; row < 1000; ++row)
    if (Box{200, 200, 800, 800}.contains(parcels.geometry.box[row])) order.push_back(row);
  REQUIRE(order.size() > 100);
  std::shuffle(order.begin(), order.end(), std::mt19937_64(1));
  Study part(take(parcels, order));
  part.rasters = toy.rasters;
  Raster const& all = toy.rasters.at("r").raster;
  Raster& raster = part.rasters.at("r").raster;  // only columns and rows 15 … 84
  raster.first_column = raster.first_row = 15;
  raster.columns = raster.rows = 70;
  raster.valid.clear();
  std::vector<double> kept;
  for (std::uint32_t r = 15; r < 85; ++r)
    for (std::uint32_t c = 15; c < 85; ++c) kept.push_back(all.value(all.index(c, r)));
  raster.values = kept;
  for (std::uint32_t r = 15; r < 85; ++r)
    for (std::uint32_t c = 15; c < 85; ++c)
      if (!all.has_value(all.index(c, r))) raster.forget(raster.index(c, r));
  auto const of_part = measure_all(specs, part.inputs());
  for (std::size_t k = 0; k < specs.size(); ++k) {
    Measure const alone = part.measure(specs[k]);
    for (std::size_t i = 0; i < order.size(); ++i) {
      REQUIRE(exact(of_part[k], i) == exact(whole[k], order[i]));
      REQUIRE(exact(alone, i) == exact(whole[k], order[i]));
    }
  }
}

TEST_CASE("A raster that is not there is unknown with the reason, and a layer of features is no raster", "[criteria]") {
  Study toy = over({box_wkt(0, 0, 10, 10)});
  toy.add_raster("r", 1, 1, {5});
  toy.add("zones", {box_wkt(0, 0, 10, 10)}, {"a"});
  auto const absent = toy.measure(spec_of("raster_mean", "slope"));
  CHECK(shown(absent, 0) == "- -..-");
  CHECK(absent.why_unknown.en == "the study has no layer 'slope'");
  auto const on_features = error_of([&] { (void)toy.measure(spec_of("raster_mean", "zones")); });
  CHECK(on_features.kind == ErrorKind::config);
  CHECK(on_features.text.find("'zones' is one of features") != std::string::npos);
  for (char const* kind : {"area_share", "distance", "count_within"}) {
    auto const on_raster = error_of([&] { (void)toy.measure(spec_of(kind, "r")); });
    CHECK(on_raster.kind == ErrorKind::config);
    CHECK(on_raster.text.find("'r' is a raster") != std::string::npos);
  }
}

TEST_CASE("A candidate without area has no value on a raster", "[criteria]") {
  Study toy = over({"POLYGON EMPTY", box_wkt(0, 0, 10, 10)});
  toy.add_raster("r", 1, 1, {5});
  for (CriterionSpec const& spec : all_kinds()) CHECK(shown(toy.measure(spec), 0) == "- -..-");
  CHECK(shown(toy.measure(spec_of("raster_mean", "r")), 1) == known(5));
}
