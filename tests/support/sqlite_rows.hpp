#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace terrein::test {

/// Rows of a query as text; null = no value. The second way of looking at an output, without the code that wrote it.
class Database {
 public:
  explicit Database(std::filesystem::path const& path) {
    if (sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK)
      throw std::runtime_error("cannot open " + path.string());
  }
  ~Database() { sqlite3_close(db_); }
  Database(Database const&) = delete;
  Database& operator=(Database const&) = delete;

  using Row = std::map<std::string, std::optional<std::string>>;
  [[nodiscard]] std::vector<Row> rows(std::string const& sql) const {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sql + ": " + sqlite3_errmsg(db_));
    std::vector<Row> out;
    while (sqlite3_step(statement) == SQLITE_ROW) {
      Row row;
      for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        auto const* text = sqlite3_column_text(statement, i);
        row[sqlite3_column_name(statement, i)] =
            text == nullptr ? std::nullopt : std::optional<std::string>(reinterpret_cast<char const*>(text));
      }
      out.push_back(std::move(row));
    }
    sqlite3_finalize(statement);
    return out;
  }
  [[nodiscard]] std::string one(std::string const& sql) const {
    auto const all = rows(sql);
    if (all.empty() || all[0].empty()) return "";
    return all[0].begin()->second.value_or("NULL");
  }
  [[nodiscard]] double number(std::string const& sql) const { return std::stod(one(sql)); }

 private:
  sqlite3* db_ = nullptr;
};

}  // namespace terrein::test
