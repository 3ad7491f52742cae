#pragma once
// What cover_areas, cut_out and developable share: the part of one candidate that one feature covers.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "geometry/edge_runs.hpp"
#include "geometry/geos.hpp"
#include "terrein/geometry/layer.hpp"
#include "terrein/geometry/overlay.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein::overlay {

/// A layer made ready to be laid over candidates; read by all workers.
struct Cover {
  Cover(Layer const& covering, unsigned workers)
      : layer(covering), runs(covering.geometry, workers), index(covering.geometry.box) {}
  Layer const& layer;
  EdgeRuns runs;
  SpatialIndex index;
};

/// One candidate; its GEOS shape is made when first asked for.
class Candidate {
 public:
  Candidate(geos::Context const& context, GeometryColumn const& column, std::size_t row);
  [[nodiscard]] GEOSGeometry const* shape();
  [[nodiscard]] Box const& box() const noexcept { return column_.box[row_]; }
  [[nodiscard]] double area() const noexcept { return area_; }
  /// Areas up to this are rounding: 1e-9 m² or 1e-12 of the candidate.
  [[nodiscard]] double noise() const noexcept { return noise_; }
  /// 0 for noise, at most the candidate's area.
  [[nodiscard]] double clean(double area) const noexcept;
  [[nodiscard]] std::size_t row() const noexcept { return row_; }
  [[nodiscard]] geos::Context const& context() const noexcept { return context_; }
  /// The candidate itself again, in the words of an error.
  [[noreturn]] void fail(std::string const& with) const;

 private:
  geos::Context const& context_;
  GeometryColumn const& column_;
  std::size_t row_;
  double area_, noise_;
  geos::Geom shape_;
};

/// The part of a candidate under one feature, or under several.
struct Piece {
  geos::Geom shape;    ///< null when the piece is nothing or the whole candidate
  bool whole = false;  ///< all of the candidate
  double area = 0;     ///< m²
  Box box;
  Row row = no_row;  ///< of the covering layer
};

/// Calls `work` for every row of `candidates`, on all workers, with the GEOS context of the calling worker.
void for_each_candidate(std::size_t candidates, unsigned workers,
                        std::function<void(geos::Context const& context, std::size_t row)> const& work);
/// The parts of a candidate that rows of a cover take, grown by `buffer_m`, in the order of `rows`; rows that take
/// nothing have no piece.
[[nodiscard]] std::vector<Piece> pieces_of(Candidate& candidate, Cover const& cover, std::span<Row const> rows,
                                           double buffer_m);
/// Throws `Error{internal}` when rows, ranks, selection and buffer of a cut do not fit together.
void check(Cut const& cut);
/// The parts of a candidate that the selected rows of a cut take, by id; `cover` is of the cut's layer.
[[nodiscard]] std::vector<Piece> pieces_of(Candidate& candidate, Cut const& cut, Cover const& cover);
/// Pieces counted once where they overlap. The list is used up.
[[nodiscard]] Piece unite(Candidate& candidate, std::vector<Piece>& pieces, std::string const& layer);
/// Area of pieces counted once where they overlap, without making their union where it is not needed.
[[nodiscard]] double united_area(Candidate& candidate, std::vector<Piece>& pieces, std::string const& layer);
/// Row of the piece with the largest area; among areas that are equal but for rounding the first one.
[[nodiscard]] Row largest_row(Candidate const& candidate, std::vector<Piece> const& pieces);

}  // namespace terrein::overlay
