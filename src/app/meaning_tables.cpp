#include "meaning_tables.hpp"

#include <algorithm>
#include <cmath>

#include "method_tables.hpp"
#include "result_tables.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/meaning.hpp"
#include "weight_set_columns.hpp"
#include "weight_sets.hpp"

namespace terrein {
namespace {

void add_labelled(OutputLayer& layer, AnyColumn column, Labels const& labels) {
  std::string const name = name_of(column);
  layer.fields[name] = {labels.get("column", name), "", ""};
  layer.table.add(std::move(column));
}

/// Text columns under construction, added in the order in which they were named.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> const& names) {
    for (std::string const& name : names) columns_.emplace_back(name);
  }
  /// One cell per column; empty text becomes null.
  void row(std::vector<std::string> const& cells) {
    for (std::size_t i = 0; i < columns_.size(); ++i)
      columns_[i].push(cells[i].empty() ? std::nullopt : std::optional<std::string_view>(cells[i]));
  }
  [[nodiscard]] std::size_t rows() const { return columns_.front().size(); }
  void put(OutputLayer& layer, Labels const& labels) {
    for (TextColumn& column : columns_) add_labelled(layer, std::move(column), labels);
  }

 private:
  std::vector<TextColumn> columns_;
};

OutputLayer named(std::string const& name, Labels const& labels) {
  OutputLayer out;
  out.name = name;
  out.title = labels.get("layer", name);
  return out;
}

/// Keys of the layers that a criterion reads; those of the candidates when it reads no other.
std::string layers_of(Study const& study, CriterionSpec const& spec) {
  std::vector<std::string> out;
  auto const add = [&out](std::string const& key) {
    if (!key.empty() && std::find(out.begin(), out.end(), key) == out.end()) out.push_back(key);
  };
  add(spec.layer);
  add(spec.roads);
  add(spec.access.demand);
  add(spec.passage.zones);
  add(spec.passage.dwellings);
  for (CutSpec const& cut : spec.cuts) add(cut.layer);
  if (auto const chains = study.chains.find(spec.chains); chains != study.chains.end())
    for (std::string const& key : layers_of(chains->second)) add(key);
  if (out.empty()) add(study.candidates);
  return join(out, "|");
}

std::string or_key(std::string const& label, std::string const& key) { return label.empty() ? key : label; }

std::string numbers(std::vector<double> const& values) {
  std::vector<std::string> out;
  for (double const value : values) out.push_back(shortest(value));
  return join(out, "|");
}

/// One bound of a null: absent where there is none, or none that is finite.
std::optional<double> finite(BoundColumn const& column, std::size_t row) {
  if (!column.is_known(row) || !std::isfinite(column.values[row])) return std::nullopt;
  return column.values[row];
}

}  // namespace

int decimals_of(std::string const& unit) {
  if (unit == "share") return 3;
  for (char const* whole : {"m", "m2", "n", "s", "EUR", "EUR/m2"})
    if (unit == whole) return 0;
  for (char const* tenth : {"min", "km", "%"})
    if (unit == tenth) return 1;
  return 2;
}

OutputLayer criteria_table(Study const& study, Judgement const& judgement, Labels const& labels) {
  OutputLayer out = named("criteria", labels);
  TextTable texts({"key", "label_nl", "label_en", "unit", "type", "measure", "meaning_nl", "meaning_en", "layers",
                   "by_layer", "classes", "class_separator", "level", "unmeasured_nl", "unmeasured_en"});
  Column<std::int64_t> decimals("decimals", 0);
  for (std::size_t i = 0; i < study.criteria.size(); ++i) {
    CriterionSpec const& spec = study.criteria[i];
    Measure const& measure = judgement.measures[i];
    Reason const meaning = meaning_of(spec);
    std::string const separator = measure.separator == '\0' ? "" : std::string(1, measure.separator);
    std::string const classes = spec.classes.empty() ? numbers(spec.values) : join(spec.classes, "|");
    texts.row({spec.key, or_key(spec.label_nl, spec.key), or_key(spec.label_en, spec.key), measure.unit,
               measure.is_class ? "class" : "number", spec.measure, meaning.nl, meaning.en, layers_of(study, spec),
               measure.by_layer, classes, separator, spec.of_site ? "site" : "parcel", measure.why_unknown.nl,
               measure.why_unknown.en});
    decimals.push(measure.is_class ? std::nullopt : std::optional<std::int64_t>(decimals_of(measure.unit)));
  }
  out.table = Table(texts.rows());
  texts.put(out, labels);
  add_labelled(out, std::move(decimals), labels);
  return out;
}

OutputLayer rules_table(Study const& study, Judgement const& judgement, std::vector<ModelResult const*> const& models,
                        Labels const& labels) {
  OutputLayer out = named("rules", labels);
  TextTable texts({"model", "key", "label_nl", "label_en", "effect", "ground", "reference", "date", "mark", "criterion",
                   "test", "duty", "level", "layer", "classes", "by_layer"});
  Column<double> buffer("buffer_m", 0);
  auto const add = [&](std::string const& model, RuleSpec const& rule) {
    auto const cut = study.cuts.find(rule.key);
    auto const measured = judgement.cuts.find(rule.key);
    bool const cuts = rule.effect == RuleEffect::cut && cut != study.cuts.end();
    texts.row({model, rule.key, or_key(rule.label_nl, rule.key), or_key(rule.label_en, rule.key),
               std::string(to_string(rule.effect)), std::string(to_string(rule.ground)), rule.reference, rule.date,
               rule.mark, rule.criterion, to_text(rule.test), rule.duty, rule.of_site ? "site" : "parcel",
               cuts ? cut->second.layer : "", cuts ? join(cut->second.classes, "|") : "",
               measured == judgement.cuts.end() ? "" : measured->second.by_layer});
    buffer.push(cuts ? std::optional<double>(cut->second.buffer_m) : std::nullopt);
  };
  for (ModelResult const* model : models)
    for (RuleSpec const* rule : model->rules) add(model->model->key, *rule);
  if (study.models.empty())
    for (RuleSpec const& rule : study.rules) add("", rule);
  out.table = Table(texts.rows());
  texts.put(out, labels);
  add_labelled(out, std::move(buffer), labels);
  return out;
}

OutputLayer bounds_table(Study const& study, MeasuringLayer const& candidates, Judgement const& judgement,
                         Labels const& labels) {
  OutputLayer out = named("bounds", labels);
  TextColumn id("id"), of("of_column");
  Column<double> least("least", 0), most("most", 0);
  auto const add = [&](std::size_t row, std::string const& column, std::optional<double> low,
                       std::optional<double> high) {
    if (!low && !high) return;
    id.push(candidates.layer.id[row]);
    of.push(column);
    least.push(low);
    most.push(high);
  };
  for (std::size_t row = 0; row < candidates.layer.size(); ++row) {
    for (std::size_t i = 0; i < study.criteria.size(); ++i) {
      Measure const& measure = judgement.measures[i];
      if (measure.is_class || measure.is_known(row)) continue;
      add(row, "val_" + study.criteria[i].key, finite(measure.low, row), finite(measure.high, row));
    }
    for (auto const& [key, taken] : judgement.cuts) {
      if (taken.is_known(row)) continue;
      double const threshold = study.find_rule(key)->test.threshold;  // margins of cuts count from it
      auto const margin = [threshold](std::optional<double> share) {
        return share ? std::optional(threshold - *share) : std::nullopt;
      };
      add(row, "m_" + key, margin(finite(taken.high, row)), margin(finite(taken.low, row)));
    }
  }
  out.table = Table(id.size());
  for (TextColumn* column : {&id, &of}) add_labelled(out, std::move(*column), labels);
  add_labelled(out, std::move(least), labels);
  add_labelled(out, std::move(most), labels);
  return out;
}

OutputLayer models_table(Study const& study, Judgement const& judgement, std::vector<ModelResult const*> const& models,
                         std::string const& weights, Labels const& labels) {
  OutputLayer layer = named("models", labels);
  layer.description = weights;
  TextColumn model("model"), label("label"), criterion("criterion"), name("criterion_label"), unit("unit"),
      function("value_function"), points("points"), mark("mark"), why("why"), adopted("adopted"), missing("unmeasured"),
      level("level"), outside("outside");
  Column<double> weight("weight", 0), share("weight_share", 0), least("min_completeness", 0);
  WeightSetColumns sets;
  for (ModelResult const* result : models)
    for (std::size_t i = 0; i < result->model->criteria.size(); ++i) {
      ModelConfig const& config = *result->model;
      ModelCriterion const& one = config.criteria[i];
      CriterionSpec const& spec = *study.find_criterion(one.criterion);
      Measure const& measure = measure_of(judgement.measures, spec.key);
      model.push(config.key);
      label.push(model_label(config, labels));
      criterion.push(one.criterion);
      name.push(criterion_label(spec, labels));
      unit.push(measure.unit);
      level.push(spec.of_site ? "site" : "parcel");
      function.push(to_string(one.function.kind));
      points.push(to_text(one.function));
      outside.push(to_string(one.function.outside));
      mark.push(one.mark);
      why.push(one.why);
      adopted.push(weights_note(config, labels));
      sets.push(weight_set_of(config), labels);
      if (measure.why_unknown.empty())
        missing.push(std::nullopt);
      else
        missing.push(labels.pick(measure.why_unknown.nl, measure.why_unknown.en));
      weight.push(one.weight);
      share.push(result->weights[i]);
      least.push(config.min_completeness);
    }
  layer.table = Table(model.size());
  for (TextColumn* column : {&model, &label, &criterion, &name, &level, &unit})
    add_labelled(layer, std::move(*column), labels);
  for (Column<double>* column : {&weight, &share, &least}) add_labelled(layer, std::move(*column), labels);
  for (TextColumn* column : {&function, &points, &outside, &mark, &why, &adopted, &missing})
    add_labelled(layer, std::move(*column), labels);
  for (AnyColumn& column : sets.take()) add_labelled(layer, std::move(column), labels);
  add_method_columns(models, layer, labels);
  return layer;
}

}  // namespace terrein
