#include <fmt/core.h>

#include "layer_steps.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::string unlisted_text(LayerConfig const& config, UnlistedValue const& value, Layer const& layer) {
  std::vector<std::string> ids;
  for (Row const row : value.examples) ids.push_back(layer.id[row]);
  std::string const becomes =
      config.classes.otherwise.empty() ? "their class is unknown" : "they count as '" + config.classes.otherwise + "'";
  return fmt::format(
      "{} rows have {} '{}', which no class table lists; {} (for instance {}). Add it to "
      "[layers.{}.classes].",
      value.count, value.field, value.value, becomes, join(ids, ", "), config.key);
}

}  // namespace

void tell_of_mended(std::string const& layer, ClassMapping const& mapping, Issues& issues) {
  if (mapping.mended == 0) return;
  issues.add({.layer = layer,
              .stage = "classes",
              .code = "mended_encoding",
              .severity = Severity::note,
              .text = fmt::format("{} rows hold text that was encoded twice, such as '{}'; it is read as '{}'.",
                                  mapping.mended, mapping.mended_from, mapping.mended_to)});
}

TextColumn map_classes(LayerConfig const& config, Layer const& layer, Issues& issues) {
  ClassMapping mapping = map_classes(config.classes, layer.attributes);
  for (UnlistedValue const& value : mapping.unlisted)
    issues.add({.layer = config.key,
                .stage = "classes",
                .code = "unmatched_class",
                .severity = config.classes.otherwise.empty() ? Severity::warning : Severity::note,
                .text = unlisted_text(config, value, layer)});
  tell_of_mended(config.key, mapping, issues);
  return std::move(mapping.class_of);
}

}  // namespace terrein
