// What stands around the rows of a layer: heads of shapes, spatial index, row count.
#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

#include "io/gpkg_tables.hpp"
#include "io/sqlite_rows.hpp"

namespace terrein::gpkg {
namespace {

template <class T>
void append_bytes(std::vector<unsigned char>& out, T value) {
  static_assert(std::endian::native == std::endian::little, "the head of a shape says little-endian");
  unsigned char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.insert(out.end(), bytes, bytes + sizeof value);
}

/// The triggers of the R-tree extension of GeoPackage 1.2.
void create_triggers(sqlite::Database& database, ShapeTable const& table, std::string const& index) {
  using sqlite::identifier;
  std::string const rtree = identifier(index), key = identifier(table.key), geom = identifier(table.geometry);
  std::string const filled = "(NEW." + geom + " NOTNULL AND NOT ST_IsEmpty(NEW." + geom + "))";
  std::string const vacant = "(NEW." + geom + " ISNULL OR ST_IsEmpty(NEW." + geom + "))";
  std::string const put = "INSERT OR REPLACE INTO " + rtree + " VALUES (NEW." + key + ", ST_MinX(NEW." + geom +
                          "), ST_MaxX(NEW." + geom + "), ST_MinY(NEW." + geom + "), ST_MaxY(NEW." + geom + "));";
  std::string const drop = "DELETE FROM " + rtree + " WHERE id = OLD." + key + ";";
  std::string const same = "OLD." + key + " = NEW." + key, other = "OLD." + key + " != NEW." + key;
  auto const trigger = [&](std::string const& suffix, std::string const& event, std::string const& condition,
                           std::string const& action) {
    database.run("CREATE TRIGGER " + identifier(index + "_" + suffix) + " AFTER " + event + " ON " +
                 identifier(table.name) + " WHEN " + condition + " BEGIN " + action + " END");
  };
  trigger("insert", "INSERT", filled, put);
  trigger("update1", "UPDATE OF " + geom, same + " AND " + filled, put);
  trigger("update2", "UPDATE OF " + geom, same + " AND " + vacant, drop);
  trigger("update3", "UPDATE", other + " AND " + filled, drop + " " + put);
  trigger("update4", "UPDATE", other + " AND " + vacant,
          "DELETE FROM " + rtree + " WHERE id IN (OLD." + key + ", NEW." + key + ");");
  trigger("delete", "DELETE", "OLD." + geom + " NOTNULL", drop);
}

/// SQLite made the root when it made the tables.
void write_nodes(sqlite::Database& database, std::string const& index, PackedTree const& tree) {
  std::string const table = sqlite::identifier(index + "_node");
  sqlite::Statement root(database, "UPDATE " + table + " SET data = ? WHERE nodeno = 1");
  root.bytes(tree.node(1)).run();
  sqlite::Statement nodes(database, "INSERT INTO " + table + " VALUES (?, ?)");
  sqlite::Statement parents(database, "INSERT INTO " + sqlite::identifier(index + "_parent") + " VALUES (?, ?)");
  for (std::size_t number = 2; number <= tree.size(); ++number)
    nodes.number(static_cast<std::int64_t>(number)).bytes(tree.node(number)).run();
  for (std::size_t number = 2; number <= tree.size(); ++number)
    parents.number(static_cast<std::int64_t>(number)).number(tree.parents[number - 1]).run();
}

/// Which leaf holds a row, in the order of the ids: SQLite fills a table fastest from its end.
void write_entries(sqlite::Database& database, std::string const& index, std::span<std::int64_t const> ids,
                   PackedTree const& tree, unsigned workers) {
  std::vector<std::size_t> rows(ids.size());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  std::erase_if(rows, [&tree](std::size_t row) { return tree.leaf_of[row] == 0; });
  if (!std::is_sorted(ids.begin(), ids.end()))
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
  auto const fill = [&](std::size_t begin, std::size_t end, sqlite::RowBlock& block) {
    for (std::size_t i = begin; i < end; ++i) {
      block.set(i - begin, 0, ids[rows[i]]);
      block.set(i - begin, 1, tree.leaf_of[rows[i]]);
    }
  };
  sqlite::insert_rows(database, index + "_rowid", rows.size(), 2, fill, workers);
}

}  // namespace

void encode_head(std::int64_t srs, Box const& box, std::vector<unsigned char>& out) {
  constexpr unsigned char little_endian = 1, envelope_xy = 1 << 1, empty = 1 << 4;
  out.assign({'G', 'P', 0, static_cast<unsigned char>(little_endian | (box.empty() ? empty : envelope_xy))});
  append_bytes(out, static_cast<std::int32_t>(srs));
  if (box.empty()) return;
  for (double const value : {box.min_x, box.max_x, box.min_y, box.max_y}) append_bytes(out, value);
}

IndexWriter::IndexWriter(sqlite::Database& database, ShapeTable table, std::span<std::int64_t const> ids,
                         std::span<Box const> boxes, unsigned workers)
    : database_(database),
      table_(std::move(table)),
      ids_(ids),
      name_("rtree_" + table_.name + "_" + table_.geometry),
      workers_(workers) {
  database.run("CREATE VIRTUAL TABLE " + sqlite::identifier(name_) + " USING rtree(id, minx, maxx, miny, maxy)");
  auto const node_bytes = static_cast<std::size_t>(
      database.number("SELECT length(data) FROM " + sqlite::identifier(name_ + "_node") + " WHERE nodeno = 1"));
  tree_ = std::async(workers > 1 ? std::launch::async : std::launch::deferred,
                     [ids, boxes, node_bytes] { return pack_tree(ids, boxes, node_bytes); });
}

void IndexWriter::write() {
  PackedTree const tree = tree_.get();
  write_nodes(database_, name_, tree);
  write_entries(database_, name_, ids_, tree, workers_);
  add_extension(database_, table_.name, table_.geometry, "gpkg_rtree_index",
                "http://www.geopackage.org/spec120/#extension_rtree", "write-only");
  create_triggers(database_, table_, name_);
}

void write_count(sqlite::Database& database, std::string const& table, std::size_t rows) {
  sqlite::Statement insert(database, "INSERT INTO gpkg_ogr_contents VALUES (?, ?)");
  insert.text(table).number(static_cast<std::int64_t>(rows)).run();
  for (auto const& [event, change] : {std::pair{"insert", "+"}, std::pair{"delete", "-"}})
    database.run("CREATE TRIGGER " + sqlite::identifier(std::string("trigger_") + event + "_feature_count_" + table) +
                 " AFTER " + event + " ON " + sqlite::identifier(table) +
                 " BEGIN UPDATE gpkg_ogr_contents SET feature_count = "
                 "feature_count " +
                 change + " 1 WHERE lower(table_name) = lower(" + sqlite::literal(table) + "); END");
}

}  // namespace terrein::gpkg
