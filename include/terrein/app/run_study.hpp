#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "terrein/app/study.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/core/progress.hpp"
#include "terrein/core/stats.hpp"
#include "terrein/criteria/measure_store.hpp"

namespace terrein {

struct RunOptions {
  unsigned workers = 1;
  bool overwrite = false;
  std::optional<Audience> audience;  ///< instead of that of the study
  std::size_t best = 10;             ///< candidates per model in `RunSummary::best`
  std::optional<std::vector<Row>>
      only_candidates;                           ///< rows of the candidate layer to run over (large runs cut in parts)
  std::function<void(std::string const&)> note;  ///< one line per stage; may be empty
  MeasureStore* store = nullptr;                 ///< measures of former runs; null = everything is measured
  ProgressSink progress;                         ///< stages read, prepare, measure and write; may be empty
};

/// A candidate at the top of a model's ranking, with its reasons.
struct BestCandidate {
  std::string id;
  double score = 0, low = 0, high = 0;  ///< 0..100
  double rank = 0;
  double completeness = 0;
  double area_ha = 0;
  std::string outcome, duties;
  std::vector<std::string> strengths, weaknesses;  ///< "Vrachtrijtijd tot hoofdweg 3,2 min: +14,1 van 16 punten"
};

struct ModelSummary {
  std::string key, label, weights_note;
  std::size_t passes = 0, conditional = 0, fails = 0, unknown = 0, ranked = 0;
  std::vector<std::string> not_measured;  ///< criteria and rules without data, with the reason
  std::string stakeholders;               ///< how far they agree, one sentence; empty where nobody has weights for it
  std::vector<BestCandidate> best;
};

/// A site that was assembled.
struct SiteSummary {
  std::string assembly;  ///< its label, else its key
  std::string id;
  std::size_t number = 0;
  double gross_ha = 0, developable_ha = 0, net_ha = 0;
  std::size_t parcels = 0, owners = 0;
  bool owners_known = false;  ///< else every parcel counts as an owner
  double value = 0, gap = 0;
  bool proven = false;  ///< no better one was open
  std::string weakest;  ///< parcel; may be empty
};

struct RunSummary {
  std::vector<std::filesystem::path> outputs;
  std::string database;       ///< "PG:service=x, schema terrein" when tables were written, without passwords
  std::size_t rows_read = 0;  ///< of all layers and tables
  std::size_t candidates = 0;
  std::vector<ModelSummary> models;
  std::vector<SiteSummary> sites;          ///< in the order of the study
  std::vector<std::string> missing_sites;  ///< why there are fewer than asked for
  std::vector<Issues::Count> issues;
  std::vector<std::string> transformations;  ///< "terminals: BD72 to ETRS89 (2) … (0.2 m)", one per layer
  double area_ratio = 1;                     ///< planar / ellipsoidal area at the middle of the candidates
  Stats stats;
};

/// Runs a study: reads, prepares, measures, judges, scores and writes. Outputs appear whole or not at all.
[[nodiscard]] RunSummary run_study(Study const& study, RunOptions const& options, DataFolders const& data);

/// "terrein 0.1.0", and a line per library that computes or reads.
[[nodiscard]] std::vector<std::string> versions();

/// "0.1.0"
[[nodiscard]] std::string version();

}  // namespace terrein
