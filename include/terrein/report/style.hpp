#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// Makes QML from the templates in styles/: `{{name}}` is replaced by the (XML-escaped) text, `{{{name}}}` by the text as it
/// is. Unknown names are an `Error{internal}`.
[[nodiscard]] std::string fill_template(std::string text, std::map<std::string, std::string> const& values);

/// Style of the main layer: five equal classes of a model's score, unknown grey, "eerst onderzoeken" hatched.
/// Without models: one neutral fill.
[[nodiscard]] std::string candidates_qml(std::filesystem::path const& styles, std::string const& model,
                                         OutputLayer const& layer, Labels const& labels);
/// Hatched, by the rule that excludes.
[[nodiscard]] std::string excluded_qml(std::filesystem::path const& styles, OutputLayer const& layer,
                                       Labels const& labels);
[[nodiscard]] std::string issues_qml(std::filesystem::path const& styles, OutputLayer const& layer,
                                     Labels const& labels);
/// Context layer: template styles/context_<look>.qml if there is one, else by shape type.
[[nodiscard]] std::string context_qml(std::filesystem::path const& styles, std::string const& look,
                                      OutputLayer const& layer, Labels const& labels);

}  // namespace terrein
