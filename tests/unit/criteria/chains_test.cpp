#include "terrein/criteria/chains.hpp"

#include <cmath>

#include "study.hpp"
#include "support/catch.hpp"
#include "terrein/network/network.hpp"
#include "unit/network/factors.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// Two parcels of 10 m, 10 m north of a road of 60 km/h that goes 2 km east to a terminal and 28 km further to the
/// port. A canal along it, 100 m to the south, 10 km/h: of class II up to the terminal, of class IV from there on. The
/// first parcel has a quay; the second lies 300 m further east.
Study by_the_canal() {
  Layer parcels = layer_of({box_wkt(0, 0, 10, 10), box_wkt(300, 0, 310, 10)});
  Study study(std::move(parcels));
  auto& roads = study.add("roads", {"LINESTRING(5 -5,2005 -5)", "LINESTRING(2005 -5,30005 -5)"});
  roads.graph = GraphOptions{};
  roads.graph->default_speed_kmh = 60;
  auto& canal = study.add("canal", {"LINESTRING(5 -105,2005 -105)", "LINESTRING(2005 -105,30005 -105)"});
  canal.layer.attributes.add(text_column("class", {"II", "IV"}));
  canal.graph = GraphOptions{};
  canal.graph->default_speed_kmh = 10;
  canal.graph->facts.cemt = "class";
  study.add("terminals", {"POINT(2005 -5)", "POINT(30005 900)"}, {"barge", "rail"});
  auto& ends = study.add("ports", {"POINT(30005 -5)", "POINT(2005 -5)"});
  ends.layer.id = {"sea", "town"};
  ends.layer.id_rank = rank_ids(ends.layer.id);
  ends.layer.attributes.add(number_column("tonnes", {1, 3}));
  study.add("quays", {"POINT(12 -5)"});
  Issues issues;
  study.graphs["roads"] = build_road_graph(roads.layer, *roads.graph, issues);
  Network network = build_network(canal.layer, *canal.graph, issues);
  study.graphs["canal"] = std::move(network.graph);
  study.line_facts["canal"] = std::move(network.facts);
  ChainSpec& chains = study.chains["c"];
  chains.key = "c";
  chains.destinations = "ports";
  chains.terminals = "terminals";
  chains.roads = "roads";
  chains.access_kmh = 18;
  chains.barge = MainLayerSpec{"canal", {"barge"}, 500, "quays", 50};
  chains.factors = some_factors();
  return study;
}

CriterionSpec about(std::string const& measure, std::vector<std::string> by = {},
                    std::vector<std::string> to = {"sea"}) {
  CriterionSpec spec = spec_of(measure);
  spec.chains = "c";
  spec.by = std::move(by);
  spec.to = std::move(to);
  return spec;
}

double length_km(std::vector<std::vector<double>> const& lines) {
  double out = 0;
  for (auto const& line : lines)
    for (std::size_t i = 2; i + 1 < line.size(); i += 2)
      out += std::hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]);
  return out / 1000;
}

}  // namespace

TEST_CASE("Costs, hours and CO2e of the chains of a parcel, by hand") {
  Study const study = by_the_canal();
  auto const value = [&](std::string const& measure, std::vector<std::string> const& by, std::size_t row) {
    Measure const found = study.measure(about(measure, by));
    REQUIRE(found.is_known(row));
    return found.value.values[row];
  };
  // By road 10 m and 30 km: a trip of 10 euro with 25 km in it, 0.5 euro for each of the rest.
  CHECK(value("chain_cost", {"road"}, 0) == Approx(10 + 5.01 * 0.5).epsilon(1e-12));
  CHECK(value("chain_time", {"road"}, 0) == Approx((2 + 1800) / 3600.0).epsilon(1e-12));
  CHECK(value("chain_co2", {"road"}, 0) == Approx(3.001).epsilon(1e-12));
  // By truck to the terminal, a transfer, and 28 km on class IV; the port lies at the canal.
  CHECK(value("chain_cost", {"barge"}, 0) == Approx(10 + 3 + 28 * 0.125).epsilon(1e-12));
  CHECK(value("chain_time", {"barge"}, 0) == Approx(122 / 3600.0 + 12 + 2.8).epsilon(1e-12));
  CHECK(value("chain_co2", {"barge"}, 0) == Approx(2.01 * 0.1 + 0.5 + 28 * 0.032).epsilon(1e-12));
  // From the quay no truck and no transfer, but class II all the way: 29.993 km.
  CHECK(value("chain_cost", {"own_quay"}, 0) == Approx(29.993 * 0.25).epsilon(1e-12));
  CHECK(value("chain_co2", {"own_quay"}, 0) == Approx(29.993 * 0.048).epsilon(1e-12));
  CHECK(value("chain_cost", {}, 0) == Approx(29.993 * 0.25).epsilon(1e-12));
  CHECK(value("chain_saving", {}, 0) == Approx(12.505 - 7.49825).epsilon(1e-12));
  CHECK(value("chain_saving", {"barge"}, 0) == Approx(12.505 - 16.5).epsilon(1e-12));
  CHECK(value("chain_co2_saving", {}, 0) == Approx(3.001 - 1.439664).epsilon(1e-12));
  CHECK(value("chain_saving", {}, 1) == 0);  // it has no quay, and the road costs least

  Measure const kind = study.measure(about("chain_kind"));
  CHECK(kind.text.at(0) == "own_quay");
  CHECK(kind.text.at(1) == "road");
  CHECK(kind.by[0] == no_row);
  Measure const barge = study.measure(about("chain_kind", {"barge"}));
  CHECK(barge.by[1] == 0);
  CHECK(barge.by_layer == "terminals");
  CHECK_FALSE(study.measure(about("chain_cost", {"own_quay"})).is_known(1));
  CHECK_FALSE(study.measure(about("chain_cost", {"rail"})).is_known(0));
  CHECK_FALSE(study.measure(about("chain_cost", {"rail"})).high.is_known(0));
}

TEST_CASE("Destinations count by what goes to them, and alike without a field") {
  Study study = by_the_canal();
  double const sea = 12.505, town = 10;
  CHECK(study.measure(about("chain_cost", {"road"}, {})).value.values[0] == Approx((sea + town) / 2).epsilon(1e-12));
  study.chains.at("c").weight_field = "tonnes";
  CHECK(study.measure(about("chain_cost", {"road"}, {})).value.values[0] ==
        Approx((sea + 3 * town) / 4).epsilon(1e-12));
  // No barge goes to the place it starts from: nothing is known of a mean with that destination.
  CHECK_FALSE(study.measure(about("chain_cost", {"barge"}, {})).is_known(0));
  study.layers.at("ports").layer.attributes = Table(2);
  study.layers.at("ports").layer.attributes.add(number_column("tonnes", {std::nullopt, 3}));
  CHECK(study.measure(about("chain_cost", {"road"}, {})).value.values[0] == Approx(town).epsilon(1e-12));
  Measure const none = study.measure(about("chain_cost", {"road"}, {"sea"}));
  CHECK_FALSE(none.is_known(0));
  CHECK(none.why_unknown.en == "layer 'ports' has no destination that counts");
}

TEST_CASE("What may be there makes bounds: terminals outside the coverage or without class, quays, lines in doubt") {
  Study study = by_the_canal();
  double const found = 16.5, road = 12.505;
  study.cover("terminals", box_wkt(-20000, -20000, 5000, 20000));
  Measure hidden = study.measure(about("chain_cost", {"barge"}));
  CHECK_FALSE(hidden.is_known(0));  // one may lie 4.99 km away: a truck there costs a trip
  CHECK(hidden.low.at(0) == Approx(10).epsilon(1e-12));
  CHECK(hidden.high.at(0) == Approx(found).epsilon(1e-12));
  CHECK(study.measure(about("chain_cost", {"road"})).is_known(0));
  Measure const saving = study.measure(about("chain_saving", {"barge"}));
  CHECK(saving.low.at(0) == Approx(road - found).epsilon(1e-12));
  CHECK(saving.high.at(0) == Approx(road - 10).epsilon(1e-12));

  Study quay = by_the_canal();
  quay.cover("quays", box_wkt(-20000, -20000, 320, 20000));
  CHECK(quay.measure(about("chain_cost", {})).is_known(0));
  Measure const perhaps = quay.measure(about("chain_cost", {}));
  CHECK_FALSE(perhaps.is_known(1));
  CHECK(perhaps.low.at(1) == 0.0);
  CHECK(quay.measure(about("chain_cost", {"road", "barge"})).is_known(1));
  CHECK_FALSE(quay.measure(about("chain_kind")).is_known(1));

  Study doubt = by_the_canal();
  doubt.layers.at("roads").layer.attributes.add(text_column("maxweight", {"44", nullptr}));
  GraphOptions options = *doubt.layers.at("roads").graph;
  options.limits.weight = "maxweight";
  doubt.layers.at("roads").graph = options;
  Issues issues;
  Network const network = build_network(doubt.layers.at("roads").layer, options, issues);
  doubt.graphs["roads"] = network.graph;
  doubt.sure_graphs["roads"] = sure_part(network.graph, network.facts);
  Measure const by_road = doubt.measure(about("chain_cost", {"road"}));
  CHECK_FALSE(by_road.is_known(0));
  CHECK(by_road.low.at(0) == Approx(road).epsilon(1e-12));
  CHECK_FALSE(by_road.high.is_known(0));
  CHECK(doubt.measure(about("chain_cost", {"barge"})).value.at(0) == Approx(found).epsilon(1e-12));
  Measure const gain = doubt.measure(about("chain_saving", {"barge"}));
  CHECK_FALSE(gain.is_known(0));
  CHECK(gain.low.at(0) == Approx(road - found).epsilon(1e-12));
  CHECK_FALSE(gain.high.is_known(0));
}

TEST_CASE("A terminal whose place is approximate counts only where the study allows it") {
  Study study = by_the_canal();
  study.layers.at("terminals").approximate = {1, 0};
  CHECK_FALSE(study.measure(about("chain_cost", {"barge"})).is_known(0));
  study.allow_approximate = true;
  CHECK(study.measure(about("chain_cost", {"barge"})).is_known(0));
}

TEST_CASE("The rows of chains have the numbers of the measures, and lines as long as they say") {
  for (JoinAt const join : {JoinAt::centroid, JoinAt::gates}) {
    Study study = by_the_canal();
    study.layers.at("roads").gates = GateRules{30, {}, {}, {}};
    study.chains.at("c").join = join;
    auto const rows = chain_rows(study.chains.at("c"), study.inputs(), {1, 0});
    REQUIRE(rows.size() == (2 + 1) + (3 + 2));  // no barge goes to where it starts from
    CHECK(rows.front().candidate == 1);
    std::size_t cheapest = 0, drawn = 0;
    for (ChainRow const& row : rows) {
      std::string const to = study.layers.at("ports").layer.id[row.destination];
      CHECK(row.saving_euro.has_value());
      cheapest += row.cheapest;
      if (row.cheapest)
        CHECK(study.measure(about("chain_cost", {}, {to})).value.values[row.candidate] == row.chain.totals.euro.value);
      if (row.fastest)
        CHECK(study.measure(about("chain_time", {}, {to})).value.values[row.candidate] == row.chain.totals.hours.value);
      if (row.cleanest)
        CHECK(study.measure(about("chain_co2", {}, {to})).value.values[row.candidate] == row.chain.totals.kg.value);
      // The lines of the road begin at the parcel; those over water reach 100 m from the banks to their places.
      bool const water = row.chain.onward.has_value();
      double const beside_water = !water ? 0 : (row.own == no_row ? 0.1 : 0.1) + 0.1;
      CHECK(length_km(row.lines) == Approx(row.chain.totals.km + beside_water).epsilon(1e-9));
      ++drawn;
    }
    CHECK(cheapest == 4);
    CHECK(drawn == rows.size());
  }
}

TEST_CASE("Chains are the same for any number of workers and any order of the rows") {
  Study const study = by_the_canal();
  Study turned = by_the_canal();
  for (char const* key : {"ports", "terminals"}) {
    MeasuringLayer& layer = turned.layers.at(key);
    Layer const old = layer.layer;
    layer.layer = take(old, {1, 0});
    if (layer.class_of.size() > 0) layer.class_of = text_column("class", {"rail", "barge"});
  }
  turned.workers = 7;
  for (char const* measure :
       {"chain_cost", "chain_time", "chain_co2", "chain_saving", "chain_co2_saving", "chain_kind"}) {
    Measure const a = study.measure(about(measure, {"road", "barge", "own_quay"}));
    Measure const b = turned.measure(about(measure, {"road", "barge", "own_quay"}));
    for (std::size_t row = 0; row < 2; ++row) CHECK(dump(a, study, row) == dump(b, turned, row));
  }
}

TEST_CASE("Chains that cannot be are told: layers, networks, destinations, kinds") {
  Study study = by_the_canal();
  auto const fault = [&](CriterionSpec const& spec) { return error_of([&] { (void)study.measure(spec); }).text; };
  CHECK(fault(about("chain_cost", {}, {"see"})).find("names destination 'see'") != std::string::npos);
  CHECK(fault(about("chain_cost", {"ship"})).find("by 'ship'") != std::string::npos);
  CriterionSpec other = about("chain_cost");
  other.chains = "d";
  CHECK(fault(other).find("about chains 'd', which the study does not have") != std::string::npos);
  study.graphs.erase("canal");
  CHECK(fault(about("chain_cost")).find("layer 'canal', which is no network") != std::string::npos);
}

TEST_CASE("Under other factors a criterion measures what it would with them alone") {
  Study study = by_the_canal();
  FreightFactors dear = some_factors(), slow = some_factors();
  dear.truck.leg.euro_per_tkm = Figure(5);  // barges pay at once
  dear.barge.transfer.euro_per_t = Figure(0.5);
  slow.barge.transfer.hours = Figure(30);
  slow.barge.leg.g_per_tkm = slow.barge.vessels[Cemt::II].g_per_tkm = Figure(400);
  std::vector<std::map<std::string, FreightFactors>> const draws{
      {{"c", dear}}, {{"c", some_factors()}}, {{"c", slow}}, {{"c", dear}}};
  std::vector<CriterionSpec> const specs{about("chain_saving"), about("chain_time", {"barge"}), about("chain_co2")};
  for (unsigned const workers : {1U, 7U}) {
    study.workers = workers;
    std::size_t calls = 0;
    bool differs = false;
    measure_under(specs, study.inputs(), draws, [&](std::size_t draw, std::size_t i, Measure const& found) {
      Study alone = by_the_canal();
      alone.chains.at("c").factors = draws[draw].at("c");
      Measure const expected = alone.measure(specs[i]);
      for (std::size_t row = 0; row < 2; ++row) {
        CHECK(dump(found, study, row) == dump(expected, alone, row));
        differs |= dump(found, study, row) != dump(study.measure(specs[i]), study, row);
      }
      ++calls;
    });
    CHECK(calls == 12);
    CHECK(differs);
  }
}
