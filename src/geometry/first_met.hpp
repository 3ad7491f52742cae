#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "terrein/core/column.hpp"

namespace terrein {

/// Nearer than this there is no way to speak of, and distances are the same.
inline constexpr double same_place_m = 1e-6;

/// Part of an edge as seen squarely from places on a base line: from … to along it, so far away at both ends.
struct Sighted {
  double from = 0, to = 0;  ///< from < to
  double away_from = 0, away_to = 0;
  Row row = no_row;         ///< whose edge; no_row = it only hides what lies behind
  std::uint64_t order = 0;  ///< among those equally far the smallest is met

  [[nodiscard]] double away(double at) const { return away_from + (away_to - away_from) * ((at - from) / (to - from)); }
};

/// Part of the base line from which the same edge is met first.
struct FirstMet {
  double from = 0, to = 0;
  double away_from = 0, away_to = 0;
  Row row = no_row;
  std::size_t index = 0;  ///< of the edge among those given
};

/// Finds the lower envelope of edges, cut exactly where they end and where they cross. One per worker: it keeps its
/// buffers.
class FirstMetSearch {
 public:
  /// Along the base line; parts from which nothing is met are left out. Of edges that no `order` tells apart, such as
  /// two of one row on one place, the first given counts.
  [[nodiscard]] std::vector<FirstMet> const& find(std::vector<Sighted> const& edges);

 private:
  void settle(std::vector<Sighted> const& edges, double from, double to);
  void add(std::vector<Sighted> const& edges, std::uint32_t edge, double from, double to);

  std::vector<std::uint32_t> by_start_, open_;
  std::vector<double> ends_;
  std::vector<FirstMet> found_;
};

}  // namespace terrein
