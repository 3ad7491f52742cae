#pragma once

#include <cstdint>
#include <vector>

#include "assembly/site_set.hpp"

namespace terrein {

/// What is decided of each piece of a neighbourhood: 1 = in the site, -1 = not in it, 0 = open.
using Decisions = std::vector<std::int8_t>;

/// Hectares of what is decided, and what a site with it can be at least without counting strips of open pieces.
struct DecidedArea {
  double in = 0;      ///< of the pieces that are in, with the strips between them
  double strips = 0;  ///< of it: the strips
  double least = 0;   ///< with the sizes of further pieces alone: below it no site reaches the target's least
};
[[nodiscard]] DecidedArea decided_area(Neighbourhood const& land, Decisions const& decided);

inline constexpr double no_site = -std::numeric_limits<double>::infinity();

/// No site with these decisions is worth more than this: the best of the land that the decided pieces can reach, cut to
/// measure (a continuous knapsack: pieces by worth per hectare, the last one in part), whether it hangs together or
/// not. `no_site` where the target cannot be met. Exact arithmetic would give an upper bound; rounding is far below
/// `value_slack`.
[[nodiscard]] double area_bound(Neighbourhood const& land, Decisions const& decided);

/// Bounds that know what hangs together. With a price on area, the best connected set is a prize-collecting Steiner
/// arborescence; Wong's dual ascent gives a lower bound of what must be paid or forgone to connect it (Wong 1984; for
/// prizes Leitner, Ljubic, Luipersbeck, Sinnl 2018), and with it an upper bound of the value for every price on area
/// (Lagrange). Keeps its buffers; the neighbourhood must outlive it.
class ConnectedBound {
 public:
  explicit ConnectedBound(Neighbourhood const& land);

  /// For one price of a hectare.
  [[nodiscard]] double at(Decisions const& decided, double price);
  struct Best {
    double bound = 0, price = 0;
  };
  /// The least over many prices: golden section between the extremes that make sense.
  [[nodiscard]] Best best(Decisions const& decided);
  /// The least of a few prices near one that was good for similar decisions; ends where a bound is `enough` or less.
  [[nodiscard]] Best near(Decisions const& decided, double price, double step, double enough);
  /// Prices that make sense lie between minus and plus this.
  [[nodiscard]] double most_price() const { return most_price_; }

 private:
  void start(Decisions const& decided, double price);
  /// Raises the dual of the cut around a piece until it is connected or its prize is used up; what that costs.
  double ascend(Decisions const& decided, std::uint32_t piece);
  /// Adds the pieces from which open links of no cost lead into the cut, from its piece `from` on; true when the site
  /// is among them.
  bool widen(Decisions const& decided, std::size_t from);

  Neighbourhood const& land_;
  double most_price_ = 0;
  std::vector<double> weight_, prize_, cost_;  // cost_: per contact, of going to the piece that has it in its list
  std::vector<std::uint32_t> inside_;          // number of the cut that a piece was in last
  std::uint32_t cut_number_ = 0;
  std::vector<std::uint32_t> cut_, reached_;
  std::vector<std::uint8_t> owner_paid_;
};

}  // namespace terrein
