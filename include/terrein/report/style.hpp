#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "terrein/core/xml_text.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// Makes QML from the templates in styles/: `{{name}}` is replaced by the (XML-escaped) text, `{{{name}}}` by the text
/// as it is. Unknown names are an `Error{internal}`.
[[nodiscard]] std::string fill_template(std::string text, std::map<std::string, std::string> const& values);

/// Style of the main layer: five equal classes of a model's score, unknown grey, "eerst onderzoeken" hatched. The ten
/// best have their rank as label, closer by "nr. 1 · 97"; the others only below 1 : 5 000. Without models (`model`
/// empty): one neutral fill.
[[nodiscard]] std::string candidates_qml(std::filesystem::path const& styles, std::string const& model,
                                         OutputLayer const& layer, Labels const& labels);
/// The main layer by the outcome of a model.
[[nodiscard]] std::string outcome_qml(std::filesystem::path const& styles, std::string const& model,
                                      OutputLayer const& layer, Labels const& labels);
/// The main layer by the share of a model's weight that is known.
[[nodiscard]] std::string completeness_qml(std::filesystem::path const& styles, std::string const& model,
                                           OutputLayer const& layer, Labels const& labels);
/// Every style of the main layer but the default one (score of the first model): scores of the other models, then
/// outcome and completeness of each model. Names are "Score: Brownfield" and the like.
[[nodiscard]] std::vector<ExtraStyle> extra_candidates_styles(std::filesystem::path const& styles,
                                                              std::vector<std::string> const& models,
                                                              OutputLayer const& layer, Labels const& labels);
/// Hatched, by the rules that fail (columns `rule_<key>`): a class for each of the six most common causes of one or two
/// rules, one for other causes and one for several. A rule that fails for more than 90 % of the rows is a cause only
/// where no other rule fails. Legends take the rules' names from the aliases of those columns.
[[nodiscard]] std::string excluded_qml(std::filesystem::path const& styles, OutputLayer const& layer,
                                       Labels const& labels);
/// A marker by severity.
[[nodiscard]] std::string issues_qml(std::filesystem::path const& styles, OutputLayer const& layer,
                                     Labels const& labels);
/// The form in which people fill in what they know better: a list of `fields` (code, label) and a calendar.
[[nodiscard]] std::string additions_qml(std::filesystem::path const& styles, OutputLayer const& layer,
                                        std::vector<std::pair<std::string, std::string>> const& fields,
                                        Labels const& labels);
/// Layer `changes` of two results: the rows of one model by the change of their score, worse to better, those of which
/// the outcome changed with a bold outline.
[[nodiscard]] std::string changes_qml(std::filesystem::path const& styles, std::string const& model,
                                      OutputLayer const& layer, Labels const& labels);
/// Context layer: template styles/context_<look>.qml if there is one for this type of shape, else by shape type.
/// styles/looks.csv maps other layer keys to looks.
[[nodiscard]] std::string context_qml(std::filesystem::path const& styles, std::string const& look,
                                      OutputLayer const& layer, Labels const& labels);

}  // namespace terrein
