#include "read_weights.hpp"

#include <algorithm>

#include "model_scoring.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"
#include "toml_table.hpp"
#include "weight_sets.hpp"

namespace terrein {
namespace {

std::vector<std::string> keys_of(std::vector<StoredModel> const& models) {
  std::vector<std::string> out;
  for (StoredModel const& model : models) out.push_back(model.config.key);
  return out;
}

/// `named`: the file says what its sets are called. Plain weights without a name are those of the model, moved.
StoredModel reweighted(GivenWeights const& given, WeightsFile file, bool named, StoredModel model) {
  take_weights(given, model.config);
  model.shares = weight_shares(model.config);
  if (!named && given.set.how == Elicitation::direct)
    file = {};
  else
    file.sets = {{model.config.key, given.set}};
  model.config.scoring.weights_file = std::move(file);
  return model;
}

}  // namespace

std::vector<StoredModel> reweighted_models(std::filesystem::path const& file, std::vector<StoredModel> const& models) {
  TomlFile const toml(file, {});
  Problems problems;
  TomlTable root(toml, problems);
  WeightsHead const head = read_weights_head(root, file.stem().string(), false);
  bool const named_sets = root.has("name") || root.has("label_nl") || root.has("label_en");
  WeightsFile source;
  source.raw = source.written = file.filename().string();
  source.path = file.string();
  source.sha256 = sha256_of_file(file);
  TomlTable named = root.table("models");
  std::vector<StoredModel> out;
  for (std::string const& key : named.keys()) {
    auto const it =
        std::find_if(models.begin(), models.end(), [&](StoredModel const& one) { return one.config.key == key; });
    TomlTable table = named.table(key);
    if (it == models.end()) {
      named.problem(key, "the result has no model '" + key + "'." + suggestion(key, keys_of(models)));
    } else if (it->config.criteria.empty()) {
      named.problem(key, "this model of the result scores nothing: it has no criteria to weigh.");
    } else if (auto const given = read_weight_set(table, toml, head, it->config, DataWeightsAllowed::no)) {
      out.push_back(reweighted(*given, source, named_sets, *it));
    }
  }
  if (named.keys().empty())
    root.problem("models", "is missing: give weights in tables [models.<key>.weights], as in a study. The result has " +
                               join(keys_of(models), ", ") + ".");
  root.finish();
  problems.throw_if_any();
  return out;
}

}  // namespace terrein
