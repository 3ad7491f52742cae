#pragma once

#include <chrono>
#include <filesystem>
#include <mutex>

namespace terrein {

/// A file or folder of an unfinished piece of work, known for as long as this lives, so that a program that must end at
/// once can remove it. Removes nothing itself.
class Leftover {
 public:
  explicit Leftover(std::filesystem::path path);
  ~Leftover();
  Leftover(Leftover const&) = delete;
  Leftover& operator=(Leftover const&) = delete;

 private:
  std::filesystem::path path_;
};

/// Held while results are put in their place, which must not be cut off. Throws `Error{interrupted}` when a stop was
/// requested, and so never begins after `remove_leftovers`.
[[nodiscard]] std::unique_lock<std::timed_mutex> begin_placing();
/// Says, under that lock, that the results of the program are in their place: its work can no longer be stopped.
void end_placing() noexcept;

/// For a program that was asked to stop (`request_stop`) and must end now, whatever its threads do: removes the files
/// and folders of unfinished work. False when results were put in their place meanwhile, or still are after `patience`:
/// then nothing is removed.
[[nodiscard]] bool remove_leftovers(std::chrono::milliseconds patience);

}  // namespace terrein
