#include "manifest.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"

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
           {"repaired", report.prepared.repaired},
           {"quarantined", report.prepared.quarantined},
           {"without_shape", report.prepared.null_geometry + report.prepared.empty_geometry},
           {"coverage", config.coverage}};
  if (!config.date.empty()) out["date"] = config.date;
  if (!config.licence.empty()) out["licence"] = config.licence;
  if (!config.attribution.empty()) out["attribution"] = config.attribution;
  if (Box const& box = report.extent; !box.empty()) out["extent"] = {box.min_x, box.min_y, box.max_x, box.max_y};
  if (!report.prepared.transform.name.empty()) out["transformation"] = transform_json(report.prepared.transform);
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

std::string inner_manifest(Study const& study, StudyLayers const& layers, CrsFacts const& facts, std::size_t candidates,
                           Issues const& issues) {
  Json out;
  out["manifest_version"] = 1;
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
  for (LayerReport const& report : layers.reports) out["layers"].push_back(layer_json(report));
  Json models = Json::array();
  for (ModelConfig const& model : study.models) {
    Json one{{"model", model.key}};
    if (model.adopted_by.empty())
      one["weights"] = "startgewichten, niet bestuurlijk vastgesteld";
    else
      one["weights"] = {{"adopted_by", model.adopted_by}, {"adopted_on", model.adopted_on}};
    for (ModelCriterion const& criterion : model.criteria)
      one["criteria"].push_back({{"criterion", criterion.criterion},
                                 {"weight", criterion.weight},
                                 {"kind", to_string(criterion.function.kind)},
                                 {"points", to_text(criterion.function)},
                                 {"mark", criterion.mark}});
    models.push_back(one);
  }
  out["models"] = models;
  out["issues"] = Json::array();
  for (auto const& count : issues.counts())
    out["issues"].push_back({{"layer", count.layer}, {"code", count.code}, {"count", count.count}});
  out["settings"] = study.settings;
  return text_of(out);
}

std::string outer_manifest(std::string const& inner, Study const& study, RunOptions const& options, Stats const& stats,
                           std::vector<std::pair<std::filesystem::path, std::filesystem::path>> const& outputs) {
  Json out = Json::parse(inner);
  out["study_path"] = std::filesystem::absolute(study.file).string();
  for (LayerConfig const& layer : study.layers) out["paths"][layer.key] = layer.path;
  out["outputs"] = Json::array();
  for (auto const& [written, target] : outputs)
    out["outputs"].push_back({{"path", std::filesystem::absolute(target).string()},
                              {"sha256", sha256_of_file(written)},
                              {"bytes", std::filesystem::file_size(written)}});
  out["workers"] = options.workers;
  out["peak_memory_bytes"] = peak_memory_bytes();
  for (Stats::Stage const& stage : stats.stages()) out["seconds"][stage.name] = stage.seconds;
  return text_of(out) + "\n";
}

std::string run_time(Study const& study) {
  if (char const* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr && *epoch != '\0') {
    char* end = nullptr;
    long long const seconds = std::strtoll(epoch, &end, 10);
    if (*end != '\0' || seconds < 0 || seconds > 253402300799LL)  // the last second of the year 9999
      throw_error(ErrorKind::usage, "SOURCE_DATE_EPOCH is '{}'; it must be a whole number of seconds since 1970.",
                  epoch);
    std::chrono::sys_seconds const time{std::chrono::seconds{seconds}};
    auto const day = std::chrono::floor<std::chrono::days>(time);
    std::chrono::year_month_day const date{day};
    std::chrono::hh_mm_ss const clock{time - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000Z", int{date.year()}, unsigned{date.month()},
                       unsigned{date.day()}, clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  }
  return (study.date.empty() ? "1970-01-01" : study.date) + "T00:00:00.000Z";
}

}  // namespace terrein
