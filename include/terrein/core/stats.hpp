#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace terrein {

/// Seconds per stage of a run and per part of a stage, in the order in which they ended. Kept by the thread that leads
/// the run.
class Stats {
 public:
  struct Part {
    std::string name;
    double seconds;
  };
  struct Stage {
    std::string name;
    double seconds;
    std::vector<Part> parts;  ///< need not add up to the stage
  };
  /// Runs `work` and notes how long it took. Stages come one after another.
  template <class Work>
  auto stage(std::string name, Work&& work) {
    struct End {
      Stats& stats;
      std::string name;
      Clock::time_point start = Clock::now();
      ~End() { stats.stages_.push_back({std::move(name), since(start), std::exchange(stats.parts_, {})}); }
    } const end{*this, std::move(name)};
    return std::forward<Work>(work)();
  }
  /// The same for a part of the stage that runs now; parts of one name add up.
  template <class Work>
  auto part(std::string name, Work&& work) {
    struct End {
      Stats& stats;
      std::string name;
      Clock::time_point start = Clock::now();
      ~End() { stats.add_part(std::move(name), since(start)); }
    } const end{*this, std::move(name)};
    return std::forward<Work>(work)();
  }
  [[nodiscard]] std::vector<Stage> const& stages() const noexcept { return stages_; }

 private:
  using Clock = std::chrono::steady_clock;
  static double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }
  void add_part(std::string name, double seconds);

  std::vector<Stage> stages_;
  std::vector<Part> parts_;  ///< of the stage that runs now
};

/// Largest resident memory of this process so far, in bytes.
[[nodiscard]] std::size_t peak_memory_bytes();

}  // namespace terrein
