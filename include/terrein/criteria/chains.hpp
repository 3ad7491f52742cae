#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "terrein/criteria/criterion.hpp"
#include "terrein/network/chains.hpp"

namespace terrein {

/// Waterways or railways that carry the main leg of chains.
struct MainLayerSpec {
  std::string layer;                 ///< key of a layer with a graph
  std::vector<std::string> classes;  ///< classes of the terminals where goods change to it
  double access_m = 500;             ///< terminals, destinations, quays and sidings at most so far lie beside it
  std::string own;                   ///< key of the layer of quays or sidings; empty = candidates have none
  double own_m = 50;                 ///< a candidate at most so far from one has it as its own
};

/// Chains of transport from candidates to destinations, for one kind of goods.
struct ChainSpec {
  std::string key;
  std::string label_nl, label_en;
  std::string destinations;                 ///< key of a layer
  std::string weight_field;                 ///< its attribute with how much goes there; empty = all count alike
  std::string terminals;                    ///< key of a layer
  std::string capacity_field, hours_field;  ///< their attributes that are shown beside the chains; empty = none
  std::string track_field;                  ///< attribute of terminals and sidings: metres of track; empty = not told
  double train_m = 740;                     ///< a train is no longer
  std::string roads;                        ///< key of a layer with a graph
  JoinAt join = JoinAt::centroid;
  double access_kmh = 20;
  std::optional<MainLayerSpec> barge, rail;
  Goods goods = Goods::container;
  std::vector<std::string> sets{"starter"};  ///< of the table of factors
  std::string factors_path;                  ///< of the table that was read; empty = the shipped one
  FreightFactors factors;
  std::size_t shown = 10;  ///< of so many best candidates per model the chains are written

  [[nodiscard]] std::optional<MainLayerSpec> const& main(Mode mode) const { return mode == Mode::rail ? rail : barge; }
};

/// Keys of all layers that chains look at, barriers of gates left out; no key twice.
[[nodiscard]] std::vector<std::string> layers_of(ChainSpec const& chains);

/// A chain of a candidate with the features that it passes.
struct ChainRow {
  std::size_t candidate = 0;
  Row destination = no_row;
  Row terminal = no_row, to_terminal = no_row;  ///< of the layer of terminals
  Row own = no_row;                             ///< quay or siding
  Chain chain;
  bool cheapest = false, fastest = false, cleanest = false;  ///< of all chains to this destination
  std::optional<Figure> saving_euro, saving_kg;              ///< against the road; nothing where no road leads there
  std::optional<Figure> break_even_km;                       ///< nothing by road, and where there is none
  std::vector<std::vector<double>> lines;                    ///< x, y pairs of truck, main leg and truck, as travelled
};
/// The chains of some candidates, in the order of `candidates`, destinations (by id) and kinds: per destination and
/// kind the cheapest, and the fastest and the cleanest of all where they differ from those. Over lines that are perhaps
/// open. Candidates without a join to the roads have none but direct ones. Throws as `measure` does.
[[nodiscard]] std::vector<ChainRow> chain_rows(ChainSpec const& chains, Inputs const& inputs,
                                               std::vector<std::size_t> const& candidates);

/// Measures criteria of chains under other factors: those of draw i are `draws[i]`, by key of the chains. Precondition:
/// all draws name the same chains; those they do not name keep their own. Calls take(draw, number of the spec,
/// measure), draw after draw. The ways that freight can go are searched once, what they cost is reckoned for every
/// draw. Throws as `measure` does.
void measure_under(std::span<CriterionSpec const> specs, Inputs const& inputs,
                   std::span<std::map<std::string, FreightFactors> const> draws,
                   std::function<void(std::size_t, std::size_t, Measure)> const& take);

}  // namespace terrein
