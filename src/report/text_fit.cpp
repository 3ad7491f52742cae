#include "report/text_fit.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/text.hpp"

namespace terrein::report {

namespace {

constexpr double mm_per_point = 25.4 / 72, line_height = 1.2;
constexpr double letter_width = 0.57, bold_letter_width = 0.65;  // of the size, as DejaVu Sans has them on average
constexpr double filled = 0.9;                                   // of a line that ends where the next word does not fit

/// Byte at which character `index` begins.
std::size_t byte_of(std::string_view text, std::size_t index) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U && seen++ == index) return i;
  return text.size();
}

/// Lines of a box at a size, and the characters on each.
struct Room {
  std::size_t lines, per_line;
};

Room room_of(TextBox const& box, double size) {
  double const em = size * mm_per_point;
  double const letter = em * (box.bold ? bold_letter_width : letter_width);
  return {std::max<std::size_t>(1, static_cast<std::size_t>(box.height / (em * line_height))),
          std::max<std::size_t>(1, static_cast<std::size_t>(box.width / letter))};
}

bool fits(std::string const& text, Room const& room) {
  std::size_t lines = 0;
  for (auto const& paragraph : split(text, '\n')) {
    std::size_t const n = characters(paragraph);
    double const usable = std::max(1.0, filled * static_cast<double>(room.per_line));
    lines += n <= room.per_line ? 1 : static_cast<std::size_t>(std::ceil(static_cast<double>(n) / usable));
  }
  return lines <= room.lines;
}

}  // namespace

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shortened(std::string_view text, std::size_t most) {
  if (characters(text) <= most) return std::string(text);
  return std::string(text.substr(0, byte_of(text, most - 1))) + "…";
}

std::string wrapped(std::string const& text, std::size_t most) {
  if (characters(text) <= most) return text;
  std::size_t at = text.find(" + ");
  auto const half_too_long = [&] {
    return characters(std::string_view(text).substr(0, at)) > most ||
           characters(std::string_view(text).substr(at + 1)) > most;
  };
  if (at == std::string::npos || half_too_long()) at = text.rfind(' ', byte_of(text, most));
  if (at == std::string::npos) return shortened(text, most);
  return text.substr(0, at + 1) + std::string(legend_break) + shortened(std::string_view(text).substr(at + 1), most);
}

FittedText fitted(std::string const& text, TextBox const& box) {
  double size = box.largest;
  while (size > box.smallest && !fits(text, room_of(box, size))) size = std::max(box.smallest, size - 0.5);
  Room const room = room_of(box, size);
  if (fits(text, room)) return {text, size};
  double const most = filled * static_cast<double>(room.lines * room.per_line);
  return {shortened(text, std::max<std::size_t>(1, static_cast<std::size_t>(most))), size};
}

}  // namespace terrein::report
