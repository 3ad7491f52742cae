#include "io/coordinate_text.hpp"

#include <algorithm>
#include <string>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

/// "DDMM" and "DDDMM" with the letter of a half globe.
std::optional<double> degrees(std::string_view text, std::size_t digits, char positive, char negative) {
  if (text.size() != digits + 1 || !all_digits(text.substr(0, digits))) return std::nullopt;
  char const half = text.back();
  if (half != positive && half != negative) return std::nullopt;
  double const whole = *parse_number(text.substr(0, digits - 2));
  double const minutes = *parse_number(text.substr(digits - 2, 2));
  constexpr double minutes_per_degree = 60;
  double const out = whole + minutes / minutes_per_degree;
  if (minutes >= minutes_per_degree || out > (digits == 4 ? 90 : 180)) return std::nullopt;
  return half == positive ? out : -out;
}

}  // namespace

std::optional<double> parse_coordinate(std::string_view text, bool in_metres) {
  text = trim(text);
  std::string_view digits = text;
  if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
  std::size_t const exponent = digits.find_first_of("eE");
  std::string_view const mantissa = digits.substr(0, exponent);
  bool const shortened = exponent != std::string_view::npos && digits.substr(exponent + 1, 1) != "-";
  std::size_t const mark = mantissa.find_first_of(".,");
  std::string_view const whole = mantissa.substr(0, mark);
  if (shortened || !all_digits(whole)) return std::nullopt;
  if (mark != std::string_view::npos) {
    std::string_view const decimals = mantissa.substr(mark + 1);
    if (!all_digits(decimals)) return std::nullopt;
    constexpr std::size_t group = 3;
    bool const may_be_thousands = decimals.size() == group && whole.size() <= group && whole != "0";
    if (in_metres && may_be_thousands) return std::nullopt;
  }
  std::string plain(text.front() == '+' ? text.substr(1) : text);
  std::replace(plain.begin(), plain.end(), ',', '.');
  return parse_number(plain);
}

std::optional<Point> parse_unlocode_place(std::string_view text) {
  text = trim(text);
  constexpr std::size_t latitude_digits = 4, longitude_digits = 5;
  std::size_t const gap = text.find(' ');
  if (gap == std::string_view::npos) return std::nullopt;
  auto const latitude = degrees(text.substr(0, gap), latitude_digits, 'N', 'S');
  auto const longitude = degrees(trim(text.substr(gap)), longitude_digits, 'E', 'W');
  if (!latitude || !longitude) return std::nullopt;
  return Point{*longitude, *latitude};
}

}  // namespace terrein
