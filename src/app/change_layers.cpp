#include "change_layers.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "append_rows.hpp"
#include "derive_layers.hpp"
#include "layer_steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/row_filter.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The layer as it would be configured if the joining rows were all it has.
LayerConfig config_of_joining(LayerConfig const& config, LayerChange const& change) {
  LayerConfig out = config;
  out.raw = change.raw;
  out.written = change.written;
  out.path = change.path;
  out.layer = change.inside;
  out.where = change.where;
  out.crs = change.crs;
  out.crs_override.clear();
  out.swap_axes = false;
  out.row_crs.reset();
  out.geometry.clear();
  out.x.clear();
  out.y.clear();
  out.coordinates.clear();
  return out;
}

/// Reads what is there of the attributes.
ReadOptions optional_only(ReadOptions options) {
  options.keep_original = false;
  options.optional_fields.insert(options.optional_fields.end(), options.fields.begin(), options.fields.end());
  options.fields.clear();
  return options;
}

/// Attributes that the layer's own rows must have and the joining ones lack become nulls.
void add_missing(Layer& layer, std::vector<std::string> const& fields, LayerConfig const& config, Issues& issues) {
  for (std::string const& field : fields) {
    if (layer.attributes.find(field) != nullptr) continue;
    TextColumn nulls(field);
    for (std::size_t row = 0; row < layer.size(); ++row) nulls.push(std::nullopt);
    layer.attributes.add(std::move(nulls));
    issues.add({.layer = config.key,
                .stage = "read",
                .code = "missing_field",
                .text = fmt::format("'{}' has no field '{}'; it is not known for the rows that join the layer.",
                                    config.written, field)});
  }
}

/// Ids of rows without an id field would be those of other rows.
void name_rows(Layer& layer, std::string const& name) {
  for (std::string& id : layer.id) id = name + ":" + id;
}

Layer read_joining(Study const& study, LayerConfig const& config, StudyLayers const& all, SourceHashes& hashes,
                   unsigned workers, std::string const& name, ChangeReport& report, Issues& issues) {
  std::vector<std::string> const wanted = read_options(study, config).fields;
  ReadOptions options = optional_only(read_options(study, config));
  options.name = report.key;
  options.hashes = &hashes;
  ReadResult read = read_layer(options, issues);
  report.driver = read.driver;
  report.source_layer = read.source_layer;
  report.sha256 = read.sha256;
  report.table = read.table;
  report.rows_read = read.rows_read;
  Layer layer = std::move(read.layer);
  add_missing(layer, wanted, config, issues);
  LayerReport unused;
  add_tables(config, layer, read_added(config, issues), unused, issues);
  if (config.join) {
    Layer const& shapes = all.layers.at(config.join->layer).layer;
    static_cast<void>(join_shapes(layer, config.join->key, shapes, config.join->on, issues));
  }
  if (config.id.empty()) name_rows(layer, name);
  static_cast<void>(prepare_layer(layer, read.id_known, prepare_options(study, config, all.crs, workers), issues));
  layer.attributes = without_personal(study, config, std::move(layer.attributes), {}, issues);
  layer.attributes = rename_fields(std::move(layer.attributes), config.renames);
  return layer;
}

/// A byte per row: 1 = it leaves.
std::vector<std::uint8_t> leaving_rows(Layer const& layer, LayerChange const& change, std::string const& name) {
  std::vector<std::uint8_t> out(layer.size(), 0);
  if (!change.close_where.empty()) {
    out = RowFilter::parse(change.close_where).kept(layer.attributes);
    if (std::find(out.begin(), out.end(), 1) == out.end())
      throw_error(ErrorKind::input, "{}: no row of layer '{}' is one where {}, so that nothing would be closed.", name,
                  change.layer, change.close_where);
  }
  std::unordered_map<std::string_view, Row> row_of;
  if (!change.close.empty())
    for (Row row = 0; row < layer.size(); ++row) row_of.emplace(layer.id[row], row);
  for (std::string const& id : change.close) {
    auto const found = row_of.find(id);
    if (found == row_of.end())
      throw_error(ErrorKind::input, "{}: layer '{}' has no row '{}' to close.{}", name, change.layer, id,
                  suggestion(id, layer.id));
    out[found->second] = 1;
  }
  return out;
}

void check_ids(Layer const& layer, std::vector<Row> const& staying, Layer const& joining, std::string const& name) {
  std::unordered_set<std::string_view> const taken = [&] {
    std::unordered_set<std::string_view> ids;
    for (Row const row : staying) ids.insert(layer.id[row]);
    return ids;
  }();
  for (std::string const& id : joining.id)
    if (taken.contains(id))
      throw_error(
          ErrorKind::input,
          "{}: layer '{}' has a row '{}' already. Give the row that joins it another id, or close the other one.", name,
          layer.name, id);
}

}  // namespace

std::vector<LayerChange const*> changes_of(Study const& study, LayerConfig const& config) {
  std::vector<LayerChange const*> out;
  if (config.changes) out.push_back(&*config.changes);
  for (WhatIf const& whatif : study.whatifs)
    for (LayerChange const& change : whatif.changes)
      if (change.layer == config.key) out.push_back(&change);
  return out;
}

std::vector<std::pair<std::string, LayerChange const*>> keyed_changes(Study const& study) {
  std::vector<std::pair<std::string, LayerChange const*>> out;
  for (LayerConfig const& layer : study.layers)
    if (layer.changes) out.emplace_back(layer.key + ".changes", &*layer.changes);
  for (WhatIf const& whatif : study.whatifs)
    for (LayerChange const& change : whatif.changes) out.emplace_back(change.layer + "." + whatif.key, &change);
  return out;
}

std::vector<LayerChange*> all_changes(Study& study) {
  std::vector<LayerChange*> out;
  for (LayerConfig& layer : study.layers)
    if (layer.changes) out.push_back(&*layer.changes);
  for (WhatIf& whatif : study.whatifs)
    for (LayerChange& change : whatif.changes) out.push_back(&change);
  return out;
}

std::vector<ChangeReport const*> change_reports(StudyLayers const& layers) {
  std::vector<ChangeReport const*> out;
  for (LayerReport const& report : layers.reports)
    if (report.change) out.push_back(&*report.change);
  for (LoadedWhatIf const& whatif : layers.whatifs)
    for (LoadedChange const& change : whatif.changes) out.push_back(&change.report);
  return out;
}

ReadOptions joining_options(Study const& study, LayerConfig const& config, LayerChange const& change) {
  return optional_only(read_options(study, config_of_joining(config, change)));
}

LoadedChange load_change(Study const& study, LayerConfig const& config, LayerChange const& change,
                         std::string const& name, StudyLayers const& all, SourceHashes& hashes, unsigned workers,
                         Issues& issues) {
  LoadedChange out;
  out.report.config = &change;
  out.report.key = config.key + "." + name;
  Layer const& layer = all.layers.at(config.key).layer;
  auto const leaves = leaving_rows(layer, change, out.report.key);
  for (Row row = 0; row < layer.size(); ++row)
    if (leaves[row] == 0) out.staying.push_back(row);
  out.report.rows_left = layer.size() - out.staying.size();
  if (!change.path.empty()) {
    Issues found;
    LayerConfig const joining = config_of_joining(config, change);
    Layer rows = read_joining(study, joining, all, hashes, workers, name, out.report, found);
    check_ids(layer, out.staying, rows, out.report.key);
    out.report.rows_joined = rows.size();
    out.joining = measuring_layer(joining, std::move(rows), found);
    for (Issue& issue : found.rows()) issue.layer = out.report.key;
    issues.append(std::move(found));
  }
  return out;
}

LoadedWhatIf load_whatif(Study const& study, WhatIf const& whatif, StudyLayers const& all, SourceHashes& hashes,
                         unsigned workers, Issues& issues) {
  LoadedWhatIf out{&whatif, {}};
  for (LayerChange const& change : whatif.changes)
    out.changes.push_back(
        load_change(study, *study.find_layer(change.layer), change, whatif.key, all, hashes, workers, issues));
  return out;
}

void apply(LoadedChange const& change, MeasuringLayer& layer) {
  if (change.staying.size() < layer.layer.size()) {
    layer.layer = take(layer.layer, change.staying);
    if (layer.class_of.size() > 0) {
      TextColumn kept(layer.class_of.name);
      for (Row const row : change.staying) kept.push(layer.class_of.at(row));
      layer.class_of = std::move(kept);
    }
    if (!layer.approximate.empty()) {
      std::vector<std::uint8_t> kept;
      for (Row const row : change.staying) kept.push_back(layer.approximate[row]);
      layer.approximate = std::move(kept);
    }
  }
  MeasuringLayer const& more = change.joining;
  if (more.layer.size() == 0) return;
  append_rows(layer.layer, more.layer);
  for (Row row = 0; row < more.class_of.size(); ++row) layer.class_of.push(more.class_of.at(row));
  layer.approximate.insert(layer.approximate.end(), more.approximate.begin(), more.approximate.end());
}

TriedLayers::TriedLayers(Study const& study, LoadedWhatIf const& whatif, StudyLayers& layers, unsigned workers,
                         Issues& issues)
    : layers_(layers) {
  for (LoadedChange const& change : whatif.changes) {
    std::string const& key = change.report.config->layer;
    MeasuringLayer& layer = layers.layers.at(key);
    kept_.layers.emplace(key, layer);
    apply(change, layer);
    changed_.push_back(key);
  }
  Issues known;  // the study has them as well
  for (LayerConfig const& config : study.layers) {
    if (!made_of(config, changed_)) continue;
    MeasuringLayer made = derived_layer(study, config, workers, layers, known);
    MeasuringLayer& layer = layers.layers.at(config.key);
    made.coverage = layer.coverage;
    std::swap(layer, made);
    kept_.layers.emplace(config.key, std::move(made));
    changed_.push_back(config.key);
  }
  for (LoadedChange const& change : whatif.changes) {
    std::string const& key = change.report.config->layer;
    MeasuringLayer const& layer = layers.layers.at(key);
    if (!layer.graph) continue;
    StudyLayers made;
    Issues found;
    add_network(key, layer.layer, *layer.graph, made, found, workers);
    swap_network(key, made);
    kept_.graphs.merge(made.graphs);
    kept_.sure_graphs.merge(made.sure_graphs);
    kept_.line_facts.merge(made.line_facts);
    std::set<std::string> const joined(change.joining.layer.id.begin(), change.joining.layer.id.end());
    std::erase_if(found.rows(), [&](Issue const& issue) { return !joined.contains(issue.feature_id); });
    for (Issue& issue : found.rows()) issue.layer = change.report.key;
    issues.append(std::move(found));
  }
}

TriedLayers::~TriedLayers() {
  for (auto& [key, layer] : kept_.layers) std::swap(layer, layers_.layers.at(key));
  for (std::string const& key : changed_)
    if (kept_.graphs.contains(key)) swap_network(key, kept_);
}

void TriedLayers::swap_network(std::string const& key, StudyLayers& other) {
  auto const exchange = [&key](auto& here, auto& there) {
    auto mine = here.extract(key), theirs = there.extract(key);
    if (!theirs.empty()) here.insert(std::move(theirs));
    if (!mine.empty()) there.insert(std::move(mine));
  };
  exchange(layers_.graphs, other.graphs);
  exchange(layers_.sure_graphs, other.sure_graphs);
  exchange(layers_.line_facts, other.line_facts);
}

}  // namespace terrein
