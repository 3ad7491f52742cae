#include "terrein/io/leftovers.hpp"

#include <atomic>
#include <set>

#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

namespace fs = std::filesystem;

/// Never destroyed: a thread may ask for it while the program ends.
struct Register {
  std::timed_mutex placing;
  std::atomic<bool> placed{false};
  std::mutex mutex;
  std::multiset<fs::path> paths;
};

Register& all() {
  static auto* const only = new Register;
  return *only;
}

}  // namespace

Leftover::Leftover(fs::path path) : path_(std::move(path)) {
  std::lock_guard const lock{all().mutex};
  all().paths.insert(path_);
}

Leftover::~Leftover() {
  std::lock_guard const lock{all().mutex};
  if (auto const it = all().paths.find(path_); it != all().paths.end()) all().paths.erase(it);
}

std::unique_lock<std::timed_mutex> begin_placing() {
  std::unique_lock lock{all().placing};
  check_stop();
  return lock;
}

void end_placing() noexcept { all().placed = true; }

bool remove_leftovers(std::chrono::milliseconds patience) {
  // Stays locked: what has not been placed by now never will be.
  if (!all().placing.try_lock_for(patience) || all().placed) return false;
  std::lock_guard const lock{all().mutex};
  std::error_code ignored;  // what cannot be removed is hidden, and removed by the next run
  for (fs::path const& path : all().paths) fs::remove_all(path, ignored);
  return true;
}

}  // namespace terrein
