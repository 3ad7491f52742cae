#include "weight_sets.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "model_scoring.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "weight_form.hpp"

namespace terrein {
namespace {

using Json = nlohmann::json;

void read_adoption(TomlTable& table, std::string& by, std::string& on) {
  std::string const who = table.text_or("adopted_by", ""), when = table.date("adopted_on").value_or("");
  if (who.empty() != when.empty())
    table.problem("adopted_by", "name who adopted the weights and when: `adopted_by` and `adopted_on` go together.");
  if (who.empty()) return;
  by = who;
  on = when;
}

/// All texts in a value: names of criteria, however deep.
void add_texts(Json const& value, std::set<std::string>& out) {
  if (value.is_string()) out.insert(value.get<std::string>());
  if (value.is_array())
    for (Json const& one : value) add_texts(one, out);
}

/// Reads one [models.<key>].
class SetReader {
 public:
  SetReader(TomlTable table, TomlFile const& file, WeightsHead const& head, ModelConfig const& model)
      : table_(std::move(table)), values_(file), head_(head), model_(model) {
    criteria_.model = model.key;
    criteria_.subject.set = head.label_nl;
    for (ModelCriterion const& one : model.criteria) criteria_.all.push_back(one.criterion);
  }

  std::optional<GivenWeights> read(DataWeightsAllowed data) {
    WeightSet& set = out_.set;
    set.key = head_.key;
    set.label_nl = head_.label_nl;
    set.label_en = head_.label_en;
    set.date = head_.date;
    set.adopted_by = head_.adopted_by;
    set.adopted_on = head_.adopted_on;
    read_adoption(table_, set.adopted_by, set.adopted_on);
    std::string const form = find_form();
    bool good = !form.empty() && read_without(form);
    if (good) try {
        good = read(form, data);
        if (good && !out_.written.empty()) static_cast<void>(weight_shares(with_weights(model_, out_.written)));
      } catch (Error const& error) {
        table_.problem(form, error.what());
        good = false;
      }
    table_.finish();
    return good ? std::optional(out_) : std::nullopt;
  }

 private:
  /// The key of the form that the table has: one and no more.
  std::string find_form() {
    std::vector<std::string> found;
    for (char const* form : {"weights", "ranking", "swing", "pairs", "best", "from_data"})
      if (table_.has(form) || (std::string_view(form) == "best" && has_best_worst())) found.emplace_back(form);
    for (char const* key :
         {"weights", "ranking", "swing", "pairs", "best", "worst", "to_best", "to_worst", "from_data", "by", "without"})
      if (found.size() != 1) table_.expect(key);  // other faults of it would only confuse
    if (found.empty())
      table_.problem("",
                     "gives no weights. Write one of `weights`, `ranking`, `swing`, `pairs`, `best` with `worst`, "
                     "`to_best` and `to_worst`, or `from_data`.");
    else if (found.size() > 1)
      table_.problem(found[1], "weights of a model are given in one way; choose between " + join(found, " and ") + ".");
    return found.size() == 1 ? found.front() : "";
  }

  [[nodiscard]] bool has_best_worst() const {
    return table_.has("worst") || table_.has("to_best") || table_.has("to_worst");
  }

  /// Names of criteria that a form has something to say of.
  std::set<std::string> named_by(std::string const& form) {
    std::set<std::string> out;
    auto const add_keys = [&](char const* key) {
      if (!table_.has_table(key)) return;
      for (std::string const& name : table_.table(key).keys()) out.insert(name);
    };
    if (form == "weights" || form == "swing") add_keys(form.c_str());
    if (form == "ranking" || form == "pairs")
      if (Json const* const value = values_.find(table_, form)) add_texts(*value, out);
    if (form != "best") return out;
    for (char const* key : {"best", "worst"})
      if (Json const* const value = values_.find(table_, key)) add_texts(*value, out);
    add_keys("to_best");
    add_keys("to_worst");
    return out;
  }

  /// The criteria that count: all but those of `without`.
  bool read_without(std::string const& form) {
    std::vector<std::string> const words = table_.texts("without");
    std::set<std::string> left_out;
    auto const full_name = [this](std::string const& name) {
      auto const& all = criteria_.all;
      for (std::string const& one : {name, name + "_" + model_.key})
        if (std::find(all.begin(), all.end(), one) != all.end()) return one;
      return std::string();
    };
    for (std::string const& word : words) {
      std::string const name = full_name(word);
      if (word == "*" && form == "from_data")
        table_.problem("without", "\"*\" would leave out every criterion; name those that do not count.");
      else if (word == "*")
        left_out.insert(criteria_.all.begin(), criteria_.all.end());
      else if (name.empty())
        table_.problem("without", "the model has no criterion '" + word + "'." + suggestion(word, criteria_.all));
      else
        left_out.insert(name);
    }
    if (std::find(words.begin(), words.end(), "*") != words.end())
      for (std::string const& name : named_by(form)) left_out.erase(full_name(name));
    for (std::string const& one : criteria_.all)
      if (!left_out.contains(one)) criteria_.subject.criteria.push_back(one);
    if (criteria_.subject.criteria.empty()) table_.problem("without", "leaves out every criterion of the model.");
    return !criteria_.subject.criteria.empty();
  }

  bool read(std::string const& form, DataWeightsAllowed data) {
    if (form == "weights") return read_direct();
    if (form == "from_data") return read_from_data(data);
    auto const answer = form == "ranking" ? read_ranking(table_, values_, criteria_)
                        : form == "swing" ? read_swing(table_, values_, criteria_)
                        : form == "pairs" ? read_pairs(table_, values_, criteria_)
                                          : read_best_worst(table_, criteria_);
    if (!answer) return false;
    out_.set.how = answer->how;
    out_.set.consistency = answer->consistency;
    out_.set.weights = spread(answer->weights);
    if (!answer->low.empty()) {
      out_.set.low = spread(answer->low);
      out_.set.high = spread(answer->high);
    }
    // Shares on the scale of the weights before, so that both can be compared.
    double sum = 0;
    for (ModelCriterion const& one : model_.criteria) sum += one.weight;
    for (double const share : out_.set.weights) out_.written.push_back(share * (sum > 0 ? sum : 1));
    return true;
  }

  /// Criteria that are not named keep the weight that the model gives them.
  bool read_direct() {
    std::vector<double> counting;
    for (std::string const& name : criteria_.subject.criteria) counting.push_back(weight_now(name));
    TomlTable weights = table_.table("weights");
    bool good = weights.exists();
    for (std::string const& name : weights.keys()) {
      auto const weight = weights.number(name);
      auto const place = place_of(name, criteria_, weights, name);
      good = good && weight && place;
      if (weight && place) counting[*place] = *weight;
    }
    std::vector<double> const shares = direct_weights(criteria_.subject, counting);
    out_.set.how = Elicitation::direct;
    out_.set.weights = spread(shares);
    out_.written = spread(counting);
    return good;
  }

  bool read_from_data(DataWeightsAllowed data) {
    std::string const word = table_.text_or("from_data", "");
    auto const how = elicitation(word);
    if (!how || !from_data(*how)) {
      table_.problem("from_data", "'" + word + "' is neither entropy nor critic.");
      return false;
    }
    if (data == DataWeightsAllowed::no) {
      table_.problem("from_data",
                     "such weights describe the data, not policy, so that no model is decided by them. Give them to a "
                     "stakeholder of the study, beside weights that people stand for.");
      return false;
    }
    out_.set.how = *how;
    out_.set.weights = spread(std::vector<double>(criteria_.subject.criteria.size(), 1));
    return true;
  }

  [[nodiscard]] double weight_now(std::string const& criterion) const {
    for (ModelCriterion const& one : model_.criteria)
      if (one.criterion == criterion) return one.weight;
    return 0;
  }

  /// Of the criteria that count to all of the model: the others get 0.
  [[nodiscard]] std::vector<double> spread(std::vector<double> const& counting) const {
    std::vector<double> out(criteria_.all.size(), 0);
    for (std::size_t i = 0, k = 0; i < out.size() && k < counting.size(); ++i)
      if (criteria_.all[i] == criteria_.subject.criteria[k]) out[i] = counting[k++];
    return out;
  }

  TomlTable table_;
  NestedValues values_;
  WeightsHead const& head_;
  ModelConfig const& model_;
  FormCriteria criteria_;
  GivenWeights out_;
};

}  // namespace

ModelConfig with_weights(ModelConfig model, std::vector<double> const& weights) {
  for (std::size_t i = 0; i < model.criteria.size(); ++i) model.criteria[i].weight = weights[i];
  return model;
}

bool from_data(Elicitation how) noexcept { return how == Elicitation::entropy || how == Elicitation::critic; }

WeightsHead read_weights_head(TomlTable& root, std::string const& key, bool named) {
  WeightsHead out;
  out.key = key;
  std::string const name = root.text_or("name", named ? "" : key);
  out.label_nl = root.text_or("label_nl", name);
  out.label_en = root.text_or("label_en", name);
  out.date = root.date("date").value_or("");
  if (named && (out.label_nl.empty() || out.label_en.empty()))
    root.problem("name", "is missing: the name of the set, as people know it.");
  if (named && !root.has("date")) root.problem("date", "is missing: when the set was made, such as 2026-01-31.");
  if (out.label_nl.empty()) out.label_nl = key;
  if (out.label_en.empty()) out.label_en = key;
  read_adoption(root, out.adopted_by, out.adopted_on);
  return out;
}

std::optional<GivenWeights> read_weight_set(TomlTable table, TomlFile const& file, WeightsHead const& head,
                                            ModelConfig const& model, DataWeightsAllowed data) {
  return SetReader(std::move(table), file, head, model).read(data);
}

void take_weights(GivenWeights const& given, ModelConfig& model) {
  for (std::size_t i = 0; i < model.criteria.size(); ++i) model.criteria[i].weight = given.written[i];
  model.adopted_by = given.set.adopted_by;
  model.adopted_on = given.set.adopted_on;
  double const sum = std::accumulate(given.written.begin(), given.written.end(), 0.0);
  if (given.set.low.empty()) return;
  model.scoring.weight_ranges.clear();
  for (std::size_t i = 0; i < model.criteria.size(); ++i)
    model.scoring.weight_ranges[model.criteria[i].criterion] = {given.set.low[i] * sum, given.set.high[i] * sum};
}

}  // namespace terrein
