#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "additions.hpp"

namespace terrein {

/// A number with a point or a comma before its decimals.
[[nodiscard]] std::optional<double> number_in(std::string const& text);
/// Whether a text begins with a date as 2026-01-31.
[[nodiscard]] bool is_date(std::string const& text);
/// What is wrong with the numbers of a row, or nothing.
[[nodiscard]] std::string fault_of_numbers(Addition const& one);
/// What a measure cannot be: a share outside 0..1, a negative length, area, count or time.
[[nodiscard]] std::string fault_of_scale(Addition const& one, CriterionSpec const& spec);
/// Classes that value functions and rules of the study know of a criterion; none = any text may be one.
[[nodiscard]] std::vector<std::string> known_classes(Study const& study, std::string const& criterion);
/// A column of texts with other texts in some rows.
[[nodiscard]] TextColumn with_texts(TextColumn const& column, Additions::Changes const& changes);
/// The number in a cell, or none.
[[nodiscard]] std::optional<double> number_or_none(std::optional<std::string> const& text);
/// A column of nulls for what the source lacks.
[[nodiscard]] AnyColumn empty_column(std::string const& name, bool texts, std::size_t rows);
/// The table with changed values, by name of the column in small letters; what it lacks comes last.
[[nodiscard]] Table with_changes(Table const& table, std::map<std::string, Additions::Changes> const& changes,
                                 std::map<std::string, AnyColumn> const& added);
/// Numbers only: a text that a form writes with a comma is a number with a point.
[[nodiscard]] std::string as_number(std::string const& text);

}  // namespace terrein
