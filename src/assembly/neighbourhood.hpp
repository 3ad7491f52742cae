#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "terrein/assembly/site_search.hpp"

namespace terrein {

/// Differences of values below this are rounding.
inline constexpr double value_slack = 1e-9;

/// The land that the sites of one seed may be made of, with numbers of its own: 0 … size − 1, in the order of the
/// graph.
struct Neighbourhood {
  std::vector<std::uint32_t> piece;  ///< in the graph, ascending
  std::vector<double> size;
  std::vector<double> worth;         ///< less the price of the whole outline of the piece
  std::vector<double> saved_shared;  ///< per contact: half of what both pieces together save of the price of outlines
  std::vector<std::uint32_t> owner;  ///< 0 … owners − 1
  std::vector<double> owner_share;   ///< one over the number of pieces of the same owner
  std::vector<std::uint8_t> must;
  std::vector<SharedLimit> shared;                 ///< with a byte per piece of the neighbourhood
  std::vector<std::uint32_t> first{0}, neighbour;  ///< contacts, as in the graph
  std::vector<double> price;
  std::vector<double> strip;       ///< per contact: ha that a set of both pieces holds as well
  std::vector<double> all_strips;  ///< per piece
  std::uint32_t root = 0;
  std::uint32_t owners = 0;
  bool priced = false;   ///< a contact has a price
  bool complete = true;  ///< all pieces that must be in a site are here
  double together = 0;   ///< ha of all that hangs together here
  SiteTarget const* target = nullptr;

  [[nodiscard]] std::size_t count() const noexcept { return piece.size(); }
  /// Hectares that count against the target's least.
  [[nodiscard]] double excess(double area) const {
    return area > target->least ? target->excess_price * (area - target->least) : 0;
  }
  [[nodiscard]] bool fits(double area) const {
    return area >= target->least - value_slack && area <= target->most + value_slack;
  }
  /// The most that a piece can add to the worth of a site that holds no piece marked out (-1).
  [[nodiscard]] double most_worth(std::uint32_t of, std::vector<std::int8_t> const& decided) const {
    double out = worth[of];
    if (target->outline_price > 0)
      for (std::uint32_t i = first[of]; i < first[of + 1]; ++i)
        if (decided[neighbour[i]] >= 0) out += saved_shared[i];
    return out;
  }
  [[nodiscard]] bool overflows(double area) const { return area > target->most + value_slack; }
};

/// Makes neighbourhoods one after the other. For one worker; the problem must outlive it. `closed` has a byte per
/// piece.
class NeighbourhoodFinder {
 public:
  NeighbourhoodFinder(SiteProblem const& problem, std::vector<std::uint8_t> const& closed);

  /// That of a seed: what hangs together with it within the reach, over pieces that come after it in the graph (all
  /// pieces where the problem names its roots or pieces that must be in), and can be in one site with it: the smallest
  /// pieces that lead there leave room in the target.
  [[nodiscard]] Neighbourhood of(std::uint32_t seed);
  /// Hectares of all that hangs together within the reach of the last seed, too large or not.
  [[nodiscard]] double reachable() const { return reachable_; }

 private:
  void walk(std::uint32_t seed);

  SiteProblem const& problem_;
  std::vector<std::uint8_t> const& closed_;
  bool ordered_;
  std::vector<std::uint8_t> is_root_;   // empty = there are none
  std::vector<double> least_area_;      // per piece: of the smallest way from the seed to it, both included
  std::vector<std::uint32_t> touched_;  // pieces whose entry was set
  std::vector<std::uint32_t> local_;    // per piece: its number in the neighbourhood
  std::vector<std::pair<double, std::uint32_t>> heap_;
  double reachable_ = 0;
};

}  // namespace terrein
