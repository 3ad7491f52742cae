#include <random>

#include "study.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

CriterionSpec near(std::string const& measure, double radius, std::vector<std::string> classes = {}) {
  CriterionSpec spec = spec_of(measure, "poi", std::move(classes));
  spec.radius_m = spec.distance_m = radius;
  return spec;
}

}  // namespace

TEST_CASE("Distance is to the nearest feature and 0 when they touch") {
  Study study(3);
  study.add("poi", {"POINT(5 5)", "POINT(33 14)", "POINT(-7 5)"}, {"a", "b", "b"});
  auto const all = study.measure(near("distance", 0));
  CHECK(all.unit == "m");
  CHECK(shown(all, 0) == known(0));
  CHECK(shown(all, 1) == known(5));
  CHECK(shown(all, 2) == known(5));  // 3 east, 4 north of the corner (30, 10)
  CHECK(all.by == std::vector<Row>{0, 0, 1});
  auto const b = study.measure(near("distance", 0, {"b"}));
  CHECK(shown(b, 0) == known(7));
  CHECK(b.by[0] == 2);
}

TEST_CASE("Equally near features give the smallest id") {
  Study study(1);
  auto& poi = study.add("poi", {"POINT(15 5)", "POINT(-5 5)", "POINT(5 15)"});
  CHECK(study.measure(near("distance", 0)).by[0] == 0);
  poi.layer = take(poi.layer, {2, 1, 0});  // ids 3, 2, 1
  auto const turned = study.measure(near("distance", 0));
  CHECK(poi.layer.id[turned.by[0]] == "1");
}

TEST_CASE("A nearer feature without class makes the distance to a class unknown") {
  Study study(3);
  study.add("poi", {"POINT(-8 5)", "POINT(25 5)"}, {"a", nullptr});
  auto const measure = study.measure(near("distance", 0, {"a"}));
  CHECK(shown(measure, 0) == known(8));
  CHECK(shown(measure, 1) == "- 5..18");
  CHECK(shown(measure, 2) == "- 0..28");
  CHECK(measure.by[1] == 0);
  CHECK(shown(study.measure(near("distance", 0)), 1) == known(5));  // without a class asked for, every row counts
}

TEST_CASE("A distance is known when nothing outside the coverage can be nearer") {
  Study study(4);
  study.add("poi", {"POINT(-4 5)"});
  study.cover("poi", box_wkt(-100, -100, 35, 100));
  auto const measure = study.measure(near("distance", 0));
  CHECK(shown(measure, 0) == known(4));   // the border is 25 m away
  CHECK(shown(measure, 1) == known(14));  // 15 m
  CHECK(shown(measure, 2) == "- 5..24");  // 5 m
  CHECK(shown(measure, 3) == "- 0..34");  // partly outside
  study.cover("poi", "");
  CHECK(shown(study.measure(near("distance", 0)), 0) == "- 0..4");
}

TEST_CASE("A feature that touches is at distance 0 whatever is not known") {
  Study study(1);
  study.add("poi", {"POINT(10 5)"});
  study.cover("poi", box_wkt(50, 50, 60, 60));
  CHECK(shown(study.measure(near("distance", 0)), 0) == known(0));
}

TEST_CASE("Without any feature a distance is unknown, with the reach of the coverage as lower bound") {
  Study study(1);
  study.add("poi", {"POINT(3 3)"}, {"a"});
  study.cover("poi", box_wkt(-20, -20, 40, 40));
  auto const measure = study.measure(near("distance", 0, {"b"}));
  CHECK(shown(measure, 0) == "- 20..-");
  CHECK(measure.by[0] == no_row);
  CHECK(measure.why_unknown.empty());  // the bound is something
  study.layers.at("poi").coverage.everywhere = true;
  auto const nothing = study.measure(near("distance", 0, {"b"}));
  CHECK(shown(nothing, 0) == "- -..-");
  CHECK(nothing.why_unknown.en == "layer 'poi' has no feature of class 'b'");
  CHECK(nothing.why_unknown.nl == "laag 'poi' heeft geen object van klasse 'b'");
}

TEST_CASE("Count and sum take features within the radius, the radius included") {
  Study study(2);
  auto& poi =
      study.add("poi", {"POINT(-10 5)", "POINT(5 5)", "POINT(-10.001 5)", "POINT(13 22)"}, {"a", "a", "b", "b"});
  poi.layer.attributes.add(number_column("jobs", {10, 5, 1000, 7}));
  auto const count = study.measure(near("count_within", 10));
  CHECK(count.unit == "n");
  CHECK(shown(count, 0) == known(2));
  CHECK(shown(count, 1) == known(1));
  CHECK(count.by[0] == 1);  // the nearest
  CHECK(shown(study.measure(near("count_within", 10, {"b"})), 0) == known(0));
  auto spec = near("sum_within", 10);
  spec.field = "jobs";
  auto const sum = study.measure(spec);
  CHECK(shown(sum, 0) == known(15));
  CHECK(sum.by[0] == 0);  // the largest term
  spec.radius_m = 12.5;
  CHECK(shown(study.measure(spec), 1) == known(12));  // 5 at 5 m, 7 at 12 m
  spec.per = 10;
  CHECK(shown(study.measure(spec), 1) == known(1.2));
}

TEST_CASE("Features without class bound a count and a sum") {
  Study study(2);
  auto& poi = study.add("poi", {"POINT(-1 5)", "POINT(-2 5)", "POINT(-3 5)"}, {"a", nullptr, nullptr});
  poi.layer.attributes.add(number_column("jobs", {10, 5, -2}));
  auto spec = near("count_within", 5, {"a"});
  auto const count = study.measure(spec);
  CHECK(shown(count, 0) == "- 1..3");
  CHECK(shown(count, 1) == known(0));
  spec.measure = "sum_within";
  spec.field = "jobs";
  CHECK(shown(study.measure(spec), 0) == "- 8..15");
}

TEST_CASE("Near the border of the coverage a count and a sum have no upper bound") {
  Study study(3);
  auto& poi = study.add("poi", {"POINT(5 5)", "POINT(25 5)"});
  poi.layer.attributes.add(number_column("jobs", {3, 4}));
  study.cover("poi", box_wkt(-100, -100, 30, 100));
  auto spec = near("count_within", 10);
  auto const count = study.measure(spec);
  CHECK(shown(count, 0) == known(1));
  CHECK(shown(count, 1) == known(2));  // the border is exactly the radius away
  CHECK(shown(count, 2) == "- 1..-");
  spec.measure = "sum_within";
  spec.field = "jobs";
  CHECK(shown(study.measure(spec), 1) == known(7));
  CHECK(shown(study.measure(spec), 2) == "- 4..-");
}

TEST_CASE("A null among the terms makes a sum unknown") {
  Study study(1);
  auto& poi = study.add("poi", {"POINT(5 5)", "POINT(6 5)"});
  poi.layer.attributes.add(number_column("jobs", {3, std::nullopt}));
  auto spec = near("sum_within", 10);
  spec.field = "jobs";
  CHECK(shown(study.measure(spec), 0) == "- 3..-");
}

TEST_CASE("Perimeter share is the part of the boundary near the layer") {
  Study study(3);
  study.add("poi", {"LINESTRING(-3 0,-3 10)"}, {"water"});
  // Within 3 m of the line: the west side of parcel 1, and nothing of its other sides but their corners.
  CHECK(shown(study.measure(near("perimeter_share", 3)), 0) == known(0.25));
  // Within 5 m: 10 m of the west side and 2 × 2 m of the south and north sides.
  auto const five = study.measure(near("perimeter_share", 5));
  CHECK(shown(five, 0) == known(0.35));
  CHECK(five.by == std::vector<Row>{0, no_row, no_row});
  CHECK(shown(five, 1) == known(0));
}

TEST_CASE("Perimeter share knows its bounds") {
  Study study(3);
  study.add("poi", {"LINESTRING(-3 0,-3 10)", "LINESTRING(0 13,10 13)"}, {"water", nullptr});
  auto const measure = study.measure(near("perimeter_share", 3, {"water"}));
  CHECK(shown(measure, 0) == "- 0.25..0.5");
  CHECK(shown(measure, 2) == known(0));
  study.cover("poi", box_wkt(-100, -100, 22, 100));
  auto const covered = study.measure(near("perimeter_share", 3, {"water"}));
  CHECK(shown(covered, 0) == "- 0.25..0.5");
  CHECK(shown(covered, 1) == "- 0..1");  // the border is 2 m away
  CHECK(shown(covered, 2) == "- 0..1");
}

TEST_CASE("A radius below zero ends the run") {
  Study study(1);
  study.add("poi", {"POINT(5 5)"});
  for (char const* name : {"count_within", "sum_within", "perimeter_share"})
    CHECK(error_of([&] {
            auto spec = near(name, -1);
            spec.field = "x";
            study.layers.at("poi").layer.attributes = Table(1);
            study.layers.at("poi").layer.attributes.add(number_column("x", {1}));
            (void)study.measure(spec);
          }).kind == ErrorKind::config);
}

TEST_CASE("The reason says when features are there with approximate positions only") {
  Study study(1);
  study.add("poi", {"POINT(3 3)", "POINT(5 20)"}, {"a", "b"}).approximate = {1, 0};
  auto const measure = study.measure(near("distance", 0, {"a"}));
  CHECK(measure.why_unknown.en == "layer 'poi' has features of class 'a' only with approximate positions");
  CHECK(measure.why_unknown.nl == "laag 'poi' heeft objecten van klasse 'a' alleen met een positie bij benadering");
  CHECK(study.measure(near("distance", 0, {"b"})).why_unknown.empty());
  study.layers.at("poi").approximate = {1, 1};
  CHECK(study.measure(near("distance", 0)).why_unknown.en ==
        "layer 'poi' has features only with approximate positions");
}

TEST_CASE("A feature without usable shape could be near every candidate") {
  Study study(2);
  auto& poi = study.add("poi", {"POINT(-8 5)", "POINT(10 5)", "POINT EMPTY"}, {"a", "b", "a"});
  poi.layer.attributes.add(number_column("jobs", {3, 4, 5}));
  CHECK(shown(study.measure(near("distance", 0, {"a"})), 0) == "- 0..8");
  CHECK(shown(study.measure(near("distance", 0, {"b"})), 0) == known(0));
  CHECK(shown(study.measure(near("distance", 0)), 0) == known(0));  // nothing is nearer than what touches
  CHECK(shown(study.measure(near("count_within", 9, {"a"})), 0) == "- 1..-");
  CHECK(shown(study.measure(near("count_within", 9, {"a"})), 1) == "- 0..-");
  CHECK(shown(study.measure(near("count_within", 9, {"b"})), 0) == known(1));
  auto spec = near("sum_within", 9, {"a"});
  spec.field = "jobs";
  CHECK(shown(study.measure(spec), 0) == "- 3..-");
  poi.layer.attributes = Table(3);
  poi.layer.attributes.add(number_column("jobs", {3, 4, -5}));
  CHECK(shown(study.measure(spec), 0) == "- -..-");  // it could take away
  study.layers["shore"] = poi;
  study.layers["shore"].layer.geometry = layer_of({"LINESTRING(0 0,0 10)", "POINT(99 99)", "POINT EMPTY"}).geometry;
  auto shore = spec_of("perimeter_share", "shore", {"a"});
  CHECK(shown(study.measure(shore), 0) == "- 0.25..1");
  poi.class_of = text_column("class", {"b", "b", "a"});
  for (char const* name : {"distance", "count_within"}) {
    auto const nowhere = study.measure(near(name, 9, {"a"}));
    CHECK(shown(nowhere, 0) == "- 0..-");
    CHECK(nowhere.why_unknown.en == "layer 'poi' has features of class 'a' only without a usable shape");
  }
}

TEST_CASE("Candidates are visited near after near: workers, row order and the other candidates change no bit") {
  Study study(70, 40);
  std::mt19937 random(5);  // its numbers are the same everywhere
  std::vector<std::string> lines, points;
  for (int i = 0; i < 60; ++i) {
    lines.push_back(fmt::format("LINESTRING({} {},{} {},{} {})", random() % 700, random() % 400, random() % 700,
                                random() % 400, random() % 700, random() % 400));
    points.push_back(fmt::format("POINT({} {})", random() % 700, random() % 400));
  }
  study.add("rail", lines);
  study.add("poi", points);
  std::vector<CriterionSpec> const specs{near("distance", 0), near("count_within", 55), spec_of("distance", "rail")};
  auto const one = measure_all(specs, study.inputs());
  for (unsigned const workers : {2U, 7U}) {
    study.workers = workers;
    auto const many = measure_all(specs, study.inputs());
    for (std::size_t i = 0; i < specs.size(); ++i) {
      CHECK(many[i].value.values == one[i].value.values);
      CHECK(many[i].value.known == one[i].value.known);
      CHECK(many[i].by == one[i].by);
    }
  }
  std::vector<Row> rows;
  for (Row row = 0; row < 2800; row += 1 + static_cast<Row>(random() % 3)) rows.push_back(row);
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[random() % i]);
  Study part = study;
  part.candidates.layer = take(study.candidates.layer, rows);
  auto const few = measure_all(specs, part.inputs());
  for (std::size_t i = 0; i < specs.size(); ++i)
    for (std::size_t k = 0; k < rows.size(); ++k) {
      REQUIRE(few[i].value.values[k] == one[i].value.values[rows[k]]);
      REQUIRE(few[i].by[k] == one[i].by[rows[k]]);
    }
}
