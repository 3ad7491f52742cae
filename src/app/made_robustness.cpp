#include <fmt/core.h>

#include <algorithm>

#include "drawn_factors.hpp"
#include "made_layers.hpp"
#include "result_tables.hpp"
#include "robustness_tables.hpp"

namespace terrein {

namespace {

MadeLayer draws_layer(char const* name, Table table, std::size_t draws, Labels const& labels) {
  MadeLayer out;
  out.name = name;
  out.description = labels.get("term", std::string(name) + "_help");
  out.table = std::move(table);
  for (std::size_t draw = 0; draw < draws; ++draw)
    out.notes[draw_column(draw)] = {fmt::format("{} {}", labels.get("term", "draw"), draw + 1), {}, {}};
  return out;
}

}  // namespace

std::vector<PlannedLayer> plan_robustness(Study const& study) {
  std::vector<PlannedLayer> out;
  if (study.robustness.asked)
    for (std::string const& name : RobustnessTables::names()) out.push_back({name, ShapeType::none});
  if (!criteria_on_factors(study).empty())
    for (char const* name : {"factor_draws", "drawn_measures"}) out.push_back({name, ShapeType::none});
  return out;
}

std::vector<MadeLayer> make_robustness(MadeFrom const& from) {
  RobustnessTables tables(from.inputs.candidates->layer.id, from.study.robustness);
  auto const& left_out = from.study.output.leave_out;
  for (ModelResult const& model : from.judgement.models)
    if (model.robustness != nullptr && std::find(left_out.begin(), left_out.end(), model.model->key) == left_out.end())
      tables.add({*model.model, model.weights, model.rank, model.rules, weights_note(*model.model, from.labels),
                  *model.robustness});
  std::vector<MadeLayer> out;
  for (auto& [name, table] : tables.take()) {
    MadeLayer layer;
    layer.name = name;
    layer.table = std::move(table);
    if (name == "robustness") layer.codes = {{"weights_drawn", "weight_kind"}, {"missing_drawn", "yes_no"}};
    if (name == "investigate_first") {
      layer.description = from.labels.get("term", "investigate_first_help");
      layer.codes = {{"decides", "fact_kind"}, {"in_top_now", "yes_no"}};
    }
    out.push_back(std::move(layer));
  }
  if (DrawnFactors const* const drawn = from.judgement.factors.get(); drawn != nullptr) {
    out.push_back(draws_layer("factor_draws", factor_draws_table(*drawn), drawn->draws, from.labels));
    out.push_back(draws_layer("drawn_measures", drawn_measures_table(*drawn, from.inputs.candidates->layer.id),
                              drawn->draws, from.labels));
    out.back().codes["figure"] = "figure";
  }
  return out;
}

}  // namespace terrein
