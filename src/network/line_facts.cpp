#include "terrein/network/line_facts.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::array<std::pair<std::string_view, Cemt>, 15> names{{{"0", Cemt::below},
                                                                   {"I", Cemt::I},
                                                                   {"II", Cemt::II},
                                                                   {"III", Cemt::III},
                                                                   {"IV", Cemt::IV},
                                                                   {"Va", Cemt::Va},
                                                                   {"Vb", Cemt::Vb},
                                                                   {"VIa", Cemt::VIa},
                                                                   {"VIb", Cemt::VIb},
                                                                   {"VIc", Cemt::VIc},
                                                                   {"VIIa", Cemt::VIIa},
                                                                   {"VIIb", Cemt::VIIb},
                                                                   {"V", Cemt::Va},
                                                                   {"VI", Cemt::VIa},
                                                                   {"VII", Cemt::VIIa}}};

}  // namespace

Cemt cemt_of(std::string_view text) {
  std::string const lowered = lower(text);
  std::string_view word = trim(lowered);
  for (std::string_view const before : {"cemt", "-", "klasse", "class"})
    if (word.starts_with(before)) word = trim(word.substr(before.size()));
  if (word.empty()) return Cemt::unknown;
  auto lowest = Cemt::VIIb;
  for (std::string const& part : split(word, '-')) {
    auto const name =
        std::find_if(names.begin(), names.end(), [&](auto const& one) { return lower(one.first) == trim(part); });
    if (name == names.end()) return Cemt::unknown;
    lowest = std::min(lowest, name->second);
  }
  return lowest;
}

std::string_view to_string(Cemt value) {
  for (auto const& [name, known] : names)
    if (known == value) return name;
  return "unknown";
}

Electrified electrified_of(std::string_view text) {
  std::string const word = lower(trim(text));
  for (std::string_view const no : {"no", "0", "false", "nee"})
    if (word == no) return Electrified::no;
  for (std::string_view const yes : {"yes", "contact_line", "rail", "4th_rail", "1", "true", "ja"})
    if (word == yes) return Electrified::yes;
  if (auto const digits = word.find_first_not_of("0123456789., "); digits != std::string::npos && digits > 0)
    if (auto const unit = word.substr(digits); unit == "v" || unit == "kv") return Electrified::yes;
  return Electrified::unknown;
}

}  // namespace terrein
