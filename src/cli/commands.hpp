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

/// From now on SIGINT (Ctrl-C), SIGTERM and SIGHUP end the program within a second with exit code 130, and nothing that
/// is half-written remains. Call it before any thread is made.
void end_on_request();

/// Says on standard error that the program was interrupted: once, whichever of its threads comes first.
void tell_of_interruption();

/// From now on a fault inside a library that would end the program without a word (memory fault, overflow of the stack,
/// abort) ends it with a sentence that names what was being done, and exit code 3 when that was reading a source,
/// else 1.
void tell_of_faults();

/// Each adds a command; when it is the one on the command line, `chosen` becomes what runs it and gives the exit code.
void add_run(CLI::App& program, std::function<int()>& chosen);
void add_assemble(CLI::App& program, std::function<int()>& chosen);
void add_info(CLI::App& program, std::function<int()>& chosen);
void add_fetch(CLI::App& program, std::function<int()>& chosen);
void add_criteria(CLI::App& program, std::function<int()>& chosen);
void add_models(CLI::App& program, std::function<int()>& chosen);
void add_schema(CLI::App& program, std::function<int()>& chosen);
void add_config(CLI::App& program, std::function<int()>& chosen);
void add_check(CLI::App& program, std::function<int()>& chosen);
void add_network(CLI::App& program, std::function<int()>& chosen);
void add_explain(CLI::App& program, std::function<int()>& chosen);
void add_sensitivity(CLI::App& program, std::function<int()>& chosen);
void add_rescore(CLI::App& program, std::function<int()>& chosen);
void add_compare(CLI::App& program, std::function<int()>& chosen);
void add_verify(CLI::App& program, std::function<int()>& chosen);
void add_rerun(CLI::App& program, std::function<int()>& chosen);
void add_cache(CLI::App& program, std::function<int()>& chosen);
void add_completion(CLI::App& program, std::function<int()>& chosen);
void add_manual(CLI::App& program, std::function<int()>& chosen);
void add_init(CLI::App& program, std::function<int()>& chosen);

inline constexpr char const* exit_codes =
    "Exit codes: 0 done · 1 run failed · 2 wrong command line or study file · 3 input data cannot be used as declared "
    "·\n"
    "            4 finished, but no candidate passes in any model (only with --fail-empty), or no site\n               "
    "was found (assemble) · 130 interrupted";

}  // namespace terrein::cli
