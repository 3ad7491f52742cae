#include "terrein/app/run_study.hpp"

#include <algorithm>
#include <optional>
#include <thread>

#include "additions.hpp"
#include "change_layers.hpp"
#include "judge.hpp"
#include "layer_steps.hpp"
#include "layers.hpp"
#include "load_rasters.hpp"
#include "made_layers.hpp"
#include "manifest.hpp"
#include "outputs.hpp"
#include "personal.hpp"
#include "result_tables.hpp"
#include "robustness.hpp"
#include "run_steps.hpp"
#include "scenario.hpp"
#include "site_summary.hpp"
#include "summary.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "views.hpp"
#include "whatif.hpp"

namespace terrein {

namespace {

std::vector<Row> chosen_rows(Study const& study, StudyLayers const& layers, RunOptions const& options, Issues& issues) {
  std::vector<Row> rows = select_candidates(study, layers, issues);
  if (!options.only_candidates) return rows;
  std::vector<Row> out;
  for (Row const row : *options.only_candidates)
    if (std::binary_search(rows.begin(), rows.end(), row)) out.push_back(row);
  return out;
}

std::vector<std::string> transformation_texts(StudyLayers const& layers, CrsFacts const& facts) {
  std::vector<std::string> out;
  for (LayerReport const& report : layers.reports)
    if (std::string const text = transformation_text(report.prepared.transform); !text.empty())
      out.push_back(report.config->key + ": " + text);
  if (facts.geojson) out.push_back("GeoJSON: " + transformation_text(*facts.geojson));
  return out;
}

}  // namespace

RunSummary run_study(Study const& written, RunOptions const& options, DataFolders const& data) {
  auto const note = [&](std::string const& text) {
    if (options.note) options.note(text);
  };
  Study const study = with_audience(with_profiles(with_snapshots(written)), options.audience);
  std::string const time = run_time(study);
  Outputs outputs(study, options.overwrite);
  Labels const labels(data.datasets / "labels.csv", study.language);
  RunSummary out;
  Issues issues;
  check_filled_form(study);
  std::vector<ScenarioStudies> const scenarios = scenario_studies(study, data);
  Additions additions(study);
  check_own_form(study, additions);
  StudyLayers layers = out.stats.stage("read", [&] {
    return load_layers(study, Extent::near_candidates, options.workers, additions, issues, note, out.stats,
                       options.progress);
  });
  outputs.check_sources(layers);

  std::vector<Row> const rows = chosen_rows(study, layers, options, issues);
  MeasuringLayer const& whole = layers.layers.at(study.candidates);
  std::optional<MeasuringLayer> part;  // a copy of all of a province would take the memory twice
  MeasuringLayer const& candidates =
      are_all(rows, whole.layer.size()) ? whole : part.emplace(candidates_of(whole, rows));
  if (has_rasters(study))
    out.stats.stage("rasters", [&] { load_rasters(study, candidates.layer, options.workers, layers, issues, note); });
  CrsFacts const facts = crs_facts(study, layers, candidates);
  Inputs inputs = inputs_of(study, layers, candidates, rows, options.workers);
  inputs.store = options.store;
  inputs.progress = options.progress;
  inputs.stats = &out.stats;
  note(fmt::format("{} candidates, {} criteria, {} models", rows.size(), study.criteria.size(), study.models.size()));
  Judgement judgement = out.stats.stage("measure", [&] { return judge(study, inputs, additions); });
  issues.append(additions.take_issues());
  if (!layers.whatifs.empty())
    judgement.whatifs =
        out.stats.stage("what if", [&] { return judge_whatifs(study, layers, inputs, judgement, issues); });
  if (!scenarios.empty())
    judgement.scenarios = out.stats.stage(
        "scenarios", [&] { return judge_scenarios(study, scenarios, layers, inputs, judgement, labels, issues); });
  if (study.robustness.asked)
    out.stats.stage("robustness", [&] { judge_robustness(study, inputs, study.robustness.top, judgement); });
  if (!study.stakeholders.empty()) out.stats.stage("stakeholders", [&] { judge_views(study, inputs, judgement); });
  check_stop();
  std::vector<MadeLayer> made;
  if (!planned_layers(study).empty())
    made = out.stats.stage("layers", [&] { return make_layers({study, layers, inputs, judgement, labels, issues}); });
  out.sites = summarise_sites(made);
  out.missing_sites = missing_sites(issues);
  check_stop();

  std::string manifest;
  std::optional<ResultContent> content;
  out.stats.stage("write", [&] {
    content = out.stats.part("tables", [&] {
      return result_content(study, layers, additions, candidates, judgement, std::move(made), issues, data, labels);
    });
    content->package.time = time;
    content->package.manifest = manifest = inner_manifest(study, layers, additions, facts, rows.size(), issues, data);
    outputs.write(*content, labels, options.workers, issues, out.stats, options.progress);
  });
  check_stop();
  for (ModelResult const& model : judgement.models)
    out.models.push_back(summarise(study, candidates, judgement, model, options.best, labels));
  out.stats.stage("finish", [&] {
    // Giving back the memory of a province takes as long as hashing its result.
    std::jthread const release([&] {
      content.reset();
      judgement = {};
      layers.layers.clear();
    });
    outputs.finish(manifest, options, out.stats);
  });
  out.outputs = outputs.targets();
  out.database = outputs.database();
  out.transformations = transformation_texts(layers, facts);
  out.area_ratio = facts.area_ratio;
  for (LayerReport const& report : layers.reports) {
    out.rows_read += report.rows_read;
    for (AddedReport const& table : report.added) out.rows_read += table.rows_read;
  }
  for (ChangeReport const* change : change_reports(layers)) out.rows_read += change->rows_read;
  out.candidates = rows.size();
  out.issues = issues.counts();
  return out;
}

}  // namespace terrein
