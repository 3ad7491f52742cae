#include "terrein/app/source_info.hpp"

#include <algorithm>
#include <map>

#include "layer_steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {
namespace {

std::shared_ptr<Profile const> profile_named(std::string const& name, Profiles const& profiles) {
  if (auto const it = profiles.find(name); it != profiles.end()) return it->second;
  std::vector<std::string> known;
  for (auto const& [key, profile] : profiles) known.push_back(key);
  throw_error(ErrorKind::usage, "--profile '{}': there is no such profile.{}", name, suggestion(name, known, 60));
}

/// The first match, unless another fits as well: nothing is guessed.
void choose_profile(LayerInfo& info) {
  if (info.matches.empty()) return;
  auto const equal = [](ProfileMatch const& a, ProfileMatch const& b) {
    return a.by_name == b.by_name && a.fields == b.fields;
  };
  info.ambiguous = info.matches.size() > 1 && equal(info.matches[0], info.matches[1]);
  if (!info.ambiguous) info.profile = info.matches[0].profile;
}

/// A study of this one layer.
Study study_of(InfoOptions const& options, LayerInfo const& info) {
  Study study;
  LayerConfig layer = info.profile ? info.profile->defaults : LayerConfig{};
  layer.key = info.source.name;
  layer.profile = info.profile;
  layer.raw = layer.written = layer.path = options.path;
  layer.layer = info.source.name;
  if (!options.geometry.empty()) layer.geometry = options.geometry;
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
  if (mapping.mended > 0)
    issues.add({.layer = config.key,
                .stage = "classes",
                .code = "mended_encoding",
                .severity = Severity::note,
                .text = fmt::format("{} rows hold text that was encoded twice, such as '{}'; it is read as '{}'.",
                                    mapping.mended, mapping.mended_from, mapping.mended_to)});
}

/// Reads the rows and notes what a study would meet.
void read_rows(InfoOptions const& options, LayerInfo& info, std::string& sha256) {
  Study const study = study_of(options, info);
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
  info.prepared = prepare_layer(read.layer, read.id_known, prepare, issues);
  if (config.classes.exists()) count_classes(config, read.layer, info, issues);
  info.issues = grouped(issues);
  info.read = true;
}

LayerInfo describe(SourceLayer const& layer, InfoOptions const& options, Profiles const& profiles,
                   std::string& sha256) {
  LayerInfo out;
  out.source = layer;
  out.matches = match_profiles(layer, options.path, profiles);
  if (options.profile.empty())
    choose_profile(out);
  else
    out.profile = profile_named(options.profile, profiles);
  bool const has_rows_to_read = layer.shape != "table" || (out.profile && out.profile->shape != "table");
  if (options.quick || !has_rows_to_read) return out;
  try {
    read_rows(options, out, sha256);
  } catch (Error const& error) {
    if (error.kind() == ErrorKind::interrupted || error.kind() == ErrorKind::internal) throw;
    out.fault = error.what();
  }
  return out;
}

}  // namespace

bool SourceInfo::usable() const {
  return std::all_of(layers.begin(), layers.end(), [](LayerInfo const& layer) { return layer.fault.empty(); });
}

SourceInfo source_info(InfoOptions const& options, DataFolders const& data) {
  Profiles const profiles = load_profiles(profile_folders(std::filesystem::current_path(), data));
  SourceDescription const source = describe_source(options.path, options.path, {}, options.layer, options.geometry);
  SourceInfo out;
  out.path = options.path;
  out.driver = source.driver;
  std::vector<std::string> names;
  for (SourceLayer const& layer : source.layers) {
    names.push_back(layer.name);
    if (options.layer.empty() || lower(layer.name) == lower(options.layer))
      out.layers.push_back(describe(layer, options, profiles, out.sha256));
  }
  if (out.layers.empty() && !options.layer.empty())
    throw_error(ErrorKind::input, "'{}' has no layer '{}'.{}", options.path, options.layer,
                suggestion(options.layer, names, 40));
  return out;
}

}  // namespace terrein
