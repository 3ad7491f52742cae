#pragma once

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/support.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/chains.hpp"
#include "terrein/criteria/criterion.hpp"

namespace terrein::test {

using Words = std::vector<char const*>;  // nullptr = null

inline TextColumn text_column(std::string const& name, Words const& words) {
  TextColumn column(name);
  for (char const* word : words) column.push(word == nullptr ? std::nullopt : std::optional<std::string_view>(word));
  return column;
}

inline AnyColumn number_column(std::string const& name, std::vector<std::optional<double>> const& values) {
  Column<double> column;
  column.name = name;
  for (auto const& value : values) column.push(value);
  return column;
}

inline std::string box_wkt(double x0, double y0, double x1, double y1) {
  auto const at = [](double x, double y) { return fmt::format("{} {}", x, y); };
  return "POLYGON((" + at(x0, y0) + "," + at(x1, y0) + "," + at(x1, y1) + "," + at(x0, y1) + "," + at(x0, y0) + "))";
}

/// Candidates and layers of a small study. Layers are complete everywhere unless a coverage is given.
struct Study {
  MeasuringLayer candidates;
  std::map<std::string, MeasuringLayer> layers;
  std::map<std::string, MeasuringRaster> rasters;
  std::map<std::string, RoadGraph> graphs, sure_graphs;
  std::map<std::string, LineFacts> line_facts;
  std::map<std::string, ChainSpec> chains;
  unsigned workers = 1;
  bool allow_approximate = false;

  explicit Study(Layer parcels) {
    candidates.layer = std::move(parcels);
    candidates.coverage.everywhere = true;
  }
  /// 10 m squares from (0, 0).
  explicit Study(int columns, int rows = 1) : Study(grid_of_parcels(columns, rows, 10, 0, 0)) {}

  MeasuringLayer& add(std::string const& key, std::vector<std::string> const& wkt, Words const& classes = {}) {
    MeasuringLayer& layer = layers[key];
    layer.layer = layer_of(wkt, key);
    layer.class_of = text_column("class", classes);
    layer.coverage.everywhere = true;
    return layer;
  }
  /// A raster of square cells from (0, 0), row by row from the north, in the candidates' CRS; null = no value.
  MeasuringRaster& add_raster(std::string const& key, std::uint32_t columns, std::uint32_t rows,
                              std::vector<std::optional<double>> const& values, double cell = 10) {
    MeasuringRaster& out = rasters[key];
    out.raster = {};
    out.raster.name = key;
    out.raster.crs = candidates.layer.crs;
    out.raster.grid = {0, rows * cell, cell, cell, columns, rows};
    out.raster.columns = columns;
    out.raster.rows = rows;
    std::vector<double> stored;
    for (auto const& value : values) stored.push_back(value.value_or(0));
    out.raster.values = stored;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (!values[i]) out.raster.forget(i);
    out.candidates = candidates.layer.geometry.extent();
    return out;
  }
  void cover(std::string const& key, std::string const& wkt) {
    Coverage coverage;
    if (!wkt.empty()) append_wkt(coverage.area, wkt);
    layers.at(key).coverage = coverage;
  }
  [[nodiscard]] Inputs inputs() const {
    Inputs out;
    out.candidates = &candidates;
    out.layers = &layers;
    out.rasters = &rasters;
    out.graphs = &graphs;
    out.sure_graphs = &sure_graphs;
    out.line_facts = &line_facts;
    out.chains = &chains;
    out.workers = workers;
    out.allow_approximate = allow_approximate;
    return out;
  }
  [[nodiscard]] Measure measure(CriterionSpec const& spec) const { return terrein::measure(spec, inputs()); }
};

inline CriterionSpec spec_of(std::string const& measure, std::string const& layer = {},
                             std::vector<std::string> classes = {}) {
  CriterionSpec spec;
  spec.key = "k";
  spec.measure = measure;
  spec.layer = layer;
  spec.classes = std::move(classes);
  return spec;
}

/// Value, low and high of a row; numbers rounded to 9 decimals, "-" for null, so that a row is one word to compare.
inline std::string shown(std::optional<double> value) { return value ? shortest(std::round(*value * 1e9) / 1e9) : "-"; }
inline std::string shown(Measure const& measure, std::size_t row) {
  return shown(measure.value.at(row)) + " " + shown(measure.low.at(row)) + ".." + shown(measure.high.at(row));
}
inline std::string known(double value) { return shortest(value) + " -..-"; }

/// Everything a measure says, exactly: two measures are the same when these are. Rows of the layer are shown by id.
inline std::string dump(Measure const& measure, Study const& study, std::size_t row) {
  auto const exact = [](std::optional<double> one) { return one ? fmt::format("{:a}", *one) : std::string("-"); };
  std::string const by = measure.by[row] == no_row ? "-" : study.layers.at(measure.by_layer).layer.id[measure.by[row]];
  std::string const value = measure.is_class ? std::string(measure.text.at(row).value_or("-"))
                                             : exact(measure.value.at(row)) + " " + exact(measure.low.at(row)) + " " +
                                                   exact(measure.high.at(row));
  return value + " by " + by;
}

}  // namespace terrein::test
