#include "outputs.hpp"

#include <algorithm>
#include <cstdio>

#include "additions.hpp"
#include "change_layers.hpp"
#include "made_layers.hpp"
#include "manifest.hpp"
#include "named_file.hpp"
#include "terrein/core/error.hpp"
#include "terrein/io/csv_output.hpp"
#include "terrein/io/geojson.hpp"
#include "terrein/io/xlsx.hpp"
#include "terrein/io/zip.hpp"
#include "weight_sets.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;

fs::path beside(fs::path const& file, std::string const& ending) {
  return file.parent_path() / (file.stem().string() + ending);
}

/// Inputs are never written to, whatever --overwrite says.
void check_target(Study const& study, fs::path const& target) {
  std::error_code absent;  // a file that does not exist is no input
  if (fs::equivalent(study.file, target, absent))
    throw_error(ErrorKind::config, "[output] file: '{}' is the study itself.", target.string());
  for (LayerConfig const& layer : study.layers)
    if (fs::equivalent(layer.path, target, absent))
      throw_error(ErrorKind::config,
                  "[output] file: '{}' would be written, but it is the source of layer '{}'; inputs are never "
                  "overwritten. Choose another name for the result.",
                  target.string(), layer.key);
  auto const refuse = [&](auto const& files, char const* what) {
    for (auto const& [key, file] : files)
      if (fs::equivalent(file->path, target, absent))
        throw_error(ErrorKind::config,
                    "[output] file: '{}' would be written, but it holds {} ({}); inputs are never overwritten. Choose "
                    "another name for the result.",
                    target.string(), what, key);
  };
  refuse(weights_files(study), "weights");
  refuse(scenario_files(study), "a scenario");
}

/// Only the result itself may hold the form that the study reads: its rows are carried over.
void check_additions(Study const& study, fs::path const& target) {
  std::error_code absent;
  if (study.additions.path.empty() || reads_own_form(study) || !fs::equivalent(study.additions.path, target, absent))
    return;
  throw_error(ErrorKind::config,
              "[output] file: '{}' would be written, but it holds the additions of the study; inputs are never "
              "overwritten. Choose another name for the result.",
              target.string());
}

std::vector<std::string> planned_tables(Study const& study) {
  OutputConfig const& output = study.output;
  std::vector<std::string> out{output.layer, "excluded", "issues", "sources", "ledger", "models", "additions_used"};
  out.insert(out.end(), output.context.begin(), output.context.end());
  for (char const* meaning : {"criteria", "rules", "bounds"}) out.emplace_back(meaning);
  for (PlannedLayer const& made : planned_layers(study)) out.push_back(made.name);
  return out;
}

/// The layers for a spreadsheet. Without a model nothing is excluded and there is no ledger.
std::vector<std::string> table_layers(Study const& study) {
  std::vector<std::string> out{study.output.layer, "issues"};
  if (study.models.size() > study.output.leave_out.size()) out = {study.output.layer, "excluded", "ledger", "issues"};
  return out;
}

}  // namespace

std::vector<fs::path> planned_files(Study const& study) {
  fs::path const& file = study.output.file;
  std::vector<fs::path> out{file};
  for (std::string const& layer : study.output.geojson) out.push_back(beside(file, "." + layer + ".geojson"));
  if (study.output.project) out.push_back(beside(file, ".qgz"));
  out.emplace_back(file.string() + ".run.json");
  for (fs::path const& one : out) check_target(study, one);
  return out;
}

Outputs::Outputs(Study const& study, bool overwrite) : study_(study), set_(overwrite) {
  fs::path const& file = study.output.file;
  package_ = add(file);
  for (std::string const& layer : study.output.geojson) geojson_.push_back(add(beside(file, "." + layer + ".geojson")));
  if (study.output.project) project_ = add(beside(file, ".qgz"));
  if (study.output.tables.csv || study.output.tables.xlsx) tables_ = table_layers(study);
  if (study.output.tables.csv)
    for (std::string const& layer : tables_) csv_.push_back(add(beside(file, "." + layer + ".csv")));
  if (study.output.tables.xlsx) workbook_ = add(beside(file, ".xlsx"));
  fs::path const manifest = file.string() + ".run.json";
  check_target(study, manifest);
  check_additions(study, manifest);
  manifest_ = set_.add(manifest);
  targets_.push_back(manifest);
  if (study.output.postgis)
    database_ = std::make_unique<PostgisResult>(*study.output.postgis, planned_tables(study), overwrite);
}

void Outputs::check_sources(StudyLayers const& layers) const {
  for (LayerReport const& report : layers.reports)
    if (database_ && !report.table.empty()) database_->check_source(report.config->key, report.table);
  for (ChangeReport const* change : change_reports(layers))
    if (database_ && !change->table.empty()) database_->check_source(change->key, change->table);
}

std::string Outputs::database() const {
  return database_ ? database_->target().written + ", schema " + database_->target().schema : std::string{};
}

void Outputs::write(ResultContent& content, Labels const& labels, unsigned workers, Issues& issues, Stats& stats,
                    ProgressSink const& sink) {
  std::vector<OutputLayer const*> const sheets = tables(content.package);
  if (!workbook_.empty()) check_xlsx(sheets);
  bool const has_tables = !csv_.empty() || !workbook_.empty();
  ProgressStage progress(sink, "write", 1 + has_tables + geojson_.size() + (database_ ? 1 : 0));
  {
    ProgressPart const part(progress);
    stats.part("geopackage", [&] { write_geopackage(package_.string(), content.package, workers); });
  }
  if (has_tables) {
    ProgressPart const part(progress);
    for (std::size_t i = 0; i < csv_.size(); ++i) write_csv(csv_[i], sheets[i]->table, study_.output.tables.form);
    if (!workbook_.empty()) write_xlsx(workbook_, sheets);
  }
  for (std::size_t i = 0; i < geojson_.size(); ++i) {
    ProgressPart const part(progress);
    std::string const& name = study_.output.geojson[i];
    auto const& layers = content.package.layers;
    auto const it =
        std::find_if(layers.begin(), layers.end(), [&](OutputLayer const& layer) { return layer.name == name; });
    write_geojson(geojson_[i].string(), *it, content.ids[name], issues);
  }
  if (database_) {
    ProgressPart const part(progress);
    // The form is filled in where it can be carried over: in the file. A table would be swapped with what people wrote.
    auto& layers = content.package.layers;
    auto const form =
        std::find_if(layers.begin(), layers.end(), [](OutputLayer const& layer) { return layer.name == "additions"; });
    OutputLayer kept = std::move(*form);
    auto const place = form - layers.begin();
    layers.erase(form);
    database_->write(content.package);
    layers.insert(layers.begin() + place, std::move(kept));
  }
  if (project_.empty()) return;
  fs::path const& file = study_.output.file;
  write_zip(project_, file.stem().string() + ".qgs",
            project_qgs(study_.title, file.filename().string(), content.package, content.models, content.source_line,
                        labels));
}

void Outputs::finish(std::string const& inner, RunOptions const& options, Stats const& stats) {
  if (database_) database_->place();
  std::string const text = outer_manifest(inner, study_, options, stats, files_, database_.get());
  std::FILE* file = std::fopen(manifest_.c_str(), "wb");
  bool ok = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  ok = (file != nullptr && std::fclose(file) == 0) && ok;
  if (!ok) throw_error(ErrorKind::output, "The manifest '{}' could not be written.", targets_.back().string());
  // The database comes last: when it fails the files of before are put back, and it has undone its own part by then.
  set_.commit([this] {
    if (database_) database_->commit();
  });
}

std::vector<OutputLayer const*> Outputs::tables(GeoPackage const& package) const {
  std::vector<OutputLayer const*> out;
  for (std::string const& name : tables_) {
    auto const it = std::find_if(package.layers.begin(), package.layers.end(),
                                 [&name](OutputLayer const& layer) { return layer.name == name; });
    if (it == package.layers.end()) throw_error(ErrorKind::internal, "The result has no layer '{}'.", name);
    out.push_back(&*it);
  }
  return out;
}

fs::path Outputs::add(fs::path const& target) {
  check_target(study_, target);
  check_additions(study_, target);
  fs::path const temporary = set_.add(target);
  files_.emplace_back(temporary, target);
  targets_.push_back(target);
  return temporary;
}

}  // namespace terrein
