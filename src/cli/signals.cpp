#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include "commands.hpp"
#include "terminal.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/io/leftovers.hpp"

namespace terrein::cli {
namespace {

constexpr std::chrono::milliseconds to_finish{600};  ///< for loops to end by themselves
constexpr int interrupted = 130;

timespec span(std::chrono::milliseconds time) {
  return {static_cast<time_t>(time.count() / 1000), static_cast<long>(time.count() % 1000) * 1'000'000};
}

/// Waits for a signal that asks to end the program. Loops end by themselves soon after; a library in the midst of a
/// long operation does not, so that after `to_finish`, or a second signal, the program ends whatever its threads do.
[[noreturn]] void watch(sigset_t signals) {
  int signal = 0;
  while (sigwait(&signals, &signal) != 0) {
  }
  request_stop();
  timespec const first = span(to_finish);
  bool const urged = sigtimedwait(&signals, nullptr, &first) > 0;
  if (remove_leftovers(urged ? std::chrono::milliseconds{100} : std::chrono::milliseconds{250})) {
    tell_of_interruption();
    std::_Exit(interrupted);
  }
  // Results are being put in their place: that is finished, unless the user insists.
  if (!urged)
    while (sigwait(&signals, &signal) != 0) {
    }
  std::_Exit(interrupted);
}

}  // namespace

void tell_of_interruption() {
  static std::atomic_flag told;
  if (told.test_and_set()) return;
  std::string const text = (lively_terminal() ? erase_line : "") + error_word() + "Interrupted; nothing was written.\n";
  // Nothing can be done when standard error is closed.
  [[maybe_unused]] auto const written = write(STDERR_FILENO, text.data(), text.size());
}

void end_on_request() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  struct sigaction hangup {};
  sigaction(SIGHUP, nullptr, &hangup);
  if (hangup.sa_handler != SIG_IGN) sigaddset(&signals, SIGHUP);  // nohup means to go on
  signal(SIGXFSZ, SIG_IGN);                       // a file that may not grow is an error of writing, told by a sentence
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // for the threads to come too
  std::thread(watch, signals).detach();
}

}  // namespace terrein::cli
