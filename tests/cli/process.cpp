#include "process.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>

namespace terrein::test {
namespace {

constexpr unsigned nobody = 65534;
constexpr int cannot_start = 126;

[[noreturn]] void become(Start const& start, int err) {
  int const nowhere = open("/dev/null", O_WRONLY);
  dup2(nowhere, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  if (start.largest_file > 0) {
    rlimit const limit{start.largest_file, start.largest_file};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  if (start.unprivileged && getuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0)) _exit(cannot_start);
  std::vector<std::string> words{TERREIN_PROGRAM};
  words.insert(words.end(), start.arguments.begin(), start.arguments.end());
  std::vector<char*> raw;
  for (std::string& word : words) raw.push_back(word.data());
  raw.push_back(nullptr);
  execv(TERREIN_PROGRAM, raw.data());
  _exit(cannot_start);
}

}  // namespace

Process::Process(Start const& start) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("no process");
  if (pid_ == 0) become(start, ends[1]);
  close(ends[1]);
  err_ = ends[0];
}

Process::~Process() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(err_);
}

void Process::send(int signal) {
  kill(pid_, signal);
  since_ = std::chrono::steady_clock::now();
}

Ended Process::wait() {
  Ended out;
  char buffer[4096];
  for (ssize_t n = 0; (n = read(err_, buffer, sizeof buffer)) > 0;) out.err.append(buffer, static_cast<std::size_t>(n));
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - since_).count();
  if (WIFEXITED(status)) out.exit_code = WEXITSTATUS(status);
  return out;
}

Ended run_program(Start const& start) { return Process(start).wait(); }

void sleep_for(double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }

}  // namespace terrein::test
