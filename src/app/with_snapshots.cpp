#include "layer_steps.hpp"
#include "terrein/io/fetched_source.hpp"

namespace terrein {

Study with_snapshots(Study study) {
  for (LayerConfig& layer : study.layers) {
    if (layer.derived() || layer.raster) continue;
    auto const facts = fetched_source(layer.path);
    if (!facts) continue;
    if (layer.layer.empty()) layer.layer = facts->table;
    if (layer.date.empty()) layer.date = facts->date;
    if (layer.attribution.empty()) layer.attribution = facts->attribution;
  }
  return study;
}

}  // namespace terrein
