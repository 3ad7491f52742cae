#include <algorithm>

#include "geometry/common_land.hpp"
#include "geometry/overlay_piece.hpp"
#include "geometry/signed_edges.hpp"
#include "geometry/window.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

using overlay::Candidate;
using overlay::Cover;

/// One call of cover_areas.
struct Job {
  GeometryColumn const& candidates;
  Cover const& cover;
  CommonLand const& common;
  std::span<std::uint32_t const> group;
  CoverAreas& out;
};

/// What one row of the cover takes of a candidate.
struct Part {
  Row row = no_row;
  double area = 0, rounding = 0;
  bool whole = false;
};

/// Rows of the cover that may touch what lies in a box, by group and in each group by id: the order of all sums and
/// ties.
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

/// Measures what rows of the cover take of one candidate: by comparisons where it lies wholly in or out, else by the
/// edges of both, and by an overlay where neither can tell.
class PartMeter {
 public:
  PartMeter(Job const& job, Candidate& candidate) : job_(job), candidate_(candidate) {}

  [[nodiscard]] Part part_of(Row row) {
    using enum EdgeRuns::Relation;
    Part out{row, 0, candidate_.noise(), false};
    auto const relation = job_.cover.runs.relation(row, candidate_.box());
    if (relation == outside) return out;
    if (relation == inside) {
      out.area = candidate_.area();
      out.whole = true;
      return out;
    }
    for (int attempt = 0; attempt < window_attempts; ++attempt) {
      Box const window = window_around(candidate_.box(), 0, attempt);
      if (!set_edges_within(job_.cover.layer.geometry, job_.cover.runs, row, window, edges_)) continue;
      CommonArea const common = common_area(own_edges(window, attempt), edges_);
      out.rounding = std::max(out.rounding, common.rounding);
      out.area = common.area <= common.rounding ? 0 : candidate_.clean(common.area);
      return out;
    }
    auto const pieces = overlay::pieces_of(candidate_, job_.cover, {&row, 1}, 0);
    if (!pieces.empty()) out.area = pieces.front().area;
    return out;
  }

 private:
  SignedEdges const& own_edges(Box const& window, int attempt) {
    if (own_of_ != attempt) set_edges(job_.candidates, candidate_.row(), {window.min_x, window.min_y}, own_);
    own_of_ = attempt;
    return own_;
  }

  Job const& job_;
  Candidate& candidate_;
  SignedEdges own_, edges_;
  int own_of_ = -1;  ///< attempt whose window `own_` is relative to
};

/// Row of the part with the largest area; among areas that are equal but for rounding the first one.
Row largest_row(std::vector<Part> const& parts) {
  Part best;
  for (Part const& part : parts)
    if (part.area > best.area + (best.row == no_row ? 0 : std::max(part.rounding, best.rounding))) best = part;
  return best.row;
}

/// Area of parts, counted once where they overlap.
double united_area(Job const& job, Candidate& candidate, std::vector<Part> const& parts) {
  if (std::any_of(parts.begin(), parts.end(), [](Part const& part) { return part.whole; })) return candidate.area();
  std::vector<Row> rows;
  double sum = 0;
  for (Part const& part : parts) {
    rows.push_back(part.row);
    sum += part.area;
  }
  if (!job.common.any(rows)) return candidate.clean(sum);
  auto pieces = overlay::pieces_of(candidate, job.cover, rows, 0);
  return overlay::united_area(candidate, pieces, job.cover.layer.name);
}

void measure(Job const& job, geos::Context const& context, std::size_t row, std::vector<Row> const& rows) {
  Candidate candidate(context, job.candidates, row);
  if (candidate.area() == 0) return;
  PartMeter meter(job, candidate);
  std::vector<Part> parts;
  for (auto at = rows.begin(); at != rows.end();) {
    std::uint32_t const group = job.group[*at];
    parts.clear();
    for (; at != rows.end() && job.group[*at] == group; ++at)
      if (Part const part = meter.part_of(*at); part.area > 0) parts.push_back(part);
    job.out.largest[group][row] = largest_row(parts);
    job.out.area[group][row] = united_area(job, candidate, parts);
  }
}

/// Candidates that lie together look for rows of the cover in one go.
void measure(Job const& job, geos::Context const& context, std::span<std::uint32_t const> candidates) {
  Box all;
  for (std::uint32_t const row : candidates) all.extend(job.candidates.box[row]);
  auto const around = rows_near(job, all);
  if (around.empty()) return;
  std::vector<Row> rows;
  for (std::uint32_t const row : candidates) {
    if (job.candidates.kind[row] != GeometryKind::polygon) continue;
    Box const& box = job.candidates.box[row];
    rows.clear();
    for (Row const one : around)
      if (job.cover.layer.geometry.box[one].meets(box)) rows.push_back(one);
    if (!rows.empty()) measure(job, context, row, rows);
  }
}

}  // namespace

CoverAreas cover_areas(GeometryColumn const& candidates, Layer const& cover, std::span<std::uint32_t const> group,
                       std::size_t groups, unsigned workers, std::span<std::uint32_t const> nearby) {
  if (group.size() != cover.size() || cover.id_rank.size() != cover.size())
    throw_error(ErrorKind::internal, "Layer '{}' has {} rows but {} groups and {} ranks.", cover.name, cover.size(),
                group.size(), cover.id_rank.size());
  CoverAreas out;
  out.area.assign(groups, std::vector<double>(candidates.size(), 0));
  out.largest.assign(groups, std::vector<Row>(candidates.size(), no_row));
  Cover const prepared(cover, workers);
  CommonLand const common(cover, prepared.runs, prepared.index, group, candidates.extent(), workers);
  Job const job{candidates, prepared, common, group, out};
  constexpr std::size_t together = 8;
  std::vector<std::uint32_t> order;
  if (nearby.empty()) nearby = order = hilbert_order(candidates.box, workers);
  std::size_t const groups_of_candidates = (nearby.size() + together - 1) / together;
  overlay::for_each_candidate(groups_of_candidates, workers, [&](geos::Context const& context, std::size_t i) {
    std::size_t const first = i * together;
    measure(job, context, nearby.subspan(first, std::min(together, nearby.size() - first)));
  });
  return out;
}

}  // namespace terrein
