#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace terrein::cli {

/// Parses the command line, runs the command and returns the exit code. Throws `Error`.
int run_command_line(int argc, char** argv);

/// From now on a fault inside a library that would end the program without a word (memory fault, overflow of the stack,
/// abort) ends it with a sentence that names what was being done, and exit code 3 when that was reading a source,
/// else 1.
void tell_of_faults();

/// Each adds a command; when it is the one on the command line, `chosen` becomes what runs it and gives the exit code.
void add_run(CLI::App& program, std::function<int()>& chosen);
void add_info(CLI::App& program, std::function<int()>& chosen);
void add_fetch(CLI::App& program, std::function<int()>& chosen);
void add_explain(CLI::App& program, std::function<int()>& chosen);

inline constexpr char const* exit_codes =
    "Exit codes: 0 done · 1 run failed · 2 wrong command line or study file · 3 input data cannot be used as declared "
    "·\n"
    "            4 finished, but no candidate passes in any model (only with --fail-empty) · 130 interrupted";

}  // namespace terrein::cli
