#include "command_tree.hpp"

#include "command.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

/// "TEXT:{auto,json,none}" is a type with the only words it takes; "TEXT:POSITIVE" one with a check.
void split_type(std::string const& type, OptionText& out) {
  out.value = type.substr(0, type.find(':'));
  auto const open = type.find('{'), close = type.find('}');
  if (open != std::string::npos && close != std::string::npos)
    out.words = split(type.substr(open + 1, close - open - 1), ',');
}

OptionText option_text(CLI::Option const& option) {
  OptionText out;
  for (std::string const& name : option.get_snames()) out.names.push_back("-" + name);
  for (std::string const& name : option.get_lnames()) out.names.push_back("--" + name);
  out.argument = out.names.empty();
  if (out.argument) out.names.push_back(option.get_name(true));
  if (option.get_items_expected_max() > 0) split_type(option.get_type_name(), out);
  out.standard = option.get_default_str();
  out.meaning = option.get_description();
  out.required = option.get_required();
  return out;
}

CommandPage page_of(CLI::App const& app, std::vector<std::string> const& path) {
  CommandPage out{path, app.get_description(), examples_of(app), app.get_footer(), {}, {}};
  for (CLI::Option const* option : app.get_options())
    if (!option->get_group().empty()) out.options.push_back(option_text(*option));
  for (CLI::App const* command : app.get_subcommands([](CLI::App const*) { return true; })) {
    if (command->get_group().empty()) continue;  // help does not show it either
    auto longer = path;
    longer.push_back(command->get_name());
    out.commands.push_back(page_of(*command, longer));
  }
  return out;
}

void collect(CommandPage const& page, std::vector<CommandPage const*>& out) {
  out.push_back(&page);
  for (CommandPage const& command : page.commands) collect(command, out);
}

}  // namespace

CommandPage command_tree(CLI::App const& program) { return page_of(program, {}); }

std::vector<CommandPage const*> all_pages(CommandPage const& program) {
  std::vector<CommandPage const*> out;
  collect(program, out);
  return out;
}

}  // namespace terrein::cli
