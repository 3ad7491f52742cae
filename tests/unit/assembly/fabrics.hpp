#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <vector>

#include "terrein/assembly/site_search.hpp"

namespace terrein::test {

/// A grid of unit pieces in the order of the cells, with the contacts of a rook.
inline LandGraph grid_graph(std::vector<double> const& scores, std::uint32_t columns) {
  std::vector<LandPiece> pieces;
  std::vector<LandLink> links;
  auto const count = static_cast<std::uint32_t>(scores.size());
  for (std::uint32_t at = 0; at < count; ++at) {
    double const x = at % columns, y = static_cast<double>(at / columns);
    LandPiece piece;
    piece.size = 1;
    piece.worth = scores[at];
    piece.outline = 4;
    piece.owner = at;
    piece.at = {x + 0.5, y + 0.5};
    piece.box = {x, y, x + 1, y + 1};
    pieces.push_back(piece);
    if (at % columns + 1 < columns) links.push_back({at, at + 1, 0, 1, 0});
    if (at + columns < count) links.push_back({at, at + columns, 0, 1, 0});
  }
  return land_graph(std::move(pieces), std::move(links));
}

/// Pieces of random size, worth and owner on a grid with holes in its contacts, some of which have a price.
struct Fabric {
  std::vector<LandPiece> pieces;
  std::vector<LandLink> links;
  [[nodiscard]] LandGraph graph() const { return land_graph(pieces, links); }
};
inline Fabric random_fabric(std::mt19937& random, std::uint32_t columns, std::uint32_t rows) {
  auto const up_to = [&random](double most) { return std::uniform_real_distribution<>(0, most)(random); };
  Fabric out;
  for (std::uint32_t at = 0; at < columns * rows; ++at) {
    double const x = at % columns, y = static_cast<double>(at / columns);
    LandPiece piece;
    piece.size = 0.2 + up_to(2);
    piece.worth = piece.size * (up_to(1) - 0.1);
    piece.outline = 4;
    piece.owner = static_cast<std::uint32_t>(up_to(columns * rows / 2.0));
    piece.at = {x + 0.5, y + 0.5};
    piece.box = {x, y, x + 1, y + 1};
    out.pieces.push_back(piece);
    auto const link = [&](std::uint32_t other) {
      if (up_to(1) < 0.85)
        out.links.push_back({at, other, up_to(1) < 0.25 ? up_to(0.5) : 0, up_to(1), up_to(1) < 0.3 ? up_to(0.2) : 0});
    };
    if (at % columns + 1 < columns) link(at + 1);
    if (at + columns < columns * rows) link(at + columns);
  }
  return out;
}

/// Everything about sites, said once more without any search: sets are bits.
class Enumeration {
 public:
  Enumeration(Fabric const& fabric, SiteTarget const& target) : fabric_(fabric), target_(target) {}

  [[nodiscard]] bool hangs_together(std::uint32_t set) const {
    std::uint32_t reached = set & (~set + 1);
    for (std::uint32_t before = 0; before != reached;) {
      before = reached;
      for (LandLink const& link : fabric_.links) {
        std::uint32_t const a = 1U << link.a, b = 1U << link.b;
        if ((set & a) != 0 && (set & b) != 0 && ((reached & a) != 0 || (reached & b) != 0)) reached |= a | b;
      }
    }
    return reached == set;
  }
  [[nodiscard]] bool is_near(std::uint32_t set, std::uint32_t seed) const {
    Box const& from = fabric_.pieces[seed].box;
    for (std::uint32_t i = 0; i < fabric_.pieces.size(); ++i) {
      if ((set >> i & 1U) == 0) continue;
      Point const at = fabric_.pieces[i].at;
      double const dx = std::max({0.0, from.min_x - at.x, at.x - from.max_x});
      double const dy = std::max({0.0, from.min_y - at.y, at.y - from.max_y});
      if (std::hypot(dx, dy) > target_.reach_m) return false;
    }
    return true;
  }
  [[nodiscard]] double area(std::uint32_t set) const {
    double out = 0;
    for (std::uint32_t i = 0; i < fabric_.pieces.size(); ++i)
      if ((set >> i & 1U) != 0) out += fabric_.pieces[i].size;
    for (LandLink const& link : fabric_.links)
      if ((set >> link.a & 1U) != 0 && (set >> link.b & 1U) != 0) out += link.strip;
    return out;
  }
  [[nodiscard]] std::size_t owners(std::uint32_t set) const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < fabric_.pieces.size(); ++i)
      if ((set >> i & 1U) != 0) all.push_back(fabric_.pieces[i].owner);
    std::sort(all.begin(), all.end());
    return static_cast<std::size_t>(std::unique(all.begin(), all.end()) - all.begin());
  }
  /// Kruskal.
  [[nodiscard]] double links(std::uint32_t set) const {
    std::vector<LandLink> order = fabric_.links;
    std::sort(order.begin(), order.end(), [](auto const& a, auto const& b) { return a.price < b.price; });
    std::vector<std::uint32_t> part(fabric_.pieces.size());
    for (std::uint32_t i = 0; i < part.size(); ++i) part[i] = i;
    double out = 0;
    for (LandLink const& link : order) {
      if ((set >> link.a & 1U) == 0 || (set >> link.b & 1U) == 0 || part[link.a] == part[link.b]) continue;
      out += link.price;
      std::uint32_t const from = part[link.b], to = part[link.a];
      for (std::uint32_t& one : part)
        if (one == from) one = to;
    }
    return out;
  }
  [[nodiscard]] double value(std::uint32_t set) const {
    double worth = 0, outline = 0;
    for (std::uint32_t i = 0; i < fabric_.pieces.size(); ++i)
      if ((set >> i & 1U) != 0) worth += fabric_.pieces[i].worth, outline += fabric_.pieces[i].outline;
    for (LandLink const& link : fabric_.links)
      if ((set >> link.a & 1U) != 0 && (set >> link.b & 1U) != 0) outline -= 2 * link.shared;
    return worth - target_.owner_price * static_cast<double>(owners(set)) - links(set) -
           target_.excess_price * std::max(0.0, area(set) - target_.least) - target_.outline_price * outline;
  }
  [[nodiscard]] bool is_site(std::uint32_t set) const {
    if (set == 0 || !hangs_together(set)) return false;
    double const hectares = area(set);
    return hectares >= target_.least && hectares <= target_.most && owners(set) <= target_.most_owners;
  }
  /// The best of all sets that `may` be a site; nothing when there is none.
  template <class May>
  [[nodiscard]] std::optional<double> best(May const& may) const {
    std::optional<double> out;
    for (std::uint32_t set = 1; set < 1U << fabric_.pieces.size(); ++set)
      if (is_site(set) && may(set)) out = std::max(out.value_or(-1e300), value(set));
    return out;
  }
  [[nodiscard]] std::optional<double> best() const {
    return best([this](std::uint32_t set) { return is_near(set, static_cast<std::uint32_t>(std::countr_zero(set))); });
  }

 private:
  Fabric const& fabric_;
  SiteTarget target_;
};

inline std::uint32_t bits_of(std::vector<std::uint32_t> const& pieces) {
  std::uint32_t out = 0;
  for (std::uint32_t const piece : pieces) out |= 1U << piece;
  return out;
}

}  // namespace terrein::test
