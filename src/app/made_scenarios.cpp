#include <algorithm>
#include <numeric>

#include "compare_tables.hpp"
#include "made_layers.hpp"
#include "named_columns.hpp"
#include "result_tables.hpp"
#include "scenario.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/layer.hpp"

namespace terrein {
namespace {

std::string layer_of(ScenarioSpec const& scenario) { return "changes_" + scenario.key; }
std::string causes_of(ScenarioSpec const& scenario) { return "change_causes_" + scenario.key; }

std::string label_of(ScenarioSpec const& scenario, Labels const& labels) {
  std::string const label = labels.pick(scenario.label_nl, scenario.label_en);
  return label.empty() ? scenario.key : label;
}

bool is_left_out(Study const& study, std::string const& model) {
  auto const& list = study.output.leave_out;
  return std::find(list.begin(), list.end(), model) != list.end();
}

std::vector<Row> in_id_order(Layer const& layer) {
  std::vector<Row> out(layer.size());
  std::iota(out.begin(), out.end(), Row{0});
  std::sort(out.begin(), out.end(), [&layer](Row a, Row b) { return layer.id_rank[a] < layer.id_rank[b]; });
  return out;
}

/// The layer of who moves, styled as that of two results that are compared, and why.
std::vector<MadeLayer> change_layers_of(ScenarioOutcome const& scenario, MadeFrom const& from) {
  Layer const& candidates = from.inputs.candidates->layer;
  Comparison comparison;
  comparison.language = from.study.language;
  comparison.ids = candidates.id;
  comparison.top = static_cast<std::int64_t>(from.study.robustness.top);
  for (ScenarioModel const& model : scenario.models)
    if (!is_left_out(from.study, model.key)) comparison.models.push_back(model.changes);
  GeometryColumn shapes;
  GeometryBuilder builder(shapes);
  for (ChangedRow const& row : changed_rows(comparison.models))
    builder.copy_row(candidates.geometry, comparison.models[row.model].changed[row.candidate].pair);
  auto layers = change_layers(comparison, shapes, from.layers.crs, data_folders().styles, from.labels);
  std::string const title = from.labels.get("layer", "changes") + ": " + label_of(*scenario.config, from.labels);
  std::vector<MadeLayer> out(2);
  out[0].name = layer_of(*scenario.config);
  out[0].shape = ShapeType::polygon;
  out[0].shapes = std::move(shapes);
  out[0].ready = std::move(layers[0]);
  out[0].ready->title = title;
  out[1].name = causes_of(*scenario.config);
  out[1].ready = std::move(layers[1]);
  out[1].ready->title = from.labels.get("layer", "change_causes") + ": " + label_of(*scenario.config, from.labels);
  for (MadeLayer& one : out) one.ready->name = one.name;
  return out;
}

/// What every change of a scenario adds to the score of a candidate: with what is changed already.
MadeLayer steps_table(MadeFrom const& from) {
  NamedColumns to;
  for (char const* name : {"scenario", "model", "id"}) to.texts(name);
  to.counts("step");
  for (char const* name : {"changed", "changed_to"}) to.texts(name);
  to.numbers("points");
  std::size_t rows = 0;
  for (auto const& scenario : from.judgement.scenarios)
    for (ScenarioModel const& model : scenario->models) {
      if (is_left_out(from.study, model.key)) continue;
      for (CandidateShift const& one : model.changes.changed)
        for (std::size_t step = 0; step < scenario->steps.size(); ++step) {
          auto const points = model.step_points[step].at(one.pair);
          if (points && *points == 0) continue;
          to.texts("scenario").push(scenario->config->key);
          to.texts("model").push(model.key);
          to.texts("id").push(from.inputs.candidates->layer.id[one.pair]);
          to.counts("step").push(static_cast<std::int64_t>(step + 1));
          to.texts("changed").push(scenario->steps[step].key);
          std::string const& value = scenario->steps[step].value;
          to.texts("changed_to").push(value.empty() ? std::nullopt : std::optional<std::string_view>(value));
          to.numbers("points").push(points);
          ++rows;
        }
    }
  MadeLayer out;
  out.name = "scenario_steps";
  out.table = to.table(rows);
  return out;
}

/// In the top k of how many: of the study as it stands and of every scenario.
MadeLayer consensus_table(MadeFrom const& from) {
  auto const k = static_cast<double>(from.study.robustness.top);
  NamedColumns to;
  for (char const* name : {"model", "id"}) to.texts(name);
  for (char const* name : {"in_top_n", "of_n", "rank_now"}) to.counts(name);
  for (auto const& scenario : from.judgement.scenarios) to.counts("rank_" + scenario->config->key);
  std::size_t rows = 0;
  for (ModelResult const& base : from.judgement.models) {
    if (is_left_out(from.study, base.model->key) || base.model->criteria.empty()) continue;
    std::vector<Column<double> const*> ranks{&base.rank};
    for (auto const& scenario : from.judgement.scenarios)
      for (ScenarioModel const& model : scenario->models)
        if (model.key == base.model->key) ranks.push_back(&model.rank);
    if (ranks.size() != from.judgement.scenarios.size() + 1) continue;  // a scenario scores this model no more
    for (Row const row : in_id_order(from.inputs.candidates->layer)) {
      auto const in_top = [row, k](Column<double> const* rank) {
        return rank->is_known(row) && rank->values[row] <= k;
      };
      auto const n = std::count_if(ranks.begin(), ranks.end(), in_top);
      if (n == 0) continue;
      to.texts("model").push(base.model->key);
      to.texts("id").push(from.inputs.candidates->layer.id[row]);
      to.counts("in_top_n").push(n);
      to.counts("of_n").push(static_cast<std::int64_t>(ranks.size()));
      for (std::size_t i = 0; i < ranks.size(); ++i) {
        std::string const name = i == 0 ? "rank_now" : "rank_" + from.judgement.scenarios[i - 1]->config->key;
        auto const rank = ranks[i]->at(row);
        to.counts(name).push(rank ? std::optional(static_cast<std::int64_t>(*rank)) : std::nullopt);
      }
      ++rows;
    }
  }
  MadeLayer out;
  out.name = "scenario_consensus";
  out.table = to.table(rows);
  for (auto const& scenario : from.judgement.scenarios)
    out.notes["rank_" + scenario->config->key] = {
        from.labels.get("column", "rank") + ": " + label_of(*scenario->config, from.labels), "", ""};
  return out;
}

}  // namespace

std::vector<PlannedLayer> plan_scenarios(Study const& study) {
  std::vector<PlannedLayer> out;
  for (ScenarioSpec const& scenario : study.scenarios) {
    out.push_back({layer_of(scenario), ShapeType::polygon});
    out.push_back({causes_of(scenario), ShapeType::none});
  }
  if (!out.empty())
    for (char const* name : {"scenario_steps", "scenario_consensus"}) out.push_back({name, ShapeType::none});
  return out;
}

std::vector<MadeLayer> make_scenarios(MadeFrom const& from) {
  std::vector<MadeLayer> out;
  for (auto const& scenario : from.judgement.scenarios)
    for (MadeLayer& one : change_layers_of(*scenario, from)) out.push_back(std::move(one));
  out.push_back(steps_table(from));
  out.push_back(consensus_table(from));
  return out;
}

}  // namespace terrein
