#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace terrein::test {

/// How a program is started: arguments as they are, without a shell.
struct Start {
  std::vector<std::string> arguments;  ///< after the program terrein
  bool unprivileged = false;           ///< as the user nobody, when the test itself runs as root
  std::size_t largest_file = 0;        ///< bytes; 0 = no limit
};

/// How a program ended.
struct Ended {
  int exit_code = -1;  ///< -1 = by a signal
  std::string err;
  double seconds = 0;  ///< since it was started, or since the last signal was sent
};

/// The program terrein under way; standard output is thrown away.
class Process {
 public:
  explicit Process(Start const& start);
  ~Process();
  Process(Process const&) = delete;
  Process& operator=(Process const&) = delete;
  void send(int signal);
  Ended wait();

 private:
  pid_t pid_ = -1;
  int err_ = -1;
  std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

/// Starts and waits.
Ended run_program(Start const& start);
void sleep_for(double seconds);

}  // namespace terrein::test
