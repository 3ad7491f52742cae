#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "made_layers.hpp"
#include "terrein/assembly/site_search.hpp"

namespace terrein {

// The land that sites of a study are made of: which candidates may be in one, what each is worth, and where they hang
// together.

/// Why a candidate may be in a site, or may not.
enum class LandState : std::uint8_t {
  offered,
  never,        ///< the study says so
  not_offered,  ///< most of it lies in land that is never offered, such as a port
  in_park,      ///< most of it lies in the park that is to grow
  outcome,      ///< the model excludes it, or cannot say
  no_score,     ///< too little is known
  low_score,
  outside_zones,  ///< in none of the search zones
  no_land,        ///< no shape, or nothing that the target counts
  overlaps,       ///< another candidate that comes first lies on the same land
  not_best,       ///< more candidates come first than the study looks at
};
/// A code of the labels "land_state".
[[nodiscard]] std::string_view to_string(LandState state);

/// A contact between two pieces, as a site uses it.
struct LandContact {
  std::uint32_t a = 0, b = 0;  ///< pieces
  double length_m = 0;         ///< along which they face each other
  double width_m = 0;          ///< of what lies between
  double strip_ha = 0;         ///< of it, as far as they face each other
  std::string crosses;         ///< keys of what lies between; empty = they share boundary, "open" = nobody knows
  double price = 0;
};

/// What makes a piece worth what it is.
struct PieceFacts {
  Row candidate = no_row;  ///< row of the candidates; no_row for a park
  Row park = no_row;       ///< row of the layer of parks
  double score = 0;        ///< 0 to 1
  double gross_ha = 0, developable_ha = 0, open_space_ha = 0, sensitive_m = 0;
  std::string owner;  ///< as the data say it; empty = not known
};

struct SiteLand {
  std::vector<PieceFacts> pieces;  ///< the best first; parks last
  LandGraph graph;
  std::vector<LandContact> contacts;    ///< that links are made of, by a, then b
  std::vector<LandState> state;         ///< per candidate
  std::vector<std::uint32_t> piece_of;  ///< per candidate; no_piece
  std::vector<std::uint32_t> must, parks;
  std::vector<std::string> must_not_offered;  ///< ids of candidates that must be in a site but cannot
  bool owners_known = false;                  ///< an attribute says who owns; else each parcel stands for an owner

  static constexpr std::uint32_t no_piece = 0xffffffffU;
  [[nodiscard]] LandContact const* contact(std::uint32_t a, std::uint32_t b) const;
};

/// Throws `Error{config}` for ids of `must` and `never` that no candidate has, and what the geometry throws.
[[nodiscard]] SiteLand site_land(AssemblySpec const& spec, MadeFrom const& from);

/// What sites hang together over: contacts between the pieces, and between them and parks. (Part of `site_land`.)
[[nodiscard]] std::vector<LandContact> land_contacts(AssemblySpec const& spec, MadeFrom const& from,
                                                     std::vector<PieceFacts> const& pieces);

/// A byte per row of a layer that a set of sites names, 1 = it counts. Throws `Error{config}` for classes of a layer
/// that has none.
[[nodiscard]] std::vector<std::uint8_t> rows_that_count(AssemblySpec const& spec, BarrierSpec const& rows,
                                                        Inputs const& inputs);

}  // namespace terrein
