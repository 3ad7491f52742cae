#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "judge.hpp"
#include "layers.hpp"
#include "terrein/core/issues.hpp"
#include "terrein/io/geopackage.hpp"

namespace terrein {

// Layers and tables of the result whose rows are neither candidates nor rows of a source, such as gates. A kind of them
// is a file made_<kind>.cpp with two functions, and a line in made_layers.cpp.

/// A layer that a study asks for, known before anything is read.
struct PlannedLayer {
  std::string name;  ///< in the result
  ShapeType shape = ShapeType::none;
};

/// A layer or table that was made. Its title is the label "layer" of its name, the alias of a column the label
/// "column" of the column's, its style that of the look of its name (styles/context_<name>.qml).
struct MadeLayer {
  std::string name;
  ShapeType shape = ShapeType::none;
  std::string description;  ///< a sentence for the metadata, in the language of the result; may be empty
  GeometryColumn shapes;    ///< row i belongs to row i of the table; no rows without `shape`
  Table table;
  std::map<std::string, FieldNote> notes = {};  ///< of columns whose meaning is not that of their label
  std::map<std::string, std::string> codes;     ///< by column of codes: the kind of labels that has their words
  std::optional<OutputLayer> ready = {};        ///< the layer with its style and fields, in place of all but the shapes
};

/// What layers are made of: a study that was read, measured and judged.
struct MadeFrom {
  Study const& study;
  StudyLayers const& layers;
  Inputs const& inputs;  ///< candidates, layers and networks
  Judgement const& judgement;
  Labels const& labels;
  Issues& issues;                                ///< takes those found while layers are made
  std::vector<MadeLayer> const* made = nullptr;  ///< by kinds that come before this one; null = there are none yet
};

/// Runs a part of making layers and notes how long it took, where anybody asks.
template <class Work>
auto timed(MadeFrom const& from, char const* part, Work const& work) {
  return from.inputs.stats == nullptr ? work() : from.inputs.stats->part(part, work);
}

/// The layers that a study asks for, in the order in which they are written; none for most studies.
std::vector<PlannedLayer> planned_layers(Study const& study);

/// Makes them. Throws `Error{internal}` when a kind makes others than it planned, and what the kinds throw.
std::vector<MadeLayer> make_layers(MadeFrom const& from);

/// [output] gates: where candidates meet networks, a row per gate, and a row per way that a barrier bars.
std::vector<PlannedLayer> plan_gates(Study const& study);
std::vector<MadeLayer> make_gates(MadeFrom const& from);

/// [chains]: the chains of the best candidates, and the factors that count.
std::vector<PlannedLayer> plan_chains(Study const& study);
std::vector<MadeLayer> make_chains(MadeFrom const& from);

/// [reach]: isochrones and market areas.
std::vector<PlannedLayer> plan_reach(Study const& study);
std::vector<MadeLayer> make_reach(MadeFrom const& from);

/// [whatif]: who gains and loses by changes of layers.
std::vector<PlannedLayer> plan_whatif(Study const& study);
std::vector<MadeLayer> make_whatif(MadeFrom const& from);

/// [bound_land]: plots that plans bind to water or rail, their fronts, and sums per park and section.
std::vector<PlannedLayer> plan_bound(Study const& study);
std::vector<MadeLayer> make_bound(MadeFrom const& from);

/// [assembly]: sites of adjoining parcels, alternatives to them, and why each parcel is in one.
std::vector<PlannedLayer> plan_sites(Study const& study);
std::vector<MadeLayer> make_sites(MadeFrom const& from);

/// [demand]: demand for business land, the supply that meets it, and sums by subregion. Sites must be made before.
std::vector<PlannedLayer> plan_demand(Study const& study);
std::vector<MadeLayer> make_demand(MadeFrom const& from);

/// [stakeholders]: what those who have a say agree on, and where they differ.
std::vector<PlannedLayer> plan_views(Study const& study);
std::vector<MadeLayer> make_views(MadeFrom const& from);

/// Rankings by other methods ([robustness] methods).
std::vector<PlannedLayer> plan_agreement(Study const& study);
std::vector<MadeLayer> make_agreement(MadeFrom const& from);

/// [trials]: what rules take in pairs, and candidates that miss by little.
std::vector<PlannedLayer> plan_trials(Study const& study);
std::vector<MadeLayer> make_trials(MadeFrom const& from);

/// [targets]: candidates most like a given one.
std::vector<PlannedLayer> plan_targets(Study const& study);
std::vector<MadeLayer> make_targets(MadeFrom const& from);

/// [scenarios]: who moves in which scenario, how far, and why.
std::vector<PlannedLayer> plan_scenarios(Study const& study);
std::vector<MadeLayer> make_scenarios(MadeFrom const& from);

/// [robustness]: how sure the rankings are, and what is worth knowing first.
std::vector<PlannedLayer> plan_robustness(Study const& study);
std::vector<MadeLayer> make_robustness(MadeFrom const& from);

}  // namespace terrein
