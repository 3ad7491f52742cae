// Demand by hand-made numbers, and its cover by supply against the smallest cut over all sets of cells.
#include "terrein/decision/demand.hpp"

#include <algorithm>
#include <random>

#include "support/catch.hpp"
#include "support/support.hpp"

using namespace terrein;

namespace {

using Areas = std::vector<WholeArea>;

DemandRow direct(std::string subregion, ParkKind kind, std::string plot_size, double ha, double water = 0) {
  DemandRow out;
  out.subregion = std::move(subregion);
  out.kind = kind;
  out.plot_size = std::move(plot_size);
  out.demand_ha = Ranged{ha, ha, ha};
  out.water_share = water;
  return out;
}

SupplyItem item(std::string id, SupplyStep step, double ha, ParkKind kind = ParkKind::any, std::string plot_size = "",
                std::optional<bool> water = std::nullopt) {
  return {std::move(id), step, whole_area(ha), "Gent", kind, std::move(plot_size), water};
}

bool meets(SupplyItem const& one, DemandCell const& cell) {
  if (one.subregion != cell.subregion) return false;
  if (cell.kind != ParkKind::any && one.kind != ParkKind::any && one.kind != cell.kind) return false;
  if (!cell.plot_size.empty() && !one.plot_size.empty() && one.plot_size != cell.plot_size) return false;
  return !(cell.water && one.water == false);
}

/// The most that items up to a step can cover: the smallest cut, over all sets of cells.
WholeArea most_covered(std::vector<DemandCell> const& cells, std::vector<SupplyItem> const& items, std::size_t step) {
  WholeArea out = -1;
  for (std::size_t set = 0; set < (std::size_t{1} << cells.size()); ++set) {
    auto const inside = [set](std::size_t c) { return (set >> c & 1U) != 0; };
    WholeArea cut = 0;
    for (std::size_t c = 0; c < cells.size(); ++c)
      if (!inside(c)) cut += cells[c].demand.value;
    for (SupplyItem const& one : items) {
      bool any = false;
      for (std::size_t c = 0; c < cells.size(); ++c) any = any || (inside(c) && meets(one, cells[c]));
      if (any && static_cast<std::size_t>(one.step) <= step) cut += one.area;
    }
    out = out < 0 ? cut : std::min(out, cut);
  }
  return out;
}

}  // namespace

TEST_CASE("demand is jobs by land per job, corrected, beside latent demand and iron stock", "[decision]") {
  DemandRow row;
  row.jobs_change = Ranged{800, 1000, 1200};
  row.park_share = 0.5;
  row.m2_per_job = Ranged{150, 200, 250};
  row.demography = 0.9;
  row.mixed_share = 0.2;
  row.space_trend = 1.1;
  row.latent_ha = 2;
  row.stock_years = 4;
  row.yearly_ha = 1.5;
  RowDemand const demand = demand_of(row);
  // 1000 · 0.9 · (1 − 0.2) · 0.5 · 200 · 1.1 m² = 79,200 m²
  CHECK(demand.jobs_ha.value == Approx(7.92));
  CHECK(demand.jobs_ha.low == Approx(800 * 0.9 * 0.8 * 0.5 * 150 * 1.1 / 1e4));
  CHECK(demand.jobs_ha.high == Approx(1200 * 0.9 * 0.8 * 0.5 * 250 * 1.1 / 1e4));
  CHECK(demand.fixed_ha.value == 2);
  CHECK(demand.stock_ha == 6);
  auto const cells = demand_cells({row});
  REQUIRE(cells.size() == 1);
  CHECK(cells[0].demand.value == whole_area(15.92));
  CHECK(cells[0].stock == whole_area(6));
  CHECK(cells[0].released == 0);
}

TEST_CASE("of fewer jobs the least demand takes the most land per job", "[decision]") {
  DemandRow row;
  row.jobs_change = Ranged{-200, -100, 50};
  row.park_share = 1;
  row.m2_per_job = Ranged{100, 200, 300};
  RowDemand const demand = demand_of(row);
  CHECK(demand.jobs_ha.low == Approx(-6));
  CHECK(demand.jobs_ha.value == Approx(-2));
  CHECK(demand.jobs_ha.high == Approx(1.5));
}

TEST_CASE("sectors of a cell add up, and one that shrinks as a whole asks for nothing", "[decision]") {
  auto const sector = [](std::string subregion, double jobs) {
    DemandRow out;
    out.subregion = std::move(subregion);
    out.jobs_change = Ranged{jobs, jobs, jobs};
    out.park_share = 1;
    out.m2_per_job = Ranged{100, 100, 100};
    return out;
  };
  DemandRow stock;
  stock.subregion = "Aalst";
  stock.stock_years = 3;
  stock.yearly_ha = 1;
  auto const cells = demand_cells({sector("Gent", 500), sector("Gent", -200), sector("Aalst", -100), stock});
  REQUIRE(cells.size() == 2);
  CHECK(cells[0].subregion == "Aalst");
  CHECK(cells[0].demand.value == whole_area(3));
  CHECK(cells[0].released == whole_area(1));
  CHECK(cells[1].demand.value == whole_area(3));
  CHECK(cells[1].released == 0);
}

TEST_CASE("the share on water is a demand of its own", "[decision]") {
  auto const cells = demand_cells({direct("Gent", ParkKind::regional, "", 10, 0.25)});
  REQUIRE(cells.size() == 2);
  CHECK(cells[0].water);
  CHECK(cells[0].demand.value == whole_area(2.5));
  CHECK_FALSE(cells[1].water);
  CHECK(cells[1].demand.value == whole_area(7.5));
}

TEST_CASE("supply is used step by step, by id, unknown kinds last", "[decision]") {
  auto const cells = demand_cells({direct("Gent", ParkKind::regional, "", 10)});
  std::vector<SupplyItem> const items{item("z", SupplyStep::new_sites, 20),
                                      item("c", SupplyStep::offered, 1, ParkKind::any),
                                      item("d", SupplyStep::offered, 2, ParkKind::regional),
                                      item("e", SupplyStep::offered, 5, ParkKind::local),
                                      item("b", SupplyStep::zoned, 4, ParkKind::regional),
                                      item("a", SupplyStep::zoned, 4)};
  auto const match = match_demand(cells, items);
  Areas used;
  for (ItemMatch const& one : match.items) used.push_back(one.used);
  // offered: d 2, c 1; zoned: b 4 (known), a 3 of 4
  CHECK(used == Areas{0, whole_area(1), whole_area(2), 0, whole_area(4), whole_area(3)});
  CHECK(match.cells[0].covered == std::array<WholeArea, 5>{whole_area(3), whole_area(7), 0, 0, 0});
  CHECK(match.cells[0].doubtful == whole_area(4));
  CHECK(match.cells[0].missing.value == 0);
}

TEST_CASE("what only some land can meet gets that land, though others came first", "[decision]") {
  // A dry demand of 5 and one on water of 5; the first plot by id suits both, the second is dry.
  auto const cells = demand_cells({direct("Gent", ParkKind::any, "", 10, 0.5)});
  auto const match = match_demand(cells, {item("1", SupplyStep::offered, 5, ParkKind::any, "", true),
                                          item("2", SupplyStep::zoned, 5, ParkKind::any, "", false)});
  CHECK(match.cells[0].covered[0] == whole_area(5));
  CHECK(match.cells[1].covered[1] == whole_area(5));
  // A plot for "any" moves on when a later one can only serve there.
  auto const sizes = demand_cells({direct("Gent", ParkKind::any, "", 5), direct("Gent", ParkKind::any, "large", 5)});
  auto const moved =
      match_demand(sizes, {item("1", SupplyStep::offered, 5), item("2", SupplyStep::zoned, 5, ParkKind::any, "small")});
  for (CellMatch const& one : moved.cells) CHECK(one.missing.value == 0);
}

TEST_CASE("doubt is kept away from demand that is particular", "[decision]") {
  auto const cells = demand_cells({direct("Gent", ParkKind::any, "", 10, 0.5)});
  auto const match = match_demand(
      cells, {item("1", SupplyStep::offered, 5), item("2", SupplyStep::offered, 5, ParkKind::any, "", true)});
  CHECK(match.cells[0].missing.value + match.cells[1].missing.value == 0);
  CHECK(match.cells[0].doubtful + match.cells[1].doubtful == 0);
}

TEST_CASE("without supply all is short, without demand all is left, and other subregions do not help", "[decision]") {
  auto const cells = demand_cells({direct("Gent", ParkKind::any, "", 10)});
  CHECK(match_demand(cells, {}).cells[0].missing.value == whole_area(10));
  CHECK(match_demand({}, {item("1", SupplyStep::offered, 5)}).items[0].used == 0);
  auto elsewhere = item("1", SupplyStep::offered, 5), nowhere = elsewhere;
  elsewhere.subregion = "Aalst";
  nowhere.subregion = "";
  auto const match = match_demand(cells, {elsewhere, nowhere});
  CHECK(match.items[0].used + match.items[1].used == 0);
  CHECK(match.cells[0].missing.value == whole_area(10));
  CHECK(demand_cells({}).empty());
}

TEST_CASE("areas that no study has are refused", "[decision]") {
  for (double const ha : {1e7, -1e7, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
    CHECK(test::error_of([&] { (void)whole_area(ha); }).kind == ErrorKind::input);
}

TEST_CASE("as much is covered, step after step, as there can be, in any order of rows and items", "[decision]") {
  std::mt19937 random(7);
  auto const below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  constexpr std::array kinds{ParkKind::regional, ParkKind::local, ParkKind::any};
  std::array<std::string, 3> const sizes{"", "small", "large"};
  bool any_short = false, any_left = false;
  for (int world = 0; world < 400; ++world) {
    std::vector<DemandRow> rows;
    for (unsigned i = 0, n = 1 + below(4); i < n; ++i) {
      DemandRow row = direct("Gent", kinds[below(3)], sizes[below(3)], 1 + below(20), 0.25 * below(4));
      row.demand_ha->low = row.demand_ha->value / 2;
      row.demand_ha->high = row.demand_ha->value * 2;
      rows.push_back(row);
    }
    std::vector<SupplyItem> items;
    for (unsigned i = 0, n = below(12); i < n; ++i) {
      constexpr std::array<std::optional<bool>, 3> water{std::nullopt, false, true};
      items.push_back(item(std::to_string(i), static_cast<SupplyStep>(below(5)), below(9), kinds[below(3)],
                           sizes[below(3)], water[below(3)]));
    }
    auto const cells = demand_cells(rows);
    auto const match = match_demand(cells, items);

    std::array<WholeArea, supply_steps> used{}, covered{};
    Areas into(cells.size(), 0);
    for (std::size_t i = 0; i < items.size(); ++i) {
      used[static_cast<std::size_t>(items[i].step)] += match.items[i].used;
      CHECK(match.items[i].used <= items[i].area);
      any_left = any_left || match.items[i].used < items[i].area;
      WholeArea sum = 0;
      for (SupplyPart const& part : match.items[i].parts) {
        CHECK(meets(items[i], cells[part.cell]));
        CHECK(part.area > 0);
        sum += part.area;
        into[part.cell] += part.area;
      }
      CHECK(sum == match.items[i].used);
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      CellMatch const& one = match.cells[c];
      CHECK(one.all_covered() + one.missing.value == cells[c].demand.value);
      CHECK(one.all_covered() == into[c]);
      CHECK(one.doubtful <= one.all_covered());
      CHECK(one.missing.low <= one.missing.value);
      CHECK(one.missing.value <= one.missing.high);
      any_short = any_short || one.missing.value > 0;
      for (std::size_t s = 0; s < supply_steps; ++s) covered[s] += one.covered[s];
    }
    CHECK(covered == used);
    WholeArea so_far = 0;
    for (std::size_t s = 0; s < supply_steps; ++s) {
      so_far += used[s];
      CHECK(so_far == most_covered(cells, items, s));
    }

    std::vector<std::size_t> order(items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), random);
    std::shuffle(rows.begin(), rows.end(), random);
    std::vector<SupplyItem> shuffled;
    for (std::size_t const i : order) shuffled.push_back(items[i]);
    auto const again = match_demand(demand_cells(rows), shuffled);
    for (std::size_t c = 0; c < cells.size(); ++c) CHECK(again.cells[c].covered == match.cells[c].covered);
    for (std::size_t i = 0; i < order.size(); ++i) CHECK(again.items[i].used == match.items[order[i]].used);
  }
  CHECK(any_short);
  CHECK(any_left);
}
