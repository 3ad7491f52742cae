#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "terrein/core/issues.hpp"
#include "terrein/core/progress.hpp"
#include "terrein/core/stats.hpp"
#include "terrein/geometry/layer.hpp"
#include "terrein/geometry/raster.hpp"
#include "terrein/network/line_facts.hpp"
#include "terrein/network/road_graph.hpp"

namespace terrein {

class MeasureStore;
struct ChainSpec;

/// Where a layer is complete: "no feature here" means absence only inside it, and is unknown outside.
struct Coverage {
  bool everywhere = false;
  GeometryColumn area;  ///< one polygon row (dissolved) unless `everywhere`
};

/// Rows of a layer that traffic cannot cross on its way between a candidate and a network.
struct BarrierSpec {
  std::string layer;                 ///< key
  std::vector<std::string> classes;  ///< empty = all
};

/// Where candidates may meet a network.
struct GateRules {
  double tolerance_m = 20;          ///< between the boundary of the candidate and the line
  std::vector<std::string> not_on;  ///< classes of lines without gates: motorways
  std::string where;                ///< filter over the attributes of lines that may have gates; empty = all
  std::vector<BarrierSpec> barriers;
};

/// A prepared layer with what measuring needs to know about it.
struct MeasuringLayer {
  Layer layer;
  TextColumn class_of;          ///< class in terrein's vocabulary per row, null = not known; empty = no classes
  char class_separator = '\0';  ///< a row may have several classes ("rail;barge"); 0 = one. An empty word ("rail;")
                                ///< stands for classes that are not known
  Coverage coverage;
  bool hidden_may_replace = false;  ///< a row without shape would have taken the place of others, wherever it lies
  std::vector<std::uint8_t> approximate;  ///< 1 = position only approximate; empty = none is
  std::optional<GraphOptions> graph;      ///< how its lines join to a network
  std::optional<GateRules> gates;         ///< where candidates meet that network
};

/// A raster with what measuring needs to know about it.
struct MeasuringRaster {
  Raster raster;
  std::map<double, std::string> class_of;  ///< class of a value; cells with another value have no known class
  /// Box in the candidates' CRS for which their transformation to the raster's is chosen: that of their whole layer, so
  /// that it is the same for any part of them.
  Box candidates;
};

/// Everything criteria may look at. Graphs are built on first use.
struct Inputs {
  MeasuringLayer const* candidates = nullptr;
  /// The whole layer the candidates were taken from, and the row of each candidate in it: neighbours are sought among
  /// all of its rows. Empty = the candidates are the whole layer.
  std::string candidate_layer;
  std::vector<Row> candidate_rows;
  std::map<std::string, MeasuringLayer> const* layers = nullptr;    ///< by key in the study
  std::map<std::string, MeasuringRaster> const* rasters = nullptr;  ///< by key in the study
  std::map<std::string, RoadGraph> const* graphs = nullptr;         ///< by key of the road layer
  /// Of graphs with lines that are perhaps not open, the part that surely is (`sure_part`).
  std::map<std::string, RoadGraph> const* sure_graphs = nullptr;
  std::map<std::string, LineFacts> const* line_facts = nullptr;  ///< of graphs whose lines have some
  std::map<std::string, ChainSpec> const* chains = nullptr;      ///< by key in the study
  bool allow_approximate = false;
  unsigned workers = 1;
  MeasureStore* store = nullptr;  ///< measures of former runs; null = everything is measured
  ProgressSink progress;          ///< stage "measure", a part per criterion; may be empty
  Stats* stats = nullptr;         ///< takes the seconds of each criterion; may be null

  [[nodiscard]] MeasuringLayer const* find(std::string const& key) const;
  [[nodiscard]] MeasuringRaster const* find_raster(std::string const& key) const;
};

}  // namespace terrein
