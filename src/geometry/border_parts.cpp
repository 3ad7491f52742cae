#include <algorithm>

#include "geometry/overlay_piece.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/fabric.hpp"

namespace terrein {

std::vector<std::vector<BorderPart>> border_parts(GeometryColumn const& candidates, Layer const& areas,
                                                  unsigned workers, std::vector<Row>& failed) {
  overlay::Cover const cover(areas, workers);
  std::vector<std::vector<BorderPart>> out(candidates.size());
  std::vector<std::uint8_t> faults(candidates.size(), 0);
  overlay::for_each_candidate(candidates.size(), workers, [&](geos::Context const& context, std::size_t row) {
    overlay::Candidate candidate(context, candidates, row);
    if (candidate.area() == 0) return;
    std::vector<std::uint32_t> hits;
    cover.index.query(candidate.box(), hits);
    std::sort(hits.begin(), hits.end(), [&](Row a, Row b) { return areas.id_rank[a] < areas.id_rank[b]; });
    try {
      auto pieces = overlay::pieces_of(candidate, cover, hits, 0);
      for (overlay::Piece const& piece : pieces) out[row].push_back({piece.row, piece.area});
      double const outside = candidate.clean(candidate.area() - overlay::united_area(candidate, pieces, areas.name));
      if (outside > 0) out[row].push_back({no_row, outside});
    } catch (Error const& error) {
      if (error.kind() != ErrorKind::geometry) throw;
      out[row].clear();
      faults[row] = 1;
    }
  });
  for (Row row = 0; row < candidates.size(); ++row)
    if (faults[row] != 0) failed.push_back(row);
  return out;
}

}  // namespace terrein
