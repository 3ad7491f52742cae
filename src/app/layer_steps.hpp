#pragma once

#include "layers.hpp"

namespace terrein {

/// What to read of a layer: the attributes that the study needs, and those that a shipped model uses if they are there.
ReadOptions read_options(Study const& study, LayerConfig const& config);

/// Places of the study's layers so that every layer comes after the one whose shapes it takes, else as they stand.
std::vector<std::size_t> loading_order(Study const& study);
/// The layer whose shapes a layer has in the end: itself when it joins no other.
LayerConfig const& shapes_of(Study const& study, LayerConfig const& config);
/// The tables whose columns a layer gets, in their order.
std::vector<ReadResult> read_added(LayerConfig const& config, Issues& issues);
/// Adds their columns, and tells of it in the report.
void add_tables(LayerConfig const& config, Layer& layer, std::vector<ReadResult> const& tables, LayerReport& report,
                Issues& issues);

/// Classes in terrein's vocabulary. Values that the study's table does not list are unknown, and counted as one issue
/// each. Of several classes those that are listed are kept, with an empty word for the rest ("rail;").
TextColumn map_classes(LayerConfig const& config, Layer const& layer, Issues& issues);

/// Of a layer of plans whose profile says which phases are in force: rows in another phase, or one that no list of the
/// profile has, keep their place, but their class is not known. One issue per phase.
void forget_doubtful_plans(LayerConfig const& config, Layer const& layer, TextColumn& class_of, Issues& issues);

/// For others than the owners of the data: without the attributes about persons but those that are measured, which stay
/// inside. A note names all of them, with those that were left out of the original.
Table without_personal(Study const& study, LayerConfig const& config, Table table, std::vector<std::string> left_out,
                       Issues& issues);
/// Takes the attributes about persons out of the rows as delivered; gives their names.
std::vector<std::string> leave_out_personal(Study const& study, LayerConfig const& config, OriginalRows& rows);

/// The table with its attributes under the names that terrein gives them, codes for "not known" as nulls, numbers in
/// terrein's units. The attributes as the source calls them stay. An attribute that the source itself calls so goes
/// before a renamed one.
Table rename_fields(Table table, std::vector<FieldRename> const& renames);

/// A prepared layer with what its configuration says of its attributes: classes, approximate positions, network.
MeasuringLayer measuring_layer(LayerConfig const& config, Layer layer, Issues& issues);

/// How rows of a layer are prepared; `crs` is the study's.
PrepareOptions prepare_options(Study const& study, LayerConfig const& config, Crs const& crs, unsigned workers);

/// Builds the graphs of a network. Facts about lines are kept where the study names some; without them the graph alone
/// is built, in less time.
void add_network(std::string const& key, Layer const& lines, GraphOptions const& options, StudyLayers& out,
                 Issues& issues, unsigned workers);

/// The study with what the manifests of its snapshots tell, where it says nothing itself: the layer in the file, the
/// date, the attribution.
Study with_snapshots(Study study);

/// One note of rows whose text was encoded twice, if there are any.
void tell_of_mended(std::string const& layer, ClassMapping const& mapping, Issues& issues);

/// Layers that lie nowhere near the candidates most often carry the wrong CRS, or are of another region: an issue
/// `far_from_candidates`. Throws `Error{input}` when no candidate has a shape.
void check_distances(Study const& study, std::vector<LayerReport> const& reports, Issues& issues);

/// Layers that are older than the study allows (`outdated`), and those that state no date although it sets a limit
/// (`date_unknown`), become issues. Age is counted to the date of the study, else to the newest date of its layers.
void check_freshness(Study const& study, Issues& issues);

/// Looks at the fabric of a layer where the study asks for it; common land of the candidates is settled after the
/// study's policy. Without counts where it does not.
FabricReport check_layer_fabric(Study const& study, LayerConfig const& config, Layer& layer, unsigned workers,
                                Issues& issues);

/// Candidates that lie on both sides of a border of the study, or partly outside; each becomes an issue
/// `crosses_border`.
std::map<std::string, BorderMark> mark_borders(Study const& study, StudyLayers const& layers, unsigned workers,
                                               Issues& issues);

}  // namespace terrein
