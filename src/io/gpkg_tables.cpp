#include "io/gpkg_tables.hpp"

#include <algorithm>

#include "io/gdal.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein::gpkg {
namespace {

// Tables of OGC 12-128r14 (GeoPackage 1.2), plus the row counts that GDAL keeps so that it need not count.
constexpr char const* core_tables = R"sql(
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10200;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');
)sql";

constexpr std::int64_t wgs84 = 4326;
constexpr std::int64_t undefined_cartesian = -1;
constexpr std::int64_t first_own_id = 100000;  // beyond the codes of EPSG

/// WKT of the first generation, which GeoPackage 1.2 asks for.
std::string wkt1_of(Crs const& crs) {
  gdal::CplErrorScope const said;
  gdal::Srs const srs(OSRNewSpatialReference(nullptr));
  std::string const& definition = crs.authority.empty() ? crs.wkt : crs.authority;
  char const* const options[] = {"FORMAT=WKT1_GDAL", nullptr};
  char* wkt = nullptr;
  bool const known = OSRSetFromUserInput(srs.get(), definition.c_str()) == OGRERR_NONE &&
                     OSRExportToWktEx(srs.get(), &wkt, options) == OGRERR_NONE;
  gdal::Text const owned(wkt);
  if (!known)
    throw_error(ErrorKind::crs,
                "The coordinate system '{}' cannot be written to a GeoPackage.{} Choose another "
                "crs in the study.",
                crs.name, said.sentence());
  return gdal::text_of(wkt);
}

/// "EPSG", 31370 from "EPSG:31370"; no organization for a CRS without a numeric code.
std::pair<std::string, std::int64_t> organization_of(Crs const& crs) {
  auto const colon = crs.authority.find(':');
  if (colon == std::string::npos) return {"NONE", 0};
  auto const code = parse_number(std::string_view(crs.authority).substr(colon + 1));
  if (!code || *code != static_cast<double>(static_cast<std::int64_t>(*code))) return {"NONE", 0};
  return {crs.authority.substr(0, colon), static_cast<std::int64_t>(*code)};
}

}  // namespace

void create_core_tables(sqlite::Database& database) { database.run(core_tables); }

void add_extension(sqlite::Database& database, std::string const& table, std::string const& column,
                   std::string const& name, std::string const& definition, std::string const& scope) {
  sqlite::Statement insert(database, "INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)");
  insert.text_or_null(table).text_or_null(column).text(name).text(definition).text(scope).run();
}

std::int64_t SrsTable::id_of(Crs const& crs) {
  if (id_of_wkt_.empty()) {
    Crs const geographic = crs_from("EPSG:4326");
    insert(wgs84, "EPSG", wgs84, geographic);
  }
  if (!crs.known()) return undefined_cartesian;
  if (auto const known = id_of_wkt_.find(crs.wkt); known != id_of_wkt_.end()) return known->second;
  auto const [organization, code] = organization_of(crs);
  bool const taken = code <= 0 || std::any_of(id_of_wkt_.begin(), id_of_wkt_.end(),
                                              [code = code](auto const& entry) { return entry.second == code; });
  if (organization == "EPSG" && taken && code > 0) return code;  // the same CRS in other words
  std::int64_t const id = taken ? first_own_id + static_cast<std::int64_t>(id_of_wkt_.size()) : code;
  insert(id, organization, organization == "NONE" ? id : code, crs);
  return id;
}

void SrsTable::insert(std::int64_t id, std::string const& organization, std::int64_t code, Crs const& crs) {
  std::string const wkt = wkt1_of(crs);
  sqlite::Statement statement(database_, "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)");
  statement.text(crs.name).number(id).text(organization).number(code).text(wkt).run();
  id_of_wkt_.emplace(crs.wkt, id);
}

}  // namespace terrein::gpkg
