#include <algorithm>

#include "layer_steps.hpp"
#include "layers.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

std::vector<std::uint8_t> approximate_rows(ApproximateConfig const& config, Layer const& layer) {
  std::vector<std::uint8_t> out(layer.size(), 0);
  AnyColumn const& source = *layer.attributes.find(config.field);
  for (std::size_t row = 0; row < layer.size(); ++row)
    out[row] = text_at(source, row).value_or("").starts_with(config.prefix) ? 1 : 0;
  return out;
}

GeometryColumn box_polygon(Box const& box) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  if (box.empty()) {
    builder.end_row(GeometryKind::empty);
    return out;
  }
  for (auto const& [x, y] : {std::pair{box.min_x, box.min_y},
                             {box.max_x, box.min_y},
                             {box.max_x, box.max_y},
                             {box.min_x, box.max_y},
                             {box.min_x, box.min_y}})
    builder.vertex(x, y);
  builder.end_path();
  builder.end_part();
  builder.end_row(GeometryKind::polygon);
  return out;
}

/// The study's CRS: as written, else the candidates' own. Measures are in metres, so it must be planar and metric.
Crs study_crs(Study const& study, Crs const& candidates) {
  Crs const crs = study.crs.empty() ? candidates : crs_from(study.crs);
  if (!crs.projected || std::abs(crs.metres_per_unit - 1) > 1e-12)
    throw_error(
        ErrorKind::crs,
        "{}: the study would compute in '{}' ({}), whose units are {}. Areas and distances need a projected CRS "
        "in metres: set [study] crs, for instance \"EPSG:31370\" in Flanders.",
        study.file.string(), crs.name, crs.authority.empty() ? "no code" : crs.authority,
        crs.projected ? fmt::format("{} m", crs.metres_per_unit) : "degrees");
  return crs;
}

struct Loaded {
  ReadResult read;
  Issues issues;
};

std::vector<Loaded> read_all(Study const& study, unsigned workers) {
  std::vector<Loaded> out(study.layers.size());
  parallel_chunks(study.layers.size(), workers, 1, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      out[i].read = read_layer(read_options(study, study.layers[i]), out[i].issues);
  });
  return out;
}

MeasuringLayer measuring_layer(LayerConfig const& config, Layer layer, Issues& issues) {
  MeasuringLayer out;
  if (!config.classes.field.empty()) out.class_of = map_classes(config, layer, issues);
  out.class_separator = config.classes.separator;
  if (config.approximate) out.approximate = approximate_rows(*config.approximate, layer);
  out.graph = config.graph;
  out.layer = std::move(layer);
  return out;
}

/// Candidates are land: rows that are points or lines keep their attributes but not their shape, and become issues.
void keep_polygons(Layer& layer, Issues& issues) {
  GeometryColumn const& all = layer.geometry;
  auto const is_land = [](GeometryKind kind) { return kind != GeometryKind::point && kind != GeometryKind::line; };
  if (std::all_of(all.kind.begin(), all.kind.end(), is_land)) return;
  if (std::find(all.kind.begin(), all.kind.end(), GeometryKind::polygon) == all.kind.end())
    throw_error(
        ErrorKind::input,
        "Layer '{}' holds points or lines; candidates must be polygons. Join them to their parcels first, or name "
        "a layer of polygons in [candidates].",
        layer.name);
  GeometryColumn kept;
  GeometryBuilder builder(kept);
  for (Row row = 0; row < all.size(); ++row) {
    if (is_land(all.kind[row])) {
      builder.copy_row(all, row);
      continue;
    }
    Point const place = all.box[row].centre();
    issues.add({.layer = layer.name,
                .feature_id = layer.id[row],
                .stage = "read",
                .code = "not_a_polygon",
                .severity = Severity::error,
                .x = place.x,
                .y = place.y,
                .text = fmt::format("A {} is no land: it is kept without shape, and everything about it is unknown.",
                                    to_string(all.kind[row]))});
    builder.end_row(GeometryKind::empty);
  }
  layer.geometry = std::move(kept);
}

void add_coverages(Study const& study, StudyLayers& all) {
  for (LayerConfig const& config : study.layers) {
    Coverage& coverage = all.layers.at(config.key).coverage;
    if (config.coverage == "everywhere")
      coverage.everywhere = true;
    else if (config.coverage == "extent")
      coverage.area = box_polygon(all.layers.at(config.key).layer.geometry.extent());
    else
      coverage.area = dissolve(all.layers.at(config.coverage).layer.geometry);
  }
}

}  // namespace

StudyLayers load_layers(Study const& study, unsigned workers, Issues& issues,
                        std::function<void(std::string const&)> const& note) {
  auto loaded = read_all(study, workers);
  StudyLayers out;
  for (std::size_t i = 0; i < loaded.size(); ++i)
    if (study.layers[i].key == study.candidates) out.crs = study_crs(study, loaded[i].read.layer.crs);
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    check_stop();
    LayerConfig const& config = study.layers[i];
    ReadResult& read = loaded[i].read;
    LayerReport report;
    report.config = &config;
    report.driver = read.driver;
    report.source_layer = read.source_layer;
    report.sha256 = read.sha256;
    report.rows_declared = read.rows_declared;
    report.rows_read = read.rows_read;
    report.rows_kept = read.layer.size();
    report.rows_curved = read.curved_rows.size();
    report.crs = read.layer.crs.authority.empty() ? read.layer.crs.name : read.layer.crs.authority;
    issues.append(std::move(loaded[i].issues));
    PrepareOptions options;
    options.duplicates = study.duplicates;
    options.ids_matter = config.key == study.candidates || !config.id.empty();
    options.crs = out.crs;
    options.max_crs_error_m = study.max_crs_error_m;
    options.workers = workers;
    report.prepared = prepare_layer(read.layer, read.id_known, options, issues);
    if (read.original)
      out.originals.emplace(config.key, keep_original(std::move(*read.original), read.layer, report.prepared.left_out));
    if (config.key == study.candidates) keep_polygons(read.layer, issues);
    report.extent = read.layer.geometry.extent();
    std::string const moved = transformation_text(report.prepared.transform);
    note(fmt::format("{}: {} rows{}{}", config.key, report.rows_kept, moved.empty() ? "" : ", " + moved,
                     report.prepared.repaired == 0 ? "" : fmt::format(", {} repaired", report.prepared.repaired)));
    out.layers.emplace(config.key, measuring_layer(config, std::move(read.layer), issues));
    out.reports.push_back(std::move(report));
  }
  check_freshness(study, issues);
  check_distances(study, out.reports, issues);
  add_coverages(study, out);
  for (auto const& [key, layer] : out.layers)
    if (layer.graph) out.graphs.emplace(key, build_road_graph(layer.layer, *layer.graph, issues));
  return out;
}

std::string transformation_text(TransformInfo const& info) {
  if (info.name.empty()) return {};
  std::string const accuracy = info.accuracy_m < 0 ? "accuracy not stated" : fmt::format("{} m", info.accuracy_m);
  std::string const better =
      info.grids_missing ? fmt::format("; more accurate with a grid that is not installed: {}", info.better) : "";
  return fmt::format("{} ({}{})", info.name, accuracy, better);
}

}  // namespace terrein
