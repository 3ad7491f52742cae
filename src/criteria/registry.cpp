#include <algorithm>
#include <array>
#include <limits>

#include "criteria/kinds.hpp"

namespace terrein {
namespace {

using enum Better;

/// Only what lies on the candidate counts.
double covered(CriterionSpec const& /*spec*/) { return 0; }
double within_radius(CriterionSpec const& spec) { return spec.radius_m; }
double within_distance(CriterionSpec const& spec) { return spec.distance_m; }

constexpr std::array kinds{
    CriterionKind{"area_share", "share", neither, false, true, "layer classes",
                  "Area of the candidate under the classes of a polygon layer, overlapping polygons counted once, "
                  "divided by the area of the candidate.",
                  "Oppervlakte van de kandidaat onder de klassen van een vlakkenlaag, overlappende vlakken één keer "
                  "geteld, gedeeld door de oppervlakte van de kandidaat.",
                  measure_area_share, false, covered},
    CriterionKind{
        "catchment", "", more, false, true,
        "layer classes field demand demand_field roads access_kmh limit_s limit_m decay direction",
        "Supply per head within reach by road, in two steps (2SFCA): the field of every feature is divided by "
        "the demand within the limit of it, and these ratios are added over the features within the limit of "
        "the candidate; both sums weighted by the decay where there is one (E2SFCA).",
        "Aanbod per hoofd binnen bereik over de weg, in twee stappen (2SFCA): het veld van elk object wordt "
        "gedeeld door de vraag binnen de grens ervan, en die verhoudingen worden opgeteld over de objecten "
        "binnen de grens van de kandidaat; beide sommen gewogen met de afname waar er een is (E2SFCA).",
        measure_catchment},
    CriterionKind{"chain_co2", "kg/t", less, false, false, "chains by to",
                  "Kilograms of CO₂e per tonne by the cleanest chain of transport to the destinations, their mean by "
                  "what goes to each.",
                  "Kilogram CO₂e per ton met de schoonste transportketen naar de bestemmingen, gemiddeld naar wat naar "
                  "elk gaat.",
                  measure_chain_co2},
    CriterionKind{
        "chain_co2_saving", "kg/t", more, false, false, "chains by to",
        "Kilograms of CO₂e per tonne that the cleanest chain saves against a truck all the way, the mean over "
        "the destinations.",
        "Kilogram CO₂e per ton die de schoonste keten bespaart tegenover de vrachtwagen over de hele weg, "
        "gemiddeld over de bestemmingen.",
        measure_chain_co2_saving},
    CriterionKind{
        "chain_cost", "euro/t", less, false, false, "chains by to",
        "Euro per tonne by the cheapest chain of transport to the destinations, their mean by what goes to "
        "each.",
        "Euro per ton met de goedkoopste transportketen naar de bestemmingen, gemiddeld naar wat naar elk gaat.",
        measure_chain_cost},
    CriterionKind{"chain_kind", "class", neither, true, false, "chains by to",
                  "Kind of the cheapest chain to the destination to which most goes: road, barge, rail, own_quay or "
                  "own_siding.",
                  "Soort van de goedkoopste keten naar de bestemming waar het meeste heen gaat: road, barge, rail, "
                  "own_quay of own_siding.",
                  measure_chain_kind},
    CriterionKind{"chain_saving", "euro/t", more, false, false, "chains by to",
                  "Euro per tonne that the cheapest chain saves against a truck all the way, the mean over the "
                  "destinations.",
                  "Euro per ton die de goedkoopste keten bespaart tegenover de vrachtwagen over de hele weg, gemiddeld "
                  "over de bestemmingen.",
                  measure_chain_saving},
    CriterionKind{"chain_time", "h", less, false, false, "chains by to",
                  "Hours by the fastest chain of transport to the destinations, waiting and handling included, their "
                  "mean by what goes to each.",
                  "Uren met de snelste transportketen naar de bestemmingen, wachten en overslag inbegrepen, gemiddeld "
                  "naar wat naar elk gaat.",
                  measure_chain_time},
    CriterionKind{"compactness", "ratio", more, false, false, "",
                  "4π · area / perimeter²: 1 for a circle, 0.785 for a square.",
                  "4π · oppervlakte / omtrek²: 1 voor een cirkel, 0,785 voor een vierkant.", measure_compactness},
    CriterionKind{"convexity", "ratio", more, false, false, "",
                  "Area divided by the area of the convex hull: 1 for a shape without indents.",
                  "Oppervlakte gedeeld door de oppervlakte van het convexe omhulsel: 1 voor een vorm zonder inhammen.",
                  measure_convexity},
    CriterionKind{"count_within", "n", neither, false, true, "layer classes radius_m",
                  "Number of features of the layer within radius_m of the candidate, the radius included.",
                  "Aantal objecten van de laag binnen radius_m van de kandidaat, de straal inbegrepen.",
                  measure_count_within, false, within_radius},
    CriterionKind{"cover_area", "m2", neither, false, true, "layer classes",
                  "Area of the candidate under the classes of a polygon layer, overlapping polygons counted once.",
                  "Oppervlakte van de kandidaat onder de klassen van een vlakkenlaag, overlappende vlakken één keer "
                  "geteld.",
                  measure_cover_area, false, covered},
    CriterionKind{"distance", "m", less, false, true, "layer classes",
                  "Shortest straight distance from the candidate to a feature of the layer, 0 when they touch.",
                  "Kortste afstand in vogelvlucht van de kandidaat tot een object van de laag, 0 als ze elkaar raken.",
                  measure_distance},
    CriterionKind{"gate_class", "class", neither, true, false, "roads",
                  "How the candidate meets a network: \"gate\" where it has gates, \"barred\" where a barrier lies "
                  "between it and every line that is near enough, \"far\" where no line is.",
                  "Hoe de kandidaat een netwerk raakt: \"gate\" waar hij toegangen heeft, \"barred\" waar een "
                  "hindernis ligt tussen hem en elke lijn die dicht genoeg is, \"far\" waar er geen is.",
                  measure_gate_class},
    CriterionKind{
        "gates", "n", more, false, false, "roads",
        "Number of stretches of a network that the candidate reaches straight from its boundary, within the "
        "tolerance of [layers.<roads>.gates] and across no barrier.",
        "Aantal stukken van een netwerk die de kandidaat recht vanaf zijn grens bereikt, binnen de tolerantie "
        "van [layers.<roads>.gates] en zonder hindernis ertussen.",
        measure_gates},
    CriterionKind{
        "gravity", "", more, false, true, "layer classes field roads join access_kmh limit_s limit_m decay direction",
        "Potential by road (Hansen): sum of the field (of 1 without field) times the decay of the time or "
        "distance, over the features within limit_s or limit_m, the limit included.",
        "Potentiaal over de weg (Hansen): som van het veld (van 1 zonder veld) maal de afname volgens tijd of "
        "afstand, over de objecten binnen limit_s of limit_m, de grens inbegrepen.",
        measure_gravity},
    CriterionKind{"gross_area", "m2", more, false, false, "", "Planar area of the candidate, holes subtracted.",
                  "Vlakke oppervlakte van de kandidaat, zonder de gaten.", measure_gross_area},
    CriterionKind{"hull_width", "m", more, false, false, "",
                  "Smallest distance between two parallel lines that hold the candidate.",
                  "Kleinste afstand tussen twee evenwijdige lijnen die de kandidaat omvatten.", measure_hull_width},
    CriterionKind{"in_attribute", "", neither, false, true, "layer classes field",
                  "Attribute of the feature of the layer under which the largest part of the candidate lies.",
                  "Attribuut van het object van de laag waaronder het grootste deel van de kandidaat ligt.",
                  measure_in_attribute, false, covered},
    CriterionKind{
        "in_class", "class", neither, true, true, "layer classes field",
        "Class (or text of a field) of the feature of the layer under which the largest part of the candidate "
        "lies, \"none\" where there is none.",
        "Klasse (of tekst van een veld) van het object van de laag waaronder het grootste deel van de "
        "kandidaat ligt, \"none\" waar er geen is.",
        measure_in_class, false, covered},
    CriterionKind{"inscribed_diameter", "m", more, false, false, "",
                  "Diameter of the largest circle inside the candidate, to within 0.2 m.",
                  "Diameter van de grootste cirkel binnen de kandidaat, op 0,2 m na.", measure_inscribed_diameter},
    CriterionKind{"largest_class", "class", neither, true, true, "layer classes",
                  "Class with the largest area within the candidate, \"none\" where the layer covers nothing.",
                  "Klasse met de grootste oppervlakte binnen de kandidaat, \"none\" waar de laag niets bedekt.",
                  measure_largest_class, false, covered},
    CriterionKind{"logsum", "", more, false, true,
                  "layer classes field roads join access_kmh limit_s limit_m mu direction",
                  "Expected utility of the best choice by road: ln(sum of field · exp(−mu · c)) / mu over the features "
                  "within limit_s or limit_m, with c the time or distance and field 1 without field; in seconds or "
                  "metres, negative where the way is long.",
                  "Verwacht nut van de beste keuze over de weg: ln(som van veld · exp(−mu · c)) / mu over de objecten "
                  "binnen limit_s of limit_m, met c de tijd of afstand en veld 1 zonder veld; in seconden of meter, "
                  "negatief waar de weg lang is.",
                  measure_logsum},
    CriterionKind{"neighbours", "n", neither, false, false, "tolerance_m min_shared_m",
                  "Number of other parcels of the layer of the candidates that share at least min_shared_m of "
                  "boundary, within tolerance_m.",
                  "Aantal andere percelen van de laag van de kandidaten met minstens min_shared_m gemeenschappelijke "
                  "grens, op tolerance_m na.",
                  measure_neighbours},
    CriterionKind{"net_area", "m2", more, false, false, "cuts",
                  "Area of the candidate minus the union of all cuts, each grown by its buffer_m.",
                  "Oppervlakte van de kandidaat min de vereniging van alle uitsnijdingen, elk verbreed met buffer_m.",
                  measure_net_area},
    CriterionKind{"net_share", "share", more, false, false, "cuts",
                  "Area of the candidate minus the union of all cuts, divided by the area of the candidate.",
                  "Oppervlakte van de kandidaat min de vereniging van alle uitsnijdingen, gedeeld door de oppervlakte "
                  "van de kandidaat.",
                  measure_net_share},
    CriterionKind{"network_count", "n", more, false, true,
                  "layer classes roads join access_kmh limit_s limit_m direction",
                  "Number of features of the layer within limit_s or limit_m by road, the limit included.",
                  "Aantal objecten van de laag binnen limit_s of limit_m over de weg, de grens inbegrepen.",
                  measure_network_count},
    CriterionKind{"network_distance", "m", less, false, true, "layer classes roads join nth direction",
                  "Length of the shortest way by road to the nearest feature of the layer (by that length): straight "
                  "from the centroid to the nearest road node, by road in the allowed direction, and straight to the "
                  "feature. It may not be the quickest way.",
                  "Lengte van de kortste weg tot het dichtste object van de laag (volgens die lengte): recht van het "
                  "zwaartepunt naar het dichtste wegknooppunt, over de weg in de toegelaten richting, en recht naar "
                  "het object. Het hoeft niet de snelste weg te zijn.",
                  measure_network_distance},
    CriterionKind{
        "network_passage", "m", less, false, true,
        "layer classes roads join access_kmh zones zone_classes dwellings dwellings_within_m "
        "dwellings_per_100_m",
        "Metres through villages on the quickest way by road to the nearest feature of the layer: parts of the "
        "way in housing zones, or past at least dwellings_per_100_m dwellings per 100 m within "
        "dwellings_within_m.",
        "Meters door dorpen op de snelste weg over de baan tot het dichtste object van de laag: delen van de "
        "weg in woongebied, of langs minstens dwellings_per_100_m woningen per 100 m binnen "
        "dwellings_within_m.",
        measure_network_passage},
    CriterionKind{"network_sum", "", more, false, true,
                  "layer classes field roads join access_kmh limit_s limit_m direction",
                  "Sum of a field over the features of the layer within limit_s or limit_m by road (cumulative "
                  "opportunities), the limit included.",
                  "Som van een veld over de objecten van de laag binnen limit_s of limit_m over de weg (cumulatieve "
                  "kansen), de grens inbegrepen.",
                  measure_network_sum},
    CriterionKind{"network_time", "s", less, false, true, "layer classes roads join access_kmh nth direction",
                  "Time by road to the nearest feature of the layer: from the centroid straight to the nearest road "
                  "node at access_kmh, by road in the allowed direction, and straight to the feature at access_kmh.",
                  "Reistijd over de weg tot het dichtste object van de laag: van het zwaartepunt recht naar het "
                  "dichtste wegknooppunt aan access_kmh, over de weg in de toegelaten richting, en recht naar het "
                  "object aan access_kmh.",
                  measure_network_time},
    CriterionKind{"own_attribute", "", neither, false, false, "field",
                  "Number in a field of the candidates themselves.", "Getal in een veld van de kandidaten zelf.",
                  measure_own_attribute},
    CriterionKind{"own_class", "class", neither, true, false, "field",
                  "Text in a field of the candidates themselves, or their class where no field is named.",
                  "Tekst in een veld van de kandidaten zelf, of hun klasse als geen veld genoemd is.",
                  measure_own_class},
    CriterionKind{"perimeter", "m", neither, false, false, "", "Length of the boundary, holes included.",
                  "Lengte van de grens, gaten inbegrepen.", measure_perimeter},
    CriterionKind{"perimeter_share", "share", neither, false, true, "layer classes distance_m",
                  "Length of the boundary that lies within distance_m of the layer, divided by the perimeter.",
                  "Lengte van de grens die binnen distance_m van de laag ligt, gedeeld door de omtrek.",
                  measure_perimeter_share, false, within_distance},
    CriterionKind{"raster_max", "", neither, false, true, "layer",
                  "Largest value of the raster cells that the candidate covers a part of.",
                  "Grootste waarde van de rastercellen waarvan de kandidaat een deel bedekt.", measure_raster_max,
                  true},
    CriterionKind{"raster_mean", "", neither, false, true, "layer",
                  "Mean value of the raster under the candidate: every cell counts for the exact fraction of its area "
                  "that the candidate covers.",
                  "Gemiddelde waarde van het raster onder de kandidaat: elke cel telt voor het exacte deel van haar "
                  "oppervlakte dat de kandidaat bedekt.",
                  measure_raster_mean, true},
    CriterionKind{"raster_min", "", neither, false, true, "layer",
                  "Smallest value of the raster cells that the candidate covers a part of.",
                  "Kleinste waarde van de rastercellen waarvan de kandidaat een deel bedekt.", measure_raster_min,
                  true},
    CriterionKind{"raster_share", "share", neither, false, true, "layer classes values",
                  "Area of the candidate on raster cells with one of the classes or values, by the exact fraction of "
                  "each cell that the candidate covers, divided by the area of the candidate.",
                  "Oppervlakte van de kandidaat op rastercellen met een van de klassen of waarden, volgens het exacte "
                  "deel van elke cel dat de kandidaat bedekt, gedeeld door de oppervlakte van de kandidaat.",
                  measure_raster_share, true},
    CriterionKind{"shared_length", "m", neither, false, false, "tolerance_m min_shared_m",
                  "Total length of boundary shared with the neighbours that share at least min_shared_m.",
                  "Totale grenslengte gedeeld met de buren die minstens min_shared_m delen.", measure_shared_length},
    CriterionKind{
        "sum_within", "", neither, false, true, "layer classes field radius_m",
        "Sum of a field over the features of the layer within radius_m of the candidate, the radius included.",
        "Som van een veld over de objecten van de laag binnen radius_m van de kandidaat, de straal "
        "inbegrepen.",
        measure_sum_within, false, within_radius},
    CriterionKind{"usable_width", "m", more, false, false, "",
                  "Width of the rectangle with the same area A and perimeter P: (P − √(P² − 16A)) / 4, √A where no "
                  "rectangle is that compact.",
                  "Breedte van de rechthoek met dezelfde oppervlakte A en omtrek P: (P − √(P² − 16A)) / 4, √A als "
                  "geen rechthoek zo compact is.",
                  measure_usable_width},
};

static_assert(std::is_sorted(kinds.begin(), kinds.end(), [](auto const& a, auto const& b) { return a.name < b.name; }));

}  // namespace

std::string_view to_string(JoinAt join) { return join == JoinAt::gates ? "gates" : "centroid"; }

std::span<CriterionKind const> criterion_kinds() { return kinds; }

CriterionKind const* find_criterion_kind(std::string_view name) {
  auto const found =
      std::lower_bound(kinds.begin(), kinds.end(), name,
                       [](CriterionKind const& kind, std::string_view wanted) { return kind.name < wanted; });
  return found != kinds.end() && found->name == name ? &*found : nullptr;
}

std::optional<double> reach_into(CriterionSpec const& spec, std::string const& key) {
  constexpr double anywhere = std::numeric_limits<double>::infinity();
  std::optional<double> out;
  auto const add = [&](double reach) { out = std::max(out.value_or(0), reach); };
  CriterionKind const* const kind = find_criterion_kind(spec.measure);
  if (spec.layer == key) add(kind != nullptr && kind->reach != nullptr ? kind->reach(spec) : anywhere);
  if (spec.roads == key || spec.access.demand == key || spec.passage.zones == key || spec.passage.dwellings == key)
    add(anywhere);
  for (CutSpec const& cut : spec.cuts)
    if (cut.layer == key) add(cut.buffer_m);
  return out;
}

}  // namespace terrein
