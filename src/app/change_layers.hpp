#pragma once

#include <string>
#include <utility>
#include <vector>

#include "layers.hpp"
#include "terrein/io/source_hash.hpp"

namespace terrein {

/// All changes of a layer: its own, and those of what-ifs.
std::vector<LayerChange const*> changes_of(Study const& study, LayerConfig const& config);

/// Every change of a study by its key: "roads.changes", or "roads.bridge" for what-if `bridge`.
std::vector<std::pair<std::string, LayerChange const*>> keyed_changes(Study const& study);
/// All of them, to be set.
std::vector<LayerChange*> all_changes(Study& study);
/// What every change that was loaded did, in the same order.
std::vector<ChangeReport const*> change_reports(StudyLayers const& layers);

/// How the rows are read that join a layer.
ReadOptions joining_options(Study const& study, LayerConfig const& config, LayerChange const& change);

/// Reads a change of a layer that is in `all`. Rows that join are prepared as the layer's own: the same attributes mean
/// the same (an absent one is null, issue `missing_field`), classes are mapped, coordinates brought to the study's CRS;
/// the filter of the layer does not bear on them. Without an id field they are called "<name>:1" and so on. `name` says
/// whose change it is; issues are those of a layer "<layer>.<name>". Throws `Error{input}` for an id that the layer has
/// already, for one to close that it does not have, and when nothing changes although something was asked for.
LoadedChange load_change(Study const& study, LayerConfig const& config, LayerChange const& change,
                         std::string const& name, StudyLayers const& all, SourceHashes& hashes, unsigned workers,
                         Issues& issues);
LoadedWhatIf load_whatif(Study const& study, WhatIf const& whatif, StudyLayers const& all, SourceHashes& hashes,
                         unsigned workers, Issues& issues);

/// Takes rows out of a layer and adds others after those that stay. Coverage stays as it is: where a layer is complete
/// is told by its source.
void apply(LoadedChange const& change, MeasuringLayer& layer);

/// The layers and networks of a study while a what-if is tried: changed on construction, as they were again in the end.
/// Layers that are made of changed ones, and networks of changed lines, are made anew. Rows that other layers hold stay
/// where they are, so that pointers to layers stay good.
class TriedLayers {
 public:
  /// Issues of networks that the study itself does not have are told, of the layer "<layer>.<key of the what-if>".
  TriedLayers(Study const& study, LoadedWhatIf const& whatif, StudyLayers& layers, unsigned workers, Issues& issues);
  TriedLayers(TriedLayers const&) = delete;
  ~TriedLayers();

  /// Keys of layers that are others now.
  [[nodiscard]] std::vector<std::string> const& changed() const noexcept { return changed_; }
  /// A changed layer as it was.
  [[nodiscard]] MeasuringLayer const& before(std::string const& key) const { return kept_.layers.at(key); }

 private:
  /// Exchanges all that is known of a network.
  void swap_network(std::string const& key, StudyLayers& other);

  StudyLayers& layers_;
  StudyLayers kept_;  ///< what was there before
  std::vector<std::string> changed_;
};

}  // namespace terrein
