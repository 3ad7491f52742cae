#pragma once

#include <string>
#include <vector>

#include "study.hpp"
#include "support/catch.hpp"
#include "terrein/criteria/bound_land.hpp"

// Plots along a canal.
namespace terrein::test {

inline std::string const canal_wkt = "POLYGON((-2000 -50,3000 -50,3000 0,-2000 0,-2000 -50))";

/// Plots above a canal whose bank is y = 0, all of them in a zone for water-bound firms.
inline Study above_canal(std::vector<std::string> const& plots) {
  Study study(layer_of(plots, "plots"));
  study.add("zones", {box_wkt(-2000, -100, 3000, 1000)}, {"water_bound"});
  auto& water = study.add("water", {canal_wkt}, {"canal"});
  water.layer.attributes.add(text_column("cemt", {"IV"}));
  return study;
}

inline BoundLandSpec plain() {
  BoundLandSpec spec;
  spec.destined = {"zones", {"water_bound"}};
  spec.banks = {"water", {}};
  spec.cemt_field = "cemt";
  return spec;
}

inline BoundLand land(Study const& study, BoundLandSpec const& spec) {
  Issues issues;
  return measure_bound_land(spec, study.inputs(), {}, issues);
}

/// A table of use: id, tonnes, year.
inline void add_use(Study& study, BoundLandSpec& spec, Words const& ids,
                    std::vector<std::optional<double>> const& tonnes, std::vector<std::optional<double>> const& years) {
  auto& table = study.add("use", std::vector<std::string>(ids.size(), "POINT EMPTY"));
  table.layer.attributes.add(text_column("plot", ids));
  table.layer.attributes.add(number_column("t", tonnes));
  table.layer.attributes.add(number_column("year", years));
  spec.use = {"use", "plot", "t", "year", {}};
}

}  // namespace terrein::test
