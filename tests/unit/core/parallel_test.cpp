#include <stdexcept>
#include <vector>

#include "support/catch.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/parallel.hpp"

using namespace terrein;

TEST_CASE("every row is visited once by any number of workers", "[core][unit]") {
  for (unsigned const workers : {1U, 2U, 7U}) {
    std::vector<int> seen(1000, 0);
    parallel_chunks(seen.size(), workers, 64, [&](unsigned, std::size_t begin, std::size_t end) {
      for (std::size_t i = begin; i < end; ++i) ++seen[i];
    });
    CHECK(seen == std::vector<int>(1000, 1));
  }
}

TEST_CASE("the exception of the lowest chunk is the one that is seen", "[core][unit]") {
  for (int repeat = 0; repeat < 20; ++repeat)
    CHECK_THROWS_WITH(parallel_chunks(100, 4, 10,
                                      [](unsigned, std::size_t begin, std::size_t) {
                                        throw std::runtime_error(std::to_string(begin));
                                      }),
                      "0");
}

TEST_CASE("SHA-256 agrees with the published value for 'abc'", "[core][unit]") {
  // FIPS 180-4, example of the standard
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
