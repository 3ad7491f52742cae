#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/core/progress.hpp"

namespace terrein {

struct CheckOptions {
  unsigned workers = 1;
  std::filesystem::path issues;  ///< GeoPackage that gets the issues as a layer; empty = nothing is written
  bool overwrite = false;        ///< of that file
  ProgressSink progress;         ///< stages read, prepare and measure; may be empty
};

/// Why a run of the study would end.
struct CheckFault {
  std::string layer;  ///< key; empty for a fault of the study as a whole
  ErrorKind kind = ErrorKind::input;
  std::string text;
};

/// Issues of one code in one layer.
struct CheckIssue {
  std::string layer, code;
  Severity severity = Severity::note;
  std::size_t count = 0;
  std::vector<std::string> texts;  ///< of the first one, with its feature; of values without class up to twenty
};

struct CheckedLayer {
  std::string key, source, source_layer, profile, crs, coverage, date, transformation;
  bool usable = true;
  std::size_t rows_read = 0, rows_kept = 0, repaired = 0, beyond_repair = 0, without_shape = 0;
};

/// A criterion or a rule as a model has it.
struct PlannedPart {
  std::string key, label;
  std::string what;   ///< measure, or the test of a rule: "distance", "flood_share >0"
  std::string layer;  ///< measured against, or cut; empty for none
  double share = 0;   ///< of the weights, 0..1; of a rule 0
  bool rule = false;
};

struct PlannedModel {
  std::string key, label, weights_note;
  std::vector<PlannedPart> parts;
};

/// What a result will not say.
struct CheckGap {
  std::string model, key, label;
  bool rule = false;
  double share = 0;            ///< of the weights
  std::size_t candidates = 0;  ///< for which it is unknown
  std::string why;             ///< empty when it differs from candidate to candidate
};

struct PlannedFile {
  std::filesystem::path path;
  bool exists = false;
};

/// What a study is before it is run.
struct CheckResult {
  std::string study, title, crs, crs_name;
  Language language = Language::nl;
  std::vector<std::string> study_faults;  ///< lines of the study file
  std::vector<CheckFault> faults;         ///< in the order of the layers
  std::vector<CheckedLayer> layers;       ///< in the order of the study
  std::size_t candidates = 0;
  std::vector<PlannedModel> models;
  std::vector<CheckGap> gaps;
  std::vector<CheckIssue> issues;  ///< by layer and code
  std::vector<PlannedFile> outputs;
  std::string database;  ///< without passwords; empty for none

  /// 0 usable · 2 the study is at fault · 3 its input is · 1 anything else that would end a run.
  [[nodiscard]] int exit_code() const;
};

/// Does all that a run does up to its results, and tells of every fault instead of the first: those of the study file,
/// sources that are missing or cannot be used, criteria that cannot be measured. A layer that needs one that cannot be
/// used is told as well; the others are read, measured and judged all the same. Nothing is written but
/// `CheckOptions::issues`. Throws `Error{output}` when that cannot be written, `Error{config}` when it is an input,
/// `Error{usage}` for overrides that cannot be read.
[[nodiscard]] CheckResult check_study(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                                      CheckOptions const& options, DataFolders const& data);

/// For people, in the language of the study.
[[nodiscard]] std::string to_text(CheckResult const& check);
/// For programs; one object.
[[nodiscard]] std::string to_json(CheckResult const& check);

}  // namespace terrein
