// The examples of docs/scripting.md, run on the bundled study, give the ten best that SQL gives.
#include <algorithm>
#include <iostream>

#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

/// The text of the only block of a language in a document.
std::string snippet(std::string const& language) {
  std::string const text = read_file(fs::path(TERREIN_SOURCE_DIR) / "docs/scripting.md"),
                    start = "```" + language + "\n";
  auto const from = text.find(start);
  REQUIRE(from != std::string::npos);
  REQUIRE(text.find(start, from + 1) == std::string::npos);
  return text.substr(from + start.size(), text.find("```", from + start.size()) - from - start.size());
}

/// A folder with result.gpkg, the bundled study's.
fs::path bundled_result() {
  static TempDir const dir;
  static RunResult const done =
      run(std::string(TERREIN_PROGRAM) + " run " + TERREIN_SOURCE_DIR +
          "/datasets/demo/study.toml --quiet --set output.file=" + (dir.path() / "result.gpkg").string());
  REQUIRE(done.err == "");
  REQUIRE(done.exit_code == 0);
  return dir.path();
}

/// The words of `out` that are ids of the ten best, in their order.
std::vector<std::string> ids_in(std::string const& out, std::vector<std::string> const& best) {
  std::vector<std::pair<std::size_t, std::string>> found;
  for (std::string const& id : best)
    if (auto const at = out.find(id); at != std::string::npos) found.emplace_back(at, id);
  std::sort(found.begin(), found.end());
  std::vector<std::string> ids;
  for (auto const& [at, id] : found) ids.push_back(id);
  return ids;
}

/// Runs the snippet with a program that is on the machine only if `probe` ends well; skips visibly else.
void check_snippet(std::string const& language, std::string const& probe, std::string const& program,
                   std::string const& file) {
  if (run(probe).exit_code != 0) {
    std::cout << "SKIPPED: no program for the " << language << " example of docs/scripting.md (" << probe << ")\n";
    return;
  }
  fs::path const folder = bundled_result();
  write_file(folder / file, snippet(language));
  RunResult const result = run("cd " + folder.string() + " && " + program + " " + file);
  INFO(result.err);
  CHECK(result.exit_code == 0);
  std::vector<std::string> best;
  for (auto const& row : Database(folder / "result.gpkg")
                             .rows("SELECT capakey FROM candidates WHERE business_park_rank IS NOT NULL "
                                   "ORDER BY business_park_rank, capakey LIMIT 10"))
    best.push_back(row.at("capakey").value());
  REQUIRE(best.size() == 10);
  CHECK(ids_in(result.out, best) == best);
}

}  // namespace

TEST_CASE("The shell example prints the ten best and writes them as GeoJSON") {
  check_snippet("sh", "ogr2ogr --version", "sh", "example.sh");
}

TEST_CASE("The Python example prints the ten best and writes them as a GeoPackage") {
  check_snippet("python", "/usr/bin/python3 -c 'import geopandas'", "/usr/bin/python3", "example.py");
}

TEST_CASE("The R example prints the ten best") {
  check_snippet("r", "Rscript -e 'library(sf)'", "Rscript", "example.R");
}
