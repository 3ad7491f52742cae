// What docs/first-study.md tells people to type works as it stands there.
#include <vector>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

/// The ```sh blocks of a page, in their order.
std::vector<std::string> shell_blocks(std::string const& page) {
  std::vector<std::string> out;
  std::string const fence = "```sh\n";
  for (auto at = page.find(fence); at != std::string::npos; at = page.find(fence, at)) {
    at += fence.size();
    auto const end = page.find("```", at);
    out.push_back(page.substr(at, end - at));
    at = end + 3;
  }
  return out;
}

}  // namespace

TEST_CASE("the first study in ten minutes runs as it is written", "[cli][docs]") {
  fs::path const source = TERREIN_SOURCE_DIR;
  std::vector<std::string> const blocks = shell_blocks(read_file(source / "docs/first-study.md"));
  REQUIRE(blocks.size() >= 4);
  TempDir const place;
  // The downloads of the page: the layers of the bundled municipality.
  fs::create_directories(place.path() / "downloads");
  fs::copy(source / "datasets/demo/kanaalveld.gpkg", place.path() / "downloads/kanaalveld.gpkg");
  for (std::string const& block : blocks) {
    write_file(place.path() / "typed.sh", block);
    RunResult const result = run("cd '" + place.path().string() + "' && PATH=\"" +
                                 fs::path(TERREIN_PROGRAM).parent_path().string() + ":$PATH\" sh -e typed.sh");
    INFO(block << result.out << result.err);
    CHECK(result.exit_code == 0);
  }
  CHECK(fs::exists(place.path() / "resultaat.gpkg"));
  CHECK(fs::exists(place.path() / "resultaat.qgz"));
}

TEST_CASE("the what-if of its page runs as it is written, and tells gains and losses", "[cli][docs]") {
  fs::path const source = TERREIN_SOURCE_DIR;
  std::vector<std::string> const blocks = shell_blocks(read_file(source / "docs/what-if.md"));
  REQUIRE(blocks.size() == 1);
  TempDir const place;
  for (char const* name : {"study.toml", "kanaalveld.gpkg"})
    fs::copy(source / "datasets/demo" / name, place.path() / name);
  write_file(place.path() / "typed.sh", blocks.front());
  RunResult const result = run("cd '" + place.path().string() + "' && PATH=\"" +
                               fs::path(TERREIN_PROGRAM).parent_path().string() + ":$PATH\" sh -e typed.sh");
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == 0);
  Database const db(place.path() / "wat-als.gpkg");
  CHECK(db.number("SELECT gaining_n FROM whatif_sums WHERE whatif = 'kaai' AND criterion = 'kaai_min'") > 0);
  CHECK(db.one("SELECT losing_n FROM whatif_sums WHERE whatif = 'kaai' AND criterion = 'kaai_min'") == "0");
  CHECK(db.number("SELECT lost_n FROM whatif_features WHERE whatif = 'zonder_kaai' AND criterion = 'kaai_min' AND "
                  "feature IS NOT NULL") > 0);
}
