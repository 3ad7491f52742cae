#pragma once

#include <cstdint>
#include <vector>

#include "terrein/geometry/box.hpp"

namespace terrein {

/// A piece of land that sites may be made of: a parcel, or a park that is to grow.
struct LandPiece {
  double size = 0;          ///< what targets count, in ha; not negative
  double worth = 0;         ///< what it adds to a site, in hectares of perfect land; may be negative
  double outline = 0;       ///< km of its whole boundary
  std::uint32_t owner = 0;  ///< pieces of one owner cost the price of an owner once
  std::uint32_t zone = 0;   ///< search zone; 0 = none
  Box box = {};
  Point at = {};  ///< a place of it, for the reach
};

/// A contact over which a site may hold together, at a price: 0 where two pieces share boundary.
struct LandLink {
  std::uint32_t a = 0, b = 0;
  double price = 0;
  double shared = 0;  ///< km of boundary in common
  double strip = 0;   ///< ha of nobody's land between them, which a site of both holds as well
};

/// Pieces of land, the best first, and their contacts: entries first[i] … first[i + 1] are those of piece i, by the
/// other piece.
struct LandGraph {
  std::vector<LandPiece> pieces;
  std::vector<std::uint32_t> first{0};
  std::vector<std::uint32_t> neighbour;
  std::vector<double> price, shared, strip;

  [[nodiscard]] std::size_t size() const noexcept { return pieces.size(); }
};

/// Of several links between the same two pieces the cheapest counts, with all boundary in common and all land between;
/// links of a piece with itself do not. Precondition: links name pieces that are there, sizes and prices are finite and
/// not negative.
[[nodiscard]] LandGraph land_graph(std::vector<LandPiece> pieces, std::vector<LandLink> links);

}  // namespace terrein
