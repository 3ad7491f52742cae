#include "io/sqlite_rows.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <future>
#include <limits>

#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein::sqlite {
namespace {

/// The name under which SQLite finds the rows to insert; not one that a layer would have.
constexpr char const* source_name = "terrein rows to insert";

std::uint32_t size_of_value(std::size_t size) {
  if (size > std::numeric_limits<std::uint32_t>::max())
    throw_error(ErrorKind::output, "A value of {} bytes is too large for a GeoPackage.", size);
  return static_cast<std::uint32_t>(size);
}

/// The rows in blocks, one of which is read while the next is filled.
class Source {
 public:
  Source(std::size_t rows, std::size_t columns, FillBlock const& fill, unsigned workers)
      : rows_(rows), columns_(columns), fill_(fill), workers_(workers) {}
  Source(Source const&) = delete;
  Source& operator=(Source const&) = delete;

  [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
  [[nodiscard]] std::size_t row() const noexcept { return row_; }
  [[nodiscard]] bool at_end() const noexcept { return row_ == rows_; }
  void give(std::size_t column, sqlite3_context* context) const { now_->give(row_ - begin_, column, context); }
  [[nodiscard]] std::exception_ptr fault() const { return fault_; }

  /// What SQLite is to be told. No exception may pass through it: a fault is kept for `fault`.
  int start() noexcept {
    row_ = 0;
    return caught([this] {
      begin_filling(0);
      take_block();
    });
  }
  int advance() noexcept {
    ++row_;
    if (at_end() || row_ < begin_ + block_rows) return SQLITE_OK;
    return caught([this] { take_block(); });
  }

 private:
  static constexpr std::size_t block_rows = 2048;

  template <class Work>
  int caught(Work const& work) noexcept {
    try {
      work();
      return SQLITE_OK;
    } catch (...) {
      fault_ = std::current_exception();
      return SQLITE_ABORT;
    }
  }

  void begin_filling(std::size_t begin) {
    next_ = std::async(workers_ > 1 ? std::launch::async : std::launch::deferred, [this, begin, block = spare_] {
      std::size_t const end = std::min(rows_, begin + block_rows);
      block->reset(end - begin, columns_);
      fill_(begin, end, *block);
    });
  }

  void take_block() {
    check_stop();
    next_.get();
    begin_ = row_;
    std::swap(now_, spare_);
    if (rows_ - begin_ > block_rows) begin_filling(begin_ + block_rows);
  }

  std::size_t rows_, columns_, row_ = 0, begin_ = 0;
  FillBlock const& fill_;
  unsigned workers_;
  RowBlock blocks_[2];
  RowBlock *now_ = &blocks_[0], *spare_ = &blocks_[1];
  std::future<void> next_;  ///< after the blocks: its end is waited for before they go
  std::exception_ptr fault_;
};

/// SQLite adds members of its own behind these.
struct SourceTable : sqlite3_vtab {
  Source* source;
};
struct SourceCursor : sqlite3_vtab_cursor {
  Source* source;
};

Source& source_of(sqlite3_vtab_cursor* cursor) { return *static_cast<SourceCursor*>(cursor)->source; }

int connect(sqlite3* handle, void* source, int, char const* const*, sqlite3_vtab** out, char**) {
  std::string sql = "CREATE TABLE rows(c0";
  for (std::size_t i = 1; i < static_cast<Source*>(source)->columns(); ++i) sql += ", c" + std::to_string(i);
  if (int const result = sqlite3_declare_vtab(handle, (sql + ")").c_str()); result != SQLITE_OK) return result;
  auto table = std::make_unique<SourceTable>();
  table->source = static_cast<Source*>(source);
  *out = table.release();
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete static_cast<SourceTable*>(table);
  return SQLITE_OK;
}

int open(sqlite3_vtab* table, sqlite3_vtab_cursor** out) {
  auto cursor = std::make_unique<SourceCursor>();
  cursor->source = static_cast<SourceTable*>(table)->source;
  *out = cursor.release();
  return SQLITE_OK;
}

int close(sqlite3_vtab_cursor* cursor) {
  delete static_cast<SourceCursor*>(cursor);
  return SQLITE_OK;
}

sqlite3_module source_module() {
  sqlite3_module out{};
  out.xConnect = connect;  // without xCreate there is nothing to note in the file
  out.xDisconnect = disconnect;
  out.xBestIndex = [](sqlite3_vtab*, sqlite3_index_info*) { return SQLITE_OK; };
  out.xOpen = open;
  out.xClose = close;
  out.xFilter = [](sqlite3_vtab_cursor* cursor, int, char const*, int, sqlite3_value**) {
    return source_of(cursor).start();
  };
  out.xNext = [](sqlite3_vtab_cursor* cursor) { return source_of(cursor).advance(); };
  out.xEof = [](sqlite3_vtab_cursor* cursor) { return int{source_of(cursor).at_end()}; };
  out.xColumn = [](sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) {
    source_of(cursor).give(static_cast<std::size_t>(column), context);
    return SQLITE_OK;
  };
  out.xRowid = [](sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
    *id = static_cast<sqlite3_int64>(source_of(cursor).row());
    return SQLITE_OK;
  };
  return out;
}

/// Makes SQLite know a source for as long as this lives.
class Registration {
 public:
  Registration(Database& database, Source& source) : database_(database) {
    static sqlite3_module const module = source_module();
    if (sqlite3_create_module_v2(database.get(), source_name, &module, &source, nullptr) != SQLITE_OK) database.fail();
  }
  ~Registration() { sqlite3_create_module_v2(database_.get(), source_name, nullptr, nullptr, nullptr); }
  Registration(Registration const&) = delete;
  Registration& operator=(Registration const&) = delete;

 private:
  Database& database_;
};

}  // namespace

void RowBlock::reset(std::size_t rows, std::size_t columns) {
  columns_ = columns;
  Value null{};
  null.kind = Kind::null;
  values_.assign(rows * columns, null);
  store_.clear();
}

void RowBlock::set(std::size_t row, std::size_t column, std::int64_t value) {
  Value& out = at(row, column);
  out.kind = Kind::whole;
  out.whole = value;
}

void RowBlock::set(std::size_t row, std::size_t column, double value) {
  if (!std::isfinite(value)) return;
  Value& out = at(row, column);
  out.kind = Kind::real;
  out.real = value == 0 ? 0.0 : value;
}

void RowBlock::set(std::size_t row, std::size_t column, std::string_view text) {
  Value& out = at(row, column);
  out.kind = Kind::text;
  out.text = text.empty() ? "" : text.data();  // a null pointer would mean null
  out.size = size_of_value(text.size());
}

void RowBlock::set(std::size_t row, std::size_t column, std::span<unsigned char const> head,
                   std::span<unsigned char const> body) {
  Value& out = at(row, column);
  out.kind = Kind::bytes;
  out.offset = store_.size();
  out.size = size_of_value(head.size() + body.size());
  store_.insert(store_.end(), head.begin(), head.end());
  store_.insert(store_.end(), body.begin(), body.end());
}

void RowBlock::give(std::size_t row, std::size_t column, sqlite3_context* context) const {
  Value const& value = values_[row * columns_ + column];
  switch (value.kind) {
    case Kind::null:
      return sqlite3_result_null(context);
    case Kind::whole:
      return sqlite3_result_int64(context, value.whole);
    case Kind::real:
      return sqlite3_result_double(context, value.real);
    case Kind::text:
      return sqlite3_result_text64(context, value.text, value.size, nullptr, SQLITE_UTF8);
    case Kind::bytes:
      return sqlite3_result_blob64(context, store_.data() + value.offset, value.size, nullptr);
  }
}

void insert_rows(Database& database, std::string const& table, std::size_t rows, std::size_t columns,
                 FillBlock const& fill, unsigned workers) {
  if (rows == 0) return;
  Source source(rows, columns, fill, workers);
  Registration const registration(database, source);
  std::string const sql = "INSERT INTO " + identifier(table) + " SELECT * FROM " + identifier(source_name);
  int const result = sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (source.fault()) std::rethrow_exception(source.fault());
  if (result != SQLITE_OK) database.fail();
}

}  // namespace terrein::sqlite
