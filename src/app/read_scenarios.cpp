#include <algorithm>

#include "named_file.hpp"
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
                    "\"models.<key>.weights.<criterion>\"; layers change in its table `layers`, or by a what-if.");
    else
      out.emplace_back(path, *value);
  }
  return out;
}

/// Reads what a scenario says, wherever it stands. Its own changes of layers become a what-if of the study.
void read_scenario(TomlTable& table, StudyContext const& context, ScenarioSpec& out, Study& study) {
  std::vector<std::string> known;
  for (WhatIf const& whatif : study.whatifs) known.push_back(whatif.key);
  std::string const label = table.text_or("label", "");
  out.label_nl = table.text_or("label_nl", label);
  out.label_en = table.text_or("label_en", label);
  out.whatifs = table.texts("whatif");
  for (std::string const& whatif : out.whatifs)
    if (std::find(known.begin(), known.end(), whatif) == known.end())
      table.problem("whatif", "the study has no what-if '" + whatif + "'." + suggestion(whatif, known));
  WhatIf own{out.key, out.label_nl, out.label_en, read_tried_changes(table.table("layers"), context)};
  out.set = read_settings(table.table("set"));
  if (out.whatifs.empty() && own.changes.empty() && out.set.empty())
    table.problem("set", "is missing: say what is otherwise, settings in `set`, changes in `layers`, or a `whatif`.");
  if (own.changes.empty()) return;
  check_tried_changes(table.table("layers"), own, study);
  if (std::find(known.begin(), known.end(), out.key) != known.end())
    table.problem("layers", "makes a what-if '" + out.key + "', and the study has one of that name already.");
  out.whatifs.push_back(out.key);
  study.whatifs.push_back(std::move(own));
}

}  // namespace

void read_scenarios(TomlTable& root, StudyContext const& context, Study& study) {
  TomlTable scenarios = root.table("scenarios");
  for (std::string const& key : scenarios.keys()) {
    check_key(scenarios, key);
    TomlTable table = scenarios.table(key);
    ScenarioSpec one;
    one.key = key;
    if (table.has("file")) {
      OpenedFile const opened = open_named_file(table, "file", "the file of a scenario", context);
      one.file = opened.file;
      if (opened.toml) {
        TomlTable in_file(*opened.toml, context.problems);
        read_scenario(in_file, context, one, study);
        in_file.finish();
      }
      for (std::string const& other : table.keys())
        if (other != "file" && table.has(other))
          table.problem(other, "stands beside `file`; a scenario with a file of its own says all of it there.");
    } else {
      read_scenario(table, context, one, study);
    }
    if (study.models.empty()) table.problem("", "a scenario needs a model of the study, to see who moves.");
    table.finish();
    study.scenarios.push_back(std::move(one));
  }
}

}  // namespace terrein
