#include "terrein/core/current_work.hpp"

#include <signal.h>

#include <algorithm>
#include <memory>
#include <new>

namespace terrein {
namespace {

thread_local CurrentWork const* innermost = nullptr;

/// A stack for signal handlers, of a thread that has none yet.
class SignalStack {
 public:
  SignalStack() noexcept {
    constexpr std::size_t bytes = 1U << 16U;
    stack_t now{};
    if (sigaltstack(nullptr, &now) != 0 || (now.ss_flags & SS_DISABLE) == 0) return;
    memory_.reset(new (std::nothrow) char[bytes]);
    stack_t mine{};
    mine.ss_sp = memory_.get();
    mine.ss_size = bytes;
    if (memory_) sigaltstack(&mine, nullptr);
  }
  ~SignalStack() {
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    if (memory_) sigaltstack(&none, nullptr);
  }
  SignalStack(SignalStack const&) = delete;
  SignalStack& operator=(SignalStack const&) = delete;

 private:
  std::unique_ptr<char[]> memory_;
};

}  // namespace

CurrentWork::CurrentWork(std::string_view what) noexcept : outer_(innermost) {
  static thread_local SignalStack const stack;
  *std::copy_n(what.begin(), std::min(what.size(), longest), text_) = '\0';
  innermost = this;
}

CurrentWork::~CurrentWork() { innermost = outer_; }

char const* current_work() noexcept { return innermost == nullptr ? nullptr : innermost->text(); }

}  // namespace terrein
