#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "io/gdal.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein::test {
namespace fs = std::filesystem;

struct SourceField {
  std::string name;
  OGRFieldType type;
};
/// A WKT text (empty = no geometry) and one text per field (empty = null).
struct SourceRow {
  std::string wkt;
  std::vector<std::string> values{};
};

/// Writes a source with GDAL; epsg 0 = no CRS.
inline void make_source(fs::path const& path, char const* driver, std::string const& layer_name, int epsg,
                        std::vector<SourceField> const& fields, std::vector<SourceRow> const& rows) {
  gdal::register_drivers();
  GDALDriverH const maker = GDALGetDriverByName(driver);
  REQUIRE(maker != nullptr);
  bool const exists = fs::exists(path);
  gdal::Dataset const dataset(exists
                                  ? GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr)
                                  : GDALCreate(maker, path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  REQUIRE(dataset != nullptr);
  gdal::Srs const srs(epsg == 0 ? nullptr : OSRNewSpatialReference(nullptr));
  if (srs) OSRImportFromEPSG(srs.get(), epsg);
  bool const indexed = std::string(driver) == "GPKG";  // plain SQLite cannot run the triggers of a spatial index
  gdal::List const options(indexed ? CSLSetNameValue(nullptr, "SPATIAL_INDEX", "NO") : nullptr);
  gdal::CplErrorScope const quiet;  // about TIN in GeoPackages
  OGRLayerH const layer =
      GDALDatasetCreateLayer(dataset.get(), layer_name.c_str(), srs.get(), wkbUnknown, options.get());
  REQUIRE(layer != nullptr);
  for (SourceField const& field : fields) {
    OGRFieldDefnH const definition = OGR_Fld_Create(field.name.c_str(), field.type);
    OGR_L_CreateField(layer, definition, TRUE);
    OGR_Fld_Destroy(definition);
  }
  for (SourceRow const& row : rows) {
    gdal::Feature const feature(OGR_F_Create(OGR_L_GetLayerDefn(layer)));
    for (std::size_t i = 0; i < row.values.size(); ++i)
      if (!row.values[i].empty()) OGR_F_SetFieldString(feature.get(), static_cast<int>(i), row.values[i].c_str());
    std::string wkt = row.wkt;
    char* text = wkt.data();
    OGRGeometryH shape = nullptr;
    if (!wkt.empty()) {
      REQUIRE(OGR_G_CreateFromWkt(&text, nullptr, &shape) == OGRERR_NONE);
      OGR_F_SetGeometryDirectly(feature.get(), shape);
    }
    REQUIRE(OGR_L_CreateFeature(layer, feature.get()) == OGRERR_NONE);
  }
}

/// Runs SQL on a file, and gives the first value of the last row as text.
inline std::string sql(fs::path const& path, std::string const& statement) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  std::string answer;
  char* fault = nullptr;
  sqlite3_exec(
      database, statement.c_str(),
      [](void* out, int, char** values, char**) {
        *static_cast<std::string*>(out) = values[0] != nullptr ? values[0] : "NULL";
        return 0;
      },
      &answer, &fault);
  INFO(statement << ": " << (fault != nullptr ? fault : ""));
  CHECK(fault == nullptr);
  sqlite3_free(fault);
  sqlite3_close(database);
  return answer;
}

/// Names and hashes of all files of a folder.
inline std::map<std::string, std::string> fingerprint(fs::path const& folder) {
  std::map<std::string, std::string> out;
  for (auto const& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out[entry.path().string()] = sha256_of_file(entry.path());
  return out;
}

inline ReadOptions options_for(fs::path const& path) {
  ReadOptions options;
  options.name = "toy";
  options.path = path.string();
  options.written = path.filename().string();
  return options;
}

/// Codes of issues in their order.
inline std::vector<std::string> codes(Issues const& issues) {
  std::vector<std::string> out;
  for (Issue const& issue : issues.rows()) out.push_back(issue.code);
  return out;
}

inline bool has_text(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

/// Runs a checker of the shared folder; skips with a note where it, or what it needs, is absent.
inline void check_with(std::string const& tool, std::string const& arguments) {
  fs::path const program = shared("checks/" + tool);
  if (program.empty()) return;
  std::string const python = fs::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
  if (run(python + " -c 'import shapely, osgeo_utils'").exit_code != 0) {
    std::cout << "SKIPPED: " << tool << " needs python3-shapely and python3-gdal\n";
    return;
  }
  RunResult const result = run(python + " " + program.string() + " " + arguments);
  constexpr int tool_absent = 3, command_absent = 127;
  if (result.exit_code == tool_absent || result.exit_code == command_absent) {
    std::cout << "SKIPPED: " << tool << " cannot run on this machine\n";
    return;
  }
  INFO(tool << " " << arguments << "\n" << result.out << result.err);
  CHECK(result.exit_code == 0);
}

}  // namespace terrein::test
