#include "made_layers.hpp"

#include <array>

#include "terrein/core/error.hpp"

namespace terrein {
namespace {

struct Kind {
  std::vector<PlannedLayer> (*plan)(Study const& study);
  std::vector<MadeLayer> (*make)(MadeFrom const& from);  ///< called where `plan` gives any
};

/// All kinds, in the order in which their layers are written.
constexpr std::array kinds{
    Kind{plan_gates, make_gates},     Kind{plan_reach, make_reach},           Kind{plan_chains, make_chains},
    Kind{plan_whatif, make_whatif},   Kind{plan_bound, make_bound},           Kind{plan_sites, make_sites},
    Kind{plan_demand, make_demand},   Kind{plan_robustness, make_robustness}, Kind{plan_scenarios, make_scenarios},
    Kind{plan_targets, make_targets}, Kind{plan_agreement, make_agreement},   Kind{plan_trials, make_trials},
    Kind{plan_views, make_views},
};

std::size_t rows_of(MadeLayer const& made) { return made.ready ? made.ready->table.rows() : made.table.rows(); }

void check(std::vector<PlannedLayer> const& planned, std::vector<MadeLayer> const& made) {
  bool fits = planned.size() == made.size();
  for (std::size_t i = 0; fits && i < made.size(); ++i)
    fits = planned[i].name == made[i].name && planned[i].shape == made[i].shape &&
           (made[i].shape == ShapeType::none || made[i].shapes.size() == rows_of(made[i]));
  if (!fits) throw_error(ErrorKind::internal, "The layers made of '{}' are not those planned.", planned.front().name);
}

}  // namespace

std::vector<PlannedLayer> planned_layers(Study const& study) {
  std::vector<PlannedLayer> out;
  for (Kind const& kind : kinds)
    for (PlannedLayer& one : kind.plan(study)) out.push_back(std::move(one));
  return out;
}

std::vector<MadeLayer> make_layers(MadeFrom const& from) {
  std::vector<MadeLayer> out;
  MadeFrom after = from;
  after.made = &out;
  for (Kind const& kind : kinds) {
    auto const planned = kind.plan(from.study);
    if (planned.empty()) continue;
    auto made = kind.make(after);
    check(planned, made);
    for (MadeLayer& one : made) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace terrein
