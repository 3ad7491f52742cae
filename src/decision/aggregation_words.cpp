#include <algorithm>
#include <cmath>

#include "decision/weight_words.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/aggregation.hpp"

namespace terrein {

namespace {

/// The preferences that are used, each named once.
Bilingual preferences_of(Aggregation const& of) {
  std::vector<std::string> nl, en;
  for (Preference const& preference : of.preferences.empty() ? std::vector(1, Preference{}) : of.preferences) {
    Bilingual const words = describe(preference.kind);
    if (std::find(nl.begin(), nl.end(), words.nl) != nl.end()) continue;
    nl.push_back(words.nl);
    en.push_back(words.en);
  }
  return {join(nl, ", "), join(en, ", ")};
}

/// A name with a setting in brackets.
Bilingual with_number(std::string const& nl, std::string const& en, std::string const& setting, double value) {
  std::string const number = shortest(value);
  return {nl + setting + " " + with_comma(number) + ")", en + setting + " " + number + ")"};
}

Bilingual of_power_mean(double r) {
  if (r == 1) return {"gewogen som", "weighted sum"};
  if (r == 0) return {"gewogen meetkundig gemiddelde", "weighted geometric mean"};
  if (r == -1) return {"gewogen harmonisch gemiddelde", "weighted harmonic mean"};
  if (std::isinf(r)) return {"minimum (geen compensatie)", "minimum (no compensation)"};
  return with_number("gewogen machtsgemiddelde (compensatie", "weighted power mean (compensation", "", r);
}

Bilingual of_method(Aggregation const& of) {
  switch (of.method) {
    case Method::weighted_sum:
      break;
    case Method::power_mean:
      return of_power_mean(of.compensation);
    case Method::owa:
      return with_number("geordend gewogen gemiddelde", "ordered weighted average", " (OWA, orness", of.orness);
    case Method::topsis:
      return {"TOPSIS", "TOPSIS"};
    case Method::vikor:
      return with_number("VIKOR", "VIKOR", " (v", of.v);
    case Method::promethee: {
      Bilingual const preferences = preferences_of(of);
      return {"netto voorkeur (PROMETHEE II, " + preferences.nl + ") tussen de kandidaten",
              "net preference (PROMETHEE II, " + preferences.en + ") among the candidates"};
    }
  }
  return of_power_mean(1);
}

}  // namespace

Bilingual describe(Aggregation const& of, std::vector<std::string> const& minmax_criteria) {
  Bilingual out = of_method(of);
  Bilingual const fixed = describe(Normalisation::fixed);
  bool const pairs = of.method == Method::promethee;
  out.nl += (pairs ? ", volgens " : " van ") + fixed.nl;
  out.en += (pairs ? ", by " : " of ") + fixed.en;
  if (of.normalisation != Normalisation::fixed) {
    Bilingual const scales = describe(of.normalisation);
    out.nl += ", genormaliseerd: " + scales.nl;
    out.en += ", normalised: " + scales.en;
  }
  if (!minmax_criteria.empty()) {
    out.nl += "; op de schaal van de kandidaten (min-max): " + join(minmax_criteria, ", ");
    out.en += "; on the scale of the candidates (min-max): " + join(minmax_criteria, ", ");
  }
  return out;
}

}  // namespace terrein
