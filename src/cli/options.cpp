#include <CLI/CLI.hpp>
#include <iostream>

#include "commands.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/core/error.hpp"

namespace terrein::cli {
namespace {

constexpr char const* run_examples =
    "examples:\n"
    "  terrein run study.toml\n"
    "  terrein run study.toml --set models.business_park.weights.flood_share=12 --overwrite\n";

void add_run(CLI::App& program, RunCommand& command, std::function<int()>& chosen) {
  CLI::App* run =
      program.add_subcommand("run", "Read the layers of a study, measure, score, and write the styled result");
  run->footer(std::string(run_examples) + "\n" + exit_codes);
  run->add_option("study", command.study, "Study file (TOML)")->required();
  run->add_option("--set", command.set, "name=value sets a ${variable}; table.key=value overrides any key of the study")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all();
  run->add_flag("--overwrite", command.overwrite, "Replace results that exist");
  run->add_option("--workers", command.workers, "Threads: 0 = all cores, negative leaves that many free")
      ->capture_default_str();
  run->add_option("--best", command.best, "Best candidates per model to print with their reasons")
      ->capture_default_str();
  run->add_flag("--fail-empty", command.fail_empty, "Exit 4 when no candidate passes in any model");
  run->add_flag_callback(
      "-q,--quiet", [&command] { command.verbosity = -1; }, "Print errors only");
  run->add_flag_callback(
      "-v,--verbose", [&command] { command.verbosity = 1; }, "Print layers and transformations as they are read");
  run->callback([&] { chosen = [&command] { return cli::run(command); }; });
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App program("Score land for business parks, brownfields and multimodal sites: real parcels, explained.",
                   "terrein");
  program.footer(
      std::string("examples:\n  terrein info percelen.gpkg\n  terrein run study.toml\n  terrein run --help\n\n") +
      exit_codes);
  program.set_version_flag("--version", "terrein " + version());
  RunCommand command;
  std::function<int()> chosen;
  add_run(program, command, chosen);
  add_info(program, chosen);
  add_fetch(program, chosen);
  try {
    program.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    if (error.get_exit_code() == 0) return program.exit(error);  // help and version
    throw_error(ErrorKind::usage, "{}. Try 'terrein --help' or 'terrein {} --help'.", error.what(),
                program.get_subcommands().empty() ? "run" : program.get_subcommands().front()->get_name());
  }
  if (!chosen) {
    std::cout << program.help();
    return 0;
  }
  return chosen();
}

}  // namespace terrein::cli
