#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/core/error.hpp"

namespace terrein::cli {

int run_command_line(int argc, char** argv) {
  CLI::App program("Score land for business parks, brownfields and multimodal sites: real parcels, explained.",
                   "terrein");
  program.footer(
      std::string("examples:\n  terrein info percelen.gpkg\n  terrein run study.toml\n  terrein run --help\n\n") +
      exit_codes);
  program.set_version_flag("--version", "terrein " + version());
  std::function<int()> chosen;
  add_init(program, chosen);
  add_check(program, chosen);
  add_network(program, chosen);
  add_run(program, chosen);
  add_assemble(program, chosen);
  add_info(program, chosen);
  add_explain(program, chosen);
  add_sensitivity(program, chosen);
  add_rescore(program, chosen);
  add_compare(program, chosen);
  add_verify(program, chosen);
  add_rerun(program, chosen);
  add_fetch(program, chosen);
  add_criteria(program, chosen);
  add_models(program, chosen);
  add_schema(program, chosen);
  add_config(program, chosen);
  add_cache(program, chosen);
  add_completion(program, chosen);
  add_manual(program, chosen);
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
