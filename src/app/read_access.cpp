#include <cmath>

#include "study_parts.hpp"

namespace terrein {

void read_access(TomlTable& table, CriterionSpec& spec) {
  AccessSpec& access = spec.access;
  double const nth = table.number("nth").value_or(1);
  if (nth < 1 || nth > 1000 || nth != std::floor(nth))
    table.problem("nth", "must be a whole number from 1 to 1000.");
  else
    access.nth = static_cast<std::size_t>(nth);
  std::string const direction = table.text_or("direction", "to");
  if (auto const found = travel_direction(direction))
    access.direction = *found;
  else
    table.problem("direction", "'" + direction + "' is not one of to, from, both.");
}

}  // namespace terrein
