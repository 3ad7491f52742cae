#pragma once

#include <optional>
#include <string>
#include <vector>

#include "terrein/criteria/criterion.hpp"

namespace terrein {

/// What land a network brings within reach of the features of a layer.
struct ReachSpec {
  enum class Kind {
    isochrones,    ///< per limit: land from which any of them is reached within it
    market_areas,  ///< per feature: land for which it is the nearest, within the largest limit
  };
  std::string key;  ///< in the study
  Kind kind = Kind::isochrones;
  std::string layer;
  std::vector<std::string> classes;  ///< empty = all rows
  std::string roads;                 ///< key of the network
  JoinAt join = JoinAt::centroid;    ///< where the features join it
  double access_kmh = 20;            ///< beside it
  TravelDirection direction = TravelDirection::to;
  TravelCost cost = TravelCost::seconds;
  std::vector<double> limits;  ///< in that cost, ascending; market areas may have none
  double width_m = 250;        ///< land so far from the reached roads is drawn
  std::string label_nl, label_en;
};

/// One area that was made.
struct ReachArea {
  std::optional<double> limit;
  Row source = no_row;  ///< of market areas: the row of the layer
  bool certain = true;  ///< false = if all lines are open of which that is not known
  double metres = 0;    ///< of the stretches it is drawn around, as lines in the CRS of the study
};
struct ReachAreas {
  std::vector<ReachArea> rows;
  GeometryColumn shapes;  ///< a polygon row each; empty where nothing is reached
};

/// The reached parts of stretches are exact: cut where the limit ends and where the nearest feature changes, features
/// of one cost going to the smallest id. Land is what lies within `width_m` of them (see `corridors`); where land of
/// several features meets, it goes to that with the nearest road, by points along the roads (see `shared_out`).
/// Isochrones come in the order of the limits, each first over lines that are surely open and, where there are lines in
/// doubt, once more over those as well. Market areas come in the order of the ids of the features that have any, and
/// take all lines that are perhaps open, as the features named by measures over a network do. Rows of which it is not
/// known whether they count are left out. Throws `Error{config}` where the layer is no network, the classes or numbers
/// cannot be used, or gates are asked for where there are none.
[[nodiscard]] ReachAreas reach_areas(ReachSpec const& spec, Inputs const& inputs);

}  // namespace terrein
