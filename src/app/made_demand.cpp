#include <fmt/core.h>

#include <algorithm>

#include "demand_supply.hpp"
#include "demand_table.hpp"
#include "made_layers.hpp"
#include "named_columns.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

std::optional<std::string_view> text(std::string const& value) {
  return value.empty() ? std::nullopt : std::optional<std::string_view>(value);
}

/// Hectares of which some may not be known: then the sum is not.
class KnownSum {
 public:
  void add(std::optional<double> ha) {
    if (ha)
      sum_ += whole_area(*ha);
    else
      known_ = false;
  }
  [[nodiscard]] std::optional<double> value() const { return known_ ? std::optional(hectares(sum_)) : std::nullopt; }

 private:
  WholeArea sum_ = 0;
  bool known_ = true;
};

/// Land that the use of an item takes and that is to be compensated.
struct Compensation {
  std::optional<double> open_space_ha = 0, zoned_ha = 0;
  [[nodiscard]] std::optional<double> all() const {
    return open_space_ha && zoned_ha ? std::optional(*open_space_ha + *zoned_ha) : std::nullopt;
  }
};

/// A new site is taken as a whole; unbuilt land in a zone as far as it is used.
Compensation compensation(FoundSupply const& supply, ItemMatch const& match) {
  Compensation out;
  if (match.used == 0) return out;
  double const own = 1 - supply.double_share;
  if (supply.item.step == SupplyStep::new_sites)
    out.open_space_ha = supply.open_space_ha ? std::optional(*supply.open_space_ha * own) : std::nullopt;
  if (supply.item.step == SupplyStep::zoned) {
    double const share = static_cast<double>(match.used) / static_cast<double>(supply.item.area);
    out.zoned_ha = supply.area_ha ? std::optional(*supply.area_ha * own * share) : std::nullopt;
  }
  return out;
}

/// Sums of one subregion, of the land in none, or of all.
struct Sums {
  AreaRange demand, missing;
  WholeArea stock = 0, released = 0, doubtful = 0, supply = 0, left = 0;
  std::array<WholeArea, supply_steps> covered{};
  KnownSum doubled, open_space, zoned;
  std::int64_t unknown = 0;

  void add(DemandCell const& cell, CellMatch const& match) {
    add(demand, cell.demand);
    add(missing, match.missing);
    stock += cell.stock;
    released += cell.released;
    doubtful += match.doubtful;
    for (std::size_t i = 0; i < supply_steps; ++i) covered[i] += match.covered[i];
  }
  void add(FoundSupply const& one, ItemMatch const& match) {
    supply += one.item.area;
    left += one.item.area - match.used;
    if (one.supply_ha) doubled.add(*one.supply_ha * taken_share(one));
    if (one.state == SupplyState::unknown) ++unknown;
    Compensation const of = compensation(one, match);
    open_space.add(of.open_space_ha);
    zoned.add(of.zoned_ha);
  }
  /// Of land that counts before as a whole no step has the rest.
  static double taken_share(FoundSupply const& one) {
    return one.state == SupplyState::counted_before ? 1 : one.state == SupplyState::counted ? one.double_share : 0;
  }

 private:
  static void add(AreaRange& to, AreaRange const& more) {
    to.low += more.low;
    to.value += more.value;
    to.high += more.high;
  }
};

class DemandMaker {
 public:
  explicit DemandMaker(MadeFrom const& from)
      : from_(from),
        spec_(from.study.demand),
        regions_(spec_, from),
        table_(read_demand_table(spec_, from, regions_)),
        cells_(demand_cells(table_.rows)),
        supply_(find_supply(spec_, from, regions_)) {
    std::vector<SupplyItem> items;
    for (FoundSupply const& one : supply_) {
      items.push_back(one.item);
      if (one.state != SupplyState::counted) items.back().subregion.clear();
    }
    match_ = match_demand(cells_, items);
  }

  [[nodiscard]] std::vector<MadeLayer> make() const { return {cells(), items(), sums()}; }

 private:
  [[nodiscard]] MadeLayer cells() const {
    MadeLayer out;
    out.name = "demand";
    out.codes = {{"needs_water", "yes_no"}, {"kind", "demand_kind"}};
    NamedColumns to;
    for (char const* name : {"subregion", "needs_water", "kind", "plot_size"}) to.texts(name);
    declare_demand(to);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      DemandCell const& cell = cells_[i];
      to.texts("subregion").push(cell.subregion);
      to.texts("needs_water").push(cell.water ? "yes" : "no");
      to.texts("kind").push(to_string(cell.kind));
      to.texts("plot_size").push(text(cell.plot_size));
      Sums sums;
      sums.add(cell, match_.cells[i]);
      add_demand(sums, to);
    }
    out.table = to.table(cells_.size());
    return out;
  }

  static std::string covered_by(std::size_t step) {
    return std::string(to_string(static_cast<SupplyStep>(step))) + "_ha";
  }

  static void declare_demand(NamedColumns& to) {
    for (char const* name : {"demand_ha", "demand_low_ha", "demand_high_ha", "stock_ha", "released_ha"})
      to.numbers(name);
    for (std::size_t i = 0; i < supply_steps; ++i) to.numbers(covered_by(i));
    for (char const* name : {"covered_ha", "doubtful_ha", "short_ha", "short_low_ha", "short_high_ha"})
      to.numbers(name);
  }

  /// A step that the study does not look at covers nobody knows what.
  void add_demand(Sums const& sums, NamedColumns& to) const {
    to.numbers("demand_ha").push(hectares(sums.demand.value));
    to.numbers("demand_low_ha").push(hectares(sums.demand.low));
    to.numbers("demand_high_ha").push(hectares(sums.demand.high));
    to.numbers("stock_ha").push(hectares(sums.stock));
    to.numbers("released_ha").push(hectares(sums.released));
    for (std::size_t i = 0; i < supply_steps; ++i)
      to.numbers(covered_by(i))
          .push(spec_.asks(static_cast<SupplyStep>(i)) ? std::optional(hectares(sums.covered[i])) : std::nullopt);
    to.numbers("covered_ha").push(hectares(sums.demand.value - sums.missing.value));
    to.numbers("doubtful_ha").push(hectares(sums.doubtful));
    to.numbers("short_ha").push(hectares(sums.missing.value));
    to.numbers("short_low_ha").push(hectares(sums.missing.low));
    to.numbers("short_high_ha").push(hectares(sums.missing.high));
  }

  [[nodiscard]] MadeLayer items() const {
    MadeLayer out;
    out.name = "demand_supply";
    out.codes = {{"step", "demand_step"}, {"state", "supply_state"}, {"kind", "demand_kind"}, {"water", "yes_no"}};
    NamedColumns to;
    for (char const* name : {"step", "layer", "item", "subregion", "state", "kind", "plot_size", "water"})
      to.texts(name);
    for (char const* name :
         {"area_ha", "supply_ha", "double_ha", "used_ha", "left_ha", "open_space_ha", "to_compensate_ha"})
      to.numbers(name);
    to.texts("used_for");
    for (std::size_t i = 0; i < supply_.size(); ++i) add_item(supply_[i], match_.items[i], to);
    out.table = to.table(supply_.size());
    return out;
  }

  void add_item(FoundSupply const& one, ItemMatch const& match, NamedColumns& to) const {
    to.texts("step").push(to_string(one.item.step));
    to.texts("layer").push(one.layer);
    to.texts("item").push(one.item.id);
    to.texts("subregion").push(text(one.item.subregion));
    to.texts("state").push(to_string(one.state));
    to.texts("kind").push(one.item.kind == ParkKind::any ? std::nullopt : std::optional(to_string(one.item.kind)));
    to.texts("plot_size").push(text(one.item.plot_size));
    to.texts("water").push(one.item.water ? std::optional<std::string_view>(*one.item.water ? "yes" : "no")
                                          : std::nullopt);
    bool const counts = one.state == SupplyState::counted;
    auto const if_counted = [&](double ha) { return counts ? std::optional(ha) : std::nullopt; };
    to.numbers("area_ha").push(one.area_ha);
    to.numbers("supply_ha").push(one.supply_ha);
    to.numbers("double_ha").push(one.supply_ha ? std::optional(*one.supply_ha * Sums::taken_share(one)) : std::nullopt);
    to.numbers("used_ha").push(if_counted(hectares(match.used)));
    to.numbers("left_ha").push(if_counted(hectares(one.item.area - match.used)));
    to.numbers("open_space_ha").push(one.open_space_ha);
    to.numbers("to_compensate_ha").push(counts ? compensation(one, match).all() : std::nullopt);
    to.texts("used_for").push(text(used_for(match)));
  }

  /// "3.50 ha regionaal, groot; 1.00 ha any"
  [[nodiscard]] std::string used_for(ItemMatch const& match) const {
    std::vector<std::string> out;
    for (SupplyPart const& part : match.parts) {
      DemandCell const& cell = cells_[part.cell];
      std::string one = fmt::format("{:.2f} ha {}", hectares(part.area),
                                    from_.labels.get("demand_kind", std::string(to_string(cell.kind))));
      if (!cell.plot_size.empty()) one += ", " + cell.plot_size;
      if (cell.water) one += from_.labels.pick(", aan water", ", on water");
      out.push_back(std::move(one));
    }
    return join(out, "; ");
  }

  [[nodiscard]] MadeLayer sums() const {
    MadeLayer out;
    out.name = "demand_sums";
    out.codes = {{"scope", "demand_scope"}};
    NamedColumns to;
    for (char const* name : {"scope", "subregion"}) to.texts(name);
    std::size_t rows = 0;
    auto const add = [&](std::string_view scope, std::optional<std::string> const& subregion) {
      ++rows;
      to.texts("scope").push(scope);
      to.texts("subregion").push(subregion);
      Sums const sums = sums_of(scope == "total", subregion.value_or(""));
      add_demand(sums, to);
      to.numbers("supply_ha").push(hectares(sums.supply));
      to.numbers("left_ha").push(hectares(sums.left));
      to.numbers("double_ha").push(sums.doubled.value());
      to.counts("unknown_areas_n").push(sums.unknown);
      to.numbers("open_space_ha").push(sums.open_space.value());
      to.numbers("zoned_unbuilt_ha").push(sums.zoned.value());
      to.numbers("to_compensate_ha").push(Compensation{sums.open_space.value(), sums.zoned.value()}.all());
      to.counts("rows_left_out")
          .push(scope == "total" ? std::optional(static_cast<std::int64_t>(table_.left_out)) : std::nullopt);
    };
    for (std::string const& name : regions_.names()) add("subregion", name);
    add("total", std::nullopt);
    out.table = to.table(rows);
    return out;
  }

  [[nodiscard]] Sums sums_of(bool all, std::string const& subregion) const {
    Sums out;
    for (std::size_t i = 0; i < cells_.size(); ++i)
      if (all || cells_[i].subregion == subregion) out.add(cells_[i], match_.cells[i]);
    for (std::size_t i = 0; i < supply_.size(); ++i)
      if (all || supply_[i].item.subregion == subregion) out.add(supply_[i], match_.items[i]);
    return out;
  }

  MadeFrom const& from_;
  DemandSpec const& spec_;
  Subregions regions_;
  DemandTable table_;
  std::vector<DemandCell> cells_;
  std::vector<FoundSupply> supply_;
  DemandMatch match_;
};

}  // namespace

std::vector<PlannedLayer> plan_demand(Study const& study) {
  if (!study.demand.asked()) return {};
  return {{"demand", ShapeType::none}, {"demand_supply", ShapeType::none}, {"demand_sums", ShapeType::none}};
}

std::vector<MadeLayer> make_demand(MadeFrom const& from) { return DemandMaker(from).make(); }

}  // namespace terrein
