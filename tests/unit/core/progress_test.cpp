#include "terrein/core/progress.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "support/catch.hpp"
#include "terrein/core/parallel.hpp"

using namespace terrein;

namespace {

/// What a sink was told; it is called by one thread at a time.
struct Told {
  std::vector<double> done;
  bool same_stage = true;
};

ProgressSink into(Told& told) {
  return [&told](std::string const& stage, double done, double total) {
    told.same_stage = told.same_stage && stage == "measure" && total == 2;
    told.done.push_back(done);
  };
}

}  // namespace

TEST_CASE("Progress begins at nothing, never goes back, and ends at its total, for any number of workers") {
  for (unsigned const workers : {1U, 2U, 7U}) {
    Told told;
    ProgressSink const sink = into(told);
    ProgressStage stage(sink, "measure", 2);
    for (int part = 0; part < 2; ++part) {
      ProgressPart const here(stage);
      for (int loop = 0; loop < 2; ++loop)  // the second loop of a part tells nothing new
        parallel_chunks(100, workers, 1, [](unsigned, std::size_t, std::size_t) {});
    }
    CHECK(told.same_stage);
    REQUIRE(told.done.size() >= 3);
    if (workers == 1) CHECK(told.done.size() == 201);  // the beginning and 100 chunks of two parts
    CHECK(told.done.front() == 0);
    CHECK(std::is_sorted(told.done.begin(), told.done.end()));
    CHECK(std::count(told.done.begin(), told.done.end(), 1.0) == 1);
    CHECK(told.done.back() == 2);
  }
}

TEST_CASE("Work that nobody follows tells nothing, and a sink that fails does not end it") {
  CHECK(ProgressPart::current() == nullptr);
  ProgressSink const none;
  ProgressStage quiet(none, "read", 1);
  ProgressPart(quiet).reach(1, 2);
  bool first = true;
  ProgressSink const fails = [&first](std::string const&, double, double) {
    if (!std::exchange(first, false)) throw std::runtime_error("no");
  };
  ProgressStage stage(fails, "read", 1);
  std::size_t done = 0;
  {
    ProgressPart const part(stage);
    parallel_chunks(10, 1, 1, [&done](unsigned, std::size_t, std::size_t) { ++done; });
  }
  CHECK(done == 10);
  CHECK(ProgressPart::current() == nullptr);
}
