#include "terrein/io/zip.hpp"

#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// The member as GDAL's own unzip gives it.
std::string unzipped(fs::path const& path, std::string const& member) {
  std::string const name = "/vsizip/" + path.string() + "/" + member;
  VSILFILE* const file = VSIFOpenL(name.c_str(), "rb");
  REQUIRE(file != nullptr);
  std::string out, chunk(65536, '\0');
  for (std::size_t got = 0; (got = VSIFReadL(chunk.data(), 1, chunk.size(), file)) > 0;) out.append(chunk, 0, got);
  VSIFCloseL(file);
  return out;
}

}  // namespace

TEST_CASE("A zip archive gives back its member, and the same bytes for the same text") {
  TempDir const dir;
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "<maplayer id=\"" + std::to_string(i * 7919 % 1000) + "\"/>\n";
  for (std::string const& member : {text, std::string(), std::string("é")}) {
    std::string const stem = std::to_string(member.size());  // GDAL remembers the content of archives by name
    auto const a = dir.path() / (stem + "a.zip"), b = dir.path() / (stem + "b.zip");
    write_zip(a, "result.qgs", member);
    write_zip(b, "result.qgs", member);
    CHECK(read_file(a) == read_file(b));
    CHECK(unzipped(a, "result.qgs") == member);
  }
  write_zip(dir.path() / "c.qgz", "result.qgs", text);
  CHECK(fs::file_size(dir.path() / "c.qgz") < text.size() / 5);
}

TEST_CASE("Python's zipfile finds no fault in the archive") {
  TempDir const dir;
  auto const path = dir.path() / "a.zip";
  write_zip(path, "données.qgs", "hello");
  RunResult const result = run("python3 -c \"import zipfile,sys; z=zipfile.ZipFile('" + path.string() +
                               "'); print(z.testzip(), z.infolist()[0].date_time, z.read('données.qgs'))\"");
  if (result.exit_code == 127) {
    std::cout << "SKIPPED: python3 is not on this machine\n";
    return;
  }
  CHECK(result.out == "None (1980, 1, 1, 0, 0, 0) b'hello'\n");
}

TEST_CASE("A zip archive that cannot be written is an error with the path and the reason") {
  Thrown const thrown = error_of([] { write_zip("/no/such/folder/a.zip", "a", "b"); });
  CHECK(thrown.kind == ErrorKind::output);
  CHECK(has_text(thrown.text, "/no/such/folder/a.zip"));
  CHECK(has_text(thrown.text, "No such file or directory"));
}
