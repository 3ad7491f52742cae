#include "geometry/overlay_piece.hpp"

#include <algorithm>

#include "geometry/local_shape.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein::overlay {
namespace {

/// Quarter circles of buffers have this many segments: at most 0.5 % of the distance inside the true arc.
constexpr int quarter_segments = 8;

std::string feature(Cover const& cover, Row row) {
  auto const& id = cover.layer.id;
  return fmt::format("feature '{}' of layer '{}'", row < id.size() ? id[row] : std::to_string(row), cover.layer.name);
}

/// Whether two boxes share more than a line or a point.
bool overlap(Box const& a, Box const& b) {
  return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

bool any_overlap(std::vector<Piece> const& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (overlap(pieces[i].box, pieces[j].box)) return true;
  return false;
}

Piece whole(Candidate const& candidate, Row row) {
  Piece out;
  out.whole = true;
  out.area = candidate.area();
  out.box = candidate.box();
  out.row = row;
  return out;
}

/// A piece of which the shape is known.
Piece measured(Candidate const& candidate, geos::Geom shape, Row row) {
  Piece out;
  out.area = candidate.clean(geos::area(candidate.context(), shape.get()));
  out.row = row;
  if (out.area == 0) return out;
  shape = geos::polygons_only(candidate.context(), std::move(shape));
  out.box = geos::box(candidate.context(), shape.get());
  out.shape = std::move(shape);
  return out;
}

/// The part of a candidate that row `row` of a cover takes, grown by `buffer_m`.
Piece piece_of(Candidate& candidate, Cover const& cover, Row row, double buffer_m) {
  auto const& column = cover.layer.geometry;
  Piece none;
  none.row = row;
  if (column.kind[row] == GeometryKind::polygon) {
    using enum EdgeRuns::Relation;
    auto const around = cover.runs.relation(row, candidate.box().grown(buffer_m));
    if (around == outside) return none;
    if (around == inside || (buffer_m > 0 && cover.runs.relation(row, candidate.box()) == inside))
      return whole(candidate, row);
  } else if (buffer_m == 0) {
    return none;
  }
  auto const& context = candidate.context();
  geos::Geom shape = local_shape(context, column, cover.runs, row, candidate.box(), buffer_m);
  if (shape && buffer_m > 0)
    shape = geos::own(context, GEOSBuffer_r(context.get(), shape.get(), buffer_m, quarter_segments));
  if (shape) shape = geos::intersection(context, candidate.shape(), shape.get());
  if (!shape) candidate.fail(feature(cover, row));
  return measured(candidate, std::move(shape), row);
}

}  // namespace

void for_each_candidate(std::size_t candidates, unsigned workers,
                        std::function<void(geos::Context const& context, std::size_t row)> const& work) {
  constexpr std::size_t chunk = 64;
  parallel_chunks(candidates, workers, chunk, [&work](unsigned, std::size_t begin, std::size_t end) {
    geos::Context const context;
    for (std::size_t row = begin; row < end; ++row) work(context, row);
  });
}

std::vector<Piece> pieces_of(Candidate& candidate, Cover const& cover, std::span<Row const> rows, double buffer_m) {
  std::vector<Piece> out;
  for (Row const row : rows) {
    Piece piece = piece_of(candidate, cover, row, buffer_m);
    if (piece.area > 0) out.push_back(std::move(piece));
  }
  return out;
}

void check(Cut const& cut) {
  if (cut.layer == nullptr) throw_error(ErrorKind::internal, "A cut has no layer.");
  std::size_t const rows = cut.layer->size();
  if (cut.layer->id_rank.size() != rows || (!cut.selected.empty() && cut.selected.size() != rows))
    throw_error(ErrorKind::internal, "Layer '{}' has {} rows, {} ranks and {} selected bytes.", cut.layer->name, rows,
                cut.layer->id_rank.size(), cut.selected.size());
  if (!(cut.buffer_m >= 0))
    throw_error(ErrorKind::internal, "Layer '{}' cannot be cut out with a buffer of {} m.", cut.layer->name,
                cut.buffer_m);
}

std::vector<Piece> pieces_of(Candidate& candidate, Cut const& cut, Cover const& cover) {
  std::vector<std::uint32_t> rows;
  cover.index.query(candidate.box().grown(cut.buffer_m), rows);
  std::erase_if(rows, [&](Row row) { return !cut.selected.empty() && cut.selected[row] == 0; });
  auto const& rank = cover.layer.id_rank;
  std::sort(rows.begin(), rows.end(), [&](Row a, Row b) { return rank[a] < rank[b]; });
  return pieces_of(candidate, cover, rows, cut.buffer_m);
}

Candidate::Candidate(geos::Context const& context, GeometryColumn const& column, std::size_t row)
    : context_(context),
      column_(column),
      row_(row),
      area_(column.kind[row] == GeometryKind::polygon ? terrein::area(column, row) : 0),
      noise_(std::max(1e-9, 1e-12 * area_)) {}

GEOSGeometry const* Candidate::shape() {
  if (!shape_) shape_ = geos::to_geos(context_, column_, row_);
  if (!shape_) fail("itself");
  return shape_.get();
}

double Candidate::clean(double area) const noexcept { return area <= noise_ ? 0 : std::min(area, area_); }

void Candidate::fail(std::string const& with) const {
  throw_error(ErrorKind::geometry,
              "The overlay of candidate row {} with {} failed: {}. Repair the shape in the source and run again.",
              row_ + 1, with, context_.last_error());
}

Piece unite(Candidate& candidate, std::vector<Piece>& pieces, std::string const& layer) {
  std::erase_if(pieces, [](Piece const& piece) { return piece.area == 0; });
  for (auto const& piece : pieces)
    if (piece.whole) return whole(candidate, piece.row);
  if (pieces.empty()) return {};
  if (pieces.size() == 1) return std::move(pieces.front());
  std::vector<geos::Geom> shapes;
  for (auto& piece : pieces) shapes.push_back(std::move(piece.shape));
  auto const all = geos::collect(candidate.context(), shapes);
  geos::Geom united = all ? geos::unite(candidate.context(), all.get()) : nullptr;
  if (!united) candidate.fail("layer '" + layer + "'");
  return measured(candidate, std::move(united), no_row);
}

double united_area(Candidate& candidate, std::vector<Piece>& pieces, std::string const& layer) {
  bool const some_whole = std::any_of(pieces.begin(), pieces.end(), [](Piece const& piece) { return piece.whole; });
  if (some_whole) return candidate.area();
  if (any_overlap(pieces)) return unite(candidate, pieces, layer).area;
  double sum = 0;
  for (auto const& piece : pieces) sum += piece.area;
  return candidate.clean(sum);
}

Row largest_row(Candidate const& candidate, std::vector<Piece> const& pieces) {
  Row best = no_row;
  double area = 0;
  for (auto const& piece : pieces)
    if (piece.area > area + (best == no_row ? 0 : candidate.noise())) {
      area = piece.area;
      best = piece.row;
    }
  return best;
}

}  // namespace terrein::overlay
