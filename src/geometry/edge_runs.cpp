#include "geometry/edge_runs.hpp"

#include <algorithm>

#include "terrein/core/parallel.hpp"

namespace terrein {
namespace {

Box edge_box(double const* a) {
  return {std::min(a[0], a[2]), std::min(a[1], a[3]), std::max(a[0], a[2]), std::max(a[1], a[3])};
}

/// Whether a ray from (−, y) to the right is crossed between two heights; an end at y counts as below.
bool straddles(double y1, double y2, double y) { return (y1 > y) != (y2 > y); }

}  // namespace

EdgeRuns::EdgeRuns(GeometryColumn const& column, unsigned workers) : column_(&column), run_begin_{0} {
  std::size_t const paths = column.path_begin.size() - 1;
  run_begin_.reserve(paths + 1);
  for (std::size_t path = 0; path < paths; ++path) {
    std::uint32_t const path_edges = column.path_begin[path + 1] - column.path_begin[path] - 1;
    run_begin_.push_back(run_begin_.back() + std::max(1U, (path_edges + edges - 1) / edges));
  }
  run_box_.resize(run_begin_.back());
  parallel_chunks(paths, workers, 1024, [&](unsigned, std::size_t begin, std::size_t end) {
    for (std::size_t path = begin; path < end; ++path) {
      auto const xy = column.path(path);
      for (std::uint32_t run = run_begin_[path]; run < run_begin_[path + 1]; ++run) {
        std::size_t const first = (run - run_begin_[path]) * std::size_t{edges};
        std::size_t const last = std::min(first + edges, xy.size() / 2 - 1);
        Box box;
        for (std::size_t i = first; i <= last; ++i) box.extend(xy[2 * i], xy[2 * i + 1]);
        run_box_[run] = box;
      }
    }
  });
}

EdgeRuns::Relation EdgeRuns::relation(std::size_t row, Box const& box) const {
  if (!column_->has_shape(row) || !column_->box[row].meets(box)) return Relation::outside;
  double const y = box.min_y;
  bool odd = false;
  for (std::size_t path = column_->first_path(row); path < column_->end_path(row); ++path) {
    auto const xy = column_->path(path);
    std::size_t const vertices = xy.size() / 2;
    for (std::uint32_t run = run_begin_[path]; run < run_begin_[path + 1]; ++run) {
      Box const& r = run_box_[run];
      if (r.max_y < box.min_y || r.min_y > box.max_y || r.max_x < box.min_x) continue;
      std::size_t const first = (run - run_begin_[path]) * std::size_t{edges};
      std::size_t const last = std::min(first + edges, vertices - 1);
      if (r.min_x > box.max_x) {  // all to the right: only the ends tell how often the ray is crossed
        odd ^= straddles(xy[2 * first + 1], xy[2 * last + 1], y);
        continue;
      }
      for (std::size_t i = first; i < last; ++i) {
        Box const edge = edge_box(&xy[2 * i]);
        if (edge.meets(box)) return Relation::crossing;
        if (edge.min_x > box.max_x) odd ^= straddles(xy[2 * i + 1], xy[2 * i + 3], y);
      }
    }
  }
  return odd ? Relation::inside : Relation::outside;
}

bool EdgeRuns::contains(std::size_t row, Point point) const {
  bool odd = false;
  for (std::size_t path = column_->first_path(row); path < column_->end_path(row); ++path) {
    auto const xy = column_->path(path);
    std::size_t const vertices = xy.size() / 2;
    for (std::uint32_t run = run_begin_[path]; run < run_begin_[path + 1]; ++run) {
      Box const& r = run_box_[run];
      if (r.max_y < point.y || r.min_y > point.y || r.max_x < point.x) continue;
      std::size_t const first = (run - run_begin_[path]) * std::size_t{edges};
      std::size_t const last = std::min(first + edges, vertices - 1);
      for (std::size_t i = first; i < last; ++i) {
        double const* const a = &xy[2 * i];
        if (!straddles(a[1], a[3], point.y)) continue;
        double const turn = (a[2] - a[0]) * (point.y - a[1]) - (a[3] - a[1]) * (point.x - a[0]);
        odd ^= (turn > 0) == (a[3] > a[1]);  // the edge passes to the right of the point
      }
    }
  }
  return odd;
}

}  // namespace terrein
