#include <algorithm>
#include <set>

#include "made_layers.hpp"
#include "originals.hpp"
#include "study_parts.hpp"
#include "terrein/app/study.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/osm.hpp"

namespace terrein {
namespace {

template <class Spec>
Spec const* find_key(std::vector<Spec> const& specs, std::string const& key) {
  auto const it = std::find_if(specs.begin(), specs.end(), [&](Spec const& spec) { return spec.key == key; });
  return it == specs.end() ? nullptr : &*it;
}

void read_study_table(TomlTable& root, Study& study) {
  TomlTable table = root.table("study");
  study.title = table.text_or("title", study.file.stem().string());
  std::string const language = table.text_or("language", "nl");
  if (language == "en")
    study.language = Language::en;
  else if (language != "nl")
    table.problem("language", "'" + language + "' is neither nl nor en.");
  study.crs = read_crs(table);
  study.date = table.date("date").value_or("");
  study.max_age_days = read_max_age(table);
  study.max_crs_error_m = table.number("max_crs_error_m").value_or(study.max_crs_error_m);
  if (study.max_crs_error_m <= 0) table.problem("max_crs_error_m", "must be above 0.");
  study.curve_tolerance_m = table.number("curve_tolerance_m").value_or(study.curve_tolerance_m);
  if (study.curve_tolerance_m <= 0) table.problem("curve_tolerance_m", "must be above 0.");
  study.allow_approximate = table.boolean("allow_approximate").value_or(false);
  std::string const policy = table.text_or("duplicates", "stop");
  bool known = false;
  for (Duplicates const one : {Duplicates::stop, Duplicates::suffix, Duplicates::first, Duplicates::quarantine})
    if (policy == to_string(one)) {
      study.duplicates = one;
      known = true;
    }
  if (!known) table.problem("duplicates", "'" + policy + "' is not one of stop, suffix, first, quarantine.");
  read_common_land(table, study);
  read_borders(table, study);
  table.finish();
}

void read_candidates(TomlTable& root, Study& study) {
  TomlTable table = root.table("candidates");
  if (!table.exists())
    root.problem("candidates", "is missing: name the layer that is scored, [candidates] layer = \"parcels\".");
  study.candidates = table.text_or("layer", "");
  for (std::string const& name : table.texts("keep")) {
    if (name == "*")
      study.output.keep_all = true;
    else
      study.output.keep.push_back(name);
  }
  std::vector<std::string> keys;
  for (LayerConfig const& layer : study.layers) keys.push_back(layer.key);
  if (table.exists() && study.find_layer(study.candidates) == nullptr)
    table.problem("layer", "the study has no layer '" + study.candidates + "'." + suggestion(study.candidates, keys));
  if (LayerConfig const* layer = study.find_layer(study.candidates); layer != nullptr && layer->derived())
    table.problem("layer",
                  "'" + study.candidates + "' is made of other layers; candidates need a source of their own.");
  table.finish();
}

/// What the study itself writes must exist; only shipped models may name layers that a study does not have.
void check_own(TomlTable& criteria, TomlTable& rules, TomlTable models, Study const& study) {
  std::vector<std::string> layers, keys;
  for (LayerConfig const& layer : study.layers) layers.push_back(layer.key);
  for (CriterionSpec const& spec : study.criteria) keys.push_back(spec.key);
  auto const need_layer = [&](TomlTable table, std::string_view key, std::string const& layer) {
    if (!layer.empty() && study.find_layer(layer) == nullptr)
      table.problem(key, "the study has no layer '" + layer + "'." + suggestion(layer, layers));
  };
  for (std::string const& key : criteria.keys()) {
    CriterionSpec const& spec = *study.find_criterion(key);
    need_layer(criteria.table(key), "layer", spec.layer);
    need_layer(criteria.table(key), "roads", spec.roads);
    need_layer(criteria.table(key), "demand", spec.access.demand);
    need_layer(criteria.table(key), "zones", spec.passage.zones);
    need_layer(criteria.table(key), "dwellings", spec.passage.dwellings);
    for (CutSpec const& cut : spec.cuts) need_layer(criteria.table(key), "cuts", cut.layer);
    LayerConfig const* roads = study.find_layer(spec.roads);
    if (spec.measure == "gates" || spec.measure == "gate_class" || spec.access.join == JoinAt::gates) {
      if (spec.roads.empty() || (roads != nullptr && !roads->gates))
        criteria.table(key).problem("roads", "name a road layer that says in `gates` where candidates may meet it.");
    }
    if (CriterionKind const* kind = find_criterion_kind(spec.measure); kind != nullptr && kind->on_network()) {
      if (spec.roads.empty() || (roads != nullptr && !roads->graph))
        criteria.table(key).problem("roads", "name a road layer that says in `graph` how its lines connect.");
    }
  }
  for (std::string const& key : rules.keys()) {
    RuleSpec const& rule = *study.find_rule(key);
    bool const used = std::any_of(study.models.begin(), study.models.end(), [&](ModelConfig const& model) {
      return std::find(model.rules.begin(), model.rules.end(), key) != model.rules.end() ||
             models.table(model.key).table("effects").has(key);  // a cut that is switched off
    });
    if (!used && !study.models.empty())
      rules.table(key).problem("",
                               "no model uses this rule, so it would change nothing; name it in `rules` of a model.");
    if (rule.effect == RuleEffect::cut)
      need_layer(rules.table(key), "layer", study.cuts.at(key).layer);
    else if (!rule.criterion.empty() && study.find_criterion(rule.criterion) == nullptr)
      rules.table(key).problem("criterion",
                               "there is no criterion '" + rule.criterion + "'." + suggestion(rule.criterion, keys));
  }
}

/// Names of all columns the result will have; nothing when own attributes are kept without naming them.
std::optional<std::vector<std::string>> result_columns(Study const& study) {
  if (study.output.keep_all) return std::nullopt;
  LayerConfig const* candidates = study.find_layer(study.candidates);
  if (candidates == nullptr) return std::nullopt;
  std::vector<std::string> out{candidates->id.empty() ? "id" : lower(candidates->id)};
  if (!study.borders.layer.empty()) out.emplace_back("crosses_border");
  if (!study.additions.path.empty()) out.emplace_back("manual");
  if (study.allow_approximate) out.emplace_back("approximate");
  out.insert(out.end(), study.output.keep.begin(), study.output.keep.end());
  for (CriterionSpec const& spec : study.criteria)
    for (char const* prefix : {"val_", "by_"}) out.push_back(prefix + spec.key);
  for (RuleSpec const& rule : study.rules)
    for (char const* prefix : {"rule_", "m_", "by_"}) out.push_back(prefix + rule.key);
  for (ModelConfig const& model : study.models) {
    for (char const* suffix : {"outcome", "duties", "net_m2", "score", "low", "high", "completeness", "rank"})
      out.push_back(model.key + "_" + suffix);
    if (study.robustness.asked)
      for (char const* suffix : {"p_top_k", "stability", "rank_p05", "rank_p95"})
        out.push_back(model.key + "_" + suffix);
    if (!model.scoring.aggregation.vetoes.empty()) out.push_back(model.key + "_veto");
    for (ModelGroup const& group : model.scoring.groups) out.push_back(model.key + "_s_" + group.key);
    for (ModelCriterion const& one : model.criteria) out.push_back(model.key + "_v_" + one.criterion);
  }
  return out;
}

void check_columns(TomlTable& output, Study const& study) {
  auto const known = result_columns(study);
  std::set<std::string> names;
  for (ColumnChoice const& choice : study.output.columns) {
    auto const is_same = [&choice](std::string const& name) { return lower(name) == lower(choice.from); };
    if (known && std::none_of(known->begin(), known->end(), is_same))
      output.problem("columns", "the result has no column '" + choice.from + "'." + suggestion(choice.from, *known));
    if (choice.name.empty() || lower(choice.name) == "fid" || lower(choice.name) == "geom")
      output.problem("columns", "'" + choice.name + "' is no free name for a column.");
    if (!names.insert(lower(choice.name)).second)
      output.problem("columns", "two columns are named '" + choice.name + "'; rename one with 'as'.");
  }
}

void check_output(TomlTable& root, Study const& study) {
  TomlTable output = root.table("output");
  std::vector<std::string> layers, models;
  for (LayerConfig const& layer : study.layers) layers.push_back(layer.key);
  for (ModelConfig const& model : study.models) models.push_back(model.key);
  for (std::string const& key : study.output.context)
    if (study.find_layer(key) == nullptr)
      output.problem("context", "the study has no layer '" + key + "'." + suggestion(key, layers));
  for (std::string const& key : study.output.originals)
    if (study.find_layer(key) == nullptr)
      output.problem("originals", "the study has no layer '" + key + "'." + suggestion(key, layers));
  for (std::string const& key : study.output.leave_out)
    if (find_key(study.models, key) == nullptr)
      output.problem("leave_out", "the study has no model '" + key + "'." + suggestion(key, models));
  for (std::string const& key : study.output.gates)
    if (LayerConfig const* network = study.find_layer(key); network == nullptr || !network->gates)
      output.problem("gates", "'" + key + "' is no layer that says in `gates` where candidates may meet it." +
                                  suggestion(key, layers));
  check_columns(output, study);
  std::set<std::string> tables;
  std::vector<std::string> fixed{study.output.layer, "excluded", "issues", "sources",
                                 "fabric",           "ledger",   "models", "layer_styles"};
  for (char const* name : {"additions", "additions_used"}) fixed.emplace_back(name);
  if (study.output.postgis) fixed.emplace_back("manifest");
  for (char const* meaning : {"criteria", "rules", "bounds", "criteria_groups"}) fixed.emplace_back(meaning);
  fixed.insert(fixed.end(), study.output.context.begin(), study.output.context.end());
  for (std::string const& key : study.output.originals) fixed.push_back(original_name(key));
  auto const made = planned_layers(study);
  for (PlannedLayer const& one : made) fixed.push_back(one.name);
  for (std::string const& name : fixed)
    if (!tables.insert(lower(name)).second)
      output.problem("", "two layers of the result would be named '" + name + "'; rename [output] layer or the key.");
  for (char const* prefix : {"gpkg_", "rtree_", "sqlite_"})
    if (study.output.layer.starts_with(prefix))
      output.problem("layer", "names that start with '" + std::string(prefix) + "' belong to the file format.");
  std::vector<std::string> written{study.output.layer, "issues"};
  bool const any_model = study.models.size() > study.output.leave_out.size();
  if (any_model) written.push_back("excluded");
  written.insert(written.end(), study.output.context.begin(), study.output.context.end());
  for (PlannedLayer const& one : made)
    if (one.shape != ShapeType::none) written.push_back(one.name);
  for (std::string const& name : study.output.geojson)
    if (std::find(written.begin(), written.end(), name) == written.end())
      output.problem("geojson", "'" + name + "' is not a layer of the output." + suggestion(name, written));
}

bool names_profiles(TomlTable& root) {
  TomlTable layers = root.table("layers");
  auto const keys = layers.keys();
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string const& key) { return layers.table(key).has("profile"); });
}

/// A variable that nothing uses is most often misspelt, in the file or after --set.
void check_variables(TomlTable& variables, StudyContext const& context) {
  std::vector<std::string> const known(context.used_variables.begin(), context.used_variables.end());
  for (auto const& [name, value] : context.variables)
    if (!context.used_variables.contains(name))
      variables.problem(name, "nothing in this study uses '${" + name + "}'." + suggestion(name, known));
}

std::optional<PostgisTarget> read_postgis(TomlTable& table, StudyContext const& context) {
  std::string const connection = fill_variables(table.text_or("postgis", ""), table, "postgis", context);
  std::string const schema = table.text_or("postgis_schema", "terrein");
  if (!table.has("postgis")) {
    if (table.has("postgis_schema")) table.problem("postgis_schema", "needs `postgis`, the database to write to.");
    return std::nullopt;
  }
  if (!is_database(connection))
    table.problem("postgis",
                  "'" + without_passwords(connection) + "' is no database; write PG:service=… or PG:host=… dbname=….");
  auto const is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  constexpr std::size_t longest_name = 63;
  if (schema.empty() || schema.size() > longest_name || !std::all_of(schema.begin(), schema.end(), is_word) ||
      schema.starts_with("pg_") || schema == "information_schema")
    table.problem("postgis_schema", "use lower-case letters, digits and '_', at most 63, and no name of PostgreSQL's.");
  return PostgisTarget{connection, without_passwords(connection), schema};
}

}  // namespace

OutputConfig read_output(TomlTable& root, StudyContext const& context, Language language) {
  OutputConfig out;
  TomlTable table = root.table("output");
  if (!table.exists())
    root.problem("output", "is missing: say where the result goes, [output] file = \"result.gpkg\".");
  std::string const file = fill_variables(table.text_or("file", ""), table, "file", context);
  if (table.exists() && file.empty()) table.problem("file", "is missing: the path of the GeoPackage to write.");
  out.file = resolve_path(file, context);
  if (!file.empty() && out.file.extension() != ".gpkg")
    table.problem("file", "'" + file + "' does not end in .gpkg; results are written as GeoPackage.");
  out.postgis = read_postgis(table, context);
  out.layer = table.text_or("layer", out.layer);
  check_key(table, out.layer);
  for (std::string const& text : table.texts("columns")) {
    auto const as = lower(text).find(" as ");
    std::string const from(trim(text.substr(0, as)));
    out.columns.push_back({as == std::string::npos ? from : std::string(trim(text.substr(as + 4))), from});
  }
  out.context = table.texts("context");
  out.originals = table.texts("originals");
  out.gates = table.texts("gates");
  out.geojson = table.texts("geojson");
  out.tables = read_output_tables(table, language);
  out.leave_out = table.texts("leave_out");
  out.project = table.boolean("project").value_or(true);
  out.audience = read_audience(table);
  table.finish();
  return out;
}

LayerConfig const* Study::find_layer(std::string const& key) const { return find_key(layers, key); }
CriterionSpec const* Study::find_criterion(std::string const& key) const { return find_key(criteria, key); }
RuleSpec const* Study::find_rule(std::string const& key) const { return find_key(rules, key); }

std::vector<std::pair<std::string, std::string>> split_overrides(std::vector<std::string> const& overrides) {
  std::vector<std::pair<std::string, std::string>> out;
  for (std::string const& one : overrides) {
    auto const equals = one.find('=');
    if (equals == std::string::npos || equals == 0)
      throw_error(ErrorKind::usage, "--set '{}': expected name=value or table.key=value.", one);
    std::string key = one.substr(0, equals);
    if (key.find('.') == std::string::npos) key = "variables." + key;
    out.emplace_back(std::move(key), one.substr(equals + 1));
  }
  return out;
}

Study read_study(TomlFile const& toml, std::filesystem::path const& file, DataFolders const& data, bool complete,
                 Problems& problems) {
  use_osm_config(data.datasets / "osm" / "osmconf.ini");
  TomlTable root(toml, problems);
  std::set<std::string> used_variables;
  std::filesystem::path const folder = std::filesystem::absolute(file).parent_path();
  Profiles const profiles = names_profiles(root) ? load_profiles(profile_folders(folder, data)) : Profiles{};
  StudyContext context{folder, {}, used_variables, data, profiles, problems, !complete};
  TomlTable variables = root.table("variables");
  for (std::string const& key : variables.keys())
    if (auto const value = variables.any_text(key)) context.variables[key] = *value;

  Study study;
  study.file = file;
  study.settings = toml.settings();
  study.variables = context.variables;
  read_study_table(root, study);
  study.output = read_output(root, context, study.language);
  study.additions = read_additions_config(root, context);
  study.layers = read_layers(root, context);
  study.area = read_area(root, context, study.layers);
  read_candidates(root, study);
  check_fabric_keys(root, study);
  study.chains = read_chains(root, context);
  study.assembly = read_assembly(root);
  study.demand = read_demand(root);
  study.robustness = read_robustness(root);
  study.trials = read_trials(root);
  TomlTable criteria = root.table("criteria");
  TomlTable rules = root.table("rules");
  for (TomlTable* table : {&criteria, &rules})
    for (std::string const& key : table->keys()) check_key(*table, key);
  for (std::string const& key : criteria.keys()) study.criteria.push_back(read_criterion(criteria.table(key), key));
  for (std::string const& key : rules.keys()) study.rules.push_back(read_rule(rules.table(key), key, study.cuts));
  study.reach = read_reach(root);
  check_reach(root, study);
  read_models(root, context, study);
  study.stakeholders = read_stakeholders(root, context, study);
  study.whatifs = read_whatifs(root, context);
  check_changes(root, study);
  read_scenarios(root, context, study);
  study.targets = read_targets(root, study);
  check_own(criteria, rules, root.table("models"), study);
  check_chains(root, study);
  check_assembly(root, study);
  check_demand(root, study);
  study.bound_land = read_bound_land(root, study);
  check_rasters(root, study);
  check_output(root, study);
  if (complete) check_variables(variables, context);
  root.finish();
  return study;
}

Study read_study(std::filesystem::path const& file, std::vector<std::string> const& overrides, DataFolders const& data,
                 Problems& problems) {
  Study out = read_study(TomlFile(file, split_overrides(overrides)), file, data, true, problems);
  out.overrides = overrides;
  out.file_sha256 = sha256_of_file(file);
  return out;
}

Study study_of_text(std::string const& text, std::filesystem::path const& file,
                    std::vector<std::string> const& overrides, DataFolders const& data) {
  Problems problems;
  Study out = read_study(TomlFile(text, file.string(), split_overrides(overrides)), file, data, false, problems);
  problems.throw_if_any();
  out.overrides = overrides;
  return out;
}

Study load_study(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                 DataFolders const& data) {
  Problems problems;
  Study study = read_study(file, overrides, data, problems);
  problems.throw_if_any();
  return study;
}

}  // namespace terrein
