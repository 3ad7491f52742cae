#include <algorithm>
#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/effective_settings.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

struct ConfigCommand {
  std::string study, below;
  std::vector<std::string> set;
  bool json = false;
};

constexpr char const* examples =
    "  terrein config show study.toml\n"
    "  terrein config show study.toml layers.zoning\n"
    "  terrein config show study.toml --set models.business_park.weights.flood_share=12 --json\n";

constexpr char const* notes =
    "One line per setting: table.key = value   # who says so. A value in brackets depends on the data.\n"
    "Passwords are shown as ***; databases are not asked.\n";

int show(ConfigCommand const& command) {
  std::vector<Setting> settings = effective_settings(command.study, command.set, data_folders());
  std::erase_if(settings, [&command](Setting const& one) {
    std::string const name = dotted(one.path);
    return !command.below.empty() && name != command.below && !name.starts_with(command.below + ".");
  });
  if (settings.empty())
    throw_error(ErrorKind::usage, "'{}' has no setting '{}'. Leave the name out to see all of them.", command.study,
                command.below);
  std::cout << printable(command.json ? settings_json(command.study, settings) : settings_text(settings));
  return 0;
}

}  // namespace

void add_config(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<ConfigCommand>();
  CLI::App* config = add_command(
      program, {"config", "Show the settings of a study that count, and where each comes from", examples, ""});
  config->require_subcommand(1);
  CLI::App* show_command =
      add_command(*config, {"show", "Print them, in the order of the table of keys", examples, notes});
  show_command->add_option("study", command->study, "Study file (TOML)")->required();
  show_command->add_option("table", command->below, "Only this table or key, such as layers.zoning");
  show_command
      ->add_option("--set", command->set,
                   "name=value sets a ${variable}; table.key=value overrides any key of the study")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all();
  show_command->add_flag("--json", command->json, "One JSON object on standard output");
  show_command->callback([&chosen, command] { chosen = [command] { return show(*command); }; });
}

}  // namespace terrein::cli
