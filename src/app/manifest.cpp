#include "manifest.hpp"

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "candidate_table.hpp"
#include "change_layers.hpp"
#include "model_scoring.hpp"
#include "named_file.hpp"
#include "run_record.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/clock.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"
#include "weight_set_json.hpp"
#include "weight_sets.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

/// Indented by one; bytes that are no UTF-8 (of a file name, say) become the replacement character.
std::string text_of(Json const& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace); }

Json transform_json(TransformInfo const& info) {
  Json out{{"operation", info.name}, {"pipeline", info.pipeline}};
  if (info.accuracy_m >= 0)
    out["accuracy_m"] = info.accuracy_m;
  else
    out["accuracy_m"] = nullptr;
  if (info.grids_missing) out["more_accurate_but_grid_missing"] = info.better;
  if (!info.better_grid.empty()) out["missing_grid"] = info.better_grid;
  return out;
}

Json raster_json(RasterFacts const& raster, RasterConfig const& config) {
  Json out{{"band", config.band},
           {"columns", raster.grid.columns},
           {"rows", raster.grid.rows},
           {"left", raster.grid.left},
           {"top", raster.grid.top},
           {"cell_width", raster.grid.cell_width},
           {"cell_height", raster.grid.cell_height},
           {"type", raster.cell_type},
           {"scale", raster.scale},
           {"offset", raster.offset}};
  if (raster.nodata && std::isfinite(*raster.nodata))
    out["nodata"] = *raster.nodata;
  else if (raster.nodata)
    out["nodata"] = "nan";
  return out;
}

Json row_crs_json(std::vector<RowCrsPart> const& parts) {
  Json out = Json::array();
  for (RowCrsPart const& part : parts) {
    Json one{{"crs", part.crs}, {"rows", part.rows}};
    if (!part.transform.name.empty()) one["transformation"] = transform_json(part.transform);
    out.push_back(one);
  }
  return out;
}

Json added_json(AddedReport const& report) {
  AddConfig const& config = *report.config;
  return {{"name", config.name},
          {"source", config.raw},
          {"layer", report.source_layer},
          {"driver", report.driver},
          {"sha256", report.sha256},
          {"rows_read", report.rows_read},
          {"key", config.key},
          {"on", config.on},
          {"fields", config.fields},
          {"matched", report.join.matched},
          {"unmatched", report.join.unmatched}};
}

Json fabric_json(FabricReport const& report) {
  Json out{{"overlaps", to_string(report.policy)}, {"changed", report.changed}, {"added", report.added}};
  for (FabricCount const& one : report.counts)
    out["found"].push_back({{"kind", one.kind}, {"count", one.count}, {"area_m2", one.area_m2}});
  return out;
}

Json layer_json(LayerReport const& report) {
  LayerConfig const& config = *report.config;
  Json out{{"key", config.key},
           {"source", config.raw},
           {"layer", report.source_layer},
           {"driver", report.driver},
           {"where", config.where},
           {"sha256", report.sha256},
           {"crs", report.crs},
           {"rows_declared", report.rows_declared},
           {"rows_read", report.rows_read},
           {"rows_kept", report.rows_kept},
           {"rows_with_curves", report.rows_curved},
           {"rows_far", report.rows_far},
           {"repaired", report.prepared.repaired},
           {"quarantined", report.prepared.quarantined},
           {"without_shape", report.prepared.null_geometry + report.prepared.empty_geometry},
           {"coverage", config.coverage}};
  if (config.profile)
    out["profile"] = {{"key", config.profile->key},
                      {"version", config.profile->version},
                      {"sha256", sha256_of_file(config.profile->file)}};
  if (!config.date.empty()) out["date"] = config.date;
  if (!config.licence.empty()) out["licence"] = config.licence;
  if (!config.attribution.empty()) out["attribution"] = config.attribution;
  if (Box const& box = report.extent; !box.empty()) out["extent"] = {box.min_x, box.min_y, box.max_x, box.max_y};
  if (report.raster) out["raster"] = raster_json(*report.raster, *config.raster);
  if (config.join)
    out["join"] = {{"layer", config.join->layer},
                   {"key", config.join->key},
                   {"on", config.join->on},
                   {"matched", report.join.matched},
                   {"unmatched", report.join.unmatched}};
  for (AddedReport const& added : report.added) out["added"].push_back(added_json(added));
  if (!report.prepared.row_crs.empty()) out["row_crs"] = row_crs_json(report.prepared.row_crs);
  if (!report.fabric.counts.empty()) out["fabric"] = fabric_json(report.fabric);
  if (!report.prepared.transform.name.empty()) out["transformation"] = transform_json(report.prepared.transform);
  return out;
}

Json change_json(ChangeReport const& report) {
  LayerChange const& config = *report.config;
  Json out{{"key", report.key},
           {"layer", config.layer},
           {"rows_joined", report.rows_joined},
           {"rows_left", report.rows_left}};
  if (!config.path.empty()) {
    out["source"] = config.raw;
    out["source_layer"] = report.source_layer;
    out["driver"] = report.driver;
    out["sha256"] = report.sha256;
    out["rows_read"] = report.rows_read;
  }
  if (!config.close.empty()) out["close"] = config.close;
  if (!config.close_where.empty()) out["close_where"] = config.close_where;
  return out;
}

/// How to find one's way in the result: language of its texts, name of the main layer and its id column, which columns
/// of the full result it has under which names, and the models that are not in it.
Json result_json(Study const& study) {
  std::string const& id = study.find_layer(study.candidates)->id;
  Json out{{"language", study.language == Language::nl ? "nl" : "en"},
           {"layer", study.output.layer},
           {"id", free_name(id.empty() ? "id" : lower(id), Table())},
           {"left_out", study.output.leave_out}};
  for (ModelConfig const& model : study.models)
    out["models"].push_back({{"model", model.key}, {"label_nl", model.label_nl}, {"label_en", model.label_en}});
  for (ColumnChoice const& choice : study.output.columns)
    out["columns"].push_back({{"name", choice.name}, {"from", choice.from}});
  return out;
}

Json database_json(PostgisResult const& database) {
  Json out{{"target", database.target().written},
           {"schema", database.target().schema},
           {"styles", database.style_table()},
           {"tables", Json::array()}};
  for (PostgisResult::TableFacts const& table : database.tables())
    out["tables"].push_back({{"name", table.name}, {"rows", table.rows}, {"sha256", table.sha256}});
  return out;
}

Json additions_json(AdditionsConfig const& config, Additions const& additions) {
  Json out{
      {"source", config.raw},         {"layer", additions.source_layer()},  {"driver", additions.driver()},
      {"sha256", additions.sha256()}, {"rows_read", additions.rows_read()}, {"rows_filled", additions.rows().size()}};
  for (char const* outcome : {"used", "superseded", "unknown_id", "unknown_field", "bad_value"})
    out[outcome] = additions.count(outcome);
  return out;
}

/// How a model that is no plain weighted sum scores: the settings that count, a compensation as text, which may be
/// -inf.
Json method_json(ModelConfig const& model) {
  Aggregation const& of = model.scoring.aggregation;
  Json out{{"aggregation", to_string(of.method)}, {"normalisation", to_string(of.normalisation)}};
  if (of.method == Method::power_mean) out["compensation"] = shortest(of.compensation);
  if (of.method == Method::owa) out["orness"] = of.orness;
  if (of.method == Method::vikor) out["vikor_v"] = of.v;
  for (std::size_t i = 0; i < of.preferences.size(); ++i) {
    Preference const& one = of.preferences[i];
    out["preferences"][model.criteria[i].criterion] = {
        {"kind", to_string(one.kind)}, {"q", one.q}, {"p", one.p}, {"s", one.s}};
  }
  for (Veto const& veto : of.vetoes) out["vetoes"][model.criteria[veto.criterion].criterion] = veto.below;
  for (ModelGroup const& group : model.scoring.groups) {
    Json one{{"group", group.key}, {"criteria", group.criteria}};
    if (!group.of.empty()) one["of"] = group.of;
    if (group.weight) one["weight"] = *group.weight;
    if (group.compensation) one["compensation"] = shortest(*group.compensation);
    out["groups"].push_back(one);
  }
  return out;
}

/// Method and normalisation of every model in words: it stands beside every result, of the plain weighted sum too.
Json methods_json(Study const& study) {
  Json out = Json::object();
  for (ModelConfig const& model : study.models) {
    std::vector<std::string> relative;
    for (ModelCriterion const& one : model.criteria)
      if (one.function.kind == ValueKind::minmax) relative.push_back(one.criterion);
    Bilingual const words = describe(model.scoring.aggregation, relative);
    out[model.key] = {{"nl", words.nl}, {"en", words.en}};
  }
  return out;
}

/// Model of the processor: values that pass through exp, log, sin or atan2 may differ in their last bits between
/// models.
std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return std::string(trim(line.substr(line.find(':') + 1)));
  return "unknown";
}

}  // namespace

std::string inner_manifest(Study const& study, StudyLayers const& layers, Additions const& additions,
                           CrsFacts const& facts, std::size_t candidates, Issues const& issues,
                           DataFolders const& data) {
  Json out;
  out["manifest_version"] = 2;
  out["title"] = study.title;
  out["study"] = study.file.filename().string();
  out["time"] = run_time(study);
  out["versions"] = {{"terrein", version()},
                     {"gdal", gdal_version()},
                     {"geos", geos_version()},
                     {"proj", proj_version()},
                     {"epsg", epsg_version()}};
  out["processor"] = processor();
  out["crs"] = {{"code", layers.crs.authority}, {"name", layers.crs.name}};
  out["crs"]["planar_over_ellipsoidal_area"] = facts.area_ratio;
  if (facts.geojson) out["geojson_transformation"] = transform_json(*facts.geojson);
  out["curve_tolerance_m"] = study.curve_tolerance_m;
  out["candidates"] = candidates;
  out["audience"] = to_string(study.output.audience);
  if (!study.additions.path.empty()) out["additions"] = additions_json(study.additions, additions);
  for (LayerReport const& report : layers.reports) out["layers"].push_back(layer_json(report));
  for (ChangeReport const* report : change_reports(layers)) out["changes"].push_back(change_json(*report));
  if (!study.borders.layer.empty()) out["crosses_border"] = layers.crosses_border.size();
  Json models = Json::array();
  for (ModelConfig const& model : study.models) {
    Json one{{"model", model.key}};
    if (model.adopted_by.empty())
      one["weights"] = starting_weights;
    else
      one["weights"] = {{"adopted_by", model.adopted_by}, {"adopted_on", model.adopted_on}};
    if (Json const set = weight_set_json(model); !set.is_null()) one["weight_set"] = set;
    if (!model.criteria.empty()) one["method"] = method_json(model);
    for (ModelCriterion const& criterion : model.criteria)
      one["criteria"].push_back({{"criterion", criterion.criterion},
                                 {"weight", criterion.weight},
                                 {"kind", to_string(criterion.function.kind)},
                                 {"points", to_text(criterion.function)},
                                 {"mark", criterion.mark}});
    models.push_back(one);
  }
  out["models"] = models;
  if (Json const files = weights_files_json(study); !files.empty()) out["weights_files"] = files;
  for (auto const& [key, file] : scenario_files(study))
    out["scenario_files"].push_back({{"key", key}, {"source", file->raw}, {"sha256", file->sha256}});
  out["result"] = result_json(study);
  out["shipped"] = shipped_json(study, layers, data);
  out["issues"] = Json::array();
  for (auto const& count : issues.counts())
    out["issues"].push_back({{"layer", count.layer}, {"code", count.code}, {"count", count.count}});
  out["settings"] = study.settings;
  return text_of(out);
}

std::string outer_manifest(std::string const& inner, Study const& study, RunOptions const& options, Stats const& stats,
                           std::vector<std::pair<std::filesystem::path, std::filesystem::path>> const& outputs,
                           PostgisResult const* database) {
  Json out = Json::parse(inner);
  out["study_path"] = std::filesystem::absolute(study.file).string();
  out["study_sha256"] = study.file_sha256;
  out["run"] = run_json(study);
  if (!study.models.empty()) out["methods"] = methods_json(study);
  for (LayerConfig const& layer : study.layers) {
    if (!layer.derived()) out["paths"][layer.key] = without_passwords(layer.path);
    for (AddConfig const& added : layer.added)
      out["paths"][layer.key + "." + added.name] = without_passwords(added.path);
  }
  for (auto const& [key, change] : keyed_changes(study))
    if (!change->path.empty()) out["paths"][key] = without_passwords(change->path);
  for (auto const& [key, file] : weights_files(study)) out["paths"][key] = file->path;
  for (auto const& [key, file] : scenario_files(study)) out["paths"][key] = file->path;
  if (!study.additions.path.empty()) out["paths"]["additions"] = without_passwords(study.additions.path);
  out["outputs"] = Json::array();
  for (auto const& [written, target] : outputs)
    out["outputs"].push_back({{"path", std::filesystem::absolute(target).string()},
                              {"sha256", sha256_of_file(written)},
                              {"bytes", std::filesystem::file_size(written)}});
  if (database != nullptr) out["database"] = database_json(*database);
  out["workers"] = options.workers;
  out["peak_memory_bytes"] = peak_memory_bytes();
  for (Stats::Stage const& stage : stats.stages()) {
    out["seconds"][stage.name] = stage.seconds;
    for (Stats::Part const& part : stage.parts) out["seconds_of_parts"][stage.name][part.name] = part.seconds;
  }
  return text_of(out) + "\n";
}

std::string run_time(Study const& study) {
  if (!study.time.empty()) return study.time;
  if (auto const time = time_from_environment()) return *time;
  return (study.date.empty() ? "1970-01-01" : study.date) + "T00:00:00.000Z";
}

}  // namespace terrein
