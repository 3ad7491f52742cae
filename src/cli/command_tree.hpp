#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace terrein::cli {

/// An option or argument as help, manual and completion show it.
struct OptionText {
  std::vector<std::string> names;  ///< "-q", "--quiet"; of an argument its name without dashes
  std::string value;               ///< what it takes, as "TEXT" or "NAME=VALUE"; empty for a flag
  std::vector<std::string> words;  ///< the only values it takes; empty = any
  std::string standard;            ///< value when it is not given; may be empty
  std::string meaning;
  bool argument = false, required = false;
};

/// A command with the words that lead to it: {"run"}, or none for the program itself.
struct CommandPage {
  std::vector<std::string> path;
  std::string summary, examples, footer;
  std::vector<OptionText> options;    ///< arguments too, in the order of the help
  std::vector<CommandPage> commands;  ///< those that help shows
};

/// The program with all its commands, read from what parses the command line.
[[nodiscard]] CommandPage command_tree(CLI::App const& program);

/// The program and all commands below it, in order.
[[nodiscard]] std::vector<CommandPage const*> all_pages(CommandPage const& program);

/// The page as roff, for section 1 of the manual. `date` is an ISO date.
[[nodiscard]] std::string man_page(CommandPage const& page, std::string const& version, std::string const& date);

[[nodiscard]] std::string bash_completion(CommandPage const& program);
[[nodiscard]] std::string zsh_completion(CommandPage const& program);
[[nodiscard]] std::string fish_completion(CommandPage const& program);

}  // namespace terrein::cli
