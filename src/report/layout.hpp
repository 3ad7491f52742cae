#pragma once

#include <string>
#include <vector>

#include "terrein/geometry/box.hpp"

namespace terrein::report {

/// A layer in the legend of a layout.
struct LegendLayer {
  std::string id;         ///< of the layer in the project
  std::string name;       ///< shown as heading
  std::size_t lines = 1;  ///< it takes, heading included
};

/// Texts and contents of an A3 landscape layout.
struct LayoutContent {
  std::string name;  ///< of the layout, unique in the project
  std::string title, subtitle;
  std::string theme;    ///< the map and its legend follow it
  std::string notice;   ///< in a box of its own
  std::string source;   ///< at the foot
  std::string imprint;  ///< at the foot, right
  std::string legend_title, north;
  std::vector<LegendLayer> legend;
  Box extent;  ///< what the map must show
  double metres_per_unit = 1;
};
[[nodiscard]] std::string layout_xml(LayoutContent const& content);

/// A name for an item that is the same for the same text: "{8-4-4-4-12}".
[[nodiscard]] std::string stable_uuid(std::string const& text);

}  // namespace terrein::report
