#include <iostream>

#include "command.hpp"
#include "commands.hpp"
#include "terrein/app/init_starter.hpp"
#include "terrein/app/init_study.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

constexpr char const* examples =
    "  terrein init kanaalzone\n"
    "  terrein init --from downloads --model business_park\n"
    "  terrein init --from downloads --output studie/kanaalzone.toml --language en\n"
    "  terrein init --from . --crs EPSG:31370 --json\n";

constexpr char const* notes =
    "init FOLDER writes a starter there: a study with every usual setting explained, its schema for editors, and what\n"
    "to do first. init --from looks at every source below the folder, recognises layers by their profiles, and writes "
    "a\n"
    "study with comments that runs. It tells which layers are missing, where to get them, and what a result cannot "
    "say\n"
    "without them.\n";

Language language_of(std::string const& code) { return code == "en" ? Language::en : Language::nl; }

struct InitCommand {
  InitOptions options;
  std::string folder, from, output, language = "nl";
  std::vector<std::string> models;
  int workers = 0;
  bool json = false;
};

int write_starter(InitCommand const& command) {
  if (!command.models.empty() || !command.output.empty() || !command.options.crs.empty() || command.json)
    throw_error(ErrorKind::usage, "--model, --output, --crs and --json go with --from, not with a starter.");
  auto const files =
      init_starter(command.folder, language_of(command.language), command.options.overwrite, data_folders());
  std::string text;
  for (auto const& file : files) text += file.string() + "\n";
  std::cout << printable(text);
  return 0;
}

}  // namespace

void add_init(CLI::App& program, std::function<int()>& chosen) {
  auto const command = std::make_shared<InitCommand>();
  CLI::App* init =
      add_command(program, {"init", "Write a study: from a folder of files, or a starter to fill in", examples, notes});
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
      if (command->from.empty() == command->folder.empty())
        throw_error(ErrorKind::usage,
                    "init makes a study of your files (terrein init --from FOLDER --output STUDY), or a starter in a "
                    "folder (terrein init FOLDER): name one of both.");
      if (command->from.empty()) return write_starter(*command);
      InitOptions options = command->options;
      options.from = command->from;
      if (!command->output.empty()) options.output = command->output;
      if (!command->models.empty()) options.models = command->models;
      options.language = language_of(command->language);
      options.workers = effective_workers(command->workers);
      InitReport const report = init_study(options, data_folders());
      std::cout << (command->json ? to_json(report) : printable(to_text(report)));
      return 0;
    };
  });
}

}  // namespace terrein::cli
