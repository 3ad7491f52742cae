#include "model_scoring.hpp"

#include <algorithm>

#include "robustness.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::vector<double> weights_of(ModelConfig const& model) {
  std::vector<double> out;
  for (ModelCriterion const& one : model.criteria) out.push_back(one.weight);
  return out;
}

std::vector<Values const*> pointers(std::vector<Values> const& values) {
  std::vector<Values const*> out;
  for (Values const& one : values) out.push_back(&one);
  return out;
}

bool contains(ModelGroup const& group, std::string const& criterion) {
  return std::find(group.criteria.begin(), group.criteria.end(), criterion) != group.criteria.end();
}

/// The group `key` with those below it; the empty key is the whole.
CriteriaGroup group_of(ModelConfig const& model, std::string const& key) {
  CriteriaGroup out;
  out.key = key;
  for (ModelGroup const& group : model.scoring.groups) {
    if (group.of == key) out.groups.push_back(group_of(model, group.key));
    if (group.key != key) continue;
    out.weight = group.weight;
    out.compensation = group.compensation;
    for (std::size_t i = 0; i < model.criteria.size(); ++i)
      if (contains(group, model.criteria[i].criterion)) out.criteria.push_back(i);
  }
  return out;
}

std::string shown(double value, Labels const& labels) {
  std::string out = shortest(value);
  if (labels.language() == Language::nl) std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

}  // namespace

bool has_method(ModelConfig const& model) {
  return !draws_for(model.scoring.aggregation) || !model.scoring.groups.empty() ||
         !model.scoring.aggregation.vetoes.empty();
}

bool is_weighted_sum(ModelConfig const& model) {
  auto const& groups = model.scoring.groups;
  return draws_for(model.scoring.aggregation) && std::all_of(groups.begin(), groups.end(), [](ModelGroup const& group) {
           return group.compensation.value_or(1) == 1;
         });
}

CriteriaGroup tree_of(ModelConfig const& model) {
  CriteriaGroup out = group_of(model, "");
  for (std::size_t i = 0; i < model.criteria.size(); ++i) {
    std::string const& key = model.criteria[i].criterion;
    auto const& groups = model.scoring.groups;
    if (std::none_of(groups.begin(), groups.end(), [&key](ModelGroup const& group) { return contains(group, key); }))
      out.criteria.push_back(i);
  }
  return out;
}

std::vector<double> weight_shares(ModelConfig const& model) {
  if (model.scoring.groups.empty()) return normalised_weights(weights_of(model), model.key);
  return flat_weights(tree_of(model), weights_of(model));
}

TreeScores scores_by(ModelConfig const& model, std::vector<Values> const& values, std::vector<double> const& shares,
                     unsigned workers) {
  try {
    if (model.scoring.groups.empty())
      return {aggregate(pointers(values), shares, model.scoring.aggregation, workers), {}};
    return aggregate_tree(pointers(values), weights_of(model), model.scoring.aggregation, tree_of(model), workers);
  } catch (Error const& error) {
    throw_error(error.kind(), "Model '{}': {}", model.key, error.what());
  }
}

VetoOutcome vetoes_by(ModelConfig const& model, std::vector<Values> const& values, unsigned workers) {
  auto const& vetoes = model.scoring.aggregation.vetoes;
  return vetoes.empty() ? VetoOutcome{} : vetoes_of(pointers(values), vetoes, workers);
}

std::vector<std::uint8_t> ranked_rows(ModelConfig const& model, std::vector<std::uint8_t> const& standing,
                                      Scores const& scores, VetoOutcome const& vetoes) {
  std::vector<std::uint8_t> out(standing.size(), 0);
  for (std::size_t row = 0; row < out.size(); ++row)
    out[row] = standing[row] != 0 && scores.score.is_known(row) &&
                       scores.completeness[row] >= model.min_completeness - tie_tolerance &&
                       (vetoes.result.empty() || vetoes.result[row] != VetoResult::vetoed)
                   ? 1
                   : 0;
  return out;
}

std::string method_note(ModelConfig const& model, Labels const& labels) {
  std::vector<std::string> relative, groups, vetoes;
  for (ModelCriterion const& one : model.criteria)
    if (one.function.kind == ValueKind::minmax) relative.push_back(one.criterion);
  Bilingual const words = describe(model.scoring.aggregation, relative);
  std::string out = labels.pick(words.nl, words.en);
  for (ModelGroup const& group : model.scoring.groups) {
    groups.push_back(group_label(group, labels));
    if (group.compensation)
      groups.back() += " (" + labels.get("term", "compensation") + " " + shown(*group.compensation, labels) + ")";
  }
  for (Veto const& veto : model.scoring.aggregation.vetoes)
    vetoes.push_back(model.criteria[veto.criterion].criterion + " < " + shown(veto.below, labels));
  if (!groups.empty()) out += "; " + labels.get("term", "groups") + ": " + join(groups, ", ");
  if (!vetoes.empty()) out += "; " + labels.get("term", "veto") + ": " + join(vetoes, ", ");
  return out;
}

std::string group_label(ModelGroup const& group, Labels const& labels) {
  std::string const label = labels.pick(group.label_nl, group.label_en);
  return label.empty() ? group.key : label;
}

}  // namespace terrein
