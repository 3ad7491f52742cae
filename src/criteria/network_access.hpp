#pragma once

#include <functional>
#include <span>
#include <vector>

#include "criteria/selection.hpp"
#include "criteria/workbench.hpp"

namespace terrein {

/// What measures over a network have in common: the features that count and may count, where both ends join the roads,
/// and how far the candidates can see.
class NetworkAccess {
 public:
  /// Throws `Error{config}` for a layer that is no network, and a speed that cannot be used.
  NetworkAccess(CriterionSpec const& spec, Workbench& bench, TravelCost cost, Lines lines);

  [[nodiscard]] Selection const& selection() const noexcept { return selection_; }
  [[nodiscard]] AccessNetwork const& network() const noexcept {
    return gate_ways_ == nullptr ? *network_ : gate_ways_->by_cost.at(cost_);
  }
  [[nodiscard]] Attachment const& candidates() const noexcept {
    return gate_ways_ == nullptr ? *candidates_ : gate_ways_->met.candidates;
  }
  /// What a way may cost to count: the limit of the criterion, or what its decay leaves of it.
  [[nodiscard]] double limit() const noexcept { return limit_; }
  /// How much a feature counts at a cost.
  [[nodiscard]] double weight(double cost) const { return spec_.access.decay ? (*spec_.access.decay)(cost) : 1; }
  /// The ways within the limit to the features that count or may count, as `terrein::sweep` hands them out.
  void sweep(std::function<void(std::size_t candidate, std::span<Reach const> features)> const& take) const;
  /// The features of `rows` (byte per row), in the order of their ids.
  [[nodiscard]] Attachment features_at(std::vector<std::uint8_t> const& rows) const;
  /// The row of a place of `features_at`.
  [[nodiscard]] Row row_of(std::uint32_t feature) const { return feature == no_row ? no_row : row_of_rank_[feature]; }
  /// Whether anything can be said of a candidate: it joins the roads, and its centroid lies inside their coverage, or
  /// its gates are known.
  [[nodiscard]] bool can_say(std::size_t row) const;
  /// No feature that the layer does not hold, because it lies outside its coverage, costs less than this; infinite when
  /// that is more than `most`.
  [[nodiscard]] double hidden_from(std::size_t row, double most) const;
  /// Whether every feature within the limit of a candidate is one of the layer, and has a place.
  [[nodiscard]] bool is_complete(std::size_t row) const;
  /// No way of the limit leads further than this straight line.
  [[nodiscard]] double farthest_m() const noexcept { return limit_ * straight_; }

 private:
  CriterionSpec const& spec_;
  Workbench& bench_;
  Selection selection_;
  TravelCost cost_;
  AccessNetwork const* network_ = nullptr;  // where they join at centroids, as the next
  Attachment const* candidates_ = nullptr;
  Workbench::GateWays const* gate_ways_ = nullptr;  // where they join at gates, as the next
  NetworkGates const* gates_ = nullptr;
  CoverageCheck const &roads_, &destinations_;
  double limit_;
  double straight_;  // no way costs less than the straight line divided by this
  std::vector<Row> row_of_rank_;
};

/// A measure over a network: with all lines that are perhaps open, and, where there are such lines, without them. The
/// truth lies between both, for those that only grow or only shrink as lines open: known where both are the same, with
/// bounds elsewhere.
[[nodiscard]] Measure over_lines(CriterionSpec const& spec, Workbench& bench,
                                 std::function<Measure(Lines)> const& measure);
/// A measure of which nothing is known because of lines that are perhaps not open.
[[nodiscard]] Measure lines_in_doubt(CriterionSpec const& spec, Workbench const& bench);
/// What the limit of a criterion is about. Throws `Error{config}` unless it has one of both limits, above 0.
[[nodiscard]] TravelCost cost_of(CriterionSpec const& spec);
/// Throws `Error{config}` when the criterion names no network, or a speed that cannot be used.
void check_network(CriterionSpec const& spec, Inputs const& inputs);

}  // namespace terrein
