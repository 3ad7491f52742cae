#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace terrein::cli {

bool lively_terminal() {
  char const* const kind = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && kind != nullptr && *kind != '\0' && std::string_view(kind) != "dumb";
}

std::string error_word() {
  char const* const no_colour = std::getenv("NO_COLOR");
  bool const colour = lively_terminal() && (no_colour == nullptr || *no_colour == '\0');
  return colour ? "\x1b[31mterrein:\x1b[0m " : "terrein: ";
}

std::size_t terminal_width() {
  winsize size{};
  bool const known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

}  // namespace terrein::cli
