#include "support/child.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <stdexcept>

#include "support/sanitized.hpp"

namespace terrein::test {
namespace {

#if defined(TERREIN_SANITIZED)
constexpr bool limit_memory = false;
#else
constexpr bool limit_memory = true;
#endif

constexpr int other_exception = 3, cannot_answer = 4;

void set_limit(decltype(RLIMIT_CPU) what, std::size_t value) {
  rlimit const limit{value, value};
  setrlimit(what, &limit);
}

[[noreturn]] void be_child(int answer, std::function<std::string()> const& work, ChildLimits limits) {
  set_limit(RLIMIT_CPU, limits.seconds);
  set_limit(RLIMIT_CORE, 0);
  if (limit_memory) set_limit(RLIMIT_AS, limits.megabytes << 20U);
  int code = 0;
  std::string text;
  try {
    text = work();
  } catch (std::exception const& fault) {
    text = fault.what();
    code = other_exception;
  }
  for (std::size_t done = 0; done < text.size();) {
    ssize_t const n = write(answer, text.data() + done, text.size() - done);
    if (n <= 0) _exit(cannot_answer);
    done += static_cast<std::size_t>(n);
  }
  _exit(code);
}

/// Everything from a pipe until it is closed; false when that takes too long.
bool read_all(int from, std::chrono::seconds patience, std::string& out) {
  auto const end = std::chrono::steady_clock::now() + patience;
  char buffer[65536];
  for (;;) {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    pollfd ready{from, POLLIN, 0};
    if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) == 0) return false;
    ssize_t const n = read(from, buffer, sizeof buffer);
    if (n <= 0) return true;
    out.append(buffer, static_cast<std::size_t>(n));
  }
}

}  // namespace

ChildResult in_child(std::function<std::string()> const& work, ChildLimits limits) {
  int ends[2];
  if (pipe(ends) != 0) throw std::runtime_error("no pipe");
  pid_t const child = fork();
  if (child < 0) throw std::runtime_error("no process");
  if (child == 0) {
    close(ends[0]);
    be_child(ends[1], work, limits);
  }
  close(ends[1]);
  ChildResult out;
  bool const in_time = read_all(ends[0], std::chrono::seconds(3 * limits.seconds), out.text);
  if (!in_time) kill(child, SIGKILL);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (!in_time)
    out.fault = "hangs";
  else if (WIFSIGNALED(status))
    out.fault = std::string("ended by the signal ") + strsignal(WTERMSIG(status));
  else if (WEXITSTATUS(status) != 0)
    out.fault = "unexpected end with code " + std::to_string(WEXITSTATUS(status)) + ": " + out.text;
  return out;
}

}  // namespace terrein::test
