#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/study_schema.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {

void add_schema(CLI::App& program, std::function<int()>& chosen) {
  CLI::App* schema = add_command(
      program, {"schema", "Print the JSON Schema of the study file, for editors that check and complete",
                "  terrein schema > terrein-study.schema.json\n",
                "An editor that knows TOML (Even Better TOML, Taplo) finds it by a first line in the study:\n"
                "  #:schema ./terrein-study.schema.json\n"});
  schema->callback([&chosen] {
    chosen = [] {
      std::cout << printable(study_schema(data_folders()));
      return 0;
    };
  });
}

}  // namespace terrein::cli
