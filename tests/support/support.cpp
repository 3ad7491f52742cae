#include "support/support.hpp"

#include <sys/wait.h>

#include <unistd.h>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace terrein::test {

std::filesystem::path shared(std::string const& relative) {
  std::filesystem::path path = std::filesystem::path(TERREIN_SHARED_DIR) / relative;
  if (std::filesystem::exists(path)) return path;
  std::cout << "SKIPPED: " << relative << " is not on this machine (TERREIN_SHARED)\n";
  return {};
}

nlohmann::json oracle(std::string const& id) {
  auto const folder = shared("oracles");
  if (folder.empty()) return nullptr;
  for (auto const& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().filename().string().starts_with(id)) return nlohmann::json::parse(read_file(entry.path()));
  std::cout << "SKIPPED: oracle " << id << " is not on this machine\n";
  return nullptr;
}

Layer layer_of(std::vector<std::string> const& wkt, std::string const& name) {
  Layer layer;
  layer.name = name;
  layer.crs = crs_from("EPSG:31370");
  for (std::size_t i = 0; i < wkt.size(); ++i) {
    append_wkt(layer.geometry, wkt[i]);
    layer.id.push_back(std::to_string(i + 1));
  }
  layer.attributes = Table(wkt.size());
  layer.id_rank = rank_ids(layer.id);
  return layer;
}

Layer grid_of_parcels(int columns, int rows, double side_m, double x, double y) {
  std::vector<std::string> wkt;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c) {
      double const x0 = x + c * side_m, y0 = y + r * side_m, x1 = x0 + side_m, y1 = y0 + side_m;
      std::ostringstream text;
      text.precision(17);
      text << "POLYGON((" << x0 << ' ' << y0 << ',' << x1 << ' ' << y0 << ',' << x1 << ' ' << y1 << ',' << x0 << ' '
           << y1 << ',' << x0 << ' ' << y0 << "))";
      wkt.push_back(text.str());
    }
  return layer_of(wkt, "parcels");
}

TempDir::TempDir() {
  static std::atomic<int> count{0};
  path_ = std::filesystem::temp_directory_path() /
          ("terrein-test-" + std::to_string(getpid()) + "-" + std::to_string(count++));
  std::filesystem::create_directories(path_);
}
TempDir::~TempDir() {
  std::error_code ignored;  // a folder that cannot be removed must not end the test run
  std::filesystem::remove_all(path_, ignored);
}

std::string read_file(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_file(std::filesystem::path const& path, std::string const& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

Thrown error_of(std::function<void()> const& work) {
  try {
    work();
  } catch (Error const& error) {
    return {error.what(), error.kind()};
  }
  return {};
}

RunResult run(std::string const& command) {
  TempDir const dir;
  auto const out = dir.path() / "out", err = dir.path() / "err";
  int const status = std::system((command + " >" + out.string() + " 2>" + err.string()).c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read_file(out), read_file(err)};
}

}  // namespace terrein::test
