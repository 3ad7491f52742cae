#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/init_study.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein init --from downloads --model business_park\n"
    "  terrein init --from downloads --output studie/kanaalzone.toml --language en\n"
    "  terrein init --from . --crs EPSG:31370 --json\n";

constexpr char const* notes =
    "Looks at every source below the folder, recognises layers by their profiles, and writes a study with comments "
    "that\n"
    "runs. It tells which layers are missing, where to get them, and what a result cannot say without them.\n";

}  // namespace

void add_init(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    InitOptions options;
    std::string folder, from, output, language = "nl";
    std::vector<std::string> models;
    int workers = 0;
    bool json = false;
  };
  auto const command = std::make_shared<Command>();
  CLI::App* init = add_command(program, {"init", "Write a study from a folder of files", examples, notes});
  init->add_option("folder", command->folder, "Folder that gets a starter study");
  init->add_option("--from", command->from, "Folder with the files to make a study of")->type_name("FOLDER");
  init->add_option("--model", command->models, "Shipped model; may be given more than once (business_park)")
      ->type_name("MODEL")
      ->expected(1)
      ->take_all();
  init->add_option("--output", command->output, "Study file to write (study.toml)")->type_name("FILE");
  init->add_option("--language", command->language, "nl or en: of the study and its comments")
      ->check(CLI::IsMember({"nl", "en"}))
      ->capture_default_str();
  init->add_option("--crs", command->options.crs, "CRS of the computation; else chosen after the candidates")
      ->type_name("EPSG:CODE");
  init->add_flag("--overwrite", command->options.overwrite, "Replace a study that exists");
  init->add_flag("--json", command->json, "One JSON object on standard output");
  add_workers_option(*init, command->workers);
  init->callback([&chosen, command] {
    chosen = [command] {
      if (command->from.empty())
        throw_error(ErrorKind::usage, "init needs the folder with your files: terrein init --from FOLDER.");
      if (!command->folder.empty())
        throw_error(ErrorKind::usage, "init takes a folder or --from, not both: name the study with --output.");
      InitOptions options = command->options;
      options.from = command->from;
      if (!command->output.empty()) options.output = command->output;
      if (!command->models.empty()) options.models = command->models;
      options.language = command->language == "en" ? Language::en : Language::nl;
      options.workers = effective_workers(command->workers);
      InitReport const report = init_study(options, data_folders());
      std::cout << (command->json ? to_json(report) : printable(to_text(report)));
      return 0;
    };
  });
}

}  // namespace terrein::cli
