#pragma once

#include <map>
#include <string>
#include <vector>

#include "terrein/core/table.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/report/labels.hpp"

namespace terrein {

/// Keys of the models whose columns (`<model>_outcome`, `<model>_score`) a result table has, in column order.
[[nodiscard]] std::vector<std::string> models_of(Table const& table);
/// What a person reads instead of a column name. Derived from the parts of the name (`val_`, `by_`, `rule_`, `m_`,
/// `<model>_…`); a name without label is written with spaces and a capital.
[[nodiscard]] std::string column_label(Table const& table, std::string const& column, Labels const& labels);
/// Alias, description and domain of every column of a result table; no alias occurs twice.
[[nodiscard]] std::map<std::string, FieldNote> field_notes(Table const& table, Labels const& labels);
/// The domains that `field_notes` names: rule_result, outcome, severity.
[[nodiscard]] std::vector<Domain> result_domains(Labels const& labels);

}  // namespace terrein
