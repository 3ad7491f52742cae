#include "run_steps.hpp"

#include <cmath>

#include "terrein/core/error.hpp"

namespace terrein {

MeasuringLayer candidates_of(MeasuringLayer const& all, std::vector<Row> const& rows) {
  MeasuringLayer out;
  out.layer = take(all.layer, rows);
  for (Row const row : rows) {
    if (all.class_of.size() > 0) out.class_of.push(all.class_of.at(row));
    if (!all.approximate.empty()) out.approximate.push_back(all.approximate[row]);
  }
  out.class_separator = all.class_separator;
  out.coverage = all.coverage;
  return out;
}

CrsFacts crs_facts(Study const& study, StudyLayers const& layers, MeasuringLayer const& candidates) {
  CrsFacts out;
  Box const extent = candidates.layer.geometry.extent();
  if (extent.empty()) return out;
  out.area_ratio = areal_scale(layers.crs, extent.centre());
  constexpr double most_off = 0.005;  // national grids and UTM stay within a thousandth
  if (!(std::abs(out.area_ratio - 1) <= most_off))
    throw_error(
        ErrorKind::crs,
        "In the CRS of the study, {} ({}), areas of the candidates around {:.10g} {:.10g} are {:.4g} times those "
        "on the ground. Say a crs for the study that keeps areas there, such as \"EPSG:31370\", "
        "\"EPSG:28992\" or \"EPSG:3035\"; when it is one, check the CRS of layer '{}'.",
        layers.crs.authority, layers.crs.name, extent.centre().x, extent.centre().y, out.area_ratio,
        candidates.layer.name);
  if (study.output.geojson.empty()) return out;
  out.geojson = Transform(layers.crs, crs_from("EPSG:4326"), extent).info();
  if (out.geojson->accuracy_m > study.max_crs_error_m)
    throw_error(
        ErrorKind::crs,
        "[output] geojson: longitude and latitude would be off by {} m ({}), the study allows {} m. Install the "
        "grid that PROJ lacks, raise max_crs_error_m, or leave GeoJSON out.",
        out.geojson->accuracy_m, out.geojson->name, study.max_crs_error_m);
  return out;
}

Inputs inputs_of(Study const& study, StudyLayers const& layers, MeasuringLayer const& candidates,
                 std::vector<Row> const& rows, unsigned workers) {
  Inputs out;
  out.candidates = &candidates;
  out.candidate_layer = study.candidates;
  out.candidate_rows = rows;
  out.layers = &layers.layers;
  out.rasters = &layers.rasters;
  out.graphs = &layers.graphs;
  out.sure_graphs = &layers.sure_graphs;
  out.line_facts = &layers.line_facts;
  out.chains = &study.chains;
  out.allow_approximate = study.allow_approximate;
  out.workers = workers;
  return out;
}

}  // namespace terrein
