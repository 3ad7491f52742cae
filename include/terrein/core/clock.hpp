#pragma once

#include <optional>
#include <string>

namespace terrein {

/// "2026-01-31T12:00:00.000Z" from seconds since 1970, UTC.
[[nodiscard]] std::string iso_time(long long seconds);
/// The time in SOURCE_DATE_EPOCH, by which programs give the same bytes at any hour; nothing when it is not set. Throws
/// `Error{usage}` when it is no whole number of seconds.
[[nodiscard]] std::optional<std::string> time_from_environment();
/// The time of the machine, UTC.
[[nodiscard]] std::string time_now();

}  // namespace terrein
