#include <fmt/core.h>

#include <algorithm>

#include "layer_steps.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/fabric.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

/// A part of a candidate in all areas of one name.
struct NamedPart {
  std::string name;  ///< empty = outside of all
  double area = 0;
};

/// Names of areas; ids where there is no field, or no name in it.
std::vector<std::string> names_of(Layer const& areas, std::string const& field) {
  std::vector<std::string> out = areas.id;
  if (field.empty()) return out;
  AnyColumn const& column = *areas.attributes.find(field);
  for (Row row = 0; row < areas.size(); ++row)
    if (auto text = text_at(column, row); text && !text->empty()) out[row] = std::move(*text);
  return out;
}

/// Parts above the limit, several areas of one name as one; empty unless they lie on both sides of a border.
std::vector<NamedPart> crossing_parts(std::vector<BorderPart> const& parts, std::vector<std::string> const& names,
                                      double least_m2) {
  std::vector<NamedPart> out;
  for (BorderPart const& part : parts) {
    std::string const name = part.row == no_row ? "" : names[part.row];
    auto const it = std::find_if(out.begin(), out.end(), [&](NamedPart const& one) { return one.name == name; });
    if (it == out.end())
      out.push_back({name, part.area});
    else
      it->area += part.area;
  }
  std::erase_if(out, [&](NamedPart const& part) { return part.area <= least_m2; });
  if (out.size() < 2) out.clear();
  return out;
}

Issue border_issue(Layer const& candidates, Row row, std::string code, Severity severity, std::string text) {
  Issue out;
  out.layer = candidates.name;
  out.feature_id = candidates.id[row];
  out.stage = "fabric";
  out.code = std::move(code);
  out.severity = severity;
  Point const centre = centroid(candidates.geometry, row);
  out.x = centre.x;
  out.y = centre.y;
  out.text = std::move(text);
  return out;
}

std::string crossing_text(std::vector<NamedPart> const& parts, double whole) {
  std::vector<std::string> words;
  for (NamedPart const& part : parts)
    words.push_back(fmt::format("{:.2f} % {}", 100 * part.area / whole,
                                part.name.empty() ? "outside of all" : "in '" + part.name + "'"));
  return "Lies on a border: " + join(words, ", ") + ".";
}

}  // namespace

FabricReport check_layer_fabric(Study const& study, LayerConfig const& config, Layer& layer, unsigned workers,
                                Issues& issues) {
  bool const is_candidates = config.key == study.candidates;
  if (!config.fabric.value_or(is_candidates)) return {};
  FabricOptions options = config.fabric_limits;
  if (is_candidates) options.policy = study.overlaps;
  options.workers = workers;
  return check_fabric(layer, options, issues);
}

std::map<std::string, BorderMark> mark_borders(Study const& study, StudyLayers const& layers, unsigned workers,
                                               Issues& issues) {
  std::map<std::string, BorderMark> out;
  if (study.borders.layer.empty()) return out;
  Layer const& candidates = layers.layers.at(study.candidates).layer;
  Layer const& areas = layers.layers.at(study.borders.layer).layer;
  auto const& kinds = areas.geometry.kind;
  if (std::find(kinds.begin(), kinds.end(), GeometryKind::polygon) == kinds.end())
    throw_error(ErrorKind::input, "[study] borders: layer '{}' has no polygons, so it has no borders to cross.",
                areas.name);
  auto const names = names_of(areas, study.borders.field);
  std::vector<Row> failed;
  auto const parts = border_parts(candidates.geometry, areas, workers, failed);
  for (Row row = 0; row < candidates.size(); ++row) {
    auto const crossing = crossing_parts(parts[row], names, study.borders.least_m2);
    if (crossing.empty()) continue;
    BorderMark& mark = out[candidates.id[row]];
    for (NamedPart const& part : crossing) {
      if (part.name.empty())
        mark.outside = true;
      else
        mark.names.push_back(part.name);
    }
    issues.add(border_issue(candidates, row, "crosses_border", Severity::note,
                            crossing_text(crossing, area(candidates.geometry, row))));
  }
  for (Row const row : failed) {
    out[candidates.id[row]] = {};
    issues.add(border_issue(candidates, row, "fabric_unknown", Severity::warning,
                            "Whether it crosses a border cannot be computed."));
  }
  return out;
}

}  // namespace terrein
