#include "fetch/coverage.hpp"

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using terrein::test::error_of;

namespace {

ServiceFacts facts(std::optional<StatedExtent> extent) {
  ServiceFacts out;
  out.crs = crs_from("EPSG:31370");
  out.extent = std::move(extent);
  return out;
}

// Gent lies at 104800 193700 in Lambert 72 and 3.724 E 51.052 N (PROJ with the Belgian grid or not: within a metre).
StatedExtent const around_gent{{3.7, 51.0, 3.8, 51.1}, "EPSG:4326"};

}  // namespace

TEST_CASE("coverage is the box asked, else what the service states, else the rows", "[fetch]") {
  Box const rows{104700, 193600, 104900, 193800}, asked{104000, 193000, 105000, 194000};
  Coverage const box = coverage_of(facts(around_gent), asked, rows);
  CHECK(box.basis == "box asked");
  CHECK(box.polygon.extent() == asked);
  Coverage const stated = coverage_of(facts(around_gent), {}, rows);
  CHECK(stated.basis == "extent stated by the service");
  CHECK(stated.polygon.extent().contains(rows));
  CHECK(stated.polygon.extent().width() == Approx(7000).margin(300));  // 0.1 degree at 51 N is 7.0 km
  CHECK(stated.polygon.extent().height() == Approx(11130).margin(100));
  Coverage const own = coverage_of(facts({}), {}, rows);
  CHECK(own.basis == "extent of the rows");
  CHECK(own.polygon.extent() == rows);
  CHECK(coverage_of(facts({}), {}, {}).polygon.kind.at(0) == GeometryKind::empty);
  CHECK(coverage_of(facts(StatedExtent{{3, 51, 3, 51}, "EPSG:4326"}), {}, rows).basis == "extent of the rows");
}

TEST_CASE("axes that changed places are found by the stated extent", "[fetch]") {
  auto const fault = [](Box const& rows) { return error_of([&] { check_axes(facts(around_gent), rows); }); };
  CHECK(fault({104700, 193600, 104900, 193800}).text.empty());
  CHECK(fault({193600, 104700, 193800, 104900}).kind == ErrorKind::crs);
  CHECK(fault({604700, 693600, 604900, 693800}).text.empty());  // elsewhere altogether: for the run to tell
  CHECK(fault({}).text.empty());
}
