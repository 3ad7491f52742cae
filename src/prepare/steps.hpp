#pragma once
// The steps of prepare_layer, in their order. Private to this room.

#include <string>
#include <vector>

#include "terrein/prepare/prepare_layer.hpp"

namespace terrein::prepare {

/// Makes ids known and unique after the policy, and ranks them. Returns the rows whose shape must not be used.
[[nodiscard]] std::vector<Row> settle_ids(Layer& layer, std::vector<std::uint8_t> const& id_known,
                                          PrepareOptions const& options, PrepareReport& report, Issues& issues);
/// Brings the rows of a layer in several CRS to the layer's, each by its own operation.
void unify_crs(Layer& layer, PrepareOptions const& options, PrepareReport& report, Issues& issues);
/// Coordinates against the area where their CRS may be used: `Error{crs}` with what fits instead when most shapes lie
/// outside, an issue `outside_area_of_use` for single ones.
void check_place(Layer const& layer, Crs const& study, Issues& issues);
/// What the coordinates fit if not their label: one sentence with the remedy. Axes of rasters are never swapped.
[[nodiscard]] std::string what_fits(GeometryColumn const& column, Crs const& labelled, Crs const& study,
                                    bool is_raster);
/// Counts null and empty rows and makes an issue of each.
void tell_of_shapeless_rows(Layer const& layer, PrepareReport& report, Issues& issues);
/// Empties the shapes of rows (ascending); rows and attributes stay.
void empty_rows(GeometryColumn& column, std::vector<Row> const& rows);
/// Repairs invalid shapes; what cannot be repaired is emptied. `reprojected`: the layer is in the study's CRS already.
void repair_shapes(Layer& layer, unsigned workers, bool reprojected, PrepareReport& report, Issues& issues);
/// Brings the layer, and the places of its issues, to the study's CRS.
void reproject(Layer& layer, PrepareOptions const& options, PrepareReport& report, Issues& issues);

/// Numbers that are degrees, or zeros for "unknown". No place of a study lies so near the origin of a projected CRS,
/// though the area of some national grids holds it.
[[nodiscard]] bool looks_like_degrees(Point place);
/// Throws `Error{crs}` when an operation is less accurate than the study accepts.
void check_accuracy(Layer const& layer, Crs const& from, Crs const& to, double max_crs_error_m,
                    TransformInfo const& info);
/// Rows again from their vertices: boxes and orientation in the new system. Rows that lie partly outside it are
/// emptied, and an issue at their place in `before`.
void rebuild_rows(Layer& layer, std::vector<Box> const& before, std::vector<Issue>& outside);

/// An issue of a row at the centre of its box, in the layer's own CRS.
[[nodiscard]] Issue issue_at(Layer const& layer, std::size_t row, std::string stage, std::string code,
                             Severity severity, std::string text);

}  // namespace terrein::prepare
