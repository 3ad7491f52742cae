#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "sites_text.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein assemble study.toml\n"
    "  terrein assemble study.toml --set assembly.park.target_ha=[20,30] --set output.file=groot.gpkg\n";

struct AssembleCommand {
  std::string study;
  std::vector<std::string> set;
  bool overwrite = false;
  int workers = 0;
  Telling telling;
  bool no_cache = false;
};

int assemble_and_print(AssembleCommand const& command) {
  DataFolders const data = data_folders();
  Study const study = load_study(command.study, command.set, data);
  if (study.assembly.empty())
    throw_error(ErrorKind::config,
                "{}: there is no [assembly.<key>], so nothing says what sites to look for. Add one with target_ha, see "
                "docs/sites.md.",
                command.study);
  RunOptions options;
  options.workers = effective_workers(command.workers);
  options.overwrite = command.overwrite;
  options.best = 0;
  Teller teller(command.telling);
  tell_run(options, teller);
  auto const cache = measure_cache(command.no_cache);
  options.store = cache.get();
  RunSummary const summary = run_study(study, options, data);
  if (command.telling.verbosity >= 0) {
    std::string text = sites_text(summary, study.language);
    for (auto const& path : summary.outputs) text += path.string() + "\n";
    std::cout << printable(text);
  }
  return summary.sites.empty() ? 4 : 0;
}

}  // namespace

void add_assemble(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<AssembleCommand>();
  CLI::App* assemble = add_command(
      program,
      {"assemble", "Run a study for the sites of adjoining parcels that it asks for, and show them", examples, ""});
  assemble->add_option("study", command->study, "Study file (TOML) with [assembly.<key>]")->required();
  assemble
      ->add_option("--set", command->set,
                   "name=value sets a ${variable}; table.key=value overrides any key of the study")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all();
  assemble->add_flag("--overwrite", command->overwrite, "Replace results that exist");
  add_workers_option(*assemble, command->workers);
  add_cache_option(*assemble, command->no_cache);
  add_progress_option(*assemble, command->telling.progress);
  add_verbosity_options(*assemble, command->telling.verbosity, told_of_runs);
  assemble->callback([&chosen, command] { chosen = [command] { return assemble_and_print(*command); }; });
}

}  // namespace terrein::cli
