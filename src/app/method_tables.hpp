#pragma once

#include <string>
#include <vector>

#include "judge.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein {

// The method of a model in the tables of a result, and read back from them.

/// Columns that name in table `models` how values become scores: method, normalisation and settings, and per criterion
/// its preference, veto and group.
void add_method_columns(std::vector<ModelResult const*> const& models, OutputLayer& table, Labels const& labels);
/// Table `criteria_groups`: the groups of criteria that have a score together, a row per group; no rows without groups.
[[nodiscard]] OutputLayer groups_table(std::vector<ModelResult const*> const& models, Labels const& labels);

/// Reads what one row of table `models` says of the method of its model, whose criteria up to that of the row are read.
/// Nothing changes where the table names no method. Throws `Error{config}` for words that are none.
void read_method_columns(Table const& models, std::size_t row, ModelConfig& model);
/// The same for a row of table `criteria_groups`. The criteria of the group are those that table `models` puts in it.
[[nodiscard]] ModelGroup read_group_row(Table const& groups, std::size_t row);

}  // namespace terrein
