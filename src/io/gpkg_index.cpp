// What stands around the rows of a layer: heads of shapes, spatial index, row count.
#include <bit>
#include <cstring>

#include "io/gpkg_tables.hpp"

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

}  // namespace

void encode_head(std::int64_t srs, Box const& box, std::vector<unsigned char>& out) {
  constexpr unsigned char little_endian = 1, envelope_xy = 1 << 1, empty = 1 << 4;
  out.assign({'G', 'P', 0, static_cast<unsigned char>(little_endian | (box.empty() ? empty : envelope_xy))});
  append_bytes(out, static_cast<std::int32_t>(srs));
  if (box.empty()) return;
  for (double const value : {box.min_x, box.max_x, box.min_y, box.max_y}) append_bytes(out, value);
}

void write_index(sqlite::Database& database, ShapeTable const& table, std::span<std::int64_t const> ids,
                 std::span<Box const> boxes) {
  std::string const name = "rtree_" + table.name + "_" + table.geometry;
  database.run("CREATE VIRTUAL TABLE " + sqlite::identifier(name) + " USING rtree(id, minx, maxx, miny, maxy)");
  sqlite::Statement insert(database, "INSERT INTO " + sqlite::identifier(name) + " VALUES (?, ?, ?, ?, ?)");
  for (std::size_t row = 0; row < ids.size(); ++row) {
    Box const& box = boxes[row];
    if (box.empty()) continue;
    insert.number(ids[row]);
    insert.number(box.min_x).number(box.max_x).number(box.min_y).number(box.max_y).run();
  }
  add_extension(database, table.name, table.geometry, "gpkg_rtree_index",
                "http://www.geopackage.org/spec120/#extension_rtree", "write-only");
  create_triggers(database, table, name);
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
