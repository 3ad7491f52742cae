#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"

namespace terrein {

struct SensitivityOptions {
  std::filesystem::path result;      ///< GeoPackage that `run_study` wrote; only read
  std::vector<std::string> models;   ///< keys; empty = all that score
  RobustnessSpec spec;               ///< how sure one wants to be; `asked`, `top_sites` and `methods` do not
                                     ///< count; `factor_draws` of 0 takes central values, else those of the result
  std::size_t shown = 10;            ///< candidates and facts per model in the text
  std::optional<Language> language;  ///< without one that of the study
  unsigned workers = 1;
};

/// One of the best candidates.
struct CandidateSensitivity {
  std::string id;
  std::optional<std::int64_t> rank;
  double score = 0;   ///< 0 to 100
  double in_top = 0;  ///< share of draws
  std::optional<std::int64_t> rank_low, rank_high;
  std::optional<double> edge_pct;  ///< smallest move of a weight that swaps it with the one at the edge
  double first = 0;                ///< share of draws in which it comes first
};

struct WeightSensitivity {
  std::string criterion, label;  ///< empty criterion = all missing values together, or all factors
  double weight_pct = 0, low_pct = 0, high_pct = 100;
  std::string falls_below, rises_below, falls_above, rises_above;        ///< ids; empty = nothing changes on that side
  std::optional<double> score_first, score_total, top_first, top_total;  ///< Sobol indices
};

/// What is worth knowing first.
struct FactSensitivity {
  std::string id, field, label;
  bool is_rule = false;  ///< it decides about an exclusion, not about the score
  bool in_top = false;
  double chance = 0, gain = 0;
};

struct ModelSensitivity {
  std::string key, label, weights_note;
  std::size_t ranked = 0, top = 0, draws = 0;
  std::size_t factor_draws = 0;           ///< of what freight costs; 0 = nothing rests on it, or central values count
  bool central_factors = false;           ///< criteria rest on what freight costs, and central values count
  std::string weights_drawn;              ///< word of the kind
  double same_top = 0;                    ///< share of draws with exactly the top k of the weights themselves
  std::size_t certain = 0, possible = 0;  ///< candidates in the top k in 95 % of the draws or more; in 5 % or more
  std::vector<WeightSensitivity> weights;
  std::vector<CandidateSensitivity> best;  ///< a hundred, best first
  std::vector<FactSensitivity> facts;      ///< two hundred at most
};

struct SensitivityReport {
  Language language = Language::nl;
  std::size_t shown = 10;
  std::vector<ModelSensitivity> models;
  std::vector<std::string> refused;  ///< a sentence per model that weights cannot be drawn for
};

/// How sure the rankings of a result are, from the file alone: the same numbers that a run with these settings writes.
/// Models whose score is no weighted sum are left out, with a sentence each. Throws `Error{input}` for a file that is
/// no whole result or lacks a column, `Error{usage}` for a model that it does not have or that scores nothing, and
/// where no model is left.
[[nodiscard]] SensitivityReport sensitivity(SensitivityOptions const& options, DataFolders const& data);
[[nodiscard]] std::string to_text(SensitivityReport const& report);
[[nodiscard]] std::string to_json(SensitivityReport const& report);

}  // namespace terrein
