#include "toml_text.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace terrein {
namespace {

/// End of a quoted text that begins at `at` (three quotes: over several lines), or npos when it is not closed.
std::size_t end_of_quotes(std::string_view text, std::size_t at) {
  char const quote = text[at];
  bool const many_lines = text.substr(at, 3) == std::string(3, quote);
  std::string const close(many_lines ? 3 : 1, quote);
  for (std::size_t i = at + close.size(); i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (!many_lines && text[i] == '\n') {
      return std::string_view::npos;
    } else if (text.substr(i, close.size()) == close) {
      i += close.size();
      while (many_lines && i < text.size() && text[i] == quote) ++i;  // the text itself may end in quotes
      return i;
    }
  }
  return std::string_view::npos;
}

/// The bytes of the UTF-8 character at `at`.
std::string character(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) ++end;
  return std::string(text.substr(at, end - at));
}

std::string line_of(std::string_view text, std::size_t at) {
  return std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

/// A quoted text begins a key or a value: it never follows a word, a number or another quoted text without a blank.
bool may_open_quotes(std::string_view text, std::size_t at) {
  constexpr std::string_view before = " \t\r\n=,[{.\xbf";  // the last ends a byte order mark
  return at == 0 || before.find(text[at - 1]) != std::string_view::npos;
}

}  // namespace

std::string fault_outside_quotes(std::string_view toml) {
  std::size_t at = toml.starts_with("\xef\xbb\xbf") ? 3 : 0;  // a byte order mark is allowed
  while (at < toml.size()) {
    char const c = toml[at];
    if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size());
    } else if (c == '"' || c == '\'') {
      if (!may_open_quotes(toml, at))
        return line_of(toml, at) + ": a quoted text begins within a word. Put a blank, '=' or ',' before it.";
      at = end_of_quotes(toml, at);
      if (at == std::string_view::npos) return {};  // the parser says where the closing quote is missing
    } else if (static_cast<unsigned char>(c) >= 0x80U) {
      return line_of(toml, at) + ": '" + character(toml, at) +
             "' stands outside quotes. Put the text between straight quotes: \"…\".";
    } else {
      ++at;
    }
  }
  return {};
}

std::string toml_quoted(std::string_view text) {
  std::string out = "\"";
  for (char const c : text) {
    auto const code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (code < 0x20 || code == 0x7f)
      out += fmt::format("\\u{:04X}", code);
    else
      out += c;
  }
  return out + '"';
}

std::string toml_key(std::string_view key) {
  auto const bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  if (!key.empty() && std::all_of(key.begin(), key.end(), bare)) return std::string(key);
  return toml_quoted(key);
}

}  // namespace terrein
