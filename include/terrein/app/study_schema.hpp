#pragma once

#include <string>
#include <vector>

#include "terrein/app/study.hpp"

namespace terrein {

/// One key of the study file, a row of datasets/study-keys.csv.
struct StudyKey {
  std::string table;                ///< "layers.<key>.graph"; names in <> are chosen by the user
  std::string key;                  ///< may be "<name>" too
  std::vector<std::string> types;   ///< text, texts, number, numbers, boolean, date, table
  std::vector<std::string> values;  ///< the only ones allowed; empty = any
  std::string otherwise;            ///< what counts without the key: a value, or words
  std::string meaning;              ///< English
};

/// All keys that a study may have, in the order of the table. Measures and shipped models stand in `values` by name.
/// Throws `Error{config}` naming the line for an unknown type.
[[nodiscard]] std::vector<StudyKey> study_keys(DataFolders const& data);

/// JSON Schema (draft 2020-12) of the study file, for editors that know TOML. It says names, types, allowed values and
/// meanings; no key is required, because each may come from `--set`, and no two keys are compared. Dates are texts.
[[nodiscard]] std::string study_schema(DataFolders const& data);

}  // namespace terrein
