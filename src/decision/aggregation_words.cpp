#include <algorithm>
#include <cmath>

#include "terrein/core/text.hpp"
#include "terrein/decision/aggregation.hpp"

namespace terrein {

namespace {

Description of_power_mean(double r) {
  std::string const number = shortest(r);
  if (r == 1) return {"gewogen som", "weighted sum"};
  if (r == 0) return {"gewogen meetkundig gemiddelde", "weighted geometric mean"};
  if (r == -1) return {"gewogen harmonisch gemiddelde", "weighted harmonic mean"};
  if (std::isinf(r)) return {"minimum (geen compensatie)", "minimum (no compensation)"};
  return {"gewogen machtsgemiddelde (compensatie " + number + ")", "weighted power mean (compensation " + number + ")"};
}

/// The preferences that are used, each named once.
std::string preferences_of(Aggregation const& of) {
  std::vector<std::string> out;
  for (Preference const& preference : of.preferences) {
    std::string const name(to_string(preference.kind));
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  }
  return out.empty() ? std::string(to_string(PreferenceKind::usual)) : join(out, ", ");
}

Description of_method(Aggregation const& of) {
  std::string const orness = shortest(of.orness), v = shortest(of.v), preferences = preferences_of(of);
  switch (of.method) {
    case Method::weighted_sum:
      break;
    case Method::power_mean:
      return of_power_mean(of.compensation);
    case Method::owa:
      return {"geordend gewogen gemiddelde (OWA, orness " + orness + ")",
              "ordered weighted average (OWA, orness " + orness + ")"};
    case Method::topsis:
      return {"TOPSIS", "TOPSIS"};
    case Method::vikor:
      return {"VIKOR (v " + v + ")", "VIKOR (v " + v + ")"};
    case Method::promethee:
      return {"netto voorkeur (PROMETHEE II, " + preferences + ") tussen de kandidaten",
              "net preference (PROMETHEE II, " + preferences + ") among the candidates"};
  }
  return of_power_mean(1);
}

}  // namespace

Description describe(Aggregation const& of, std::vector<std::string> const& minmax_criteria) {
  Description out = of_method(of);
  Description const fixed = describe(Normalisation::fixed);
  bool const pairs = of.method == Method::promethee;
  out.nl += (pairs ? ", volgens " : " van ") + fixed.nl;
  out.en += (pairs ? ", by " : " of ") + fixed.en;
  if (of.normalisation != Normalisation::fixed) {
    Description const scales = describe(of.normalisation);
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
