#include "weight_set_json.hpp"

#include "weight_sets.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

Json set_json(WeightSet const& set) {
  Json out{{"label_nl", set.label_nl}, {"label_en", set.label_en}, {"date", set.date}, {"how", to_string(set.how)}};
  if (set.consistency) {
    Bilingual const& words = set.consistency->words;
    out["consistency"] = {{"nl", words.nl}, {"en", words.en}};
    out["consistency"]["ratio"] = set.consistency->ratio ? Json(*set.consistency->ratio) : Json(nullptr);
  }
  return out;
}

}  // namespace

nlohmann::ordered_json weight_set_json(ModelConfig const& model) {
  WeightSet const* const set = weight_set_of(model);
  return set == nullptr ? Json(nullptr) : set_json(*set);
}

void take_weight_set(nlohmann::json const& json, ModelConfig& model) {
  WeightSet set;
  set.label_nl = json.at("label_nl");
  set.label_en = json.at("label_en");
  set.date = json.at("date");
  set.how = elicitation(json.at("how").get<std::string>()).value_or(Elicitation::direct);
  set.adopted_by = model.adopted_by;
  set.adopted_on = model.adopted_on;
  if (auto const it = json.find("consistency"); it != json.end()) {
    set.consistency.emplace();
    set.consistency->words = {it->at("nl"), it->at("en")};
    if (it->at("ratio").is_number()) set.consistency->ratio = it->at("ratio").get<double>();
  }
  model.scoring.weights_file.sets = {{model.key, set}};
}

nlohmann::ordered_json weights_files_json(Study const& study) {
  Json out = Json::array();
  for (auto const& [key, file] : weights_files(study)) {
    Json one{{"key", key}, {"source", file->raw}, {"sha256", file->sha256}, {"sets", Json::array()}};
    for (ModelConfig const& model : study.models) {
      auto const found = file->sets.find(model.key);
      if (found == file->sets.end()) continue;
      Json set{{"model", model.key}};
      set.update(set_json(found->second));
      if (!found->second.adopted_by.empty()) {
        set["adopted_by"] = found->second.adopted_by;
        set["adopted_on"] = found->second.adopted_on;
      }
      if (!from_data(found->second.how))
        for (std::size_t i = 0; i < model.criteria.size(); ++i)
          set["weights_pct"][model.criteria[i].criterion] = 100 * found->second.weights[i];
      one["sets"].push_back(std::move(set));
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace terrein
