#include "terrein/criteria/meaning.hpp"

#include "study.hpp"
#include "support/catch.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// What is said beside the sentences of the kind.
Reason particulars(CriterionSpec const& spec) {
  Reason const all = meaning_of(spec);
  CriterionKind const& kind = *find_criterion_kind(spec.measure);
  REQUIRE(all.en.starts_with(kind.meaning));
  REQUIRE(all.nl.starts_with(kind.meaning_nl));
  return {all.en.substr(kind.meaning.size()), all.nl.substr(kind.meaning_nl.size())};
}

}  // namespace

TEST_CASE("A criterion means what its kind says, and settings that are not the usual ones are told") {
  CHECK(particulars(spec_of("distance", "x")).empty());
  auto time = spec_of("network_time", "x");
  CHECK(particulars(time).empty());
  time.access.limit_s = 3;  // counts for others
  CHECK(particulars(time).empty());
  time.access.nth = 2;
  time.access.direction = TravelDirection::both;
  CHECK(particulars(time).en == " Here: number 2 in order of nearness, there and back.");
  CHECK(particulars(time).nl == " Hier: nummer 2 in volgorde van nabijheid, heen en terug.");
  auto gravity = spec_of("gravity", "x");
  gravity.access.limit_s = 1800;
  gravity.access.decay = parse_decay("logistic", "mean=20|sd=5");
  gravity.access.decay->unit = 60;
  CHECK(particulars(gravity).en == " Here: within 1800 s, decay logistic mean=20|sd=5 / 60.");
  auto catchment = spec_of("catchment", "x");
  catchment.access.limit_m = 5000;
  catchment.access.demand_field = "jobs";
  catchment.access.direction = TravelDirection::from;
  CHECK(particulars(catchment).en ==
        " Here: from the feature to the candidate, within 5000 m, demand is 'jobs' of the candidates' layer.");
  catchment.access.demand = "firms";
  catchment.access.decay = parse_decay("stepped", "10:0.5|20:0");
  CHECK(particulars(catchment).nl ==
        " Hier: van het object naar de kandidaat, binnen 5000 m, afname stepped 10:0.5|20:0, vraag is 'jobs' van laag "
        "'firms'.");
  auto logsum = spec_of("logsum", "x");
  logsum.access.mu = 0.01;
  CHECK(particulars(logsum).nl == " Hier: mu = 0.01.");
  CHECK(meaning_of(spec_of("nothing")).empty());
}
