#include "read_effects.hpp"

#include <algorithm>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::vector<std::string> const known_words{"exclude", "condition", "graded", "off"};

bool is_of_numbers(RuleTest const& test) { return test.op != RuleTest::Op::in && test.op != RuleTest::Op::not_in; }

bool applies_above(RuleTest const& test) {
  return test.op == RuleTest::Op::greater || test.op == RuleTest::Op::at_least;
}

/// Reads the switches of one model.
class EffectsReader {
 public:
  EffectsReader(TomlTable& table, std::function<RuleSpec const*(std::string const&)> const& find_rule,
                Language language, ModelConfig& model, std::vector<RuleSwitch>& switches)
      : effects_(table.table("effects")),
        graded_(table.table("graded")),
        find_rule_(find_rule),
        language_(language),
        model_(model),
        switches_(switches) {}

  void read() {
    std::vector<std::string> const rules = model_.rules;
    for (std::string const& key : effects_.keys()) {
      std::string const word = effects_.text_or(key, known_words.front());
      RuleSpec const* const rule = find_rule_(key);
      if (std::find(known_words.begin(), known_words.end(), word) == known_words.end())
        effects_.problem(key, "'" + word + "' is not one of " + join(known_words, ", ") + ".");
      else if (rule == nullptr || std::find(rules.begin(), rules.end(), key) == rules.end())
        effects_.problem(key, "the model has no rule '" + key + "'." + suggestion(key, rules));
      else
        set(*rule, word);
    }
    for (std::string const& key : graded_.keys()) {
      TomlTable one = graded_.table(key);
      bool const wanted = std::find(by_degrees_.begin(), by_degrees_.end(), key) != by_degrees_.end();
      if (!wanted) one.problem("", "counts only where [effects] says " + key + " = \"graded\".");
      (void)one.number("weight");
      (void)one.number("zero_at");
      one.finish();
    }
  }

 private:
  void set(RuleSpec const& rule, std::string const& word) {
    if (rule.effect == RuleEffect::cut && word == "off") {
      std::erase(model_.rules, rule.key);
    } else if (rule.effect == RuleEffect::cut) {
      effects_.problem(rule.key, "the rule takes land out of candidates; it can only be \"off\".");
    } else {
      if (word == "graded") grade(rule);
      bool const informs = word == "graded" || word == "off";
      switches_.push_back({model_.key, rule.key, informs ? RuleEffect::inform : *rule_effect(word)});
    }
  }

  /// The value function that the rule was before it became a step: 1 where it does not apply, 0 from `zero_at` on.
  void grade(RuleSpec const& rule) {
    by_degrees_.push_back(rule.key);
    TomlTable table = graded_.table(rule.key);
    auto const scored = std::any_of(model_.criteria.begin(), model_.criteria.end(),
                                    [&rule](ModelCriterion const& one) { return one.criterion == rule.criterion; });
    if (scored) {
      if (table.exists())
        table.problem("", "the model scores '" + rule.criterion + "' already, by its own weight and value function.");
      return;
    }
    if (!is_of_numbers(rule.test)) {
      effects_.problem(rule.key, "classes have no degrees; give the criterion '" + rule.criterion +
                                     "' a weight and a value function in this model.");
      return;
    }
    auto const weight = table.number("weight"), zero = table.number("zero_at");
    double const threshold = rule.test.threshold;
    bool const above = applies_above(rule.test);
    if (!weight || !zero)
      (table.exists() ? table : effects_)
          .problem(table.exists() ? "" : rule.key, "needs `weight` and `zero_at` in [models." + model_.key +
                                                       ".graded." + rule.key + "], as the model does not score '" +
                                                       rule.criterion + "'.");
    else if (*weight < 0)
      table.problem("weight", "must be 0 or more.");
    else if (above ? *zero <= threshold : *zero >= threshold)
      table.problem("zero_at", std::string("must lie ") + (above ? "above" : "below") + " the threshold of the rule, " +
                                   shortest(threshold) + ".");
    else
      add_criterion(rule, *weight, *zero);
  }

  void add_criterion(RuleSpec const& rule, double weight, double zero) {
    ModelCriterion out;
    out.criterion = rule.criterion;
    out.weight = weight;
    out.function.points = {{rule.test.threshold, 1.0}, {zero, 0.0}};
    std::sort(out.function.points.begin(), out.function.points.end());
    out.why = (language_ == Language::nl ? "regel " : "rule ") + rule.key +
              (language_ == Language::nl ? ", naar de mate waarin ze geldt" : ", by the degree to which it applies");
    out.mark = "own choice";
    model_.criteria.push_back(std::move(out));
  }

  TomlTable effects_, graded_;
  std::function<RuleSpec const*(std::string const&)> const& find_rule_;
  Language language_;
  ModelConfig& model_;
  std::vector<RuleSwitch>& switches_;
  std::vector<std::string> by_degrees_;
};

bool uses(ModelConfig const& model, std::string const& rule) {
  return std::find(model.rules.begin(), model.rules.end(), rule) != model.rules.end();
}

/// What a model wants of a rule; the effect as it is written where it says nothing.
RuleEffect wanted(std::vector<RuleSwitch> const& switches, std::string const& model, RuleSpec const& rule) {
  auto const it = std::find_if(switches.begin(), switches.end(),
                               [&](RuleSwitch const& one) { return one.model == model && one.rule == rule.key; });
  return it == switches.end() ? rule.effect : it->effect;
}

/// The effect of a rule that keeps its key: as it is written where any model wants that, else that of its first model.
RuleEffect shared_effect(std::vector<RuleSwitch> const& switches, Study const& study, RuleSpec const& rule) {
  std::optional<RuleEffect> first;
  for (ModelConfig const& model : study.models) {
    if (!uses(model, rule.key)) continue;
    RuleEffect const own = wanted(switches, model.key, rule);
    if (own == rule.effect) return own;
    if (!first) first = own;
  }
  return first.value_or(rule.effect);
}

/// Settles one rule for all models; returns the rules that stand for it, its own key first.
std::vector<RuleSpec> settled(RuleSpec const& written, std::vector<RuleSwitch> const& switches, TomlTable& models,
                              Study& study) {
  std::vector<RuleSpec> out{written};
  out.front().effect = shared_effect(switches, study, written);
  for (ModelConfig& model : study.models) {
    if (!uses(model, written.key)) continue;
    RuleSpec own = written;
    own.effect = wanted(switches, model.key, written);
    if (own.effect == out.front().effect) continue;
    own.key = written.key + "_" + model.key;
    if (study.find_rule(own.key) != nullptr)
      models.table(model.key).table("effects").problem(
          written.key, "other models use this rule with another effect, and the name of its own for this model, '" +
                           own.key + "', is taken by another rule.");
    std::replace(model.rules.begin(), model.rules.end(), written.key, own.key);
    out.push_back(std::move(own));
  }
  return out;
}

}  // namespace

void read_effects(TomlTable& model, std::function<RuleSpec const*(std::string const&)> const& find_rule,
                  Language language, ModelConfig& out, std::vector<RuleSwitch>& switches) {
  EffectsReader(model, find_rule, language, out, switches).read();
}

void apply_switches(std::vector<RuleSwitch> const& switches, TomlTable& models, Study& study) {
  std::vector<RuleSpec> all;
  for (RuleSpec const& rule : std::vector<RuleSpec>(study.rules)) {
    bool const named =
        std::any_of(switches.begin(), switches.end(), [&rule](RuleSwitch const& one) { return one.rule == rule.key; });
    if (!named) {
      all.push_back(rule);
      continue;
    }
    for (RuleSpec& one : settled(rule, switches, models, study)) all.push_back(std::move(one));
  }
  study.rules = std::move(all);
}

}  // namespace terrein
