#include "chain_places.hpp"

#include <algorithm>

namespace terrein {

AnyColumn const* ChainPlaces::attribute(std::string const& layer, std::string const& field) const {
  if (layer.empty() || field.empty()) return nullptr;
  return layers_.layers.at(layer).layer.attributes.find(field);
}

std::optional<double> ChainPlaces::number(std::string const& layer, std::string const& field, Row row) const {
  AnyColumn const* const column = row == no_row ? nullptr : attribute(layer, field);
  return column == nullptr ? std::nullopt : number_at(*column, row);
}

void ChainPlaces::push_terminal(ChainSpec const& spec, Row row, Column<double>& capacity, TextColumn& hours) {
  capacity.push(number(spec.terminals, spec.capacity_field, row));
  AnyColumn const* const column = row == no_row ? nullptr : attribute(spec.terminals, spec.hours_field);
  hours.push(column == nullptr ? std::nullopt : text_at(*column, row));
}

/// The longest train that both ends take whole, and nothing while the track of one is not known.
std::optional<double> ChainPlaces::train(ChainSpec const& spec, ChainRow const& row) const {
  if (mode_of(row.chain.kind) != Mode::rail || !spec.rail) return std::nullopt;
  auto const from = is_direct(row.chain.kind) ? number(spec.rail->own, spec.track_field, row.own)
                                              : number(spec.terminals, spec.track_field, row.terminal);
  if (!from) return std::nullopt;
  if (row.to_terminal == no_row) return std::min(spec.train_m, *from);
  auto const to = number(spec.terminals, spec.track_field, row.to_terminal);
  return to ? std::optional(std::min({spec.train_m, *from, *to})) : std::nullopt;
}

std::optional<std::string> ChainPlaces::approximate(ChainSpec const& spec, ChainRow const& row) const {
  std::string out;
  auto const mark = [&](char const* column, std::string const& layer, Row at) {
    if (at == no_row || layer.empty()) return;
    auto const& rows = layers_.layers.at(layer).approximate;
    if (!rows.empty() && rows[at] != 0) out += (out.empty() ? "" : "; ") + std::string(column);
  };
  mark("destination", spec.destinations, row.destination);
  mark("terminal", spec.terminals, row.terminal);
  mark("to_terminal", spec.terminals, row.to_terminal);
  if (auto const& main = spec.main(mode_of(row.chain.kind)); main && is_direct(row.chain.kind))
    mark("own_place", main->own, row.own);
  return out.empty() ? std::nullopt : std::optional(out);
}

void ChainPlaces::push(ChainSpec const& spec, ChainRow const& row) {
  push_terminal(spec, row.terminal, capacity_, hours_);
  push_terminal(spec, row.to_terminal, to_capacity_, to_hours_);
  train_.push(train(spec, row));
  approximate_.push(approximate(spec, row));
}

void ChainPlaces::add_to(Table& table) && {
  table.add(std::move(capacity_));
  table.add(std::move(hours_));
  table.add(std::move(to_capacity_));
  table.add(std::move(to_hours_));
  table.add(std::move(train_));
  table.add(std::move(approximate_));
}

}  // namespace terrein
