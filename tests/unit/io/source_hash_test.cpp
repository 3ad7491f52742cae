#include "terrein/io/source_hash.hpp"

#include <thread>

#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("A source is hashed once for all who ask, also when threads ask at the same time") {
  TempDir const dir;
  auto const path = dir.path() / "a.gpkg";
  write_file(path, "abc");
  // FIPS 180-2, appendix B.1
  std::string const of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  SourceHashes hashes;
  std::vector<std::string> found(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& hash : found) threads.emplace_back([&] { hash = hashes.of(path.string(), "GPKG"); });
  }
  CHECK(found == std::vector<std::string>(8, of_abc));
  write_file(path, "changed");  // would show if the file were read again
  CHECK(hashes.of(path.string(), "GPKG") == of_abc);
  CHECK(SourceHashes().of(path.string(), "GPKG") == source_hash(path.string(), "GPKG"));
  CHECK(hashes.of((dir.path() / "none.gpkg").string(), "GPKG").empty());
}
