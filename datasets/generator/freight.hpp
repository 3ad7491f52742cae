#pragma once

#include "scene.hpp"

namespace terrein::demo {

// The world beyond the map, drawn schematically: where roads, rails and canals lead to. Not bent: coordinates are those
// of EPSG:31370.

constexpr Vec sea_port{58000, 240000};
constexpr Vec sea_ramp{53000, 237000};          ///< where the motorway ends
constexpr Vec hinterland{176000, 198000};       ///< a place; its terminals lie some kilometres away
constexpr Vec hinterland_quay{172000, 200000};  ///< where the canal ends
constexpr Vec hinterland_yard{174500, 196500};  ///< where the railway ends
constexpr Vec hinterland_ramp{170000, 194000};  ///< where the motorway ends

[[nodiscard]] Line motorway_to_sea();         ///< from the west end of the map on
[[nodiscard]] Line motorway_to_hinterland();  ///< from the east end of the map on

/// Layers for chains of road, barge and rail: canals, train_lines, ports, freight_terminals, water_use, water_offer and
/// what is planned.
void add_freight(Scene const& scene, std::vector<LayerMaker>& out);

}  // namespace terrein::demo
