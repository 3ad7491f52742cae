#pragma once

#include "layers.hpp"

namespace terrein {

/// What to read of a layer: the attributes that the study needs, and those that a shipped model uses if they are there.
ReadOptions read_options(Study const& study, LayerConfig const& config);

/// Classes in terrein's vocabulary. Values that the study's table does not list are unknown, and counted as one issue
/// each. Of several classes those that are listed are kept, with an empty word for the rest ("rail;").
TextColumn map_classes(LayerConfig const& config, Layer const& layer, Issues& issues);

/// The table with its attributes under the names that terrein gives them, codes for "not known" as nulls, numbers in
/// terrein's units. The attributes as the source calls them stay. An attribute that the source itself calls so goes
/// before a renamed one.
Table rename_fields(Table table, std::vector<FieldRename> const& renames);

/// Layers that lie nowhere near the candidates most often carry the wrong CRS, or are of another region: an issue
/// `far_from_candidates`. Throws `Error{input}` when no candidate has a shape.
void check_distances(Study const& study, std::vector<LayerReport> const& reports, Issues& issues);

/// Layers that are older than the study allows (`outdated`), and those that state no date although it sets a limit
/// (`date_unknown`), become issues. Age is counted to the date of the study, else to the newest date of its layers.
void check_freshness(Study const& study, Issues& issues);

}  // namespace terrein
