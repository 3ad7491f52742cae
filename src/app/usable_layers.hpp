#pragma once

#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "additions.hpp"
#include "layers.hpp"
#include "terrein/app/check_study.hpp"
#include "terrein/core/progress.hpp"

namespace terrein {

/// What of a study can be read.
struct UsableLayers {
  std::unique_ptr<Study> study;          ///< without the layers that cannot be used; the reports point into it
  std::unique_ptr<Additions> additions;  ///< there when the layers are
  std::optional<StudyLayers> layers;     ///< nothing when there are no candidates, or the layers do not go together
  std::vector<CheckFault> faults;
  std::set<std::string> unusable;  ///< keys of layers
};

/// Loads the layers of a study as a run does. When that ends with an error each layer is tried for itself, and those
/// that can be used are loaded without the others. With `sound` false (the study file has faults) layers are only tried
/// for themselves.
UsableLayers usable_layers(Study const& written, bool sound, unsigned workers, Issues& issues,
                           ProgressSink const& sink = {});

}  // namespace terrein
