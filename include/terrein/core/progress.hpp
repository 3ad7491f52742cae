#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace terrein {

/// Told how far a stage is: `done` of `total` parts (layers, criteria, files), with the fraction of those under way.
/// `done` never shrinks within a stage. Called by one thread at a time, but by any, and often.
using ProgressSink = std::function<void(std::string const& stage, double done, double total)>;

/// A stage of a run that consists of parts. Only tells; never changes what is computed.
class ProgressStage {
 public:
  /// `sink` may be empty; it must outlive this.
  ProgressStage(ProgressSink const& sink, std::string name, std::size_t parts);
  ProgressStage(ProgressStage const&) = delete;
  ProgressStage& operator=(ProgressStage const&) = delete;

 private:
  friend class ProgressPart;
  void add(std::int64_t millionths);

  ProgressSink const& sink_;
  std::string name_;
  std::size_t parts_;
  std::mutex mutex_;
  std::int64_t millionths_ = 0;
};

/// One part of a stage, done when this goes. While it lives it is the part that its thread works on: `parallel_chunks`
/// and readers of that thread tell it how far they are.
class ProgressPart {
 public:
  explicit ProgressPart(ProgressStage& stage);
  ~ProgressPart();
  ProgressPart(ProgressPart const&) = delete;
  ProgressPart& operator=(ProgressPart const&) = delete;

  /// The part is done for at least this fraction; a smaller one than before is left aside, so that work in several
  /// loops does not go back. Threads of the part may call it side by side.
  void reach(std::size_t done, std::size_t total) noexcept;
  /// The part that this thread works on; null for none.
  [[nodiscard]] static ProgressPart* current() noexcept;

 private:
  void reach_millionths(std::int64_t millionths) noexcept;

  ProgressStage& stage_;
  ProgressPart* outer_;
  std::atomic<std::int64_t> millionths_{0};
};

}  // namespace terrein
