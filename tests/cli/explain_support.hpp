#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "small_world.hpp"
#include "support/catch.hpp"
#include "support/folder_state.hpp"
#include "support/sqlite_rows.hpp"

namespace terrein::test {

inline bool has(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// A text without its line breaks.
inline std::string flat(std::string const& text) {
  std::string out;
  for (char const c : text) {
    bool const blank = c == ' ' || c == '\n';
    if (!blank || out.empty() || out.back() != ' ') out += blank ? ' ' : c;
  }
  return out;
}

inline RunResult explain(std::filesystem::path const& file, std::string const& arguments) {
  return run(std::string(TERREIN_PROGRAM) + " explain " + file.string() + " " + arguments);
}

inline nlohmann::json json_of(std::filesystem::path const& file, std::string const& arguments) {
  RunResult const result = explain(file, arguments + " --json");
  INFO(result.err);
  REQUIRE(result.exit_code == 0);
  CHECK(result.err.empty());
  return nlohmann::json::parse(result.out);
}

/// The one entry of a list whose `key` is `value`.
inline nlohmann::json entry(nlohmann::json const& list, std::string const& key, std::string const& value) {
  for (auto const& one : list)
    if (one.at(key) == value) return one;
  return nullptr;
}

/// Changes a result as an unwise person would.
inline void execute(std::filesystem::path const& file, std::string const& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
  // The triggers of the spatial index ask for these; no shape is changed here.
  for (auto const& [name, arguments] :
       {std::pair{"ST_IsEmpty", 1}, {"ST_MinX", 1}, {"ST_MaxX", 1}, {"ST_MinY", 1}, {"ST_MaxY", 1}})
    sqlite3_create_function(
        db, name, arguments, SQLITE_UTF8, nullptr,
        [](sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_int(context, 0); }, nullptr, nullptr);
  char* fault = nullptr;
  int const result = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &fault);
  INFO(sql << ": " << (fault == nullptr ? "" : fault));
  CHECK(result == SQLITE_OK);
  sqlite3_free(fault);
  sqlite3_close(db);
}

/// A copy of the result, to be spoilt.
inline std::filesystem::path copy_of(SmallWorld const& world, std::string const& name) {
  std::filesystem::copy_file(world.path("result.gpkg"), world.path(name));
  return world.path(name);
}

/// The world after a run. C1 to C3 touch the rail, B lies 100 m and A 200 m from it; all of A is wet.
inline void run_world(SmallWorld const& world) {
  RunResult const result = world.terrein();
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == 0);
}

}  // namespace terrein::test
