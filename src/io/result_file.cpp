#include "terrein/io/result_file.hpp"

#include <algorithm>

#include "io/sqlite.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

using Rows = std::vector<ResultRow>;

ResultValue value_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: {
      auto const* bytes = reinterpret_cast<char const*>(sqlite3_column_text(statement, column));
      return std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
    default:
      return {};
  }
}

}  // namespace

struct ResultFile::Database {
  struct Close {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }
  };

  std::string path;
  std::unique_ptr<sqlite3, Close> handle;

  explicit Database(std::filesystem::path const& file) : path(file.string()) {
    std::error_code fault;
    if (!std::filesystem::is_regular_file(file, fault))
      throw_error(ErrorKind::input, "There is no file '{}'. Name the GeoPackage that terrein run wrote.", path);
    std::string uri = sqlite::file_uri(path) + (is_open_elsewhere() ? "" : "?immutable=1");
    sqlite3* opened = nullptr;
    int const result = sqlite3_open_v2(uri.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
    handle.reset(opened);
    if (result != SQLITE_OK) fail();
    sqlite3_db_config(handle.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  }

  /// Whether a program (QGIS) holds the file with changes in a log. Reading such a log needs its index; SQLite would
  /// write one beside the file when there is none.
  [[nodiscard]] bool is_open_elsewhere() const {
    std::error_code fault;
    auto const logged = std::filesystem::file_size(path + "-wal", fault);
    if (fault || logged == 0) return false;
    if (std::filesystem::exists(path + "-shm", fault)) return true;
    throw_error(ErrorKind::input,
                "'{}' has changes in '{}-wal' that are not in the file yet. Open and close it in the program that made "
                "them, then ask again.",
                path, path);
  }

  [[noreturn]] void fail() const {
    throw_error(ErrorKind::input,
                "Cannot read '{}' as a result of terrein: {}. Name the GeoPackage that terrein run "
                "wrote.",
                path, sqlite3_errmsg(handle.get()));
  }

  [[nodiscard]] Rows query(std::string const& sql, std::string const* text = nullptr) const {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(handle.get(), sql.c_str(), -1, &made, nullptr) != SQLITE_OK) fail();
    std::unique_ptr<sqlite3_stmt, Finalize> const statement(made);
    if (text != nullptr) sqlite3_bind_text(made, 1, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
    Rows out;
    int result = sqlite3_step(made);
    for (; result == SQLITE_ROW; result = sqlite3_step(made)) {
      ResultRow& row = out.emplace_back();
      for (int i = 0; i < sqlite3_column_count(made); ++i) row[sqlite3_column_name(made, i)] = value_of(made, i);
    }
    if (result != SQLITE_DONE) fail();
    return out;
  }

  [[nodiscard]] bool is_table(std::string const& name) const {
    return !query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", &name).empty();
  }
};

ResultFile::ResultFile(std::filesystem::path const& path) : database_(std::make_unique<Database>(path)) {
  Rows manifests;
  if (database_->is_table("gpkg_contents") && database_->is_table("gpkg_metadata"))
    manifests = database_->query("SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = 'urn:terrein:run'");
  if (manifests.empty())
    throw_error(ErrorKind::input,
                "'{}' is no result of terrein: it holds no manifest of a run. Name the GeoPackage "
                "that terrein run wrote.",
                path.string());
  manifest_ = text_in(manifests[0], "metadata");
  for (ResultRow const& row :
       database_->query("SELECT table_name, identifier, data_type FROM gpkg_contents ORDER BY rowid"))
    if (std::string const name = text_in(row, "table_name"); database_->is_table(name))
      tables_.push_back({name, text_in(row, "identifier"), text_in(row, "data_type") == "features"});
}

ResultFile::~ResultFile() = default;

bool ResultFile::has(std::string const& table) const {
  return std::any_of(tables_.begin(), tables_.end(), [&](ResultTable const& one) { return one.name == table; });
}

std::vector<std::string> ResultFile::columns(std::string const& table) const {
  std::vector<std::string> out;
  if (!has(table)) return out;
  for (ResultRow const& row : database_->query("PRAGMA table_info(" + sqlite::identifier(table) + ")"))
    if (std::string const name = text_in(row, "name"); name != "fid" && name != "geom") out.push_back(name);
  return out;
}

std::map<std::string, std::string> ResultFile::titles(std::string const& table) const {
  std::map<std::string, std::string> out;
  if (!database_->is_table("gpkg_data_columns")) return out;
  for (ResultRow const& row :
       database_->query("SELECT column_name, title FROM gpkg_data_columns WHERE table_name = ?", &table))
    if (std::string const title = text_in(row, "title"); !title.empty()) out[text_in(row, "column_name")] = title;
  return out;
}

std::vector<ResultRow> ResultFile::rows(std::string const& table) const {
  if (!has(table)) return {};
  return database_->query("SELECT * FROM " + sqlite::identifier(table) + " ORDER BY rowid");
}

std::vector<ResultRow> ResultFile::rows_with(std::string const& table, std::string const& column,
                                             std::string const& text) const {
  auto const known = columns(table);
  if (std::find(known.begin(), known.end(), column) == known.end()) return {};
  return database_->query(
      "SELECT * FROM " + sqlite::identifier(table) + " WHERE " + sqlite::identifier(column) + " = ? ORDER BY rowid",
      &text);
}

std::vector<std::string> ResultFile::texts(std::string const& table, std::string const& column) const {
  std::vector<std::string> out;
  auto const known = columns(table);
  if (std::find(known.begin(), known.end(), column) == known.end()) return out;
  for (ResultRow const& row : database_->query("SELECT " + sqlite::identifier(column) + " AS text FROM " +
                                               sqlite::identifier(table) + " ORDER BY rowid"))
    if (std::string text = text_in(row, "text"); !text.empty()) out.push_back(std::move(text));
  return out;
}

std::size_t ResultFile::known(std::string const& table, std::string const& column) const {
  auto const all = columns(table);
  if (std::find(all.begin(), all.end(), column) == all.end()) return 0;
  auto const rows =
      database_->query("SELECT count(" + sqlite::identifier(column) + ") AS n FROM " + sqlite::identifier(table));
  return static_cast<std::size_t>(*number_in(rows.at(0), "n"));
}

std::optional<double> number_in(ResultRow const& row, std::string const& column) {
  auto const at = row.find(column);
  if (at == row.end() || !std::holds_alternative<double>(at->second)) return std::nullopt;
  return std::get<double>(at->second);
}

std::string text_in(ResultRow const& row, std::string const& column) {
  auto const at = row.find(column);
  if (at == row.end() || !std::holds_alternative<std::string>(at->second)) return {};
  return std::get<std::string>(at->second);
}

}  // namespace terrein
