#include <cmath>
#include <optional>

#include "criteria/kinds.hpp"
#include "criteria/measure_keys.hpp"
#include "criteria/selection.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/chains.hpp"
#include "terrein/criteria/measure_store.hpp"

namespace terrein {
namespace {

CriterionKind const& kind_of(CriterionSpec const& spec) {
  if (auto const* kind = find_criterion_kind(spec.measure)) return *kind;
  std::vector<std::string> names;
  for (CriterionKind const& kind : criterion_kinds()) names.emplace_back(kind.name);
  throw_error(ErrorKind::config, "Criterion '{}' has the unknown measure '{}'.{}", spec.key, spec.measure,
              suggestion(spec.measure, names, names.size()));
}

/// Shares of a raster are of classes or of values.
void check_raster(CriterionSpec const& spec, CriterionKind const& kind, Inputs const& inputs) {
  if (inputs.find(spec.layer) != nullptr)
    throw_error(ErrorKind::config,
                "Criterion '{}' ({}) is measured on a raster, but layer '{}' is one of features. Take a measure of "
                "features, such as area_share.",
                spec.key, spec.measure, spec.layer);
  if (kind.name != "raster_share") return;
  if (spec.classes.empty() == spec.values.empty())
    throw_error(ErrorKind::config, "Criterion '{}' ({}) must name either classes or values of the cells that count.",
                spec.key, spec.measure);
  auto const* source = inputs.find_raster(spec.layer);
  if (source != nullptr && !spec.classes.empty() && source->class_of.empty() && !spec.shipped)
    throw_error(ErrorKind::config,
                "Criterion '{}' ({}) asks for classes, but raster '{}' has none. Say in [layers.{}.classes] which "
                "value is which class, or ask for values.",
                spec.key, spec.measure, spec.layer, spec.layer);
}

void check(CriterionSpec const& spec, Inputs const& inputs) {
  CriterionKind const& kind = kind_of(spec);
  if (!(spec.per > 0) || !std::isfinite(spec.per))
    throw_error(ErrorKind::config, "Criterion '{}' is divided by '{}' (per); give a number above zero.", spec.key,
                spec.per);
  for (std::string const& key : layers_of(spec, inputs))
    if (key.empty())
      throw_error(ErrorKind::config, "Criterion '{}' ({}) does not name the layer it is measured against.", spec.key,
                  spec.measure);
  if (kind.on_raster) return check_raster(spec, kind, inputs);
  for (std::string const& key : layers_of(spec, inputs))
    if (inputs.find_raster(key) != nullptr)
      throw_error(ErrorKind::config,
                  "Criterion '{}' ({}) is measured on features, but layer '{}' is a raster. Take raster_share, "
                  "raster_mean, raster_max or raster_min.",
                  spec.key, spec.measure, key);
  if (!kind.needs_layer || spec.classes.empty() || spec.shipped) return;
  if (auto const* layer = inputs.find(spec.layer)) require_classes(spec, *layer);
}

/// Of a measure whose bounds have rows still.
void forget(Measure& measure, std::size_t row) {
  measure.value.known[row] = measure.low.known[row] = measure.high.known[row] = 0;
  measure.value.values[row] = measure.low.values[row] = measure.high.values[row] = 0;
}

/// Candidates without area keep no value; numbers are divided by `per`.
void finish_numbers(Measure& measure, CriterionSpec const& spec, Workbench const& bench) {
  for (std::size_t row = 0; row < bench.rows(); ++row)
    if (!(bench.area(row) > 0)) forget(measure, row);
  if (spec.per == 1) return;
  for (auto* values : {&measure.value.values, &measure.low.values, &measure.high.values})
    for (double& value : *values) value /= spec.per;
}

void finish_texts(Measure& measure, Workbench const& bench) {
  TextColumn kept;
  kept.reserve(bench.rows());
  for (std::size_t row = 0; row < bench.rows(); ++row)
    kept.push(bench.area(row) > 0 ? measure.text.at(row) : std::nullopt);
  measure.text = std::move(kept);
}

Reason no_layer(std::string const& key) {
  return {fmt::format("the study has no layer '{}'", key), fmt::format("de studie heeft geen laag '{}'", key)};
}

Reason no_classes(std::string const& key) {
  return {fmt::format("layer '{}' has no classes", key), fmt::format("laag '{}' heeft geen klassen", key)};
}

/// Why a shipped cut cannot be made with the data of this study.
Reason gap_of(CutSpec const& cut, Workbench const& bench) {
  if (bench.inputs().find(cut.layer) == nullptr) return no_layer(cut.layer);
  if (!cut.classes.empty() && !has_classes(bench.layer(cut.layer))) return no_classes(cut.layer);
  return {};
}

/// Why a shipped criterion cannot be measured with the data of this study, where a study's own one would be at fault.
Reason shipped_gap(CriterionSpec const& spec, CriterionKind const& kind, Workbench const& bench) {
  if (kind.on_raster) {
    bool const classes = !bench.inputs().find_raster(spec.layer)->class_of.empty();
    return spec.classes.empty() || classes ? Reason{} : no_classes(spec.layer);
  }
  MeasuringLayer const& source = kind.needs_layer ? bench.layer(spec.layer) : bench.candidates();
  if (!spec.field.empty() && source.layer.attributes.find(spec.field) == nullptr)
    return {fmt::format("layer '{}' has no field '{}'", source.layer.name, spec.field),
            fmt::format("laag '{}' heeft geen veld '{}'", source.layer.name, spec.field)};
  bool const asks_for_classes = kind.is_class || !spec.classes.empty();
  if (kind.needs_layer && asks_for_classes && !has_classes(source)) return no_classes(source.layer.name);
  return {};
}

/// Net land when some of the shipped cuts cannot be made: what the others leave is the most it can be, and known when
/// that is nothing.
std::optional<Measure> net_at_most(CriterionSpec const& spec, CriterionKind const& kind, Workbench& bench) {
  CriterionSpec possible = spec;
  possible.cuts.clear();
  Reason why;
  for (CutSpec const& cut : spec.cuts) {
    Reason gap = cut.shipped ? gap_of(cut, bench) : Reason{};
    if (gap.empty())
      possible.cuts.push_back(cut);
    else if (why.empty())
      why = std::move(gap);
  }
  if (why.empty()) return std::nullopt;
  if (possible.cuts.empty()) return unknown_measure({}, {}, false, bench.rows(), std::move(why));
  Measure out = kind.measure(possible, bench);
  bool any_open = false;
  for (std::size_t row = 0; row < bench.rows(); ++row) {
    auto const most = out.value.is_known(row) ? out.value.at(row) : out.high.at(row);
    forget(out, row);
    if (!most) continue;
    settle(out, row, 0, *most, kind.name == "net_share" ? negligible_share : negligible_share * bench.area(row));
    any_open |= !out.value.is_known(row);
  }
  out.why_unknown = any_open ? std::move(why) : Reason{};
  return out;
}

Measure bare(CriterionSpec const& spec, CriterionKind const& kind, Workbench& bench) {
  if (auto partly = net_at_most(spec, kind, bench)) return std::move(*partly);
  for (std::string const& key : layers_of(spec, bench.inputs()))
    if (kind.on_raster ? bench.inputs().find_raster(key) == nullptr : bench.inputs().find(key) == nullptr)
      return unknown_measure({}, {}, kind.is_class, bench.rows(), no_layer(key));
  if (spec.shipped)
    if (Reason why = shipped_gap(spec, kind, bench); !why.empty())
      return unknown_measure({}, {}, kind.is_class, bench.rows(), std::move(why));
  return kind.measure(spec, bench);
}

Measure measured(CriterionSpec const& spec, Workbench& bench) {
  CriterionKind const& kind = kind_of(spec);
  Measure out = bare(spec, kind, bench);
  out.key = spec.key;
  if (!spec.unit.empty() || out.unit.empty()) out.unit = spec.unit.empty() ? std::string(kind.unit) : spec.unit;
  out.is_class = kind.is_class;
  if (MeasuringLayer const* source = kind.needs_layer ? bench.inputs().find(spec.layer) : &bench.candidates();
      kind.is_class && spec.field.empty() && source != nullptr)
    out.separator = source->class_separator;
  if (kind.is_class) {
    finish_texts(out, bench);
  } else {
    finish_numbers(out, spec, bench);
  }
  for (std::size_t row = 0; row < bench.rows(); ++row)
    if (!(bench.area(row) > 0)) out.by[row] = no_row;
  out.low.drop_if_null();
  out.high.drop_if_null();
  return out;
}

std::vector<std::string> keys_of(std::span<CriterionSpec const> specs, Inputs const& inputs) {
  MeasureKeys const keys(inputs, specs);
  std::vector<std::string> out;
  for (CriterionSpec const& spec : specs) out.push_back(keys.of(spec));
  return out;
}

}  // namespace

std::vector<Measure> measure_all(std::span<CriterionSpec const> specs, Inputs const& inputs) {
  for (CriterionSpec const& spec : specs) check(spec, inputs);
  std::vector<Measure> out(specs.size());
  std::vector<std::string> const keys = inputs.store == nullptr ? std::vector<std::string>{} : keys_of(specs, inputs);
  std::vector<CriterionSpec> missing;
  std::vector<std::size_t> place;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (std::optional<Measure> kept = keys.empty() || keys[i].empty() ? std::nullopt : inputs.store->find(keys[i])) {
      out[i] = std::move(*kept);
      out[i].key = specs[i].key;
    } else {
      missing.push_back(specs[i]);
      place.push_back(i);
    }
  }
  Workbench bench(inputs, missing);
  ProgressStage progress(inputs.progress, "measure", missing.size());
  for (std::size_t i = 0; i < missing.size(); ++i) {
    ProgressPart const part(progress);
    auto const work = [&] { return measured(missing[i], bench); };
    out[place[i]] = inputs.stats == nullptr ? work() : inputs.stats->part(missing[i].key, work);
    if (!keys.empty() && !keys[place[i]].empty()) inputs.store->keep(keys[place[i]], out[place[i]]);
  }
  return out;
}

void measure_under(std::span<CriterionSpec const> specs, Inputs const& inputs,
                   std::span<std::map<std::string, FreightFactors> const> draws,
                   std::function<void(std::size_t, std::size_t, Measure)> const& take) {
  for (CriterionSpec const& spec : specs) check(spec, inputs);
  Workbench bench(inputs, specs);
  for (std::size_t draw = 0; draw < draws.size(); ++draw) {
    bench.use_factors(draws[draw]);
    for (std::size_t i = 0; i < specs.size(); ++i) take(draw, i, measured(specs[i], bench));
  }
}

Measure measure(CriterionSpec const& spec, Inputs const& inputs) {
  return std::move(measure_all({&spec, 1}, inputs).front());
}

}  // namespace terrein
