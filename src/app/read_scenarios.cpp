#include <algorithm>

#include "study_parts.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::string_view changeable[] = {"models.", "rules.", "criteria."};

/// Paths of settings and their new values.
std::vector<std::pair<std::string, std::string>> read_settings(TomlTable table) {
  std::vector<std::pair<std::string, std::string>> out;
  for (std::string const& path : table.keys()) {
    auto const value = table.any_text(path);
    if (!value) continue;
    if (std::none_of(std::begin(changeable), std::end(changeable), [&](auto one) { return path.starts_with(one); }))
      table.problem(path,
                    "a scenario changes settings of models, rules and criteria, such as "
                    "\"models.<key>.weights.<criterion>\"; layers change by a what-if.");
    else
      out.emplace_back(path, *value);
  }
  return out;
}

}  // namespace

std::vector<ScenarioSpec> read_scenarios(TomlTable& root, Study const& study) {
  std::vector<ScenarioSpec> out;
  std::vector<std::string> known;
  for (WhatIf const& whatif : study.whatifs) known.push_back(whatif.key);
  TomlTable scenarios = root.table("scenarios");
  for (std::string const& key : scenarios.keys()) {
    check_key(scenarios, key);
    TomlTable table = scenarios.table(key);
    ScenarioSpec one;
    one.key = key;
    std::string const label = table.text_or("label", "");
    one.label_nl = table.text_or("label_nl", label);
    one.label_en = table.text_or("label_en", label);
    one.whatifs = table.texts("whatif");
    for (std::string const& whatif : one.whatifs)
      if (std::find(known.begin(), known.end(), whatif) == known.end())
        table.problem("whatif", "the study has no what-if '" + whatif + "'." + suggestion(whatif, known));
    one.set = read_settings(table.table("set"));
    if (one.whatifs.empty() && one.set.empty())
      table.problem("set", "is missing: say what is otherwise, a `whatif` or settings in [scenarios." + key + ".set].");
    if (study.models.empty()) table.problem("", "a scenario needs a model of the study, to see who moves.");
    table.finish();
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace terrein
