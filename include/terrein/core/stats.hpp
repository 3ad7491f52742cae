#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace terrein {

/// Seconds per stage of a run, in the order in which the stages ran.
class Stats {
 public:
  struct Stage {
    std::string name;
    double seconds;
  };
  /// Runs `work` and notes how long it took.
  template <class Work>
  auto stage(std::string name, Work&& work) {
    struct Stop {
      Stats& stats;
      std::string name;
      std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
      ~Stop() {
        stats.stages_.push_back(
            {std::move(name), std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()});
      }
    } stop{*this, std::move(name)};
    return std::forward<Work>(work)();
  }
  [[nodiscard]] std::vector<Stage> const& stages() const noexcept { return stages_; }

 private:
  std::vector<Stage> stages_;
};

/// Largest resident memory of this process so far, in bytes.
[[nodiscard]] std::size_t peak_memory_bytes();

}  // namespace terrein
