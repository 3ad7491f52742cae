#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/support.hpp"

namespace terrein::test {

/// A program in the background that ends with the test.
class Background {
 public:
  explicit Background(std::vector<std::string> const& command);
  ~Background();
  Background(Background const&) = delete;
  Background& operator=(Background const&) = delete;

 private:
  int pid_ = -1;
};

/// A row as GDAL reads it: every attribute as text ("NULL" for null) by field name, and all coordinates in order.
struct ReadRow {
  std::map<std::string, std::string> values;
  std::vector<double> xy;
  double area = 0;
};
/// The rows of a layer by the value of a field, read with GDAL.
std::map<std::string, ReadRow> rows_of(std::filesystem::path const& file, std::string const& layer,
                                       std::string const& key);

/// False, after printing "SKIPPED: …", where a program is not on the machine.
bool have(std::vector<std::string> const& programs);

/// The 301 polygons that are served: a multipolygon, a hole, texts with leading zeros and accents, nulls, a date.
/// Coordinates have at most three decimals, which every server writes without loss.
std::string world_geojson();

/// `terrein fetch` in a folder of its own, against a server on loopback that is told its faults by a file.
class ServiceWorld {
 public:
  /// Starts MapServer behind the bridge. `rows_at_most` is wfs_maxfeatures; 0 = none.
  static ServiceWorld mapserver(int rows_at_most = 0);
  /// Starts the small server that speaks ArcGIS REST and OGC API Features.
  static ServiceWorld fake();

  [[nodiscard]] std::filesystem::path path(std::string const& name) const { return dir_->path() / name; }
  [[nodiscard]] std::string address(std::string const& rest) const { return "http://127.0.0.1:" + port_ + rest; }
  /// Sets the faults and counts requests for rows from one again.
  void faults(std::string const& text) const;
  [[nodiscard]] RunResult fetch(std::string const& service, std::string const& arguments) const;
  [[nodiscard]] std::string requests() const { return read_file(path("requests")); }
  /// Names of everything in the folder of the output, sorted.
  [[nodiscard]] std::vector<std::string> outputs() const;

 private:
  ServiceWorld();
  void start(std::vector<std::string> command);

  std::unique_ptr<TempDir> dir_;
  std::string port_;
  std::unique_ptr<Background> server_;
};

}  // namespace terrein::test
