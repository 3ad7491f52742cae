#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/criteria/inputs.hpp"
#include "terrein/decision/rules.hpp"

namespace terrein {

/// Which area of a site a target means.
enum class AreaKind {
  gross,        ///< bruto plangebied: the outline with the public domain enclosed
  developable,  ///< ontwikkelbaar: less all that the model cuts out
  net,          ///< netto uitgeefbaar: developable × a factor
};
[[nodiscard]] std::string_view to_string(AreaKind kind);

/// What may lie between two parcels of a site, and what crossing it costs.
struct CrossingSpec {
  std::string key;
  std::string layer;                 ///< key
  std::vector<std::string> classes;  ///< empty = all
  double price = 0;                  ///< in hectares of perfect land
  bool allowed = true;
};

/// Hard limits of the shape of a whole site; 0 = none.
struct ShapeLimits {
  double width_m = 0;        ///< diameter of the largest circle inside
  double compactness = 0;    ///< of the outline, 4π · area / length²
  double hull_share = 0;     ///< area / area of the convex hull
  double hall_length_m = 0;  ///< a hall of this length and width must fit
  double hall_width_m = 0;

  [[nodiscard]] bool any() const noexcept {
    return width_m > 0 || compactness > 0 || hull_share > 0 || (hall_length_m > 0 && hall_width_m > 0);
  }
};

/// [assembly.<key>]: sites of adjoining parcels. All defaults are judgement.
struct AssemblySpec {
  std::string key, label_nl, label_en;

  std::string model;                                                     ///< whose score counts, and whose cuts
  std::vector<Outcome> outcomes{Outcome::passes, Outcome::conditional};  ///< of parcels that may be in a site
  double min_score = 0;                                                  ///< 0 to 100
  std::size_t most_parcels = 50000;                                      ///< the best of them
  std::vector<std::string> must, never;                                  ///< ids
  std::vector<BarrierSpec> not_offered;  ///< parcels mostly in these are in no site: port land

  AreaKind target = AreaKind::gross;
  double least_ha = 0, most_ha = 0;
  double net_factor = 0.70, net_low = 0.60, net_high = 0.80;
  double reach_m = 1000;
  std::string grow;                       ///< key of a layer of parks that are to grow; empty = new sites
  std::vector<std::string> grow_classes;  ///< of it

  std::size_t count = 3;           ///< sites, at most
  std::optional<double> total_ha;  ///< no more sites than these hectares of the target's kind need
  double apart_m = 0;              ///< between two sites
  std::string zones;               ///< key of a layer of search zones: a site lies in one, and each has one at most
  double most_loss = 1;            ///< share of the best site's value that another may be worth less

  double tolerance_m = 0.05, least_contact_m = 5, gap_m = 1, bridge_m = 20;
  double open_price = 0.25;  ///< of a crossing of which no layer says what it is
  bool open_allowed = true;
  std::vector<CrossingSpec> crossings;
  std::vector<BarrierSpec> barriers;

  double owner_price = 0.1, excess_price = 0.5, outline_price = 0, sensitive_price = 0, open_space_price = 0;
  std::string owner_field;  ///< attribute of the candidates; empty = parcels stand in
  std::optional<std::size_t> most_owners;
  std::vector<std::string> public_owners;  ///< values of `owner_field` that are public bodies
  BarrierSpec sensitive;                   ///< layer of sensitive neighbours; no key = none
  double sensitive_m = 50;
  BarrierSpec open_space;  ///< layer of open space; no key = none

  ShapeLimits shape;
  bool shape_ranks = false;  ///< true: sites are ordered by their shape, none is refused

  std::size_t alternatives = 2;  ///< per site
  double most_overlap = 0.5;     ///< share of a site that an alternative may have in common with it
  double alternative_loss = 0.2;

  std::vector<std::string> pareto;  ///< criteria that sites are compared by, beside score, owners and crossings

  double speck_m2 = 500, speck_width_m = 10, part_m2 = 2500, part_width_m = 20;

  std::string level, kind;              ///< what the user says; empty = by plan text, else unknown
  BarrierSpec level_layer, kind_layer;  ///< layers whose classes say it

  std::size_t exact_parcels = 400, branch_nodes = 1000, all_branch_nodes = 10000, bounded_seeds = 512,
              improved_seeds = 2048;

  [[nodiscard]] double size_of(double gross_ha, double developable_ha) const {
    return target == AreaKind::gross         ? gross_ha
           : target == AreaKind::developable ? developable_ha
                                             : net_factor * developable_ha;
  }
};

/// Keys of all layers that a set of sites looks at beside those of its criteria; a key may come twice.
[[nodiscard]] std::vector<std::string> layers_of(AssemblySpec const& spec);

}  // namespace terrein
