#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "command_tree.hpp"
#include "terrein/core/text.hpp"

namespace terrein::cli {
namespace {

/// Text for roff: no orders, and dashes that can be copied.
std::string plain(std::string const& text) {
  std::string out;
  for (char const c : text) {
    if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

std::string dashed(CommandPage const& page) {
  std::string out = "terrein";
  for (std::string const& word : page.path) out += "-" + word;
  return out;
}

std::string spaced(CommandPage const& page) {
  std::string out = "terrein";
  for (std::string const& word : page.path) out += " " + word;
  return out;
}

std::string head(OptionText const& option) {
  std::string out;
  for (std::string const& name : option.names) out += (out.empty() ? "\\fB" : ", \\fB") + plain(name) + "\\fR";
  if (!option.argument && !option.value.empty()) out += " \\fI" + plain(option.value) + "\\fR";
  return out;
}

std::string body(OptionText const& option) {
  std::string out = plain(option.meaning);
  if (!option.words.empty()) out += fmt::format(" (one of: {})", plain(join(option.words, ", ")));
  if (!option.standard.empty()) out += fmt::format(" [{}]", plain(option.standard));
  return out;
}

void append_options(std::string const& title, CommandPage const& page, bool arguments, std::string& out) {
  bool first = true;
  for (OptionText const& option : page.options) {
    if (option.argument != arguments) continue;
    if (std::exchange(first, false)) out += ".SH " + title + "\n";
    out += ".TP\n" + head(option) + "\n" + body(option) + "\n";
  }
}

/// Lines as they are.
void append_lines(std::string const& title, std::string text, std::string& out) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  if (!text.empty()) out += ".SH " + title + "\n.nf\n" + plain(text) + "\n.fi\n";
}

std::string synopsis(CommandPage const& page) {
  std::string out = "\\fB" + plain(spaced(page)) + "\\fR";
  if (!page.commands.empty()) out += " \\fIcommand\\fR";
  for (OptionText const& option : page.options)
    if (option.argument)
      out += " \\fI" + plain(option.names.front()) + "\\fR";
    else if (option.required)
      out += " " + head(option);
  return out + " [\\fIoptions\\fR]";
}

}  // namespace

std::string man_page(CommandPage const& page, std::string const& version, std::string const& date) {
  std::string title = dashed(page);
  std::transform(title.begin(), title.end(), title.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string out = fmt::format(".TH {} 1 {} \"terrein {}\" \"terrein\"\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}\n",
                                plain(title), date, version, plain(dashed(page)), plain(page.summary), synopsis(page));
  append_lines("EXAMPLES", page.examples, out);
  if (!page.commands.empty()) out += ".SH COMMANDS\n";
  for (CommandPage const& command : page.commands)
    out += fmt::format(".TP\n\\fB{}\\fR(1)\n{}\n", plain(dashed(command)), plain(command.summary));
  append_options("ARGUMENTS", page, true, out);
  append_options("OPTIONS", page, false, out);
  append_lines("NOTES", page.footer, out);
  if (!page.path.empty()) out += ".SH SEE ALSO\n\\fBterrein\\fR(1)\n";
  return out;
}

}  // namespace terrein::cli
