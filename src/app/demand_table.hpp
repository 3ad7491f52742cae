#pragma once

#include <map>
#include <string>
#include <vector>

#include "made_layers.hpp"
#include "terrein/app/demand_spec.hpp"
#include "terrein/decision/demand.hpp"

namespace terrein {

/// Subregions by name.
class Subregions {
 public:
  Subregions(DemandSpec const& spec, MadeFrom const& from);
  /// The name as the layer writes it, of one that may have blanks around it; empty = there is none.
  [[nodiscard]] std::string named(std::string const& name) const;
  /// Of the areas that hold a place the name of the first by id; empty = none does.
  [[nodiscard]] std::string at(Point place) const;
  /// All names, in their order.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  Layer const& layer_;
  std::vector<Row> by_id_;
  std::vector<std::string> name_of_;         ///< by row; empty = it has none
  std::map<std::string, std::string> name_;  ///< by the key that it is looked up by
};

struct DemandTable {
  std::vector<DemandRow> rows;
  std::size_t left_out = 0;  ///< rows that cannot be understood; an issue each
};
/// The table of a study. Throws `Error{input}` when a column is missing without which no row says anything.
[[nodiscard]] DemandTable read_demand_table(DemandSpec const& spec, MadeFrom const& from, Subregions const& regions);

}  // namespace terrein
