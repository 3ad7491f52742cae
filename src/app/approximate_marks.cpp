#include "approximate_marks.hpp"

#include <algorithm>
#include <array>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::vector<std::uint8_t> const* approximate_rows(StudyLayers const& layers, std::string const& key) {
  auto const layer = layers.layers.find(key);
  if (layer == layers.layers.end()) return nullptr;
  auto const& rows = layer->second.approximate;
  return std::find(rows.begin(), rows.end(), 1) == rows.end() ? nullptr : &rows;
}

/// Whether the feature that decides is all that a value rests on; others add up many.
bool rests_on_one(CriterionSpec const& spec) {
  constexpr std::array<std::string_view, 7> kinds{"distance",      "gate_class",       "gates",       "inside",
                                                  "largest_class", "network_distance", "network_time"};
  return std::find(kinds.begin(), kinds.end(), spec.measure) != kinds.end();
}

}  // namespace

std::optional<TextColumn> approximate_marks(Study const& study, StudyLayers const& layers, Judgement const& judgement,
                                            std::size_t rows) {
  if (!study.allow_approximate) return std::nullopt;
  std::vector<std::vector<std::string>> marks(rows);
  bool any = false;
  for (std::size_t i = 0; i < study.criteria.size(); ++i) {
    Measure const& measure = judgement.measures[i];
    std::string const& key = measure.by_layer.empty() ? study.criteria[i].layer : measure.by_layer;
    auto const* const approximate = approximate_rows(layers, key);
    if (approximate == nullptr) continue;
    any = true;
    for (std::size_t row = 0; row < rows; ++row) {
      Row const decided = measure.by[row];
      bool const exact = rests_on_one(study.criteria[i]) && (decided == no_row || (*approximate)[decided] == 0);
      if (measure.is_known(row) && !exact) marks[row].push_back(study.criteria[i].key);
    }
  }
  if (!any) return std::nullopt;
  TextColumn out("approximate");
  for (auto const& keys : marks) keys.empty() ? out.push(std::nullopt) : out.push(join(keys, "; "));
  return out;
}

}  // namespace terrein
