#pragma once

#include <cstddef>
#include <string_view>

namespace terrein {

/// Says what this thread is doing while the object lives ("reading layer 'roads' ('roads.gpkg')"), so that a fault that
/// no exception carries, inside a library, can be told with its cause. The first one of a thread also gives it a second
/// stack, on which an overflow of the first can be told. Works of one thread may lie within each other.
class CurrentWork {
 public:
  explicit CurrentWork(std::string_view what) noexcept;
  ~CurrentWork();
  CurrentWork(CurrentWork const&) = delete;
  CurrentWork& operator=(CurrentWork const&) = delete;
  [[nodiscard]] char const* text() const noexcept { return text_; }

 private:
  static constexpr std::size_t longest = 400;
  char text_[longest + 1];
  CurrentWork const* outer_;
};

/// What this thread is doing, or null. Safe in a signal handler.
[[nodiscard]] char const* current_work() noexcept;

}  // namespace terrein
