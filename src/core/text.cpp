#include "terrein/core/text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace terrein {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  auto const first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  if (text.empty()) return out;
  for (std::size_t begin = 0;;) {
    auto const end = text.find(separator, begin);
    out.emplace_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return out;
    begin = end + 1;
  }
}

std::string join(std::vector<std::string> const& words, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += separator;
    out += words[i];
  }
  return out;
}

std::optional<double> parse_number(std::string_view text) {
  text = trim(text);
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string shortest(double value) {
  if (value == 0) return "0";
  char buffer[32];
  auto const [end, code] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, end};
}

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> nearest_words(std::string_view word, std::vector<std::string> const& known, std::size_t most) {
  std::vector<std::pair<std::size_t, std::string>> near;
  std::string const wanted = lower(word);
  for (std::string const& candidate : known) {
    std::size_t const distance = edit_distance(wanted, lower(candidate));
    if (distance <= wanted.size() / 3 + 1) near.emplace_back(distance, candidate);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < near.size() && i < most; ++i) out.push_back(near[i].second);
  return out;
}

std::string suggestion(std::string_view word, std::vector<std::string> const& known, std::size_t most) {
  if (auto const near = nearest_words(word, known); !near.empty())
    return " Did you mean '" + join(near, "' or '") + "'?";
  if (known.empty()) return {};
  std::vector<std::string> shown(known.begin(),
                                 known.begin() + static_cast<std::ptrdiff_t>(std::min(most, known.size())));
  return " Known: " + join(shown, ", ") + (known.size() > most ? ", …" : ".");
}

std::optional<long long> whole_id(std::string_view text) {
  long long value = 0;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool id_less(std::string_view a, std::string_view b) {
  auto const x = whole_id(a);
  auto const y = whole_id(b);
  if (x && y && *x != *y) return *x < *y;
  if (x.has_value() != y.has_value()) return x.has_value();
  return a < b;
}

namespace {

/// The first character of a text; one byte where that is no UTF-8.
std::string_view first_character(std::string_view text) {
  constexpr std::size_t longest = 4;
  for (std::size_t n = 1; n <= std::min(longest, text.size()); ++n)
    if (is_utf8(text.substr(0, n))) return text.substr(0, n);
  return text.substr(0, 1);
}

/// Control characters of both kinds, and marks that turn the direction of writing.
bool gives_orders(std::string_view c) {
  auto const byte = [c](std::size_t i) { return static_cast<unsigned char>(c[i]); };
  if (c.size() == 1) return c != "\n" && c != "\t" && (byte(0) < 0x20 || byte(0) >= 0x7f);
  if (c.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
  return c == "\u200e" || c == "\u200f" || (c >= "\u202a" && c <= "\u202e") || (c >= "\u2066" && c <= "\u2069");
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string_view const c = first_character(text);
    text.remove_prefix(c.size());
    if (!gives_orders(c)) {
      out += c;
      continue;
    }
    for (char const byte : c) {
      constexpr char digits[] = "0123456789abcdef";
      auto const value = static_cast<unsigned char>(byte);
      out += {'\\', 'x', digits[value / 16], digits[value % 16]};
    }
  }
  return out;
}

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    auto const lead = static_cast<unsigned char>(text[i]);
    std::size_t const extra = lead < 0x80                   ? 0
                              : lead >= 0xc2 && lead < 0xe0 ? 1
                              : lead >= 0xe0 && lead < 0xf0 ? 2
                              : lead >= 0xf0 && lead < 0xf5 ? 3
                                                            : 4;
    if (extra == 4 || i + extra >= text.size() + (extra == 0 ? 1 : 0)) return false;
    unsigned code = extra == 0 ? lead : lead & (0x3fU >> extra);
    for (std::size_t k = 1; k <= extra; ++k) {
      auto const next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0U) != 0x80U) return false;
      code = code << 6U | (next & 0x3fU);
    }
    if ((extra == 2 && (code < 0x800 || (code >= 0xd800 && code < 0xe000))) ||
        (extra == 3 && (code < 0x10000 || code > 0x10ffff)))
      return false;
    i += extra + 1;
  }
  return true;
}

}  // namespace terrein
