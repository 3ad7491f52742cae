#include <algorithm>

#include "geometry/overlay_piece.hpp"
#include "terrein/core/error.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

using overlay::Candidate;
using overlay::Cover;
using overlay::Piece;

/// One call of cut_out; `covers` belongs to `cuts`.
struct Job {
  GeometryColumn const& candidates;
  std::span<Cut const> cuts;
  std::vector<Cover> covers;
  CutResult& out;
};

/// What one cut takes of a candidate; notes its area and the row that takes most.
Piece taken_by(Job const& job, std::size_t k, Candidate& candidate) {
  auto pieces = overlay::pieces_of(candidate, job.cuts[k], job.covers[k]);
  job.out.largest[k][candidate.row()] = overlay::largest_row(candidate, pieces);
  Piece out = overlay::unite(candidate, pieces, job.covers[k].layer.name);
  job.out.own_m2[k][candidate.row()] = out.area;
  return out;
}

geos::Geom copy(Candidate& candidate, Piece const& piece) {
  GEOSGeometry const* const shape = piece.whole ? candidate.shape() : piece.shape.get();
  return geos::own(candidate.context(), GEOSGeom_clone_r(candidate.context().get(), shape));
}

/// The union of all that is taken, but for cut `but` (pass the number of cuts to leave none out); nothing when empty.
geos::Geom taken_together(Candidate& candidate, std::vector<Piece> const& taken, std::size_t but) {
  std::vector<geos::Geom> shapes;
  for (std::size_t k = 0; k < taken.size(); ++k)
    if (k != but && taken[k].area > 0) shapes.push_back(copy(candidate, taken[k]));
  if (shapes.empty()) return geos::own(candidate.context(), nullptr);
  if (shapes.size() == 1) return std::move(shapes.front());
  auto const all = geos::collect(candidate.context(), shapes);
  auto united = all ? geos::unite(candidate.context(), all.get()) : nullptr;
  if (!united) candidate.fail("all cuts");
  return united;
}

double marginal(Candidate& candidate, std::vector<Piece> const& taken, std::size_t k) {
  if (taken[k].area == 0) return 0;
  for (std::size_t other = 0; other < taken.size(); ++other)
    if (other != k && taken[other].whole) return 0;
  auto const others = taken_together(candidate, taken, k);
  if (!others) return taken[k].area;
  auto const own = copy(candidate, taken[k]);
  auto const only_here = geos::difference(candidate.context(), own.get(), others.get());
  if (!only_here) candidate.fail("all cuts");
  return candidate.clean(geos::area(candidate.context(), only_here.get()));
}

/// The candidate less all that is gone, to count its parts: what is gone was cut to the candidate, so that rounding
/// leaves hairlines along its boundary which join what lies apart. On a grid of a micrometre they collapse.
geos::Geom without_hairlines(Candidate& candidate, GEOSGeometry const* gone, geos::Geom rest) {
  auto const& context = candidate.context();
  constexpr double grid_m = 1e-6;
  auto out = geos::own(context, GEOSDifferencePrec_r(context.get(), candidate.shape(), gone, grid_m));
  return out ? std::move(out) : std::move(rest);
}

/// Notes net area and connected parts of what is left; parts that are rounding are not counted.
void note_rest(Job const& job, Candidate& candidate, std::vector<Piece> const& taken) {
  auto const row = candidate.row();
  auto const& context = candidate.context();
  if (std::any_of(taken.begin(), taken.end(), [](Piece const& piece) { return piece.whole; })) return;
  auto const gone = taken_together(candidate, taken, taken.size());
  auto rest = gone ? geos::difference(context, candidate.shape(), gone.get()) : nullptr;
  if (gone && !rest) candidate.fail("all cuts");
  double const net = gone ? candidate.clean(geos::area(context, rest.get())) : candidate.area();
  job.out.net_m2[row] = net;
  if (net == 0) return;
  if (gone) rest = without_hairlines(candidate, gone.get(), std::move(rest));
  GEOSGeometry const* const left = rest ? rest.get() : candidate.shape();
  int const parts = GEOSGetNumGeometries_r(context.get(), left);
  for (int i = 0; i < parts; ++i) {
    double const part = candidate.clean(geos::area(context, GEOSGetGeometryN_r(context.get(), left, i)));
    if (part == 0) continue;
    ++job.out.parts[row];
    job.out.largest_part_m2[row] = std::max(job.out.largest_part_m2[row], part);
  }
  // One part has the net area to the last bit; several are rounded to the grid.
  job.out.largest_part_m2[row] = job.out.parts[row] == 1 ? net : std::min(job.out.largest_part_m2[row], net);
}

void cut_candidate(Job const& job, geos::Context const& context, std::size_t row) {
  Candidate candidate(context, job.candidates, row);
  if (candidate.area() == 0) return;
  std::vector<Piece> taken;
  for (std::size_t k = 0; k < job.cuts.size(); ++k) taken.push_back(taken_by(job, k, candidate));
  for (std::size_t k = 0; k < job.cuts.size(); ++k) job.out.marginal_m2[k][row] = marginal(candidate, taken, k);
  note_rest(job, candidate, taken);
}

}  // namespace

CutResult cut_out(GeometryColumn const& candidates, std::span<Cut const> cuts, unsigned workers) {
  std::size_t const n = candidates.size();
  CutResult out;
  out.net_m2.assign(n, 0);
  out.largest_part_m2.assign(n, 0);
  out.parts.assign(n, 0);
  out.own_m2.assign(cuts.size(), std::vector<double>(n, 0));
  out.marginal_m2 = out.own_m2;
  out.largest.assign(cuts.size(), std::vector<Row>(n, no_row));
  Job job{candidates, cuts, {}, out};
  for (auto const& cut : cuts) {
    overlay::check(cut);
    job.covers.emplace_back(*cut.layer, workers);
  }
  overlay::for_each_candidate(
      n, workers, [&job](geos::Context const& context, std::size_t row) { cut_candidate(job, context, row); });
  return out;
}

}  // namespace terrein
