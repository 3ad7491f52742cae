// Random conditions against SQLite, whose three-valued logic is the one terrein's filters promise.
#include <sqlite3.h>

#include <random>

#include "support/catch.hpp"
#include "terrein/core/row_filter.hpp"

using namespace terrein;

namespace {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  template <std::size_t N>
  std::string pick(char const* const (&words)[N]) {
    return words[below(N)];
  }

 private:
  std::mt19937 engine_;
};

constexpr char const* texts[] = {"'a'", "'ab'", "'B'", "'a%'", "'_b'", "'é'", "'it''s'", "''", "'10'"};
constexpr char const* numbers[] = {"-2", "0", "1", "1.5", "2", "10", "1e1"};

std::string condition(Random& random) {
  static constexpr char const* signs[] = {"=", "<>", "<", "<=", ">", ">=", "!="};
  bool const on_text = random.below(2) == 0;
  std::string const field = on_text ? "t" : random.below(2) == 0 ? "i" : "\"r\"";
  auto const literal = [&] { return on_text ? random.pick(texts) : random.pick(numbers); };
  std::string const negated = random.below(3) == 0 ? " not" : "";
  switch (random.below(5)) {
    case 0:
      return field + negated + " in (" + literal() + ", " + literal() + ")";
    case 1:
      return field + negated + " between " + literal() + " and " + literal();
    case 2:
      return field + " is" + negated + " null";
    case 3:
      return "t" + negated + " like " + random.pick(texts);
    default:
      return field + " " + random.pick(signs) + " " + literal();
  }
}

std::string expression(Random& random, int depth) {
  if (depth == 0 || random.below(4) == 0) return condition(random);
  std::string const left = expression(random, depth - 1), right = expression(random, depth - 1);
  switch (random.below(5)) {
    case 0:
      return "not (" + left + ")";
    case 1:
      return left + " and " + right;
    case 2:
      return left + " or " + right;
    case 3:
      return "(" + left + " or " + right + ")";
    default:
      return "(" + left + ") and not " + condition(random);
  }
}

struct Sqlite {
  sqlite3* db = nullptr;
  Sqlite() {
    sqlite3_open(":memory:", &db);
    run("PRAGMA case_sensitive_like = 1; CREATE TABLE x (t TEXT, i INTEGER, r REAL)");
  }
  ~Sqlite() { sqlite3_close(db); }
  Sqlite(Sqlite const&) = delete;
  Sqlite& operator=(Sqlite const&) = delete;
  void run(std::string const& sql) const {
    char* fault = nullptr;
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &fault) != SQLITE_OK) FAIL(sql << ": " << fault);
  }
  [[nodiscard]] std::vector<std::uint8_t> kept(std::string const& condition, std::size_t rows) const {
    std::vector<std::uint8_t> out(rows, 0);
    sqlite3_stmt* statement = nullptr;
    std::string const sql = "SELECT rowid FROM x WHERE " + condition;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) FAIL(sql << sqlite3_errmsg(db));
    while (sqlite3_step(statement) == SQLITE_ROW)
      out[static_cast<std::size_t>(sqlite3_column_int(statement, 0)) - 1] = 1;
    sqlite3_finalize(statement);
    return out;
  }
};

}  // namespace

TEST_CASE("conditions keep the rows that SQLite keeps") {
  constexpr std::size_t rows = 60, conditions = 3000;
  Random random(7);
  Sqlite const sqlite;
  TextColumn t("t");
  Column<std::int64_t> i("i", 0);
  Column<double> r("r", 0);
  for (std::size_t row = 0; row < rows; ++row) {
    static constexpr char const* words[] = {"a", "ab", "B", "b", "é", "it's", "", "xb", "10"};
    std::string const word = random.below(5) == 0 ? "" : random.pick(words);
    bool const null_text = random.below(5) == 0, null_i = random.below(5) == 0, null_r = random.below(5) == 0;
    auto const whole = static_cast<std::int64_t>(random.below(13)) - 2;
    double const real = static_cast<double>(random.below(25)) / 2 - 2;
    t.push(null_text ? std::nullopt : std::optional<std::string_view>(word));
    i.push(null_i ? std::nullopt : std::optional(whole));
    r.push(null_r ? std::nullopt : std::optional(real));
    std::string quoted;
    for (char const c : word) quoted += c == '\'' ? "''" : std::string(1, c);
    sqlite.run("INSERT INTO x VALUES (" + (null_text ? "NULL" : "'" + quoted + "'") + ", " +
               (null_i ? "NULL" : std::to_string(whole)) + ", " + (null_r ? "NULL" : std::to_string(real)) + ")");
  }
  Table table(rows);
  table.add(t);
  table.add(i);
  table.add(r);
  std::size_t some = 0;
  for (std::size_t n = 0; n < conditions; ++n) {
    std::string const text = expression(random, 4);
    INFO(text);
    RowFilter const filter = RowFilter::parse(text);
    auto const kept = filter.kept(table);
    REQUIRE(kept == sqlite.kept(text, rows));
    REQUIRE(kept == sqlite.kept(filter.text(), rows));
    auto const count = std::count(kept.begin(), kept.end(), 1);
    some += count > 0 && count < static_cast<std::ptrdiff_t>(rows) ? 1 : 0;
  }
  CHECK(some > conditions / 2);  // most conditions tell rows apart, so agreement means something
}
