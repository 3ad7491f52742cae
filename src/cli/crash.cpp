#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstring>

#include "commands.hpp"
#include "terrein/core/current_work.hpp"

namespace terrein::cli {
namespace {

void say(char const* text) noexcept {
  // Nothing can be done when standard error is closed.
  [[maybe_unused]] auto const written = write(STDERR_FILENO, text, std::strlen(text));
}

std::atomic_flag told;

/// Only what is safe in a signal handler: the state of the program is unknown. When several threads fail at once, the
/// first one speaks and ends the program, and the others wait for that.
extern "C" void on_fault(int signal) {
  while (told.test_and_set()) pause();
  char const* const work = current_work();
  say("terrein: a library failed (");
  say(signal == SIGABRT ? "it gave up" : signal == SIGFPE ? "arithmetic fault" : "memory fault");
  if (work == nullptr) {
    say("). The result was not completed. Please report this with the study.\n");
    _exit(1);
  }
  say(") while ");
  say(work);
  say(". The source is damaged in a way that the library does not bear. Get it again, or write it anew with ogr2ogr; "
      "nothing was written.\n");
  constexpr int bad_input = 3;
  _exit(bad_input);
}

}  // namespace

void tell_of_faults() {
  struct sigaction action {};
  action.sa_handler = on_fault;
  action.sa_flags = SA_ONSTACK;
  sigfillset(&action.sa_mask);  // a fault in the handler itself ends the program at once
  for (int const signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT}) sigaction(signal, &action, nullptr);
}

}  // namespace terrein::cli
