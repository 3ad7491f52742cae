#include "criteria/class_areas.hpp"

#include <algorithm>
#include <utility>

#include "criteria/selection.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

/// A copy, or the thing itself for the last to ask.
template <class T>
T hand_out(T& kept, bool last) {
  return last ? std::move(kept) : kept;
}

}  // namespace

bool LayerAreas::Pass::fits(Rows const& rows) const {
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (rows[row] != 0 && group[row] != no_row) return false;
  return true;
}

void LayerAreas::Pass::put(Rows const& rows, std::size_t set) {
  for (std::size_t row = 0; row < rows.size(); ++row)
    if (rows[row] != 0) group[row] = static_cast<std::uint32_t>(sets.size());
  sets.push_back(set);
}

LayerAreas::Filter LayerAreas::filter_of(CriterionSpec const& spec) {
  Filter filter = spec.classes;
  std::sort(filter.begin(), filter.end());
  filter.erase(std::unique(filter.begin(), filter.end()), filter.end());
  return filter;
}

LayerAreas::LayerAreas(std::vector<CriterionSpec const*> const& specs, Inputs const& inputs,
                       std::span<std::uint32_t const> nearby) {
  std::string const& layer = specs.front()->layer;
  std::map<Rows, std::size_t> number_of;
  std::vector<std::map<Rows, std::size_t>::const_iterator> in_order;
  auto const number = [&](Rows&& rows) {
    auto const [it, fresh] = number_of.try_emplace(std::move(rows), in_order.size());
    if (fresh) in_order.push_back(it);
    return it->second;
  };
  for (auto const* spec : specs) {
    auto const [it, fresh] = entries_.try_emplace(filter_of(*spec));
    if (!fresh) continue;
    auto selection = select(*spec, inputs, layer, it->first);
    it->second.any_shapeless = selection.any_shapeless;
    it->second.why_unknown = all_shapeless(layer, it->first, selection);
    it->second.chosen = number(std::move(selection.chosen));
    if (selection.any_unlabelled) it->second.unlabelled = number(std::move(selection.unlabelled));
  }
  sets_.resize(in_order.size());
  for (auto const* spec : specs) {
    Entry const& entry = entries_.at(filter_of(*spec));
    ++sets_[entry.chosen].users;
    if (entry.unlabelled) ++sets_[*entry.unlabelled].users;
  }
  std::vector<Pass> passes;
  for (auto const& it : in_order) {
    auto pass = std::find_if(passes.begin(), passes.end(), [&](Pass const& p) { return p.fits(it->first); });
    if (pass == passes.end())
      pass = passes.insert(pass, Pass{{}, std::vector<std::uint32_t>(it->first.size(), no_row)});
    pass->put(it->first, it->second);
  }
  for (Pass const& pass : passes) overlay(pass, layer, inputs, nearby);
}

void LayerAreas::overlay(Pass const& pass, std::string const& layer, Inputs const& inputs,
                         std::span<std::uint32_t const> nearby) {
  auto found = cover_areas(inputs.candidates->layer.geometry, inputs.layers->at(layer).layer, pass.group,
                           pass.sets.size(), inputs.workers, nearby);
  for (std::size_t i = 0; i < pass.sets.size(); ++i) {
    sets_[pass.sets[i]].area = std::move(found.area[i]);
    sets_[pass.sets[i]].by = std::move(found.largest[i]);
  }
}

ClassAreas LayerAreas::take(CriterionSpec const& spec) {
  Entry const& entry = entries_.at(filter_of(spec));
  ClassAreas out;
  out.any_shapeless = entry.any_shapeless;
  out.why_unknown = entry.why_unknown;
  Areas& chosen = sets_[entry.chosen];
  bool const last = --chosen.users == 0;
  out.area = hand_out(chosen.area, last);
  out.by = hand_out(chosen.by, last);
  if (!entry.unlabelled) return out;
  Areas& unlabelled = sets_[*entry.unlabelled];
  out.unlabelled = hand_out(unlabelled.area, --unlabelled.users == 0);
  return out;
}

}  // namespace terrein
