#include "terrein/network/limits.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr std::array weights{Unit{"", 1},
                             Unit{"t", 1},
                             Unit{"ton", 1},
                             Unit{"tonne", 1},
                             Unit{"tonnes", 1},
                             Unit{"tonnen", 1},
                             Unit{"kg", 0.001},
                             Unit{"st", 0.90718474},
                             Unit{"lt", 1.0160469},
                             Unit{"lb", 0.00045359237},
                             Unit{"lbs", 0.00045359237}};
constexpr std::array sizes{Unit{"", 1},          Unit{"m", 1},      Unit{"meter", 1}, Unit{"metre", 1},
                           Unit{"meters", 1},    Unit{"metres", 1}, Unit{"cm", 0.01}, Unit{"ft", 0.3048},
                           Unit{"feet", 0.3048}, Unit{"'", 0.3048}};

bool is_weight(LimitKind kind) { return kind == LimitKind::weight || kind == LimitKind::axle; }

std::optional<double> legal(LimitKind kind) {
  switch (kind) {
    case LimitKind::weight:
      return 44;
    case LimitKind::height:
      return 4;
    case LimitKind::width:
      return 2.55;
    case LimitKind::length:
      return 18.75;
    case LimitKind::axle:
      return 11.5;
    case LimitKind::draught:
    case LimitKind::air_draught:
      return std::nullopt;
  }
  return std::nullopt;
}

/// A number and what follows it.
struct Amount {
  std::optional<double> number;
  std::string rest;
};

Amount amount(std::string_view text) {
  auto const end = text.find_first_not_of("0123456789.,");
  std::string digits(text.substr(0, end));
  std::replace(digits.begin(), digits.end(), ',', '.');
  return {parse_number(digits), std::string(trim(end == std::string_view::npos ? "" : text.substr(end)))};
}

std::optional<double> with_unit(Amount const& given, std::span<Unit const> units) {
  if (!given.number) return std::nullopt;
  auto const unit = std::find_if(units.begin(), units.end(), [&](Unit const& one) { return one.name == given.rest; });
  if (unit == units.end()) return std::nullopt;
  return *given.number * unit->factor;
}

/// 12'6" and 12'6: feet and inches.
std::optional<double> feet_and_inches(Amount const& feet) {
  if (!feet.number || feet.rest.size() < 2 || feet.rest.front() != '\'') return std::nullopt;
  Amount const inches = amount(trim(std::string_view(feet.rest).substr(1)));
  if (!inches.number || *inches.number >= 12 || !(inches.rest.empty() || inches.rest == "\"")) return std::nullopt;
  return *feet.number * 0.3048 + *inches.number * 0.0254;
}

}  // namespace

std::optional<double> limit_of(LimitKind kind, std::string_view text) {
  std::string const word = lower(trim(text));
  if (kind != LimitKind::draught && (word == "none" || word == "no")) return std::numeric_limits<double>::infinity();
  if (word == "default") return legal(kind);
  Amount const given = amount(word);
  std::optional<double> out;
  if (is_weight(kind)) {
    out = with_unit(given, weights);
  } else {
    out = with_unit(given, sizes);
    if (!out) out = feet_and_inches(given);
  }
  double const most = is_weight(kind) ? 500 : 100;
  if (out && (!(*out > 0) || *out >= most)) return std::nullopt;
  return out;
}

}  // namespace terrein
