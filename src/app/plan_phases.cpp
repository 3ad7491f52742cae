#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "layer_steps.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// Rows of one phase that does not say that its plans are in force.
struct Doubtful {
  std::size_t rows = 0;
  std::string example;
};

bool is_one_of(std::vector<std::string> const& values, std::string const& value) {
  return std::any_of(values.begin(), values.end(), [&value](std::string const& one) { return lower(one) == value; });
}

}  // namespace

void forget_doubtful_plans(LayerConfig const& config, Layer const& layer, TextColumn& class_of, Issues& issues) {
  AnyColumn const* phases = layer.attributes.find(config.phase);
  if (phases == nullptr || !config.profile || !config.profile->plan || class_of.size() != layer.size()) return;
  std::map<std::string, Doubtful> doubtful;
  TextColumn out(class_of.name);
  for (Row row = 0; row < layer.size(); ++row) {
    std::string const phase = text_at(*phases, row).value_or("");
    std::string const plain = lower(trim(phase));
    if (plain.empty() || is_one_of(config.profile->plan->in_force, plain)) {
      out.push(class_of.at(row));
      continue;
    }
    out.push(std::nullopt);
    Doubtful& one = doubtful[phase];
    if (one.rows++ == 0) one.example = layer.id[row];
  }
  for (auto const& [phase, one] : doubtful)
    issues.add(
        {.layer = config.key,
         .feature_id = one.example,
         .stage = "classes",
         .code = "plan_phase",
         .text = fmt::format("{} rows have {} '{}', and profile '{}' does not know that such plans are in force; "
                             "their class is unknown. Leave them out with `where`, or take the class without the "
                             "profile.",
                             one.rows, config.phase, phase, config.profile->key)});
  class_of = std::move(out);
}

}  // namespace terrein
