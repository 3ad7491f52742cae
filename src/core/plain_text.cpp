#include "terrein/core/plain_text.hpp"

#include <array>
#include <cstdint>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// The character at `at`, which moves behind it; precondition: well-formed UTF-8.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
  auto const byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  std::uint32_t const lead = byte(at);
  std::size_t const bytes = lead < 0x80U ? 1 : lead < 0xe0U ? 2 : lead < 0xf0U ? 3 : 4;
  std::uint32_t code = bytes == 1 ? lead : lead & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) code = code << 6U | (byte(at + i) & 0x3fU);
  at += bytes;
  return code;
}

void append_character(std::string& out, std::uint32_t code) {
  auto const put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80U) {
    put(code);
  } else if (code < 0x800U) {
    put(0xc0U | code >> 6U);
    put(0x80U | (code & 0x3fU));
  } else if (code < 0x10000U) {
    put(0xe0U | code >> 12U);
    put(0x80U | (code >> 6U & 0x3fU));
    put(0x80U | (code & 0x3fU));
  } else {
    put(0xf0U | code >> 18U);
    put(0x80U | (code >> 12U & 0x3fU));
    put(0x80U | (code >> 6U & 0x3fU));
    put(0x80U | (code & 0x3fU));
  }
}

/// Windows-1252 from 0x80 to 0x9f; 0 where nothing is assigned (then Latin-1's control character is meant).
constexpr std::array<std::uint16_t, 32> windows_1252{0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                     0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                                     0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                     0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/// The Windows-1252 byte of a character; nothing when it has none.
std::optional<unsigned char> windows_byte(std::uint32_t code) {
  if (code < 0x100U) return static_cast<unsigned char>(code);
  for (std::size_t i = 0; i < windows_1252.size(); ++i)
    if (windows_1252[i] == code) return static_cast<unsigned char>(0x80U + i);
  return std::nullopt;
}

/// Letters of Latin-1 and Latin Extended-A without their accents, from U+00C0; blank = keep the character.
constexpr std::string_view bare_latin_1 = "aaaaaa ceeeeiiii nooooo ouuuuy  aaaaaa ceeeeiiii nooooo ouuuuy y";
constexpr std::string_view bare_extended_a =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
    "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

void append_bare(std::string& out, std::uint32_t code) {
  if (code < 0x80U) {
    out += code >= 'A' && code <= 'Z' ? static_cast<char>(code + 32) : static_cast<char>(code);
  } else if (code == 0xdfU) {
    out += "ss";
  } else if (code == 0xc6U || code == 0xe6U) {
    out += "ae";
  } else if (code == 0x152U || code == 0x153U) {
    out += "oe";
  } else if (code >= 0xc0U && code < 0x100U && bare_latin_1[code - 0xc0U] != ' ') {
    out += bare_latin_1[code - 0xc0U];
  } else if (code >= 0x100U && code < 0x100U + bare_extended_a.size()) {
    out += bare_extended_a[code - 0x100U];
  } else if (code == 0x2018U || code == 0x2019U || code == 0xb4U) {
    out += '\'';
  } else {
    append_character(out, code);
  }
}

bool is_space(std::uint32_t code) { return code == ' ' || (code >= 9 && code <= 13) || code == 0xa0U; }

}  // namespace

std::optional<std::string> mended_encoding(std::string_view text) {
  if (text.find('\xc3') == std::string_view::npos && text.find('\xc2') == std::string_view::npos) return std::nullopt;
  if (!is_utf8(text)) return std::nullopt;
  std::string bytes;
  bool any_beyond_ascii = false;
  for (std::size_t at = 0; at < text.size();) {
    auto const byte = windows_byte(next_character(text, at));
    if (!byte) return std::nullopt;
    any_beyond_ascii = any_beyond_ascii || *byte >= 0x80U;
    bytes += static_cast<char>(*byte);
  }
  // Single accented letters are never well-formed UTF-8 as bytes, so that right text is left alone.
  if (!any_beyond_ascii || !is_utf8(bytes)) return std::nullopt;
  return bytes;
}

std::string plain_text(std::string_view text) {
  auto const mended = mended_encoding(text);
  std::string_view const source = mended ? std::string_view(*mended) : text;
  if (!is_utf8(source)) return lower(trim(source));
  std::string out;
  bool blank = false;
  for (std::size_t at = 0; at < source.size();) {
    std::uint32_t const code = next_character(source, at);
    if (is_space(code)) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    append_bare(out, code);
  }
  return out;
}

std::string_view without_article(std::string_view plain) {
  if (!plain.starts_with("art")) return plain;
  std::size_t at = 3;
  if (at < plain.size() && plain[at] == '.') ++at;
  auto const is_number = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
  while (at < plain.size() && plain[at] == ' ') ++at;
  std::size_t const number = at;
  while (at < plain.size() && is_number(plain[at])) ++at;
  if (at == number) return plain;
  while (at < plain.size() && plain[at] == ' ') ++at;
  if (at == plain.size() || plain[at] != ':') return plain;
  return trim(plain.substr(at + 1));
}

}  // namespace terrein
