#include <cmath>

#include "study_parts.hpp"

namespace terrein {

TrialsSpec read_trials(TomlTable& root) {
  TrialsSpec out;
  TomlTable table = root.table("trials");
  out.asked = table.exists();
  double const most = table.number("near_misses").value_or(static_cast<double>(out.near_misses));
  if (most != std::floor(most) || most < 0 || most > 1e6)
    table.problem("near_misses", "must be a whole number from 0 to 1000000.");
  else
    out.near_misses = static_cast<std::size_t>(most);
  table.finish();
  return out;
}

}  // namespace terrein
