#include <algorithm>

#include "assembly/bounds.hpp"

namespace terrein {
namespace {

/// Open pieces that hang together with those that are in, over pieces that are not out.
std::vector<std::uint8_t> reachable(Neighbourhood const& land, Decisions const& decided) {
  std::vector<std::uint8_t> out(land.count(), 0);
  std::vector<std::uint32_t> stack{land.root};
  out[land.root] = 1;
  while (!stack.empty()) {
    std::uint32_t const at = stack.back();
    stack.pop_back();
    for (std::uint32_t i = land.first[at]; i < land.first[at + 1]; ++i) {
      std::uint32_t const other = land.neighbour[i];
      if (out[other] != 0 || decided[other] < 0) continue;
      out[other] = 1;
      stack.push_back(other);
    }
  }
  return out;
}

}  // namespace

/// A further piece brings its size and at most all its strips, so that sizes alone reach the least sooner by the
/// largest such share.
DecidedArea decided_area(Neighbourhood const& land, Decisions const& decided) {
  DecidedArea out;
  double most_share = 0;
  for (std::uint32_t i = 0; i < land.count(); ++i) {
    if (decided[i] > 0) {
      out.in += land.size[i];
      for (std::uint32_t k = land.first[i]; k < land.first[i + 1]; ++k)
        if (decided[land.neighbour[k]] > 0) out.strips += land.strip[k] / 2;
    } else if (decided[i] == 0 && land.all_strips[i] > 0) {
      most_share = std::max(
          most_share, land.size[i] > 0 ? land.all_strips[i] / land.size[i] : std::numeric_limits<double>::infinity());
    }
  }
  out.in += out.strips;
  double const missing = std::max(0.0, land.target->least - out.in);
  out.least = missing > 0 ? out.in + missing / (1 + most_share) : out.in;
  return out;
}

double area_bound(Neighbourhood const& land, Decisions const& decided) {
  SiteTarget const& target = *land.target;
  if (!land.complete || land.count() == 0) return no_site;
  auto const near = reachable(land, decided);
  std::vector<std::uint8_t> paid(land.owners, 0);
  DecidedArea const start = decided_area(land, decided);
  double value = 0, area = start.in, all = 0;
  for (std::uint32_t i = 0; i < land.count(); ++i) {
    if (near[i] == 0 && (decided[i] > 0 || land.must[i] != 0)) return no_site;
    if (near[i] != 0) all += land.size[i] + land.all_strips[i];
    if (decided[i] <= 0) continue;
    value += land.most_worth(i, decided);
    if (paid[land.owner[i]] == 0) value -= target.owner_price;
    paid[land.owner[i]] = 1;
  }
  if (all < target.least - value_slack || land.overflows(area)) return no_site;
  struct Part {
    double each, size;
  };
  std::vector<Part> parts;
  for (std::uint32_t i = 0; i < land.count(); ++i) {
    if (near[i] == 0 || decided[i] != 0) continue;
    double const worth =
        land.most_worth(i, decided) - (paid[land.owner[i]] == 0 ? target.owner_price * land.owner_share[i] : 0);
    if (land.size[i] > 0)
      parts.push_back({worth / land.size[i], land.size[i]});
    else
      value += std::max(0.0, worth);
  }
  std::sort(parts.begin(), parts.end(), [](Part const& a, Part const& b) { return a.each > b.each; });
  for (Part const& part : parts) {
    // Below what sizes alone must reach all land counts, up to the least none costs as excess.
    double const needed = std::min(part.size, std::max(0.0, start.least - area));
    double const free = part.each > 0 ? std::min(part.size - needed, std::max(0.0, target.least - area - needed)) : 0;
    double const more = part.each - target.excess_price;  // of a hectare beyond the least
    double const room = std::max(0.0, target.most - std::max(area, target.least));
    double const beyond = more > 0 ? std::min(part.size - needed - free, room) : 0;
    value += (needed + free) * part.each + beyond * more;
    area += needed + free + beyond;
  }
  return value - land.excess(start.in);
}

}  // namespace terrein
