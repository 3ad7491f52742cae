#include "terrein/io/compare_packages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <span>

#include "io/gpkg_pair.hpp"
#include "io/sqlite.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {
namespace {

using gpkg::Pair;
using sqlite::identifier;
using sqlite::literal;

bool within(double a, double b, Tolerance const& tolerance) {
  double const off = std::abs(a - b);
  return off <= tolerance.absolute || off <= tolerance.relative * std::max(std::abs(a), std::abs(b));
}

std::span<unsigned char const> bytes_of(sqlite3_stmt* statement, int column) {
  auto const* bytes = static_cast<unsigned char const*>(sqlite3_column_blob(statement, column));
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

/// The shape in a GeoPackage's blob; nothing for bytes that are none, and for shapes with curves.
bool read_shape(std::span<unsigned char const> blob, GeometryColumn& out) {
  constexpr std::array<std::size_t, 5> envelope{0, 32, 48, 48, 64};  // bytes, by the indicator in the flags
  constexpr std::size_t head = 8;
  if (blob.size() < head || blob[0] != 'G' || blob[1] != 'P') return false;
  std::size_t const indicator = (blob[3] >> 1U) & 7U;
  if (indicator >= envelope.size() || blob.size() < head + envelope[indicator]) return false;
  return append_wkb(out, blob.subspan(head + envelope[indicator]));
}

/// How two values differ.
struct Difference {
  bool same = true;
  double off = 0;  ///< between numbers or coordinates
};

Difference shape_difference(std::span<unsigned char const> a, std::span<unsigned char const> b,
                            Tolerance const& tolerance) {
  if (std::equal(a.begin(), a.end(), b.begin(), b.end())) return {};
  GeometryColumn first, second;
  if (!read_shape(a, first) || !read_shape(b, second)) return {false, 0};
  if (first.kind != second.kind || first.path_begin != second.path_begin || first.part_begin != second.part_begin)
    return {false, 0};
  Difference out;
  for (std::size_t i = 0; i < first.xy.size(); ++i) {
    out.off = std::max(out.off, std::abs(first.xy[i] - second.xy[i]));
    out.same = out.same && within(first.xy[i], second.xy[i], tolerance);
  }
  return out;
}

bool is_number(int type) { return type == SQLITE_INTEGER || type == SQLITE_FLOAT; }

/// Columns `i` and `j` of a row.
Difference difference(sqlite3_stmt* row, int i, int j, Tolerance const& tolerance) {
  int const a = sqlite3_column_type(row, i), b = sqlite3_column_type(row, j);
  if (is_number(a) && is_number(b)) {
    double const x = sqlite3_column_double(row, i), y = sqlite3_column_double(row, j);
    if (a == SQLITE_INTEGER && b == SQLITE_INTEGER)
      return {sqlite3_column_int64(row, i) == sqlite3_column_int64(row, j), std::abs(x - y)};
    return {x == y || within(x, y, tolerance), x == y ? 0 : std::abs(x - y)};
  }
  if (a != b) return {false, 0};
  if (a == SQLITE_NULL) return {};
  auto const first = bytes_of(row, i), second = bytes_of(row, j);
  if (a == SQLITE_BLOB) return shape_difference(first, second, tolerance);
  return {std::equal(first.begin(), first.end(), second.begin(), second.end()), 0};
}

std::vector<std::string> tables_of(Pair const& pair, std::string const& schema) {
  return pair.texts("SELECT table_name FROM " + schema +
                    ".gpkg_contents WHERE data_type IN ('features', 'attributes') AND table_name <> 'layer_styles' "
                    "ORDER BY rowid");
}

std::vector<std::string> columns_of(Pair const& pair, std::string const& schema, std::string const& table) {
  return pair.texts("SELECT name FROM pragma_table_info(" + literal(table) + ", " + literal(schema) + ")");
}

bool has(std::vector<std::string> const& list, std::string const& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<std::string> without(std::vector<std::string> const& list, std::vector<std::string> const& others) {
  std::vector<std::string> out;
  for (std::string const& word : list)
    if (!has(others, word)) out.push_back(word);
  return out;
}

/// The first attribute where it tells rows apart in both files, else the number of the row.
std::string key_of(Pair const& pair, std::string const& table, std::vector<std::string> const& columns) {
  auto const first = std::find_if(columns.begin(), columns.end(),
                                  [](std::string const& name) { return name != "fid" && name != "geom"; });
  if (first == columns.end()) return "rowid";
  for (char const* schema : {"main.", "other."}) {
    std::string const from = " FROM " + (schema + identifier(table));
    if (pair.count("SELECT count(*)" + from) != pair.count("SELECT count(DISTINCT " + identifier(*first) + ")" + from))
      return "rowid";
  }
  return *first;
}

void count_lonely(Pair const& pair, std::string const& here, std::string const& there, std::string const& key,
                  std::size_t& count, std::string& example) {
  std::string const from = " FROM " + here + " WHERE " + key + " NOT IN (SELECT " + key + " FROM " + there + ")";
  count = pair.count("SELECT count(*)" + from);
  if (count > 0) example = pair.texts("SELECT " + key + from + " ORDER BY rowid LIMIT 1").at(0);
}

/// Compares a few columns of the rows that both tables have.
void compare_columns(Pair const& pair, std::vector<std::string> const& columns, Tolerance const& tolerance,
                     TableComparison& out) {
  std::string const key = identifier(out.key), table = identifier(out.table);
  std::string sql = "SELECT a." + key;
  for (std::string const& column : columns) sql += ", a." + identifier(column) + ", b." + identifier(column);
  auto const statement = pair.prepare(sql + " FROM main." + table + " a JOIN other." + table + " b ON b." + key +
                                      " = a." + key + " ORDER BY a.rowid");
  std::vector<ColumnDifference> found(columns.size());
  out.rows = 0;
  while (pair.step(statement)) {
    if (out.rows++ % 4096 == 0) check_stop();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      int const i = 1 + 2 * static_cast<int>(c);
      Difference const one = difference(statement.get(), i, i + 1, tolerance);
      if (one.same && one.off == 0) continue;
      ColumnDifference& column = found[c];
      if (column.column.empty() || one.off > column.largest)
        column = {columns[c],
                  column.rows,
                  one.off,
                  gpkg::text_of(statement.get(), 0),
                  gpkg::text_of(statement.get(), i),
                  gpkg::text_of(statement.get(), i + 1)};
      column.rows += one.same ? 0U : 1U;
    }
  }
  for (ColumnDifference& column : found)
    if (!column.column.empty()) out.columns.push_back(std::move(column));
}

TableComparison compare_table(Pair const& pair, std::string const& table, Tolerance const& tolerance) {
  TableComparison out;
  out.table = table;
  auto const first = columns_of(pair, "main", table), second = columns_of(pair, "other", table);
  out.columns_only_first = without(first, second);
  out.columns_only_second = without(second, first);
  std::vector<std::string> shared = without(first, out.columns_only_first);
  out.key = key_of(pair, table, shared);
  std::string const key = identifier(out.key), name = identifier(table);
  count_lonely(pair, "main." + name, "other." + name, key, out.only_first, out.example_first);
  count_lonely(pair, "other." + name, "main." + name, key, out.only_second, out.example_second);
  std::erase(shared, "fid");         // the number of a row is no value
  constexpr std::size_t most = 400;  // columns in one query; SQLite takes 2000, each stands there twice
  for (std::size_t begin = 0; begin == 0 || begin < shared.size(); begin += most) {
    auto const from = shared.begin() + static_cast<std::ptrdiff_t>(begin);
    auto const to = shared.begin() + static_cast<std::ptrdiff_t>(std::min(begin + most, shared.size()));
    compare_columns(pair, {from, to}, tolerance, out);
  }
  return out;
}

}  // namespace

bool TableComparison::same() const {
  return in_first && in_second && only_first == 0 && only_second == 0 && columns_only_first.empty() &&
         columns_only_second.empty() &&
         std::all_of(columns.begin(), columns.end(), [](ColumnDifference const& column) { return column.rows == 0; });
}

std::vector<TableComparison> compare_packages(std::filesystem::path const& first, std::filesystem::path const& second,
                                              Tolerance const& tolerance) {
  Pair const pair(first, second);
  auto const before = tables_of(pair, "main"), after = tables_of(pair, "other");
  std::vector<TableComparison> out;
  for (std::string const& table : before) {
    if (has(after, table)) {
      out.push_back(compare_table(pair, table, tolerance));
      continue;
    }
    TableComparison& alone = out.emplace_back();
    alone.table = table;
    alone.in_second = false;
  }
  for (std::string const& table : without(after, before)) {
    TableComparison& alone = out.emplace_back();
    alone.table = table;
    alone.in_first = false;
  }
  return out;
}

}  // namespace terrein
