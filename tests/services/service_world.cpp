#include "service_world.hpp"

#include <gdal_utils.h>
#include <ogr_api.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <thread>

namespace terrein::test {
namespace {

constexpr char const* map_text = R"(MAP
 NAME "world"
 EXTENT 100000 200000 103000 203000
 PROJECTION "init=epsg:31370" END
 WEB METADATA
  "ows_title" "Test world" "ows_onlineresource" "http://127.0.0.1:@PORT@/ms"
  "oga_onlineresource" "http://127.0.0.1:@PORT@/world/ogcapi"
  "ows_srs" "EPSG:31370 EPSG:3812 EPSG:4258" "ows_enable_request" "*" "oga_enable_request" "*"
  "ows_contactorganization" "Testdienst" @CAP@
 END END
 LAYER
  NAME "plots" TYPE POLYGON STATUS ON
  CONNECTIONTYPE OGR CONNECTION "@FILE@" DATA "plots"
  TEMPLATE "x"
  PROJECTION "init=epsg:31370" END
  METADATA "ows_title" "Plots" "gml_featureid" "oidn" "gml_include_items" "all" "gml_types" "auto"
   "ows_enable_request" "*" "gml_geometries" "geom" "gml_geom_type" "multipolygon" END
 END
END
)";

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

void save_as_geopackage(std::filesystem::path const& geojson, std::filesystem::path const& gpkg) {
  GDALAllRegister();
  GDALDatasetH source = GDALOpenEx(geojson.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
  char const* words[] = {"-f", "GPKG", "-nln", "plots", "-nlt", "MULTIPOLYGON", "-a_srs", "EPSG:31370", nullptr};
  GDALVectorTranslateOptions* const options = GDALVectorTranslateOptionsNew(const_cast<char**>(words), nullptr);
  int fault = 0;
  GDALDatasetH const made = GDALVectorTranslate(gpkg.c_str(), nullptr, 1, &source, options, &fault);
  GDALVectorTranslateOptionsFree(options);
  if (made == nullptr) throw std::runtime_error("GDAL cannot write " + gpkg.string());
  GDALClose(made);
  GDALClose(source);
}

void collect_points(OGRGeometryH shape, std::vector<double>& out) {
  for (int i = 0; i < OGR_G_GetGeometryCount(shape); ++i) collect_points(OGR_G_GetGeometryRef(shape, i), out);
  for (int i = 0; i < OGR_G_GetPointCount(shape); ++i)
    out.insert(out.end(), {OGR_G_GetX(shape, i), OGR_G_GetY(shape, i)});
}

ReadRow read_row(OGRFeatureH feature) {
  ReadRow row;
  for (int i = 0; i < OGR_F_GetFieldCount(feature); ++i)
    row.values[OGR_Fld_GetNameRef(OGR_F_GetFieldDefnRef(feature, i))] =
        OGR_F_IsFieldSetAndNotNull(feature, i) != 0 ? OGR_F_GetFieldAsString(feature, i) : "NULL";
  if (OGRGeometryH const shape = OGR_F_GetGeometryRef(feature)) {
    collect_points(shape, row.xy);
    row.area = OGR_G_Area(shape);
  }
  return row;
}

}  // namespace

Background::Background(std::vector<std::string> const& command) {
  std::vector<char*> words;
  for (std::string const& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  pid_ = fork();
  if (pid_ != 0) return;
  execvp(words[0], words.data());
  _exit(127);
}

Background::~Background() {
  if (pid_ <= 0) return;
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

std::map<std::string, ReadRow> rows_of(std::filesystem::path const& file, std::string const& layer,
                                       std::string const& key) {
  GDALAllRegister();
  GDALDatasetH const dataset = GDALOpenEx(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr);
  OGRLayerH const table = dataset == nullptr ? nullptr : GDALDatasetGetLayerByName(dataset, layer.c_str());
  if (table == nullptr) throw std::runtime_error("no layer " + layer + " in " + file.string());
  std::map<std::string, ReadRow> out;
  while (OGRFeatureH const feature = OGR_L_GetNextFeature(table)) {
    ReadRow row = read_row(feature);
    OGR_F_Destroy(feature);
    std::string const id = row.values.at(key);
    if (!out.emplace(id, std::move(row)).second) throw std::runtime_error("two rows " + id);
  }
  GDALClose(dataset);
  return out;
}

bool have(std::vector<std::string> const& programs) {
  for (std::string const& program : programs) {
    if (run("command -v " + program).exit_code == 0) continue;
    std::cout << "SKIPPED: " << program << " is not on this machine\n";
    return false;
  }
  return true;
}

std::string world_geojson() {
  auto const ring = [](double x, double y, double side) {
    auto const at = [](double px, double py) { return fmt::format("[{:.3f},{:.3f}]", px, py); };
    return "[" + at(x, y) + "," + at(x + side, y) + "," + at(x + side, y + side) + "," + at(x, y + side) + "," +
           at(x, y) + "]";
  };
  std::string features;
  for (int i = 0; i < 301; ++i) {
    double const x = 100000.125 + 100 * (i % 20), y = 200000.5 + 100 * (i / 20);
    std::string const hole = i % 7 == 0 ? "," + ring(x + 20, y + 20, 10.25) : "";
    std::string const second = i % 11 == 0 ? ",[" + ring(x + 81.5, y + 82, 5.375) + "]" : "";
    features += fmt::format(
        R"({}{{"type":"Feature","properties":{{"oidn":{},"code":"{:04}","naam":{},"opp":{},"datum":"2026-01-{:02}"}},)"
        R"("geometry":{{"type":"MultiPolygon","coordinates":[[{}{}]{}]}}}})",
        i == 0 ? "" : ",", 5000 + (i * 37) % 301, i,
        i % 5 == 0 ? "null" : "\"indústrieën & <kmo> " + std::to_string(i) + "\"",
        i % 3 == 0 ? "null" : fmt::format("{}", i / 8.0), 1 + i % 28, ring(x, y, 80), hole, second);
  }
  return R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::31370"}},)"
         R"("features":[)" +
         features + "]}";
}

ServiceWorld::ServiceWorld() : dir_(std::make_unique<TempDir>()) {
  write_file(path("world.geojson"), world_geojson());
  save_as_geopackage(path("world.geojson"), path("world.gpkg"));
  std::filesystem::create_directories(path("out"));
}

void ServiceWorld::start(std::vector<std::string> command) {
  server_ = std::make_unique<Background>(command);
  for (int tries = 0; tries < 400 && !std::filesystem::exists(path("port")); ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  port_ = read_file(path("port"));
  if (port_.empty()) throw std::runtime_error("the test server does not start");
}

ServiceWorld ServiceWorld::mapserver(int rows_at_most) {
  ServiceWorld world;
  std::string const cap = rows_at_most == 0 ? "" : fmt::format("\"wfs_maxfeatures\" \"{}\"", rows_at_most);
  write_file(world.path("world.map"),
             replaced(replaced(map_text, "@CAP@", cap), "@FILE@", world.path("world.gpkg").string()));
  world.start({"python3", std::string(TERREIN_SOURCE_DIR) + "/tests/services/mapserver_bridge.py",
               world.dir_->path().string(), world.path("world.map").string()});
  return world;
}

ServiceWorld ServiceWorld::fake() {
  ServiceWorld world;
  world.start({"python3", std::string(TERREIN_SOURCE_DIR) + "/tests/services/fake_server.py",
               world.dir_->path().string(), world.path("world.geojson").string()});
  return world;
}

void ServiceWorld::faults(std::string const& text) const {
  write_file(path("faults"), text);
  std::filesystem::remove(path("rows_asked"));
  std::filesystem::remove(path("requests"));
}

RunResult ServiceWorld::fetch(std::string const& service, std::string const& arguments) const {
  return run(std::string(TERREIN_PROGRAM) + " fetch '" + service + "' --output " + path("out/snapshot.gpkg").string() +
             " --date 2026-01-31 " + (arguments.find("--retries") == std::string::npos ? "--retries 0 " : "") +
             arguments);
}

std::vector<std::string> ServiceWorld::outputs() const {
  std::vector<std::string> out;
  for (auto const& entry : std::filesystem::directory_iterator(path("out")))
    out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace terrein::test
