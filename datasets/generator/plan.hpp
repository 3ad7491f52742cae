#pragma once

#include <string>
#include <vector>

#include "arrangement.hpp"

namespace terrein::demo {

// The hand-drawn part of the map: where the roads run and what the land is used for, in metres on the plan.

/// Border, water, rail, roads and a few property boundaries, as lines that may cross.
[[nodiscard]] std::vector<Chain> plan_chains();
/// The outline of the drawn land: the study municipality and a corner of its neighbour.
[[nodiscard]] Ring plan_outline();
/// The border between both municipalities, from outline to outline.
[[nodiscard]] Line plan_municipal_border();

[[nodiscard]] Line motorway_axis();
[[nodiscard]] Line canal_axis();
[[nodiscard]] Line brook_axis();
[[nodiscard]] Line rail_axis();
[[nodiscard]] Line siding_axis();

/// One slip road from the axis of the motorway to an ordinary road.
struct Ramp {
  Line line;       ///< from the motorway to the road
  bool eastbound;  ///< which carriageway it belongs to
  bool leaves;     ///< off the motorway (true) or onto it
};
[[nodiscard]] std::vector<Ramp> plan_ramps();

/// How the land between the roads is cut up.
enum class Use {
  field,  ///< fields, with houses and farms along the roads
  open,   ///< fields only
  village,
  allotment,
  works,
  wood,
  whole,     ///< one parcel
  left_out,  ///< no parcel: public land
};
struct UseArea {
  Use use;
  Ring ring;
};
/// Later areas lie over earlier ones; everywhere else is field.
[[nodiscard]] std::vector<UseArea> plan_uses();
[[nodiscard]] Use use_at(std::vector<UseArea> const& uses, Vec p);

/// A place a test can count on. `at` lies in the parcel it marks.
struct Planted {
  std::string name;
  Vec at;
  std::string capakey;  ///< fixed: no other parcel has its ground number
};
[[nodiscard]] std::vector<Planted> plan_planted();

/// Land where houses stand along every road.
[[nodiscard]] std::vector<Ring> plan_ribbons();
/// Land where no house or farm is added.
[[nodiscard]] std::vector<Ring> plan_quiet();
/// Village and hamlets: metres of a truck's way through them are a passage.
[[nodiscard]] std::vector<Ring> plan_cores();

/// A polygon with a name, painted over those before it.
struct Paint {
  std::string label;
  Ring ring;
};
[[nodiscard]] std::vector<Paint> plan_zoning();
[[nodiscard]] std::vector<Paint> plan_flood();
[[nodiscard]] std::vector<Paint> plan_drinking_water();
/// Reconfirmed agricultural area; land under a paint without a label is left out.
[[nodiscard]] std::vector<Paint> plan_hag();
/// Plain polygons, one row each.
[[nodiscard]] std::vector<Paint> plan_worg();
[[nodiscard]] std::vector<Paint> plan_nature();
[[nodiscard]] std::vector<Paint> plan_forest();
[[nodiscard]] std::vector<Paint> plan_heritage();
[[nodiscard]] std::vector<Paint> plan_seveso();
[[nodiscard]] std::vector<Paint> plan_business_zones();

}  // namespace terrein::demo
