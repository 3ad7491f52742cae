#include "study.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

CriterionSpec net(std::vector<CutSpec> cuts, std::string const& measure = "net_area") {
  CriterionSpec spec = spec_of(measure);
  spec.cuts = std::move(cuts);
  return spec;
}

}  // namespace

TEST_CASE("Net area is the candidate minus the union of the cuts") {
  Study study(3);
  study.add("flood", {box_wkt(0, 0, 4, 10), box_wkt(3, 0, 5, 10)}, {"often", "rare"});
  study.add("forest", {box_wkt(0, 0, 10, 5)});
  auto const both = study.measure(net({{"flood", {}, 0}, {"forest", {}, 0}}));
  CHECK(both.unit == "m2");
  CHECK(shown(both, 0) == known(25));
  CHECK(shown(both, 1) == known(100));
  CHECK(both.by_layer.empty());  // two layers decide
  auto const often = study.measure(net({{"flood", {"often"}, 0}}));
  CHECK(shown(often, 0) == known(60));
  CHECK(often.by_layer == "flood");
  CHECK(often.by == std::vector<Row>{0, no_row, no_row});
  auto const share = study.measure(net({{"flood", {}, 0}, {"forest", {}, 0}}, "net_share"));
  CHECK(share.unit == "share");
  CHECK(shown(share, 0) == known(0.25));
}

TEST_CASE("A line cuts by its buffer") {
  Study study(2);
  study.add("pipe", {"LINESTRING(-50 5,50 5)"});
  CHECK(shown(study.measure(net({{"pipe", {}, 2}})), 1) == known(60));  // a band of 4 m over 10 m
  CHECK(error_of([&] { (void)study.measure(net({{"pipe", {}, 0}})); }).kind == ErrorKind::input);
  CHECK(error_of([&] { (void)study.measure(net({{"pipe", {}, -1}})); }).kind == ErrorKind::config);
}

TEST_CASE("Cuts without class and land outside the coverage bound the net area") {
  Study study(4);
  study.add("flood", {box_wkt(0, 0, 2, 10), box_wkt(1, 0, 5, 10)}, {"often", nullptr});
  auto const unlabelled = study.measure(net({{"flood", {"often"}, 0}}));
  CHECK(shown(unlabelled, 0) == "- 50..80");
  CHECK(shown(unlabelled, 1) == known(100));
  study.cover("flood", box_wkt(-100, -100, 23, 100));
  auto const covered = study.measure(net({{"flood", {}, 0}}));
  CHECK(shown(covered, 0) == known(50));
  CHECK(shown(covered, 2) == "- 30..100");
  CHECK(shown(covered, 3) == "- 0..100");
  auto const buffered = study.measure(net({{"flood", {}, 4}}));
  CHECK(shown(buffered, 1) == "- 0..100");  // something 3 m away, over the border, could reach in
  CHECK(shown(study.measure(net({{"flood", {}, 4}}, "net_share")), 1) == "- 0..1");
}

TEST_CASE("The rows of a cut are those surely cut") {
  Study study(1);
  study.add("flood", {box_wkt(0, 0, 2, 10), box_wkt(1, 0, 5, 10), box_wkt(0, 0, 1, 1), "POLYGON EMPTY"},
            {"often", nullptr, "rare", "often"});
  CHECK(cut_rows({"flood", {"often"}, 0}, study.inputs()) == std::vector<std::uint8_t>{1, 0, 0, 0});
  CHECK(cut_rows({"flood", {}, 0}, study.inputs()) == std::vector<std::uint8_t>{1, 1, 1, 0});
}

TEST_CASE("A cut of a layer that is not in the study makes the net area unknown") {
  Study study(1);
  study.add("flood", {box_wkt(0, 0, 2, 10)});
  auto const measure = study.measure(net({{"flood", {}, 0}, {"forest", {}, 0}}));
  CHECK(measure.why_unknown.en == "the study has no layer 'forest'");
  CHECK(shown(measure, 0) == "- -..-");
}

TEST_CASE("Without the layer of a shipped cut, the other cuts still bound the net area from above") {
  Study study(1);
  study.add("flood", {box_wkt(0, 0, 2, 10)});
  auto const measure = study.measure(net({{"flood", {}, 0, true}, {"forest", {}, 0, true}}));
  CHECK(measure.why_unknown.en == "the study has no layer 'forest'");
  CHECK_FALSE(measure.value.is_known(0));
  CHECK(measure.low.at(0) == 0.0);
  CHECK(measure.high.at(0) == Approx(80));  // 100 m² minus the 20 m² in the flood zone
}

TEST_CASE("Without cuts the whole candidate is left") {
  Study study(2);
  CHECK(shown(study.measure(net({})), 1) == known(100));
  CHECK(shown(study.measure(net({}, "net_share")), 1) == known(1));
  CHECK(study.measure(net({})).by == std::vector<Row>{no_row, no_row});
}

TEST_CASE("Layers with the same coverage hide the same land, once") {
  Study study(1);
  for (char const* key : {"flood", "forest", "slope"}) {
    study.add(key, {box_wkt(0, 0, 1, 10)});
    study.cover(key, box_wkt(-100, -100, 8, 100));
  }
  // 10 are cut; 20 of the remaining 90 lie outside the coverage.
  CHECK(shown(study.measure(net({{"flood", {}, 0}, {"forest", {}, 0}})), 0) == "- 70..90");
  study.cover("slope", box_wkt(-100, -100, 100, 9));  // 10 more outside
  CHECK(shown(study.measure(net({{"flood", {}, 0}, {"slope", {}, 0}, {"forest", {}, 0}})), 0) == "- 60..90");
}

TEST_CASE("A cut without usable shape could take all") {
  Study study(1);
  study.add("flood", {box_wkt(0, 0, 2, 10), "POLYGON EMPTY"}, {"often", "rare"});
  CHECK(shown(study.measure(net({{"flood", {"often"}, 0}})), 0) == known(80));
  auto const both = study.measure(net({{"flood", {}, 0}}));
  CHECK(shown(both, 0) == "- 0..80");
  CHECK(both.why_unknown.empty());
  auto const rare = study.measure(net({{"flood", {"rare"}, 0}}));
  CHECK(shown(rare, 0) == "- 0..100");
  CHECK(rare.why_unknown.en == "layer 'flood' has features of class 'rare' only without a usable shape");
}

TEST_CASE("Where the cuts that can be made leave nothing, the net area is known") {
  Study study(2);
  study.add("flood", {box_wkt(-1, -1, 10, 11)});
  for (char const* name : {"net_area", "net_share"}) {
    auto const measure = study.measure(net({{"flood", {}, 0, true}, {"forest", {}, 0, true}}, name));
    CHECK(shown(measure, 0) == known(0));
    CHECK(shown(measure, 1) == (std::string(name) == "net_area" ? "- 0..100" : "- 0..1"));
    CHECK(measure.why_unknown.en == "the study has no layer 'forest'");
  }
  study.layers["flood"] = Study(1).add("flood", {box_wkt(-1, -1, 30, 11)});
  CHECK(study.measure(net({{"flood", {}, 0, true}, {"forest", {}, 0, true}})).why_unknown.empty());
}
