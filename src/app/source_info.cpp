#include "terrein/app/source_info.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "layer_steps.hpp"
#include "raster_info.hpp"
#include "study_parts.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/fetched_source.hpp"
#include "terrein/io/osm.hpp"
#include "terrein/io/read_layer.hpp"
#include "terrein/io/read_raster.hpp"

namespace terrein {
namespace {

/// The first match, unless another fits as well: nothing is guessed.
void choose_profile(LayerInfo& info) {
  if (info.matches.empty()) return;
  auto const equal = [](ProfileMatch const& a, ProfileMatch const& b) {
    return a.by_name == b.by_name && a.fields == b.fields;
  };
  info.ambiguous = info.matches.size() > 1 && equal(info.matches[0], info.matches[1]);
  if (!info.ambiguous) info.profile = info.matches[0].profile;
}

/// A TOML text in quotes.
std::string quoted(std::string const& text) {
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

/// What a study that says so of the source would take over; `profile` may be empty.
LayerConfig config_of(InfoOptions const& options, std::string const& profile, DataFolders const& data,
                      Profiles const& profiles) {
  std::vector<std::pair<std::string, std::string>> overrides;
  for (std::string const& setting : options.settings) {
    auto const equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      throw_error(ErrorKind::usage, "--set '{}': expected key=value, as in crs=EPSG:31370.", setting);
    overrides.emplace_back("layers.source." + setting.substr(0, equals), setting.substr(equals + 1));
  }
  std::string text = "[layers.source]\nsource = " + quoted(options.path) + "\n";
  if (!profile.empty()) text += "profile = " + quoted(profile) + "\n";
  TomlFile const toml(text, "info", overrides);
  Problems problems;
  TomlTable root(toml, problems);
  std::set<std::string> used_variables;
  StudyContext const context{std::filesystem::current_path(), {}, used_variables, data, profiles, problems};
  auto const layers = read_layers(root, context);
  problems.throw_if_any();
  return layers.front();
}

/// A study of this one layer.
Study study_of(InfoOptions const& options, LayerInfo const& info, DataFolders const& data, Profiles const& profiles) {
  Study study;
  LayerConfig layer = config_of(options, info.profile ? info.profile->key : "", data, profiles);
  layer.key = info.source.name;
  layer.layer = options.layer.empty() ? info.source.name : options.layer;
  study.layers.push_back(std::move(layer));
  return with_profiles(std::move(study));
}

std::vector<IssueGroup> grouped(Issues const& issues) {
  std::map<std::string, IssueGroup> by_code;
  for (Issue const& issue : issues.rows()) {
    IssueGroup& group = by_code[issue.code];
    if (group.count++ == 0)
      group.first = (issue.feature_id.empty() ? "" : "feature '" + issue.feature_id + "': ") + issue.text;
    group.code = issue.code;
    group.severity = std::max(group.severity, issue.severity);
  }
  std::vector<IssueGroup> out;
  for (auto& [code, group] : by_code) out.push_back(std::move(group));
  return out;
}

void count_classes(LayerConfig const& config, Layer const& layer, LayerInfo& info, Issues& issues) {
  ClassMapping mapping = map_classes(config.classes, layer.attributes);
  std::map<std::string, std::size_t> count;
  for (Row row = 0; row < layer.size(); ++row) {
    if (!mapping.class_of.is_known(row)) {
      ++info.without_class;
      continue;
    }
    std::string const text(mapping.class_of.text(row));
    for (std::string const& word :
         config.classes.separator == '\0' ? std::vector<std::string>{text} : split(text, config.classes.separator))
      if (!word.empty()) ++count[word];
  }
  info.classes.assign(count.begin(), count.end());
  for (UnlistedValue const& value : mapping.unlisted) {
    UnlistedClass one{value.field, value.value, value.count, {}};
    for (Row const row : value.examples) one.examples.push_back(layer.id[row]);
    info.unlisted.push_back(std::move(one));
  }
  tell_of_mended(config.key, mapping, issues);
}

constexpr double coarse_crs_error_m = 10;

/// Reads the rows and notes what a study would meet.
void read_rows(Study const& study, InfoOptions const& options, LayerInfo& info, std::string& sha256) {
  LayerConfig const& config = study.layers.front();
  Issues issues;
  ReadResult read = read_layer(read_options(study, config), issues);
  sha256 = read.sha256;
  info.rows_read = read.rows_read;
  info.rows_kept = read.layer.size();
  info.crs_name = read.layer.crs.name;
  info.source.crs = read.layer.crs.authority.empty() ? info.source.crs : read.layer.crs.authority;
  PrepareOptions prepare;
  prepare.duplicates = Duplicates::suffix;
  prepare.ids_matter = !config.id.empty();
  prepare.crs = read.layer.crs;
  prepare.workers = options.workers;
  prepare.row_crs = config.row_crs;
  prepare.max_crs_error_m = coarse_crs_error_m;  // a study says what it accepts
  info.prepared = prepare_layer(read.layer, read.id_known, prepare, issues);
  if (config.classes.exists()) count_classes(config, read.layer, info, issues);
  info.issues = grouped(issues);
  info.read = true;
}

LayerInfo describe(SourceLayer const& layer, InfoOptions const& options, DataFolders const& data,
                   Profiles const& profiles, std::string& sha256) {
  LayerInfo out;
  out.source = layer;
  out.matches = match_profiles(layer, options.path, profiles);
  if (options.profile.empty())
    choose_profile(out);
  else
    out.profile = config_of(options, options.profile, data, profiles).profile;
  bool const has_rows_to_read =
      layer.shape != "table" || !options.settings.empty() || (out.profile && out.profile->shape != "table");
  if (options.quick || !has_rows_to_read) return out;
  try {
    read_rows(study_of(options, out, data, profiles), options, out, sha256);
  } catch (Error const& error) {
    bool const of_the_layer = error.kind() == ErrorKind::input || error.kind() == ErrorKind::crs;
    if (!of_the_layer) throw;
    out.fault = error.what();
  }
  return out;
}

}  // namespace

bool SourceInfo::usable() const {
  return std::all_of(layers.begin(), layers.end(), [](LayerInfo const& layer) { return layer.fault.empty(); });
}

SourceInfo source_info(InfoOptions const& options, DataFolders const& data) {
  use_osm_config(data.datasets / "osm" / "osmconf.ini");
  if (is_raster_file(options.path) ||
      std::find(options.settings.begin(), options.settings.end(), "kind=raster") != options.settings.end())
    return raster_info(options);
  Profiles const profiles = load_profiles(profile_folders(std::filesystem::current_path(), data));
  SourceDescription const source = describe_source(options.path, options.path, {}, options.layer);
  SourceInfo out;
  out.path = options.path;
  out.driver = source.driver;
  out.settings = options.settings;
  if (auto const fetched = fetched_source(options.path)) out.fetched = *fetched;
  std::vector<std::string> names;
  for (SourceLayer const& layer : source.layers) {
    names.push_back(layer.name);
    bool const only = source.layers.size() == 1 && options.path.ends_with(".zip");  // the file was named
    if (options.layer.empty() || only || lower(layer.name) == lower(options.layer))
      out.layers.push_back(describe(layer, options, data, profiles, out.sha256));
  }
  if (out.layers.empty() && !options.layer.empty())
    throw_error(ErrorKind::input, "'{}' has no layer '{}'.{}", options.path, options.layer,
                suggestion(options.layer, names, 40));
  return out;
}

}  // namespace terrein
