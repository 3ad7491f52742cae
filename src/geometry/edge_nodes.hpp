#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geometry/edge_meetings.hpp"

namespace terrein {

/// Edges cut into pieces where others meet them: piece k of an edge runs from its node k − 1, or its start, to its node
/// k; the last node is its end. All that is decided about nodes is decided exactly, from the ends of the edges alone;
/// only the places of crossings are rounded. So no piece crosses another, whatever rounding does.
class EdgeNodes {
 public:
  /// No two edges have the same ends. They must outlive it.
  EdgeNodes(std::span<FreeEdge const> edges, unsigned workers);

  static constexpr std::uint32_t none = ~std::uint32_t{0};
  [[nodiscard]] std::uint32_t pieces() const noexcept { return first_piece_.back(); }
  /// Per piece the piece that goes on around what lies on its right, with that on its right too. `none` where land lies
  /// there, as far as the end of the piece tells; where others run the other way; and for all but one of pieces that
  /// lie on each other.
  [[nodiscard]] std::vector<std::uint32_t> next_on_the_right(unsigned workers) const;
  /// The edge of each piece.
  [[nodiscard]] std::vector<std::uint32_t> edge_of_piece() const;
  /// Where a piece of an edge ends.
  [[nodiscard]] Point end_of(std::uint32_t piece, std::uint32_t edge) const;

 private:
  struct Meeting {
    std::uint32_t other;
    Meets how;
    std::uint32_t node;
  };
  /// A way on from a node: along an edge, or against it.
  struct Way {
    std::uint32_t edge;
    bool along;
    int side;                ///< to which it turns: 0 right, 1 straight on, 2 left, 3 back
    Meeting const* meeting;  ///< where the edge meets; null for the edge itself and the one behind it
  };

  void lay_out(std::vector<std::vector<EdgeMeets>> const& found);
  void place_all(unsigned workers);
  [[nodiscard]] std::uint32_t place(std::uint32_t edge);
  [[nodiscard]] bool is_at_end(std::uint32_t edge, Meeting const& meeting) const;
  /// Meetings of an edge by node.
  [[nodiscard]] std::span<std::uint32_t const> placed(std::uint32_t edge) const {
    return {placed_.data() + first_[edge], placed_.data() + first_[edge + 1]};
  }
  void add_way(std::uint32_t edge, std::uint32_t other, bool along, Meeting const* meeting,
               std::vector<Way>& ways) const;
  void add_ways(std::uint32_t edge, std::uint32_t node, std::span<std::uint32_t const> meetings,
                std::vector<Way>& ways) const;
  [[nodiscard]] std::uint32_t next(std::uint32_t edge, std::uint32_t node, std::span<std::uint32_t const> meetings,
                                   std::vector<Way>& ways) const;
  [[nodiscard]] std::uint32_t piece_after(std::uint32_t edge, std::uint32_t node, Way const& way) const;

  std::span<FreeEdge const> edges_;
  std::vector<std::uint32_t> first_;        // first meeting of an edge; edges + 1 entries
  std::vector<Meeting> meetings_;           // per edge by the other edge
  std::vector<std::uint32_t> placed_;       // per edge by node
  std::vector<std::uint32_t> first_piece_;  // of an edge; edges + 1 entries
};

}  // namespace terrein
