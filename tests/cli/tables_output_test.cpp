// Tables for a spreadsheet: CSV and XLSX beside the GeoPackage, against what SQL reads from the GeoPackage.
#include <cpl_conv.h>
#include <gdal.h>
#include <ogr_api.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "cli/small_world.hpp"
#include "support/catch.hpp"
#include "support/sqlite_rows.hpp"

using namespace terrein::test;

namespace {

std::string const nasty = "hij zei \"nee\";\nja, één\r\n<&> 'x'";

/// The small world with tables, a parcel "=1+1" instead of A1, a note with everything that needs quotes, and a rail
/// line without a shape, which is an issue.
class TablesWorld : public SmallWorld {
 public:
  explicit TablesWorld(std::string const& keys = "tables = [\"xlsx\", \"csv\"]\n") {
    edit("parcels.geojson", R"("key":"A1")", R"("key":"=1+1","note":)" + nlohmann::json(nasty).dump());
    edit("parcels.geojson", R"("key":"A2")", R"("key":"A2","note":"-3")");
    edit("rail.geojson", "\"features\":[", R"("features":[{"type":"Feature","properties":{},"geometry":null},)");
    edit("study.toml", "[candidates]\nlayer = \"parcels\"", "[candidates]\nlayer = \"parcels\"\nkeep = [\"*\"]");
    edit("study.toml", "file = \"result.gpkg\"\n", "file = \"result.gpkg\"\n" + keys);
  }
};

using Cells = std::vector<std::vector<std::string>>;

std::string exact(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%a", value + 0.0);  // -0 is 0
  return text;
}

/// The columns of a table but `fid` and `geom`, then its rows: "n" null, "i…" integer, "r…" real, "t…" text.
Cells cells_by_sql(std::filesystem::path const& package, std::string const& table) {
  Cells out(1);
  std::string columns;
  for (auto const& row : Database(package).rows("SELECT name FROM pragma_table_info('" + table +
                                                "') WHERE name NOT IN ('fid', 'geom') ORDER BY cid")) {
    out[0].push_back(*row.at("name"));
    columns += (columns.empty() ? "\"" : ", \"") + out[0].back() + "\"";
  }
  sqlite3* db = nullptr;
  sqlite3_stmt* rows = nullptr;
  REQUIRE(sqlite3_open_v2(package.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  std::string const sql = "SELECT " + columns + " FROM \"" + table + "\" ORDER BY rowid";
  REQUIRE(sqlite3_prepare_v2(db, sql.c_str(), -1, &rows, nullptr) == SQLITE_OK);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    out.emplace_back();
    for (int i = 0; i < sqlite3_column_count(rows); ++i) {
      int const type = sqlite3_column_type(rows, i);
      std::string cell = "n";
      if (type == SQLITE_FLOAT)
        cell = "r" + exact(sqlite3_column_double(rows, i));
      else if (type != SQLITE_NULL)
        cell = (type == SQLITE_INTEGER ? "i" : "t") +
               std::string(reinterpret_cast<char const*>(sqlite3_column_text(rows, i)));
      out.back().push_back(cell);
    }
  }
  sqlite3_finalize(rows);
  sqlite3_close(db);
  return out;
}

/// RFC 4180, read by hand. A cell that was quoted keeps a leading quote, so that "" differs from nothing.
Cells parse(std::string const& text, char separator) {
  REQUIRE(text.substr(0, 3) == "\xef\xbb\xbf");
  Cells out(1);
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 3; i < text.size(); ++i) {
    char const c = text[i];
    if (c == '"' && cell.empty() && !quoted) {
      quoted = true;
      cell = "\"";
    } else if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell += text[i++];
    } else if (quoted && c == '"') {
      quoted = false;
    } else if (!quoted && (c == separator || c == '\r')) {
      out.back().push_back(cell);
      cell.clear();
      if (c != '\r') continue;
      REQUIRE(text.at(++i) == '\n');
      out.emplace_back();
    } else {
      cell += c;
    }
  }
  out.pop_back();
  return out;
}

/// A cell of a CSV file as SQL says it, where SQL says what type it has.
std::string read_back(std::string cell, char type, char decimal) {
  if (type == 'r') {
    if (cell.find(decimal == ',' ? '.' : ',') != std::string::npos) return "wrong decimal mark: " + cell;
    std::replace(cell.begin(), cell.end(), decimal, '.');
    return "r" + exact(std::strtod(cell.c_str(), nullptr));
  }
  if (type == 'n') return cell.empty() ? "n" : "not null: " + cell;
  if (type == 't' && cell.starts_with("\"")) cell.erase(0, 1);
  if (type == 't' && cell.starts_with("'") && cell.find_first_of("=+-@\t\r") == 1) cell.erase(0, 1);
  return type + cell;
}

void check_csv(TablesWorld const& world, std::string const& layer, char separator, char decimal) {
  INFO(layer);
  Cells const wanted = cells_by_sql(world.path("result.gpkg"), layer);
  Cells const got = parse(read_file(world.path("result." + layer + ".csv")), separator);
  REQUIRE(got.size() == wanted.size());
  CHECK(got[0] == wanted[0]);
  for (std::size_t row = 1; row < got.size(); ++row) {
    REQUIRE(got[row].size() == wanted[row].size());
    for (std::size_t c = 0; c < got[row].size(); ++c)
      CHECK(read_back(got[row][c], wanted[row][c][0], decimal) == wanted[row][c]);
  }
}

void check_sheet(GDALDatasetH book, std::filesystem::path const& package, std::string const& layer) {
  INFO(layer);
  Cells const wanted = cells_by_sql(package, layer);
  OGRLayerH const sheet = GDALDatasetGetLayerByName(book, layer.c_str());
  REQUIRE(sheet != nullptr);
  OGRFeatureDefnH const fields = OGR_L_GetLayerDefn(sheet);
  REQUIRE(static_cast<std::size_t>(OGR_FD_GetFieldCount(fields)) == wanted[0].size());
  for (int c = 0; c < OGR_FD_GetFieldCount(fields); ++c)
    CHECK(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(fields, c)) == wanted[0][static_cast<std::size_t>(c)]);
  REQUIRE(OGR_L_GetFeatureCount(sheet, TRUE) == static_cast<GIntBig>(wanted.size() - 1));
  for (std::size_t row = 1; row < wanted.size(); ++row) {
    OGRFeatureH const feature = OGR_L_GetNextFeature(sheet);
    for (std::size_t c = 0; c < wanted[row].size(); ++c) {
      int const i = static_cast<int>(c);
      char const type = wanted[row][c][0];
      bool const is_text = OGR_Fld_GetType(OGR_FD_GetFieldDefn(fields, i)) == OFTString;
      std::string got = "n";
      if (OGR_F_IsFieldSetAndNotNull(feature, i)) {
        if (type == 'r')
          got = is_text ? "a number as text" : "r" + exact(OGR_F_GetFieldAsDouble(feature, i));
        else
          got = (is_text ? 't' : 'i') + std::string(OGR_F_GetFieldAsString(feature, i));
      }
      CHECK(got == (wanted[row][c] == "t" ? "n" : wanted[row][c]));  // GDAL reads an empty text as no cell
    }
    OGR_F_Destroy(feature);
  }
}

char const* const layers[] = {"candidates", "excluded", "ledger", "issues"};

}  // namespace

TEST_CASE("The CSV tables hold what the GeoPackage holds, as Dutch spreadsheets read it") {
  TablesWorld const world;
  RunResult const run = world.terrein();
  INFO(run.err);
  REQUIRE(run.exit_code == 0);
  for (char const* layer : layers) {
    check_csv(world, layer, ';', ',');
    CHECK(cells_by_sql(world.path("result.gpkg"), layer).size() > 1);  // there is something to compare
  }
  std::string const excluded = read_file(world.path("result.excluded.csv"));
  CHECK(excluded.find("'=1+1;") != std::string::npos);  // a parcel without its column key would be a formula
  CHECK(excluded.find("'-3") != std::string::npos);
  CHECK(excluded.find("hij zei \"\"nee\"\";\nja, één\r\n<&>") != std::string::npos);
}

TEST_CASE("English studies and explicit marks get theirs") {
  TablesWorld const english("tables = [\"csv\"]\n");
  english.edit("study.toml", "[study]", "[study]\nlanguage = \"en\"");
  REQUIRE(english.terrein().exit_code == 0);
  for (char const* layer : layers) check_csv(english, layer, ',', '.');
  CHECK_FALSE(std::filesystem::exists(english.path("result.xlsx")));
  TablesWorld const tabs("tables = [\"csv\"]\ncsv_separator = \"\\t\"\ncsv_decimal = \".\"\n");
  REQUIRE(tabs.terrein().exit_code == 0);
  for (char const* layer : layers) check_csv(tabs, layer, '\t', '.');
}

TEST_CASE("GDAL reads from the workbook what SQL reads from the GeoPackage") {
  TablesWorld const world("tables = [\"xlsx\"]\n");
  REQUIRE(world.terrein().exit_code == 0);
  CHECK_FALSE(std::filesystem::exists(world.path("result.candidates.csv")));
  GDALAllRegister();
  CPLSetConfigOption("OGR_XLSX_HEADERS", "FORCE");  // asked when a sheet is first read
  GDALDatasetH const book =
      GDALOpenEx(world.path("result.xlsx").c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr);
  REQUIRE(book != nullptr);
  CHECK(GDALDatasetGetLayerCount(book) == 5);
  for (char const* layer : layers) check_sheet(book, world.path("result.gpkg"), layer);
  // The legend is the GeoPackage's own list of columns.
  Database const result(world.path("result.gpkg"));
  OGRLayerH const legend = GDALDatasetGetLayerByName(book, "legend");
  REQUIRE(legend != nullptr);
  std::size_t explained = 0;
  while (OGRFeatureH const row = OGR_L_GetNextFeature(legend)) {
    std::string const where = std::string(" FROM gpkg_data_columns WHERE table_name = '") +
                              OGR_F_GetFieldAsString(row, 0) + "' AND column_name = '" +
                              OGR_F_GetFieldAsString(row, 1) + "'";
    std::string const description = OGR_F_GetFieldAsString(row, 3);
    if (!description.empty()) {
      CHECK(result.one("SELECT description" + where) == description);
      ++explained;
    }
    OGR_F_Destroy(row);
  }
  CHECK(explained > 5);
  GDALClose(book);
  CPLSetConfigOption("OGR_XLSX_HEADERS", nullptr);
}

TEST_CASE("Tables have the same bytes for 1 and 7 workers") {
  TablesWorld const one, seven;
  REQUIRE(one.terrein("--workers 1").exit_code == 0);
  REQUIRE(seven.terrein("--workers 7").exit_code == 0);
  for (char const* name :
       {"result.candidates.csv", "result.excluded.csv", "result.ledger.csv", "result.issues.csv", "result.xlsx"})
    CHECK(read_file(one.path(name)) == read_file(seven.path(name)));
}

TEST_CASE("A separator that is the decimal mark, and kinds that do not exist, are refused before any work") {
  TablesWorld const same("tables = [\"csv\"]\ncsv_separator = \",\"\n");
  RunResult const run = same.terrein();
  CHECK(run.exit_code == 2);
  CHECK(run.err.find("would be separator and decimal mark at once") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(same.path("result.gpkg")));
  TablesWorld const odd("tables = [\"xls\"]\n");
  CHECK(odd.terrein().err.find("'xls' is neither csv nor xlsx") != std::string::npos);
  TablesWorld const mark("tables = [\"csv\"]\ncsv_separator = \"a\"\n");
  CHECK(mark.terrein().err.find("'a' cannot stand there; choose ';'") != std::string::npos);
  TablesWorld const alone("csv_decimal = \".\"\n");
  CHECK(alone.terrein().err.find("needs tables") != std::string::npos);
}

TEST_CASE("Tables appear with the other outputs or not at all, and replace nothing without being told") {
  TablesWorld const world;
  write_file(world.path("result.ledger.csv"), "mine");
  CHECK(world.terrein().exit_code != 0);
  CHECK(read_file(world.path("result.ledger.csv")) == "mine");
  for (char const* name : {"result.gpkg", "result.xlsx", "result.candidates.csv"})
    CHECK_FALSE(std::filesystem::exists(world.path(name)));
  CHECK(world.terrein("--overwrite").exit_code == 0);
  CHECK(read_file(world.path("result.ledger.csv")) != "mine");
}

TEST_CASE("No attribute about persons stands in a table for others") {
  TablesWorld const world("tables = [\"csv\", \"xlsx\"]\n");
  world.edit("study.toml", "id = \"key\"", "id = \"key\"\npersonal = [\"note\"]");
  auto const said = [&](std::string const& arguments) {
    REQUIRE(world.terrein(arguments).exit_code == 0);
    return read_file(world.path("result.excluded.csv")) +
           run("/usr/bin/unzip -p " + world.path("result.xlsx").string()).out;
  };
  CHECK(said("").find("hij zei") == std::string::npos);
  std::string const inside = said("--audience intern --overwrite");
  CHECK(inside.find("hij zei \"\"nee") != std::string::npos);
  CHECK(inside.find("hij zei &quot;nee") != std::string::npos);
}
