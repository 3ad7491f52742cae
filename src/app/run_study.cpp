#include "terrein/app/run_study.hpp"

#include <algorithm>
#include <cmath>

#include "additions.hpp"
#include "judge.hpp"
#include "layer_steps.hpp"
#include "layers.hpp"
#include "load_rasters.hpp"
#include "manifest.hpp"
#include "outputs.hpp"
#include "personal.hpp"
#include "result_tables.hpp"
#include "run_steps.hpp"
#include "summary.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {

MeasuringLayer candidates_of(MeasuringLayer const& all, std::vector<Row> const& rows) {
  MeasuringLayer out;
  out.layer = take(all.layer, rows);
  for (Row const row : rows) {
    if (all.class_of.size() > 0) out.class_of.push(all.class_of.at(row));
    if (!all.approximate.empty()) out.approximate.push_back(all.approximate[row]);
  }
  out.class_separator = all.class_separator;
  out.coverage = all.coverage;
  return out;
}

namespace {

std::vector<Row> chosen_rows(Study const& study, StudyLayers const& layers, RunOptions const& options, Issues& issues) {
  std::vector<Row> rows = select_candidates(study, layers, issues);
  if (!options.only_candidates) return rows;
  std::vector<Row> out;
  for (Row const row : *options.only_candidates)
    if (std::binary_search(rows.begin(), rows.end(), row)) out.push_back(row);
  return out;
}

}  // namespace

CrsFacts crs_facts(Study const& study, StudyLayers const& layers, MeasuringLayer const& candidates) {
  CrsFacts out;
  Box const extent = candidates.layer.geometry.extent();
  if (extent.empty()) return out;
  out.area_ratio = areal_scale(layers.crs, extent.centre());
  constexpr double most_off = 0.005;  // national grids and UTM stay within a thousandth
  if (!(std::abs(out.area_ratio - 1) <= most_off))
    throw_error(
        ErrorKind::crs,
        "In the CRS of the study, {} ({}), areas of the candidates around {:.10g} {:.10g} are {:.4g} times those "
        "on the ground. Say a crs for the study that keeps areas there, such as \"EPSG:31370\", "
        "\"EPSG:28992\" or \"EPSG:3035\"; when it is one, check the CRS of layer '{}'.",
        layers.crs.authority, layers.crs.name, extent.centre().x, extent.centre().y, out.area_ratio,
        candidates.layer.name);
  if (study.output.geojson.empty()) return out;
  out.geojson = Transform(layers.crs, crs_from("EPSG:4326"), extent).info();
  if (out.geojson->accuracy_m > study.max_crs_error_m)
    throw_error(
        ErrorKind::crs,
        "[output] geojson: longitude and latitude would be off by {} m ({}), the study allows {} m. Install the "
        "grid that PROJ lacks, raise max_crs_error_m, or leave GeoJSON out.",
        out.geojson->accuracy_m, out.geojson->name, study.max_crs_error_m);
  return out;
}

namespace {

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
  Additions additions(study);
  check_own_form(study, additions);
  StudyLayers layers =
      out.stats.stage("read", [&] { return load_layers(study, options.workers, additions, issues, note); });
  outputs.check_sources(layers);

  std::vector<Row> const rows = chosen_rows(study, layers, options, issues);
  MeasuringLayer const candidates = candidates_of(layers.layers.at(study.candidates), rows);
  if (has_rasters(study))
    out.stats.stage("rasters", [&] { load_rasters(study, candidates.layer, options.workers, layers, issues, note); });
  CrsFacts const facts = crs_facts(study, layers, candidates);
  Inputs inputs;
  inputs.candidates = &candidates;
  inputs.candidate_layer = study.candidates;
  inputs.candidate_rows = rows;
  inputs.layers = &layers.layers;
  inputs.rasters = &layers.rasters;
  inputs.graphs = &layers.graphs;
  inputs.allow_approximate = study.allow_approximate;
  inputs.workers = options.workers;
  note(fmt::format("{} candidates, {} criteria, {} models", rows.size(), study.criteria.size(), study.models.size()));
  Judgement const judgement = out.stats.stage("measure", [&] { return judge(study, inputs, additions); });
  issues.append(additions.take_issues());
  check_stop();

  std::string manifest;
  out.stats.stage("write", [&] {
    ResultContent content = result_content(study, layers, additions, candidates, judgement, issues, data, labels);
    content.package.time = time;
    content.package.manifest = manifest = inner_manifest(study, layers, additions, facts, rows.size(), issues);
    outputs.write(content, labels, issues);
  });
  check_stop();
  outputs.finish(manifest, options, out.stats);
  out.outputs = outputs.targets();
  out.database = outputs.database();
  out.transformations = transformation_texts(layers, facts);
  out.area_ratio = facts.area_ratio;
  out.candidates = rows.size();
  out.issues = issues.counts();
  for (ModelResult const& model : judgement.models)
    out.models.push_back(summarise(study, candidates, judgement, model, options.best, labels));
  return out;
}

}  // namespace terrein
