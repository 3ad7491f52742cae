#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "init_parts.hpp"
#include "layer_steps.hpp"
#include "run_steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "usable_layers.hpp"

namespace terrein {
namespace {

/// Faults of the candidates cannot be mended by leaving a layer out.
void tell_fault(std::string const& text, Draft& draft) {
  if (draft.to_fill.empty()) draft.to_fill.push_back(text);  // `check` tells the others once this is mended
}

/// The next best source; when there is none the best one stands as a comment.
void give_way(DraftLayer& layer, std::string const& why, Say const& say, Draft& draft) {
  layer.open.clear();
  layer.notes.clear();
  if (layer.claim.found == nullptr) {
    layer.refused = why;
    return;
  }
  draft.unused.push_back({layer.claim.found->text(), layer.key + ": " + why});
  layer.tried.emplace_back(layer.claim, why);
  if (!layer.others.empty()) {
    layer.claim = layer.others.front();
    layer.others.erase(layer.others.begin());
    return fill_layer(layer, say);
  }
  layer.claim = layer.tried.front().first;
  fill_layer(layer, say);
  layer.refused = layer.tried.front().second;
  if (layer.claim.found->source.crs.empty()) layer.open.emplace_back("crs = \"EPSG:31370\"");
}

/// What a table of classes does not list: lines to choose from, and a sentence.
void offer_unlisted(LayerConfig const& config, MeasuringLayer const& measured, DraftLayer& layer, Say const& say) {
  auto const unlisted = map_classes(config.classes, measured.layer.attributes).unlisted;
  if (unlisted.empty()) return;
  constexpr std::size_t most_lines = 40;
  std::size_t rows = 0;
  bool const table = std::any_of(layer.lines.begin(), layer.lines.end(),
                                 [](std::string const& line) { return line.ends_with(".classes]"); });
  if (!table) layer.open.push_back("[layers." + layer.key + ".classes]");
  for (std::size_t i = 0; i < unlisted.size(); ++i) {
    rows += unlisted[i].count;
    if (i < most_lines)
      layer.open.push_back(fmt::format("{} = \"\"   # {}: {}", toml_quoted(unlisted[i].value), unlisted[i].field,
                                       rows_text(unlisted[i].count, say)));
  }
  layer.notes.push_back(fmt::format(
      fmt::runtime(say("{} met waarden die geen klasse hebben en dus onbekend zijn, zoals '{}'; elk is een van {}",
                       "{} with values that have no class and so are unknown, such as '{}'; each is one of {}")),
      rows_text(rows, say), unlisted.front().value, join(layer.role->classes, ", ")));
}

/// Measures a few candidates, because some faults of a layer are found by measuring only.
bool try_measures(Study const& study, StudyLayers const& all, unsigned workers, Say const& say, Draft& draft) {
  MeasuringLayer const& layer = all.layers.at(study.candidates);
  constexpr std::size_t few = 20;
  std::vector<Row> rows(std::min(few, layer.layer.size()));
  std::iota(rows.begin(), rows.end(), 0U);
  MeasuringLayer const candidates = candidates_of(layer, rows);
  Inputs inputs;
  inputs.candidates = &candidates;
  inputs.candidate_layer = study.candidates;
  inputs.candidate_rows = rows;
  inputs.layers = &all.layers;
  inputs.rasters = &all.rasters;
  inputs.graphs = &all.graphs;
  inputs.sure_graphs = &all.sure_graphs;
  inputs.line_facts = &all.line_facts;
  inputs.workers = workers;
  bool sound = true;
  for (CriterionSpec const& spec : study.criteria) {
    try {
      (void)measure(spec, inputs);
    } catch (Error const& error) {
      if (error.kind() == ErrorKind::interrupted) throw;
      DraftLayer* const draft_layer = draft.find(spec.layer);
      if (draft_layer == nullptr) tell_fault(error.what(), draft);
      if (draft_layer == nullptr || !draft_layer->refused.empty()) continue;
      give_way(*draft_layer, error.what(), say, draft);
      sound = false;
    }
  }
  return sound;
}

}  // namespace

bool try_draft(std::filesystem::path const& file, DataFolders const& data, unsigned workers, Say const& say,
               Draft& draft) {
  Problems problems;
  Study const study = read_study(file, {}, data, problems);
  bool const sound = problems.texts().empty();
  if (!sound && draft.to_fill.empty())
    throw_error(ErrorKind::internal, "The study that was drafted has faults: {}", join(problems.texts(), "; "));
  Issues issues;
  UsableLayers const loaded = usable_layers(study, sound && draft.to_fill.empty(), workers, issues);
  bool settled = true;
  for (CheckFault const& fault : loaded.faults) {
    DraftLayer* const layer = draft.find(fault.layer);
    if (layer == nullptr || layer->key == "parcels") {
      tell_fault(fault.text, draft);
    } else if (layer->refused.empty()) {
      give_way(*layer, fault.text, say, draft);
      settled = false;
    }
  }
  if (!settled || !loaded.layers) return settled;
  if (!try_measures(*loaded.study, *loaded.layers, workers, say, draft)) return false;
  for (LayerConfig const& config : loaded.study->layers)
    if (DraftLayer* const layer = draft.find(config.key); layer != nullptr && config.classes.exists())
      offer_unlisted(config, loaded.layers->layers.at(config.key), *layer, say);
  return true;
}

}  // namespace terrein
