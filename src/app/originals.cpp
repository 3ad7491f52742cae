#include "originals.hpp"

namespace terrein {

std::string original_name(std::string const& key) { return key + "_original"; }

Original keep_original(OriginalRows rows, Layer const& prepared, std::vector<Row> const& left_out) {
  Original out{std::move(rows), TextColumn("terrein_id")};
  auto gone = left_out.begin();
  std::size_t next = 0;
  for (Row row = 0; row < out.rows.size(); ++row) {
    bool const is_gone = gone != left_out.end() && *gone == row;
    if (is_gone) {
      ++gone;
      out.id.push(std::nullopt);
    } else {
      out.id.push(prepared.id[next++]);
    }
  }
  return out;
}

OriginalLayer original_layer(LayerConfig const& config, Original const& original, Labels const& labels) {
  OriginalLayer out;
  std::string const own = labels.pick(config.label_nl, config.label_en);
  out.name = original_name(config.key);
  out.title = (own.empty() ? labels.get("layer", config.key) : own) + " (" + labels.get("term", "as_delivered") + ")";
  out.description = config.attribution.empty() ? config.licence : config.attribution;
  out.rows = &original.rows;
  out.id = original.id;
  return out;
}

}  // namespace terrein
