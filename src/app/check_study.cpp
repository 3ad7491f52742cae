#include "terrein/app/check_study.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "check_measures.hpp"
#include "issues_file.hpp"
#include "load_rasters.hpp"
#include "outputs.hpp"
#include "run_steps.hpp"
#include "scenario.hpp"
#include "study_parts.hpp"
#include "terrein/core/parallel.hpp"
#include "usable_layers.hpp"

namespace terrein {
namespace {

constexpr std::size_t most_values = 20;  ///< values without class that are named

std::vector<CheckIssue> grouped(Issues const& issues) {
  std::map<std::pair<std::string, std::string>, CheckIssue> groups;
  for (Issue const& issue : issues.rows()) {
    CheckIssue& group = groups[{issue.layer, issue.code}];
    group.layer = issue.layer;
    group.code = issue.code;
    group.severity = std::max(group.severity, issue.severity);
    if (++group.count == 1 || (issue.code == "unmatched_class" && group.count <= most_values))
      group.texts.push_back((issue.feature_id.empty() ? "" : "'" + issue.feature_id + "': ") + issue.text);
  }
  std::vector<CheckIssue> out;
  for (auto& [key, group] : groups) out.push_back(std::move(group));
  return out;
}

CheckedLayer layer_as_written(LayerConfig const& config) {
  CheckedLayer out;
  out.key = config.key;
  out.source = config.raw;
  out.source_layer = config.layer;
  out.profile = config.profile ? config.profile->key : "";
  out.coverage = config.coverage;
  out.date = config.date;
  return out;
}

void add_report(CheckedLayer& out, LayerReport const& report) {
  out.source_layer = report.source_layer;
  out.crs = report.crs;
  out.date = report.config->date;
  out.transformation = transformation_text(report.prepared.transform);
  out.rows_read = report.rows_read;
  out.rows_kept = report.rows_kept;
  out.repaired = report.prepared.repaired;
  out.beyond_repair = report.prepared.quarantined;
  out.without_shape = report.prepared.null_geometry + report.prepared.empty_geometry;
}

std::vector<CheckedLayer> layers_of(Study const& study, UsableLayers const& loaded) {
  std::vector<CheckedLayer> out;
  for (LayerConfig const& config : study.layers) {
    CheckedLayer one = layer_as_written(config);
    one.usable = !loaded.unusable.contains(config.key);
    if (loaded.layers)
      for (LayerReport const& report : loaded.layers->reports)
        if (report.config->key == config.key) add_report(one, report);
    out.push_back(std::move(one));
  }
  return out;
}

void plan_outputs(Study const& study, CheckResult& out) {
  if (study.output.file.empty()) return;
  try {
    for (std::filesystem::path const& path : planned_files(study)) {
      std::error_code unseen;  // what may not be looked at is told when it is written
      out.outputs.push_back({path, std::filesystem::exists(path, unseen)});
    }
  } catch (Error const& error) {
    out.study_faults.emplace_back(error.what());
  }
  if (study.output.postgis) out.database = study.output.postgis->written + ", schema " + study.output.postgis->schema;
}

/// Scenarios are studies of their own, each with faults of its own; only the first of them is found.
void check_scenarios(Study const& study, DataFolders const& data, CheckResult& out) {
  try {
    (void)scenario_studies(study, data);
  } catch (Error const& error) {
    if (error.kind() != ErrorKind::config) throw;
    out.study_faults.emplace_back(error.what());
  }
}

/// The study as far as it can be understood; a file that is no TOML at all gives none.
std::optional<Study> understood(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                                DataFolders const& data, CheckResult& out) {
  try {
    Problems problems;
    Study study = read_study(file, overrides, data, problems);
    out.study_faults = problems.texts();
    if (out.study_faults.empty()) check_scenarios(study, data, out);
    return study;
  } catch (Error const& error) {
    if (error.kind() != ErrorKind::config) throw;
    out.study_faults.emplace_back(error.what());
    return std::nullopt;
  }
}

/// Rasters one by one, so that a fault of one hides none of another.
void try_rasters(Study const& study, Layer const& candidates, unsigned workers, StudyLayers& layers, Issues& issues,
                 CheckResult& out) {
  std::vector<LayerReport> reports = std::move(layers.reports);
  for (LayerReport& report : reports) {
    if (!report.config->raster) continue;
    layers.reports = {report};
    try {
      load_rasters(study, candidates, workers, layers, issues, [](std::string const&) {});
    } catch (Error const& error) {
      if (error.kind() == ErrorKind::interrupted) throw;
      out.faults.push_back({report.config->key, error.kind(), error.what()});
    }
    report = std::move(layers.reports.front());
  }
  layers.reports = std::move(reports);
}

/// What a run would do with the layers that there are.
void try_measuring(UsableLayers& loaded, CheckOptions const& options, Issues& issues, Labels const& labels,
                   CheckResult& out) {
  Study const& study = *loaded.study;
  StudyLayers& layers = *loaded.layers;
  try {
    std::vector<Row> const rows = select_candidates(study, layers, issues);
    MeasuringLayer const candidates = candidates_of(layers.layers.at(study.candidates), rows);
    out.candidates = rows.size();
    try_rasters(study, candidates.layer, options.workers, layers, issues, out);
    Inputs inputs = inputs_of(study, layers, candidates, rows, options.workers);
    inputs.store = options.store;
    inputs.progress = options.progress;
    check_measures(study, inputs, *loaded.additions, loaded.unusable, labels, out);
    issues.append(loaded.additions->take_issues());
    (void)crs_facts(study, layers, candidates);
  } catch (Error const& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    out.faults.push_back({"", error.kind(), error.what()});
  }
}

/// Faults of layers stand among the issues, so that one file tells everything.
void add_faults(CheckResult const& check, Issues& issues) {
  for (CheckFault const& fault : check.faults)
    issues.add({.layer = fault.layer,
                .stage = "check",
                .code = "cannot_be_used",
                .severity = Severity::error,
                .text = fault.text});
}

}  // namespace

int CheckResult::exit_code() const {
  if (!study_faults.empty()) return 2;
  int out = 0;
  for (CheckFault const& fault : faults) {
    int const code = terrein::exit_code(fault.kind);
    out = out == 2 || code == 2 ? 2 : std::max(out, code);
  }
  return out;
}

CheckResult check_study(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                        CheckOptions const& options, DataFolders const& data) {
  CheckResult out;
  out.study = file.string();
  std::optional<Study> const study = understood(file, overrides, data, out);
  if (!study) return out;
  out.title = study->title;
  out.language = study->language;
  Labels const labels(data.datasets / "labels.csv", study->language);
  plan_outputs(*study, out);
  bool const sound = out.study_faults.empty();
  Issues issues;
  UsableLayers loaded = usable_layers(*study, sound, options.workers, issues, options.progress);
  out.faults = loaded.faults;
  if (loaded.layers) {
    out.crs = loaded.layers->crs.authority;
    out.crs_name = loaded.layers->crs.name;
    try_measuring(loaded, options, issues, labels, out);
  } else if (sound) {
    tell_gaps_without_measuring(*study, loaded.unusable, labels, out);
  }
  if (sound) plan_models(*study, labels, out);
  out.layers = layers_of(*study, loaded);
  add_faults(out, issues);
  out.issues = grouped(issues);
  std::erase_if(out.issues, [](CheckIssue const& issue) { return issue.code == "cannot_be_used"; });
  if (!options.issues.empty())
    write_issues(options, *study, loaded.layers ? loaded.layers->crs : Crs{}, issues, data, labels);
  return out;
}

}  // namespace terrein
