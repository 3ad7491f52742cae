#pragma once

#include "criteria/workbench.hpp"

namespace terrein {

// One function per kind of measure; the registry says what each means. They leave key, unit and `per` to `measure`,
// and may rely on every layer the criterion names being in the study.

[[nodiscard]] Measure measure_area_share(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_cover_area(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_largest_class(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_in_attribute(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_in_class(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_distance(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_count_within(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_sum_within(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_perimeter_share(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_catchment(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_chain_co2(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_chain_co2_saving(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_chain_cost(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_chain_kind(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_chain_saving(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_chain_time(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_gravity(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_logsum(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_network_count(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_network_passage(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_network_sum(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_network_distance(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_network_time(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_gates(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_gate_class(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_net_area(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_net_share(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_raster_max(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_raster_mean(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_raster_min(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_raster_share(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_own_attribute(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_own_class(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_neighbours(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_shared_length(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_gross_area(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_perimeter(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_compactness(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_convexity(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_hull_width(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_usable_width(CriterionSpec const& spec, Workbench& bench);
[[nodiscard]] Measure measure_inscribed_diameter(CriterionSpec const& spec, Workbench& bench);

}  // namespace terrein
