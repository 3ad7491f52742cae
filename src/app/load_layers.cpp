#include <algorithm>

#include "additions.hpp"
#include "change_layers.hpp"
#include "derive_layers.hpp"
#include "layer_steps.hpp"
#include "layers.hpp"
#include "near_layers.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/progress.hpp"
#include "terrein/geometry/overlay.hpp"
#include "terrein/io/database_snapshot.hpp"
#include "terrein/io/source_hash.hpp"

namespace terrein {
namespace {

std::vector<std::uint8_t> approximate_rows(ApproximateConfig const& config, Layer const& layer) {
  std::vector<std::uint8_t> out(layer.size(), 0);
  AnyColumn const& source = *layer.attributes.find(config.field);
  for (std::size_t row = 0; row < layer.size(); ++row)
    out[row] = text_at(source, row).value_or("").starts_with(config.prefix) ? 1 : 0;
  return out;
}

/// Empty for a box without area, as that of a single point: such a layer is complete nowhere.
GeometryColumn box_polygon(Box const& box) {
  GeometryColumn out;
  GeometryBuilder builder(out);
  if (!(box.width() > 0 && box.height() > 0)) {
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
  std::vector<ReadResult> added;
  Issues issues;
};

std::vector<DatabaseSource> database_sources(Study const& study) {
  std::vector<DatabaseSource> out;
  for (LayerConfig const& layer : study.layers) out.push_back({layer.key, layer.path, layer.written});
  return out;
}

/// Reads the layers of a study: that of the candidates first where it tells what of the others is worth reading.
class Reader {
 public:
  Reader(Study const& study, unsigned workers, SourceHashes& hashes, ProgressSink const& sink)
      : study_(study),
        workers_(workers),
        snapshots_(database_sources(study)),
        hashes_(hashes),
        progress_(sink, "read", study.layers.size()),
        out_(study.layers.size()) {}

  std::vector<Loaded> read(Extent extent) {
    if (extent == Extent::near_candidates) read_candidates();
    parallel_chunks(out_.size(), workers_, 1, [&](unsigned, std::size_t i, std::size_t) {
      if (study_.layers[i].key != done_) read_one(i);
    });
    return std::move(out_);
  }

 private:
  void read_candidates() {
    auto const has_reach = [&](LayerConfig const& config) { return reach_of(study_, config).has_value(); };
    if (std::none_of(study_.layers.begin(), study_.layers.end(), has_reach)) return;
    auto const i = static_cast<std::size_t>(study_.find_layer(study_.candidates) - study_.layers.data());
    if (study_.layers[i].join || study_.layers[i].derived()) return;
    read_one(i);
    done_ = study_.candidates;
    Layer const& layer = out_[i].read.layer;
    if (tells_what_is_near(study_, study_.layers[i], out_[i].read))
      near_.emplace(Candidates{Surroundings(layer.geometry), layer.crs});
  }

  void read_one(std::size_t i) {
    LayerConfig const& config = study_.layers[i];
    ProgressPart const part(progress_);
    if (config.derived() || config.raster) return;
    ReadOptions options = read_options(study_, config);
    options.snapshots = &snapshots_;
    options.hashes = &hashes_;
    options.workers = workers_;
    std::optional<NearOnly> near;
    if (auto const reach = near_ ? reach_of(study_, config) : std::nullopt)
      options.near = &near.emplace(NearOnly{&near_->squares, &near_->crs, *reach});
    out_[i].read = read_layer(options, out_[i].issues);
    out_[i].added = read_added(config, out_[i].issues);
  }

  Study const& study_;
  unsigned workers_;
  DatabaseSnapshots const snapshots_;
  SourceHashes& hashes_;
  ProgressStage progress_;
  std::string done_;  ///< key of the layer that was read before the others
  struct Candidates {
    Surroundings squares;
    Crs crs;
  };
  std::optional<Candidates> near_;
  std::vector<Loaded> out_;
};

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

Coverage derived_coverage(LayerConfig const& config, StudyLayers const& all) {
  if (config.coverage == "members") return members_coverage(config, all);
  if (config.coverage == "everywhere") return {true, {}};
  bool const own = config.coverage == "extent";
  GeometryColumn const& shapes = all.layers.at(own ? config.key : config.coverage).layer.geometry;
  return {false, own ? box_polygon(shapes.extent()) : dissolve(shapes)};
}

void add_coverages(Study const& study, StudyLayers& all) {
  for (LayerConfig const& config : study.layers) {
    if (config.raster) continue;
    Coverage& coverage = all.layers.at(config.key).coverage;
    if (config.derived()) continue;
    if (config.coverage == "everywhere")
      coverage.everywhere = true;
    else if (config.coverage == "extent")
      coverage.area = box_polygon(all.reports[static_cast<std::size_t>(&config - study.layers.data())].extent);
    else
      coverage.area = dissolve(all.layers.at(config.coverage).layer.geometry);
  }
  for (LayerConfig const& config : study.layers)
    if (config.derived()) all.layers.at(config.key).coverage = derived_coverage(config, all);
}

/// The study's CRS, from the layer whose shapes the candidates have.
Crs crs_of_run(Study const& study, std::vector<Loaded> const& loaded) {
  for (LayerConfig const& config : study.layers) {
    if (config.key != study.candidates) continue;
    LayerConfig const& source = shapes_of(study, config);
    return study_crs(study, loaded[static_cast<std::size_t>(&source - study.layers.data())].read.layer.crs);
  }
  return {};
}

LayerReport report_of(LayerConfig const& config, ReadResult const& read) {
  LayerReport out;
  out.config = &config;
  out.driver = read.driver;
  out.source_layer = read.source_layer;
  out.sha256 = read.sha256;
  out.table = read.table;
  out.rows_curved = read.curved_rows.size();
  out.rows_far = read.rows_far;
  out.rows_declared = read.rows_declared;
  out.rows_read = read.rows_read;
  out.rows_kept = read.layer.size();
  out.crs = read.layer.crs.authority.empty() ? read.layer.crs.name : read.layer.crs.authority;
  return out;
}

/// Columns and shapes from elsewhere, then the steps of `prepare_layer`. Layers that this one takes shapes from are in
/// `all` already.
LayerReport complete_layer(Study const& study, LayerConfig const& config, Loaded& loaded, StudyLayers& all,
                           Additions& additions, unsigned workers, Stats& stats) {
  Layer& layer = loaded.read.layer;
  Issues& issues = loaded.issues;
  LayerReport report = report_of(config, loaded.read);
  add_tables(config, layer, loaded.added, report, issues);
  if (config.join) {
    Layer const& shapes = all.layers.at(config.join->layer).layer;
    report.join = join_shapes(layer, config.join->key, shapes, config.join->on, issues);
  }
  report.prepared = stats.part("shapes", [&] {
    return prepare_layer(layer, loaded.read.id_known, prepare_options(study, config, all.crs, workers), issues);
  });
  std::vector<std::string> hidden;
  if (loaded.read.original) {
    hidden = leave_out_personal(study, config, *loaded.read.original);
    all.originals.emplace(config.key, keep_original(std::move(*loaded.read.original), layer, report.prepared.left_out));
  }
  if (config.key == study.candidates) keep_polygons(layer, issues);
  layer.attributes = without_personal(study, config, std::move(layer.attributes), std::move(hidden), issues);
  if (config.key == study.candidates) additions.set_attributes(layer, false);
  layer.attributes = rename_fields(std::move(layer.attributes), config.renames);
  if (config.key == study.candidates) additions.set_attributes(layer, true);
  report.fabric = stats.part("fabric", [&] { return check_layer_fabric(study, config, layer, workers, issues); });
  report.extent = layer.geometry.extent();
  return report;
}

/// Files are hashed beside all that comes before this.
void add_hashes(SourceHashes& hashes, StudyLayers& layers) {
  auto const add = [&](ChangeReport& report) {
    if (!report.driver.empty() && report.table.empty()) report.sha256 = hashes.of(report.config->path, report.driver);
  };
  for (LayerReport& report : layers.reports) {
    if (LayerConfig const& config = *report.config; !config.derived() && !config.raster && report.table.empty())
      report.sha256 = hashes.of(config.path, report.driver);
    if (report.change) add(*report.change);
  }
  for (LoadedWhatIf& whatif : layers.whatifs)
    for (LoadedChange& change : whatif.changes) add(change.report);
}

std::string note_text(LayerReport const& report) {
  std::string const moved = transformation_text(report.prepared.transform);
  return fmt::format("{}: {} rows{}{}", report.config->key, report.rows_kept, moved.empty() ? "" : ", " + moved,
                     report.prepared.repaired == 0 ? "" : fmt::format(", {} repaired", report.prepared.repaired)) +
         (report.rows_far == 0 ? "" : fmt::format(", {} far from all candidates", report.rows_far));
}

}  // namespace

MeasuringLayer measuring_layer(LayerConfig const& config, Layer layer, Issues& issues) {
  MeasuringLayer out;
  if (config.classes.exists()) out.class_of = map_classes(config, layer, issues);
  if (!config.phase.empty()) forget_doubtful_plans(config, layer, out.class_of, issues);
  out.class_separator = config.classes.separator;
  if (config.approximate) out.approximate = approximate_rows(*config.approximate, layer);
  out.graph = config.graph;
  out.gates = config.gates;
  out.layer = std::move(layer);
  return out;
}

PrepareOptions prepare_options(Study const& study, LayerConfig const& config, Crs const& crs, unsigned workers) {
  PrepareOptions out;
  out.duplicates = study.duplicates;
  out.ids_matter = config.key == study.candidates || !config.id.empty();
  out.crs = crs;
  out.max_crs_error_m = study.max_crs_error_m;
  out.workers = workers;
  out.row_crs = config.row_crs;
  return out;
}

void add_network(std::string const& key, Layer const& lines, GraphOptions const& options, StudyLayers& out,
                 Issues& issues, unsigned workers) {
  if (!options.limits.any() && !options.facts.any()) {
    out.graphs.emplace(key, build_road_graph(lines, options, issues, workers));
    return;
  }
  Network network = build_network(lines, options, issues, workers);
  if (!network.facts.unknown.empty()) out.sure_graphs.emplace(key, sure_part(network.graph, network.facts));
  out.graphs.emplace(key, std::move(network.graph));
  out.line_facts.emplace(key, std::move(network.facts));
}

StudyLayers load_layers(Study const& study, Extent extent, unsigned workers, Additions& additions, Issues& issues,
                        std::function<void(std::string const&)> const& note, Stats& stats, ProgressSink const& sink) {
  SourceHashes hashes(workers);
  auto loaded = stats.part("files", [&] { return Reader(study, workers, hashes, sink).read(extent); });
  StudyLayers out;
  out.crs = crs_of_run(study, loaded);
  out.reports.resize(loaded.size());
  ProgressStage progress(sink, "prepare", loaded.size());
  for (std::size_t const i : loading_order(study)) {
    check_stop();
    ProgressPart const part(progress);
    LayerConfig const& config = study.layers[i];
    out.reports[i].config = &config;
    if (config.derived() || config.raster) continue;
    out.reports[i] = complete_layer(study, config, loaded[i], out, additions, workers, stats);
    note(note_text(out.reports[i]));
    MeasuringLayer& made =
        out.layers.emplace(config.key, measuring_layer(config, std::move(loaded[i].read.layer), loaded[i].issues))
            .first->second;
    if (!config.changes) continue;
    LoadedChange change =
        load_change(study, config, *config.changes, "changes", out, hashes, workers, loaded[i].issues);
    apply(change, made);
    out.reports[i].change = std::move(change.report);
  }
  for (Loaded& one : loaded) issues.append(std::move(one.issues));
  derive_layers(study, workers, out, issues);
  check_freshness(study, issues);
  check_distances(study, out.reports, issues);
  add_coverages(study, out);
  out.crosses_border = mark_borders(study, out, workers, issues);
  stats.part("graphs", [&] {
    for (auto const& [key, layer] : out.layers)
      if (layer.graph) add_network(key, layer.layer, *layer.graph, out, issues, workers);
  });
  for (WhatIf const& whatif : study.whatifs)
    out.whatifs.push_back(load_whatif(study, whatif, out, hashes, workers, issues));
  stats.part("hashes", [&] { add_hashes(hashes, out); });
  return out;
}

std::string transformation_text(TransformInfo const& info) {
  if (info.name.empty()) return {};
  std::string const accuracy = info.accuracy_m < 0 ? "accuracy not stated" : fmt::format("{} m", info.accuracy_m);
  std::string const grid = info.better_grid.empty() ? "a grid" : "the grid " + info.better_grid;
  std::string const better =
      info.grids_missing ? fmt::format("; more accurate with {}, which is not installed: {}", grid, info.better) : "";
  return fmt::format("{} ({}{})", info.name, accuracy, better);
}

}  // namespace terrein
