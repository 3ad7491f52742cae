#include "load_rasters.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/read_raster.hpp"
#include "terrein/prepare/place_raster.hpp"

namespace terrein {
namespace {

RasterOptions raster_options(LayerConfig const& config) {
  RasterOptions out;
  out.name = config.key;
  out.path = config.path;
  out.written = config.written;
  out.layer = config.layer;
  out.band = config.raster->band;
  out.crs = config.crs;
  out.crs_override = config.crs_override;
  return out;
}

/// Values without class among the cells that were read, each an issue; the rarer ones of very many together.
void tell_unlisted(MeasuringRaster const& source, Issues& issues) {
  constexpr std::size_t most = 20;
  Raster const& raster = source.raster;
  std::map<double, std::size_t> cells;
  for (std::size_t i = 0; i < raster.cells(); ++i)
    if (raster.has_value(i))
      if (double const value = raster.value(i); !source.class_of.contains(value)) ++cells[value];
  std::vector<std::pair<double, std::size_t>> unlisted(cells.begin(), cells.end());
  std::stable_sort(unlisted.begin(), unlisted.end(), [](auto const& a, auto const& b) { return a.second > b.second; });
  auto const tell = [&](std::string const& text) {
    issues.add({.layer = raster.name, .stage = "classes", .code = "unmatched_class", .text = text});
  };
  for (std::size_t i = 0; i < std::min(most, unlisted.size()); ++i)
    tell(
        fmt::format("{} cells near the candidates have the value {}, which no class table lists; their class is "
                    "unknown. Add it to [layers.{}.classes].",
                    unlisted[i].second, shortest(unlisted[i].first), raster.name));
  if (unlisted.size() > most)
    tell(fmt::format("{} more values of cells are not listed in [layers.{}.classes]; their class is unknown.",
                     unlisted.size() - most, raster.name));
}

void report_on(RasterResult const& read, RasterPlace const& place, LayerReport& report) {
  Raster const& raster = read.raster;
  report.driver = read.driver;
  report.source_layer = read.source_layer;
  report.sha256 = read.sha256;
  report.rows_declared = read.cells_declared;
  report.rows_read = raster.cells();
  report.rows_kept = read.cells_known;
  report.crs = raster.crs.authority.empty() ? raster.crs.name : raster.crs.authority;
  report.extent = place.extent;
  report.prepared.transform = place.transform;
  report.raster = RasterFacts{raster.grid, read.cell_type, read.nodata, raster.scale, raster.offset};
}

}  // namespace

bool has_rasters(Study const& study) {
  return std::any_of(study.layers.begin(), study.layers.end(),
                     [](LayerConfig const& layer) { return layer.raster.has_value(); });
}

void load_rasters(Study const& study, Layer const& candidates, unsigned workers, StudyLayers& layers, Issues& issues,
                  std::function<void(std::string const&)> const& note) {
  PrepareOptions options;
  options.crs = layers.crs;
  options.max_crs_error_m = study.max_crs_error_m;
  options.workers = workers;
  Box const whole = layers.layers.at(study.candidates).layer.geometry.extent();
  for (LayerReport& report : layers.reports) {
    LayerConfig const& config = *report.config;
    if (!config.raster) continue;
    check_stop();
    RasterPlace place;
    RasterOptions asked = raster_options(config);
    asked.area = [&](Raster const& raster) {
      place = place_raster(raster, whole, candidates.geometry.extent(), options, issues);
      return place.candidates;
    };
    RasterResult read = read_raster(asked, issues);
    report_on(read, place, report);
    std::string const moved = transformation_text(place.transform);
    note(fmt::format("{}: {} of {} cells{}", config.key, report.rows_read, report.rows_declared,
                     moved.empty() ? "" : ", " + moved));
    MeasuringRaster source{std::move(read.raster), config.raster->classes, whole};
    if (!source.class_of.empty()) tell_unlisted(source, issues);
    layers.rasters.emplace(config.key, std::move(source));
  }
}

}  // namespace terrein
