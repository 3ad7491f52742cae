#include "network_words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "terrein/core/text.hpp"

namespace terrein {
namespace {

struct Words {
  std::string_view code, nl, en;
};

constexpr std::array words{
    Words{"island", "eilanden: delen die niet aan het grootste vastzitten", "islands: parts not joined to the largest"},
    Words{"one_way_part", "delen waar men niet heen of niet vandaan kan",
          "parts that cannot be reached, or not be left"},
    Words{"dead_end", "doodlopende einden", "dead ends"},
    Words{"snapped_end", "einden die binnen de tolerantie naar hun knoop getrokken zijn",
          "ends drawn to their node within the tolerance"},
    Words{"far_from_node", "einden ver van waar hun knoop ligt", "ends far from where their node lies"},
    Words{"near_miss", "einden die bijna samenkomen maar niet aansluiten", "ends that nearly meet but are not joined"},
    Words{"self_loop", "lijnen die op hun eigen knoop terugkomen", "lines that come back to their own node"},
    Words{"parallel", "lijnen tussen dezelfde knopen als een andere", "lines between the same nodes as another"},
    Words{"class_closed", "gesloten door hun klasse", "closed by their class"},
    Words{"ferry", "gesloten: veren", "closed: ferries"},
    Words{"limit_closed", "gesloten voor het voertuig", "closed to the vehicle"},
    Words{"limit_unknown", "niet bekend of het voertuig erdoor mag", "not known whether the vehicle may pass"},
    Words{"speed_missing", "zonder snelheid", "without a speed"},
    Words{"speed_zero", "snelheid nul", "speed zero"},
    Words{"speed_negative", "snelheid onder nul", "speed below zero"},
    Words{"speed_no_number", "snelheid is geen getal", "speed is no number"},
    Words{"no_shape", "zonder lijn", "without a line"},
    Words{"no_line", "punten of vlakken in plaats van lijnen", "points or polygons instead of lines"},
    Words{"not_finite", "coördinaat is geen eindig getal", "coordinate is no finite number"},
    Words{"no_length", "zonder lengte", "without length"},
    Words{"no_node", "zonder knoop", "without a node"},
};

}  // namespace

std::string network_words(std::string_view code, Language language) {
  auto const found = std::find_if(words.begin(), words.end(), [&](Words const& one) { return one.code == code; });
  if (found == words.end()) return std::string(code);
  return std::string(language == Language::nl ? found->nl : found->en);
}

std::string network_detail(NetworkFinding const& finding) {
  std::string out = finding.other.empty() ? "" : "'" + finding.other + "'";
  if (!std::isfinite(finding.value)) return out;
  bool const metres = !finding.code.starts_with("speed");
  std::string const value =
      metres ? fmt::format("{:.{}f} m", finding.value, finding.value < 10 ? 3 : 0) : shortest(finding.value) + " km/h";
  return out.empty() ? value : out + ", " + value;
}

}  // namespace terrein
