#include "criteria/coverage_check.hpp"

#include <limits>

#include "criteria/workbench.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

bool has_area(Coverage const& coverage) { return coverage.area.size() == 1 && coverage.area.has_shape(0); }

Layer one_row(GeometryColumn shape) {
  Layer layer;
  layer.name = "coverage";
  layer.geometry = std::move(shape);
  layer.attributes = Table(1);
  layer.id = {"1"};
  layer.id_rank = {0};
  return layer;
}

GeometryColumn rings_as_lines(GeometryColumn const& area) {
  GeometryColumn lines;
  GeometryBuilder builder(lines);
  for (auto path = area.first_path(0); path < area.end_path(0); ++path) {
    auto const xy = area.path(path);
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2) builder.vertex(xy[i], xy[i + 1]);
    builder.end_path();
    builder.end_part();
  }
  builder.end_row(GeometryKind::line);
  return lines;
}

}  // namespace

CoverageCheck::CoverageCheck(Coverage const& coverage, GeometryColumn const& candidates,
                             std::span<double const> candidate_m2, unsigned workers)
    : everywhere_(coverage.everywhere), coverage_(coverage), candidates_(candidates) {
  if (everywhere_) return;
  outside_m2_.assign(candidate_m2.begin(), candidate_m2.end());
  if (!has_area(coverage)) return;
  area_ = one_row(coverage.area);
  boundary_ = one_row(rings_as_lines(coverage.area));
  in_area_.emplace(area_);
  near_boundary_.emplace(boundary_);
  std::vector<std::uint32_t> const group{0};
  auto const inside = cover_areas(candidates, area_, group, 1, workers);
  for (std::size_t row = 0; row < candidate_m2.size(); ++row) {
    double const outside = candidate_m2[row] - inside.area[0][row];
    outside_m2_[row] = outside > negligible_share * candidate_m2[row] ? outside : 0;
  }
}

bool CoverageCheck::same_as(Coverage const& other) const {
  if (everywhere_ || other.everywhere) return everywhere_ == other.everywhere;
  GeometryColumn const &a = coverage_.area, &b = other.area;
  return a.xy == b.xy && a.path_begin == b.path_begin && a.part_begin == b.part_begin && a.row_begin == b.row_begin &&
         a.kind == b.kind;
}

double CoverageCheck::reach(std::size_t row, double limit) const {
  if (everywhere_) return std::numeric_limits<double>::infinity();
  if (!near_boundary_ || outside_m2_[row] > 0) return 0;
  return near_boundary_->nearest(candidates_, row, limit).distance;
}

double CoverageCheck::reach(Point point, double limit) const {
  if (everywhere_) return std::numeric_limits<double>::infinity();
  return contains(point) ? near_boundary_->nearest(point, limit).distance : 0;
}

bool CoverageCheck::holds(GeometryColumn const& lines, std::size_t row, double around) const {
  if (everywhere_) return true;
  auto const first = lines.path(lines.first_path(row));
  if (!contains({first[0], first[1]})) return false;
  double const seen = near_boundary_->nearest(lines, row, around).distance;
  return seen >= around && seen > 0;
}

bool CoverageCheck::contains(Point point) const {
  return everywhere_ || (in_area_ && in_area_->nearest(point, 0).row != no_row);
}

}  // namespace terrein
