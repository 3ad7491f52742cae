#include "terrein/core/stats.hpp"

#include <sys/resource.h>

namespace terrein {

std::size_t peak_memory_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1024U;  // Linux counts in kB
}

}  // namespace terrein
