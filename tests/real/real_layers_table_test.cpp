// docs/real-layers.md: every set of real layers, and what terrein makes of it. The numbers of the table were counted by
// other programs; this test holds terrein to them.
#include <fmt/core.h>

#include <sstream>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/app/source_info.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;
using namespace terrein::test;
namespace fs = std::filesystem;

namespace {

/// One line of the table.
struct Expected {
  std::string file, layer, how, rows, repaired, beyond, shapeless, issues;
};

std::vector<std::string> cells_of(std::string const& line) {
  auto cells = split(line, '|');
  std::vector<std::string> out;
  for (std::size_t i = 1; i + 1 < cells.size(); ++i) {
    std::string cell(trim(cells[i]));
    std::erase(cell, '`');
    out.push_back(cell);
  }
  return out;
}

std::vector<Expected> expected_layers() {
  std::vector<Expected> out;
  std::istringstream page(read_file(std::string(TERREIN_SOURCE_DIR) + "/docs/real-layers.md"));
  bool in_table = false;
  for (std::string line; std::getline(page, line);) {
    in_table = (in_table || line.starts_with("| file |")) && line.starts_with("|");
    auto const cells = cells_of(line);
    if (!in_table || cells.size() != 8 || cells[0] == "file" || cells[0].starts_with("-")) continue;
    out.push_back({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]});
  }
  return out;
}

/// The file that terrein is given: unpacked where the packing is none that GDAL opens.
fs::path unpacked(fs::path const& file, TempDir const& dir) {
  std::string const name = file.filename().string();
  auto const pour = [&](std::string const& command, std::string const& ending) {
    fs::path const target = dir.path() / name.substr(0, name.size() - ending.size());
    RunResult const result = run("sh -c '" + command + " " + file.string() + " > " + target.string() + "'");
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    return target;
  };
  if (name.ends_with(".tar.bz2")) {
    RunResult const result = run("tar -xjf " + file.string() + " -C " + dir.path().string());
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    for (auto const& entry : fs::recursive_directory_iterator(dir.path()))
      if (entry.path().extension() == ".THF") return entry.path();
    FAIL("no exchange file in " << name);
  }
  if (name.ends_with(".bz2")) return pour("bzip2 -dc", ".bz2");
  if (name.ends_with(".gz")) return pour("gzip -dc", ".gz");
  return file;
}

std::string issues_text(LayerInfo const& layer) {
  std::vector<std::string> words;
  for (IssueGroup const& group : layer.issues) words.push_back(fmt::format("{} {}", group.code, group.count));
  return join(words, ", ");
}

/// What terrein says, in the words of the table.
Expected outcome(Expected const& asked, fs::path const& file) {
  Expected out{asked.file, asked.layer, asked.how, "", "", "", "", ""};
  InfoOptions options;
  options.path = file.string();
  options.layer = asked.layer;
  for (std::string const& setting : split(asked.how, ';'))
    if (std::string const text(trim(setting)); text.starts_with("profile="))
      options.profile = text.substr(8);
    else if (text.find('=') != std::string::npos)
      options.settings.push_back(text);
  try {
    LayerInfo const layer = source_info(options, data_folders()).layers.at(0);
    if (!layer.fault.empty()) {
      out.issues = layer.fault;
      return out;
    }
    out.rows = layer.read ? std::to_string(layer.rows_read) : std::to_string(layer.source.rows) + " in a table";
    if (!layer.read) return out;
    out.repaired = std::to_string(layer.prepared.repaired);
    out.beyond = std::to_string(layer.prepared.quarantined);
    out.shapeless = std::to_string(layer.prepared.null_geometry + layer.prepared.empty_geometry);
    out.issues = issues_text(layer);
  } catch (Error const& error) {
    out.issues = error.what();
  }
  return out;
}

}  // namespace

TEST_CASE("every set of real layers comes out as docs/real-layers.md says", "[real]") {
  auto const data = shared("data");
  if (data.empty()) return;
  auto const table = expected_layers();
  CHECK(table.size() > 150);
  for (Expected const& expected : table) {
    TempDir const dir;
    Expected const got = outcome(expected, unpacked(data / expected.file, dir));
    INFO(expected.file << " " << expected.layer << ": " << got.rows << " rows, " << got.issues);
    CHECK(got.rows == expected.rows);
    CHECK(got.repaired == expected.repaired);
    CHECK(got.beyond == expected.beyond);
    CHECK(got.shapeless == expected.shapeless);
    if (expected.issues.starts_with("refused: "))
      CHECK(got.issues.find(expected.issues.substr(9)) != std::string::npos);
    else
      CHECK(got.issues == expected.issues);
  }
}
