#include "criteria/class_areas.hpp"

#include <algorithm>

#include "criteria/selection.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
bool LayerAreas::Pass::fits(std::vector<std::uint8_t> const& rows) const {
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (rows[row] != 0 && group[row] != no_row) return false;
  return true;
}

void LayerAreas::Pass::put(std::vector<std::uint8_t> const& rows, std::uint32_t number) {
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (rows[row] != 0) group[row] = number;
}

LayerAreas::Filter LayerAreas::filter_of(CriterionSpec const& spec) {
  Filter filter = spec.classes;
  std::sort(filter.begin(), filter.end());
  filter.erase(std::unique(filter.begin(), filter.end()), filter.end());
  return filter;
}

LayerAreas::LayerAreas(std::vector<CriterionSpec const*> const& specs, Inputs const& inputs) {
  std::string const& layer = specs.front()->layer;
  std::vector<Pass> passes;
  std::vector<std::uint8_t> unlabelled;
  for (auto const* spec : specs) {
    Filter const filter = filter_of(*spec);
    if (++entries_[filter].users > 1) continue;
    auto selection = select(*spec, inputs, layer, filter);
    auto pass = std::find_if(passes.begin(), passes.end(), [&](auto const& p) { return p.fits(selection.chosen); });
    if (pass == passes.end())
      pass = passes.insert(pass, Pass{{}, std::vector<std::uint32_t>(selection.chosen.size(), no_row)});
    pass->put(selection.chosen, static_cast<std::uint32_t>(pass->filters.size()));
    pass->filters.push_back(filter);
    if (selection.any_unlabelled) unlabelled = std::move(selection.unlabelled);
  }
  if (!unlabelled.empty()) {
    auto pass = std::find_if(passes.begin(), passes.end(), [&](auto const& p) { return p.fits(unlabelled); });
    pass->unlabelled = true;  // a pass with a class filter holds no rows without class, and there is one
    pass->put(unlabelled, static_cast<std::uint32_t>(pass->filters.size()));
  }
  for (auto const& pass : passes) overlay(pass, layer, inputs);
}

void LayerAreas::overlay(Pass const& pass, std::string const& layer, Inputs const& inputs) {
  std::size_t const groups = pass.filters.size() + (pass.unlabelled ? 1 : 0);
  auto found = cover_areas(inputs.candidates->layer.geometry, inputs.layers->at(layer).layer, pass.group, groups,
                           inputs.workers);
  for (std::size_t i = 0; i < pass.filters.size(); ++i) {
    ClassAreas& areas = entries_[pass.filters[i]].areas;
    areas.area = std::move(found.area[i]);
    areas.by = std::move(found.largest[i]);
  }
  if (pass.unlabelled) unlabelled_ = std::move(found.area.back());
}

ClassAreas LayerAreas::take(CriterionSpec const& spec) {
  Filter const filter = filter_of(spec);
  Entry& entry = entries_.at(filter);
  ClassAreas out = --entry.users == 0 ? std::move(entry.areas) : entry.areas;
  if (!filter.empty()) out.unlabelled = unlabelled_;
  return out;
}

}  // namespace terrein
