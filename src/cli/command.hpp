#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "terrein/app/study.hpp"

namespace terrein::cli {

/// What is said of a command; the examples come first in its help, because they are what one looks for.
struct CommandText {
  std::string name, summary;
  std::string examples;  ///< lines "  terrein …\n"
  std::string notes;     ///< after the options; may be empty
};

/// Adds a command whose help shows examples, options, notes and exit codes, in this order.
CLI::App* add_command(CLI::App& program, CommandText const& text);

/// The examples of a command; the program's own stand in its footer.
[[nodiscard]] std::string examples_of(CLI::App const& command);

/// --workers
void add_workers_option(CLI::App& command, int& workers);

/// --language: nl or en.
void add_language_option(CLI::App& command, Language& language);

/// -q, -v, -vv: -1 errors only, 0 the summary, 1 `more` too, 2 all there is.
void add_verbosity_options(CLI::App& command, int& verbosity, std::string const& more);

}  // namespace terrein::cli
