#include <algorithm>

#include "geometry/overlay_piece.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

using overlay::Candidate;
using overlay::Cover;
using overlay::Piece;

constexpr std::size_t chunk = 64;

/// One call of cover_areas.
struct Job {
  GeometryColumn const& candidates;
  Cover cover;
  std::span<std::uint32_t const> group;
  CoverAreas& out;
};

/// Rows of the cover that may touch a candidate, by group and in each group by id: the order of all sums and ties.
void find_rows(Job const& job, Box const& box, std::vector<std::uint32_t>& rows) {
  rows.clear();
  job.cover.index.query(box, rows);
  auto const& layer = job.cover.layer;
  std::erase_if(rows,
                [&](Row row) { return job.group[row] == no_row || layer.geometry.kind[row] != GeometryKind::polygon; });
  std::sort(rows.begin(), rows.end(), [&](Row a, Row b) {
    return std::pair(job.group[a], layer.id_rank[a]) < std::pair(job.group[b], layer.id_rank[b]);
  });
}

void measure(Job const& job, geos::Context const& context, std::size_t row, std::vector<std::uint32_t>& rows) {
  if (job.candidates.kind[row] != GeometryKind::polygon) return;
  find_rows(job, job.candidates.box[row], rows);
  if (rows.empty()) return;
  Candidate candidate(context, job.candidates, row);
  if (candidate.area() == 0) return;
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < rows.size();) {
    std::uint32_t const group = job.group[rows[i]];
    pieces.clear();
    for (; i < rows.size() && job.group[rows[i]] == group; ++i) {
      Piece piece = overlay::piece_of(candidate, job.cover, rows[i], 0);
      if (piece.area > 0) pieces.push_back(std::move(piece));
    }
    job.out.largest[group][row] = overlay::largest_row(candidate, pieces);
    job.out.area[group][row] = overlay::united_area(candidate, pieces, job.cover.layer.name);
  }
}

}  // namespace

CoverAreas cover_areas(GeometryColumn const& candidates, Layer const& cover, std::span<std::uint32_t const> group,
                       std::size_t groups, unsigned workers) {
  if (group.size() != cover.size() || cover.id_rank.size() != cover.size())
    throw_error(ErrorKind::internal, "Layer '{}' has {} rows but {} groups and {} ranks.", cover.name, cover.size(),
                group.size(), cover.id_rank.size());
  CoverAreas out;
  out.area.assign(groups, std::vector<double>(candidates.size(), 0));
  out.largest.assign(groups, std::vector<Row>(candidates.size(), no_row));
  Job const job{candidates, Cover(cover), group, out};
  parallel_chunks(candidates.size(), workers, chunk, [&](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    std::vector<std::uint32_t> rows;
    for (std::size_t row = begin; row < end; ++row) measure(job, context, row, rows);
  });
  return out;
}

}  // namespace terrein
