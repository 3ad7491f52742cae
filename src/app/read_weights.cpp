#include "read_weights.hpp"

#include <algorithm>

#include "model_scoring.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "toml_table.hpp"

namespace terrein {
namespace {

std::vector<std::string> keys_of(std::vector<StoredModel> const& models) {
  std::vector<std::string> out;
  for (StoredModel const& model : models) out.push_back(model.config.key);
  return out;
}

std::vector<std::string> criteria_of(ModelConfig const& model) {
  std::vector<std::string> out;
  for (ModelCriterion const& one : model.criteria) out.push_back(one.criterion);
  return out;
}

void read_adoption(TomlTable& table, ModelConfig& model) {
  model.adopted_by = table.text_or("adopted_by", "");
  model.adopted_on = table.date("adopted_on").value_or("");
  if (model.adopted_by.empty() != model.adopted_on.empty())
    table.problem("adopted_by", "name who adopted the weights and when: `adopted_by` and `adopted_on` go together.");
}

void read_weights(TomlTable weights, ModelConfig& model) {
  for (std::string const& key : weights.keys()) {
    auto const weight = weights.number(key);
    auto const it = std::find_if(model.criteria.begin(), model.criteria.end(),
                                 [&](ModelCriterion const& one) { return one.criterion == key; });
    if (it == model.criteria.end())
      weights.problem(key, "the model has no criterion '" + key + "'." + suggestion(key, criteria_of(model)));
    else if (weight)
      it->weight = *weight;
  }
}

StoredModel reweighted(TomlTable table, StoredModel model) {
  read_adoption(table, model.config);
  if (!table.has_table("weights")) table.problem("weights", "is missing: a table with the weights of criteria.");
  read_weights(table.table("weights"), model.config);
  table.finish();
  try {
    model.shares = weight_shares(model.config);
  } catch (Error const& error) {
    table.problem("weights", error.what());
  }
  return model;
}

}  // namespace

std::vector<StoredModel> reweighted_models(std::filesystem::path const& file, std::vector<StoredModel> const& models) {
  TomlFile const toml(file, {});
  Problems problems;
  TomlTable root(toml, problems);
  TomlTable named = root.table("models");
  std::vector<StoredModel> out;
  for (std::string const& key : named.keys()) {
    auto const it =
        std::find_if(models.begin(), models.end(), [&](StoredModel const& one) { return one.config.key == key; });
    TomlTable table = named.table(key);
    if (it == models.end())
      named.problem(key, "the result has no model '" + key + "'." + suggestion(key, keys_of(models)));
    else if (it->config.criteria.empty())
      named.problem(key, "this model of the result scores nothing: it has no criteria to weigh.");
    else
      out.push_back(reweighted(table, *it));
  }
  if (named.keys().empty())
    root.problem("models", "is missing: give weights in tables [models.<key>.weights], as in a study. The result has " +
                               join(keys_of(models), ", ") + ".");
  root.finish();
  problems.throw_if_any();
  return out;
}

}  // namespace terrein
