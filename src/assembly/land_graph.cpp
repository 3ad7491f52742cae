#include "terrein/assembly/land_graph.hpp"

#include <algorithm>
#include <tuple>

namespace terrein {

LandGraph land_graph(std::vector<LandPiece> pieces, std::vector<LandLink> links) {
  std::size_t const one_way = links.size();
  links.reserve(2 * one_way);
  for (std::size_t i = 0; i < one_way; ++i)
    links.push_back({links[i].b, links[i].a, links[i].price, links[i].shared, links[i].strip});
  std::sort(links.begin(), links.end(), [](LandLink const& x, LandLink const& y) {
    return std::tie(x.a, x.b, x.price) < std::tie(y.a, y.b, y.price);
  });
  LandGraph out;
  out.first.assign(pieces.size() + 1, 0);
  LandLink const* last = nullptr;
  for (LandLink const& link : links) {
    bool const again = last != nullptr && last->a == link.a && last->b == link.b;
    last = &link;
    if (link.a == link.b) continue;
    if (again) {
      out.shared.back() += link.shared;
      out.strip.back() += link.strip;
      continue;
    }
    out.neighbour.push_back(link.b);
    out.price.push_back(link.price);
    out.shared.push_back(link.shared);
    out.strip.push_back(link.strip);
    ++out.first[link.a + 1];
  }
  for (std::size_t i = 0; i < pieces.size(); ++i) out.first[i + 1] += out.first[i];
  out.pieces = std::move(pieces);
  return out;
}

}  // namespace terrein
