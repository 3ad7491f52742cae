#include "terrein/core/progress.hpp"

namespace terrein {
namespace {

constexpr std::int64_t whole = 1'000'000;
thread_local ProgressPart* innermost = nullptr;

}  // namespace

ProgressStage::ProgressStage(ProgressSink const& sink, std::string name, std::size_t parts)
    : sink_(sink), name_(std::move(name)), parts_(parts) {
  add(0);
}

void ProgressStage::add(std::int64_t millionths) {
  if (!sink_) return;
  std::lock_guard const lock{mutex_};
  millionths_ += millionths;
  sink_(name_, static_cast<double>(millionths_) / static_cast<double>(whole), static_cast<double>(parts_));
}

ProgressPart::ProgressPart(ProgressStage& stage) : stage_(stage), outer_(innermost) { innermost = this; }

ProgressPart::~ProgressPart() {
  innermost = outer_;
  reach_millionths(whole);
}

void ProgressPart::reach(std::size_t done, std::size_t total) noexcept {
  if (total == 0 || !stage_.sink_) return;
  double const part = static_cast<double>(done) / static_cast<double>(total);
  reach_millionths(part >= 1 ? whole : static_cast<std::int64_t>(part * static_cast<double>(whole)));
}

void ProgressPart::reach_millionths(std::int64_t millionths) noexcept {
  std::int64_t before = millionths_.load();
  while (before < millionths)
    if (millionths_.compare_exchange_weak(before, millionths)) {
      try {
        stage_.add(millionths - before);
      } catch (...) {  // a reader of progress that fails must not end the work
      }
      return;
    }
}

ProgressPart* ProgressPart::current() noexcept { return innermost; }

}  // namespace terrein
