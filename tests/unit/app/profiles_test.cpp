// The shipped profiles as files: complete, consistent with the vocabulary, and told truly in their README.
#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "profile_support.hpp"
#include "terrein/core/text.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::filesystem::path const datasets = std::filesystem::path(TERREIN_SOURCE_DIR) / "datasets";

/// The rows of the first table that comes after a heading of a page.
std::vector<std::vector<std::string>> table_after(std::string const& page, std::string const& heading) {
  std::istringstream lines(page.substr(page.find("\n" + heading + "\n")));
  std::vector<std::vector<std::string>> out;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (inside && !line.starts_with("|")) break;
    if (!line.starts_with("|") || line.starts_with("|---")) continue;
    inside = true;
    std::vector<std::string> cells;
    for (std::string const& cell : split(line.substr(1, line.size() - 2), '|')) cells.emplace_back(trim(cell));
    out.push_back(cells);
  }
  out.erase(out.begin());  // the header
  return out;
}

/// The words of the vocabulary of a role: everything between the commas of its cell.
std::map<std::string, std::string> vocabulary() {
  std::map<std::string, std::string> out;
  for (auto const& row : table_after(read_file(datasets / "defaults" / "README.md"), "## Vocabulary of layers"))
    out[row.at(0)] = row.at(2);
  return out;
}

/// Whether a cell of the vocabulary names the class as a word of its own.
bool names(std::string const& cell, std::string const& word) {
  auto const is_part = [](char c) { return (std::isalnum(static_cast<unsigned char>(c)) != 0) || c == '_'; };
  for (auto at = cell.find(word); at != std::string::npos; at = cell.find(word, at + 1)) {
    bool const before = at > 0 && is_part(cell[at - 1]);
    bool const after = at + word.size() < cell.size() && is_part(cell[at + word.size()]);
    if (!before && !after) return true;
  }
  return false;
}

/// All classes a table can give.
std::set<std::string> classes_of(ClassTable const& table) {
  std::set<std::string> out;
  for (auto const* part : {&table.values, &table.begins, &table.ends, &table.contains})
    for (auto const& [value, name] : *part) out.insert(name);
  for (std::string const& name : {table.otherwise, table.all})
    for (std::string const& one : split(name, table.separator == '\0' ? ';' : table.separator))
      if (!one.empty()) out.insert(one);
  for (ClassTable const& fallback : table.fallback) out.merge(classes_of(fallback));
  return out;
}

}  // namespace

TEST_CASE("every shipped profile loads and says what a reader of its result must know") {
  std::size_t files = 0;
  for (auto const& entry : std::filesystem::directory_iterator(datasets / "profiles"))
    files += entry.path().extension() == ".toml" ? 1U : 0U;
  CHECK(shipped_profiles().size() == files);
  for (auto const& [key, profile] : shipped_profiles()) {
    INFO(key);
    CHECK(profile->key == profile->file.stem().string());
    CHECK(std::all_of(key.begin(), key.end(),
                      [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }));
    for (std::string const& text :
         {profile->title_nl, profile->title_en, profile->publisher, profile->source, profile->facts_date,
          profile->absent_nl, profile->absent_en, profile->defaults.licence, profile->defaults.attribution})
      CHECK_FALSE(trim(text).empty());
    CHECK_FALSE(profile->notes_nl.empty());
    CHECK(profile->notes_nl.size() == profile->notes_en.size());
    CHECK(profile->version == "1");
  }
}

TEST_CASE("roles and classes of the shipped profiles are those of the vocabulary") {
  auto const known = vocabulary();
  CHECK(known.at("idle_plots") == "plots in a park not in use");  // the table was found
  std::set<std::string> used;
  for (auto const& [key, profile] : shipped_profiles()) {
    INFO(key << ", role " << profile->role);
    if (profile->role == "none") {
      CHECK(classes_of(profile->defaults.classes).empty());
      continue;
    }
    REQUIRE(known.contains(profile->role));
    used.insert(profile->role);
    std::string cell = known.at(profile->role);
    if (cell.starts_with("the classes of zoning")) cell += ", " + known.at("zoning");
    for (std::string const& name : classes_of(profile->defaults.classes)) {
      INFO(name);
      CHECK(names(cell, name));
    }
  }
  CHECK(used.size() > 15);
  CHECK_FALSE(names("fluvial_B, fluvial_C", "fluvial"));
}

TEST_CASE("a mapping that is not verified stands beside its mark, and a verified profile has none") {
  for (auto const& [key, profile] : shipped_profiles()) {
    INFO(key);
    std::istringstream lines(read_file(profile->file));
    std::size_t unverified = 0;
    for (std::string line; std::getline(lines, line);) {
      bool const is_licence = line.starts_with("licence") || line.starts_with("attribution");
      if (!is_licence && line.find("# U") != std::string::npos) ++unverified;
    }
    if (profile->mark == "verified") CHECK(unverified == 0);
    if (profile->mark == "unverified" && profile->publisher != "gebruiker")
      CHECK((unverified > 0 || profile->defaults.classes.field.empty()));
  }
}

TEST_CASE("the README lists all shipped profiles as their files say") {
  auto const rows = table_after(read_file(datasets / "profiles" / "README.md"), "## The shipped profiles");
  std::vector<std::vector<std::string>> expected;
  for (auto const& [key, profile] : shipped_profiles())
    expected.push_back({key, profile->title_en, profile->role, profile->shape, profile->facts_date, profile->mark,
                        profile->tried_on.empty() ? "never" : profile->tried_on});
  CHECK(rows.size() == expected.size());
  for (std::size_t i = 0; i < std::min(rows.size(), expected.size()); ++i) CHECK(rows[i] == expected[i]);
}
