#include "assembly/improve.hpp"

#include <algorithm>

namespace terrein {
namespace {

/// Grows one set.
class Growth {
 public:
  Growth(Neighbourhood const& land, std::vector<std::uint8_t> const& out) : land_(land), out_(out), set_(land) {}

  std::optional<LocalSite> run(std::vector<std::uint8_t> const& from) {
    if (land_.count() == 0 || !land_.complete) return std::nullopt;
    if (from.empty()) add(land_.root);
    for (std::uint32_t i = 0; i < from.size(); ++i)
      if (from[i] != 0) add(i);
    if (land_.overflows(set_.area()) || !reach_musts()) return std::nullopt;
    while (set_.area() < land_.target->least - value_slack) {
      std::uint32_t const next = best();
      if (next == SetWalk::none) return std::nullopt;
      add(next);
    }
    while (true) {
      std::uint32_t const next = best();
      if (next == SetWalk::none || !(gain(next) > value_slack)) break;
      add(next);
    }
    if (!set_.counts()) return std::nullopt;
    SetWalk walk(land_);
    return LocalSite{set_.bytes(), walk.value(set_.bytes())};
  }

 private:
  void add(std::uint32_t piece) {
    set_.add(piece);
    for (std::uint32_t i = land_.first[piece]; i < land_.first[piece + 1]; ++i) {
      std::uint32_t const other = land_.neighbour[i];
      auto const known = std::find_if(edge_.begin(), edge_.end(), [&](auto const& one) { return one.first == other; });
      if (known == edge_.end())
        edge_.emplace_back(other, land_.price[i]);
      else
        known->second = std::min(known->second, land_.price[i]);
    }
    std::erase_if(edge_, [&](auto const& one) { return set_.has(one.first); });
  }

  [[nodiscard]] bool is_open(std::uint32_t piece) const { return out_.empty() || out_[piece] == 0; }

  /// Links of the pieces beside the set are taken as they are now.
  [[nodiscard]] double gain(std::uint32_t piece) const {
    double const price =
        std::find_if(edge_.begin(), edge_.end(), [&](auto const& one) { return one.first == piece; })->second;
    double const owner = set_.pieces_of(land_.owner[piece]) == 0 ? land_.target->owner_price : 0;
    double saved = 0;
    if (land_.target->outline_price > 0)
      for (std::uint32_t i = land_.first[piece]; i < land_.first[piece + 1]; ++i)
        if (set_.has(land_.neighbour[i])) saved += 2 * land_.saved_shared[i];
    return land_.worth[piece] + saved - price - owner - land_.excess(set_.area_with(piece)) + land_.excess(set_.area());
  }

  [[nodiscard]] std::uint32_t best() const {
    std::uint32_t out = SetWalk::none;
    double most = 0;
    for (auto const& [piece, price] : edge_) {
      if (!is_open(piece) || !set_.takes(piece)) continue;
      double const each = gain(piece) / std::max(land_.size[piece], 1e-6);
      if (out != SetWalk::none && (each < most || (each == most && piece > out))) continue;
      out = piece;
      most = each;
    }
    return out;
  }

  /// Breadth first from the set to the nearest piece that must be in it, again and again.
  bool reach_musts() {
    while (true) {
      std::vector<std::uint32_t> from(land_.count(), SetWalk::none), queue = set_.pieces();
      for (std::uint32_t const piece : queue) from[piece] = piece;
      std::uint32_t found = SetWalk::none;
      bool wanted = false;
      for (std::uint32_t i = 0; i < land_.count(); ++i) wanted |= land_.must[i] != 0 && !set_.has(i);
      if (!wanted) return true;
      for (std::size_t k = 0; k < queue.size() && found == SetWalk::none; ++k) {
        std::uint32_t const at = queue[k];
        for (std::uint32_t i = land_.first[at]; i < land_.first[at + 1]; ++i) {
          std::uint32_t const other = land_.neighbour[i];
          if (from[other] != SetWalk::none || !is_open(other)) continue;
          from[other] = at;
          queue.push_back(other);
          if (land_.must[other] != 0 && found == SetWalk::none) found = other;
        }
      }
      if (found == SetWalk::none) return false;
      for (std::uint32_t at = found; !set_.has(at); at = from[at]) add(at);
      if (land_.overflows(set_.area())) return false;
    }
  }

  Neighbourhood const& land_;
  std::vector<std::uint8_t> const& out_;
  SiteSet set_;
  std::vector<std::pair<std::uint32_t, double>> edge_;  // pieces beside the set, and the cheapest link to it
};

/// One change of a site: a piece that leaves, one that comes, or both.
struct Change {
  std::uint32_t leaves = SetWalk::none, comes = SetWalk::none;
  double value = 0;
};

class Improver {
 public:
  Improver(Neighbourhood const& land, LocalSite& site) : land_(land), site_(site), set_(land), walk_(land) {
    for (std::uint32_t i = 0; i < site.in.size(); ++i)
      if (site.in[i] != 0) set_.add(i);
  }

  void run() {
    constexpr int most_changes = 200;
    for (int i = 0; i < most_changes; ++i) {
      Change best{SetWalk::none, SetWalk::none, site_.value + value_slack};
      for (std::uint32_t const leaves : with_none(set_.pieces())) look_at(leaves, best);
      if (best.leaves == SetWalk::none && best.comes == SetWalk::none) return;
      apply(best);
      site_.in = set_.bytes();
      site_.value = best.value;
    }
  }

 private:
  static std::vector<std::uint32_t> with_none(std::vector<std::uint32_t> pieces) {
    pieces.insert(pieces.begin(), SetWalk::none);
    return pieces;
  }

  void look_at(std::uint32_t leaves, Change& best) {
    if (leaves != SetWalk::none && land_.must[leaves] != 0) return;
    std::uint32_t const parts = walk_.parts(set_.bytes(), leaves);
    if (parts == 0) return;
    beside_.clear();
    for (std::uint32_t i = 0; i < land_.count(); ++i)
      if (walk_.part_of(i) != 0)
        for (std::uint32_t k = land_.first[i]; k < land_.first[i + 1]; ++k)
          if (std::uint32_t const other = land_.neighbour[k]; !set_.has(other)) beside_.push_back(other);
    std::sort(beside_.begin(), beside_.end());
    beside_.erase(std::unique(beside_.begin(), beside_.end()), beside_.end());
    joining_.clear();
    for (std::uint32_t const piece : beside_)
      if (walk_.joins_all(piece, parts)) joining_.push_back(piece);
    if (leaves != SetWalk::none) set_.drop(leaves);
    if (leaves != SetWalk::none && parts == 1) consider(leaves, SetWalk::none, best);
    for (std::uint32_t const comes : joining_) {
      if (!set_.takes(comes)) continue;
      set_.add(comes);
      consider(leaves, comes, best);
      set_.drop(comes);
    }
    if (leaves != SetWalk::none) set_.add(leaves);
  }

  void consider(std::uint32_t leaves, std::uint32_t comes, Change& best) {
    if (!set_.counts()) return;
    double const value = walk_.value(set_.bytes());
    if (value > best.value) best = {leaves, comes, value};
  }

  void apply(Change const& change) {
    if (change.leaves != SetWalk::none) set_.drop(change.leaves);
    if (change.comes != SetWalk::none) set_.add(change.comes);
  }

  Neighbourhood const& land_;
  LocalSite& site_;
  SiteSet set_;
  SetWalk walk_;
  std::vector<std::uint32_t> beside_, joining_;
};

}  // namespace

std::optional<LocalSite> grow(Neighbourhood const& land, std::vector<std::uint8_t> const& from,
                              std::vector<std::uint8_t> const& out) {
  return Growth(land, out).run(from);
}

void improve(Neighbourhood const& land, LocalSite& site) { Improver(land, site).run(); }

}  // namespace terrein
