#include <fmt/format.h>

#include "command_tree.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

/// " run" for the command run, nothing for the program: what the scripts have in `at`.
std::string place(CommandPage const& page) {
  std::string out;
  for (std::string const& word : page.path) out += " " + word;
  return out;
}

/// In single quotes of a shell; fish reads the same.
std::string quoted(std::string text) {
  std::erase(text, '\n');
  std::string out = "'";
  for (char const c : text) out += c == '\'' ? std::string("\u2019") : c == '\\' ? std::string("/") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> option_names(CommandPage const& page) {
  std::vector<std::string> out;
  for (OptionText const& option : page.options)
    if (!option.argument) out.insert(out.end(), option.names.begin(), option.names.end());
  return out;
}

std::vector<std::string> command_names(CommandPage const& page) {
  std::vector<std::string> out;
  for (CommandPage const& command : page.commands) out.push_back(command.path.back());
  return out;
}

/// "' run' | ' info'": every place below the program.
std::string places(CommandPage const& program, std::string const& between) {
  std::vector<std::string> out;
  for (CommandPage const* page : all_pages(program))
    if (!page->path.empty()) out.push_back(quoted(place(*page)));
  return join(out, between);
}

/// Calls work(place and option in quotes, option) for each name of each option that takes a value.
template <class Work>
void for_each_value(CommandPage const& program, Work const& work) {
  for (CommandPage const* page : all_pages(program))
    for (OptionText const& option : page->options)
      if (!option.argument && !option.value.empty())
        for (std::string const& name : option.names) work(quoted(place(*page) + " " + name), option);
}

}  // namespace

std::string bash_completion(CommandPage const& program) {
  std::string out = fmt::format(R"(# Completion of terrein for bash. Without an answer of its own, bash completes files.
_terrein() {{
  local word at='' cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}}
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$at $word" in
      {}) at="$at $word" ;;
    esac
  done
  case "$at $prev" in
)",
                                places(program, " | "));
  for_each_value(program, [&](std::string const& where, OptionText const& option) {
    out += fmt::format("    {}) mapfile -t COMPREPLY < <(compgen -W {} -- \"$cur\"); return ;;\n", where,
                       quoted(join(option.words, " ")));
  });
  out += "  esac\n  case \"$at\" in\n";
  for (CommandPage const* page : all_pages(program)) {
    out += fmt::format(
        "    {})\n      if [[ $cur == -* ]]; then mapfile -t COMPREPLY < <(compgen -W {} -- \"$cur\")\n"
        "      else mapfile -t COMPREPLY < <(compgen -W {} -- \"$cur\"); fi ;;\n",
        quoted(place(*page)), quoted(join(option_names(*page), " ")), quoted(join(command_names(*page), " ")));
  }
  return out + "  esac\n}\ncomplete -o default -F _terrein terrein\n";
}

std::string zsh_completion(CommandPage const& program) {
  std::string out = fmt::format(R"(#compdef terrein
# Completion of terrein for zsh.
_terrein() {{
  local word at='' prev=$words[CURRENT-1]
  local -a found
  for word in ${{words[2,CURRENT-1]}}; do
    case "$at $word" in
      {}) at="$at $word" ;;
    esac
  done
  case "$at $prev" in
)",
                                places(program, " | "));
  for_each_value(program, [&](std::string const& where, OptionText const& option) {
    out += option.words.empty() ? fmt::format("    {}) _files; return ;;\n", where)
                                : fmt::format("    {}) compadd -- {}; return ;;\n", where, join(option.words, " "));
  });
  out += "  esac\n  case \"$at\" in\n";
  for (CommandPage const* page : all_pages(program)) {
    out += fmt::format("    {})\n      if [[ $words[CURRENT] == -* ]]; then found=(", quoted(place(*page)));
    for (OptionText const& option : page->options)
      for (std::string const& name : option.names)
        if (!option.argument) out += "\n        " + quoted(name + ":" + option.meaning);
    out += "); _describe option found\n      else found=(";
    for (CommandPage const& command : page->commands)
      out += "\n        " + quoted(command.path.back() + ":" + command.summary);
    out += "); [[ $#found -gt 0 ]] && _describe command found || _files; fi ;;\n";
  }
  return out + "  esac\n}\n_terrein \"$@\"\n";
}

std::string fish_completion(CommandPage const& program) {
  std::string out = fmt::format(R"(# Completion of terrein for fish.
function __terrein_at
  set -l at ''
  for word in (commandline -opc)[2..-1]
    if contains -- "$at $word" {}
      set at "$at $word"
    end
  end
  test "$at" = "$argv[1]"
end
)",
                                places(program, " "));
  for (CommandPage const* page : all_pages(program)) {
    std::string const start = "complete -c terrein -n \"__terrein_at '" + place(*page) + "'\"";
    for (CommandPage const& command : page->commands)
      out += fmt::format("{} -f -a {} -d {}\n", start, command.path.back(), quoted(command.summary));
    for (OptionText const& option : page->options) {
      if (option.argument) continue;
      out += start;
      for (std::string const& name : option.names)
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!option.words.empty())
        out += " -x -a " + quoted(join(option.words, " "));
      else if (!option.value.empty())
        out += " -r";
      out += " -d " + quoted(option.meaning) + "\n";
    }
  }
  return out;
}

}  // namespace terrein::cli
