#include <fmt/core.h>

#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "terrein/app/verify_run.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein rerun result.gpkg.run.json --output opnieuw.gpkg\n"
    "  terrein rerun result.gpkg.run.json --overwrite\n"
    "  terrein rerun result.gpkg.run.json --output zwaarder.gpkg --set models.business_park.weights.flood_share=12\n";

constexpr char const* notes =
    "The settings are those of the manifest, whatever the study says since. A database is written to only with\n"
    "--set output.postgis=…\n";

void tell_changes(std::vector<VerifiedItem> const& inputs) {
  std::string text;
  for (VerifiedItem const& item : inputs)
    if (item.state != VerifyState::same)
      text += fmt::format("{} since that run: {} {}{}\n", to_string(item.state), item.kind, item.name,
                          item.note.empty() ? "" : " (" + item.note + ")");
  std::cerr << printable(without_passwords(text));
}

}  // namespace

void add_rerun(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    RerunOptions options;
    std::string manifest, base, output;
    int workers = 0;
    Telling telling;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* rerun_command = add_command(
      program, {"rerun", "Run again what the manifest of a result says, with inputs as they are now", examples, notes});
  rerun_command->add_option("manifest", command->manifest, "The manifest beside the result (.gpkg.run.json)")
      ->required();
  rerun_command->add_option("--output", command->output, "The GeoPackage to write; else that of the run")
      ->type_name("FILE");
  rerun_command->add_flag("--overwrite", command->options.run.overwrite, "Replace results that exist");
  rerun_command
      ->add_option("--set", command->options.set,
                   "name=value sets a ${variable}; table.key=value overrides any key, on top of what the run had")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all();
  rerun_command->add_option("--base", command->base, "Folder in which the study and its inputs lie now")
      ->type_name("DIR");
  add_workers_option(*rerun_command, command->workers);
  add_progress_option(*rerun_command, command->telling.progress);
  add_verbosity_options(*rerun_command, command->telling.verbosity, told_of_runs);
  rerun_command->callback([&chosen, command] {
    chosen = [command] {
      RerunOptions& options = command->options;
      options.manifest = command->manifest;
      options.output = command->output;
      if (!command->base.empty()) options.base = command->base;
      options.run.workers = effective_workers(command->workers);
      Teller teller(command->telling);
      tell_run(options.run, teller);
      if (command->telling.verbosity >= 0) options.tell_inputs = tell_changes;
      RunSummary const done = rerun(options, data_folders());
      if (command->telling.verbosity < 0) return 0;
      std::string text;
      for (auto const& path : done.outputs) text += path.string() + "\n";
      if (!done.database.empty()) text += done.database + "\n";
      std::cout << printable(text);
      return 0;
    };
  });
}

}  // namespace terrein::cli
