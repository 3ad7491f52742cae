#include <algorithm>

#include "geometry/overlay_piece.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

using overlay::Candidate;
using overlay::Cover;

/// One call of cover_areas.
struct Job {
  GeometryColumn const& candidates;
  Cover cover;
  std::span<std::uint32_t const> group;
  CoverAreas& out;
};

/// Rows of the cover that may touch a candidate, by group and in each group by id: the order of all sums and ties.
std::vector<Row> rows_near(Job const& job, Box const& box) {
  std::vector<Row> rows;
  job.cover.index.query(box, rows);
  auto const& layer = job.cover.layer;
  std::erase_if(rows,
                [&](Row row) { return job.group[row] == no_row || layer.geometry.kind[row] != GeometryKind::polygon; });
  std::sort(rows.begin(), rows.end(), [&](Row a, Row b) {
    return std::pair(job.group[a], layer.id_rank[a]) < std::pair(job.group[b], layer.id_rank[b]);
  });
  return rows;
}

void measure(Job const& job, geos::Context const& context, std::size_t row) {
  if (job.candidates.kind[row] != GeometryKind::polygon) return;
  auto const rows = rows_near(job, job.candidates.box[row]);
  if (rows.empty()) return;
  Candidate candidate(context, job.candidates, row);
  if (candidate.area() == 0) return;
  for (auto begin = rows.begin(); begin != rows.end();) {
    std::uint32_t const group = job.group[*begin];
    auto const end = std::find_if(begin, rows.end(), [&](Row other) { return job.group[other] != group; });
    auto pieces = overlay::pieces_of(candidate, job.cover, {begin, end}, 0);
    begin = end;
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
  overlay::for_each_candidate(candidates.size(), workers,
                              [&job](geos::Context const& context, std::size_t row) { measure(job, context, row); });
  return out;
}

}  // namespace terrein
