#pragma once

#include <vector>

#include "made_layers.hpp"
#include "terrein/app/run_study.hpp"

namespace terrein {

/// The sites of a run for the terminal, from the layer `sites`; none for studies without [assembly].
[[nodiscard]] std::vector<SiteSummary> summarise_sites(std::vector<MadeLayer> const& made);

/// Why there are fewer sites than asked for, a sentence per set.
[[nodiscard]] std::vector<std::string> missing_sites(Issues const& issues);

}  // namespace terrein
