#include "terrein/core/clock.hpp"

#include <cstdlib>

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;

TEST_CASE("seconds since 1970 are told as ISO time", "[core]") {  // by Python's datetime
  CHECK(iso_time(0) == "1970-01-01T00:00:00.000Z");
  CHECK(iso_time(1769860800) == "2026-01-31T12:00:00.000Z");
  CHECK(iso_time(951868799) == "2000-02-29T23:59:59.000Z");
  CHECK(iso_time(-1) == "1969-12-31T23:59:59.000Z");
  CHECK(iso_time(253402300799) == "9999-12-31T23:59:59.000Z");
}

TEST_CASE("the environment may set the time, in whole seconds only", "[core]") {
  unsetenv("SOURCE_DATE_EPOCH");
  CHECK_FALSE(time_from_environment());
  setenv("SOURCE_DATE_EPOCH", "1769860800", 1);
  CHECK(time_from_environment() == "2026-01-31T12:00:00.000Z");
  for (char const* wrong : {"-1", "1.5", "now", "253402300800"}) {
    setenv("SOURCE_DATE_EPOCH", wrong, 1);
    CHECK(test::error_of([] { static_cast<void>(time_from_environment()); }).kind == ErrorKind::usage);
  }
  unsetenv("SOURCE_DATE_EPOCH");
}
