#include "terrein/core/parallel.hpp"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "terrein/core/error.hpp"
#include "terrein/core/progress.hpp"

namespace terrein {
namespace {

std::atomic<bool> stop_flag{false};
static_assert(std::atomic<bool>::is_always_lock_free, "the flag is set in a signal handler");

unsigned available_cores() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(std::max(1, CPU_COUNT(&set)));
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

unsigned effective_workers(int setting) {
  constexpr int most = 256;  // more threads than any machine this was meant for
  if (setting > 0) return static_cast<unsigned>(std::min(setting, most));
  int const cores = static_cast<int>(available_cores());
  return static_cast<unsigned>(std::max(1, cores + setting));
}

void request_stop() noexcept { stop_flag.store(true, std::memory_order_relaxed); }
bool stop_requested() noexcept { return stop_flag.load(std::memory_order_relaxed); }

void check_stop() {
  if (stop_requested()) throw Error(ErrorKind::interrupted, "Interrupted; nothing was written.");
}

void parallel_chunks(std::size_t n, unsigned workers, std::size_t chunk,
                     std::function<void(unsigned, std::size_t, std::size_t)> const& body) {
  std::size_t const chunks = (n + chunk - 1) / chunk;
  std::atomic<std::size_t> next{0}, finished{0};
  ProgressPart* const part = ProgressPart::current();
  std::mutex mutex;
  std::size_t failed = chunks;
  std::exception_ptr error;
  auto const run = [&](unsigned worker) {
    for (auto c = next.fetch_add(1); c < chunks; c = next.fetch_add(1)) {
      try {
        check_stop();
        body(worker, c * chunk, std::min(n, (c + 1) * chunk));
        if (part != nullptr) part->reach(++finished, chunks);
      } catch (...) {
        std::lock_guard const lock{mutex};
        if (c < failed) {
          failed = c;
          error = std::current_exception();
        }
        next.store(chunks);
      }
    }
  };
  {
    std::vector<std::jthread> pool;
    auto const useful = static_cast<unsigned>(std::min<std::size_t>(workers, chunks));
    for (unsigned worker = 1; worker < useful; ++worker) pool.emplace_back(run, worker);
    run(0);
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace terrein
