#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "progress.hpp"
#include "terrein/app/check_study.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein check study.toml\n"
    "  terrein check study.toml --json\n"
    "  terrein check study.toml --issues aandachtspunten.gpkg\n";

constexpr char const* notes =
    "Everything is read and measured as a run does, and every fault is told instead of the first. Nothing is written\n"
    "but the file of --issues.\n";

}  // namespace

void add_check(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    std::string study, issues;
    std::vector<std::string> set;
    CheckOptions options;
    int workers = 0;
    std::string progress = "auto";
    bool json = false;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* check = add_command(
      program, {"check", "Say what a run of a study would do, and all that is wrong with it", examples, notes});
  check->add_option("study", command->study, "Study file (TOML)")->required();
  check
      ->add_option("--set", command->set,
                   "name=value sets a ${variable}; table.key=value overrides any key of the study")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all();
  check->add_flag("--json", command->json, "One JSON object on standard output");
  check->add_option("--issues", command->issues, "Write the issues as a layer to this GeoPackage")->type_name("FILE");
  check->add_flag("--overwrite", command->options.overwrite, "Replace the file of --issues");
  add_workers_option(*check, command->workers);
  add_progress_option(*check, command->progress);
  check->callback([&chosen, command] {
    chosen = [command] {
      command->options.workers = effective_workers(command->workers);
      command->options.issues = command->issues;
      Teller teller({command->progress, 0});
      command->options.progress = progress_of(teller);
      CheckResult const result = check_study(command->study, command->set, command->options, data_folders());
      std::cout << (command->json ? to_json(result) : printable(without_passwords(to_text(result))));
      return result.exit_code();
    };
  });
}

}  // namespace terrein::cli
