#include "study.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string text(Measure const& measure, std::size_t row) { return std::string(measure.text.at(row).value_or("-")); }

}  // namespace

TEST_CASE("Area share is the part under the classes, overlapping polygons counted once") {
  Study study(3);
  study.add("zoning", {box_wkt(0, 0, 15, 10), box_wkt(10, 0, 12, 10), box_wkt(15, 0, 30, 10)}, {"a", "a", "b"});
  auto const a = study.measure(spec_of("area_share", "zoning", {"a"}));
  CHECK(a.unit == "share");
  CHECK(a.by_layer == "zoning");
  CHECK(shown(a, 0) == known(1));
  CHECK(shown(a, 1) == known(0.5));
  CHECK(shown(a, 2) == known(0));
  CHECK(a.by == std::vector<Row>{0, 0, no_row});
  auto const both = study.measure(spec_of("area_share", "zoning", {"b", "a"}));
  for (std::size_t row = 0; row < 3; ++row) CHECK(shown(both, row) == known(1));
  auto const m2 = study.measure(spec_of("cover_area", "zoning", {"b"}));
  CHECK(m2.unit == "m2");
  CHECK(shown(m2, 1) == known(50));
  CHECK(shown(study.measure(spec_of("area_share", "zoning")), 1) == known(1));
  CHECK(shown(study.measure(spec_of("area_share", "zoning", {"not there"})), 1) == known(0));
}

TEST_CASE("What lies under polygons without class could be of the class") {
  Study study(3);
  // Parcel 1: 30 % a, 20 % unlabelled. Parcel 2: unlabelled only a sliver of 1e-7. Parcel 3: a over all of it.
  study.add("zoning",
            {box_wkt(0, 0, 3, 10), box_wkt(3, 0, 5, 10), box_wkt(10, 0, 10.000001, 10), box_wkt(20, 0, 30, 10),
             box_wkt(22, 0, 24, 10)},
            {"a", nullptr, nullptr, "a", nullptr});
  auto const share = study.measure(spec_of("area_share", "zoning", {"a"}));
  CHECK(shown(share, 0) == "- 0.3..0.5");
  CHECK(share.by[0] == 0);
  CHECK(shown(share, 1) == known(0));
  CHECK(shown(share, 2) == known(1));
  auto const m2 = study.measure(spec_of("cover_area", "zoning", {"a"}));
  CHECK(shown(m2, 0) == "- 30..50");
  CHECK(shown(study.measure(spec_of("area_share", "zoning")), 0) == known(0.5));
}

TEST_CASE("Outside the coverage nothing is known to be absent") {
  Study study(4);
  study.add("flood", {box_wkt(0, 0, 2, 10), box_wkt(10, 0, 13, 10)});
  study.cover("flood", box_wkt(-50, -50, 15, 60));
  auto const share = study.measure(spec_of("area_share", "flood"));
  CHECK(shown(share, 0) == known(0.2));
  CHECK(shown(share, 1) == "- 0.3..0.8");  // half of it lies outside
  CHECK(shown(share, 2) == "- 0..1");
  study.cover("flood", "");
  CHECK(shown(study.measure(spec_of("area_share", "flood")), 0) == "- 0.2..1");
}

TEST_CASE("The largest class has the most area, and none is a class of its own") {
  Study study(4);
  // Parcel 1: a 60, b 40. Parcel 2: b 20 of 100. Parcel 3: nothing. Parcel 4: a and c 50 each, c has the smaller id.
  study.add("zoning", {box_wkt(35, 0, 40, 10), box_wkt(30, 0, 35, 10), box_wkt(0, 0, 6, 10), box_wkt(6, 0, 12, 10)},
            {"c", "a", "a", "b"});
  auto const measure = study.measure(spec_of("largest_class", "zoning"));
  CHECK(measure.is_class);
  CHECK(measure.unit == "class");
  CHECK(text(measure, 0) == "a");
  CHECK(text(measure, 1) == "b");
  CHECK(text(measure, 2) == "none");
  CHECK(text(measure, 3) == "c");
  CHECK(measure.by == std::vector<Row>{2, 3, no_row, 0});
  CHECK(text(study.measure(spec_of("largest_class", "zoning", {"b"})), 0) == "b");
}

TEST_CASE("The largest class is unknown when the unknown part could outweigh the leader") {
  Study study(3);
  // Parcel 1: a 50, b 20, unlabelled 25 (b could be 45). Parcel 2: a 50, b 30, unlabelled 20 (b could be 50).
  // Parcel 3: only unlabelled.
  study.add("zoning",
            {box_wkt(0, 0, 5, 10), box_wkt(5, 0, 7, 10), box_wkt(7, 0, 9.5, 10), box_wkt(10, 0, 15, 10),
             box_wkt(15, 0, 18, 10), box_wkt(18, 0, 20, 10), box_wkt(20, 0, 21, 10)},
            {"a", "b", nullptr, "a", "b", nullptr, nullptr});
  auto const measure = study.measure(spec_of("largest_class", "zoning"));
  CHECK(text(measure, 0) == "a");
  CHECK(text(measure, 1) == "-");
  CHECK(text(measure, 2) == "-");
  CHECK(measure.by[1] == no_row);
  study.cover("zoning", box_wkt(0, 0, 9.6, 10));  // now 4 m2 more of parcel 1 are unknown: b could be 49
  CHECK(text(study.measure(spec_of("largest_class", "zoning")), 0) == "a");
  study.cover("zoning", box_wkt(0, 0, 9.4, 10));  // 6 m2: b could be 51
  CHECK(text(study.measure(spec_of("largest_class", "zoning")), 0) == "-");
}

TEST_CASE("Attribute and class of the feature in which most of the candidate lies") {
  Study study(4);
  auto& plans =
      study.add("plans", {box_wkt(0, 0, 14, 10), box_wkt(14, 0, 26, 10), box_wkt(2, 2, 4, 4)}, {"old", nullptr, "new"});
  plans.layer.attributes.add(number_column("fsi", {1.5, std::nullopt, 3}));
  plans.layer.attributes.add(text_column("title", {"A", "  ", "C"}));
  auto spec = spec_of("in_attribute", "plans");
  spec.field = "fsi";
  auto const number = study.measure(spec);
  CHECK(shown(number, 0) == known(1.5));
  CHECK(shown(number, 1) == "- -..-");  // most of it in plan 2, whose attribute is null
  CHECK(shown(number, 3) == "- -..-");
  CHECK(number.by == std::vector<Row>{0, 1, 1, no_row});
  auto const of_class = study.measure(spec_of("in_class", "plans"));
  CHECK(text(of_class, 0) == "old");
  CHECK(text(of_class, 1) == "-");
  CHECK(text(of_class, 3) == "none");
  spec = spec_of("in_class", "plans");
  spec.field = "title";
  auto const title = study.measure(spec);
  CHECK(text(title, 0) == "A");
  CHECK(text(title, 1) == "-");  // blank is null
}

TEST_CASE("The feature around a candidate is unknown when the part outside the coverage could hold a larger one") {
  Study study(3);
  // Parcel 1: plan has 60, 40 outside. Parcel 2: plan has 30, 40 outside. Parcel 3: outside.
  study.add("plans", {box_wkt(4, 0, 13, 10)}, {"p"});
  study.cover("plans", "MULTIPOLYGON(((4 0,10 0,10 10,4 10,4 0)),((10 0,16 0,16 10,10 10,10 0)))");
  auto const of_class = study.measure(spec_of("in_class", "plans"));
  CHECK(text(of_class, 0) == "p");
  CHECK(text(of_class, 1) == "-");
  CHECK(text(of_class, 2) == "-");
  CHECK(of_class.by == std::vector<Row>{0, no_row, no_row});
}

TEST_CASE("A row of several classes counts for each of them") {
  Study study(2);
  study.add("use", {box_wkt(0, 0, 5, 10), box_wkt(5, 0, 10, 10)}, {"rail; barge", "barge"}).class_separator = ';';
  std::vector<CriterionSpec> specs{spec_of("area_share", "use", {"rail"}), spec_of("area_share", "use", {"barge"}),
                                   spec_of("area_share", "use", {"rail", "barge"}), spec_of("area_share", "use")};
  auto const all = measure_all(specs, study.inputs());
  CHECK(shown(all[0], 0) == known(0.5));
  CHECK(shown(all[1], 0) == known(1));
  CHECK(shown(all[2], 0) == known(1));
  CHECK(shown(all[3], 0) == known(1));
}

TEST_CASE("Rows whose place is approximate count only when the study allows them") {
  Study study(1);
  study.add("flood", {box_wkt(0, 0, 2, 10), box_wkt(5, 0, 8, 10)}).approximate = {0, 1};
  CHECK(shown(study.measure(spec_of("area_share", "flood")), 0) == known(0.2));
  study.allow_approximate = true;
  CHECK(shown(study.measure(spec_of("area_share", "flood")), 0) == known(0.5));
}

TEST_CASE("Area measures on points end the run, an empty layer does not") {
  Study study(1);
  study.add("poi", {"POINT(1 1)"});
  study.add("nothing", {});
  auto const thrown = error_of([&] { (void)study.measure(spec_of("area_share", "poi")); });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(thrown.text.find("'poi' holds points") != std::string::npos);
  CHECK(shown(study.measure(spec_of("area_share", "nothing")), 0) == known(0));
  CHECK(shown(study.measure(spec_of("area_share", "nothing", {"x"})), 0) == known(0));
}

TEST_CASE("A class that no row has, measured beside all rows, still knows the rows without class") {
  Study study(2);
  study.add("zoning", {box_wkt(0, 0, 3, 10), box_wkt(3, 0, 5, 10)}, {"a", nullptr});
  std::vector<CriterionSpec> specs{spec_of("area_share", "zoning"), spec_of("area_share", "zoning", {"nobody"})};
  for (bool const turned : {false, true}) {
    if (turned) std::swap(specs[0], specs[1]);
    auto const both = measure_all(specs, study.inputs());
    CHECK(shown(both[turned ? 1 : 0], 0) == known(0.5));
    CHECK(shown(both[turned ? 0 : 1], 0) == "- 0..0.2");
    for (auto const& measure : both) CHECK(shown(measure, 1) == known(0));
  }
}

TEST_CASE("A row of which one class is not known may have any class it does not hold") {
  Study study(2);
  study
      .add("use", {box_wkt(0, 0, 4, 10), box_wkt(4, 0, 7, 10), box_wkt(7, 0, 8, 10), box_wkt(10, 0, 20, 10)},
           {"rail; ", "barge", nullptr, "rail;barge"})
      .class_separator = ';';
  std::vector<CriterionSpec> const specs{spec_of("area_share", "use", {"rail"}),
                                         spec_of("area_share", "use", {"barge"}),
                                         spec_of("area_share", "use", {"rail", "barge"}), spec_of("area_share", "use")};
  auto const all = measure_all(specs, study.inputs());
  CHECK(shown(all[0], 0) == "- 0.4..0.5");  // only the row without class could be rail too
  CHECK(shown(all[1], 0) == "- 0.3..0.8");  // both it and the first
  CHECK(shown(all[2], 0) == "- 0.7..0.8");
  CHECK(shown(all[3], 0) == known(0.8));
  for (auto const& measure : all) CHECK(shown(measure, 1) == known(1));
  CHECK(text(study.measure(spec_of("in_class", "use")), 0) == "rail; ");  // the first row is the largest
  CHECK(text(study.measure(spec_of("in_class", "use")), 1) == "rail;barge");
  CHECK(text(study.measure(spec_of("largest_class", "use", {"barge"})), 0) == "-");  // it may be barge, and is larger
  study.layers.at("use").class_separator = '\0';
  CHECK(shown(study.measure(spec_of("area_share", "use", {"barge"})), 0) == "- 0.3..0.4");
}

TEST_CASE("A feature without usable shape could lie anywhere") {
  Study study(3);
  // Parcel 1: a 60. Parcel 2: a 50, b 30. Parcel 3: nothing.
  study.add("zoning", {box_wkt(0, 0, 6, 10), box_wkt(10, 0, 15, 10), box_wkt(15, 0, 18, 10), "POLYGON EMPTY"},
            {"a", "a", "b", "b"});
  auto const a = study.measure(spec_of("area_share", "zoning", {"a"}));
  CHECK(shown(a, 0) == known(0.6));  // the row without shape is b
  auto const b = study.measure(spec_of("area_share", "zoning", {"b"}));
  CHECK(shown(b, 0) == "- 0..1");
  CHECK(shown(b, 1) == "- 0.3..1");
  CHECK(b.why_unknown.empty());
  CHECK(shown(study.measure(spec_of("cover_area", "zoning")), 1) == "- 80..100");
  for (char const* name : {"largest_class", "in_class"}) {
    auto const measure = study.measure(spec_of(name, "zoning"));
    CHECK(text(measure, 0) == "a");  // more than half
    CHECK(text(measure, 1) == "-");
    CHECK(text(measure, 2) == "-");
  }
  study.layers.at("zoning").class_of = text_column("class", {"a", "a", "b", nullptr});
  CHECK(shown(study.measure(spec_of("area_share", "zoning", {"b"})), 1) == "- 0.3..1");
  study.layers.at("zoning").class_of = text_column("class", {"a", "a", "a", "b"});
  auto const nowhere = study.measure(spec_of("area_share", "zoning", {"b"}));
  CHECK(shown(nowhere, 0) == "- 0..1");
  CHECK(nowhere.why_unknown.en == "layer 'zoning' has features of class 'b' only without a usable shape");
  CHECK(nowhere.why_unknown.nl == "laag 'zoning' heeft objecten van klasse 'b' alleen zonder bruikbare vorm");
}

TEST_CASE("A row without geometry in the source counts when it has the class asked for, or none is asked for") {
  Study study(1);
  auto& flood = study.add("flood", {box_wkt(0, 0, 5, 10)});
  GeometryBuilder(flood.layer.geometry).end_row(GeometryKind::null);
  flood.layer.id.push_back("2");
  flood.layer.id_rank = rank_ids(flood.layer.id);
  flood.layer.attributes = Table(2);
  flood.class_of = text_column("class", {"often", nullptr});
  CHECK(shown(study.measure(spec_of("area_share", "flood", {"often"})), 0) == known(0.5));
  CHECK(shown(study.measure(spec_of("area_share", "flood")), 0) == "- 0.5..1");
  flood.class_of = text_column("class", {"often", "rare"});
  CHECK(shown(study.measure(spec_of("area_share", "flood", {"often"})), 0) == known(0.5));
  CHECK(shown(study.measure(spec_of("area_share", "flood", {"rare"})), 0) == "- 0..1");
}
