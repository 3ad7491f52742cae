#pragma once

#include "site_layer.hpp"

namespace terrein {

/// The table `site_duties`: per site the procedures that it needs or may need (datasets/sites/duties.csv) and the
/// conditions of the rules of the study, each with its ground, reference, date and mark. `areas` is the layer of sites,
/// with their areas.
[[nodiscard]] MadeLayer site_duties(SiteLayer const& sites, MadeLayer const& areas,
                                    std::vector<std::size_t> const& rows, MadeFrom const& from);

}  // namespace terrein
