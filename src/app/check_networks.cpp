#include "terrein/app/check_networks.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "issues_file.hpp"
#include "layer_steps.hpp"
#include "network_words.hpp"
#include "terrein/app/profile.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/describe.hpp"

namespace terrein {
namespace {

/// The study's CRS without reading the candidates: as written, else that of their source.
Crs crs_of_study(Study const& study) {
  if (!study.crs.empty()) return crs_from(study.crs);
  LayerConfig const* candidates = study.find_layer(study.candidates);
  if (candidates == nullptr) return {};
  LayerConfig const& config = shapes_of(study, *candidates);
  if (!config.crs_override.empty()) return crs_from(config.crs_override);
  SourceDescription const source = describe_source(config.path, config.written, config.key, config.layer);
  std::string const wanted = config.layer.empty() ? config.key : config.layer;
  for (SourceLayer const& layer : source.layers)
    if (!layer.crs.empty() && (source.layers.size() == 1 || lower(layer.name) == lower(wanted)))
      return crs_from(layer.crs);
  return config.crs.empty() ? Crs{} : crs_from(config.crs);
}

/// A network as a run has it: read, prepared, in the study's CRS.
Layer network_layer(Study const& study, LayerConfig const& config, Crs const& crs, unsigned workers) {
  if (config.join)
    throw_error(ErrorKind::config,
                "Layer '{}' takes its shapes from layer '{}' (`join`): check that layer's lines, by giving it `graph`.",
                config.key, config.join->layer);
  Issues issues;  // `terrein check` tells them
  ReadResult read = read_layer(read_options(study, config), issues);
  std::vector<ReadResult> const tables = read_added(config, issues);
  LayerReport report;
  add_tables(config, read.layer, tables, report, issues);
  PrepareOptions prepare;
  prepare.duplicates = study.duplicates;
  prepare.ids_matter = !config.id.empty();
  prepare.crs = crs.known() ? crs : read.layer.crs;
  if (!prepare.crs.projected || std::abs(prepare.crs.metres_per_unit - 1) > 1e-12)
    throw_error(ErrorKind::crs,
                "Layer '{}' would be measured in '{}', whose units are not metres: set [study] crs, for instance "
                "\"EPSG:31370\" in Flanders.",
                config.key, prepare.crs.name);
  prepare.max_crs_error_m = study.max_crs_error_m;
  prepare.workers = workers;
  prepare.row_crs = config.row_crs;
  (void)prepare_layer(read.layer, read.id_known, prepare, issues);
  read.layer.attributes = rename_fields(std::move(read.layer.attributes), config.renames);
  return std::move(read.layer);
}

void add_findings(CheckedNetwork const& network, Language language, Issues& issues) {
  for (NetworkFinding const& finding : network.report.findings) {
    std::string const detail = network_detail(finding);
    Issue issue;
    issue.layer = network.key;
    issue.feature_id = finding.id;
    issue.stage = "network";
    issue.code = finding.code;
    issue.severity = Severity::note;
    issue.x = finding.x;
    issue.y = finding.y;
    issue.text = network_words(finding.code, language) + (detail.empty() ? "" : ": " + detail);
    issues.add(std::move(issue));
  }
}

/// One network; a fault of it hides none of another.
void check_one(Study const& study, LayerConfig const& config, Crs const& crs, unsigned workers, NetworksCheck& out) {
  CheckedNetwork one;
  one.key = config.key;
  one.source = config.raw;
  try {
    LayerConfig settled = config;
    if (config.profile) {
      Study alone;
      alone.layers = {config};
      settled = with_profiles(std::move(alone)).layers.front();
    }
    Layer const layer = network_layer(study, settled, crs, workers);
    one.crs = layer.crs.authority.empty() ? layer.crs.name : layer.crs.authority;
    one.connect = settled.graph->connect;
    one.tolerance_m = settled.graph->tolerance_m;
    one.by_limits = settled.graph->limits.any();
    one.report = inspect_network(layer, *settled.graph, workers);
  } catch (Error const& error) {
    if (error.kind() == ErrorKind::interrupted) throw;
    out.faults.push_back({config.key, error.kind(), error.what()});
    return;
  }
  if (one.report.lines == 0)
    out.faults.push_back(
        {config.key, ErrorKind::input,
         fmt::format(
             "Layer '{}' has no line that a network can be made of: of its {} rows all are left out. Look at the "
             "source, at `where` and at what closes lines.",
             config.key, one.report.rows)});
  out.networks.push_back(std::move(one));
}

}  // namespace

int NetworksCheck::exit_code() const {
  int out = 0;
  for (CheckFault const& fault : faults) out = std::max(out, terrein::exit_code(fault.kind));
  return out;
}

NetworksCheck check_networks(std::filesystem::path const& file, std::vector<std::string> const& overrides,
                             CheckOptions const& options, DataFolders const& data) {
  Study const study = with_snapshots(load_study(file, overrides, data));
  NetworksCheck out;
  out.study = file.string();
  out.title = study.title;
  out.language = study.language;
  std::vector<LayerConfig const*> networks;
  for (LayerConfig const& config : study.layers)
    if (config.graph && !config.derived()) networks.push_back(&config);
  if (networks.empty())
    throw_error(ErrorKind::config,
                "{}: no layer is a network. Say in [layers.<key>.graph] of a layer of lines how they join.", out.study);
  Crs const crs = crs_of_study(study);
  ProgressStage progress(options.progress, "read", networks.size());
  for (LayerConfig const* config : networks) {
    check_stop();
    ProgressPart const part(progress);
    check_one(study, *config, crs, options.workers, out);
  }
  if (options.issues.empty()) return out;
  Issues issues;
  for (CheckedNetwork const& network : out.networks) add_findings(network, out.language, issues);
  write_issues(options, study, crs, issues, data, Labels(data.datasets / "labels.csv", study.language));
  return out;
}

}  // namespace terrein
