#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "terrein/app/profile.hpp"
#include "terrein/app/study.hpp"
#include "toml_table.hpp"

namespace terrein {

/// What the parts of a study reader share.
struct StudyContext {
  std::filesystem::path folder;  ///< of the study file
  std::map<std::string, std::string> variables;
  std::set<std::string>& used_variables;
  DataFolders const& data;
  Profiles const& profiles;
  Problems& problems;
  bool of_run = false;  ///< the study is the settings of a run, which hold what the files of scenarios said
};

/// "${name}" replaced by the variable; unknown names become problems at `table`.`key`.
std::string fill_variables(std::string const& text, TomlTable& table, std::string_view key,
                           StudyContext const& context);
/// A path as GDAL opens it: absolute files, connection texts ("PG:…", "/vsi…") and URLs as they are, else relative to
/// the study's folder.
std::string resolve_path(std::string const& written, StudyContext const& context);

/// A CRS, checked: a definition that PROJ does not know is a problem with its line.
std::string read_crs(TomlTable& table, std::string_view key = "crs");
/// The key `max_age_days`: above 0.
std::optional<double> read_max_age(TomlTable& table);
/// Keys of layers, criteria, rules and models become parts of column and table names.
void check_key(TomlTable& table, std::string const& key);

/// The name of an attribute; in profiles a list of alternatives, given as "a|b".
std::string read_field(TomlTable& table, std::string_view key);
/// A table of texts and classes, added to `out`; what stands there already is replaced.
void read_class_names(TomlTable table, std::map<std::string, std::string>& out);
/// The keys that a layer of a study and the part [read] of a profile share: where, id, coverage, crs, approximate,
/// graph, slip_roads, decided. What the table does not say stays as it is.
void read_meaning(TomlTable& table, LayerConfig& out);
/// The part of [graph] that says who must get through, and what is known of the lines.
void read_traffic(TomlTable& graph, GraphOptions& out);

/// Whether a layer of the study is a raster: its key `kind`.
bool is_raster(TomlTable& table);
/// What the cells of a raster mean: band, classes, crs. Keys that only layers of features have are faults.
void read_raster(TomlTable& table, LayerConfig& out);
/// Criteria, cuts, roads, candidates, areas, coverages and context layers: each against the kind of layer it needs.
void check_rasters(TomlTable& root, Study const& study);
/// The keys of a layer that is a table: x, y, coordinates, crs_field, crs_values, join, add.
void read_table_keys(TomlTable& table, LayerConfig& out, StudyContext const& context);
/// Joins name other layers of the study, and end at one with shapes of its own.
void check_joins(TomlTable& layers, std::vector<LayerConfig> const& all);
/// The key `where` of a table, or another one, a filter that can be read; empty = all rows.
[[nodiscard]] std::string read_filter(TomlTable& table, std::string_view key = "where");
/// The key `gates` of a layer: where candidates meet its network.
void read_gates(TomlTable& table, LayerConfig& out);
/// Gates are on networks, and their barriers are layers of the study.
void check_gates(TomlTable& layers, std::vector<LayerConfig> const& all);
/// [chains.<key>]: what freight costs from each candidate, with the factors that count.
std::map<std::string, ChainSpec> read_chains(TomlTable& root, StudyContext const& context);
/// Chains are over layers of the study, and criteria about chains name a set of them.
void check_chains(TomlTable& root, Study const& study);
/// A table of changes of a layer: the keys add, close and close_where.
LayerChange read_change(TomlTable table, std::string const& layer, StudyContext const& context);
/// [whatif]: what is tried beside the study.
std::vector<WhatIf> read_whatifs(TomlTable& root, StudyContext const& context);
/// Tables of changes, one per layer, that are tried together.
std::vector<LayerChange> read_tried_changes(TomlTable layers, StudyContext const& context);
/// Changes are of layers that can be changed: those of features with a source of their own, but the candidates.
void check_changes(TomlTable& root, Study const& study);
/// The same of those that are tried; `layers` is the table that they stand in.
void check_tried_changes(TomlTable layers, WhatIf const& whatif, Study const& study);
/// [assembly]: sites of adjoining parcels.
std::vector<AssemblySpec> read_assembly(TomlTable& root);
/// Sites are made over layers and by the scores of a model of the study; the first model where none is named.
void check_assembly(TomlTable& root, Study& study);
/// [demand]: demand for business land, and the supply that meets it.
DemandSpec read_demand(TomlTable& root);
/// It is about layers of features and sites of the study.
void check_demand(TomlTable& root, Study const& study);
/// The keys of a model about its method: method, compensation, orness, normalisation, vikor_v, vetoes, groups. Its
/// criteria and weights are read.
void read_scoring(TomlTable& model, ModelConfig& out);
/// A key that names a file of weights: the file is read, and its faults are problems of the study.
WeightsFile read_weights_file(TomlTable& table, std::string_view key, StudyContext const& context, Study const& study);
/// [stakeholders]: weights of others, for models of the study.
std::vector<StakeholderSpec> read_stakeholders(TomlTable& root, StudyContext const& context, Study const& study);
/// [scenarios]: settings and changes of layers that are tried together, in the study or in files of their own. Changes
/// that a scenario itself has become a what-if of the study with its key. Precondition: what-ifs are read and checked.
void read_scenarios(TomlTable& root, StudyContext const& context, Study& study);
/// [targets]: candidates whose like is looked for.
std::vector<TargetSpec> read_targets(TomlTable& root, Study const& study);
/// [trials]: what the rules cost.
TrialsSpec read_trials(TomlTable& root);
/// [robustness]: how sure the rankings are.
RobustnessSpec read_robustness(TomlTable& root);
/// The key `weight_ranges` of a model whose criteria and weights are read.
void read_weight_ranges(TomlTable& model, ModelConfig& out);
/// [bound_land]: land that plans bind to water or rail. Precondition: the layers of the study are read.
std::vector<BoundLandSpec> read_bound_land(TomlTable& root, Study const& study);
/// The key `fabric` of a layer: true, false, or a table of limits.
void read_fabric(TomlTable& table, LayerConfig& out);
/// The keys `overlaps`, `borders`, `border_field` and `border_m2` of [study].
void read_common_land(TomlTable& table, Study& study);
void read_borders(TomlTable& table, Study& study);
/// The layer of the borders must exist, and common land can only be settled where it is looked for.
void check_fabric_keys(TomlTable& root, Study const& study);

std::vector<LayerConfig> read_layers(TomlTable& root, StudyContext const& context);
AreaConfig read_area(TomlTable& root, StudyContext const& context, std::vector<LayerConfig>& layers);
/// [additions]: the table of local knowledge.
AdditionsConfig read_additions_config(TomlTable& root, StudyContext const& context);
/// The key `audience` of [output].
Audience read_audience(TomlTable& table);
OutputConfig read_output(TomlTable& root, StudyContext const& context, Language language);
/// Keys `tables`, `csv_separator` and `csv_decimal` of [output]; what people who read `language` use is the default.
TablesConfig read_output_tables(TomlTable& output, Language language);
CriterionSpec read_criterion(TomlTable table, std::string const& key);
/// [reach]: areas that a network brings within reach of features.
std::vector<ReachSpec> read_reach(TomlTable& root);
/// They name layers of features and networks of the study.
void check_reach(TomlTable& root, Study const& study);
/// The keys of measures over a network.
void read_access(TomlTable& table, CriterionSpec& spec);
/// Reads a rule; a cut goes to `cuts` as well.
RuleSpec read_rule(TomlTable table, std::string const& key, std::map<std::string, CutSpec>& cuts);

/// The test of a cut: it fails a candidate only when all of its land is cut.
RuleTest whole_land_cut();

/// A shipped model: its rows of datasets/defaults/<name>.csv.
struct ModelDefaults {
  std::vector<CriterionSpec> criteria;
  std::vector<RuleSpec> rules;
  std::map<std::string, CutSpec> cuts;
  std::vector<ModelCriterion> scored;
};
/// Throws `Error{config}` for a table that cannot be read, naming file and line.
ModelDefaults load_model_defaults(std::filesystem::path const& csv);
/// Names of the shipped models.
std::vector<std::string> shipped_models(DataFolders const& data);

/// `load_study` without its end: faults are added to `problems`, and what could be read is given all the same. Throws
/// `Error{config}` for a file that is no TOML.
Study read_study(std::filesystem::path const& file, std::vector<std::string> const& overrides, DataFolders const& data,
                 Problems& problems);
/// The same of a file that is parsed already; `file` says where it lies. `complete`: a variable that nothing uses is a
/// fault.
Study read_study(TomlFile const& toml, std::filesystem::path const& file, DataFolders const& data, bool complete,
                 Problems& problems);
/// The same of a text that stands for the study file `file`, which need not exist; variables that nothing uses are no
/// fault. Throws `Error{config}` with all faults.
Study study_of_text(std::string const& text, std::filesystem::path const& file,
                    std::vector<std::string> const& overrides, DataFolders const& data);
/// What follows `--set`, as keys and values: "name=value" is a variable. Throws `Error{usage}` for anything else.
std::vector<std::pair<std::string, std::string>> split_overrides(std::vector<std::string> const& overrides);

/// Reads [models] into `study`: adds shipped criteria and rules that the study does not define itself.
void read_models(TomlTable& root, StudyContext const& context, Study& study);

}  // namespace terrein
