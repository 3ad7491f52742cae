#pragma once

#include <string>

#include "terrein/app/study_keys.hpp"

namespace terrein {

/// JSON Schema (draft 2020-12) of the study file, for editors that know TOML: names, types, allowed values and ranges,
/// defaults and meanings. It speaks of the file alone: what comes from `--set` is missing for it, and no two keys are
/// compared. Dates are texts.
[[nodiscard]] std::string study_schema(DataFolders const& data, Language language);

/// The tables of the study file in Markdown, one per table of the file: docs/study-file.md holds it.
[[nodiscard]] std::string study_markdown(DataFolders const& data, Language language);

}  // namespace terrein
