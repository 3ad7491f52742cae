#include "terrein/assembly/site_facts.hpp"

#include <algorithm>

#include "assembly/improve.hpp"

namespace terrein {
namespace {

/// Looks at one site within the neighbourhood of its seed.
class FactFinder {
 public:
  FactFinder(SiteProblem const& problem, FoundSite const& site, std::vector<std::uint8_t> const& closed)
      : problem_(problem), site_(site), closed_(closed), open_(without_site(closed, site)), finder_(problem, open_) {}

  SiteFacts run() {
    land_ = finder_.of(site_.seed);
    in_.assign(land_.count(), 0);
    for (std::uint32_t i = 0; i < land_.count(); ++i) in_[i] = is_member(land_.piece[i]) ? 1 : 0;
    SetWalk walk(land_);
    for (std::uint32_t i = 0; i < land_.count(); ++i)
      if (in_[i] != 0) add_member(walk, i);
    add_beside(walk);
    find_weakest();
    return std::move(out_);
  }

 private:
  static std::vector<std::uint8_t> without_site(std::vector<std::uint8_t> closed, FoundSite const& site) {
    for (std::uint32_t const piece : site.pieces) closed[piece] = 0;
    return closed;
  }
  [[nodiscard]] bool is_member(std::uint32_t piece) const {
    return std::binary_search(site_.pieces.begin(), site_.pieces.end(), piece);
  }

  void add_member(SetWalk& walk, std::uint32_t i) {
    MemberFacts facts;
    facts.piece = land_.piece[i];
    std::uint32_t const parts = walk.parts(in_, i);
    facts.connects = parts > 1;
    SiteSet others(land_);
    for (std::uint32_t k = 0; k < land_.count(); ++k)
      if (in_[k] != 0 && k != i) others.add(k);
    facts.fills = others.area() < land_.target->least - value_slack;
    if (auto const mended = mend(walk, i)) {
      facts.loss = std::max(0.0, site_.value - *mended);
      bool const plain = !facts.connects && !facts.fills && land_.must[i] == 0;
      if (plain) offer_less(walk, i);
    }
    out_.members.push_back(facts);
  }

  /// The value of the site as it is without one member.
  void offer_less(SetWalk& walk, std::uint32_t i) {
    in_[i] = 0;
    BesideFacts less{land_.piece[i], BesideFacts::Why::worth_less, walk.value(in_) - site_.value};
    in_[i] = 1;
    if (!out_.one_less || less.change > out_.one_less->change) out_.one_less = less;
  }

  /// The value of the best site that local search makes of each part of the others.
  [[nodiscard]] std::optional<double> mend(SetWalk& walk, std::uint32_t i) {
    if (land_.must[i] != 0 && i != land_.root) return std::nullopt;
    std::uint32_t const parts = walk.parts(in_, i);
    std::vector<std::uint32_t> part_of(land_.count());
    for (std::uint32_t k = 0; k < land_.count(); ++k) part_of[k] = walk.part_of(k);
    std::optional<double> best;
    for (std::uint32_t part = 1; part <= parts; ++part) {
      Neighbourhood others = land_;
      auto const first = static_cast<std::uint32_t>(std::find(part_of.begin(), part_of.end(), part) - part_of.begin());
      if (i == land_.root && !is_rooted()) {
        others.must[i] = 0;
        others.must[first] = 1;
        others.root = first;
      } else if (part_of[land_.root] != part) {
        continue;
      }
      close(others, i);
      std::vector<std::uint8_t> from(land_.count(), 0);
      for (std::uint32_t k = 0; k < land_.count(); ++k) from[k] = part_of[k] == part ? 1 : 0;
      std::vector<std::uint8_t> out(land_.count(), 0);
      out[i] = 1;
      auto site = grow(others, from, out);
      if (!site) continue;
      improve(others, *site);
      best = std::max(best.value_or(site->value), site->value);
    }
    return best;
  }
  [[nodiscard]] bool is_rooted() const { return !problem_.must.empty() || !problem_.roots.empty(); }

  /// Takes all contacts of a piece away.
  static void close(Neighbourhood& land, std::uint32_t piece) {
    std::vector<std::uint32_t> first{0}, neighbour;
    std::vector<double> price, saved, strip;
    for (std::uint32_t i = 0; i < land.count(); ++i) {
      for (std::uint32_t k = land.first[i]; k < land.first[i + 1]; ++k) {
        if (i == piece || land.neighbour[k] == piece) continue;
        neighbour.push_back(land.neighbour[k]);
        price.push_back(land.price[k]);
        saved.push_back(land.saved_shared[k]);
        strip.push_back(land.strip[k]);
      }
      first.push_back(static_cast<std::uint32_t>(neighbour.size()));
    }
    land.first = std::move(first);
    land.neighbour = std::move(neighbour);
    land.price = std::move(price);
    land.saved_shared = std::move(saved);
    land.strip = std::move(strip);
  }

  void add_beside(SetWalk& walk) {
    LandGraph const& graph = *problem_.graph;
    std::vector<std::uint32_t> beside;
    for (std::uint32_t const piece : site_.pieces)
      for (std::uint32_t i = graph.first[piece]; i < graph.first[piece + 1]; ++i)
        if (!is_member(graph.neighbour[i])) beside.push_back(graph.neighbour[i]);
    std::sort(beside.begin(), beside.end());
    beside.erase(std::unique(beside.begin(), beside.end()), beside.end());
    SiteSet set(land_);
    for (std::uint32_t i = 0; i < land_.count(); ++i)
      if (in_[i] != 0) set.add(i);
    for (std::uint32_t const piece : beside) out_.beside.push_back(beside_facts(walk, set, piece));
  }

  /// Hectares that a piece brings, with the strips to the site.
  [[nodiscard]] double added_by(std::uint32_t piece) const {
    LandGraph const& graph = *problem_.graph;
    double out = graph.pieces[piece].size;
    for (std::uint32_t i = graph.first[piece]; i < graph.first[piece + 1]; ++i)
      if (is_member(graph.neighbour[i])) out += graph.strip[i];
    return out;
  }

  BesideFacts beside_facts(SetWalk& walk, SiteSet const& set, std::uint32_t piece) {
    BesideFacts facts;
    facts.piece = piece;
    using enum BesideFacts::Why;
    auto const at = std::lower_bound(land_.piece.begin(), land_.piece.end(), piece);
    bool const here = at != land_.piece.end() && *at == piece;
    if (closed_[piece] != 0) {
      facts.why = closed;
    } else if (land_.overflows(set.area() + added_by(piece))) {
      facts.why = too_large;
    } else if (!here) {
      facts.why = piece < site_.seed && !is_rooted() ? worth_more : too_far;
    } else {
      auto const i = static_cast<std::uint32_t>(at - land_.piece.begin());
      in_[i] = 1;
      facts.change = walk.value(in_) - site_.value;
      in_[i] = 0;
      facts.why = !set.takes(i) ? owners : facts.change > 0 ? worth_more : worth_less;
      if (set.takes(i) && (!out_.one_more || facts.change > out_.one_more->change)) out_.one_more = facts;
    }
    return facts;
  }

  void find_weakest() {
    for (std::uint32_t i = 0; i < out_.members.size(); ++i) {
      if (!out_.weakest) {
        out_.weakest = i;
        continue;
      }
      auto const &loss = out_.members[i].loss, &most = out_.members[*out_.weakest].loss;
      if (most && (!loss || *loss > *most)) out_.weakest = i;
    }
  }

  SiteProblem const& problem_;
  FoundSite const& site_;
  std::vector<std::uint8_t> const& closed_;
  std::vector<std::uint8_t> open_;
  NeighbourhoodFinder finder_;
  Neighbourhood land_;
  std::vector<std::uint8_t> in_;
  SiteFacts out_;
};

}  // namespace

std::string_view to_string(BesideFacts::Why why) {
  using enum BesideFacts::Why;
  switch (why) {
    case worth_less:
      return "worth_less";
    case worth_more:
      return "worth_more";
    case too_large:
      return "too_large";
    case too_far:
      return "too_far";
    case owners:
      return "owners";
    case closed:
      return "closed";
  }
  return "";
}

SiteFacts site_facts(SiteProblem const& problem, FoundSite const& site, std::vector<std::uint8_t> const& closed) {
  return FactFinder(problem, site, closed).run();
}

}  // namespace terrein
