#include "bound_world.hpp"
#include "support/catch.hpp"
#include "unit/geometry/shapes.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("Sums per park and section are those of the plots, and shortage is demand less fitting supply") {
  // Four plots of 100 m by 100 m in two parks, the last one outside both; the second one used, the third one free.
  Study study = above_canal(
      {box_wkt(0, 10, 100, 110), box_wkt(100, 10, 200, 110), box_wkt(300, 10, 400, 110), box_wkt(600, 10, 700, 110)});
  study.add("parks", {box_wkt(0, 0, 250, 200), box_wkt(250, 0, 500, 200)});
  study.layers.at("parks").layer.attributes.add(text_column("name", {"West", "Oost"}));
  study.add("water", {box_wkt(-500, -50, 250, 0), box_wkt(250, -50, 900, 0)});
  study.layers.at("water").layer.attributes.add(text_column("cemt", {"IV", "IV"}));
  study.layers.at("water").layer.attributes.add(text_column("reach", {"A", nullptr}));
  study.add("offer", {box_wkt(0, 0, 100, 50), box_wkt(280, 0, 420, 150)});
  BoundLandSpec spec = plain();
  add_use(study, spec, {"2"}, {800}, {2023});
  spec.free = {"offer", {}};
  spec.parks = "parks";
  spec.park_field = "name";
  spec.section_field = "reach";
  spec.demand_ha = 5;
  spec.park_demand_ha = {{"Oost", 2.5}, {"Noord", 1}};
  auto const found = land(study, spec);
  auto const sums = bound_sums(spec, found, study.inputs());
  auto const text = [](BoundSums const& one) {
    return fmt::format("{} {}: {} plots, {} potential, {} used, {} unknown, {} free, {} fitting, demand {}, short {}",
                       one.kind, one.name.value_or("-"), one.plots, one.potential_ha, one.used_ha, one.unknown_ha,
                       test::shown(one.free_ha), test::shown(one.fitting_ha), test::shown(one.demand_ha),
                       test::shown(one.shortage_ha));
  };
  std::vector<std::string> lines;
  for (BoundSums const& one : sums) lines.push_back(text(one));
  CHECK(lines == std::vector<std::string>{
                     "park Noord: 0 plots, 0 potential, 0 used, 0 unknown, 0 free, 0 fitting, demand 1, short 1",
                     "park Oost: 1 plots, 1 potential, 0 used, 1 unknown, 1 free, 1 fitting, demand 2.5, short 1.5",
                     "park West: 2 plots, 2 potential, 1 used, 1 unknown, 0 free, 0 fitting, demand -, short -",
                     "park -: 1 plots, 1 potential, 0 used, 1 unknown, 0 free, 0 fitting, demand -, short -",
                     "section 2: 2 plots, 2 potential, 0 used, 2 unknown, 1 free, 1 fitting, demand -, short -",
                     "section A: 2 plots, 2 potential, 1 used, 1 unknown, 0 free, 0 fitting, demand -, short -",
                     "total -: 4 plots, 4 potential, 1 used, 3 unknown, 1 free, 1 fitting, demand 5, short 4"});
  spec.free = {};
  auto const silent = bound_sums(spec, land(study, spec), study.inputs()).back();
  CHECK_FALSE(silent.free_ha);
  CHECK_FALSE(silent.shortage_ha);
  CHECK(*silent.demand_ha == 5);
}

namespace {

/// Random plots along a winding river, with everything that may be asked.
Study random_study(std::uint64_t seed, BoundLandSpec& spec) {
  Random random(seed);
  auto const area = [&](Point at, double radius) { return "POLYGON(" + ring_text(star(random, at, radius, 12)) + ")"; };
  std::vector<std::string> plots, buildings, roads, parks, zones;
  Words zone_classes, building_classes, ids;
  std::vector<std::optional<double>> tonnes, years;
  static char const* const kinds[] = {"water_bound", "other", nullptr};
  static std::vector<std::string> const names = [] {
    std::vector<std::string> out;
    for (int i = 1; i <= 60; ++i) out.push_back(std::to_string(i));
    return out;
  }();
  for (int i = 0; i < 60; ++i) {
    Point const at{random.in(-900, 900), random.in(20, 200)};
    plots.push_back(area(at, random.in(30, 90)));
    zones.push_back(area({random.in(-900, 900), random.in(20, 200)}, 100));
    zone_classes.push_back(kinds[random.below(3)]);
    buildings.push_back(area({random.in(-900, 900), random.in(0, 60)}, 12));
    building_classes.push_back(random.below(8) == 0 ? nullptr : "hall");
    if (random.below(2) == 0) continue;
    ids.push_back(names[random.below(60)].c_str());
    tonnes.push_back(random.below(3) == 0 ? std::nullopt : std::optional(random.in(0, 2) < 1 ? 0.0 : 900.0));
    years.push_back(2020 + static_cast<double>(random.below(3)));
  }
  for (int i = 0; i < 5; ++i) roads.push_back(line_text(random, {random.in(-900, 900), 15}, 60));
  for (int i = 0; i < 6; ++i) parks.push_back(box_wkt(-1000 + 300 * i, 0, -750 + 300 * i, 150));
  Study study = above_canal(plots);
  study.add("zones", zones, zone_classes);
  study.add("water", {box_wkt(-2000, -50, -100, 0), box_wkt(-100, -50, 400, 5), box_wkt(400, -50, 3000, 0)});
  study.layers.at("water").layer.attributes.add(text_column("cemt", {"IV", nullptr, "II"}));
  study.add("buildings", buildings, building_classes);
  study.add("roads", roads);
  study.cover("roads", box_wkt(-850, -100, 2000, 1000));
  study.add("parks", parks);
  study.add("quays", {"LINESTRING(-500 0,-300 0)", "LINESTRING(500 0,600 0)"});
  study.add("offer", {box_wkt(-900, 0, -100, 300)});
  spec = plain();
  spec.blockers = {{"roads", {}}, {"buildings", {"hall"}}};
  spec.buildings = {"buildings", {"hall"}};
  spec.quays = spec.shared_quays = {"quays", {}};
  spec.shared_quay_m = 60;
  spec.parks = "parks";
  spec.free = {"offer", {}};
  add_use(study, spec, ids, tonnes, years);
  return study;
}

std::string dump(BoundPlot const& plot) {
  auto const exact = [](std::optional<double> one) { return one ? fmt::format("{:a}", *one) : std::string("-"); };
  return fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {} {}", plot.row, to_string(plot.group),
                     static_cast<int>(plot.destined), static_cast<int>(plot.used), static_cast<int>(plot.free),
                     static_cast<int>(plot.ruled_out), to_string(plot.suited_low), to_string(plot.suited_high),
                     exact(plot.frontage_m), exact(plot.frontage_total_m), exact(plot.depth_m), plot.bank,
                     to_string(plot.cemt.low), to_string(plot.cemt.high), plot.quay, exact(plot.quay_m),
                     exact(plot.buildings_share), exact(plot.tonnes), plot.park);
}

}  // namespace

TEST_CASE("Bound land is the same for any number of workers, and its sums add up") {
  std::map<std::string, int> groups;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    BoundLandSpec spec;
    Study study = random_study(seed, spec);
    auto const one = land(study, spec);
    study.workers = 4;
    auto const four = land(study, spec);
    REQUIRE(one.plots.size() == four.plots.size());
    for (std::size_t i = 0; i < one.plots.size(); ++i) CHECK(dump(one.plots[i]) == dump(four.plots[i]));
    CHECK(one.fronts.size() == four.fronts.size());
    for (BoundPlot const& plot : one.plots) ++groups[std::string(to_string(plot.group))];

    auto const sums = bound_sums(spec, one, study.inputs());
    // Hectares are whole square millimetres, so that their sums agree to a hundredth of one.
    using Member = double BoundSums::*;
    for (Member const member : {&BoundSums::area_ha, &BoundSums::potential_ha, &BoundSums::used_ha,
                                &BoundSums::in_name_ha, &BoundSums::presumed_ha, &BoundSums::unknown_ha,
                                &BoundSums::doubtful_ha, &BoundSums::other_used_ha, &BoundSums::suitable_ha}) {
      std::map<std::string, double> of;
      for (BoundSums const& each : sums) of[each.kind] += each.*member;
      CHECK(of["park"] == Approx(of["total"]).margin(1e-9));
      CHECK(of["section"] == Approx(of["total"]).margin(1e-9));
    }
    BoundSums const& total = sums.back();
    double all = 0, destined = 0;
    for (BoundPlot const& plot : one.plots) {
      all += plot.area_m2 / 1e4;
      if (plot.destined == Answer::yes) destined += plot.area_m2 / 1e4;
    }
    CHECK(total.area_ha == Approx(all).margin(1e-7));
    CHECK(total.potential_ha == Approx(destined).margin(1e-7));
    CHECK(total.potential_ha ==
          Approx(total.used_ha + total.in_name_ha + total.presumed_ha + total.unknown_ha).margin(1e-9));
    CHECK(*total.fitting_ha <= *total.free_ha);
    CHECK(*total.fitting_ha <= *total.possible_ha);
  }
  for (char const* word : {"effectief", "in naam", "vermoedelijk in naam", "onbekend", "niet bestemd"}) {
    INFO(word);
    CHECK(groups[word] > 0);
  }
}
