#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "terrein/criteria/criterion.hpp"
#include "terrein/decision/rules.hpp"
#include "terrein/decision/value_function.hpp"
#include "terrein/network/road_graph.hpp"
#include "terrein/prepare/class_table.hpp"
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

struct Profile;

/// [layers.<key>]: where a layer comes from and what its attributes mean. In a profile the names of attributes are
/// alternatives, "svnaam|naam"; `with_profiles` settles which one a source has.
struct LayerConfig {
  std::string key;
  std::string raw;                         ///< source as the study writes it
  std::string written;                     ///< the same with variables filled in
  std::string path;                        ///< what is opened: relative files are taken from the folder of the study
  std::string layer;                       ///< inside the source
  std::shared_ptr<Profile const> profile;  ///< whose settings the study took over; may be empty
  std::string where;
  std::string id;
  ClassTable classes;
  std::string coverage = "extent";  ///< extent, everywhere, or the key of a polygon layer
  std::string crs;                  ///< for sources that state none
  std::string crs_override;         ///< in place of a wrong label
  bool swap_axes = false;           ///< the source gives y before x
  std::optional<ApproximateConfig> approximate;
  std::optional<GraphOptions> graph;
  std::vector<FieldRename> renames;
  std::vector<std::string> personal;  ///< attributes about persons
  std::string label_nl, label_en, licence;
  std::string attribution;             ///< as the publisher asks for it: "Bron: …"
  std::string date;                    ///< state of the data, ISO; empty = not stated
  std::optional<double> max_age_days;  ///< for this layer; else the study's
};

/// [area]: limits the candidates to those whose centroid lies in it.
struct AreaConfig {
  std::optional<std::array<double, 4>> box;
  std::string layer;  ///< key of a polygon layer of the study; empty = no polygons
  std::string field;  ///< with `names`: only polygons whose field is one of them
  std::vector<std::string> names;
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
  std::string label_nl, label_en;
  std::string adopted_by, adopted_on;  ///< empty = starting weights that no council adopted
  double min_completeness = 0.7;
  std::vector<ModelCriterion> criteria;
  std::vector<std::string> rules;  ///< keys, in order
};

struct ColumnChoice {
  std::string name, from;  ///< name in the output, name in the full result
};

struct OutputConfig {
  std::filesystem::path file;         ///< the GeoPackage
  std::string layer = "candidates";   ///< name of the main layer
  std::vector<ColumnChoice> columns;  ///< empty = all
  std::vector<std::string> keep;      ///< own attributes of the candidates
  bool keep_all = false;
  std::vector<std::string> context;    ///< keys of layers copied to the output
  std::vector<std::string> originals;  ///< keys of layers whose rows are copied to the output as they came
  std::vector<std::string> geojson;    ///< layers also written as GeoJSON beside it
  std::vector<std::string> leave_out;  ///< models that are not written
  bool project = true;
};

/// Everything a run does, as the study file, the shipped defaults and the command line say it.
struct Study {
  std::filesystem::path file;
  std::string title;
  Language language = Language::nl;
  std::string crs;                     ///< empty = the candidates' own
  std::string date;                    ///< of the study, ISO; empty = none
  std::optional<double> max_age_days;  ///< layers that are older become an issue
  double max_crs_error_m = 0.5;
  double curve_tolerance_m = 0.01;  ///< largest distance between an arc and the straight pieces it becomes
  Duplicates duplicates = Duplicates::stop;
  bool allow_approximate = false;
  std::string candidates;  ///< key of a layer
  AreaConfig area;
  std::vector<LayerConfig> layers;  ///< in the order of the file
  std::vector<CriterionSpec> criteria;
  std::vector<RuleSpec> rules;
  std::map<std::string, CutSpec> cuts;  ///< by key of a rule whose effect is cut
  std::vector<ModelConfig> models;
  OutputConfig output;
  std::string settings;  ///< the study with its overrides as TOML text, without variables and output path

  [[nodiscard]] LayerConfig const* find_layer(std::string const& key) const;
  [[nodiscard]] CriterionSpec const* find_criterion(std::string const& key) const;
  [[nodiscard]] RuleSpec const* find_rule(std::string const& key) const;
};

/// Where the shipped tables and styles lie.
struct DataFolders {
  std::filesystem::path datasets, styles;
};
/// $TERREIN_DATA, else beside the installed program, else the source tree it was built from. Throws `Error{config}`.
[[nodiscard]] DataFolders data_folders();

/// Reads and checks a study. `overrides` are "name=value" (a variable) or "table.key=value" (any key). All faults of
/// the file are reported in one `Error{config}`, a line each, with line number, key and allowed values.
[[nodiscard]] Study load_study(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                               DataFolders const& data);

}  // namespace terrein
