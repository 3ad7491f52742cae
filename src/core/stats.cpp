#include "terrein/core/stats.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace terrein {

void Stats::add_part(std::string name, double seconds) {
  auto const known = std::find_if(parts_.begin(), parts_.end(), [&](Part const& part) { return part.name == name; });
  if (known != parts_.end())
    known->seconds += seconds;
  else
    parts_.push_back({std::move(name), seconds});
}

std::size_t peak_memory_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024U;  // Linux counts in kB
}

}  // namespace terrein
