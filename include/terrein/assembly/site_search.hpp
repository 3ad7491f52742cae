#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "terrein/assembly/land_graph.hpp"

namespace terrein {

// Sites are connected sets of pieces of land. What a site is worth is a sum, and exactness, bounds and gaps are about
// it:
//
//   worth of its pieces − price of an owner × owners − cheapest links that hold it together
//   − price of excess × hectares above the least of the target − price of outline × km of outline
//
// Its size is that of its pieces and of the strips of land between those that face each other.
//
// A site belongs to its seed, its best piece (the first in the graph): no piece of it may lie further than the reach
// from the seed. So every site has one seed, and the search of one seed is about its neighbourhood alone.

/// What a site must be, and what counts against it.
struct SiteTarget {
  double least = 0, most = 0;  ///< ha, both included
  double reach_m = 1000;       ///< from the box of the seed to the place (`at`) of every piece
  double excess_price = 0;     ///< per ha above `least`
  double outline_price = 0;    ///< per km of boundary that no two of its pieces have in common
  double owner_price = 0;      ///< per owner
  std::size_t most_owners = std::numeric_limits<std::size_t>::max();
};

/// How long the search goes on. Nothing here is a time, so that results do not depend on the machine.
struct SearchLimits {
  std::size_t exact_pieces = 400;        ///< neighbourhoods of at most so many pieces are searched to the end
  std::size_t branch_nodes = 1000;       ///< of one neighbourhood
  std::size_t all_branch_nodes = 10000;  ///< of one site; the round that uses them up is ended
  std::size_t bounded_seeds = 512;    ///< of one site: neighbourhoods that get a bound that knows what hangs together
  std::size_t improved_seeds = 2048;  ///< of one site: neighbourhoods whose site is improved piece by piece
};

/// What the best site of a neighbourhood cannot surpass, and how that is known.
enum class BoundKind : std::uint8_t {
  area,       ///< the best land of the neighbourhood, whether it hangs together or not
  connected,  ///< dual ascent on the connected sets, with a price on area
  exact,      ///< the whole neighbourhood was searched
};
[[nodiscard]] std::string_view to_string(BoundKind kind);

/// A site that was found.
struct FoundSite {
  std::vector<std::uint32_t> pieces;  ///< ascending
  std::uint32_t seed = 0;
  double value = 0;
  double bound = 0;                        ///< no site that was open at this moment is worth more
  BoundKind bound_kind = BoundKind::area;  ///< of the neighbourhood that decides the bound; exact = proven the best

  /// Share of the bound by which a better site may surpass this one at most: 0 = none can.
  [[nodiscard]] double gap() const;
};

/// At most so many hectares of some pieces may be in a site: those of another site.
struct SharedLimit {
  std::vector<std::uint8_t> pieces;  ///< a byte per piece
  double most = 0;
};

/// A set of pieces as a whole.
struct SiteCheck {
  bool passes = true;  ///< but for its size
  double size = 0;     ///< ha
};

struct SiteProblem {
  LandGraph const* graph = nullptr;
  SiteTarget target;
  SearchLimits limits;
  /// Pieces that must be in every site; the reach is measured from the first of them, which is the seed. Empty = any.
  std::vector<std::uint32_t> must;
  /// Pieces that sites grow from, each its own seed: parks. Empty = every piece may be a seed.
  std::vector<std::uint32_t> roots;
  /// Bytes per piece, 1 = may not be in a site; empty = all may.
  std::vector<std::uint8_t> closed;
  std::vector<SharedLimit> shared;  ///< what a site may have in common with others
  /// The whole as it is: its size, which may be other than the sum of its pieces, and hard limits that are no sums,
  /// such as its shape. Asked of a set of pieces before it counts; bounds do not know of it. May be called by several
  /// workers at once. Empty = sets are what their pieces say.
  std::function<SiteCheck(std::vector<std::uint32_t> const& pieces)> check;
  unsigned workers = 1;
};

/// Why there is no site.
struct NoSite {
  double largest =
      0;  ///< ha of the most land that hangs together within the reach of one seed, all rules of area left out
  bool proven = false;      ///< every neighbourhood that could hold a site was searched to the end
  bool must_apart = false;  ///< pieces that must be in it do not hang together within the reach
};

/// The best site, or why there is none. The same for any number of workers and any order of equal pieces; ties go to
/// the site with the smaller pieces.
struct SiteAnswer {
  std::optional<FoundSite> site;
  NoSite none;
};

/// Finds one site after the other on the same land: what is known of a neighbourhood stays known.
class SiteSearch {
 public:
  explicit SiteSearch(SiteProblem problem);
  SiteSearch(SiteSearch&&) noexcept;
  ~SiteSearch();

  /// The best site on the land that is open.
  [[nodiscard]] SiteAnswer next();
  /// Takes pieces away: those of a site that was found, or those too near to it.
  void close(std::vector<std::uint32_t> const& pieces);
  /// How many neighbourhoods were searched to the end, and how many of these within the limit of nodes.
  struct Effort {
    std::size_t seeds = 0, improved = 0, bounded = 0, searched = 0, proven = 0, branch_nodes = 0;
  };
  [[nodiscard]] Effort const& effort() const;

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

/// The value of a set of pieces (see above); nothing when it does not hang together or names a piece twice.
[[nodiscard]] std::optional<double> site_value(LandGraph const& graph, SiteTarget const& target,
                                               std::vector<std::uint32_t> const& pieces);

}  // namespace terrein
