#pragma once

#include "fabric.hpp"

namespace terrein::demo {

/// Puts farmsteads and rows of houses on fields along the roads of one face: the plots from `first` on.
void settle(Land const& land, std::size_t face, std::size_t first, std::vector<Plot>& plots);

}  // namespace terrein::demo
