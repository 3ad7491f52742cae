#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/run_study.hpp"
#include "terrein/io/compare_packages.hpp"

namespace terrein {

/// How something that a manifest names is now.
enum class VerifyState { same, changed, missing, unreadable };
/// "same", "changed", "missing", "unreadable"
[[nodiscard]] std::string_view to_string(VerifyState state);

/// An input or an output of a run, by the hash that the manifest states and the one it has now.
struct VerifiedItem {
  std::string kind;       ///< study, layer, table, additions, profile, model, osm, labels, styles, output, database
  std::string name;       ///< key of the layer, "layer.table" of an added table, name of the file or table
  std::string place;      ///< where it was looked for; without passwords
  std::string then, now;  ///< hashes; empty = none
  VerifyState state = VerifyState::same;
  bool changes_values = true;  ///< false for what changes only how a result looks, and for a study that says the same
  std::string note;            ///< why it cannot be read, what a change means; may be empty
};

/// What a repeated run gave.
struct RepeatedRun {
  enum class Comparison { none, bytes, values };
  Comparison comparison = Comparison::none;
  std::string why;                      ///< why this comparison was made, or none
  std::vector<VerifiedItem> files;      ///< `now` = the hash of the repeated file; empty unless bytes were compared
  std::vector<TableComparison> tables;  ///< the result as it is (first) and the repeated one (second), where compared
  bool values_compared = false;

  [[nodiscard]] bool same() const;
};

struct VerifyOptions {
  std::filesystem::path manifest;             ///< result.gpkg.run.json
  std::optional<std::filesystem::path> base;  ///< where the folder of the study is now
  bool inputs_only = false;                   ///< no outputs, no repeated run
  Tolerance tolerance;
  unsigned workers = 1;
  ProgressSink progress;  ///< of the repeated run, as in `RunOptions`
};

struct VerifyReport {
  std::filesystem::path manifest;
  std::string title;
  bool inputs_only = false;
  std::vector<VerifiedItem> inputs, outputs;
  Tolerance tolerance;
  RepeatedRun repeated;

  /// 3 when an input changed, is missing or cannot be read; 1 when an output differs, or the run could not be repeated;
  /// else 0.
  [[nodiscard]] int exit_code() const;
};

/// Compares what the manifest of a run states with what there is: inputs by hash, outputs by hash, and the outputs of
/// the same run made again in a temporary folder. With equal versions and processor the bytes of every output are
/// compared, else the values of the GeoPackage. The run is not repeated when its inputs are no longer the same. The
/// settings are those of the manifest, whatever the study says since. Nothing is written to a database. Throws
/// `Error{input}` for a file that is no manifest of a run.
[[nodiscard]] VerifyReport verify_run(VerifyOptions const& options, DataFolders const& data);

/// For people; one line per input and output, then the comparison.
[[nodiscard]] std::string to_text(VerifyReport const& report);
/// For programs; one object.
[[nodiscard]] std::string to_json(VerifyReport const& report);

struct RerunOptions {
  std::filesystem::path manifest;
  std::optional<std::filesystem::path> base;  ///< as in `VerifyOptions`
  std::filesystem::path output;               ///< the GeoPackage; empty = the one beside the manifest
  std::vector<std::string> set;               ///< on top of what the run had
  RunOptions run;                             ///< the audience is that of the manifest unless it says another
  /// Gets what became of the inputs since, before anything is run; may be empty.
  std::function<void(std::vector<VerifiedItem> const&)> tell_inputs;
};

/// The run of a manifest again, with inputs as they are now. A database is written to only when `set` names one. Throws
/// `Error{input}` for a manifest that does not hold what is needed, and what `run_study` throws.
[[nodiscard]] RunSummary rerun(RerunOptions const& options, DataFolders const& data);

}  // namespace terrein
