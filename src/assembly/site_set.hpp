#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "assembly/neighbourhood.hpp"

namespace terrein {

/// A set of pieces of a neighbourhood as bytes, with what counts of it.
class SiteSet {
 public:
  static constexpr std::uint32_t no_piece = std::numeric_limits<std::uint32_t>::max();
  explicit SiteSet(Neighbourhood const& land)
      : land_(land), in_(land.count(), 0), of_owner_(land.owners, 0), shared_(land.shared.size(), 0) {}

  void add(std::uint32_t piece);
  void drop(std::uint32_t piece);
  [[nodiscard]] bool has(std::uint32_t piece) const { return in_[piece] != 0; }
  [[nodiscard]] std::vector<std::uint8_t> const& bytes() const { return in_; }
  [[nodiscard]] double area() const { return area_; }
  /// Whether it has no more in common with others than it may, with `piece` as well (pass `no_piece` for none).
  [[nodiscard]] bool shares_little(std::uint32_t piece = no_piece) const;
  [[nodiscard]] std::size_t owners() const { return owners_; }
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::uint32_t pieces_of(std::uint32_t owner) const { return of_owner_[owner]; }
  [[nodiscard]] std::vector<std::uint32_t> pieces() const;  ///< ascending

  /// Whether area, owners, what is shared, and what must be in it are as they should; not whether it hangs together.
  [[nodiscard]] bool counts() const;
  /// Hectares with one more piece.
  [[nodiscard]] double area_with(std::uint32_t piece) const { return area_ + land_.size[piece] + strips(piece); }
  /// Whether one more piece would leave it within the most of the target.
  [[nodiscard]] bool takes(std::uint32_t piece) const;

 private:
  /// Hectares between a piece and those of the set.
  [[nodiscard]] double strips(std::uint32_t piece) const;

  Neighbourhood const& land_;
  std::vector<std::uint8_t> in_;
  std::vector<std::uint32_t> of_owner_;
  std::vector<double> shared_;  // per limit
  double area_ = 0;
  std::size_t owners_ = 0, count_ = 0;
};

/// Looks at sets of a neighbourhood: which parts they have, and what holds them together. Keeps its buffers.
class SetWalk {
 public:
  explicit SetWalk(Neighbourhood const& land) : land_(land), part_(land.count(), 0) {}

  /// How many parts the set has without piece `but` (pass `none` for the whole set); `part_of` then tells which.
  std::uint32_t parts(std::vector<std::uint8_t> const& in, std::uint32_t but);
  [[nodiscard]] std::uint32_t part_of(std::uint32_t piece) const {
    return part_[piece];
  }  ///< from 1 on; 0 = not in the set
  /// Whether a piece touches all parts of the last call.
  [[nodiscard]] bool joins_all(std::uint32_t piece, std::uint32_t parts);
  /// The value of a set that hangs together; summed in the order of the pieces, so that equal sets have equal values.
  [[nodiscard]] double value(std::vector<std::uint8_t> const& in);

  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

 private:
  void collect(std::vector<std::uint8_t> const& in);
  /// The cheapest links that hold the members together (Prim from the first of them).
  [[nodiscard]] double links(std::vector<std::uint8_t> const& in);

  Neighbourhood const& land_;
  std::vector<std::uint32_t> members_, rest_;
  std::vector<std::uint8_t> owner_seen_;
  std::vector<std::uint32_t> part_, stack_;
  std::vector<std::uint8_t> seen_;
  std::vector<double> near_;
};

}  // namespace terrein
