#include "terrein/core/stats.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

#include "support/catch.hpp"

using namespace terrein;

namespace {
void wait_ms(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }
}  // namespace

TEST_CASE("Stages stand in the order in which they ran, each with its parts; parts of one name add up", "[core]") {
  Stats stats;
  int const answer = stats.stage("read", [&] {
    for (int i = 0; i < 2; ++i) stats.part("files", [] { wait_ms(20); });
    stats.part("shapes", [] {});
    return 42;
  });
  stats.stage("write", [] {});
  CHECK(answer == 42);
  REQUIRE(stats.stages().size() == 2);
  Stats::Stage const& read = stats.stages()[0];
  CHECK(read.name == "read");
  REQUIRE(read.parts.size() == 2);
  CHECK(read.parts[0].name == "files");
  CHECK(read.parts[1].name == "shapes");
  CHECK(read.parts[0].seconds >= 0.04);  // two sleeps of 20 ms, and a sleep is never shorter
  CHECK(read.seconds >= read.parts[0].seconds + read.parts[1].seconds);
  CHECK(stats.stages()[1].name == "write");
  CHECK(stats.stages()[1].parts.empty());
}

TEST_CASE("A stage that throws is noted as well", "[core]") {
  Stats stats;
  CHECK_THROWS_AS(stats.stage("read", [] { throw std::runtime_error("no"); }), std::runtime_error);
  REQUIRE(stats.stages().size() == 1);
  CHECK(stats.stages()[0].name == "read");
}
