#pragma once

#include <cstddef>
#include <functional>

namespace terrein {

/// Number of workers meant by a setting: 0 = the cores this process may use, negative leaves that many cores free.
[[nodiscard]] unsigned effective_workers(int setting);

/// Calls body(worker, begin, end) for consecutive chunks of [0, n), chunks handed out in order. Results must be
/// written at their row, so that they do not depend on the number of workers. The exception of the lowest failing
/// chunk is rethrown after all workers have stopped. A requested stop (`request_stop`) throws `Error{interrupted}`.
/// Tells the part of the work that the calling thread is at (`ProgressPart`) how many chunks are done.
void parallel_chunks(std::size_t n, unsigned workers, std::size_t chunk,
                     std::function<void(unsigned worker, std::size_t begin, std::size_t end)> const& body);

/// Asks all loops to end soon; safe in a signal handler.
void request_stop() noexcept;
[[nodiscard]] bool stop_requested() noexcept;
/// Throws `Error{interrupted}` when a stop was requested.
void check_stop();

}  // namespace terrein
