#include "terrein/io/result_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>

#include "io/sqlite.hpp"
#include "io/sqlite_read.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;

constexpr char const* standard = "urn:terrein:run";
constexpr char const* no_result =
    "it is no result of terrein: it holds no manifest of a run. Name the GeoPackage that terrein run wrote.";

[[noreturn]] void refuse(fs::path const& path, std::string const& why) {
  throw_error(ErrorKind::input, "'{}' cannot be read as a result of terrein: {}", path.string(), why);
}

std::uint64_t big_endian(std::array<char, 100> const& bytes, std::size_t at, std::size_t count) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < count; ++i) out = out << 8U | static_cast<unsigned char>(bytes[at + i]);
  return out;
}

/// What SQLite would tell only when it comes to the page that is missing. Its header gives the size of a page (bytes
/// 16-17, 1 for 65536) and the number of pages (28-31, to be trusted when 24-27 and 92-95 agree).
void check_file(fs::path const& path) {
  std::error_code fault;
  fs::file_status const status = fs::status(path, fault);
  if (!fs::exists(status)) refuse(path, "there is no such file. Name the GeoPackage that terrein run wrote.");
  if (fs::is_directory(status)) refuse(path, "it is a folder. Name the GeoPackage that terrein run wrote.");
  if (!fs::is_regular_file(status)) refuse(path, "it is a pipe, a device or a socket, no file.");
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse(path, "it may not be read. Ask for the right to read it.");
  std::array<char, 100> head{};
  file.read(head.data(), head.size());
  if (file.gcount() == 0) refuse(path, "it is empty (0 bytes). Run the study again.");
  std::string_view const magic("SQLite format 3", 16);
  if (file.gcount() < static_cast<std::streamsize>(head.size()) || std::string_view(head.data(), 16) != magic)
    refuse(path, "it is no GeoPackage. Name the GeoPackage that terrein run wrote.");
  std::uint64_t const written = big_endian(head, 16, 2), page = written == 1 ? 65536 : written;
  std::uint64_t const declared = page * big_endian(head, 28, 4), size = fs::file_size(path, fault);
  if (big_endian(head, 24, 4) == big_endian(head, 92, 4) && declared > size)
    refuse(path, fmt::format("it is cut off: it holds {} bytes, its header says {}. Copy it again, or run the study "
                             "again.",
                             size, declared));
}

/// Whether a program (QGIS) holds the file with changes in a log. Reading such a log needs its index; SQLite would
/// write one beside the file when there is none.
bool is_open_elsewhere(fs::path const& path) {
  std::error_code fault;
  fs::path const log = path.string() + "-wal", index = path.string() + "-shm";
  auto const logged = fs::file_size(log, fault);
  if (fault || logged == 0) return false;
  if (fs::exists(index, fault)) return true;
  refuse(path, fmt::format("it has changes in '{}' that are not in the file yet. Open and close it in the program that "
                           "made them, then ask again.",
                           log.string()));
}

/// The WKB in a blob of a GeoPackage: "GP", version, flags (bits 1-3 the kind of envelope), srs, envelope, WKB.
std::span<unsigned char const> wkb_of(std::span<unsigned char const> blob) {
  constexpr std::array<std::size_t, 5> envelope_bytes{0, 32, 48, 48, 64};
  constexpr std::size_t head = 8;
  if (blob.size() < head || blob[0] != 'G' || blob[1] != 'P') return {};
  std::size_t const kind = (blob[3] >> 1U) & 7U;
  if (kind >= envelope_bytes.size() || blob.size() < head + envelope_bytes[kind]) return {};
  return blob.subspan(head + envelope_bytes[kind]);
}

AnyColumn column_for(std::string const& name, std::string const& type) {
  if (type == "REAL" || type == "DOUBLE" || type == "FLOAT") return Column<double>(name, 0);
  if (type.find("INT") != std::string::npos) return Column<std::int64_t>(name, 0);
  return TextColumn(name);
}

std::string_view text_at(sqlite3_stmt* statement, int column) {
  auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement, column));
  return text == nullptr ? std::string_view{}
                         : std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
}

/// Appends a cell; false for text where numbers belong.
bool push(AnyColumn& column, sqlite3_stmt* statement, int at) {
  int const type = sqlite3_column_type(statement, at);
  bool const number = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  if (auto* text = std::get_if<TextColumn>(&column)) {
    type == SQLITE_NULL ? text->push(std::nullopt) : text->push(text_at(statement, at));
    return true;
  }
  if (type != SQLITE_NULL && !number) return false;
  if (auto* real = std::get_if<Column<double>>(&column))
    real->push(number ? std::optional<double>(sqlite3_column_double(statement, at)) : std::nullopt);
  else
    std::get<Column<std::int64_t>>(column).push(
        number ? std::optional<std::int64_t>(sqlite3_column_int64(statement, at)) : std::nullopt);
  return true;
}

}  // namespace

struct ResultFile::Handle {
  using Query = sqlite::Query;

  explicit Handle(fs::path path) : path_(std::move(path)) {
    sqlite3* opened = nullptr;
    std::string const uri =
        sqlite::file_uri(fs::absolute(path_).string()) + (is_open_elsewhere(path_) ? "" : "?immutable=1");
    int const result = sqlite3_open_v2(uri.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nullptr);
    database_.reset(opened);
    if (result != SQLITE_OK) fail();
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    constexpr int steps_between_looks = 100000;
    sqlite3_progress_handler(
        database_.get(), steps_between_looks, [](void*) { return stop_requested() ? 1 : 0; }, nullptr);
  }

  [[noreturn]] void fail() const {
    check_stop();
    refuse(path_, fmt::format("it is damaged ({}). Run the study again.", sqlite3_errmsg(database_.get())));
  }

  [[nodiscard]] Query query(std::string const& sql) const {
    sqlite3_stmt* statement = nullptr;
    int const result = sqlite3_prepare_v2(database_.get(), sql.c_str(), -1, &statement, nullptr);
    Query out(statement);
    if (result != SQLITE_OK) fail();
    return out;
  }

  /// False at the end.
  bool step(Query const& query) const {
    int const result = sqlite3_step(query.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE) fail();
    return result == SQLITE_ROW;
  }

  /// SQLite copies the text: it may be gone when the query is carried out.
  static void bind(Query const& query, int at, std::string_view text) {
    sqlite3_bind_text64(query.get(), at, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }

  /// Name and declared type in capitals of every column, shapes left out.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> const& fields(std::string const& table) const {
    auto const [it, fresh] = fields_.try_emplace(table);
    auto& out = it->second;
    if (!fresh) return out;
    // A view is a program: it is never carried out.
    Query const query = this->query(
        "SELECT name, upper(type) FROM pragma_table_info(?1) WHERE EXISTS (SELECT 1 FROM sqlite_master WHERE "
        "type = 'table' AND name = ?1)");
    bind(query, 1, table);
    while (step(query)) {
      std::string const type(text_at(query.get(), 1));
      if (std::none_of(shape_types.begin(), shape_types.end(), [&](auto shape) { return type == shape; }))
        out.emplace_back(text_at(query.get(), 0), type);
    }
    return out;
  }

  [[nodiscard]] Table read(std::string const& table, std::vector<std::string> const& names, std::string const& where,
                           std::string const& value) const {
    auto const& all = fields(table);
    if (all.empty()) refuse(path_, fmt::format("it has no table '{}'. Run the study again.", table));
    std::vector<AnyColumn> columns;
    std::string list;
    for (auto const& [name, type] : all)
      if (names.empty()) columns.push_back(column_for(name, type));
    for (std::string const& wanted : names) {
      auto const it = std::find_if(all.begin(), all.end(), [&](auto const& one) { return one.first == wanted; });
      if (it == all.end())
        refuse(path_, fmt::format("its table '{}' has no column '{}'. Run the study again.", table, wanted));
      columns.push_back(column_for(it->first, it->second));
    }
    for (AnyColumn const& column : columns) list += (list.empty() ? "" : ", ") + sqlite::identifier(name_of(column));
    std::string const limit = where.empty() ? "" : " WHERE " + sqlite::identifier(where) + " = ?";
    Query const query = this->query("SELECT " + list + " FROM " + sqlite::identifier(table) + limit + " ORDER BY fid");
    if (!where.empty()) bind(query, 1, value);
    std::size_t rows = 0;
    for (; step(query); ++rows)
      for (std::size_t i = 0; i < columns.size(); ++i)
        if (!push(columns[i], query.get(), static_cast<int>(i)))
          refuse(path_, fmt::format("row {} of column '{}' in table '{}' holds text where numbers belong. Someone "
                                    "changed it; run the study again.",
                                    rows + 1, name_of(columns[i]), table));
    Table out(rows);
    for (AnyColumn& column : columns) out.add(std::move(column));
    return out;
  }

 private:
  static constexpr std::array<std::string_view, 7> shape_types{
      "GEOMETRY", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "MULTICURVE", "MULTISURFACE", "BLOB"};
  fs::path path_;
  sqlite::Handle database_;
  mutable std::map<std::string, std::vector<std::pair<std::string, std::string>>> fields_;  ///< asked before
};

ResultFile::ResultFile(fs::path const& path) : path_(path) {
  check_file(path_);
  handle_ = std::make_unique<Handle>(path_);
  if (!has_table("gpkg_metadata")) refuse(path_, no_result);
  auto const query = handle_->query("SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = ?");
  Handle::bind(query, 1, standard);
  if (!handle_->step(query)) refuse(path_, no_result);
  manifest_ = std::string(text_at(query.get(), 0));
}

ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;

bool ResultFile::has_table(std::string const& table) const { return !handle_->fields(table).empty(); }

std::vector<std::string> ResultFile::columns(std::string const& table) const {
  std::vector<std::string> out;
  for (auto const& [name, type] : handle_->fields(table)) out.push_back(name);
  return out;
}

Table ResultFile::read(std::string const& table, std::vector<std::string> const& names) const {
  return handle_->read(table, names, "", "");
}

Table ResultFile::read_where(std::string const& table, std::string const& key, std::string const& value,
                             std::vector<std::string> const& names) const {
  return handle_->read(table, names, key, value);
}

GeometryColumn ResultFile::shapes(std::string const& table, std::vector<std::int64_t> const& fids) const {
  GeometryColumn out;
  auto const query = handle_->query("SELECT geom FROM " + sqlite::identifier(table) + " WHERE fid = ?");
  for (std::int64_t const fid : fids) {
    sqlite3_reset(query.get());
    sqlite3_bind_int64(query.get(), 1, fid);
    bool read = false;
    if (handle_->step(query)) {
      auto const* bytes = static_cast<unsigned char const*>(sqlite3_column_blob(query.get(), 0));
      std::size_t const size = static_cast<std::size_t>(sqlite3_column_bytes(query.get(), 0));
      read = bytes != nullptr && append_wkb(out, wkb_of({bytes, size}));
    }
    if (!read) GeometryBuilder(out).end_row(GeometryKind::null);
  }
  return out;
}

std::string ResultFile::crs(std::string const& table) const {
  auto const query = handle_->query(
      "SELECT upper(organization), organization_coordsys_id, definition FROM gpkg_spatial_ref_sys JOIN "
      "gpkg_geometry_columns USING (srs_id) WHERE table_name = ?1");
  Handle::bind(query, 1, table);
  if (!handle_->step(query)) return {};
  if (text_at(query.get(), 0) == "EPSG") return "EPSG:" + std::to_string(sqlite3_column_int64(query.get(), 1));
  return std::string(text_at(query.get(), 2));
}

std::vector<std::int64_t> ResultFile::fids_within(std::string const& table, Box const& box, std::size_t most) const {
  std::vector<std::int64_t> out;
  std::string const index = "rtree_" + table + "_geom";
  if (box.empty() || !has_table(index)) return out;
  auto const query = handle_->query("SELECT id FROM " + sqlite::identifier(index) +
                                    " WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ? ORDER BY id LIMIT " +
                                    std::to_string(most));
  int at = 0;
  for (double const value : {box.min_x, box.max_x, box.min_y, box.max_y}) sqlite3_bind_double(query.get(), ++at, value);
  while (handle_->step(query)) out.push_back(sqlite3_column_int64(query.get(), 0));
  return out;
}

}  // namespace terrein
