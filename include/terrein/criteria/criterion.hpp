#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terrein/core/measure.hpp"
#include "terrein/criteria/inputs.hpp"

namespace terrein {

/// One layer to cut out of the candidates when the developable area is measured.
struct CutSpec {
  std::string layer;
  std::vector<std::string> classes;  ///< empty = all
  double buffer_m = 0;
};

/// A criterion as a study or a shipped model writes it. Which members count depends on the kind of measure.
struct CriterionSpec {
  std::string key;                     ///< name in the study: column val_<key>
  std::string measure;                 ///< name in the registry
  std::string layer;                   ///< key of a layer of the study
  std::vector<std::string> classes;    ///< class filter; empty = all rows
  std::string field;                   ///< attribute to read or to sum
  double radius_m = 0;                 ///< count and sum
  double distance_m = 0;               ///< perimeter share
  double tolerance_m = 0.01;           ///< neighbours
  double min_shared_m = 1;             ///< neighbours
  std::string roads;                   ///< network time: key of the road layer
  double access_kmh = 20;              ///< network time
  double per = 1;                      ///< the result is divided by this (60: seconds to minutes, 10000: m² to ha)
  std::string unit;                    ///< of the result after `per`; empty = the registry's
  std::vector<CutSpec> cuts;           ///< developable area
  bool of_site = false;                ///< level: site (true) or parcel
  std::string label_nl, label_en;
};

enum class Better { more, less, neither };

/// A kind of measure. The registry drives checks of the study, `criteria --list`, and the manual.
struct CriterionKind {
  std::string_view name;       ///< area_share, distance …
  std::string_view unit;       ///< of the bare result
  Better better;               ///< usual direction, for help texts only
  bool is_class;               ///< gives a class instead of a number
  bool needs_layer;
  std::string_view meaning;    ///< one English sentence with the formula
  std::string_view meaning_nl;
  Measure (*measure)(CriterionSpec const& spec, Inputs const& inputs);
};

/// All kinds, by name.
[[nodiscard]] std::span<CriterionKind const> criterion_kinds();
[[nodiscard]] CriterionKind const* find_criterion_kind(std::string_view name);

/// Measures one criterion for all candidates: divides by `per`, fills key and unit. A layer that the study does not have
/// gives an unknown measure with the reason, never a zero. Throws `Error{config}` for an unknown kind, `Error{input}`
/// for an absent field or text where numbers belong.
[[nodiscard]] Measure measure(CriterionSpec const& spec, Inputs const& inputs);

}  // namespace terrein
