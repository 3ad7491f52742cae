#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "terrein/app/check_networks.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

struct NetworkCommand {
  std::string study, issues;
  std::vector<std::string> set;
  CheckOptions options;
  int workers = 0;
  std::string progress = "auto";
  bool json = false;
};

constexpr char const* examples =
    "  terrein network check study.toml\n"
    "  terrein network check study.toml --json\n"
    "  terrein network check study.toml --issues netwerk.gpkg\n";

constexpr char const* notes =
    "Parts that do not hang together, dead ends, ends that nearly meet, what is closed and what is not known, of "
    "every\n"
    "layer with [layers.<key>.graph]. The text names five of each kind, --json and --issues all of them.\n";

int check(NetworkCommand& command) {
  command.options.workers = effective_workers(command.workers);
  command.options.issues = command.issues;
  Teller teller({command.progress, 0});
  command.options.progress = progress_of(teller);
  NetworksCheck const result = check_networks(command.study, command.set, command.options, data_folders());
  std::cout << (command.json ? to_json(result) : printable(without_passwords(to_text(result))));
  return result.exit_code();
}

}  // namespace

void add_network(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<NetworkCommand>();
  CLI::App* network =
      add_command(program, {"network", "Look at the networks of a study: roads, railways, waterways", examples, ""});
  network->require_subcommand(1);
  CLI::App* check_command = add_command(
      *network, {"check", "Say how the lines of every network hang together, and where not", examples, notes});
  check_command->add_option("study", command->study, "Study file (TOML)")->required();
  check_command
      ->add_option("--set", command->set,
                   "name=value sets a ${variable}; table.key=value overrides any key of the study")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all();
  check_command->add_flag("--json", command->json, "One JSON object on standard output");
  check_command->add_option("--issues", command->issues, "Write the findings as a layer to this GeoPackage")
      ->type_name("FILE");
  check_command->add_flag("--overwrite", command->options.overwrite, "Replace the file of --issues");
  add_workers_option(*check_command, command->workers);
  add_progress_option(*check_command, command->progress);
  check_command->callback([&chosen, command] { chosen = [command] { return check(*command); }; });
}

}  // namespace terrein::cli
