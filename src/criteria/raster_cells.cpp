#include "criteria/raster_cells.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "criteria/workbench.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

constexpr double nowhere = std::numeric_limits<double>::infinity();

/// Brings single candidates to the CRS of a raster.
class Mover {
 public:
  Mover(Crs const& from, Crs const& to, Box const& area) {
    if (!same_crs(from, to)) transform_.emplace(from, to, area);
  }
  [[nodiscard]] bool needed() const noexcept { return transform_ && !transform_->identity(); }
  /// The row alone, in the other CRS. Without shape when part of it has no coordinates there.
  [[nodiscard]] GeometryColumn moved(GeometryColumn const& from, std::size_t row) const {
    GeometryColumn out;
    GeometryBuilder builder(out);
    builder.copy_row(from, row);
    transform_->apply(out.xy);
    GeometryColumn turned;  // its rings oriented and its box taken anew
    GeometryBuilder again(turned);
    if (!out.all_finite(0)) {
      again.end_row(GeometryKind::empty);
      return turned;
    }
    for (std::size_t part = out.row_begin[0]; part < out.row_begin[1]; ++part) {
      for (std::size_t path = out.part_begin[part]; path < out.part_begin[part + 1]; ++path) {
        auto const xy = out.path(path);
        for (std::size_t i = 0; i < xy.size(); i += 2) again.vertex(xy[i], xy[i + 1]);
        again.end_path();
      }
      again.end_part();
    }
    again.end_row(out.kind[0]);
    return turned;
  }

 private:
  std::optional<Transform> transform_;
};

}  // namespace

/// Walks over the cells of one candidate after the other.
class RasterCells::Walker {
 public:
  Walker(RasterCells& out, Inputs const& inputs)
      : out_(out),
        raster_(out.source_.raster),
        shapes_(inputs.candidates->layer.geometry),
        mover_(inputs.candidates->layer.crs, raster_.crs, out.source_.candidates),
        coverage_(raster_.grid),
        chosen_(out.questions_.size()) {}

  void walk(std::size_t row) {
    if (!mover_.needed()) return walk(shapes_, row, row);
    GeometryColumn const moved = mover_.moved(shapes_, row);
    walk(moved, 0, row);
  }

 private:
  void walk(GeometryColumn const& shapes, std::size_t shape, std::size_t row) {
    double const whole =
        shapes.kind[shape] == GeometryKind::polygon ? area(shapes, shape) / raster_.grid.cell_area() : 0;
    if (!(whole > 0)) return;
    seen_ = unclassed_ = sum_ = 0;
    std::fill(chosen_.begin(), chosen_.end(), 0.0);
    counts_from_ = negligible_share * std::min(1.0, whole);
    Under& under = out_.under_[row];
    for (CellRun const& run : coverage_.of(shapes, shape))
      for (std::uint32_t i = 0; i < run.cells; ++i) take(run.column + i, run.row, run.fraction, under);
    // Sums that are the whole but for rounding are the whole: what is covered wholly has a share of exactly 1.
    double const unit = std::abs(whole - seen_) <= 1e-9 * whole ? seen_ : whole;
    under.seen = seen_ / unit;
    under.unclassed = unclassed_ / unit;
    under.mean = sum_ / seen_;
    for (std::size_t i = 0; i < chosen_.size(); ++i) (*out_.questions_[i].share)[row] = chosen_[i] / unit;
  }

  void take(std::uint32_t column, std::uint32_t row, double fraction, Under& under) {
    std::size_t const index = raster_.index(column, row);
    if (!raster_.has_value(index)) return;
    double const value = raster_.value(index);
    seen_ += fraction;
    sum_ += fraction * value;
    if (fraction > counts_from_) {
      under.least = std::min(under.least, value);
      under.most = std::max(under.most, value);
    }
    auto const& classes = out_.source_.class_of;
    if (!classes.empty() && !classes.contains(value)) unclassed_ += fraction;
    auto const found = std::lower_bound(out_.listed_.begin(), out_.listed_.end(), value);
    if (found == out_.listed_.end() || *found != value) return;
    auto const place = static_cast<std::size_t>(found - out_.listed_.begin());
    for (std::size_t i = 0; i < chosen_.size(); ++i)
      if (out_.questions_[i].wanted[place] != 0) chosen_[i] += fraction;
  }

  RasterCells& out_;
  Raster const& raster_;
  GeometryColumn const& shapes_;
  Mover mover_;
  CellCoverage coverage_;
  double seen_ = 0, unclassed_ = 0, sum_ = 0;
  double counts_from_ = 0;  // fraction of a cell from which it counts for the least and the most
  std::vector<double> chosen_;
};

RasterCells::RasterCells(std::vector<CriterionSpec const*> const& specs, MeasuringRaster const& source,
                         Inputs const& inputs, std::vector<double> const& candidate_m2)
    : source_(source), under_(candidate_m2.size(), {0, 0, 0, nowhere, -nowhere}) {
  ask(specs, candidate_m2.size());
  std::vector<std::optional<Walker>> of_worker(std::max(1U, inputs.workers));
  parallel_chunks(candidate_m2.size(), inputs.workers, 256, [&](unsigned worker, std::size_t begin, std::size_t end) {
    auto& walker = of_worker[worker];
    if (!walker) walker.emplace(*this, inputs);
    for (std::size_t row = begin; row < end; ++row)
      if (candidate_m2[row] > 0) walker->walk(row);
  });
}

void RasterCells::ask(std::vector<CriterionSpec const*> const& specs, std::size_t rows) {
  for (auto const& [value, name] : source_.class_of) listed_.push_back(value);
  for (CriterionSpec const* spec : specs) listed_.insert(listed_.end(), spec->values.begin(), spec->values.end());
  std::sort(listed_.begin(), listed_.end());
  listed_.erase(std::unique(listed_.begin(), listed_.end()), listed_.end());
  for (CriterionSpec const* spec : specs) {
    auto const [place, fresh] = chosen_.try_emplace(key_of(*spec), rows, 0.0);
    if (!fresh) continue;
    Question question{&place->second, {}};
    for (double const value : listed_) {
      auto const known = source_.class_of.find(value);
      bool const of_class = known != source_.class_of.end() &&
                            std::find(spec->classes.begin(), spec->classes.end(), known->second) != spec->classes.end();
      bool const of_value = std::find(spec->values.begin(), spec->values.end(), value) != spec->values.end();
      question.wanted.push_back(of_class || of_value ? 1 : 0);
    }
    questions_.push_back(std::move(question));
  }
}

}  // namespace terrein
