#include <algorithm>

#include "study.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("Measures of shape of a square and of an L of two 40 m arms") {
  Study study(layer_of({box_wkt(0, 0, 10, 10), "POLYGON((0 0,100 0,100 40,40 40,40 100,0 100,0 0))"}));
  auto const value = [&](char const* name, std::size_t row) { return study.measure(spec_of(name)).value.at(row); };
  CHECK(value("gross_area", 0) == 100);
  CHECK(value("gross_area", 1) == 6400);  // 100² − 60²
  CHECK(value("perimeter", 1) == 400);
  CHECK(*value("compactness", 0) == Approx(3.14159265358979 / 4));
  CHECK(value("convexity", 0) == 1);
  CHECK(*value("convexity", 1) == Approx(6400.0 / 8200));  // the hull adds a triangle of 60 × 60 / 2
  CHECK(value("hull_width", 0) == 10);
  CHECK(*value("usable_width", 1) == Approx(40));  // (400 − √(400² − 16 · 6400)) / 4
  CHECK(*value("inscribed_diameter", 0) == Approx(10).margin(0.2));
  CHECK(study.measure(spec_of("gross_area")).unit == "m2");
  CHECK(study.measure(spec_of("gross_area")).by_layer.empty());
}

TEST_CASE("Neighbours share at least the length asked for, corners do not count") {
  Study study(3, 3);
  auto const count = study.measure(spec_of("neighbours"));
  auto const length = study.measure(spec_of("shared_length"));
  std::vector<double> const expected{2, 3, 2, 3, 4, 3, 2, 3, 2};
  for (std::size_t row = 0; row < 9; ++row) {
    CHECK(shown(count, row) == known(expected[row]));
    CHECK(shown(length, row) == known(10 * expected[row]));
  }
  auto spec = spec_of("neighbours");
  spec.min_shared_m = 10.5;
  CHECK(shown(study.measure(spec), 4) == known(0));
}

TEST_CASE("Neighbours are sought in the whole layer of which the candidates are a part") {
  Study study(grid_of_parcels(3, 3, 10, 0, 0));
  study.layers["parcels"] = study.candidates;
  std::vector<Row> const rows{8, 4};
  study.candidates.layer = take(study.candidates.layer, rows);
  Inputs inputs = study.inputs();
  inputs.candidate_layer = "parcels";
  inputs.candidate_rows = rows;
  auto const count = measure(spec_of("neighbours"), inputs), length = measure(spec_of("shared_length"), inputs);
  CHECK(shown(count, 0) == known(2));
  CHECK(shown(count, 1) == known(4));
  CHECK(shown(length, 1) == known(40));
  CHECK(shown(study.measure(spec_of("neighbours")), 1) == known(0));
}

TEST_CASE("Own attribute and own class") {
  Study study(4);
  study.candidates.layer.attributes.add(number_column("price", {120, std::nullopt, 0, -5}));
  study.candidates.layer.attributes.add(text_column("owner", {"city", nullptr, " ", "firm"}));
  study.candidates.layer.attributes.add(text_column("size", {"12.5", "", nullptr, " 3 "}));
  study.candidates.class_of = text_column("class", {"x", nullptr, "y", "x"});
  auto spec = spec_of("own_attribute");
  spec.field = "price";
  spec.per = 10;
  auto const price = study.measure(spec);
  CHECK(shown(price, 0) == known(12));
  CHECK(shown(price, 1) == "- -..-");
  CHECK(shown(price, 2) == known(0));
  CHECK(shown(price, 3) == known(-0.5));
  spec.field = "size";
  spec.per = 1;
  auto const size = study.measure(spec);
  CHECK(shown(size, 0) == known(12.5));
  CHECK(shown(size, 1) == "- -..-");
  CHECK(shown(size, 3) == known(3));
  spec = spec_of("own_class");
  auto const of_class = study.measure(spec);
  CHECK(of_class.text.at(0) == "x");
  CHECK_FALSE(of_class.is_known(1));
  spec.field = "owner";
  auto const owner = study.measure(spec);
  CHECK(owner.text.at(3) == "firm");
  CHECK_FALSE(owner.is_known(1));
  CHECK_FALSE(owner.is_known(2));
}

TEST_CASE("Text where a number belongs names layer, field, feature, value and remedy") {
  Study study(2);
  study.candidates.layer.attributes.add(text_column("price", {"1", "12,5"}));
  auto spec = spec_of("own_attribute");
  spec.field = "price";
  auto const thrown = error_of([&] { (void)study.measure(spec); });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(thrown.text ==
        "Criterion 'k' (own_attribute): layer 'parcels', field 'price', feature '2' has the text '12,5' where a number "
        "belongs. Write it as a number with a decimal point, leave it empty, or take another field.");
}

TEST_CASE("An absent field is an input error with a suggestion, an unnamed one is a fault of the study") {
  Study study(1);
  study.candidates.layer.attributes.add(number_column("price", {1}));
  study.add("plans", {box_wkt(0, 0, 5, 5)}).layer.attributes.add(number_column("fsi", {1}));
  auto spec = spec_of("own_attribute");
  spec.field = "prise";
  auto const own = error_of([&] { (void)study.measure(spec); });
  CHECK(own.kind == ErrorKind::input);
  CHECK(own.text == "Criterion 'k' (own_attribute): layer 'parcels' has no field 'prise'. Did you mean 'price'?");
  for (char const* name : {"in_attribute", "sum_within", "in_class"}) {
    spec = spec_of(name, "plans");
    spec.field = "fzi";
    CHECK(error_of([&] { (void)study.measure(spec); }).text.find("Did you mean 'fsi'?") != std::string::npos);
  }
  for (char const* name : {"in_attribute", "sum_within", "own_attribute", "in_class", "own_class"})
    CHECK(error_of([&] { (void)study.measure(spec_of(name, "plans")); }).kind == ErrorKind::config);
}
