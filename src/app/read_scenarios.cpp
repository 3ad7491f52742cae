#include <algorithm>

#include "named_file.hpp"
#include "study_parts.hpp"
#include "terrein/core/text.hpp"
#include "toml_text.hpp"

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

/// Reads what a scenario says, wherever it stands. `known` are the what-ifs of the study; changes of layers that the
/// scenario itself has become one more.
void read_scenario(TomlTable& table, StudyContext const& context, std::vector<std::string> const& known,
                   ScenarioSpec& out, Study& study) {
  std::string const label = table.text_or("label", "");
  out.label_nl = table.text_or("label_nl", label);
  out.label_en = table.text_or("label_en", label);
  for (std::string const& whatif : table.texts("whatif")) {
    if (std::find(known.begin(), known.end(), whatif) == known.end())
      table.problem("whatif", "the study has no what-if '" + whatif + "'." + suggestion(whatif, known));
    if (std::find(out.whatifs.begin(), out.whatifs.end(), whatif) == out.whatifs.end()) out.whatifs.push_back(whatif);
  }
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

constexpr char const* kept = "read";  ///< the table in the settings of a run that holds what a file said

/// A scenario whose file says all of it. The settings of the study keep that, so that a run can be repeated whatever
/// becomes of the file.
void read_scenario_file(TomlTable& table, StudyContext const& context, std::vector<std::string> const& known,
                        ScenarioSpec& out, Study& study) {
  if (context.of_run) {
    out.file = named_file(table, "file", context);
    TomlTable in_run = table.table(kept);
    out.file.sha256 = in_run.text_or("sha256", "");
    TomlTable said = in_run.table("said");
    read_scenario(said, context, known, out, study);
    said.finish();
    in_run.finish();
    return;
  }
  OpenedFile const opened = open_named_file(table, "file", "the file of a scenario", context);
  out.file = opened.file;
  if (opened.file.path.empty()) table.problem("file", "is empty: name the .toml file that says what is otherwise.");
  for (std::string const& other : table.keys()) {
    if (other == "file") continue;
    table.expect(other);
    table.problem(other, "stands beside `file`; a scenario with a file of its own says all of it there.");
  }
  if (!opened.toml) return;
  TomlTable in_file(*opened.toml, context.problems);
  read_scenario(in_file, context, known, out, study);
  in_file.finish();
  if (table.keys().size() > 1) return;  // a fault by now
  std::string const name = "scenarios." + toml_key(out.key) + "." + kept;
  study.settings +=
      "\n[" + name + "]\nsha256 = " + toml_quoted(out.file.sha256) + "\n" + opened.toml->settings_below(name + ".said");
}

}  // namespace

void read_scenarios(TomlTable& root, StudyContext const& context, Study& study) {
  std::vector<std::string> known;
  for (WhatIf const& whatif : study.whatifs) known.push_back(whatif.key);
  TomlTable scenarios = root.table("scenarios");
  for (std::string const& key : scenarios.keys()) {
    check_key(scenarios, key);
    TomlTable table = scenarios.table(key);
    ScenarioSpec one;
    one.key = key;
    if (table.has("file"))
      read_scenario_file(table, context, known, one, study);
    else
      read_scenario(table, context, known, one, study);
    if (study.models.empty()) table.problem("", "a scenario needs a model of the study, to see who moves.");
    table.finish();
    study.scenarios.push_back(std::move(one));
  }
  bool const any_file = std::any_of(study.scenarios.begin(), study.scenarios.end(),
                                    [](ScenarioSpec const& one) { return !one.file.sha256.empty(); });
  if (any_file && !context.of_run)  // written as a run that is repeated writes them
    study.settings = TomlFile(study.settings, study.file.string(), {}).settings();
}

}  // namespace terrein
