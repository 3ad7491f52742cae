#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"

namespace terrein {

struct RescoreOptions {
  std::filesystem::path result;   ///< GeoPackage that `run_study` wrote; only read
  std::filesystem::path weights;  ///< TOML with tables [models.<key>], in any form of docs/weights.md but from_data
  std::filesystem::path output;   ///< the copy with the new scores
  bool overwrite = false;
  unsigned workers = 1;
};

/// What other weights did to one model.
struct RescoredModel {
  std::string key, label;
  std::size_t ranked = 0;                ///< candidates with a rank now
  std::size_t moved = 0;                 ///< candidates whose rank differs, those that got or lost one included
  std::vector<std::string> best;         ///< ids of the best ten, best first, ties by id
  std::vector<std::string> best_before;  ///< the same in the result that was read
};

struct RescoreReport {
  Language language = Language::nl;  ///< of the result
  std::filesystem::path output;
  std::vector<RescoredModel> models;
};
[[nodiscard]] std::string to_text(RescoreReport const& report);
[[nodiscard]] std::string to_json(RescoreReport const& report);

/// Writes a copy of a result in which the scores, their range, completeness and ranks of the models that `weights`
/// names are those that a run of the study with these weights gives, to the last bit: they are computed from the
/// measures in the result. Weights that the file does not name stay. Weights count as adopted only when the file says
/// by whom and when. Tables `models`, notes of layers and the manifest (key `rescored`) say so; all else is copied, the
/// form of additions too, which keeps the order of the old weights. Nothing else is written beside it. Throws
/// `Error{config}` for faults of the weights file, all at once; `Error{input}` for a file that is no whole result or
/// lacks a column that is needed; `Error{output}`.
RescoreReport rescore(RescoreOptions const& options, DataFolders const& data);

}  // namespace terrein
