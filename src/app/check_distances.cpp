#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "layer_steps.hpp"
#include "terrein/core/error.hpp"

namespace terrein {
namespace {

/// Between the nearest points of two boxes, in metres.
double metres_between(Box const& a, Box const& b) {
  double const dx = std::max({0.0, a.min_x - b.max_x, b.min_x - a.max_x});
  double const dy = std::max({0.0, a.min_y - b.max_y, b.min_y - a.max_y});
  return std::hypot(dx, dy);
}

}  // namespace

void check_distances(Study const& study, std::vector<LayerReport> const& reports, Issues& issues) {
  constexpr double far_m = 50'000;
  auto const own = std::find_if(reports.begin(), reports.end(),
                                [&study](LayerReport const& report) { return report.config->key == study.candidates; });
  if (own->extent.empty())
    throw_error(ErrorKind::input,
                "None of the {} candidates of layer '{}' has a shape that can be used, so there is no land to judge. "
                "Check the file, its CRS and the order of its axes.",
                own->rows_kept, study.candidates);
  for (LayerReport const& report : reports) {
    if (report.extent.empty()) continue;
    double const away = metres_between(report.extent, own->extent);
    if (away <= far_m) continue;
    issues.add(
        {.layer = report.config->key,
         .stage = "read",
         .code = "far_from_candidates",
         .text = fmt::format("The layer lies {:.0f} km from the candidates. Check its CRS ({}), the order of its "
                             "axes, and whether it is of this region.",
                             away / 1000, report.crs)});
  }
}

}  // namespace terrein
