#pragma once

#include "site_layer.hpp"

namespace terrein {

/// A parcel of a site, or one beside it, with the reason in the language of the result.
struct SiteParcel {
  Row candidate = no_row;
  std::string role;  ///< "seed", "member", "beside"
  std::string reason;
  std::optional<double> score;   ///< 0 to 100
  std::optional<double> loss;    ///< of a member: what the site is worth less without it
  std::optional<double> change;  ///< of one beside: what it would add
};

/// Members of entry `i` in the order of the graph, then the candidates that touch it, offered or not, by id.
[[nodiscard]] std::vector<SiteParcel> parcels_of(SiteLayer const& sites, std::size_t i, MadeFrom const& from);

/// The cheapest links that hold a site together.
[[nodiscard]] std::vector<LandContact const*> links_of(SiteLayer::Entry const& entry);

/// Id of the parcel, or of the park.
[[nodiscard]] std::string piece_id(Assembly const& assembly, std::uint32_t piece, MadeFrom const& from);

}  // namespace terrein
