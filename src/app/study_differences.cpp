#include "study_differences.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "result_tables.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "toml_table.hpp"

namespace terrein {
namespace {

using Text = std::optional<std::string>;

std::string function_text(ValueFunction const& function) {
  std::string const outside = function.outside == Outside::clip ? "" : " " + std::string(to_string(function.outside));
  return std::string(to_string(function.kind)) + " " + to_text(function) + outside;
}

/// What is measured and where: of a cut the land it takes, else the criterion.
std::string definition_text(StoredRule const& one) {
  std::string const level = one.rule.of_site ? " site" : "";
  if (one.rule.effect != RuleEffect::cut) return one.rule.criterion + level;
  return join({one.layer, one.classes.empty() ? "*" : one.classes, shortest(one.buffer_m) + " m"}, " ") + level;
}

/// Items of two lists by key: those of the new one in their order, then those that it lacks.
template <class Item, class KeyOf, class Take>
void each_pair(std::vector<Item> const& before, std::vector<Item> const& after, KeyOf const& key, Take const& take) {
  auto const find = [&key](std::vector<Item> const& all, std::string const& wanted) -> Item const* {
    auto const it = std::find_if(all.begin(), all.end(), [&](Item const& one) { return key(one) == wanted; });
    return it == all.end() ? nullptr : &*it;
  };
  for (Item const& one : after) take(find(before, key(one)), &one);
  for (Item const& one : before)
    if (find(after, key(one)) == nullptr) take(&one, nullptr);
}

/// A key of a study and its value as JSON.
struct Setting {
  std::string key, value;
};

/// What the tables of a result tell better, and where it was put.
bool is_told_elsewhere(std::vector<std::string> const& path) {
  if (path.front() == "output" || path.front() == "rules") return true;
  if (path.front() != "models" || path.size() < 3) return false;
  constexpr std::array told{"weights", "values", "adopted_by", "adopted_on", "min_completeness"};
  return std::find(told.begin(), told.end(), path[2]) != told.end();
}

/// The study of a result, as its manifest keeps it; none where that cannot be read.
std::vector<Setting> settings_of(ComparedResult const& result) {
  std::vector<Setting> out;
  auto const manifest = nlohmann::json::parse(result.file.manifest(), nullptr, false);
  if (!manifest.is_object() || !manifest.contains("settings") || !manifest["settings"].is_string()) return out;
  try {
    for (TomlValue const& one : TomlFile(manifest["settings"].get<std::string>(), "settings", {}).values())
      if (!is_told_elsewhere(one.path)) out.push_back({join(one.path, "."), one.json});
  } catch (Error const& error) {
    if (error.kind() != ErrorKind::config) throw;
    out.clear();
  }
  return out;
}

class Differences {
 public:
  Differences(ComparedResult const& before, ComparedResult const& after, Labels const& labels)
      : before_(before), after_(after), labels_(labels) {}

  void add_model(StoredModel const& before, StoredModel const& after) {
    std::string const& model = after.config.key;
    add("adopted", model, "", "", weights_note(before.config, labels_), weights_note(after.config, labels_));
    if (!before.config.criteria.empty() && !after.config.criteria.empty())
      add("min_completeness", model, "", "", shortest(before.config.min_completeness),
          shortest(after.config.min_completeness));
    each_pair(
        before.config.criteria, after.config.criteria, [](ModelCriterion const& one) { return one.criterion; },
        [&](ModelCriterion const* old, ModelCriterion const* now) { add_criterion(model, old, now); });
    each_pair(
        before.rules, after.rules, [](StoredRule const& one) { return one.rule.key; },
        [&](StoredRule const* old, StoredRule const* now) { add_rule(model, old, now); });
  }

  /// Layers, tables and additions whose content is not the same, by the hash of what was read.
  void add_sources() {
    struct Source {
      std::string key, label, file, hash;
    };
    auto const read = [](ComparedResult const& result) {
      std::vector<Source> out;
      if (!result.file.has_table("sources")) return out;
      Table const table = result.file.read("sources", {"layer", "label", "source", "sha256"});
      for (std::size_t row = 0; row < table.rows(); ++row)
        out.push_back({cell(table, "layer", row), cell(table, "label", row), cell(table, "source", row),
                       cell(table, "sha256", row)});
      return out;
    };
    auto const text = [](Source const* one) { return one == nullptr ? Text() : one->file + " " + one->hash; };
    each_pair(
        read(before_), read(after_), [](Source const& one) { return one.key; },
        [&](Source const* old, Source const* now) {
          Source const& one = now == nullptr ? *old : *now;
          bool const same = old != nullptr && now != nullptr && old->hash == now->hash && !old->hash.empty();
          if (!same) add("source", "", one.key, one.label, text(old), text(now));
        });
  }

  void add_settings() {
    auto const text = [](Setting const* one) { return one == nullptr ? Text() : one->value; };
    each_pair(
        settings_of(before_), settings_of(after_), [](Setting const& one) { return one.key; },
        [&](Setting const* old, Setting const* now) {
          add("setting", "", now == nullptr ? old->key : now->key, "", text(old), text(now));
        });
  }

  std::vector<StudyDifference> take() && { return std::move(out_); }

 private:
  void add_criterion(std::string const& model, ModelCriterion const* old, ModelCriterion const* now) {
    ComparedResult const& result = now == nullptr ? before_ : after_;
    std::string const& key = now == nullptr ? old->criterion : now->criterion;
    std::string const& label = result.facts.measures.at(key).label;
    auto const weight = [](ModelCriterion const* one) { return one == nullptr ? Text() : shortest(one->weight); };
    auto const function = [](ModelCriterion const* one) {
      return one == nullptr ? Text() : function_text(one->function);
    };
    add("weight", model, key, label, weight(old), weight(now));
    add("value_function", model, key, label, function(old), function(now));
  }

  void add_rule(std::string const& model, StoredRule const* old, StoredRule const* now) {
    RuleSpec const& rule = now == nullptr ? old->rule : now->rule;
    std::string const label = labels_.pick(rule.label_nl, rule.label_en);
    auto const add_text = [&](char const* kind, auto const& text) {
      add(kind, model, rule.key, label, old == nullptr ? Text() : Text(text(*old)),
          now == nullptr ? Text() : Text(text(*now)));
    };
    add_text("rule_effect", [](StoredRule const& one) { return std::string(to_string(one.rule.effect)); });
    add_text("rule_test", [](StoredRule const& one) {
      return one.rule.effect == RuleEffect::cut ? std::string() : to_text(one.rule.test);
    });
    add_text("rule_definition", definition_text);
  }

  void add(std::string const& kind, std::string const& model, std::string const& key, std::string const& label,
           Text const& before, Text const& after) {
    if (before != after) out_.push_back({kind, model, key, label.empty() ? key : label, before, after});
  }

  ComparedResult const &before_, &after_;
  Labels const& labels_;
  std::vector<StudyDifference> out_;
};

}  // namespace

std::vector<StudyDifference> study_differences(ComparedResult const& before, ComparedResult const& after,
                                               std::vector<std::string> const& keys, Labels const& labels) {
  Differences out(before, after, labels);
  for (std::string const& key : keys) out.add_model(*before.find(key), *after.find(key));
  out.add_sources();
  out.add_settings();
  return std::move(out).take();
}

std::vector<ExclusionChange> exclusion_changes(ComparedResult const& before, ComparedResult const& after,
                                               std::vector<std::string> const& keys) {
  std::vector<ExclusionChange> out;
  std::map<std::pair<std::string, std::string>, std::size_t> place;
  auto const read = [&](ComparedResult const& result, std::optional<ExclusionChange::Side> ExclusionChange::*side) {
    if (!result.file.has_table("ledger")) return;
    Table const table = result.file.read(
        "ledger", {"model", "rule", "label", "applies_n", "unknown_n", "applies_ha", "only_ha", "unknown_ha"});
    auto const n = [&](char const* column, std::size_t row) {
      return static_cast<std::int64_t>(number(table, column, row).value_or(0));
    };
    auto const ha = [&](char const* column, std::size_t row) { return number(table, column, row).value_or(0); };
    for (std::size_t row = 0; row < table.rows(); ++row) {
      std::string const model = cell(table, "model", row), rule = cell(table, "rule", row);
      if (std::find(keys.begin(), keys.end(), model) == keys.end()) continue;
      auto const [it, fresh] = place.try_emplace({model, rule}, out.size());
      if (fresh) out.push_back({model, rule, cell(table, "label", row), std::nullopt, std::nullopt});
      out[it->second].*side = ExclusionChange::Side{n("applies_n", row), n("unknown_n", row), ha("applies_ha", row),
                                                    ha("only_ha", row), ha("unknown_ha", row)};
    }
  };
  read(after, &ExclusionChange::after);
  read(before, &ExclusionChange::before);
  return out;
}

}  // namespace terrein
