#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/catalogue.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

struct ModelsCommand {
  std::string name;
  bool json = false;
  Language language = Language::en;
};

std::string answer(ModelsCommand const& command) {
  DataFolders const data = data_folders();
  if (command.name.empty()) return command.json ? models_json(data) : models_text(data, command.language);
  return command.json ? model_json(data, command.name) : model_text(data, command.name, command.language);
}

}  // namespace

void add_models(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<ModelsCommand>();
  CLI::App* models =
      add_command(program, {"models", "Say which models are shipped, and what is in one",
                            "  terrein models\n"
                            "  terrein models business_park --language nl\n"
                            "  terrein models brownfield --json\n",
                            "Duties are Dutch; references and reasons are English, as the tables of the models say."});
  models->add_option("name", command->name, "A shipped model: its criteria, weights and rules");
  models->add_flag("--json", command->json, "One JSON object on standard output, with both languages");
  add_language_option(*models, command->language);
  models->callback([&chosen, command] {
    chosen = [command] {
      std::cout << printable(answer(*command));
      return 0;
    };
  });
}

}  // namespace terrein::cli
