#include "terrein/app/run_study.hpp"

#include <algorithm>

#include "judge.hpp"
#include "layers.hpp"
#include "manifest.hpp"
#include "result_tables.hpp"
#include "summary.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/io/geojson.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/io/output_set.hpp"
#include "terrein/io/zip.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;

/// The rows of a measuring layer that are candidates of this run.
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

/// result.gpkg → result.qgz, result.<layer>.geojson, result.gpkg.run.json
fs::path beside(fs::path const& file, std::string const& ending) {
  return file.parent_path() / (file.stem().string() + ending);
}

/// Where everything of a run goes; made before any work, so that a target that exists is reported at once.
class Outputs {
 public:
  Outputs(Study const& study, bool overwrite) : study_(study), set_(overwrite) {
    fs::path const& file = study.output.file;
    package_ = add(file);
    for (std::string const& layer : study.output.geojson)
      geojson_.push_back(add(beside(file, "." + layer + ".geojson")));
    if (study.output.project) project_ = add(beside(file, ".qgz"));
    manifest_ = set_.add(file.string() + ".run.json");
    targets_.push_back(file.string() + ".run.json");
  }

  void write(ResultContent& content, Labels const& labels, Issues& issues) {
    write_geopackage(package_.string(), content.package);
    for (std::size_t i = 0; i < geojson_.size(); ++i) {
      auto const& layers = content.package.layers;
      auto const it = std::find_if(layers.begin(), layers.end(),
                                   [&](OutputLayer const& layer) { return layer.name == study_.output.geojson[i]; });
      write_geojson(geojson_[i].string(), *it, it->table.find(content.id_column) == nullptr ? "" : content.id_column,
                    issues);
    }
    if (!project_.empty())
      write_zip(project_, study_.output.file.stem().string() + ".qgs",
                project_qgs(study_.title, study_.output.file.filename().string(), content.package, content.models,
                            content.source_line, labels));
  }

  void finish(std::string const& inner, RunOptions const& options, Stats const& stats) {
    std::string const text = outer_manifest(inner, study_, options, stats, files_);
    std::FILE* file = std::fopen(manifest_.c_str(), "wb");
    bool ok = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
    ok = (file != nullptr && std::fclose(file) == 0) && ok;
    if (!ok) throw_error(ErrorKind::output, "The manifest '{}' could not be written.", targets_.back().string());
    set_.commit();
  }

  [[nodiscard]] std::vector<fs::path> const& targets() const noexcept { return targets_; }

 private:
  fs::path add(fs::path const& target) {
    fs::path const temporary = set_.add(target);
    files_.emplace_back(temporary, target);
    targets_.push_back(target);
    return temporary;
  }

  Study const& study_;
  OutputSet set_;
  fs::path package_, project_, manifest_;
  std::vector<fs::path> geojson_;
  std::vector<std::pair<fs::path, fs::path>> files_;
  std::vector<fs::path> targets_;
};

/// Inputs are never written to.
void check_targets(Study const& study) {
  for (LayerConfig const& layer : study.layers) {
    std::error_code absent;
    if (fs::equivalent(layer.path, study.output.file, absent))
      throw_error(ErrorKind::config,
                  "[output] file: '{}' is also the source of layer '{}'; inputs are never overwritten.",
                  study.output.file.string(), layer.key);
  }
}

std::vector<Row> chosen_rows(Study const& study, StudyLayers const& layers, RunOptions const& options, Issues& issues) {
  std::vector<Row> rows = select_candidates(study, layers, issues);
  if (options.only_candidates.empty()) return rows;
  std::vector<Row> out;
  for (Row const row : options.only_candidates)
    if (std::binary_search(rows.begin(), rows.end(), row)) out.push_back(row);
  return out;
}

}  // namespace

RunSummary run_study(Study const& study, RunOptions const& options, DataFolders const& data) {
  auto const note = [&](std::string const& text) {
    if (options.note) options.note(text);
  };
  check_targets(study);
  Outputs outputs(study, options.overwrite);
  Labels const labels(data.datasets / "labels.csv", study.language);
  RunSummary out;
  Issues issues;
  StudyLayers const layers = out.stats.stage("read", [&] { return load_layers(study, options.workers, issues, note); });

  std::vector<Row> const rows = chosen_rows(study, layers, options, issues);
  MeasuringLayer const candidates = candidates_of(layers.layers.at(study.candidates), rows);
  Inputs inputs;
  inputs.candidates = &candidates;
  inputs.candidate_layer = study.candidates;
  inputs.candidate_rows = rows;
  inputs.layers = &layers.layers;
  inputs.graphs = &layers.graphs;
  inputs.allow_approximate = study.allow_approximate;
  inputs.workers = options.workers;
  note(fmt::format("{} candidates, {} criteria, {} models", rows.size(), study.criteria.size(), study.models.size()));
  Judgement const judgement = out.stats.stage("measure", [&] { return judge(study, inputs); });
  check_stop();

  out.stats.stage("write", [&] {
    ResultContent content = result_content(study, layers, candidates, judgement, issues, data, labels);
    content.package.time = run_time(study);
    content.package.manifest = inner_manifest(study, layers, rows.size(), issues);
    outputs.write(content, labels, issues);
    check_stop();
    outputs.finish(content.package.manifest, options, out.stats);
  });
  out.outputs = outputs.targets();
  for (LayerReport const& report : layers.reports)
    if (std::string const text = transformation_text(report.prepared.transform); !text.empty())
      out.transformations.push_back(report.config->key + ": " + text);
  if (Box const extent = candidates.layer.geometry.extent(); !extent.empty())
    out.area_ratio = areal_scale(layers.crs, extent.centre());
  out.candidates = rows.size();
  out.issues = issues.counts();
  for (ModelResult const& model : judgement.models)
    out.models.push_back(summarise(study, candidates, judgement, model, options.best, labels));
  return out;
}

}  // namespace terrein
