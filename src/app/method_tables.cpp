#include "method_tables.hpp"

#include <algorithm>
#include <limits>

#include "model_scoring.hpp"
#include "result_facts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

void add_labelled(OutputLayer& layer, AnyColumn column, Labels const& labels) {
  std::string const name = name_of(column);
  layer.fields[name] = {labels.get("column", name), "", ""};
  layer.table.add(std::move(column));
}

/// "level q=0.1 p=0.3"
std::string text_of(Preference const& of) {
  std::string out(to_string(of.kind));
  for (auto const& [name, value] : {std::pair{" q=", of.q}, {" p=", of.p}, {" s=", of.s}})
    if (value != 0) out += name + shortest(value);
  return out;
}

Preference preference_of(std::string const& text) {
  auto const words = split(text, ' ');
  auto const kind = preference_kind(words.empty() ? std::string() : words.front());
  if (!kind) throw_error(ErrorKind::config, "'{}' is no preference", text);
  Preference out{*kind};
  for (std::size_t i = 1; i < words.size(); ++i) {
    auto const parts = split(words[i], '=');
    auto const number = parts.size() == 2 ? parse_number(parts[1]) : std::nullopt;
    if (!number) throw_error(ErrorKind::config, "'{}' is no preference", text);
    (parts[0] == "q" ? out.q : parts[0] == "p" ? out.p : out.s) = *number;
  }
  return out;
}

/// A number that may be infinite, as text.
double exponent_of(std::string const& text) {
  if (text == shortest(-std::numeric_limits<double>::infinity())) return -std::numeric_limits<double>::infinity();
  auto const number = parse_number(text);
  if (!number) throw_error(ErrorKind::config, "'{}' is no compensation", text);
  return *number;
}

std::optional<std::string> group_of(ModelConfig const& model, std::string const& criterion) {
  for (ModelGroup const& group : model.scoring.groups)
    if (std::find(group.criteria.begin(), group.criteria.end(), criterion) != group.criteria.end()) return group.key;
  return std::nullopt;
}

/// A setting where its method is in use.
std::optional<double> setting(Aggregation const& of, Method method, double value) {
  return of.method == method ? std::optional(value) : std::nullopt;
}

}  // namespace

void add_method_columns(std::vector<ModelResult const*> const& models, OutputLayer& table, Labels const& labels) {
  TextColumn method("aggregation"), note("aggregation_note"), scales("normalisation"), preference("preference"),
      group("in_group"), exponent("compensation");
  Column<double> orness("orness", 0), v("vikor_v", 0), veto("veto_below", 0);
  for (ModelResult const* result : models)
    for (std::size_t i = 0; i < result->model->criteria.size(); ++i) {
      ModelConfig const& model = *result->model;
      Aggregation const& of = model.scoring.aggregation;
      method.push(to_string(of.method));
      note.push(method_note(model, labels));
      scales.push(to_string(of.normalisation));
      // Text, as a column of numbers cannot hold -inf.
      auto const power = setting(of, Method::power_mean, of.compensation);
      exponent.push(power ? std::optional<std::string>(shortest(*power)) : std::nullopt);
      orness.push(setting(of, Method::owa, of.orness));
      v.push(setting(of, Method::vikor, of.v));
      if (of.method == Method::promethee)
        preference.push(text_of(of.preferences.empty() ? Preference{} : of.preferences[i]));
      else
        preference.push(std::nullopt);
      auto const one =
          std::find_if(of.vetoes.begin(), of.vetoes.end(), [i](Veto const& it) { return it.criterion == i; });
      veto.push(one == of.vetoes.end() ? std::nullopt : std::optional(one->below));
      group.push(group_of(model, model.criteria[i].criterion));
    }
  for (TextColumn* column : {&method, &note, &scales, &exponent}) add_labelled(table, std::move(*column), labels);
  for (Column<double>* column : {&orness, &v}) add_labelled(table, std::move(*column), labels);
  add_labelled(table, std::move(preference), labels);
  add_labelled(table, std::move(veto), labels);
  add_labelled(table, std::move(group), labels);
}

OutputLayer groups_table(std::vector<ModelResult const*> const& models, Labels const& labels) {
  OutputLayer out;
  out.name = "criteria_groups";
  out.title = labels.get("layer", out.name);
  TextColumn model("model"), key("key"), inside("in_group"), nl("label_nl"), en("label_en"), exponent("compensation");
  Column<double> weight("weight", 0);
  for (ModelResult const* result : models)
    for (ModelGroup const& group : result->model->scoring.groups) {
      model.push(result->model->key);
      key.push(group.key);
      inside.push(group.of.empty() ? std::nullopt : std::optional<std::string_view>(group.of));
      nl.push(group.label_nl);
      en.push(group.label_en);
      weight.push(group.weight);
      exponent.push(group.compensation ? std::optional<std::string>(shortest(*group.compensation)) : std::nullopt);
    }
  out.table = Table(model.size());
  for (TextColumn* column : {&model, &key, &inside, &nl, &en}) add_labelled(out, std::move(*column), labels);
  add_labelled(out, std::move(weight), labels);
  add_labelled(out, std::move(exponent), labels);
  return out;
}

void read_method_columns(Table const& models, std::size_t row, ModelConfig& model) {
  if (models.find("aggregation") == nullptr) return;
  Aggregation& out = model.scoring.aggregation;
  auto const method = aggregation_method(cell(models, "aggregation", row));
  auto const scales = normalisation(cell(models, "normalisation", row));
  if (!method || !scales)
    throw_error(ErrorKind::config, "'{}' with '{}' is no method", cell(models, "aggregation", row),
                cell(models, "normalisation", row));
  out.method = *method;
  out.normalisation = *scales;
  if (std::string const text = cell(models, "compensation", row); !text.empty()) out.compensation = exponent_of(text);
  out.orness = number(models, "orness", row).value_or(out.orness);
  out.v = number(models, "vikor_v", row).value_or(out.v);
  if (out.method == Method::promethee) out.preferences.push_back(preference_of(cell(models, "preference", row)));
  if (auto const below = number(models, "veto_below", row)) out.vetoes.push_back({model.criteria.size() - 1, *below});
  std::string const group = cell(models, "in_group", row);
  for (ModelGroup& one : model.scoring.groups)
    if (one.key == group) one.criteria.push_back(model.criteria.back().criterion);
}

ModelGroup read_group_row(Table const& groups, std::size_t row) {
  ModelGroup out;
  out.key = cell(groups, "key", row);
  out.of = cell(groups, "in_group", row);
  out.label_nl = cell(groups, "label_nl", row);
  out.label_en = cell(groups, "label_en", row);
  out.weight = number(groups, "weight", row);
  if (std::string const text = cell(groups, "compensation", row); !text.empty()) out.compensation = exponent_of(text);
  return out;
}

}  // namespace terrein
