#include <algorithm>
#include <numeric>
#include <random>
#include <set>

#include "study.hpp"
#include "support/catch.hpp"
#include "unit/network/factors.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// A study with every kind of layer, gaps in classes and coverage, and candidates that are not all usable.
Study rich_study() {
  Layer parcels = grid_of_parcels(36, 36, 10, 0, 0);
  append_wkt(parcels.geometry, "POLYGON EMPTY");
  parcels.id.push_back("2000");
  parcels.id_rank = rank_ids(parcels.id);
  std::vector<std::optional<double>> price(parcels.size());
  for (std::size_t row = 0; row < price.size(); row += 3) price[row] = static_cast<double>(row);
  std::vector<std::optional<double>> people(parcels.size());
  for (std::size_t row = 0; row < people.size(); ++row) people[row] = static_cast<double>(row % 7);
  people.back() = 0;  // it has no place
  parcels.attributes = Table(parcels.size());
  parcels.attributes.add(number_column("people", people));
  parcels.attributes.add(number_column("price", price));
  Study study(std::move(parcels));
  study.candidates.class_of = text_column("class", Words(price.size(), "x"));
  std::mt19937 random(11);
  auto const draw = [&](double below) { return below * static_cast<double>(random() % 10000) / 10000; };
  std::vector<std::string> zones, pois, roads;
  std::vector<char const*> classes, kinds;
  std::vector<std::optional<double>> jobs;
  char const* const names[] = {"a", "b", "c", "d", nullptr};
  for (int i = 0; i < 120; ++i) {
    double const x = draw(340), y = draw(340), w = 5 + draw(50), h = 5 + draw(50);
    zones.push_back(fmt::format("POLYGON(({0} {1},{2} {1},{2} {3},{4} {3},{0} {1}))", x, y, x + w, y + h, x + w / 3));
    classes.push_back(names[random() % 5]);
    pois.push_back(fmt::format("POINT({} {})", draw(360), draw(360)));
    kinds.push_back(names[random() % 5]);
    jobs.push_back(random() % 20 == 0 ? std::nullopt : std::optional(draw(1000)));
  }
  for (int i = 0; i <= 36; i += 2) {
    std::string row = "LINESTRING(", column = "LINESTRING(";
    for (int k = 0; k <= 36; k += 2) {
      row += fmt::format("{}{} {}", k == 0 ? "" : ",", 10 * k, 10 * i);
      column += fmt::format("{}{} {}", k == 0 ? "" : ",", 10 * i, 10 * k);
    }
    roads.push_back(row + ")");
    roads.push_back(column + ")");
  }
  study.add("zones", zones, classes).layer.attributes.add(number_column("jobs", jobs));
  study.add("pois", pois, kinds).layer.attributes.add(number_column("jobs", jobs));
  study.cover("zones", box_wkt(-100, -100, 333, 500));
  study.cover("pois", box_wkt(-100, -100, 500, 317));
  auto& road = study.add("roads", roads);
  road.graph = GraphOptions{};
  road.graph->connect = Connect::vertices;
  road.gates = GateRules{12, {}, {}, {{"zones", {"b"}}}};
  std::vector<std::optional<double>> cells;
  for (int i = 0; i < 33 * 34; ++i)
    cells.push_back(random() % 9 == 0 ? std::nullopt : std::optional(double(random() % 5)));
  study.add_raster("cells", 33, 34, cells).class_of = {{0, "a"}, {1, "b"}, {2, "c"}, {3, "d"}};
  Issues issues;
  study.graphs["roads"] = build_road_graph(road.layer, *road.graph, issues);
  study.add("ports", {"POINT(11 7)", "POINT(301 355)", "POINT(180 93)"})
      .layer.attributes.add(number_column("tonnes", {5, std::nullopt, 2}));
  ChainSpec& chains = study.chains["c"];
  chains.key = "c";
  chains.destinations = "ports";
  chains.weight_field = "tonnes";
  chains.terminals = "pois";
  chains.roads = "roads";
  chains.join = JoinAt::gates;
  chains.barge = MainLayerSpec{"roads", {"a", "b"}, 10, "zones", 5};
  chains.factors = some_factors();
  return study;
}

/// Every kind at least once, and several criteria that share work.
std::vector<CriterionSpec> rich_specs() {
  std::vector<CriterionSpec> specs;
  for (CriterionKind const& kind : criterion_kinds()) {
    CriterionSpec spec = spec_of(std::string(kind.name), kind.on_raster ? "cells" : kind.needs_layer ? "zones" : "");
    spec.radius_m = 40;
    spec.distance_m = 6;
    spec.roads = "roads";
    if (kind.on_chains()) spec.chains = "c";
    if (kind.on_chains() && kind.name != "chain_saving") spec.by = {"road", "barge"};
    if (kind.name == "own_attribute") spec.field = "price";
    if (kind.name == "in_attribute" || kind.name == "sum_within") spec.field = "jobs";
    if (kind.name == "network_sum" || kind.name == "catchment") spec.field = "jobs";
    spec.access.limit_m = 60;
    spec.access.decay = parse_decay("gaussian", "sigma=40");
    spec.access.mu = 0.1;
    spec.access.demand_field = "people";
    if (kind.name.starts_with("net_")) spec.cuts = {{"zones", {"a", "b"}, 0}, {"pois", {"c"}, 3}};
    spec.passage = {"zones", {"b"}, "pois", 12, 2};
    if (kind.name == "raster_share") spec.values = {2, 4};
    specs.push_back(spec);
    spec.values.clear();
    if (!kind.needs_layer) continue;
    for (auto const& classes : std::vector<std::vector<std::string>>{{"a"}, {"b"}, {"b", "c"}, {"d"}, {"a"}}) {
      spec.classes = classes;
      specs.push_back(spec);
    }
  }
  for (char const* name :
       {"distance", "count_within", "sum_within", "network_time", "perimeter_share", "network_distance",
        "network_count", "network_sum", "gravity", "logsum", "catchment", "network_passage"}) {
    CriterionSpec spec = spec_of(name, "pois", {"b"});
    spec.access.limit_s = 9;
    spec.access.decay = parse_decay("logistic", "mean=6|sd=2");
    spec.access.mu = 0.3;
    spec.access.nth = 2;
    spec.access.direction = TravelDirection::both;
    spec.access.demand_field = "people";
    spec.radius_m = spec.distance_m = 25;
    spec.roads = "roads";
    spec.field = "jobs";
    spec.passage.dwellings = "pois";
    spec.passage.per_100_m = 1;
    specs.push_back(spec);
  }
  return specs;
}

void check_same(std::vector<Measure> const& a, Study const& of_a, std::vector<Measure> const& b, Study const& of_b,
                std::vector<CriterionSpec> const& specs, std::vector<Row> const& row_in_a) {
  REQUIRE(a.size() == specs.size());
  REQUIRE(b.size() == specs.size());
  for (std::size_t i = 0; i < specs.size(); ++i) {
    INFO("criterion " << i << ": " << specs[i].measure);
    REQUIRE(b[i].size() == row_in_a.size());
    std::size_t different = 0;
    std::string first;
    for (std::size_t row = 0; row < row_in_a.size(); ++row) {
      std::string const x = dump(a[i], of_a, row_in_a[row]), y = dump(b[i], of_b, row);
      if (x != y && different++ == 0) first = fmt::format("row {}: {} and {}", row, x, y);
    }
    INFO(first);
    CHECK(different == 0);
    CHECK(a[i].unit == b[i].unit);
    CHECK(a[i].why_unknown.en == b[i].why_unknown.en);
  }
}

std::vector<Row> all_rows(std::size_t count) {
  std::vector<Row> rows(count);
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

std::vector<Row> shuffled(std::size_t count, unsigned seed) {
  auto rows = all_rows(count);
  std::shuffle(rows.begin(), rows.end(), std::mt19937(seed));
  return rows;
}

MeasuringLayer take_rows(MeasuringLayer const& from, std::vector<Row> const& rows) {
  MeasuringLayer out = from;
  out.layer = take(from.layer, rows);
  out.class_of = TextColumn("class");
  if (from.class_of.size() > 0)
    for (Row const row : rows) out.class_of.push(from.class_of.at(row));
  return out;
}

}  // namespace

TEST_CASE("The registry is sorted, complete in both languages, and finds every kind by name") {
  std::set<std::string_view> names;
  for (CriterionKind const& kind : criterion_kinds()) {
    CHECK(names.insert(kind.name).second);
    CHECK(find_criterion_kind(kind.name) == &kind);
    CHECK(kind.meaning.ends_with('.'));
    CHECK(kind.meaning_nl.ends_with('.'));
    CHECK(kind.is_class == (kind.unit == "class"));
  }
  CHECK(names.size() == 42);
  CHECK(find_criterion_kind("area_shares") == nullptr);
  CHECK(find_criterion_kind("") == nullptr);
}

TEST_CASE("An unknown measure, a useless divisor and a layer left out are faults of the study") {
  Study study(1);
  auto const unknown = error_of([&] { (void)study.measure(spec_of("distanse", "x")); });
  CHECK(unknown.kind == ErrorKind::config);
  CHECK(unknown.text == "Criterion 'k' has the unknown measure 'distanse'. Did you mean 'distance'?");
  CHECK(error_of([&] { (void)study.measure(spec_of("distance")); }).kind == ErrorKind::config);
  auto spec = spec_of("gross_area");
  for (double const per : {0.0, -1.0, std::nan("")}) {
    spec.per = per;
    CHECK(error_of([&] { (void)study.measure(spec); }).kind == ErrorKind::config);
  }
}

TEST_CASE("Classes asked of a layer without classes are a fault of the study") {
  Study study(1);
  study.add("rail", {"LINESTRING(0 0,1 1)"});
  for (char const* name : {"distance", "area_share", "count_within"}) {
    auto const thrown = error_of([&] { (void)study.measure(spec_of(name, "rail", {"main"})); });
    CHECK(thrown.kind == ErrorKind::config);
    CHECK(thrown.text.find("layer 'rail' has none") != std::string::npos);
  }
}

TEST_CASE("A layer that is not in the study makes every measure of it unknown, with the reason") {
  Study study(2);
  for (CriterionKind const& kind : criterion_kinds()) {
    if (!kind.needs_layer) continue;
    auto spec = spec_of(std::string(kind.name), "flood", {"a"});
    spec.roads = "roads";
    spec.field = "f";
    auto const measure = study.measure(spec);
    CHECK(measure.why_unknown.en == "the study has no layer 'flood'");
    CHECK(measure.size() == 2);
    CHECK_FALSE(measure.is_known(0));
    CHECK(measure.is_class == kind.is_class);
    CHECK(measure.unit == kind.unit);
    CHECK(measure.key == "k");
  }
}

TEST_CASE("A shipped criterion whose field or classes the data do not have is unknown, with the reason") {
  Study study(1);
  study.add("plans", {box_wkt(0, 0, 5, 10)});
  std::vector<CriterionSpec> specs{spec_of("area_share", "plans"), spec_of("area_share", "plans", {"a"}),
                                   spec_of("in_attribute", "plans"), spec_of("own_attribute"),
                                   spec_of("largest_class", "plans")};
  specs[2].field = specs[3].field = "fsi";
  for (CriterionSpec& spec : specs) spec.shipped = true;
  auto const all = measure_all(specs, study.inputs());
  CHECK(shown(all[0], 0) == known(0.5));
  CHECK(all[1].why_unknown.en == "layer 'plans' has no classes");
  CHECK(all[2].why_unknown.en == "layer 'plans' has no field 'fsi'");
  CHECK(all[3].why_unknown.en == "layer 'parcels' has no field 'fsi'");
  CHECK(all[4].why_unknown.en == "layer 'plans' has no classes");
  for (std::size_t i = 1; i < 4; ++i) CHECK(shown(all[i], 0) == "- -..-");
  CHECK_FALSE(all[4].is_known(0));
}

TEST_CASE("The divisor applies to value and bounds, and the unit of the study replaces that of the registry") {
  Study study(2);
  study.add("flood", {box_wkt(0, 0, 5, 10)});
  study.cover("flood", box_wkt(0, 0, 12, 10));
  auto spec = spec_of("cover_area", "flood");
  spec.per = 10000;
  spec.unit = "ha";
  auto const measure = study.measure(spec);
  CHECK(measure.unit == "ha");
  CHECK(shown(measure, 0) == known(0.005));
  CHECK(shown(measure, 1) == "- 0..0.008");
}

TEST_CASE("Candidates without area are unknown in every measure") {
  Study study = rich_study();
  auto const specs = rich_specs();
  auto const all = measure_all(specs, study.inputs());
  std::size_t const last = study.candidates.layer.size() - 1;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    INFO(specs[i].measure);
    CHECK_FALSE(all[i].is_known(last));
    CHECK(all[i].by[last] == no_row);
    if (!all[i].is_class) CHECK(shown(all[i], last) == "- -..-");
  }
}

TEST_CASE("Known values and bounds are never both given, and bounds hold") {
  Study study = rich_study();
  auto const specs = rich_specs();
  for (Measure const& measure : measure_all(specs, study.inputs())) {
    if (measure.is_class) continue;
    INFO(measure.key);
    std::size_t wrong = 0;
    for (std::size_t row = 0; row < measure.size(); ++row) {
      bool const low = measure.low.is_known(row), high = measure.high.is_known(row);
      wrong += measure.is_known(row) && (low || high) ? 1U : 0U;
      wrong += low && high && !(measure.low.values[row] < measure.high.values[row]) ? 1U : 0U;
      wrong += measure.is_known(row) && !std::isfinite(measure.value.values[row]) ? 1U : 0U;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("The rich study has known and unknown values of every measure of a layer") {
  Study study = rich_study();
  auto const specs = rich_specs();
  auto const all = measure_all(specs, study.inputs());
  std::map<std::string, std::pair<std::size_t, std::size_t>> seen;  // known, not known
  for (std::size_t i = 0; i < specs.size(); ++i)
    for (std::size_t row = 0; row + 1 < all[i].size(); ++row) {
      auto& [known, unknown] = seen[specs[i].measure];
      ++(all[i].is_known(row) ? known : unknown);
    }
  for (CriterionKind const& kind : criterion_kinds()) {
    if (!kind.needs_layer) continue;
    INFO(kind.name);
    CHECK(seen[std::string(kind.name)].first > 50);
    CHECK(seen[std::string(kind.name)].second > 50);
  }
}

TEST_CASE("Measuring together gives the values of measuring one by one") {
  Study study = rich_study();
  auto const specs = rich_specs();
  std::vector<Measure> apart;
  for (CriterionSpec const& spec : specs) apart.push_back(study.measure(spec));
  auto const together = measure_all(specs, study.inputs());
  check_same(apart, study, together, study, specs, all_rows(study.candidates.layer.size()));
  CHECK(measure_all({}, study.inputs()).empty());
}

TEST_CASE("One, two and seven workers give the same measures") {
  Study study = rich_study();
  auto const specs = rich_specs();
  auto const one = measure_all(specs, study.inputs());
  for (unsigned const workers : {2U, 7U}) {
    study.workers = workers;
    check_same(one, study, measure_all(specs, study.inputs()), study, specs, all_rows(study.candidates.layer.size()));
  }
}

TEST_CASE("The order of the rows of a layer changes nothing") {
  Study const study = rich_study();
  Study turned = study;
  for (char const* key : {"zones", "pois"})
    turned.layers[key] = take_rows(study.layers.at(key), shuffled(study.layers.at(key).layer.size(), 3));
  auto const specs = rich_specs();
  check_same(measure_all(specs, study.inputs()), study, measure_all(specs, turned.inputs()), turned, specs,
             all_rows(study.candidates.layer.size()));
}

TEST_CASE("The order of the candidates, and which others there are, changes nothing") {
  Study const study = rich_study();
  auto rows = shuffled(study.candidates.layer.size(), 8);
  auto const specs = rich_specs();
  auto const whole = measure_all(specs, study.inputs());
  for (std::size_t const count : {rows.size(), std::size_t{100}}) {
    rows.resize(count);
    Study part = study;
    part.candidates = take_rows(study.candidates, rows);
    part.layers["parcels"] = study.candidates;
    Inputs inputs = part.inputs();
    inputs.candidate_layer = "parcels";
    inputs.candidate_rows = rows;
    check_same(whole, study, measure_all(specs, inputs), part, specs, rows);
  }
}
