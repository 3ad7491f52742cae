#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/template.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein::report {

/// `CASE` expression that gives the label of each code of a column, and the code itself where there is none.
[[nodiscard]] std::string label_case(std::string const& column,
                                     std::vector<std::pair<std::string, std::string>> const& labels);
/// Expression of the text that names a feature; an empty text when no column does.
[[nodiscard]] std::string heading_expression(Table const& table);

/// How labels of a layer look.
struct Labeling {
  std::string expression;                ///< QGIS expression of the text
  std::string size = "8";                ///< points
  std::string weight = "50";             ///< 50 normal, 75 bold
  std::string placement = "4";           ///< 4 inside polygons, 6 beside points
  std::string smallest_scale = "25000";  ///< not drawn at smaller scales than 1 : this
  std::string obstacle = "1";            ///< 0 lets other labels stand on the features
  std::string properties = {};           ///< XML of settings that differ from feature to feature
};
/// `<labeling>` by styles/labeling.xml.
[[nodiscard]] std::string labeling_xml(std::filesystem::path const& styles, Values values, Labeling const& labeling);

}  // namespace terrein::report
