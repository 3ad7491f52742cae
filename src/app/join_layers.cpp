#include <algorithm>
#include <functional>

#include "layer_steps.hpp"

namespace terrein {

std::vector<std::size_t> loading_order(Study const& study) {
  std::vector<std::size_t> out;
  std::vector<bool> placed(study.layers.size(), false);
  std::function<void(std::size_t)> const place = [&](std::size_t i) {
    if (placed[i]) return;
    placed[i] = true;
    if (auto const& join = study.layers[i].join)
      if (LayerConfig const* const shapes = study.find_layer(join->layer))
        place(static_cast<std::size_t>(shapes - study.layers.data()));
    out.push_back(i);
  };
  for (std::size_t i = 0; i < study.layers.size(); ++i) place(i);
  return out;
}

LayerConfig const& shapes_of(Study const& study, LayerConfig const& config) {
  LayerConfig const* out = &config;
  while (out->join) out = study.find_layer(out->join->layer);
  return *out;
}

std::vector<ReadResult> read_added(LayerConfig const& config, Issues& issues) {
  std::vector<ReadResult> out;
  for (AddConfig const& added : config.added) {
    ReadOptions options;
    options.name = added.name;
    options.path = added.path;
    options.written = added.written;
    options.layer = added.layer;
    options.fields = added.fields;
    options.fields.push_back(added.key);
    options.shapes = false;
    out.push_back(read_layer(options, issues));
  }
  return out;
}

void add_tables(LayerConfig const& config, Layer& layer, std::vector<ReadResult> const& tables, LayerReport& report,
                Issues& issues) {
  for (std::size_t i = 0; i < tables.size(); ++i) {
    AddConfig const& added = config.added[i];
    ReadResult const& table = tables[i];
    AddedReport one;
    one.config = &added;
    one.driver = table.driver;
    one.source_layer = table.source_layer;
    one.sha256 = table.sha256;
    one.rows_read = table.rows_read;
    one.join = add_columns(layer, table.layer, {added.name, added.key, added.on, added.fields}, issues);
    report.added.push_back(std::move(one));
  }
}

}  // namespace terrein
