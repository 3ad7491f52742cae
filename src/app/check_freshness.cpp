#include <fmt/core.h>

#include <chrono>

#include "layer_steps.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using std::chrono::sys_days;

/// Of an ISO date, with or without a time behind it; nothing for another text.
std::optional<sys_days> day_of(std::string const& text) {
  auto const parts = split(std::string_view(text).substr(0, 10), '-');
  if (parts.size() != 3) return std::nullopt;
  auto const year = parse_number(parts[0]), month = parse_number(parts[1]), day = parse_number(parts[2]);
  if (!year || !month || !day) return std::nullopt;
  std::chrono::year_month_day const date{std::chrono::year{static_cast<int>(*year)},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional<sys_days>(date) : std::nullopt;
}

/// The clock of the machine is no part of a result: the study's own date counts, or its newest data.
std::optional<sys_days> reference_day(Study const& study) {
  if (auto const own = day_of(study.date)) return own;
  std::optional<sys_days> newest;
  for (LayerConfig const& layer : study.layers)
    if (auto const day = day_of(layer.date); day && (!newest || *day > *newest)) newest = day;
  return newest;
}

}  // namespace

void check_freshness(Study const& study, Issues& issues) {
  auto const reference = reference_day(study);
  for (LayerConfig const& layer : study.layers) {
    auto const limit = layer.max_age_days ? layer.max_age_days : study.max_age_days;
    if (!limit || layer.derived()) continue;
    auto const day = day_of(layer.date);
    if (!day) {
      issues.add({.layer = layer.key,
                  .stage = "read",
                  .code = "date_unknown",
                  .text = fmt::format("The layer states no date, so its age cannot be held against the limit of {} "
                                      "days. Say date = YYYY-MM-DD for it in the study.",
                                      *limit)});
      continue;
    }
    auto const age = (*reference - *day).count();
    if (static_cast<double>(age) > *limit)
      issues.add({.layer = layer.key,
                  .stage = "read",
                  .code = "outdated",
                  .text = fmt::format("The data are of {}: {} days old, more than the {} that the study allows. Get a "
                                      "newer delivery.",
                                      layer.date, age, *limit)});
  }
}

}  // namespace terrein
