#include "terrein/network/freight_factors.hpp"

#include <filesystem>
#include <string>

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::string const header = "set,kind,mode,vehicle,goods,quantity,unit,value,low,high,basis,year,source,mark,note\n";

/// A set "a" with no more than what is needed.
std::string const least =
    "a,truck,road,,any,euro_per_tkm,euro/tkm,0.2,0.1,0.3,,,,judgement,\n"
    "a,truck,road,,any,g_per_tkm,g/tkm,100,90,110,well-to-wheel,,,judgement,\n"
    "a,leg,barge,,any,euro_per_tkm,euro/tkm,0.03,0.02,0.04,,,,judgement,\n"
    "a,leg,barge,,any,g_per_tkm,g/tkm,30,20,40,well-to-wheel,,,judgement,\n"
    "a,leg,rail,,any,euro_per_tkm,euro/tkm,0.05,0.04,0.06,,,,judgement,\n"
    "a,leg,rail,,any,g_per_tkm,g/tkm,20,10,30,well-to-wheel,,,judgement,\n";

FreightFactors factors(std::string const& rows, Goods goods = Goods::container,
                       std::vector<std::string> const& sets = {"a"}) {
  return read_freight_factors(parse_csv(header + rows, "own.csv"), sets, goods);
}

CsvTable shipped_table() {
  return read_csv(std::filesystem::path(TERREIN_SOURCE_DIR) / "datasets" / "freight" / "factors.csv");
}

FreightFactors shipped(std::vector<std::string> const& sets, Goods goods = Goods::container) {
  return read_freight_factors(shipped_table(), sets, goods);
}

void check(Figure const& figure, double value, double low, double high) {
  CHECK(figure.value == Approx(value).epsilon(1e-15));
  CHECK(figure.low == Approx(low).epsilon(1e-15));
  CHECK(figure.high == Approx(high).epsilon(1e-15));
}

}  // namespace

TEST_CASE("The shipped table, by hand: 80 to 150 euro for a trip with 10 to 14 t, 25 to 45 euro for a move") {
  FreightFactors const starter = shipped({"starter"});
  check(starter.truck.euro_per_trip_t, 115.0 / 12, 80.0 / 14, 150.0 / 10);
  CHECK(starter.truck.km_in_trip == 25);
  check(starter.truck.leg.euro_per_tkm, 0.115, 0.08, 0.15);
  check(starter.truck.leg.g_per_tkm, 85, 75, 95);
  check(starter.barge.transfer.euro_per_t, 35.0 / 12, 25.0 / 14, 4.5);
  check(starter.barge.transfer.hours, 12, 4, 24);
  check(starter.barge.transfer.kg_per_t, 0, 0, 0);
  check(starter.barge.of_vessel(Cemt::IV).g_per_tkm, 30, 25, 35);
  check(starter.barge.of_vessel(Cemt::IV).euro_per_tkm, 0.0275, 0.015, 0.04);  // not told by class
  check(starter.barge.of_vessel(Cemt::VIa).g_per_tkm, 17, 14, 20);             // none of its own: that of class Vb
  check(starter.barge.of_vessel(Cemt::VIIb).g_per_tkm, 13, 10, 16);
  check(starter.barge.of_vessel(Cemt::below).g_per_tkm, 32.5, 10, 55);  // smaller than any that is told
  check(starter.barge.of_vessel(Cemt::unknown).g_per_tkm, 32.5, 10, 55);
  check(starter.rail.electric.g_per_tkm, 10, 5, 15);
  check(starter.rail.leg.g_per_tkm, 17.5, 5, 30);
  CHECK(starter.basis == "not stated");
  FreightFactors const bulk = shipped({"starter"}, Goods::bulk);
  check(bulk.truck.euro_per_trip_t, 115.0 / 27, 80.0 / 29, 150.0 / 25);
  check(bulk.barge.transfer.euro_per_t, 2, 1, 3);
  check(bulk.truck.leg.g_per_tkm, 57.5, 50, 65);
}

TEST_CASE("A later set replaces what it tells of a mode, vessels by class included, and leaves the rest") {
  FreightFactors const eea = shipped({"starter", "eea_2021"});
  check(eea.truck.leg.g_per_tkm, 137, 137, 137);
  check(eea.barge.of_vessel(Cemt::Vb).g_per_tkm, 43, 43, 43);
  check(eea.rail.electric.g_per_tkm, 24, 24, 24);
  check(eea.truck.leg.euro_per_tkm, 0.115, 0.08, 0.15);
  CHECK(eea.basis == "well-to-wheel");
  FreightFactors const nl = shipped({"starter", "nl_2014"});
  check(nl.truck.leg.g_per_tkm, 90.3, 90.3, 90.3);
  check(nl.rail.leg.g_per_tkm, 11.3, 11.3, 11.3);
  for (FactorRow const& row : nl.used)
    if (row.quantity == "g_per_tkm") CHECK(row.mark == "verified");
}

TEST_CASE("Every row of the shipped table says where it comes from and how sure it is") {
  CsvTable const table = shipped_table();
  REQUIRE(table.rows.size() > 20);
  for (auto const& row : table.rows) {
    CHECK_FALSE(row[table.column("source")].empty());
    CHECK_FALSE(row[table.column("mark")].empty());
    if (row[table.column("quantity")] == "g_per_tkm") CHECK_FALSE(row[table.column("basis")].empty());
  }
}

TEST_CASE("What no row says is not counted; of goods the own row counts before that for any") {
  FreightFactors const bare = factors(least);
  check(bare.truck.euro_per_trip_t, 0, 0, 0);
  check(bare.rail.transfer.hours, 0, 0, 0);
  check(bare.barge.of_vessel(Cemt::Va).g_per_tkm, 30, 20, 40);
  FreightFactors const own = factors(least +
                                         "a,transfer,rail,,any,hours,h,5,5,5,,,,judgement,\n"
                                         "a,transfer,rail,,bulk,hours,h,9,9,9,,,,judgement,\n",
                                     Goods::bulk);
  check(own.rail.transfer.hours, 9, 9, 9);
  CHECK(own.used.size() == 7);
}

TEST_CASE("Faults of a table of factors name file, line and what is wrong") {
  auto const fault = [](std::string const& rows, std::vector<std::string> const& sets = {"a"}) {
    Thrown const thrown = error_of([&] { factors(rows, Goods::container, sets); });
    CHECK(thrown.kind == ErrorKind::config);
    return thrown.text;
  };
  CHECK(fault(least, {"b"}) == "own.csv has no set of factors 'b'. Did you mean 'a'?");
  CHECK(fault(least + "a,leg,barge,,any,hours,h,1,1,1,,,,judgement,\n") ==
        "own.csv line 8: a row of kind 'leg' has no quantity 'hours'.");
  CHECK(fault(least + "a,leg,barge,X,any,g_per_tkm,g/tkm,1,1,1,,,,judgement,\n").find("vehicle 'X'") !=
        std::string::npos);
  CHECK(fault(least + "a,leg,barge,IV,any,g_per_tkm,g/tkm,5,6,7,,,,judgement,\n") ==
        "own.csv line 8: the value 5 does not lie between low 6 and high 7.");
  CHECK(fault(least + "a,leg,barge,IV,any,g_per_tkm,g/tkm,-5,-6,7,,,,judgement,\n").find("line 8: value '-5'") !=
        std::string::npos);
  CHECK(fault(least + "a,leg,barge,IV,any,g_per_tkm,kg/tkm,5,5,7,,,,judgement,\n") ==
        "own.csv line 8: g_per_tkm is given in 'g/tkm', not in 'kg/tkm'.");
  CHECK(fault(least + "a,leg,barge,,any,g_per_tkm,g/tkm,5,5,7,,,,judgement,\n").find("line 8: line 5 gives the same") !=
        std::string::npos);
  CHECK(fault(least + "a,truck,road,,any,euro_per_trip,euro/trip,5,5,7,,,,judgement,\n").find("t_per_trip") !=
        std::string::npos);
  CHECK(fault(least + "a,truck,road,,any,t_per_trip,t/trip,0,0,0,,,,judgement,\n").find("must be above 0") !=
        std::string::npos);
  CHECK(fault(least.substr(least.find('\n') + 1)).find("no row of the sets says euro_per_tkm of kind 'truck'") !=
        std::string::npos);
  CHECK(fault(least + "a,boat,barge,,any,g_per_tkm,g/tkm,5,5,7,,,,judgement,\n").find("kind 'boat'") !=
        std::string::npos);
  CHECK(fault(least + "a,leg,barge,,any,g_per_tkm,g/tkm,x,5,7,,,,judgement,\n").find("value 'x'") != std::string::npos);
}

TEST_CASE("Other figures make the factors that a table with them makes") {
  FreightFactors const own = factors(least +
                                     "a,truck,road,,any,euro_per_trip,euro/trip,100,80,150,,,,judgement,\n"
                                     "a,truck,road,,any,t_per_trip,t/trip,10,8,14,,,,judgement,\n");
  REQUIRE(own.used.size() == 8);
  FreightFactors const other = with_figures(own, {0.15, 95, 0.025, 25, 0.055, 22, 120, 12.5});
  check(other.truck.leg.euro_per_tkm, 0.15, 0.15, 0.15);
  check(other.truck.leg.g_per_tkm, 95, 95, 95);
  check(other.barge.leg.euro_per_tkm, 0.025, 0.025, 0.025);
  check(other.rail.electric.g_per_tkm, 22, 22, 22);  // not told apart, as in the table
  check(other.truck.euro_per_trip_t, 9.6, 9.6, 9.6);
  CHECK(other.basis == own.basis);
  CHECK(error_of([&] { (void)with_figures(own, {1}); }).kind == ErrorKind::internal);
}
