#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "terrein/app/assembly_spec.hpp"
#include "terrein/app/decision_spec.hpp"
#include "terrein/app/demand_spec.hpp"
#include "terrein/criteria/bound_land.hpp"
#include "terrein/criteria/chains.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/criteria/reach_areas.hpp"
#include "terrein/decision/rules.hpp"
#include "terrein/decision/value_function.hpp"
#include "terrein/io/csv_output.hpp"
#include "terrein/io/postgis.hpp"
#include "terrein/network/road_graph.hpp"
#include "terrein/network/slip_roads.hpp"
#include "terrein/prepare/class_table.hpp"
#include "terrein/prepare/fabric.hpp"
#include "terrein/prepare/prepare_layer.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// Rows whose text in `field` starts with `prefix` have an approximate position; all rows are kept.
struct ApproximateConfig {
  std::string field, prefix;
};

/// An attribute under the name that terrein gives it, with codes for "not known" taken out.
struct FieldRename {
  std::string name, from;
  std::vector<std::string> nulls;
  double factor = 1;  ///< of numbers
};

/// What the cells of a raster mean.
struct RasterConfig {
  int band = 1;
  std::map<double, std::string> classes;  ///< class of a value; empty = no classes
};

struct Profile;

/// [layers.<key>] join: rows take the shapes of the features of another layer that have their key.
struct JoinConfig {
  std::string layer;  ///< key of the layer with the shapes
  std::string key;    ///< attribute of this layer
  std::string on;     ///< attribute of that layer
};

/// [layers.<key>.add.<name>]: columns of a table, by key.
struct AddConfig {
  std::string name, raw, written, path;  ///< the last three as in `LayerConfig`
  std::string layer;                     ///< inside the source
  std::string key;                       ///< attribute of the table
  std::string on;                        ///< attribute of this layer
  std::vector<std::string> fields;
};

/// What a plan changes in a layer: rows that join it, and rows that leave it.
struct LayerChange {
  std::string layer;               ///< key
  std::string raw, written, path;  ///< of the rows that join it, as in `LayerConfig`; empty = none do
  std::string inside;              ///< their layer in that source
  std::string where, crs;          ///< as in `LayerConfig`, of that source
  std::vector<std::string> close;  ///< ids of rows that leave
  std::string close_where;         ///< filter: rows for which it is true leave; empty = none do
};

/// [whatif.<key>]: changes of layers that are tried together, beside the study as it stands.
struct WhatIf {
  std::string key;
  std::string label_nl, label_en;
  std::vector<LayerChange> changes;  ///< in the order of the file, one per layer
};

/// [layers.<key>]: where a layer comes from and what its attributes mean. In a profile the names of attributes are
/// alternatives, "svnaam|naam"; `with_profiles` settles which one a source has.
struct LayerConfig {
  std::string key;
  std::string raw;                         ///< source as the study writes it
  std::string written;                     ///< the same with variables filled in
  std::string path;                        ///< what is opened: relative files are taken from the folder of the study;
                                           ///< the only place that may hold a password
  std::string layer;                       ///< inside the source
  std::string geometry;                    ///< element of a GML file that holds the shape
  std::shared_ptr<Profile const> profile;  ///< whose settings the study took over; may be empty
  std::string where;
  std::string id;
  ClassTable classes;
  std::string coverage = "extent";  ///< extent, everywhere, or the key of a polygon layer; cells of a raster
  std::string crs;                  ///< for sources that state none
  std::string crs_override;         ///< in place of a wrong label
  bool swap_axes = false;           ///< the source gives y before x
  std::string x, y;                 ///< columns with the coordinates of a table
  std::string coordinates;          ///< one column with both, as UN/LOCODE writes them
  std::optional<RowCrs> row_crs;    ///< crs_field, crs_values
  std::optional<JoinConfig> join;
  std::vector<AddConfig> added;
  std::optional<ApproximateConfig> approximate;
  std::optional<GraphOptions> graph;
  std::optional<GateRules> gates;       ///< of a layer with `graph`
  std::optional<LayerChange> changes;   ///< made before anything else is
  std::optional<SlipRoads> slip_roads;  ///< of a road layer
  std::string decided;                  ///< attribute with the date of the decision, for layers of plans
  std::string phase;                    ///< attribute with the phase of a plan, from a profile
  std::string slip_roads_of;            ///< made of the slip roads of this layer, without a source of its own
  /// Made of these layers, without a source of its own: a layer counts where none of an earlier group lies, and within
  /// a group the later decision.
  std::vector<std::vector<std::string>> combine;
  std::optional<RasterConfig> raster;  ///< the source is a raster, whose coverage is "cells"
  std::vector<FieldRename> renames;
  std::vector<std::string> personal;        ///< attributes about persons; leave only for an audience `intern`
  std::vector<std::string> personal_named;  ///< those that the study itself names
  std::string label_nl, label_en, licence;
  std::string attribution;             ///< as the publisher asks for it: "Bron: …"
  std::string date;                    ///< state of the data, ISO; empty = not stated
  std::optional<double> max_age_days;  ///< for this layer; else the study's
  std::optional<bool> fabric;          ///< whether its fabric is checked; else that of the candidates is
  FabricOptions fabric_limits;         ///< without policy and workers

  /// Made of other layers of the study.
  [[nodiscard]] bool derived() const noexcept { return !combine.empty() || !slip_roads_of.empty(); }
};

/// [area]: limits the candidates to those whose centroid lies in it.
struct AreaConfig {
  std::optional<std::array<double, 4>> box;
  std::string layer;  ///< key of a polygon layer of the study; empty = no polygons
  std::string field;  ///< with `names`: only polygons whose field is one of them
  std::vector<std::string> names;
};

/// Polygons whose borders candidates may cross, such as provinces.
struct BorderConfig {
  std::string layer;    ///< key of a polygon layer; empty = no borders
  std::string field;    ///< attribute with the names; empty = ids
  double least_m2 = 1;  ///< a part of a candidate up to this does not count
};

struct ModelCriterion {
  std::string criterion;  ///< key
  double weight = 0;      ///< as written
  ValueFunction function;
  std::string label_nl, label_en, why, mark;
};

/// [models.<key>]: rules, criteria with value functions, and weights.
struct ModelConfig {
  std::string key;
  std::string defaults;  ///< name of the shipped model it started from; empty = none
  std::string label_nl, label_en;
  std::string adopted_by, adopted_on;  ///< empty = starting weights that no council adopted
  double min_completeness = 0.7;
  ModelScoring scoring;
  std::vector<ModelCriterion> criteria;
  std::vector<std::string> rules;  ///< keys, in order
};

struct ColumnChoice {
  std::string name, from;  ///< name in the output, name in the full result
};

/// [additions]: the table of local knowledge that overrides or fills values of single candidates.
struct AdditionsConfig {
  std::string raw, written, path;  ///< as in `LayerConfig`; empty = none
  std::string layer;               ///< inside the source; empty = "additions", else the only one
};

/// Who may see the result: for `others` no attribute about persons leaves.
enum class Audience { others, intern };
/// "extern", "intern"
[[nodiscard]] std::string_view to_string(Audience audience);
[[nodiscard]] std::optional<Audience> audience(std::string_view text);

/// Tables for a spreadsheet, beside the GeoPackage.
struct TablesConfig {
  bool csv = false, xlsx = false;
  CsvForm form;  ///< of the CSV files
};

struct OutputConfig {
  std::filesystem::path file;            ///< the GeoPackage
  std::optional<PostgisTarget> postgis;  ///< a database that gets the same layers and tables
  std::string layer = "candidates";      ///< name of the main layer
  std::vector<ColumnChoice> columns;     ///< empty = all
  std::vector<std::string> keep;         ///< own attributes of the candidates
  bool keep_all = false;
  std::vector<std::string> context;    ///< keys of layers copied to the output
  std::vector<std::string> originals;  ///< keys of layers whose rows are copied to the output as they came
  std::vector<std::string> gates;      ///< keys of networks whose gates are written
  std::vector<std::string> geojson;    ///< layers also written as GeoJSON beside it
  TablesConfig tables;
  std::vector<std::string> leave_out;  ///< models that are not written
  bool project = true;
  Audience audience = Audience::others;
};

/// Everything a run does, as the study file, the shipped defaults and the command line say it.
struct Study {
  std::filesystem::path file;
  std::string file_sha256;  ///< of the file as it was read
  std::string title;
  Language language = Language::nl;
  std::string crs;                     ///< empty = the candidates' own
  std::string date;                    ///< of the study, ISO; empty = none
  std::optional<double> max_age_days;  ///< layers that are older become an issue
  double max_crs_error_m = 0.5;
  double curve_tolerance_m = 0.01;  ///< largest distance between an arc and the straight pieces it becomes
  Duplicates duplicates = Duplicates::stop;
  CommonLand overlaps = CommonLand::keep;  ///< of the candidates
  BorderConfig borders;
  bool allow_approximate = false;
  std::string candidates;  ///< key of a layer
  AreaConfig area;
  std::vector<LayerConfig> layers;  ///< in the order of the file
  std::vector<CriterionSpec> criteria;
  std::vector<RuleSpec> rules;
  std::map<std::string, CutSpec> cuts;  ///< by key of a rule whose effect is cut
  std::vector<ModelConfig> models;
  std::map<std::string, ChainSpec> chains;  ///< [chains.<key>], by key
  std::vector<ReachSpec> reach;             ///< areas that are drawn, in the order of the file
  std::vector<WhatIf> whatifs;
  std::vector<AssemblySpec> assembly;     ///< sites of parcels, in the order of the file
  std::vector<BoundLandSpec> bound_land;  ///< one per mode at most
  DemandSpec demand;
  RobustnessSpec robustness;
  TrialsSpec trials;
  std::vector<StakeholderSpec> stakeholders;
  std::vector<ScenarioSpec> scenarios;
  std::vector<TargetSpec> targets;
  AdditionsConfig additions;
  OutputConfig output;
  std::string settings;  ///< the study with its overrides as TOML text, without variables and output path
  std::map<std::string, std::string> variables;  ///< as written or set; may hold passwords
  std::vector<std::string> overrides;            ///< "table.key=value" as given; may hold passwords
  std::string time;                              ///< of all outputs; empty = see `run_time`

  [[nodiscard]] LayerConfig const* find_layer(std::string const& key) const;
  [[nodiscard]] CriterionSpec const* find_criterion(std::string const& key) const;
  [[nodiscard]] RuleSpec const* find_rule(std::string const& key) const;
};

/// Where the shipped tables and styles lie.
struct DataFolders {
  std::filesystem::path datasets, styles;
};
/// $TERREIN_DATA, else beside the installed program, else the source tree it was built from, else where terrein was to
/// be installed. Throws `Error{config}`.
[[nodiscard]] DataFolders data_folders();

/// Reads and checks a study. `overrides` are "name=value" (a variable) or "table.key=value" (any key). All faults of
/// the file are reported in one `Error{config}`, a line each, with line number, key and allowed values.
[[nodiscard]] Study load_study(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                               DataFolders const& data);

}  // namespace terrein
