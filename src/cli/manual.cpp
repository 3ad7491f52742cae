#include <filesystem>
#include <fstream>
#include <iostream>

#include "command.hpp"
#include "command_tree.hpp"
#include "commands.hpp"
#include "terrein/app/run_study.hpp"
#include "terrein/core/error.hpp"

namespace terrein::cli {
namespace {

namespace fs = std::filesystem;

void write_text(fs::path const& path, std::string const& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw_error(ErrorKind::output, "The file '{}' could not be written. Check your rights there.", path.string());
}

int write_pages(CommandPage const& program, fs::path const& folder, std::string const& date) {
  fs::create_directories(folder);
  for (CommandPage const* page : all_pages(program)) {
    std::string name = "terrein";
    for (std::string const& word : page->path) name += "-" + word;
    write_text(folder / (name + ".1"), man_page(*page, version(), date));
  }
  return 0;
}

}  // namespace

void add_manual(CLI::App& program, std::function<int()>& chosen) {
  struct Command {
    std::string output, date = "1970-01-01";
  };
  auto const command = std::make_shared<Command>();
  CLI::App* manual = add_command(program, {"manual", "Write the manual pages of all commands",
                                           "  terrein manual --output man1 --date 2026-01-31\n", ""});
  manual->group("");  // for the build: what it writes is installed
  manual->add_option("-o,--output", command->output, "Folder")->required();
  manual->add_option("--date", command->date, "Date on the pages, YYYY-MM-DD");
  manual->callback([&program, &chosen, command] {
    chosen = [&program, command] { return write_pages(command_tree(program), command->output, command->date); };
  });
}

void add_completion(CLI::App& program, std::function<int()>& chosen) {
  auto const shell = std::make_shared<std::string>();
  CLI::App* completion = add_command(program, {"completion", "Print what lets a shell complete commands and options",
                                               "  source <(terrein completion bash)\n"
                                               "  terrein completion fish > ~/.config/fish/completions/terrein.fish\n",
                                               ""});
  completion->add_option("shell", *shell, "Of which shell")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  completion->callback([&program, &chosen, shell] {
    chosen = [&program, shell] {
      CommandPage const tree = command_tree(program);
      std::cout << (*shell == "bash"  ? bash_completion(tree)
                    : *shell == "zsh" ? zsh_completion(tree)
                                      : fish_completion(tree));
      return 0;
    };
  });
}

}  // namespace terrein::cli
