#pragma once

#include <string>

#include "terrein/app/study.hpp"

namespace terrein {

/// Every measure of the registry for people, in the order of its names: unit, usual direction, the layer it needs, and
/// the sentence that says what it is.
[[nodiscard]] std::string criteria_text(Language language);
/// The same as one JSON object with the meaning in both languages. `unit` is null where the field or the raster gives
/// it; `better` is "more", "less" or null; `layer` is "vector", "raster" or null.
[[nodiscard]] std::string criteria_json();

/// The shipped models, one line each: name, label, numbers of rules and of scored criteria. The last line says that
/// nobody adopted the weights. Throws `Error{config}` for a table that cannot be read.
[[nodiscard]] std::string models_text(DataFolders const& data, Language language);
[[nodiscard]] std::string models_json(DataFolders const& data);

/// One shipped model: criteria with weight and value function, what is measured for the rules alone, and the rules.
/// Duties are Dutch, references and reasons English, as the tables have them. Throws `Error{usage}` with the nearest
/// names for a model that is not shipped, `Error{config}` for a table that cannot be read.
[[nodiscard]] std::string model_text(DataFolders const& data, std::string const& name, Language language);
[[nodiscard]] std::string model_json(DataFolders const& data, std::string const& name);

}  // namespace terrein
