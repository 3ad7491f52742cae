#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/study_schema.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {

void add_schema(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    bool markdown = false;
    Language language = Language::en;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* schema = add_command(
      program, {"schema", "Print the JSON Schema of the study file, for editors that check and complete",
                "  terrein schema > study.schema.json\n"
                "  terrein schema --language nl > study.schema.json\n"
                "  terrein schema --markdown > keys.md\n",
                "An editor that knows TOML (Even Better TOML, Taplo) finds it by a first line in the study:\n"
                "  #:schema ./study.schema.json\n"
                "The schema knows only the file: keys that come from --set are missing for it.\n"});
  schema->add_flag("--markdown", command->markdown, "The same as tables for people");
  add_language_option(*schema, command->language);
  schema->callback([&chosen, command] {
    chosen = [command] {
      DataFolders const data = data_folders();
      std::cout << printable(command->markdown ? study_markdown(data, command->language)
                                               : study_schema(data, command->language));
      return 0;
    };
  });
}

}  // namespace terrein::cli
