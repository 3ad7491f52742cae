#include "terrein/core/clock.hpp"

#include <chrono>
#include <cstdlib>

#include "terrein/core/error.hpp"

namespace terrein {

std::string iso_time(long long seconds) {
  std::chrono::sys_seconds const time{std::chrono::seconds{seconds}};
  auto const day = std::chrono::floor<std::chrono::days>(time);
  std::chrono::year_month_day const date{day};
  std::chrono::hh_mm_ss const clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.000Z", int{date.year()}, unsigned{date.month()},
                     unsigned{date.day()}, clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<std::string> time_from_environment() {
  char const* const epoch = std::getenv("SOURCE_DATE_EPOCH");
  if (epoch == nullptr || *epoch == '\0') return std::nullopt;
  char* end = nullptr;
  long long const seconds = std::strtoll(epoch, &end, 10);
  if (*end != '\0' || seconds < 0 || seconds > 253402300799LL)  // the last second of the year 9999
    throw_error(ErrorKind::usage, "SOURCE_DATE_EPOCH is '{}'; it must be a whole number of seconds since 1970.", epoch);
  return iso_time(seconds);
}

std::string time_now() {
  auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return iso_time(now.time_since_epoch().count());
}

}  // namespace terrein
