// The rows of a GeoPackage, read without GDAL where every value is what its column promises.
#include "io/gpkg_rows.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

#include "io/plain_value.hpp"
#include "io/sqlite.hpp"
#include "io/sqlite_read.hpp"
#include "terrein/core/current_work.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using sqlite::Handle;
using sqlite::prepared;
using sqlite::Query;

/// With the locks of SQLite; a file in WAL mode is read without its log, which is empty, and left alone.
Handle open_beside_gdal(std::string const& path) { return sqlite::open_to_read(path, in_wal_mode(path)); }

/// The values of the only row of a query of whole numbers; nothing for nulls, for other values and for several rows.
std::optional<std::vector<std::int64_t>> only_row(sqlite3* database, std::string const& sql) {
  Query const query = prepared(database, sql);
  if (!query || sqlite3_step(query.get()) != SQLITE_ROW) return std::nullopt;
  std::vector<std::int64_t> out;
  for (int i = 0; i < sqlite3_column_count(query.get()); ++i) {
    if (sqlite3_column_type(query.get(), i) != SQLITE_INTEGER) return std::nullopt;
    out.push_back(sqlite3_column_int64(query.get(), i));
  }
  return sqlite3_step(query.get()) == SQLITE_DONE ? std::optional(out) : std::nullopt;
}

/// How SQLite goes about a query that it answers in one loop; empty for others.
std::string plan_of(sqlite3* database, std::string const& sql) {
  constexpr int detail = 3;
  Query const query = prepared(database, "EXPLAIN QUERY PLAN " + sql);
  if (!query || sqlite3_step(query.get()) != SQLITE_ROW) return {};
  auto const* const text = reinterpret_cast<char const*>(sqlite3_column_text(query.get(), detail));
  std::string const plan = gdal::text_of(text);
  return sqlite3_step(query.get()) == SQLITE_DONE ? plan : std::string{};
}

/// A plain table: its rows are found by feature id, and in that order GDAL gives them too.
class PlainTable {
 public:
  PlainTable(OGRLayerH layer, std::vector<FieldReader::Wanted> const& fields)
      : name_(gdal::text_of(OGR_L_GetName(layer))),
        key_(gdal::text_of(OGR_L_GetFIDColumn(layer))),
        shape_(gdal::text_of(OGR_L_GetGeometryColumn(layer))) {
    OGRFeatureDefnH const definition = OGR_L_GetLayerDefn(layer);
    for (FieldReader::Wanted const& field : fields)
      columns_.push_back(gdal::text_of(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, field.index))));
  }

  /// Looks at the table and notes its CRS and its range of ids; false when it is none that is read here.
  bool look(sqlite3* database) {
    if (key_.empty() || shape_.empty()) return false;
    std::string const name = sqlite::literal(name_);
    auto const tables = only_row(database,
                                 "SELECT type = 'table' AND sql LIKE 'CREATE TABLE%' FROM sqlite_master WHERE type IN "
                                 "('table', 'view') AND name = " +
                                     name + " COLLATE NOCASE");
    auto const crs = only_row(database, "SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = " + name +
                                            " COLLATE NOCASE AND column_name = " + sqlite::literal(shape_));
    if (!tables || tables->front() != 1 || !crs) return false;
    std::string const by_id = plan_of(database, range_sql()), as_gdal = plan_of(database, all_sql());
    if (by_id.find("USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)") == std::string::npos) return false;
    if (!as_gdal.starts_with("SCAN ") || as_gdal.find(" USING ") != std::string::npos) return false;
    std::string const key = sqlite::identifier(key_);
    auto const ends = only_row(database, "SELECT min(" + key + "), max(" + key + ") FROM " + sqlite::identifier(name_));
    if (!ends) return false;
    srs_id_ = crs->front();
    first_ = ends->front();
    last_ = ends->back();
    return true;
  }

  /// Id, shape and fields of the rows whose ids lie from ?1 to ?2.
  [[nodiscard]] std::string range_sql() const {
    std::string const key = sqlite::identifier(key_);
    return all_sql() + " WHERE " + key + " BETWEEN ?1 AND ?2 ORDER BY " + key;
  }
  [[nodiscard]] std::int64_t srs_id() const noexcept { return srs_id_; }
  [[nodiscard]] std::int64_t first() const noexcept { return first_; }
  [[nodiscard]] std::int64_t last() const noexcept { return last_; }

 private:
  [[nodiscard]] std::string all_sql() const {
    std::string out = "SELECT " + sqlite::identifier(key_) + ", " + sqlite::identifier(shape_);
    for (std::string const& column : columns_) out += ", " + sqlite::identifier(column);
    return out + " FROM " + sqlite::identifier(name_);
  }

  std::string name_, key_, shape_;
  std::vector<std::string> columns_;
  std::int64_t srs_id_ = 0, first_ = 0, last_ = 0;
};

/// The WKB in a shape of a GeoPackage; empty when its head is not plain: another version, an extension, another CRS
/// than the layer's. 0 and -1 mean the layer's.
std::span<unsigned char const> wkb_of(std::span<unsigned char const> blob, std::int64_t srs_id, bool& said_empty) {
  constexpr std::size_t head = 8, little_endian = 1, empty = 0x10;
  constexpr std::size_t envelope_bytes[] = {0, 32, 48, 48, 64};
  if (blob.size() < head || blob[0] != 'G' || blob[1] != 'P' || blob[2] != 0) return {};
  unsigned const flags = blob[3], envelope = flags >> 1U & 7U;
  if ((flags & little_endian) == 0 || (flags & 0xe0U) != 0 || envelope > 4) return {};
  std::int32_t own = 0;
  std::memcpy(&own, blob.data() + 4, sizeof own);
  if (own != srs_id && own != 0 && own != -1) return {};
  if (blob.size() < head + envelope_bytes[envelope]) return {};
  said_empty = (flags & empty) != 0;
  return blob.subspan(head + envelope_bytes[envelope]);
}

/// Reads ranges of rows, each call into fresh rows.
class RangeReader {
 public:
  RangeReader(Source const& source, PlainTable const& table, PlainQuery const& query)
      : table_(table),
        fields_(query.fields),
        id_(query.id),
        near_(query.near),
        database_(open_beside_gdal(source.opened)) {
    if (database_) query_ = prepared(database_.get(), table.range_sql());
  }

  /// The rows with ids from `first` to `last`; false when one is not plain.
  bool read(std::int64_t first, std::int64_t last, PlainRows& rows) {
    sqlite3_stmt* const query = query_.get();
    if (query == nullptr) return false;
    sqlite3_bind_int64(query, 1, first);
    sqlite3_bind_int64(query, 2, last);
    int result = sqlite3_step(query);
    for (bool any = false; result == SQLITE_ROW; result = sqlite3_step(query)) {
      std::int64_t const key = sqlite3_column_int64(query, 0);
      if (key < first || key > last || (any && key <= before_) || !push(key, rows)) break;
      before_ = key;
      any = true;
    }
    return sqlite3_reset(query) == SQLITE_OK && result == SQLITE_DONE;
  }

 private:
  bool push(std::int64_t key, PlainRows& rows) {
    if (!push_shape(rows.shapes)) return false;
    for (std::size_t i = 0; i < fields_.size(); ++i)
      if (constexpr int first_field = 2; !push_plain_value(query_.get(), static_cast<int>(i) + first_field,
                                                           fields_[i].type, fields_[i].subtype, rows.columns[i]))
        return false;
    push_id(key, rows);
    return true;
  }

  bool push_shape(GeometryColumn& shapes) {
    constexpr int at = 1;
    int const storage = sqlite3_column_type(query_.get(), at);
    if (storage == SQLITE_NULL) {
      GeometryBuilder(shapes).end_row(GeometryKind::null);
      return true;
    }
    if (storage != SQLITE_BLOB) return false;
    auto const* const bytes = static_cast<unsigned char const*>(sqlite3_column_blob(query_.get(), at));
    if (bytes == nullptr) return false;
    bool said_empty = false;
    auto const wkb =
        wkb_of({bytes, static_cast<std::size_t>(sqlite3_column_bytes(query_.get(), at))}, table_.srs_id(), said_empty);
    if (!append_plain_wkb(shapes, wkb) || said_empty == shapes.has_shape(shapes.size() - 1)) return false;
    if (near_ != nullptr && shapes.kind.back() == GeometryKind::polygon &&
        !near_->of->may_reach(shapes.box.back(), near_->reach))
      GeometryBuilder(shapes).leave_out_last();
    return true;
  }

  void push_id(std::int64_t key, PlainRows& rows) const {
    if (!id_) {
      rows.id.push_back(std::to_string(key));
      rows.id_known.push_back(1);
      return;
    }
    AnyColumn const& column = rows.columns[*id_];
    std::string text = text_at(column, size_of(column) - 1).value_or("");
    bool const known = !trim(text).empty();
    rows.id.push_back(known ? std::move(text) : std::string{});
    rows.id_known.push_back(known ? 1 : 0);
  }

  PlainTable const& table_;
  std::vector<FieldReader::Wanted> const& fields_;
  std::optional<std::size_t> id_;
  NearOnly const* near_;
  Handle database_;
  Query query_;  ///< goes before its database
  std::int64_t before_ = 0;
};

PlainRows no_rows(std::vector<FieldReader::Wanted> const& fields) {
  PlainRows out;
  for (FieldReader::Wanted const& field : fields) out.columns.push_back(field.column);
  return out;
}

/// Joins ranges in their order, however they come in.
class Gathering {
 public:
  explicit Gathering(PlainRows all) : all_(std::move(all)) {}

  void add(std::size_t range, PlainRows rows) {
    std::lock_guard const lock{mutex_};
    waiting_.emplace(range, std::move(rows));
    for (auto it = waiting_.find(next_); it != waiting_.end(); it = waiting_.find(next_)) {
      join(std::move(it->second));
      waiting_.erase(it);
      ++next_;
    }
  }
  PlainRows take() { return std::move(all_); }

 private:
  void join(PlainRows rows) {
    append(all_.shapes, rows.shapes);
    for (std::size_t i = 0; i < rows.columns.size(); ++i) append(all_.columns[i], std::move(rows.columns[i]));
    std::move(rows.id.begin(), rows.id.end(), std::back_inserter(all_.id));
    all_.id_known.insert(all_.id_known.end(), rows.id_known.begin(), rows.id_known.end());
  }

  PlainRows all_;
  std::size_t next_ = 0;
  std::map<std::size_t, PlainRows> waiting_;
  std::mutex mutex_;
};

/// The ids of range `i` of `count` that cover all ids from `first` to `last`.
struct Ranges {
  std::uint64_t first, span, step;
  Ranges(std::int64_t begin, std::int64_t end, std::size_t count)
      : first(static_cast<std::uint64_t>(begin)),
        span(static_cast<std::uint64_t>(end) - first),
        step(span / count + 1) {}
  [[nodiscard]] bool is_empty(std::size_t i) const { return i > span / step; }
  [[nodiscard]] std::int64_t begin(std::size_t i) const { return static_cast<std::int64_t>(first + i * step); }
  [[nodiscard]] std::int64_t end(std::size_t i) const {
    std::uint64_t const from = i * step;
    return static_cast<std::int64_t>(first + (span - from < step ? span : from + step - 1));
  }
};

std::size_t range_count(std::size_t rows) {
  constexpr std::size_t few = 64, fewest_rows = 256, most_rows = 16384;
  return rows / std::clamp(rows / few, fewest_rows, most_rows) + 1;
}

}  // namespace

std::optional<PlainRows> read_plain_rows(Source const& source, OGRLayerH layer, PlainQuery const& query,
                                         Origin const& origin) {
  auto const is_odd = [](FieldReader::Wanted const& field) { return !is_plain_type(field.type); };
  if (std::any_of(query.fields.begin(), query.fields.end(), is_odd)) return std::nullopt;
  Handle const database = open_beside_gdal(source.opened);
  PlainTable table(layer, query.fields);
  // A transaction, so that nobody changes the file between the ranges.
  if (!database || sqlite3_exec(database.get(), "BEGIN", nullptr, nullptr, nullptr) != SQLITE_OK ||
      !table.look(database.get()))
    return std::nullopt;
  std::size_t const count = range_count(query.rows);
  Ranges const ranges(table.first(), table.last(), count);
  Gathering gathering(no_rows(query.fields));
  std::vector<std::unique_ptr<RangeReader>> readers(std::max(1U, query.workers));
  std::atomic<bool> plain{true};
  parallel_chunks(count, query.workers, 1, [&](unsigned worker, std::size_t i, std::size_t) {
    CurrentWork const work("reading " + printable(origin.text()));
    PlainRows rows = no_rows(query.fields);
    if (plain && !ranges.is_empty(i)) {
      auto& reader = readers[worker];
      if (!reader) reader = std::make_unique<RangeReader>(source, table, query);
      if (!reader->read(ranges.begin(i), ranges.end(i), rows)) plain = false;
    }
    if (plain) gathering.add(i, std::move(rows));
  });
  PlainRows out = gathering.take();
  if (!plain || out.id.size() != query.rows) return std::nullopt;
  return out;
}

}  // namespace terrein
