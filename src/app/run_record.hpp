#pragma once

#include <nlohmann/json.hpp>

#include "layers.hpp"
#include "terrein/app/study.hpp"

namespace terrein {

/// What a run used besides its sources: shipped models, labels, styles and the attributes of OpenStreetMap, each with
/// kind, name and hash.
[[nodiscard]] nlohmann::ordered_json shipped_json(Study const& study, StudyLayers const& layers,
                                                  DataFolders const& data);
/// Where something that `shipped_json` names lies now.
[[nodiscard]] std::filesystem::path shipped_path(std::string const& kind, std::string const& name,
                                                 DataFolders const& data);

/// What is needed to run again besides the settings: --set and the variables that the settings use, without passwords.
[[nodiscard]] nlohmann::ordered_json run_json(Study const& study);

}  // namespace terrein
