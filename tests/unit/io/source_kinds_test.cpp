// Archives, and formats that are refused because their drivers run code or reach the network.
#include "io_fixtures.hpp"
#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr char const* square = "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))";

/// Packs the files of a folder (names within the archive as given) into a zip.
void pack(fs::path const& archive, std::vector<std::pair<fs::path, std::string>> const& files) {
  gdal::List const append(fs::exists(archive) ? CSLSetNameValue(nullptr, "APPEND", "YES") : nullptr);
  void* const zip = CPLCreateZip(archive.c_str(), append.get());
  REQUIRE(zip != nullptr);
  for (auto const& [file, name] : files) {
    std::string const bytes = read_file(file);
    REQUIRE(CPLCreateFileInZip(zip, name.c_str(), nullptr) == CE_None);
    REQUIRE(CPLWriteFileInZip(zip, bytes.data(), static_cast<int>(bytes.size())) == CE_None);
    REQUIRE(CPLCloseFileInZip(zip) == CE_None);
  }
  REQUIRE(CPLCloseZip(zip) == CE_None);
}

std::vector<std::pair<fs::path, std::string>> shapefile(fs::path const& folder, std::string const& name,
                                                        std::string const& inside) {
  make_source(folder / (name + ".shp"), "ESRI Shapefile", name, 31370, {{"n", OFTInteger}}, {{square, {"7"}}});
  std::vector<std::pair<fs::path, std::string>> out;
  for (char const* extension : {".shp", ".shx", ".dbf", ".prj"})
    out.emplace_back(folder / (name + extension), inside + name + extension);
  return out;
}

ReadResult read(fs::path const& path, std::string const& layer = {}) {
  ReadOptions options = options_for(path);
  options.layer = layer;
  options.all_fields = true;
  Issues issues;
  return read_layer(options, issues);
}

}  // namespace

TEST_CASE("The one data set of an archive is read, wherever it lies in it") {
  TempDir const dir;
  auto const archive = dir.path() / "Gewestplan.ZIP";
  pack(archive, shapefile(dir.path(), "zones", "levering/2026/"));
  write_file(dir.path() / "leesmij.txt", "hallo");
  pack(archive, {{dir.path() / "leesmij.txt", "leesmij.txt"}});
  auto const before = fingerprint(dir.path());
  ReadResult const result = read(archive);
  CHECK(result.layer.size() == 1);
  CHECK(result.source_layer == "zones");
  CHECK(result.sha256 == sha256_of_file(archive));
  CHECK(fingerprint(dir.path()) == before);
}

TEST_CASE("Of several data sets in an archive the one that is named is read, else all are listed") {
  TempDir const dir;
  auto const archive = dir.path() / "a.zip";
  make_source(dir.path() / "one.gpkg", "GPKG", "one", 31370, {{"n", OFTInteger}}, {{square, {"1"}}});
  make_source(dir.path() / "two.gpkg", "GPKG", "two", 31370, {{"n", OFTInteger}}, {{square, {"2"}}, {square, {"3"}}});
  pack(archive, {{dir.path() / "one.gpkg", "one.gpkg"}, {dir.path() / "two.gpkg", "sub/two.gpkg"}});
  auto const thrown = error_of([&] { static_cast<void>(read(archive)); });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(thrown.text.find("several data sets: one.gpkg, sub/two.gpkg") != std::string::npos);
  CHECK(thrown.text.find("such as layer = \"one\"") != std::string::npos);
  CHECK(read(archive, "two").layer.size() == 2);
  auto const from_mac = dir.path() / "mac.zip";
  write_file(dir.path() / "note", "what macOS keeps beside each file");
  pack(from_mac, {{dir.path() / "one.gpkg", "one.gpkg"}, {dir.path() / "note", "__MACOSX/._one.gpkg"}});
  CHECK(read(from_mac).layer.size() == 1);
}

TEST_CASE("Shapefiles side by side in an archive are its layers") {
  TempDir const dir;
  auto const archive = dir.path() / "a.zip";
  pack(archive, shapefile(dir.path(), "zones", "shp/"));
  pack(archive, shapefile(dir.path(), "roads", "shp/"));
  CHECK(read(archive, "roads").source_layer == "roads");
  auto const thrown = error_of([&] { static_cast<void>(read(archive)); });
  CHECK(thrown.text.find("2 layers") != std::string::npos);
}

TEST_CASE("An archive without data, or that is none, is refused") {
  TempDir const dir;
  write_file(dir.path() / "leesmij.txt", "hallo");
  pack(dir.path() / "a.zip", {{dir.path() / "leesmij.txt", "leesmij.txt"}});
  write_file(dir.path() / "b.zip", "PK and nothing more");
  for (char const* name : {"a.zip", "b.zip"}) {
    auto const thrown = error_of([&] { static_cast<void>(read(dir.path() / name)); });
    CHECK(thrown.kind == ErrorKind::input);
    CHECK(thrown.text.find("is damaged, or holds no data set that terrein reads") != std::string::npos);
  }
}

TEST_CASE("Drivers that run code or reach the network are not used") {
  TempDir const dir;
  auto const gpkg = dir.path() / "a.gpkg", vrt = dir.path() / "a.vrt";
  make_source(gpkg, "GPKG", "a", 31370, {}, {{square}});
  write_file(vrt, "<OGRVRTDataSource><OGRVRTLayer name=\"a\"><SrcDataSource>" + gpkg.string() +
                      "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
  for (std::string const& path : {vrt.string(), read_file(vrt), std::string("WFS:http://127.0.0.1:9/wfs"),
                                  std::string("OAPIF:http://127.0.0.1:9/api")}) {
    INFO(path);
    auto const thrown = error_of([&] { static_cast<void>(read(path)); });
    CHECK(thrown.kind == ErrorKind::input);
    CHECK(thrown.text.find("can run code or reach the network") != std::string::npos);
  }
}
