#include <algorithm>

#include "made_layers.hpp"
#include "terrein/geometry/measures.hpp"

namespace terrein {
namespace {

bool any_of_kind(Study const& study, ReachSpec::Kind kind) {
  return std::any_of(study.reach.begin(), study.reach.end(),
                     [kind](ReachSpec const& spec) { return spec.kind == kind; });
}

/// Rows of all areas of one kind, whatever they are limited by.
struct Columns {
  TextColumn reach{"reach"}, label{"label"};
  Column<double> minutes{"minutes", 0}, km{"km", 0};
  TextColumn source{"source_id"}, lines{"lines"};
  Column<double> area{"area_ha", 0}, road{"road_km", 0};

  void add(ReachSpec const& spec, ReachAreas const& found, MadeFrom const& from) {
    std::string const written = from.labels.pick(spec.label_nl, spec.label_en);
    Layer const& features = from.layers.layers.at(spec.layer).layer;
    for (std::size_t row = 0; row < found.rows.size(); ++row) {
      ReachArea const& one = found.rows[row];
      bool const timed = spec.cost == TravelCost::seconds;
      reach.push(spec.key);
      label.push(written.empty() ? spec.key : written);
      minutes.push(timed && one.limit ? std::optional(*one.limit / 60) : std::nullopt);
      km.push(!timed && one.limit ? std::optional(*one.limit / 1000) : std::nullopt);
      source.push(one.source == no_row ? std::nullopt : std::optional<std::string_view>(features.id[one.source]));
      lines.push(one.certain ? "sure" : "possible");
      area.push(terrein::area(found.shapes, row) / 10'000);
      road.push(one.metres / 1000);
    }
  }
  [[nodiscard]] Table table(bool of_sources) && {
    Table out(reach.size());
    out.add(std::move(reach));
    out.add(std::move(label));
    if (of_sources) out.add(std::move(source));
    out.add(std::move(minutes));
    out.add(std::move(km));
    out.add(std::move(lines));
    out.add(std::move(area));
    out.add(std::move(road));
    return out;
  }
};

MadeLayer make(MadeFrom const& from, ReachSpec::Kind kind, char const* name) {
  MadeLayer out;
  out.name = name;
  out.shape = ShapeType::polygon;
  out.codes["lines"] = "reach_lines";
  Columns columns;
  for (ReachSpec const& spec : from.study.reach) {
    if (spec.kind != kind) continue;
    ReachAreas const found = reach_areas(spec, from.inputs);
    columns.add(spec, found, from);
    append(out.shapes, found.shapes);
  }
  out.table = std::move(columns).table(kind == ReachSpec::Kind::market_areas);
  return out;
}

}  // namespace

std::vector<PlannedLayer> plan_reach(Study const& study) {
  std::vector<PlannedLayer> out;
  if (any_of_kind(study, ReachSpec::Kind::isochrones)) out.push_back({"isochrones", ShapeType::polygon});
  if (any_of_kind(study, ReachSpec::Kind::market_areas)) out.push_back({"market_areas", ShapeType::polygon});
  return out;
}

std::vector<MadeLayer> make_reach(MadeFrom const& from) {
  std::vector<MadeLayer> out;
  if (any_of_kind(from.study, ReachSpec::Kind::isochrones))
    out.push_back(make(from, ReachSpec::Kind::isochrones, "isochrones"));
  if (any_of_kind(from.study, ReachSpec::Kind::market_areas))
    out.push_back(make(from, ReachSpec::Kind::market_areas, "market_areas"));
  return out;
}

}  // namespace terrein
