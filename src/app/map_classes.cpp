#include <fmt/core.h>

#include "layer_steps.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

TextColumn map_classes(LayerConfig const& config, Layer const& layer, Issues& issues) {
  TextColumn out("class");
  AnyColumn const& source = *layer.attributes.find(config.class_field);
  std::map<std::string, std::size_t> unmatched;
  char const separator = config.class_separator.empty() ? '\0' : config.class_separator.front();
  for (std::size_t row = 0; row < layer.size(); ++row) {
    auto const value = text_at(source, row);
    if (!value || trim(*value).empty()) {
      out.push(std::nullopt);
      continue;
    }
    std::vector<std::string> classes;
    bool any_unlisted = false;
    auto const words = separator == '\0' ? std::vector<std::string>{*value} : split(*value, separator);
    for (std::string const& word : words) {
      std::string const one(trim(word));
      if (one.empty()) continue;
      if (config.classes.empty()) {
        classes.push_back(one);
      } else if (auto const it = config.classes.find(one); it != config.classes.end()) {
        classes.push_back(it->second);
      } else {
        ++unmatched[one];
        any_unlisted = true;
      }
    }
    if (classes.empty()) {
      out.push(std::nullopt);
    } else {
      if (any_unlisted) classes.emplace_back();
      out.push(join(classes, std::string(1, separator)));
    }
  }
  for (auto const& [value, count] : unmatched)
    issues.add({.layer = config.key,
                .stage = "classes",
                .code = "unmatched_class",
                .text = fmt::format("{} rows have {} '{}', which the study's class table does not list; their class is "
                                    "unknown. Add it to [layers.{}.classes].",
                                    count, config.class_field, value, config.key)});
  return out;
}

}  // namespace terrein
