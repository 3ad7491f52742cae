#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <string>

#include "terrein/core/progress.hpp"

namespace terrein {
struct RunOptions;
}

namespace terrein::cli {

/// What a command tells on standard error while it works.
struct Telling {
  std::string progress = "auto";  ///< auto, json or none
  int verbosity = 0;              ///< -1 errors only, 0 progress, 1 notes, 2 stages with time and memory too
};

/// What -v and -vv tell of a run.
inline constexpr char const* told_of_runs =
    "layers and transformations as they are read (-vv: versions, time and memory per stage)";

/// --progress
void add_progress_option(CLI::App& command, std::string& progress);

/// Standard error of one command: notes, and progress as a line that is erased at the end (only on a terminal), or as a
/// JSON object per line. At most ten updates a second, and the beginning and end of every stage.
class Teller {
 public:
  explicit Teller(Telling telling);
  ~Teller();
  Teller(Teller const&) = delete;
  Teller& operator=(Teller const&) = delete;

  /// For `RunOptions::note`, on a line of its own; texts of files are made printable.
  void note(std::string const& text);
  /// For `RunOptions::progress`.
  void progress(std::string const& stage, double done, double total);
  [[nodiscard]] Telling const& telling() const noexcept { return telling_; }

 private:
  using Clock = std::chrono::steady_clock;

  void begin(std::string const& stage);
  void tell_stage();
  void show(double done, double total);
  void erase();

  Telling telling_;
  bool line_;           ///< progress is shown on a terminal
  bool shown_ = false;  ///< and stands there now
  std::string stage_;
  Clock::time_point stage_begin_, last_;
};

/// For options of the engine; `teller` must outlive it.
[[nodiscard]] ProgressSink progress_of(Teller& teller);

/// Lets a run with `options` tell through `teller`, which must outlive it; with -vv begins with the versions.
void tell_run(RunOptions& options, Teller& teller);

}  // namespace terrein::cli
