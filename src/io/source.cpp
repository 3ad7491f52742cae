#include "io/source.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "io/archive.hpp"
#include "io/database_views.hpp"
#include "io/gml_geometry.hpp"
#include "io/osm_check.hpp"
#include "io/shape_crs.hpp"
#include "io/source_file.hpp"
#include "io/vsi_file.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/read_layer.hpp"
#include "terrein/io/read_raster.hpp"

namespace terrein {
namespace fs = std::filesystem;

/// Bytes 18 and 19 of the header are 2.
bool in_wal_mode(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  char header[20] = {};
  file.read(header, sizeof header);
  return file.gcount() == sizeof header && header[18] == 2;
}

namespace {

bool holds_bytes(fs::path const& path) {
  std::error_code absent;
  auto const size = fs::file_size(path, absent);
  return !absent && size > 0;
}

/// Copies a database and its log of changes, which only a database in a writable folder can be read with.
std::string copy_with_log(fs::path const& path, fs::path const& folder) {
  fs::path const copy = folder / path.filename();
  for (char const* side : {"", "-wal"})
    if (holds_bytes(path.string() + side))
      fs::copy_file(path.string() + side, copy.string() + side, fs::copy_options::overwrite_existing);
  fs::permissions(copy, fs::perms::owner_read | fs::perms::owner_write, fs::perm_options::add);
  return copy.string();
}

/// A database out of an archive, where SQLite would look for every page anew.
std::string unpacked(std::string const& path, fs::path const& folder, Origin const& origin) {
  fs::path const copy = folder / fs::path(path).filename();
  std::ofstream out(copy, std::ios::binary);
  VsiFile in(path);
  if (in.open())
    in.for_each_block(
        [&out](std::string_view block) { out.write(block.data(), static_cast<std::streamsize>(block.size())); });
  if (!in.open() || !out.flush())
    throw_error(ErrorKind::input, "{} cannot be unpacked to '{}': is there space? Unpack it, and name the file.",
                origin.text(), folder.string());
  return copy.string();
}

/// Drivers that only read what they are given: no code is run, nothing is fetched.
constexpr char const* drivers[] = {
    "GPKG",   "ESRI Shapefile", "FlatGeobuf",  "GeoJSON",  "GeoJSONSeq",   "TopoJSON", "GML",
    "CSV",    "XLSX",           "ODS",         "OSM",      "PostgreSQL",   "SQLite",   "KML",
    "LIBKML", "EDIGEO",         "OpenFileGDB", "ESRIJSON", "MapInfo File", nullptr};

bool is_used(std::string const& driver) {
  return std::any_of(std::begin(drivers), std::end(drivers) - 1, [&](char const* one) { return driver == one; });
}

/// What to open, and how, so that nothing is written beside the source.
struct Plan {
  std::string path;
  gdal::List options;
  std::unique_ptr<ScratchFolder> scratch;
  TextTable table;
  std::string driver;
  ViewFaults views;
};

/// GML with the shape of one element.
void choose_shape(Plan& plan, std::string const& driver, std::string const& geometry, Origin const& origin) {
  if (geometry.empty()) return;
  if (driver != "GML")
    throw_error(ErrorKind::input, "{}: geometry = \"{}\" chooses among the shapes of a GML file, but this is {}.",
                origin.text(), geometry, driver.empty() ? "no format that GDAL knows" : driver);
  plan.scratch = std::make_unique<ScratchFolder>();
  plan.path = gml_with_geometry(plan.path, geometry, plan.scratch->path());
}

/// A text table is read through a copy that no GDAL reads otherwise.
void plan_text_table(Plan& plan, Origin const& origin) {
  plan.scratch = std::make_unique<ScratchFolder>();
  plan.table = plain_text_table(plan.path, plan.scratch->path(), origin);
  plan.path = plan.table.path;
  char** options = CSLSetNameValue(nullptr, "HEADERS", "YES");
  options = CSLSetNameValue(options, "EMPTY_STRING_AS_NULL", "YES");
  plan.options.reset(CSLSetNameValue(options, "MAX_LINE_SIZE", "-1"));
}

/// Databases in WAL mode and in archives are read from a copy; the views of all are tried first.
void plan_database(Plan& plan, std::string const& driver, Origin const& origin) {
  bool const file = !plan.path.starts_with("/vsi");
  if (file && !fs::is_regular_file(plan.path))
    throw_error(ErrorKind::input, "{} is no file. Name the database file, and the table with layer = \"…\".",
                origin.text());
  if (file && in_wal_mode(plan.path) && driver == "GPKG" && !holds_bytes(plan.path + "-wal")) {
    plan.options.reset(CSLSetNameValue(nullptr, "IMMUTABLE", "YES"));
  } else if (!file || in_wal_mode(plan.path)) {
    plan.scratch = std::make_unique<ScratchFolder>();
    plan.path =
        file ? copy_with_log(plan.path, plan.scratch->path()) : unpacked(plan.path, plan.scratch->path(), origin);
  }
  plan.views = try_views(plan.path, origin);
}

Plan plan_of(std::string const& path, std::string const& geometry, Origin const& origin) {
  Plan plan{path, nullptr, nullptr, {}, {}, {}};
  GDALDriverH const driver = GDALIdentifyDriverEx(path.c_str(), GDAL_OF_VECTOR, nullptr, nullptr);
  std::string const name = driver != nullptr ? GDALGetDriverShortName(driver) : "";
  plan.driver = name;
  if (!name.empty() && !is_used(name))
    throw_error(
        ErrorKind::input,
        "{} would be read by GDAL's driver '{}', which can run code or reach the network, or which terrein does "
        "not know. Save the layer as a GeoPackage first (ogr2ogr, or QGIS: Export), and name that file.",
        origin.text(), name);
  if ((name.empty() || name == "CSV") && is_text_table(path)) {
    plan_text_table(plan, origin);
    return plan;
  }
  if (name == "CSV")
    throw_error(ErrorKind::input, "{} is no text table by its name. Name a file that ends in .csv, .tsv, .psv or .txt.",
                origin.text());
  if (name == "GeoJSON" && fs::is_regular_file(path) && may_name_crs_by_feature(path))
    plan.options.reset(CSLSetNameValue(nullptr, "NATIVE_DATA", "YES"));
  if (name == "GML") {
    char** const options = CSLSetNameValue(nullptr, "WRITE_GFS", "NO");
    plan.options.reset(CSLSetNameValue(options, "DOWNLOAD_SCHEMA", "NO"));
  }
  choose_shape(plan, name, geometry, origin);
  if (name == "OSM") plan.options.reset(CSLSetNameValue(nullptr, "CONFIG_FILE", osm_config().c_str()));
  if (name == "GPKG" || name == "SQLite") plan_database(plan, name, origin);
  return plan;
}

/// What to say of a file without shapes that is a raster.
std::string raster_hint(std::string const& path) {
  return is_raster_file(path)
             ? " It looks like a raster: if it is one, say kind = \"raster\" for this layer in the study."
             : "";
}

std::string missing_shx(Origin const& origin) {
  fs::path path(origin.path);
  if (lower(path.extension().string()) != ".shp") return {};
  for (char const* extension : {".shx", ".SHX"})
    if (fs::exists(path.replace_extension(extension))) return {};
  return " A shapefile needs its .shx and .dbf beside the .shp: copy all its files.";
}

std::vector<OGRLayerH> layers_of(GDALDatasetH dataset, bool spatial_only) {
  std::vector<OGRLayerH> out;
  for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i)
    if (OGRLayerH const layer = GDALDatasetGetLayer(dataset, i);
        layer != nullptr && (!spatial_only || is_spatial(layer)))
      out.push_back(layer);
  return out;
}

std::vector<std::string> names_of(std::vector<OGRLayerH> const& layers) {
  std::vector<std::string> out;
  for (OGRLayerH const layer : layers) out.push_back(gdal::text_of(OGR_L_GetName(layer)));
  return out;
}

OGRLayerH find_layer(GDALDatasetH dataset, std::string const& wanted) {
  auto const layers = layers_of(dataset, false);
  for (OGRLayerH const layer : layers)
    if (OGR_L_GetName(layer) == wanted) return layer;
  for (OGRLayerH const layer : layers)
    if (lower(OGR_L_GetName(layer)) == lower(wanted)) return layer;
  return GDALDatasetGetLayerByName(dataset, wanted.c_str());  // servers do not list all they have
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string pattern = (fs::temp_directory_path() / "terrein-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    throw_error(ErrorKind::output, "No scratch folder can be made in '{}'. Check its free space, or set TMPDIR.",
                fs::temp_directory_path().string());
  path_ = pattern;
  leftover_.emplace(path_);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;  // a scratch folder that stays behind does no harm
  fs::remove_all(path_, ignored);
}

std::string Origin::text() const {
  std::string const& shown = written.empty() ? path : written;
  return name.empty() ? "'" + shown + "'" : "Layer '" + name + "' ('" + shown + "')";
}

Source open_source(Origin const& origin, std::string const& wanted, std::string const& geometry) {
  gdal::register_drivers();
  check_source_file(origin);
  check_workbook(origin);
  gdal::CplErrorScope const said;
  Plan plan = plan_of(is_archive(origin.path) ? data_in_archive(origin, wanted) : origin.path, geometry, origin);
  Source source;
  source.scratch = std::move(plan.scratch);
  source.table = std::move(plan.table);
  source.dataset.reset(
      GDALOpenEx(plan.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers, plan.options.get(), nullptr));
  // GML without a schema is read through once while opening; faults of single rows come again with their rows.
  bool const rows_only =
      source.dataset != nullptr && plan.driver == "GML" && !spatial_layers(source.dataset.get()).empty();
  if (source.dataset == nullptr || (!said.failure().empty() && !rows_only))
    throw_error(ErrorKind::input, "{} cannot be read: {}.{}{}{} Get the file again, or check that ogrinfo can read it.",
                origin.text(),
                fs::is_directory(plan.path) ? "it is a folder that holds no data set which terrein reads"
                                            : "the file is damaged, incomplete or of an unknown format",
                missing_shx(origin), raster_hint(plan.path), said.sentence());
  for (auto const& message : said.messages())
    if (message.level == CE_Warning) source.warnings.push_back(message.text);
  source.driver = GDALGetDriverShortName(GDALGetDatasetDriver(source.dataset.get()));
  source.opened = plan.path;
  source.view_faults = std::move(plan.views);
  return source;
}

std::vector<std::string> spatial_layers(GDALDatasetH dataset) { return names_of(layers_of(dataset, true)); }

bool is_spatial(OGRLayerH layer) { return OGR_FD_GetGeomFieldCount(OGR_L_GetLayerDefn(layer)) > 0; }

void throw_no_shapes(OGRLayerH layer, Origin const& origin) {
  throw_error(ErrorKind::input,
              "{} has no shapes: {} is a table without a geometry column. Name the columns with its coordinates (x = "
              "\"…\", y = \"…\", crs = \"EPSG:…\"), give it the shapes of another layer with join, or give a file with "
              "shapes (in a CSV file: a column WKT).",
              origin.text(), layer == nullptr ? std::string("it") : "'" + gdal::text_of(OGR_L_GetName(layer)) + "'");
}

OGRLayerH choose_layer(GDALDatasetH dataset, std::string const& wanted, bool tables, Origin const& origin) {
  auto layers = layers_of(dataset, !tables);
  if (layers.empty()) layers = layers_of(dataset, false);
  if (!wanted.empty()) {
    if (OGRLayerH const layer = find_layer(dataset, wanted)) return layer;
    // One of several files in an archive is named by its own name; what is in it may be called otherwise.
    std::string const file = fs::path(gdal::text_of(GDALGetDescription(dataset))).stem().string();
    if (layers.size() == 1 && lower(file) == lower(wanted)) return layers.front();
    throw_error(ErrorKind::input, "{} has no layer '{}'.{}", origin.text(), wanted,
                suggestion(wanted, names_of(layers_of(dataset, false))));
  }
  for (OGRLayerH const layer : layers)
    if (OGR_L_GetName(layer) == origin.name) return layer;
  if (layers.size() > 1)
    throw_error(ErrorKind::input, "{} holds {} layers: {}. Say which one with layer = \"…\" in the study.",
                origin.text(), layers.size(), join(names_of(layers), ", "));
  if (layers.empty()) throw_no_shapes(nullptr, origin);
  return layers.front();
}

std::vector<std::string> list_layers(std::string const& path) {
  return spatial_layers(open_source({{}, path, path}).dataset.get());
}

}  // namespace terrein
