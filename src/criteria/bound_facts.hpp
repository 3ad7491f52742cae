#pragma once

#include <optional>
#include <vector>

#include "criteria/workbench.hpp"
#include "terrein/criteria/bound_land.hpp"
#include "terrein/geometry/fronts.hpp"

namespace terrein {

// What bound land is judged by, a row per candidate.

/// Rows of a layer as criteria name them, with the words of an error.
CriterionSpec spec_of(BoundLandSpec const& spec, RowsOf const& rows);

/// Whether at least a share of a candidate lies in such areas.
std::vector<Answer> covered(BoundLandSpec const& spec, RowsOf const& rows, double share, Inputs const& inputs);

struct Nearby {
  Answer within = Answer::no;    ///< `metres`
  Row row = no_row;              ///< the nearest within `look_m`
  std::optional<double> metres;  ///< to it
};
/// Whether a row lies within `metres` of a candidate.
std::vector<Nearby> nearby(BoundLandSpec const& spec, RowsOf const& rows, double metres, double look_m,
                           Workbench& bench);

struct PlotFronts {
  std::vector<Front> sure;      ///< there whatever is not known
  std::vector<Front> possible;  ///< there if all that is not known is well; empty = those that are sure
  bool known = true;            ///< the two are the same
  bool anything = false;        ///< there may be any front at all
  Answer built = Answer::no;    ///< buildings along more than the share that the specification allows
  std::optional<double> built_share;
};
std::vector<PlotFronts> plot_fronts(BoundLandSpec const& spec, Workbench& bench);

/// What a user's table says of a candidate.
struct PlotUse {
  Answer used = Answer::unknown;
  std::optional<double> tonnes;
  std::optional<std::int64_t> year;
};
std::vector<PlotUse> plot_uses(BoundLandSpec const& spec, Inputs const& inputs, Issues& issues);

/// The waterway, or railway, opposite places on a bank.
struct Opposite {
  CemtRange cemt = range_of(Cemt::unknown);
  CemtBasis basis = CemtBasis::none;
  Row line = no_row;  ///< of the network's layer
};
/// `row` is that of the bank a place lies on.
struct BankPlace {
  Point at;
  Row row = no_row;
};
std::vector<Opposite> opposite(BoundLandSpec const& spec, Workbench const& bench, BoundNetwork const& network,
                               std::vector<BankPlace> const& places);

}  // namespace terrein
