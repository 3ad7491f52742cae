#include "terrein/network/freight.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

struct CemtName {
  std::string_view lower, shown;
};
constexpr std::array<CemtName, 11> cemt_names{{{"0", "0"},
                                               {"i", "I"},
                                               {"ii", "II"},
                                               {"iii", "III"},
                                               {"iv", "IV"},
                                               {"va", "Va"},
                                               {"vb", "Vb"},
                                               {"via", "VIa"},
                                               {"vib", "VIb"},
                                               {"vic", "VIc"},
                                               {"vii", "VII"}}};

std::optional<CemtClass> one_class(std::string_view word) {
  for (std::size_t i = 0; i < cemt_names.size(); ++i)
    if (cemt_names[i].lower == word) return static_cast<CemtClass>(i);
  return std::nullopt;
}

}  // namespace

Figure operator+(Figure const& a, Figure const& b) { return {a.value + b.value, a.low + b.low, a.high + b.high}; }
Figure operator-(Figure const& a, Figure const& b) { return {a.value - b.value, a.low - b.high, a.high - b.low}; }
Figure operator*(Figure const& a, Figure const& b) { return {a.value * b.value, a.low * b.low, a.high * b.high}; }
Figure operator*(double times, Figure const& a) { return {times * a.value, times * a.low, times * a.high}; }

std::optional<CemtClass> cemt_class(std::string_view text) {
  std::string word = lower(trim(text));
  if (word.starts_with("cemt")) word = std::string(trim(std::string_view(word).substr(4)));
  std::optional<CemtClass> lowest;
  for (std::string const& part : split(word, '-')) {
    auto const one = one_class(trim(part));
    if (!one) return std::nullopt;
    lowest = std::min(lowest.value_or(*one), *one);
  }
  return lowest;
}

std::string_view to_string(CemtClass cemt) { return cemt_names[static_cast<std::size_t>(cemt)].shown; }

ChainTotals chain_totals(std::span<Leg const> legs, std::span<TransferFactors const> transfers) {
  ChainTotals out;
  for (Leg const& leg : legs) {
    LegFactors const& factors = *leg.factors;
    out.km += leg.km;
    out.hours = out.hours + Figure(leg.hours);
    out.euro = out.euro + leg.km * factors.euro_per_tkm + leg.hours * factors.euro_per_th;
    out.kg = out.kg + (leg.km / 1000) * factors.g_per_tkm;
  }
  for (TransferFactors const& transfer : transfers) {
    out.hours = out.hours + transfer.hours;
    out.euro = out.euro + transfer.euro_per_t;
    out.kg = out.kg + transfer.kg_per_t;
  }
  return out;
}

std::optional<Figure> break_even_km(BreakEven const& costs) {
  constexpr double never = std::numeric_limits<double>::infinity();
  Figure const fixed = 2 * costs.transfer + costs.drayage_km * costs.drayage + costs.fixed;
  Figure const saved = costs.road - costs.main * costs.detour;  // per km of road
  auto const from = [](double euro, double euro_per_km) { return euro_per_km > 0 ? euro / euro_per_km : never; };
  if (!(saved.value > 0)) return std::nullopt;
  return Figure{from(fixed.value, saved.value), from(fixed.low, saved.high), from(fixed.high, saved.low)};
}

}  // namespace terrein
