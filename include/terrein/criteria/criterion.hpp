#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/measure.hpp"
#include "terrein/criteria/inputs.hpp"
#include "terrein/network/access.hpp"
#include "terrein/network/decay.hpp"

namespace terrein {

/// One layer to cut out of the candidates when the developable area is measured.
struct CutSpec {
  std::string layer;
  std::vector<std::string> classes;  ///< empty = all
  double buffer_m = 0;
  bool shipped = false;  ///< from the shipped tables: without its layer or classes the cut is unknown, no fault
};

/// Where candidates and features join a network.
enum class JoinAt {
  centroid,  ///< both at the node that is nearest to their centroid
  gates,     ///< candidates at their gates, features at the nearest stretch
};
[[nodiscard]] std::string_view to_string(JoinAt join);  ///< "centroid", "gates"

/// What measures over a network take besides the layer, the roads and the speed beside them.
struct AccessSpec {
  JoinAt join = JoinAt::centroid;
  std::size_t nth = 1;  ///< time and distance: to the nearest, the second nearest …
  TravelDirection direction = TravelDirection::to;
  std::optional<double> limit_s, limit_m;  ///< one of both: what a way may cost, in seconds or metres; it is included
  std::optional<Decay> decay;              ///< of that cost; none = all within the limit count alike
  std::optional<double> mu;                ///< logsum: scale per second or metre
  std::string demand;        ///< catchment: key of the layer that uses the supply; empty = the candidates'
  std::string demand_field;  ///< catchment: its attribute with how much it uses

  bool operator==(AccessSpec const&) const = default;
};

/// What a village is to a truck that passes through: land in housing zones, and roads along which dwellings are dense.
struct PassageSpec {
  std::string zones;                      ///< key of a layer of polygons; empty = none
  std::vector<std::string> zone_classes;  ///< of it; empty = all
  std::string dwellings;                  ///< key of a layer with a row per dwelling; empty = none
  double within_m = 25;                   ///< dwellings so far from the road count
  double per_100_m = 5;                   ///< so many along 100 m of road are dense

  bool operator==(PassageSpec const&) const = default;
};

/// A criterion as a study or a shipped model writes it. Which members count depends on the kind of measure.
struct CriterionSpec {
  std::string key;                   ///< name in the study: column val_<key>
  std::string measure;               ///< name in the registry
  std::string layer;                 ///< key of a layer of the study
  std::vector<std::string> classes;  ///< class filter; empty = all rows
  std::vector<double> values;        ///< cell values, for the share of a raster; either these or classes
  std::string field;                 ///< attribute to read or to sum
  double radius_m = 0;               ///< count and sum
  double distance_m = 0;             ///< perimeter share
  double tolerance_m = 0.01;         ///< neighbours
  double min_shared_m = 1;           ///< neighbours: they share at least so much boundary
  std::string roads;                 ///< measures over a network: key of the road layer
  double access_kmh = 20;            ///< measures over a network
  AccessSpec access;                 ///< measures over a network
  std::string chains;                ///< measures of chains: key of the set of chains
  std::vector<std::string> by;       ///< measures of chains: the kinds that count; empty = all
  std::vector<std::string> to;       ///< measures of chains: ids of the destinations that count; empty = all
  PassageSpec passage;               ///< passage through villages
  double per = 1;                    ///< the result is divided by this (60: seconds to minutes, 10000: m² to ha)
  std::string unit;                  ///< of the result after `per`; empty = the registry's
  std::vector<CutSpec> cuts;         ///< developable area
  bool of_site = false;              ///< level: site (true) or parcel
  bool shipped = false;              ///< from the shipped tables: an absent field or layer is unknown, no fault
  std::string label_nl, label_en;
};

enum class Better { more, less, neither };

class Workbench;  // what the criteria of one run share; private to the room

/// A kind of measure. The registry drives the checks of the study and the columns of the result.
struct CriterionKind {
  std::string_view name;  ///< area_share, distance …
  std::string_view unit;  ///< of the bare result
  Better better;          ///< usual direction, for help texts only
  bool is_class;          ///< gives a class instead of a number
  bool needs_layer;
  std::string_view keys;     ///< members of the spec that count, parted by blanks: "layer classes radius_m"
  std::string_view meaning;  ///< one English sentence with the formula
  std::string_view meaning_nl;
  Measure (*measure)(CriterionSpec const& spec, Workbench& bench);  ///< called through `measure` and `measure_all`
  bool on_raster = false;  ///< the layer is a raster; else it is one of features
  /// It travels over the roads that the criterion names.
  [[nodiscard]] constexpr bool on_network() const { return keys.find("roads") != std::string_view::npos; }
  /// It is about chains of transport.
  [[nodiscard]] constexpr bool on_chains() const { return keys.find("chains") != std::string_view::npos; }
  /// How far from a candidate a polygon of the layer may lie and still count, in metres; null = anywhere.
  double (*reach)(CriterionSpec const& spec) = nullptr;
};

/// All kinds, by name.
[[nodiscard]] std::span<CriterionKind const> criterion_kinds();
[[nodiscard]] CriterionKind const* find_criterion_kind(std::string_view name);

/// How far from a candidate a polygon of the layer `key` may lie and still count for a criterion: infinitely far where
/// it always does; nothing when the criterion does not look at the layer.
[[nodiscard]] std::optional<double> reach_into(CriterionSpec const& spec, std::string const& key);

/// Keys of all layers that a criterion looks at, besides the candidates: its own, its network, what bars the way to
/// that, who uses its supply, what is cut. While none of them changes, neither does the measure.
[[nodiscard]] std::vector<std::string> layers_of(CriterionSpec const& spec, Inputs const& inputs);

/// Measures one criterion for all candidates: divides by `per`, fills key and unit. A layer that the study does not
/// have gives an unknown measure with the reason, never a zero. Candidates without area are unknown throughout. Throws
/// `Error{config}` for an unknown kind or a member that cannot be used, `Error{input}` for an absent field, text where
/// numbers belong, or an area measure on a layer without polygons. A measure of features on a raster, and the reverse,
/// is an `Error{config}`.
[[nodiscard]] Measure measure(CriterionSpec const& spec, Inputs const& inputs);

/// Measures many criteria, in the order of `specs`; every value is the one `measure` gives. Work is shared: one overlay
/// for all class filters of a layer that do not overlap, one join to the roads per network, one adjacency per pair of
/// lengths, one cut for equal lists of cuts. All specs are checked before the first is measured.
[[nodiscard]] std::vector<Measure> measure_all(std::span<CriterionSpec const> specs, Inputs const& inputs);

/// The rows of a cut's layer that are surely cut, as `Cut::selected` takes them; classes that are not known are left
/// out. Throws `Error{config}` when classes are asked of a layer that has none. Precondition: the study has the layer.
[[nodiscard]] std::vector<std::uint8_t> cut_rows(CutSpec const& cut, Inputs const& inputs);

}  // namespace terrein
