#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "terrein/core/issues.hpp"
#include "terrein/criteria/bound_class.hpp"
#include "terrein/criteria/inputs.hpp"
#include "terrein/network/line_facts.hpp"
#include "terrein/network/widest_classes.hpp"

namespace terrein {

/// Rows of a layer of the study; without layer the question is not asked.
struct RowsOf {
  std::string layer;
  std::vector<std::string> classes;  ///< empty = all
  [[nodiscard]] bool asked() const noexcept { return !layer.empty(); }
};

enum class BoundMode { water, rail };

/// A user's table of what was moved over water or rail.
struct UseTable {
  std::string layer;                  ///< key of a layer of the study, with or without shapes; empty = nothing is known
  std::string id = "id";              ///< its attribute with the id of the plot
  std::string tonnes = "tonnes";      ///< its attribute with the tonnes
  std::string year;                   ///< its attribute with the year; empty = all rows are of one year
  std::optional<std::int64_t> since;  ///< rows of years before do not count
};

/// What water- or rail-bound land is. The numbers are judgements, not law.
struct BoundLandSpec {
  std::string key;  ///< in the study
  BoundMode mode = BoundMode::water;
  RowsOf destined;              ///< zones of a plan
  double destined_share = 0.5;  ///< of the plot at least
  RowsOf banks;                 ///< water as areas, or railways as lines
  std::string section_field;    ///< attribute of `banks` with the canal section; empty = ids
  double section_m = 500;       ///< a plot without front belongs to the section of the nearest bank within this
  double tolerance_m = 40;      ///< between bank and plot
  std::vector<RowsOf> blockers;
  double min_frontage_m = 60, min_depth_m = 50, depth_share = 0.8;
  std::string cemt_field;  ///< attribute of `banks`
  Cemt min_cemt = Cemt::IV, small_cemt = Cemt::II;
  std::string network;     ///< key of a network of waterways or railways; empty = none
  double network_m = 300;  ///< between a bank and its line in the network
  RowsOf ports;            ///< where vessels want to get to
  RowsOf quays;            ///< or sidings
  double quay_m = 20;
  RowsOf shared_quays;
  double shared_quay_m = 500;
  RowsOf buildings;
  double building_m = 25;       ///< from the bank
  double building_share = 0.6;  ///< of the front more than this
  UseTable use;
  RowsOf free;  ///< areas of land that is to be had
  double free_share = 0.5;
  std::string parks, park_field;  ///< key of a layer of areas, and its attribute with their names; empty = ids
  std::optional<double> demand_ha;
  std::map<std::string, double> park_demand_ha, section_demand_ha;
};

/// A network with what is known of its lines; without one nothing.
struct BoundNetwork {
  RoadGraph const* graph = nullptr;
  LineFacts const* facts = nullptr;
};

/// What a class of waterway rests on.
enum class CemtBasis { none, bank, stretch, port };
[[nodiscard]] std::string_view to_string(CemtBasis basis);  ///< "", "bank", "stretch", "port"

/// What is known of a plot.
struct BoundPlot {
  Row row = no_row;  ///< of the candidates
  double area_m2 = 0;
  BoundClass group = BoundClass::unknown;
  Answer destined = Answer::unknown, used = Answer::unknown, free = Answer::unknown, ruled_out = Answer::unknown;
  Suited suited_low = Suited::no, suited_high = Suited::suitable;  ///< equal where it is known
  std::optional<double> frontage_m, frontage_total_m, depth_m;     ///< nothing where they are not known
  Row bank = no_row;                                               ///< what the front looks on
  CemtRange cemt;
  CemtBasis basis = CemtBasis::none;
  Electrified electrified = Electrified::unknown;  ///< rail, of the nearest line of the network
  Track track = Track::unknown;
  Row quay = no_row;
  std::optional<double> quay_m;  ///< to the nearest quay within `shared_quay_m`
  Answer own_quay = Answer::unknown, shared = Answer::no;
  std::optional<double> buildings_share;  ///< of all fronts; nothing where there is none or it is not known
  Answer built = Answer::no;
  std::optional<double> tonnes;
  std::optional<std::int64_t> year;
  Row park = no_row;
  Row section = no_row;  ///< row of `banks`
};

struct BoundFront {
  std::size_t plot = 0;  ///< number in `BoundLand::plots`
  double length_m = 0, depth_m = 0;
  Row bank = no_row;
  std::vector<Point> line;
};

struct BoundLand {
  std::vector<BoundPlot> plots;    ///< in the order of the candidates
  std::vector<BoundFront> fronts;  ///< those that are sure
};

/// Sets three things apart for every candidate, and keeps those that may be destined, are suitable or small, or are
/// used:
///
/// - destined: at least `destined_share` of it lies in such zones;
/// - suitable: a front (see `FrontSearch`) of at least `min_frontage_m` with `min_depth_m` of land behind it, on water
///   of class `min_cemt` or more (small: `small_cemt`; rail has no classes), or a shared quay within `shared_quay_m`.
///   Of several fronts the one that serves best counts, of equal ones the longest. The class is that of the bottleneck
///   on the way to the ports over the network, without ports that of the stretch of the network opposite, without
///   network that of the bank;
/// - used: a row of the table for it with tonnes above 0. Without row, or where tonnes are missing, it is not known.
/// The
///   latest year counts; its rows are added up.
///
/// Whatever may be due to rows without class, rows without a usable shape, places that are only approximate, and land
/// outside the coverage of a layer, is unknown. Throws `Error{config}` and `Error{input}` as criteria do. Tells tonnes
/// below 0 and ids of no candidate as issues.
[[nodiscard]] BoundLand measure_bound_land(BoundLandSpec const& spec, Inputs const& inputs, BoundNetwork const& network,
                                           Issues& issues);

/// How far from a candidate a polygon of the layer `key` may lie and still count: infinitely far for ports; nothing
/// when the layer is not looked at.
[[nodiscard]] std::optional<double> reach_into(BoundLandSpec const& spec, std::string const& key);

/// Hectares of a park, a section, or all of it, from whole square millimetres.
struct BoundSums {
  std::string kind;                 ///< "park", "section", "total"
  std::optional<std::string> name;  ///< nothing for land outside all parks, or beside no section
  std::size_t plots = 0;
  double area_ha = 0;       ///< of all plots
  double potential_ha = 0;  ///< destined: the sum of the next four
  double used_ha = 0, in_name_ha = 0, presumed_ha = 0, unknown_ha = 0;
  double doubtful_ha = 0;             ///< not known whether it is destined
  double other_used_ha = 0;           ///< used, but not destined
  double suitable_ha = 0;             ///< destined and surely suitable
  std::optional<double> free_ha;      ///< destined, surely free and not used; nothing where nobody asks what is free
  std::optional<double> fitting_ha;   ///< free and suitable
  std::optional<double> possible_ha;  ///< the same with what perhaps is
  std::optional<double> demand_ha, shortage_ha;  ///< demand less what is fitting; below 0 = more than enough
};
/// Parks by name, sections by name, and all of it; without a name last.
[[nodiscard]] std::vector<BoundSums> bound_sums(BoundLandSpec const& spec, BoundLand const& land, Inputs const& inputs);
/// The name of a park or section: its attribute, or its id where that is not named or empty.
[[nodiscard]] std::string name_of_row(Layer const& layer, std::string const& field, Row row);

}  // namespace terrein
