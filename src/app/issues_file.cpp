#include "issues_file.hpp"

#include <utility>

#include "issues_table.hpp"
#include "outputs.hpp"
#include "run_steps.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/io/output_set.hpp"
#include "terrein/report/fields.hpp"
#include "terrein/report/style.hpp"

namespace terrein {

void write_issues(CheckOptions const& options, Study const& study, Crs const& crs, Issues const& issues,
                  DataFolders const& data, Labels const& labels) {
  for (LayerConfig const& layer : study.layers) {
    std::error_code absent;  // a file that does not exist is no input
    if (std::filesystem::equivalent(layer.path, options.issues, absent))
      throw_error(ErrorKind::config, "--issues: '{}' is the source of layer '{}'; inputs are never overwritten.",
                  options.issues.string(), layer.key);
  }
  OutputSet outputs(options.overwrite);
  std::filesystem::path const temporary = outputs.add(options.issues);
  IssuesTable made = issues_table(issues, labels);
  GeoPackage package;
  OutputLayer layer;
  layer.name = "issues";
  layer.title = labels.get("layer", "issues");
  layer.table = std::move(made.table);
  layer.fields = std::move(made.fields);
  layer.crs = crs;
  if (crs.known() && !made.places.extent().empty()) {
    layer.shape = ShapeType::point;
    layer.geometry = &made.places;
    layer.qml = issues_qml(data.styles, layer, labels);
    layer.style_name = layer.title;
  }
  package.layers.push_back(std::move(layer));
  for (Domain& domain : result_domains(labels))
    if (domain.name == "severity") package.domains.push_back(std::move(domain));
  package.manifest = "{}";
  package.time = run_time(study);
  write_geopackage(temporary.string(), package);
  outputs.commit();
}

}  // namespace terrein
