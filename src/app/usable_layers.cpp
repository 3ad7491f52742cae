#include "usable_layers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "layer_steps.hpp"
#include "personal.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

void add_fault(std::vector<CheckFault>& faults, std::string const& layer, Error const& error) {
  if (error.kind() == ErrorKind::interrupted) throw error;
  faults.push_back({layer, error.kind(), error.what()});
}

/// The keys that a layer cannot do without.
std::vector<std::string> needs_of(LayerConfig const& config) {
  std::vector<std::string> out;
  if (config.join) out.push_back(config.join->layer);
  for (auto const& group : config.combine) out.insert(out.end(), group.begin(), group.end());
  if (!config.slip_roads_of.empty()) out.push_back(config.slip_roads_of);
  for (char const* word : {"extent", "everywhere", "members", "cells"})
    if (config.coverage == word) return out;
  if (!config.raster) out.push_back(config.coverage);
  return out;
}

/// Layers that need one that cannot be used cannot be used either.
void spread(Study const& study, UsableLayers& out) {
  for (bool again = true; again;) {
    again = false;
    for (LayerConfig const& config : study.layers) {
      if (out.unusable.contains(config.key)) continue;
      for (std::string const& key : needs_of(config)) {
        if (!out.unusable.contains(key)) continue;
        out.unusable.insert(config.key);
        out.faults.push_back({config.key, ErrorKind::input,
                              fmt::format("Layer '{}' needs layer '{}', which cannot be used.", config.key, key)});
        again = true;
        break;
      }
    }
  }
}

/// The study without the layers that cannot be used, and without what names them.
void leave_out(Study& study, std::set<std::string> const& keys) {
  std::erase_if(study.layers, [&](LayerConfig const& layer) { return keys.contains(layer.key); });
  for (auto* list : {&study.output.context, &study.output.originals})
    std::erase_if(*list, [&](std::string const& key) { return keys.contains(key); });
  if (keys.contains(study.area.layer)) study.area = {};
  if (keys.contains(study.borders.layer)) study.borders = {};
}

/// Attributes of profiles settled layer by layer; a source that cannot be looked at is a fault of its layer.
void settle_profiles(Study& study, UsableLayers& out) {
  for (LayerConfig& layer : study.layers) {
    if (layer.raw.empty()) continue;  // told with the study file
    Study alone;
    alone.layers = {layer};
    try {
      layer = with_profiles(std::move(alone)).layers.front();
    } catch (Error const& error) {
      add_fault(out.faults, layer.key, error);
      out.unusable.insert(layer.key);
    }
  }
}

/// What a run for the audience of the study refuses is a fault of the study.
void settle_audience(Study& study, UsableLayers& out) {
  try {
    study = with_audience(study, std::nullopt);
  } catch (Error const& error) {
    add_fault(out.faults, "", error);
  }
}

bool is_metric(Crs const& crs) { return crs.known() && crs.projected && std::abs(crs.metres_per_unit - 1) < 1e-12; }

/// Reads and prepares one layer as a run would; `crs` is the study's, or unknown: then the layer stays in its own.
/// Gives the CRS of the source.
Crs try_layer(Study const& study, LayerConfig const& config, Crs const& crs, unsigned workers, Issues& issues) {
  ReadResult read = read_layer(read_options(study, config), issues);
  std::vector<ReadResult> const tables = read_added(config, issues);
  LayerReport report;
  add_tables(config, read.layer, tables, report, issues);
  Crs const own = read.layer.crs;
  if (config.join) return own;
  PrepareOptions prepare;
  prepare.duplicates = study.duplicates;
  prepare.ids_matter = config.key == study.candidates || !config.id.empty();
  prepare.crs = is_metric(crs) ? crs : own;
  prepare.max_crs_error_m = study.max_crs_error_m;
  prepare.workers = workers;
  prepare.row_crs = config.row_crs;
  (void)prepare_layer(read.layer, read.id_known, prepare, issues);
  if (config.classes.exists()) (void)map_classes(config, read.layer, issues);
  return own;
}

Crs crs_or_unknown(std::string const& definition) {
  try {
    return definition.empty() ? Crs{} : crs_from(definition);
  } catch (Error const&) {
    return {};  // told with the study file
  }
}

/// Every layer for itself, the candidates first because the study may have their CRS. Gives what was found on the way.
Issues try_layers(Study const& study, unsigned workers, UsableLayers& out) {
  Crs crs = crs_or_unknown(study.crs);
  std::vector<LayerConfig const*> order;
  for (LayerConfig const& config : study.layers)
    if (!config.derived() && !config.raster && !config.raw.empty() && !out.unusable.contains(config.key))
      order.push_back(&config);
  std::stable_partition(order.begin(), order.end(),
                        [&study](LayerConfig const* config) { return config->key == study.candidates; });
  Issues found;
  for (LayerConfig const* config : order) {
    check_stop();
    Issues issues;
    try {
      Crs const own = try_layer(study, *config, crs, workers, issues);
      if (config->key == study.candidates && !crs.known()) crs = own;
    } catch (Error const& error) {
      add_fault(out.faults, config->key, error);
      out.unusable.insert(config->key);
    }
    found.append(std::move(issues));
  }
  return found;
}

bool load(UsableLayers& out, unsigned workers, Issues& issues, std::vector<CheckFault>* faults,
          ProgressSink const& sink) {
  try {
    Issues found;
    out.additions = std::make_unique<Additions>(*out.study);
    Stats unused;
    out.layers = load_layers(
        *out.study, Extent::whole, workers, *out.additions, found, [](std::string const&) {}, unused, sink);
    issues.append(std::move(found));
    return true;
  } catch (Error const& error) {
    std::vector<CheckFault> ignored;
    add_fault(faults == nullptr ? ignored : *faults, "", error);
    return false;
  }
}

/// In the order of the study; faults of no layer last.
void order_faults(Study const& study, std::vector<CheckFault>& faults) {
  auto const place = [&study](CheckFault const& fault) {
    return std::find_if(study.layers.begin(), study.layers.end(),
                        [&](LayerConfig const& layer) { return layer.key == fault.layer; });
  };
  std::stable_sort(faults.begin(), faults.end(),
                   [&](CheckFault const& a, CheckFault const& b) { return place(a) < place(b); });
}

}  // namespace

UsableLayers usable_layers(Study const& written, bool sound, unsigned workers, Issues& issues,
                           ProgressSink const& sink) {
  UsableLayers out;
  out.study = std::make_unique<Study>(with_snapshots(written));
  settle_profiles(*out.study, out);
  settle_audience(*out.study, out);
  if (sound && out.faults.empty() && load(out, workers, issues, nullptr, sink)) return out;
  Issues alone = try_layers(*out.study, workers, out);
  if (sound) spread(*out.study, out);
  order_faults(written, out.faults);
  leave_out(*out.study, out.unusable);
  bool const candidates = out.study->find_layer(out.study->candidates) != nullptr;
  if (!sound || !candidates || !load(out, workers, issues, &out.faults, sink)) issues.append(std::move(alone));
  return out;
}

}  // namespace terrein
