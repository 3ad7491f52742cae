#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/catalogue.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {

void add_criteria(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    bool list = false;  ///< the only thing to do, so that it may be left out
    bool json = false;
    Language language = Language::en;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* criteria = add_command(program, {"criteria", "Say what can be measured: unit, direction, layer and meaning",
                                             "  terrein criteria --list\n"
                                             "  terrein criteria --list --language nl\n"
                                             "  terrein criteria --list --json\n",
                                             ""});
  criteria->add_flag("--list", command->list, "All measures; what is done without it too");
  criteria->add_flag("--json", command->json, "One JSON object on standard output, with both languages");
  add_language_option(*criteria, command->language);
  criteria->callback([&chosen, command] {
    chosen = [command] {
      std::cout << printable(command->json ? criteria_json() : criteria_text(command->language));
      return 0;
    };
  });
}

}  // namespace terrein::cli
