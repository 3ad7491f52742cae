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

/// Holds the block after the commands of a page against what they printed: it may leave lines out ("…"), and every line
/// that it shows must be there. How many they are.
std::size_t lines_shown(std::string const& page, std::string const& printed) {
  std::string const after = page.substr(page.find("\n```\n", page.find("```sh")) + 5);
  std::string const example = after.substr(after.find("```\n") + 4);
  std::size_t lines = 0;
  for (std::size_t at = 0, end = 0; example.compare(at, 3, "```") != 0; at = end + 1) {
    end = example.find('\n', at);
    std::string const line = example.substr(at, end - at);
    if (line.empty() || line.ends_with("  …")) continue;
    INFO(line);
    CHECK(printed.find(line + "\n") != std::string::npos);
    ++lines;
  }
  return lines;
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
  fs::copy(source / "datasets/demo", place.path(), fs::copy_options::recursive);
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

TEST_CASE("the comparison of its page runs as it is written, and tells what the page shows", "[cli][docs]") {
  fs::path const source = TERREIN_SOURCE_DIR;
  std::string const page = read_file(source / "docs/compare.md");
  std::vector<std::string> const blocks = shell_blocks(page);
  REQUIRE(blocks.size() == 1);
  TempDir const place;
  fs::copy(source / "datasets/demo", place.path(), fs::copy_options::recursive);
  write_file(place.path() / "typed.sh", blocks.front());
  RunResult const result = run("cd '" + place.path().string() + "' && PATH=\"" +
                               fs::path(TERREIN_PROGRAM).parent_path().string() + ":$PATH\" sh -e typed.sh");
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(lines_shown(page, result.out) > 15);
  CHECK(Database(place.path() / "verschil.gpkg")
            .one("SELECT count(*) FROM changes c WHERE NOT abs(score_change - (SELECT sum(points) FROM change_causes p "
                 "WHERE p.id = c.id AND p.model = c.model)) < 1e-9") == "0");
}

TEST_CASE("what the pages of robustness and explanations show is what their commands print", "[cli][docs]") {
  fs::path const source = TERREIN_SOURCE_DIR;
  for (char const* name : {"docs/robustness.md", "docs/explain.md"}) {
    std::string const page = read_file(source / name);
    std::vector<std::string> const blocks = shell_blocks(page);
    REQUIRE(blocks.size() == 1);
    TempDir const place;
    fs::copy(source / "datasets/demo", place.path(), fs::copy_options::recursive);
    write_file(place.path() / "typed.sh", blocks.front());
    RunResult const result = run("cd '" + place.path().string() + "' && PATH=\"" +
                                 fs::path(TERREIN_PROGRAM).parent_path().string() + ":$PATH\" sh -e typed.sh");
    INFO(name << result.out << result.err);
    REQUIRE(result.exit_code == 0);
    CHECK(lines_shown(page, result.out) > 10);
  }
}
