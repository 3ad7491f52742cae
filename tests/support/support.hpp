#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "terrein/core/error.hpp"
#include "terrein/geometry/layer.hpp"

namespace terrein::test {

/// The folder with oracles and real data, or an empty path after printing "SKIPPED: …" to standard output.
std::filesystem::path shared(std::string const& relative);
/// An oracle file of ../shared/oracles as JSON; null (and a visible note) when it is absent.
nlohmann::json oracle(std::string const& id);

/// A layer from WKT texts with ids "1", "2" …, in EPSG:31370.
Layer layer_of(std::vector<std::string> const& wkt, std::string const& name = "toy");
/// columns × rows square parcels of side `side_m`, lower left corner at (x, y); row by row from the south-west.
Layer grid_of_parcels(int columns, int rows, double side_m, double x = 100000, double y = 200000);
/// A folder that is removed at the end of the test.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(TempDir const&) = delete;
  TempDir& operator=(TempDir const&) = delete;
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};
std::string read_file(std::filesystem::path const& path);
void write_file(std::filesystem::path const& path, std::string const& text);
/// Message and kind of the `Error` that `work` throws; an empty message when it throws none.
struct Thrown {
  std::string text;
  ErrorKind kind = ErrorKind::internal;
};
Thrown error_of(std::function<void()> const& work);
/// Runs a command line through the shell.
struct RunResult {
  int exit_code = -1;
  std::string out, err;
};
RunResult run(std::string const& command);

}  // namespace terrein::test
