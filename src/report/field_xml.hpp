#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein::report {

/// The parts of a result column: `val_flood_share` is {"", "val", "flood_share"}, `brownfield_v_flood_share` is
/// {"brownfield", "v", "flood_share"}, `brownfield_score` {"brownfield", "score", ""}; all empty for any other name.
struct ColumnName {
  std::string model, part, key;
};
[[nodiscard]] ColumnName parts_of(std::string_view column, std::vector<std::string> const& models);
/// The text with its first letter (ASCII) as a capital.
[[nodiscard]] std::string with_capital(std::string text);
[[nodiscard]] std::string criterion_label(std::string const& key, Labels const& labels);
[[nodiscard]] std::string rule_label(std::string const& key, Labels const& labels);
/// Codes of the domains of result columns.
[[nodiscard]] std::vector<std::pair<std::string, std::vector<std::string>>> const& domain_codes();

/// `<fieldConfiguration>`, `<aliases>` and `<previewExpression>` of a layer. Aliases of `layer.fields` come first, else
/// those of `field_notes`.
[[nodiscard]] std::string fields_xml(OutputLayer const& layer, Labels const& labels);
/// The alias the caller gave a column, or an empty text.
[[nodiscard]] std::string alias_of(OutputLayer const& layer, std::string const& column);
/// The column that names a feature to a person (name, capakey, site_id, id …); empty when there is none.
[[nodiscard]] std::string naming_column(Table const& table);

}  // namespace terrein::report
