#include <algorithm>
#include <numeric>

#include "layers.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/spatial_index.hpp"

namespace terrein {

std::vector<Row> area_rows(Study const& study, Layer const& layer) {
  std::vector<Row> out;
  std::vector<std::string> present;
  AnyColumn const* names = study.area.names.empty() ? nullptr : layer.attributes.find(study.area.field);
  for (Row row = 0; row < layer.size(); ++row) {
    if (names == nullptr) {
      out.push_back(row);
      continue;
    }
    std::string const name = text_at(*names, row).value_or("");
    present.push_back(name);
    if (std::find(study.area.names.begin(), study.area.names.end(), name) != study.area.names.end()) out.push_back(row);
  }
  for (std::string const& name : study.area.names)
    if (std::find(present.begin(), present.end(), name) == present.end())
      throw_error(ErrorKind::input, "Layer '{}' has no row whose {} is '{}'.{}", layer.name, study.area.field, name,
                  suggestion(name, present));
  return out;
}

/// A point on the border of two areas belongs to the one north-east of it, so that no candidate is in both.
static bool belongs(GeometryColumn const& areas, Row row, Point point) {
  constexpr double step_m = 1e-6;
  int const place = locate(areas, row, point);
  return place > 0 || (place == 0 && locate(areas, row, {point.x + step_m, point.y + step_m}) > 0);
}

std::vector<Row> select_candidates(Study const& study, StudyLayers const& all, Issues& issues) {
  Layer const& candidates = all.layers.at(study.candidates).layer;
  std::vector<Row> out;
  if (!study.area.box && study.area.layer.empty()) {
    out.resize(candidates.size());
    std::iota(out.begin(), out.end(), 0U);
    return out;
  }
  Layer const* area = study.area.layer.empty() ? nullptr : &all.layers.at(study.area.layer).layer;
  std::vector<Row> const rows = area == nullptr ? std::vector<Row>{} : area_rows(study, *area);
  std::vector<Box> boxes;
  for (Row const row : rows) boxes.push_back(area->geometry.box[row]);
  SpatialIndex const index(boxes);
  std::vector<std::uint32_t> hits;
  for (Row row = 0; row < candidates.size(); ++row) {
    if (!candidates.geometry.has_shape(row)) {
      issues.add({.layer = candidates.name,
                  .feature_id = candidates.id[row],
                  .stage = "area",
                  .code = "no_place",
                  .text = "Without a shape it cannot be placed in the study area; it is not a candidate."});
      continue;
    }
    Point const centre = centroid(candidates.geometry, row);
    if (study.area.box) {
      auto const& [x0, y0, x1, y1] = *study.area.box;  // borders belong to the west and south side
      if (centre.x < x0 || centre.y < y0 || centre.x >= x1 || centre.y >= y1) continue;
    }
    if (area != nullptr) {
      hits.clear();
      index.query({centre.x, centre.y, centre.x, centre.y}, hits);
      if (std::none_of(hits.begin(), hits.end(),
                       [&](std::uint32_t hit) { return belongs(area->geometry, rows[hit], centre); }))
        continue;
    }
    out.push_back(row);
  }
  if (out.empty())
    throw_error(
        ErrorKind::input,
        "No row of layer '{}' has its centroid in the study area. Compare the extents: candidates {:.0f} {:.0f} to "
        "{:.0f} {:.0f} in {}.",
        candidates.name, candidates.geometry.extent().min_x, candidates.geometry.extent().min_y,
        candidates.geometry.extent().max_x, candidates.geometry.extent().max_y, all.crs.name);
  return out;
}

}  // namespace terrein
