// Whole folders of inputs before and after reading: names, bytes, kinds and times of change are the same.
#include <unistd.h>

#include <functional>

#include "io_fixtures.hpp"
#include "support/child.hpp"
#include "support/folder_state.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr char const* square = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";

/// Makes a source in a folder and gives its path.
struct Form {
  std::string name;
  std::function<fs::path(fs::path const&)> make;
  bool readable = true;
};

fs::path simple(fs::path const& path, char const* driver, int epsg = 31370) {
  make_source(path, driver, path.stem().string(), epsg, {{"use", OFTString}, {"n", OFTInteger}},
              {{square, {"farm", "1"}}, {square, {"café", "2"}}});
  return path;
}

fs::path shapefile_without(fs::path const& folder, std::vector<std::string> const& extensions) {
  auto const path = simple(folder / "zones.shp", "ESRI Shapefile");
  for (auto const& extension : extensions) fs::remove(fs::path(path).replace_extension(extension));
  return path;
}

/// A GeoPackage as a writer that is still busy, or that died, leaves it: changes stand in the -wal.
fs::path with_log(fs::path const& folder, bool keep_log) {
  auto const busy = folder.parent_path() / (folder.filename().string() + ".busy.gpkg"), path = folder / "a.gpkg";
  simple(busy, "GPKG");
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(busy.c_str(), &database) == SQLITE_OK);
  std::string const more = "PRAGMA journal_mode = WAL; UPDATE \"" + busy.stem().string() + "\" SET n = 3";
  REQUIRE(sqlite3_exec(database, more.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  if (keep_log) {
    fs::copy_file(busy, path);
    fs::copy_file(busy.string() + "-wal", path.string() + "-wal");
  }
  sqlite3_close(database);
  if (!keep_log) fs::copy_file(busy, path);
  return path;
}

fs::path text_file(fs::path const& path, std::string const& text) {
  write_file(path, text);
  return path;
}

fs::path zipped(fs::path const& folder) {
  auto const inside = simple(folder.parent_path() / (folder.filename().string() + ".zones.gpkg"), "GPKG");
  auto const archive = folder / "zones.zip";
  std::string const bytes = read_file(inside);
  void* const zip = CPLCreateZip(archive.c_str(), nullptr);
  REQUIRE(zip != nullptr);
  REQUIRE(CPLCreateFileInZip(zip, "zones.gpkg", nullptr) == CE_None);
  REQUIRE(CPLWriteFileInZip(zip, bytes.data(), static_cast<int>(bytes.size())) == CE_None);
  REQUIRE(CPLCloseFileInZip(zip) == CE_None);
  REQUIRE(CPLCloseZip(zip) == CE_None);
  return archive;
}

std::string const osm =
    R"(<osm version="0.6"><node id="1" lat="51" lon="3.7"/><node id="2" lat="51.1" lon="3.7"/><way id="3"><nd ref="1"/>)"
    R"(<nd ref="2"/><tag k="highway" v="residential"/></way></osm>)";

std::vector<Form> forms() {
  return {
      {"GeoPackage", [](auto const& d) { return simple(d / "a.gpkg", "GPKG"); }},
      {"GeoPackage in WAL mode with its log", [](auto const& d) { return with_log(d, true); }},
      {"GeoPackage in WAL mode without log", [](auto const& d) { return with_log(d, false); }},
      {"SQLite", [](auto const& d) { return simple(d / "a.sqlite", "SQLite"); }},
      {"shapefile", [](auto const& d) { return shapefile_without(d, {}); }},
      {"folder of shapefiles", [](auto const& d) { return shapefile_without(d, {}).parent_path(); }},
      {"shapefile without .shx", [](auto const& d) { return shapefile_without(d, {".shx"}); }, false},
      {"shapefile without .cpg", [](auto const& d) { return shapefile_without(d, {".cpg"}); }},
      {"shapefile without .dbf",
       [](auto const& d) {
         return shapefile_without(d, {".dbf", ".cpg"});
       }},
      {"FlatGeobuf", [](auto const& d) { return simple(d / "a.fgb", "FlatGeobuf"); }},
      {"GeoJSON", [](auto const& d) { return simple(d / "a.geojson", "GeoJSON", 4326); }},
      {"GML", [](auto const& d) { return simple(d / "a.gml", "GML"); }},
      {"GML without schema",
       [](auto const& d) {
         fs::remove(simple(d / "a.gml", "GML").replace_extension(".xsd"));
         return d / "a.gml";
       }},
      {"KML", [](auto const& d) { return simple(d / "a.kml", "KML", 4326); }},
      {"MapInfo", [](auto const& d) { return simple(d / "a.tab", "MapInfo File"); }},
      {"CSV", [](auto const& d) { return text_file(d / "a.csv", "WKT,n\n\"POINT (1 2)\",1\n\"POINT (3 4)\",2\n"); }},
      {"XLSX", [](auto const& d) { return simple(d / "a.xlsx", "XLSX"); }, false},
      {"OSM", [](auto const& d) { return text_file(d / "a.osm", osm); }},
      {"archive", [](auto const& d) { return zipped(d); }},
  };
}

ReadOptions options_of(Form const& form, fs::path const& path) {
  ReadOptions options = options_for(path);
  options.all_fields = true;
  if (form.name == "OSM") options.layer = "lines";
  if (form.name == "CSV" || form.name == "XLSX") options.crs = "EPSG:31370";
  return options;
}

/// An empty text when the source was read, else the refusal.
std::string read_once(ReadOptions const& options) {
  return error_of([&] {
           Issues issues;
           static_cast<void>(read_layer(options, issues));
         })
      .text;
}

/// What `work` says in a process that is started in a folder as a user who may write nowhere but in the temporary one.
std::string as_nobody(fs::path const& working_folder, std::function<std::string()> const& work) {
  ChildResult const result = in_child([&] {
    constexpr uid_t nobody = 65534;
    fs::current_path(working_folder);
    if (getuid() == 0 && setuid(nobody) != 0) throw std::runtime_error("cannot become another user");
    return work();
  });
  CHECK(result.fault == "");
  return result.text;
}

void set_writable(fs::path const& folder, bool writable) {
  auto const all = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
  std::vector<fs::path> paths{folder};
  for (auto const& entry : fs::recursive_directory_iterator(folder)) paths.push_back(entry.path());
  for (auto const& path : paths) {
    fs::permissions(path, all, fs::perm_options::remove);
    if (writable) fs::permissions(path, fs::perms::owner_write, fs::perm_options::add);
    fs::permissions(path, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read,
                    fs::perm_options::add);
  }
}

}  // namespace

TEST_CASE("Reading leaves every file and its folder as they were, for each format") {
  for (Form const& form : forms()) {
    INFO(form.name);
    TempDir const dir;
    fs::create_directories(dir.path() / "inputs");
    auto const path = form.make(dir.path() / "inputs");
    auto const before = folder_state(dir.path() / "inputs");
    ReadOptions const options = options_of(form, path);
    std::string const refusal = read_once(options);
    INFO(refusal);
    CHECK(refusal.empty() == form.readable);
    CHECK((folder_state(dir.path() / "inputs") == before));
    if (form.name == "archive") continue;  // its layers are listed by reading it
    static_cast<void>(error_of([&] { static_cast<void>(list_layers(path)); }));
    CHECK((folder_state(dir.path() / "inputs") == before));
  }
}

TEST_CASE("Inputs in a folder where the user may not write are read as elsewhere") {
  for (Form const& form : forms()) {
    INFO(form.name);
    TempDir const dir;
    fs::create_directories(dir.path() / "inputs");
    auto const path = form.make(dir.path() / "inputs");
    set_writable(dir.path() / "inputs", false);
    auto const before = folder_state(dir.path() / "inputs");
    ReadOptions const options = options_of(form, path);
    // The folder of inputs is also where the program is started.
    std::string const refusal = as_nobody(dir.path() / "inputs", [&] { return read_once(options); });
    INFO(refusal);
    CHECK(refusal.empty() == form.readable);
    CHECK((folder_state(dir.path() / "inputs") == before));
    set_writable(dir.path() / "inputs", true);
  }
}

TEST_CASE("GDAL's scratch files go to the temporary folder, not to where the program is started") {
  // As it keeps the nodes of an OSM file of hundreds of megabytes.
  gdal::register_drivers();
  std::string const file = CPLGenerateTempFilename("nodes");
  CHECK(file.starts_with(fs::temp_directory_path().string() + "/"));
}
