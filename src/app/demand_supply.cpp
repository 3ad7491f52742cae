#include "demand_supply.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/criteria/criterion.hpp"
#include "terrein/geometry/measures.hpp"
#include "terrein/geometry/overlay.hpp"

namespace terrein {
namespace {

constexpr double m2_per_ha = 1e4;

/// The kind that the text of a plan names: "gebied voor regionaal bedrijventerrein".
ParkKind kind_of(std::string const& text) {
  std::string const words = lower(text);
  auto const says = [&](char const* nl, char const* en) {
    return words.find(nl) != std::string::npos || words.find(en) != std::string::npos;
  };
  bool const regional = says("regionaal", "regional"), local = says("lokaal", "local");
  if (regional == local) return ParkKind::any;
  return regional ? ParkKind::regional : ParkKind::local;
}

std::optional<bool> answer(std::string const& text) {
  std::string const word = lower(text);
  for (char const* yes : {"yes", "ja", "true", "1", "j", "y"})
    if (word == yes) return true;
  for (char const* no : {"no", "nee", "false", "0", "n"})
    if (word == no) return false;
  return std::nullopt;
}

/// Shapes as a layer that covers others.
Layer layer_of(GeometryColumn shapes) {
  Layer out;
  out.geometry = std::move(shapes);
  for (std::size_t i = 0; i < out.geometry.size(); ++i) out.id.push_back(std::to_string(i));
  out.id_rank = rank_ids(out.id);
  return out;
}

/// The land of one step, with its shapes.
struct StepLand {
  std::vector<FoundSupply> found;
  GeometryColumn shapes;
};

class SupplyFinder {
 public:
  SupplyFinder(DemandSpec const& spec, MadeFrom const& from, Subregions const& regions)
      : spec_(spec), from_(from), regions_(regions) {}

  std::vector<FoundSupply> find() {
    std::vector<FoundSupply> out;
    for (std::size_t i = 0; i < supply_steps; ++i) {
      auto const step = static_cast<SupplyStep>(i);
      if (!spec_.asks(step)) continue;
      StepLand land = step == SupplyStep::new_sites ? new_sites() : land_of(step, spec_.supply[i]);
      settle(land);
      for (FoundSupply& one : land.found) out.push_back(std::move(one));
    }
    return out;
  }

 private:
  [[nodiscard]] Layer const& layer(std::string const& key) const { return from_.layers.layers.at(key).layer; }

  [[nodiscard]] std::vector<std::uint8_t> rows_of(BarrierSpec const& rows) const {
    MeasuringLayer const& layer = from_.layers.layers.at(rows.layer);
    if (!rows.classes.empty() && layer.class_of.size() == 0 && layer.layer.size() > 0)
      throw_error(ErrorKind::config,
                  "[demand] names classes of layer '{}', which has none. Say in [layers.{}] which attribute holds its "
                  "classes, or leave the classes out.",
                  rows.layer, rows.layer);
    return cut_rows({rows.layer, rows.classes, 0, false}, from_.inputs);
  }

  void tell(SupplySpec const& supply, Row row, std::string const& code, std::string const& text) const {
    Layer const& land = layer(supply.rows.layer);
    Point const place = land.geometry.box[row].centre();
    from_.issues.add({.layer = supply.rows.layer,
                      .feature_id = land.id[row],
                      .stage = "demand",
                      .code = code,
                      .severity = Severity::warning,
                      .x = place.x,
                      .y = place.y,
                      .text = text});
  }

  /// The net hectares of a row; nothing, and an issue, where they are not known.
  [[nodiscard]] std::optional<double> supply_ha(SupplySpec const& supply, Row row) const {
    Layer const& land = layer(supply.rows.layer);
    if (supply.ha.empty()) {
      if (land.geometry.kind[row] == GeometryKind::polygon)
        return area(land.geometry, row) / m2_per_ha * supply.net_factor;
      tell(supply, row, "supply_unknown", "It is no area, so that its hectares are not known. Name them in `ha`.");
      return std::nullopt;
    }
    AnyColumn const& column = *land.attributes.find(supply.ha);
    auto const value = number_at(column, row);
    constexpr double most_ha = 1e5;
    if (value && *value >= 0 && *value <= most_ha) return *value * supply.net_factor;
    std::string const written(trim(text_at(column, row).value_or("")));
    tell(supply, row, "supply_unknown",
         written.empty() ? fmt::format("'{}' is blank: its hectares are not known.", supply.ha)
                         : fmt::format("'{}' holds '{}', which cannot be its hectares.", supply.ha, written));
    return std::nullopt;
  }

  [[nodiscard]] StepLand land_of(SupplyStep step, SupplySpec const& supply) const {
    Layer const& land = layer(supply.rows.layer);
    auto const counts = rows_of(supply.rows);
    auto const text = [&](std::string const& field, Row row) {
      AnyColumn const* const column = field.empty() ? nullptr : land.attributes.find(field);
      return column == nullptr ? std::string{} : std::string(trim(text_at(*column, row).value_or("")));
    };
    StepLand out;
    GeometryBuilder shapes(out.shapes);
    for (Row row = 0; row < land.size(); ++row) {
      if (counts[row] == 0) continue;
      FoundSupply one;
      one.layer = supply.rows.layer;
      one.item.id = land.id[row];
      one.item.step = step;
      one.item.kind = kind_of(text(supply.kind, row));
      one.item.plot_size = text(supply.plot_size, row);
      one.item.water = answer(text(supply.water, row));
      one.supply_ha = supply_ha(supply, row);
      out.found.push_back(std::move(one));
      shapes.copy_row(land.geometry, row);
    }
    return out;
  }

  /// Sites that this run made of the assembly that the study names.
  [[nodiscard]] StepLand new_sites() const {
    StepLand out;
    MadeLayer const* sites = nullptr;
    if (from_.made != nullptr)
      for (MadeLayer const& one : *from_.made)
        if (one.name == "sites") sites = &one;
    if (sites == nullptr) throw_error(ErrorKind::internal, "Demand is met before there are sites.");
    auto const column = [&](char const* name) -> AnyColumn const& { return *sites->table.find(name); };
    GeometryBuilder shapes(out.shapes);
    for (std::size_t row = 0; row < sites->table.rows(); ++row) {
      if (text_at(column("assembly"), row) != spec_.new_sites) continue;
      FoundSupply one;
      one.layer = spec_.new_sites;
      one.item.id = text_at(column("site_id"), row).value_or("");
      one.item.step = SupplyStep::new_sites;
      one.item.kind = kind_of(text_at(column("kind"), row).value_or(""));
      one.supply_ha = number_at(column("net_ha"), row);
      out.found.push_back(std::move(one));
      shapes.copy_row(sites->shapes, row);
    }
    add_open_space(out);
    return out;
  }

  /// Share of each shape in the polygons of a layer that count.
  [[nodiscard]] std::vector<double> shares_in(GeometryColumn const& shapes, Layer const& cover,
                                              std::vector<std::uint8_t> const& counts) const {
    std::vector<std::uint32_t> group(cover.size(), no_row);
    for (std::size_t i = 0; i < group.size(); ++i)
      if (counts.empty() || counts[i] != 0) group[i] = 0;
    auto const areas = cover_areas(shapes, cover, group, 1, from_.inputs.workers);
    std::vector<double> out;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      double const whole = area(shapes, i);
      out.push_back(whole > 0 ? areas.area[0][i] / whole : 0);
    }
    return out;
  }

  /// Nothing for sites that do not wholly lie where the layer of open space is complete.
  void add_open_space(StepLand& land) const {
    if (spec_.open_space.layer.empty()) return;
    MeasuringLayer const& open = from_.layers.layers.at(spec_.open_space.layer);
    auto const shares = shares_in(land.shapes, open.layer, rows_of(spec_.open_space));
    std::vector<double> complete(land.found.size(), 1);
    if (!open.coverage.everywhere) complete = shares_in(land.shapes, layer_of(open.coverage.area), {});
    constexpr double all = 1 - 1e-6;
    for (std::size_t i = 0; i < land.found.size(); ++i)
      if (complete[i] >= all) land.found[i].open_space_ha = shares[i] * area(land.shapes, i) / m2_per_ha;
  }

  /// Where the land lies, what earlier steps have of it, and what is left.
  void settle(StepLand& land) {
    auto const taken = shares_in(land.shapes, layer_of(taken_), {});
    GeometryBuilder all(taken_);
    for (std::size_t i = 0; i < land.found.size(); ++i) {
      FoundSupply& one = land.found[i];
      if (land.shapes.kind[i] == GeometryKind::polygon) one.area_ha = area(land.shapes, i) / m2_per_ha;
      one.double_share = std::min(taken[i], 1.0);
      one.item.subregion = regions_.at(centroid(land.shapes, i));
      constexpr double most = 0.5;
      if (one.item.subregion.empty())
        one.state = SupplyState::outside;
      else if (!one.supply_ha)
        one.state = SupplyState::unknown;
      else if (one.double_share > most)
        one.state = SupplyState::counted_before;
      if (one.state != SupplyState::counted) continue;
      one.item.area = whole_area(*one.supply_ha * (1 - one.double_share));
      all.copy_row(land.shapes, i);
    }
  }

  DemandSpec const& spec_;
  MadeFrom const& from_;
  Subregions const& regions_;
  GeometryColumn taken_;  ///< land of the steps so far that counts
};

}  // namespace

std::string_view to_string(SupplyState state) {
  switch (state) {
    case SupplyState::counted:
      return "counted";
    case SupplyState::counted_before:
      return "double";
    case SupplyState::outside:
      return "outside";
    case SupplyState::unknown:
      return "unknown";
  }
  return "";
}

std::vector<FoundSupply> find_supply(DemandSpec const& spec, MadeFrom const& from, Subregions const& regions) {
  return SupplyFinder(spec, from, regions).find();
}

}  // namespace terrein
