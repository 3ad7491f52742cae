#include <algorithm>
#include <cmath>
#include <optional>

#include "prepare/steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"

namespace terrein::prepare {
namespace {

constexpr std::size_t chunk = 16384;  // vertices

std::string label(Crs const& crs) { return crs.authority.empty() ? crs.name : crs.authority; }

/// The best operation there is; the fault that there is none names the layer.
Transform transform_of(Layer const& layer, Crs const& to, Box const& area) {
  try {
    return {layer.crs, to, area};
  } catch (Error const& error) {
    throw_error(error.kind(), "Layer '{}': {}", layer.name, error.what());
  }
}

/// Transforms all vertices; every worker has its own operation, and a vertex does not depend on its neighbours.
void transform_vertices(Layer& layer, Crs const& to, Box const& area, unsigned workers) {
  auto& xy = layer.geometry.xy;
  std::vector<std::optional<Transform>> of_worker(std::max(1U, workers));
  parallel_chunks(xy.size() / 2, workers, chunk, [&](unsigned worker, std::size_t begin, std::size_t end) {
    auto& transform = of_worker[worker];
    if (!transform) transform.emplace(layer.crs, to, area);
    auto const first = xy.begin() + static_cast<std::ptrdiff_t>(2 * begin);
    std::vector<double> part(first, xy.begin() + static_cast<std::ptrdiff_t>(2 * end));
    transform->apply(part);
    std::copy(part.begin(), part.end(), first);
  });
}

/// Places of the layer's issues, so that the planner can click them in the study's map. A place that cannot be brought
/// over keeps its mark.
void move_issues(std::string const& layer, Transform const* transform, Issues& issues) {
  for (auto& issue : issues.rows()) {
    if (issue.layer != layer || !issue.source_crs) continue;
    std::vector<double> place{issue.x, issue.y};
    if (issue.has_place() && transform != nullptr) transform->apply(place);
    if (issue.has_place() && !std::isfinite(place[0])) continue;
    issue.x = place[0];
    issue.y = place[1];
    issue.source_crs = false;
  }
}

}  // namespace

void check_accuracy(Layer const& layer, Crs const& from, Crs const& to, double max_crs_error_m,
                    TransformInfo const& info) {
  if (info.accuracy_m >= 0 && info.accuracy_m <= max_crs_error_m) return;
  std::string const stated =
      info.accuracy_m < 0 ? "of unknown accuracy" : fmt::format("accurate to {} m", info.accuracy_m);
  std::string remedy;
  if (info.grids_missing && !info.better_grid.empty())
    remedy = fmt::format("Install the grid with 'projsync --file {}', or", info.better_grid);
  else if (info.grids_missing)
    remedy = fmt::format("Install the grid of '{}' with projsync, or", info.better);
  else
    remedy = "Deliver the layer in the study's coordinate system, or";
  throw_error(ErrorKind::crs,
              "Layer '{}': the best way on this machine from {} to {} ('{}') is {}; the study asks for {} m. {} raise "
              "max_crs_error_m.",
              layer.name, label(from), label(to), info.name, stated, max_crs_error_m, remedy);
}

void rebuild_rows(Layer& layer, std::vector<Box> const& before, std::vector<Issue>& outside) {
  GeometryColumn const& moved = layer.geometry;
  GeometryColumn out;
  GeometryBuilder builder(out);
  for (std::size_t row = 0; row < moved.size(); ++row) {
    if (!moved.has_shape(row)) {
      builder.end_row(moved.kind[row]);
      continue;
    }
    if (!moved.all_finite(row)) {
      Issue issue = issue_at(layer, row, "reproject", "outside_crs", Severity::error,
                             "Part of the shape lies where the study's coordinate system has no coordinates; the shape "
                             "is not used.");
      Point const centre = before[row].centre();
      issue.x = centre.x;
      issue.y = centre.y;
      outside.push_back(std::move(issue));
      builder.end_row(GeometryKind::empty);
      continue;
    }
    for (std::size_t part = moved.row_begin[row]; part < moved.row_begin[row + 1]; ++part) {
      for (std::size_t path = moved.part_begin[part]; path < moved.part_begin[part + 1]; ++path) {
        auto const xy = moved.path(path);
        for (std::size_t i = 0; i < xy.size(); i += 2) builder.vertex(xy[i], xy[i + 1]);
        builder.end_path();
      }
      builder.end_part();
    }
    builder.end_row(moved.kind[row]);
  }
  layer.geometry = std::move(out);
}

void reproject(Layer& layer, PrepareOptions const& options, PrepareReport& report, Issues& issues) {
  if (!layer.crs.known())
    throw_error(ErrorKind::crs, "Layer '{}' does not say in which coordinate system it is. Give its crs in the study.",
                layer.name);
  if (same_crs(layer.crs, options.crs)) {
    move_issues(layer.name, nullptr, issues);
    layer.crs = options.crs;
    return;
  }
  Box const area = layer.geometry.extent();
  Transform const transform = transform_of(layer, options.crs, area);
  report.transform = transform.info();
  check_accuracy(layer, layer.crs, options.crs, options.max_crs_error_m, transform.info());
  if (!transform.identity()) {
    auto const before = layer.geometry.box;
    transform_vertices(layer, options.crs, area, options.workers);
    std::vector<Issue> outside;
    rebuild_rows(layer, before, outside);
    report.quarantined += outside.size();
    for (auto& issue : outside) issues.add(std::move(issue));
  }
  move_issues(layer.name, &transform, issues);
  layer.crs = options.crs;
  // Edges bend between systems and coordinates are rounded anew: what only just was valid may have become invalid.
  if (!transform.identity()) repair_shapes(layer, options.workers, true, report, issues);
}

}  // namespace terrein::prepare
