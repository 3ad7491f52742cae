#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "originals.hpp"
#include "terrein/app/study.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/core/progress.hpp"
#include "terrein/criteria/inputs.hpp"
#include "terrein/io/read_layer.hpp"
#include "terrein/network/network.hpp"
#include "terrein/prepare/fabric.hpp"
#include "terrein/prepare/join.hpp"
#include "terrein/prepare/prepare_layer.hpp"

namespace terrein {

/// What a raster is, for the manifest. Its rows are cells: those of the grid, those read, and those with a value.
struct RasterFacts {
  Grid grid;
  std::string cell_type;
  std::optional<double> nodata;
  double scale = 1, offset = 0;
};

/// What a table added to a layer.
struct AddedReport {
  AddConfig const* config = nullptr;
  std::string driver, source_layer, sha256;
  std::size_t rows_read = 0;
  JoinReport join;
};

/// What a change did to a layer.
struct ChangeReport {
  LayerChange const* config = nullptr;
  std::string key;  ///< "roads.changes", or "roads.bridge" for what-if `bridge`: the layer of its issues
  std::string driver, source_layer, sha256;  ///< of the rows that joined; empty where none did
  std::string table;                         ///< as in `ReadResult`
  std::size_t rows_read = 0, rows_joined = 0, rows_left = 0;
};

/// What happened to one layer on its way in, for the manifest.
struct LayerReport {
  LayerConfig const* config = nullptr;
  std::string driver, source_layer, sha256, crs;
  std::string table;  ///< as in `ReadResult`
  std::size_t rows_declared = 0, rows_read = 0, rows_kept = 0;
  std::size_t rows_curved = 0;  ///< of those kept: had circular arcs
  std::size_t rows_far = 0;     ///< of those kept: polygons too far from every candidate to count, not looked at
  Box extent;                   ///< in the study's CRS
  PrepareReport prepared;
  std::optional<RasterFacts> raster;   ///< set when the layer is one
  JoinReport join;                     ///< of a layer that takes the shapes of another one
  std::vector<AddedReport> added;      ///< tables whose columns it got
  FabricReport fabric;                 ///< without counts where it was not checked
  std::optional<ChangeReport> change;  ///< made before anything else was
};

/// Where a candidate lies that crosses a border.
struct BorderMark {
  std::vector<std::string> names;  ///< of the areas it lies in, by id of the area; none = it could not be computed
  bool outside = false;            ///< a part lies in none
};

/// "BD72 to ETRS89 (2) + … (0.2 m)", with what would be better where a grid is missing; empty for none.
std::string transformation_text(TransformInfo const& info);

/// A change that was read.
struct LoadedChange {
  ChangeReport report;
  MeasuringLayer joining;    ///< rows that join, prepared as the layer's own; may be none
  std::vector<Row> staying;  ///< rows of the layer that do not leave
};

/// The changes of a what-if, one per layer.
struct LoadedWhatIf {
  WhatIf const* config = nullptr;
  std::vector<LoadedChange> changes;
};

/// All layers of a study, ready to be measured against.
struct StudyLayers {
  Crs crs;
  std::map<std::string, MeasuringLayer> layers;
  std::map<std::string, MeasuringRaster> rasters;  ///< filled by `load_rasters`
  std::map<std::string, RoadGraph> graphs;
  std::map<std::string, LineFacts> line_facts;       ///< of graphs whose study says what is known of their lines
  std::map<std::string, RoadGraph> sure_graphs;      ///< as in `Inputs`
  std::vector<LayerReport> reports;                  ///< in the order of the study
  std::map<std::string, BorderMark> crosses_border;  ///< by id of the candidate
  std::map<std::string, Original> originals;         ///< by key, where the study asks for them
  std::vector<LoadedWhatIf> whatifs;                 ///< in the order of the study
};

class Additions;  // what people know better than the sources

/// Which rows of layers are read with their shapes: all, or those that can be of use to the candidates.
enum class Extent { whole, near_candidates };

/// Reads every layer of features of the study (side by side), settles ids, repairs and reprojects them, maps classes,
/// and builds road graphs. Issues come in the order of the layers. Rasters get a report that `load_rasters` fills in.
/// What is measured does not depend on the extent; faults of shapes far from every candidate are told for all of it.

StudyLayers load_layers(Study const& study, Extent extent, unsigned workers, Additions& additions, Issues& issues,
                        std::function<void(std::string const&)> const& note, Stats& stats,
                        ProgressSink const& sink = {});

/// Rows of the study's area layer that it means: those with the names asked for, else all. Throws `Error{input}` for a
/// name that no row has.
std::vector<Row> area_rows(Study const& study, Layer const& layer);

/// Rows of the candidate layer whose centroid lies in the study's area; all rows when there is none. Candidates without
/// a shape cannot be placed: they stay without an area and become an issue with one.
std::vector<Row> select_candidates(Study const& study, StudyLayers const& layers, Issues& issues);

}  // namespace terrein
