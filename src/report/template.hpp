#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "terrein/report/labels.hpp"

namespace terrein::report {

using Values = std::map<std::string, std::string>;

/// What every template may use: the colours of styles/palette.csv by key, `legend_<key>` labels, `icon_<name>` (SVG as
/// base64) and `part_<name>` (pieces of XML).
[[nodiscard]] Values template_values(std::filesystem::path const& styles, Labels const& labels);
/// The template `file` of the styles folder, filled.
[[nodiscard]] std::string fill_file(std::filesystem::path const& styles, std::string const& file, Values const& values);

[[nodiscard]] std::string base64(std::string_view bytes);
/// A column in a QGIS expression: "name", with quotes doubled.
[[nodiscard]] std::string column_ref(std::string_view column);
/// A text in a QGIS expression: 'text', with quotes and backslashes doubled.
[[nodiscard]] std::string text_literal(std::string_view text);

}  // namespace terrein::report
