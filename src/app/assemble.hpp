#pragma once

#include <string>
#include <vector>

#include "site_land.hpp"
#include "terrein/assembly/site_facts.hpp"
#include "terrein/geometry/overlay.hpp"
#include "terrein/geometry/packed_boxes.hpp"

namespace terrein {

/// A site, or an alternative to one.
struct AssembledSite {
  std::string id;          ///< the same for the same parcels, in any run
  std::size_t number = 0;  ///< of a site: 1 = the first that was found
  FoundSite found;
  SiteFacts facts;
  std::string of;           ///< of an alternative: id of the site
  std::string why;          ///< of an alternative: "differs" or "fewer_owners"
  double common_share = 0;  ///< of an alternative: part of the site that it holds as well
};

/// What came of one set of sites of a study.
struct Assembly {
  AssemblySpec const* spec = nullptr;
  SiteLand land;
  std::vector<AssembledSite> sites, alternatives;
  std::string none;  ///< why there are not as many as asked for; empty = there are
};

/// Finds the sites of every set, one after the other. Why there are too few of them becomes an issue too.
[[nodiscard]] std::vector<Assembly> assemble(MadeFrom const& from);

/// "S-" and ten hexadecimal digits, from the ids of the parcels alone.
[[nodiscard]] std::string site_id(std::vector<std::string> parcels);

/// Looks at sets of pieces as the site they would be: its outline with the public domain in it.
class SiteTest {
 public:
  SiteTest(AssemblySpec const& spec, MadeFrom const& from, SiteLand const& land);
  /// Its area of the target's kind, and whether its shape keeps the hard limits. For several workers at once.
  [[nodiscard]] SiteCheck check(std::vector<std::uint32_t> const& pieces) const;
  [[nodiscard]] double compactness(std::vector<std::uint32_t> const& pieces) const;

 private:
  /// A layer of cuts that is looked at around one site after the other.
  struct NearCut {
    Cut cut;
    PackedBoxes boxes;
  };
  [[nodiscard]] GeometryColumn outline(std::vector<std::uint32_t> const& pieces) const;
  [[nodiscard]] double size_ha(GeometryColumn const& outline) const;
  [[nodiscard]] bool has_shape(GeometryColumn const& outline) const;
  AssemblySpec const& spec_;
  MadeFrom const& from_;
  SiteLand const& land_;
  Layer const& parcels_;
  PackedBoxes boxes_;
  std::vector<NearCut> cuts_;
};

}  // namespace terrein
