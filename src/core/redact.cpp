#include "terrein/core/redact.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::string_view hidden = "***";
constexpr std::array<std::string_view, 2> secret_keys{"password", "sslpassword"};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

/// A stretch of a text that is a secret.
struct Span {
  std::size_t begin, end;
};

/// End of a value as libpq reads it: quoted with backslash escapes, else up to a blank.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  bool const quoted = at < text.size() && text[at] == '\'';
  for (std::size_t i = at + (quoted ? 1 : 0); i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (quoted ? text[i] == '\'' : is_blank(text[i])) {
      return quoted ? i + 1 : i;
    }
  }
  return text.size();
}

/// True where a "key =" begins.
bool begins_key(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word(text[end])) ++end;
  if (end == at) return false;
  end = skip_blanks(text, end);
  return end < text.size() && text[end] == '=';
}

/// A secret with blanks but no quotes goes on up to the next "key =", which libpq would refuse.
std::size_t end_of_loose_value(std::string_view text, std::size_t at) {
  std::size_t end = end_of_value(text, at);
  for (std::size_t next = skip_blanks(text, end); next < text.size() && !begins_key(text, next);
       next = skip_blanks(text, end))
    end = std::max(next + 1, end_of_value(text, next));
  return end;
}

/// Values of secret keys: "password = 'x'" in a connection text, "password=x&" in the query of a URL.
std::vector<Span> values_of_secret_keys(std::string_view text, bool whole) {
  std::vector<Span> out;
  std::string const small = lower(text);
  bool const url = text.find("://") != std::string_view::npos;
  for (std::string_view const key : secret_keys)
    for (std::size_t at = small.find(key); at != std::string::npos; at = small.find(key, at + 1)) {
      if (at > 0 && is_word(text[at - 1])) continue;
      std::size_t value = skip_blanks(text, at + key.size());
      if (value >= text.size() || text[value] != '=') continue;
      value = url ? value + 1 : skip_blanks(text, value + 1);
      std::size_t const end = url     ? std::min(text.find_first_of("& \t\n", value), text.size())
                              : whole ? end_of_loose_value(text, value)
                                      : end_of_value(text, value);
      if (end > value && !text.substr(value).starts_with(hidden)) out.push_back({value, end});
    }
  return out;
}

/// "secret" of "scheme://user:secret@host". An '@' or '/' within the secret belongs to it.
std::vector<Span> user_secrets(std::string_view text) {
  std::vector<Span> out;
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) {
    std::size_t const user = at + 3;
    std::size_t end = user;
    while (end < text.size() && !is_blank(text[end])) ++end;
    std::size_t const colon = text.find(':', user), sign = text.substr(0, end).rfind('@');
    std::size_t const slash = text.find('/', user);
    if (colon >= end || sign == std::string_view::npos || sign < colon || slash < colon) continue;
    if (sign > colon + 1 && !text.substr(colon + 1).starts_with(hidden)) out.push_back({colon + 1, sign});
  }
  return out;
}

std::vector<Span> secrets_of(std::string_view text, bool whole) {
  auto out = user_secrets(text);
  auto const keyed = values_of_secret_keys(text, whole);
  out.insert(out.end(), keyed.begin(), keyed.end());
  std::sort(out.begin(), out.end(), [](Span const& a, Span const& b) { return a.begin < b.begin; });
  return out;
}

std::string without_escapes(std::string_view value) {
  bool const quoted = value.size() >= 2 && value.front() == '\'' && value.back() == '\'';
  if (quoted) value = value.substr(1, value.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) ++i;
    out += value[i];
  }
  return out;
}

std::string without_percents(std::string_view value) {
  auto const digit = [](char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    return digits.find(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  };
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    bool const coded = value[i] == '%' && i + 2 < value.size() && digit(value[i + 1]) != std::string_view::npos &&
                       digit(value[i + 2]) != std::string_view::npos;
    out += coded ? static_cast<char>(digit(value[i + 1]) * 16 + digit(value[i + 2])) : value[i];
    if (coded) i += 2;
  }
  return out;
}

}  // namespace

bool is_database(std::string_view text) {
  std::string const start = lower(text.substr(0, 13));
  return start.starts_with("pg:") || start.starts_with("postgresql://") || start.starts_with("postgres://");
}

std::string without_passwords(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  for (auto const& [begin, end] : secrets_of(text, is_database(text))) {
    if (begin < at) {
      at = std::max(at, end);
      continue;
    }
    out += text.substr(at, begin - at);
    out += hidden;
    at = end;
  }
  out += text.substr(std::min(at, text.size()));
  return out;
}

std::vector<std::string> passwords_in(std::string_view connection) {
  std::vector<std::string> out;
  for (auto const& [begin, end] : secrets_of(connection, true)) {
    std::string_view const value = connection.substr(begin, end - begin);
    for (std::string const& form : {std::string(value), without_escapes(value), without_percents(value)})
      if (!form.empty() && std::find(out.begin(), out.end(), form) == out.end()) out.push_back(form);
  }
  return out;
}

std::string without_passwords_of(std::string_view connection, std::string text) {
  constexpr std::size_t shortest_secret = 3;  // a shorter one stands in any sentence by chance
  for (std::string const& secret : passwords_in(connection)) {
    if (secret.size() < shortest_secret) continue;
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + hidden.size()))
      text.replace(at, secret.size(), hidden);
  }
  return without_passwords(text);
}

std::string fault_of_connection(std::string_view connection) {
  if (!lower(connection.substr(0, 3)).starts_with("pg:")) return {};
  std::string_view const text = connection.substr(3);
  std::size_t at = skip_blanks(text, 0);
  if (text.substr(at).find("://") != std::string_view::npos) return {};
  if (at == text.size()) return "it names no database";
  while (at < text.size()) {
    if (!begins_key(text, at)) return "expected key=value at character " + std::to_string(at + 4);
    std::size_t const value = skip_blanks(text, text.find('=', at) + 1), end = end_of_value(text, value);
    if (value < text.size() && text[value] == '\'' && (end - value < 2 || text[end - 1] != '\''))
      return "a quote is not closed at character " + std::to_string(value + 4);
    at = skip_blanks(text, end);
  }
  return {};
}

}  // namespace terrein
