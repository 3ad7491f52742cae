#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "criteria/coverage_check.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/network/gates.hpp"

namespace terrein {

class Workbench;

/// On which rows of a network gates may be.
struct GateRows {
  std::vector<std::uint8_t> sure, possible;  ///< a byte per row; the second if rows without class, and lines that are
                                             ///< perhaps closed, are open
  bool doubtful = false;                     ///< such rows are there
};
/// Throws `Error{config}` when the network has no rules for gates, and for classes asked of a layer that has none.
[[nodiscard]] GateRows gate_rows(CriterionSpec const& spec, Workbench& bench, std::span<NetworkEdge const> edges);

/// Where the candidates of a run meet a network, and how sure that is.
class NetworkGates {
 public:
  /// The layer `spec.roads` must have a graph. Throws `Error{config}` when it has no rules for gates, and for classes
  /// asked of a layer that has none.
  NetworkGates(CriterionSpec const& spec, Workbench& bench, std::span<std::uint32_t const> nearby);

  [[nodiscard]] std::vector<NetworkEdge> const& edges() const noexcept { return edges_; }
  /// A byte per row of the network: gates may be on it.
  [[nodiscard]] std::vector<std::uint8_t> const& rows() const noexcept { return rows_; }
  /// Gates that are there whatever the rows without known class are.
  [[nodiscard]] Gates const& sure() const noexcept { return sure_; }
  /// Gates that are there if no row without known class stands in the way, and all such lines are open.
  [[nodiscard]] Gates const& possible() const noexcept { return possible_ ? *possible_ : sure_; }
  /// Whether the sure gates of a candidate are all it has.
  [[nodiscard]] bool are_known(std::size_t row) const;
  /// Whether all lines around a candidate are known, and all barriers.
  [[nodiscard]] bool sees_lines(std::size_t row) const;
  [[nodiscard]] bool sees_barriers(std::size_t row) const;

 private:
  std::vector<NetworkEdge> edges_;
  std::vector<std::uint8_t> rows_;
  Gates sure_;
  std::optional<Gates> possible_;  ///< where it differs
  double tolerance_m_;
  CoverageCheck const* lines_;
  std::vector<CoverageCheck const*> barriers_;
  bool barrier_anywhere_ = false;  ///< one without shape
};

}  // namespace terrein
