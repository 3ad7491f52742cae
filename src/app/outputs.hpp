#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "result_tables.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/app/study.hpp"
#include "terrein/io/output_set.hpp"
#include "terrein/io/postgis.hpp"

namespace terrein {

/// Everything a run writes: result.gpkg, result.<layer>.geojson, result.qgz, result.<layer>.csv, result.xlsx,
/// result.gpkg.run.json, and the tables of a database. Made before any work, so that a target that exists, or that is
/// an input, is reported at once.
class Outputs {
 public:
  /// Throws `Error{config}` for a target that is an input, `Error{output}` for one that exists unless `overwrite`.
  Outputs(Study const& study, bool overwrite);
  /// Throws `Error{config}` when a table that was read would be replaced.
  void check_sources(StudyLayers const& layers) const;
  void write(ResultContent& content, Labels const& labels, unsigned workers, Issues& issues, Stats& stats,
             ProgressSink const& sink = {});
  /// Writes the manifest and makes all files and tables appear.
  void finish(std::string const& inner, RunOptions const& options, Stats const& stats);
  [[nodiscard]] std::vector<std::filesystem::path> const& targets() const noexcept { return targets_; }
  /// "PG:service=x, schema terrein"; empty without a database.
  [[nodiscard]] std::string database() const;

 private:
  std::filesystem::path add(std::filesystem::path const& target);

  /// The layers of `tables_` in the result.
  [[nodiscard]] std::vector<OutputLayer const*> tables(GeoPackage const& package) const;

  Study const& study_;
  OutputSet set_;
  std::unique_ptr<PostgisResult> database_;
  std::filesystem::path package_, project_, workbook_, manifest_;
  std::vector<std::filesystem::path> geojson_, csv_;
  std::vector<std::string> tables_;  ///< layers that are also written as tables
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> files_;  ///< temporary, target
  std::vector<std::filesystem::path> targets_;
};

/// The files that a run of the study would write. Throws `Error{config}` for one that is an input.
[[nodiscard]] std::vector<std::filesystem::path> planned_files(Study const& study);

}  // namespace terrein
