// Files of weights that a study names: for its models, and for those who have a say.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "named_file.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "weight_sets.hpp"

namespace terrein {
namespace {

constexpr char const* file_of_weights = "the file of weights";

std::string stem(NamedFile const& file) { return std::filesystem::path(file.path).stem().string(); }

/// The tables of models in a file; those of models that the study does not have are problems.
std::vector<std::string> models_in(TomlTable& root, TomlTable& named, std::vector<std::string> const& known) {
  std::vector<std::string> out;
  for (std::string const& key : named.keys()) {
    if (std::find(known.begin(), known.end(), key) != known.end())
      out.push_back(key);
    else
      named.problem(key, "the study has no model '" + key + "'." + suggestion(key, known));
  }
  if (named.keys().empty())
    root.problem("models",
                 "is missing: give weights in tables [models.<key>]. The study has " + join(known, ", ") + ".");
  return out;
}

constexpr char const* scores_nothing = "this model of the study scores nothing: it has no criteria to weigh.";

}  // namespace

void read_model_weights(TomlTable& table, StudyContext const& context, std::vector<std::string> const& models,
                        ModelConfig& model) {
  OpenedFile const opened = open_named_file(table, "weights_file", file_of_weights, context);
  for (char const* key : {"weights", "adopted_by", "adopted_on"})
    if (!opened.file.path.empty() && table.has(key))
      table.problem(
          key, std::string("stands in the file of weights as well; remove it here, or remove ") + "`weights_file`.");
  if (!opened.toml) return;
  TomlTable root(*opened.toml, context.problems);
  WeightsHead const head = read_weights_head(root, stem(opened.file), true);
  TomlTable named = root.table("models");
  auto const keys = models_in(root, named, models);
  root.finish();
  if (std::find(keys.begin(), keys.end(), model.key) == keys.end()) {
    if (!keys.empty()) root.problem("models", "has no weights for model '" + model.key + "', which names this file.");
    return;
  }
  if (model.criteria.empty()) return table.problem("weights_file", scores_nothing);
  auto const given = read_weight_set(named.table(model.key), *opened.toml, head, model, DataWeightsAllowed::no);
  if (!given) return;
  take_weights(*given, model);
  if (table.has("weight_ranges")) model.scoring.weight_ranges.clear();  // those of the study are read next
  static_cast<NamedFile&>(model.scoring.weights_file) = opened.file;
  model.scoring.weights_file.sets.emplace(model.key, given->set);
}

WeightsFile read_weights_file(TomlTable& table, std::string_view key, StudyContext const& context, Study const& study) {
  OpenedFile const opened = open_named_file(table, key, file_of_weights, context);
  WeightsFile out;
  static_cast<NamedFile&>(out) = opened.file;
  if (!opened.toml) return out;
  TomlTable root(*opened.toml, context.problems);
  WeightsHead const head = read_weights_head(root, stem(opened.file), true);
  TomlTable named = root.table("models");
  std::vector<std::string> known;
  for (ModelConfig const& model : study.models) known.push_back(model.key);
  auto const keys = models_in(root, named, known);
  root.finish();
  for (ModelConfig const& model : study.models) {
    if (std::find(keys.begin(), keys.end(), model.key) == keys.end()) continue;
    if (model.criteria.empty()) {
      named.problem(model.key, scores_nothing);
      continue;
    }
    auto const given = read_weight_set(named.table(model.key), *opened.toml, head, model, DataWeightsAllowed::yes);
    if (given) out.sets.emplace(model.key, given->set);
  }
  return out;
}

std::vector<StakeholderSpec> read_stakeholders(TomlTable& root, StudyContext const& context, Study const& study) {
  std::vector<StakeholderSpec> out;
  TomlTable all = root.table("stakeholders");
  for (std::string const& key : all.keys()) {
    check_key(all, key);
    if (key == "spread")
      all.problem(key, "columns of the result are called rank_<key>, and rank_spread is one of all.");
    TomlTable table = all.table(key);
    StakeholderSpec one;
    one.key = key;
    std::string const label = table.text_or("label", "");
    one.label_nl = table.text_or("label_nl", label);
    one.label_en = table.text_or("label_en", label);
    one.share = table.number("share").value_or(one.share);
    if (!(one.share > 0)) table.problem("share", "must be above 0: the say of this one beside that of the others.");
    if (table.text_or("weights", "").empty())
      table.problem("weights", "is missing: the file with the weights of this one.");
    else
      one.weights = read_weights_file(table, "weights", context, study);
    if (!one.weights.sets.empty()) {
      WeightSet const& set = one.weights.sets.begin()->second;
      if (one.label_nl.empty()) one.label_nl = set.label_nl;
      if (one.label_en.empty()) one.label_en = set.label_en;
    }
    table.finish();
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<std::pair<std::string, WeightsFile const*>> weights_files(Study const& study) {
  std::vector<std::pair<std::string, WeightsFile const*>> out;
  for (ModelConfig const& model : study.models)
    if (!model.scoring.weights_file.path.empty())
      out.emplace_back("models." + model.key + ".weights_file", &model.scoring.weights_file);
  for (StakeholderSpec const& one : study.stakeholders)
    if (!one.weights.path.empty()) out.emplace_back("stakeholders." + one.key + ".weights", &one.weights);
  return out;
}

WeightSet const* weight_set_of(ModelConfig const& model) {
  auto const& sets = model.scoring.weights_file.sets;
  auto const found = sets.find(model.key);
  return found == sets.end() ? nullptr : &found->second;
}

}  // namespace terrein
