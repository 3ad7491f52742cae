#include "terrein/decision/demand.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "terrein/core/error.hpp"

namespace terrein {
namespace {

constexpr double m2_per_ha = 1e4, cm2_per_ha = 1e8;

/// Least and most of a product; the second factor is not below 0.
Ranged product(Ranged const& a, Ranged const& b) {
  return {std::min(a.low * b.low, a.low * b.high), a.value * b.value, std::max(a.high * b.low, a.high * b.high)};
}
Ranged scaled(Ranged const& a, double factor) { return {a.low * factor, a.value * factor, a.high * factor}; }

/// What rows of a cell ask for.
struct CellSum {
  AreaRange jobs, fixed;
  WholeArea stock = 0;

  static void add(AreaRange& to, Ranged const& ha) {
    to.low += whole_area(ha.low);
    to.value += whole_area(ha.value);
    to.high += whole_area(ha.high);
  }
  void add(RowDemand const& row, double share) {
    add(jobs, scaled(row.jobs_ha, share));
    add(fixed, scaled(row.fixed_ha, share));
    stock += whole_area(row.stock_ha * share);
  }
  [[nodiscard]] AreaRange demand() const {
    auto const sum = [this](WholeArea of_jobs, WholeArea given) {
      return std::max<WholeArea>(of_jobs, 0) + given + stock;
    };
    return {sum(jobs.low, fixed.low), sum(jobs.value, fixed.value), sum(jobs.high, fixed.high)};
  }
};

}  // namespace

double hectares(WholeArea area) { return static_cast<double>(area) / cm2_per_ha; }

WholeArea whole_area(double hectares) {
  constexpr double most_ha = 1e6;
  if (!(std::abs(hectares) <= most_ha))
    throw_error(ErrorKind::input, "{} ha cannot be the demand or the supply of a study.", hectares);
  return std::llround(hectares * cm2_per_ha);
}

std::string_view to_string(ParkKind kind) {
  if (kind == ParkKind::any) return "any";
  return kind == ParkKind::regional ? "regionaal" : "lokaal";
}

std::string_view to_string(SupplyStep step) {
  constexpr std::array<std::string_view, supply_steps> names{"offered", "zoned", "activatable", "brownfields",
                                                             "new_sites"};
  return names[static_cast<std::size_t>(step)];
}

RowDemand demand_of(DemandRow const& row) {
  RowDemand out;
  if (row.jobs_change && row.park_share && row.m2_per_job)
    out.jobs_ha = scaled(product(*row.jobs_change, *row.m2_per_job),
                         row.demography * (1 - row.mixed_share) * *row.park_share * row.space_trend / m2_per_ha);
  if (row.demand_ha) out.fixed_ha = *row.demand_ha;
  for (double* one : {&out.fixed_ha.low, &out.fixed_ha.value, &out.fixed_ha.high}) *one += row.latent_ha;
  out.stock_ha = row.stock_years * row.yearly_ha;
  return out;
}

std::vector<DemandCell> demand_cells(std::vector<DemandRow> const& rows) {
  // Water before all else, a kind before any, a class of plots before any.
  using Key = std::tuple<std::string, bool, ParkKind, bool, std::string>;
  std::map<Key, CellSum> sums;
  for (DemandRow const& row : rows) {
    RowDemand const demand = demand_of(row);
    for (bool const water : {true, false})
      if (double const share = water ? row.water_share : 1 - row.water_share; share > 0)
        sums[{row.subregion, !water, row.kind, row.plot_size.empty(), row.plot_size}].add(demand, share);
  }
  std::vector<DemandCell> out;
  for (auto const& [key, sum] : sums)
    out.push_back({std::get<0>(key), !std::get<1>(key), std::get<2>(key), std::get<4>(key), sum.demand(), sum.stock,
                   std::max<WholeArea>(-sum.jobs.value, 0)});
  return out;
}

WholeArea CellMatch::all_covered() const {
  WholeArea out = 0;
  for (WholeArea const area : covered) out += area;
  return out;
}

}  // namespace terrein
