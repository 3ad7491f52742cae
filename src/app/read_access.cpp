#include <algorithm>
#include <cmath>

#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::optional<double> above_zero(TomlTable& table, std::string_view key) {
  auto const value = table.number(key);
  if (value && !(*value > 0)) table.problem(key, "must be above 0.");
  return value;
}

std::optional<Decay> read_decay(TomlTable decay) {
  if (!decay.exists()) return std::nullopt;
  std::optional<Decay> out;
  std::string const kind = decay.text_or("kind", ""), points = decay.text_or("points", "");
  double const unit = above_zero(decay, "per").value_or(1);
  try {
    out = parse_decay(kind, points);
    out->unit = unit;
  } catch (Error const& error) {
    decay.problem(points.empty() ? "points" : "kind", error.what());
  }
  decay.finish();
  return out;
}

/// What a measure cannot do without.
void check_access(TomlTable& table, CriterionSpec const& spec) {
  CriterionKind const* kind = find_criterion_kind(spec.measure);
  if (kind == nullptr || !kind->on_network()) return;
  auto const keys = split(kind->keys, ' ');
  auto const takes = [&keys](char const* key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); };
  if (takes("limit_s") && spec.access.limit_s.has_value() == spec.access.limit_m.has_value())
    table.problem("limit_s", "or `limit_m`, one of both: the seconds or metres by road within which features count.");
  if (spec.measure == "gravity" && !table.has("decay"))
    table.problem("decay", "is missing: how much less a feature counts the farther it is, { kind, points }.");
  if (takes("mu") && !spec.access.mu)
    table.problem("mu", "is missing: the scale of the utility, per second or metre of the limit.");
  if (takes("demand_field") && spec.access.demand_field.empty())
    table.problem("demand_field", "is missing: the attribute with how much of the supply is used.");
  if (spec.measure == "network_passage" && spec.passage.zones.empty() && spec.passage.dwellings.empty())
    table.problem("zones", "or `dwellings` is missing: what a village is to the trucks that pass through it.");
  if ((spec.measure == "network_sum" || spec.measure == "catchment") && spec.field.empty())
    table.problem("field", "is missing: the attribute with the number.");
}

}  // namespace

void read_access(TomlTable& table, CriterionSpec& spec) {
  AccessSpec& access = spec.access;
  double const nth = table.number("nth").value_or(1);
  if (nth < 1 || nth > 100 || nth != std::floor(nth))
    table.problem("nth", "must be a whole number from 1 to 100.");
  else
    access.nth = static_cast<std::size_t>(nth);
  std::string const direction = table.text_or("direction", "to");
  if (auto const found = travel_direction(direction))
    access.direction = *found;
  else
    table.problem("direction", "'" + direction + "' is not one of to, from, both.");
  std::string const join = table.text_or("join", "centroid");
  if (join == "gates")
    access.join = JoinAt::gates;
  else if (join != "centroid")
    table.problem("join", "'" + join + "' is not one of centroid, gates.");
  if (access.join == JoinAt::gates && spec.measure == "catchment")
    table.problem("join", "a catchment joins the roads at centroids alone.");
  access.limit_s = above_zero(table, "limit_s");
  access.limit_m = above_zero(table, "limit_m");
  access.mu = above_zero(table, "mu");
  access.decay = read_decay(table.table("decay"));
  spec.passage.zones = table.text_or("zones", "");
  spec.passage.zone_classes = table.texts("zone_classes");
  spec.passage.dwellings = table.text_or("dwellings", "");
  spec.passage.within_m = above_zero(table, "dwellings_within_m").value_or(spec.passage.within_m);
  spec.passage.per_100_m = above_zero(table, "dwellings_per_100_m").value_or(spec.passage.per_100_m);
  access.demand = table.text_or("demand", "");
  access.demand_field = table.text_or("demand_field", "");
  check_access(table, spec);
}

}  // namespace terrein
