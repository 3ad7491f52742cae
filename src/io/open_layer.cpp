#include "io/open_layer.hpp"

#include <algorithm>

#include "io/gml_geometry.hpp"
#include "io/shape_crs.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

/// GDAL reads one shape of a GML feature that has several, and says nothing.
void check_one_shape(Source const& source, ReadOptions const& options, Origin const& origin) {
  if (source.driver != "GML" || !options.geometry.empty()) return;
  GmlShapes const shapes = gml_shapes(gdal::text_of(GDALGetDescription(source.dataset.get())));
  if (shapes.several)
    throw_error(ErrorKind::input,
                "{}: its features have several shapes: {}. Say which one counts with geometry = "
                "\"{}\".",
                origin.text(), join(shapes.all, ", "), shapes.all.front());
}

void check_view(Source const& source, OGRLayerH layer, Origin const& origin) {
  auto const fault = source.view_faults.find(gdal::text_of(OGR_L_GetName(layer)));
  if (fault == source.view_faults.end()) return;
  throw_error(ErrorKind::input,
              "{}: '{}' is a view that cannot be carried out with SQLite's own functions ({}), and terrein runs no "
              "others. Save it as a table in a new file (in QGIS: Export), and name that.",
              origin.text(), fault->first, fault->second);
}

/// Adds the fields that only reading looks at to those that are read, and gives them.
std::vector<std::string> add_hidden_fields(std::vector<std::string> const& used, ReadOptions& options) {
  std::vector<std::string> out;
  if (options.all_fields) return out;
  for (std::string const& field : used) {
    auto const same = [&field](std::string const& other) { return lower(other) == lower(field); };
    if (std::none_of(options.fields.begin(), options.fields.end(), same) &&
        std::none_of(options.optional_fields.begin(), options.optional_fields.end(), same))
      out.push_back(field);
  }
  options.fields.insert(options.fields.end(), out.begin(), out.end());
  return out;
}

/// The columns with coordinates; nothing when the layer has shapes of its own, or none are asked for. Fills in the CRS
/// that their names tell.
std::optional<TablePoints> points_of(OGRLayerH layer, ReadOptions& options, Origin const& origin) {
  bool const named = !options.x_field.empty() || !options.coordinates_field.empty();
  if (!options.shapes) return std::nullopt;
  if (is_spatial(layer)) {
    if (named)
      throw_error(ErrorKind::input,
                  "{} has shapes of its own, so that columns with coordinates have no meaning. Remove x, y and "
                  "coordinates from this layer in the study.",
                  origin.text());
    return std::nullopt;
  }
  auto points = TablePoints::find(layer, options, origin);
  if (!points) throw_no_shapes(layer, origin);
  if (points->crs().empty() || !options.crs_override.empty()) return points;
  if (options.crs.empty()) options.crs = points->crs();
  if (!points->named() && !same_crs(crs_from(options.crs), crs_from(points->crs())))
    throw_error(ErrorKind::crs,
                "{} has columns {}, which by their names are in {}, but the study declares {} for it. Name the columns "
                "that are in {} with x and y.",
                origin.text(), points->columns_text(), points->crs(), options.crs, options.crs);
  return points;
}

void open_database(OpenedLayer& out, ReadOptions& options, Origin const& origin, ReadResult& result) {
  if (options.keep_original)
    throw_error(ErrorKind::config, "{}: [output] originals copies layers of files; a database keeps its own.",
                origin.text());
  out.table = std::make_unique<pg::TableReader>(options, origin);
  out.layer = out.table->layer();
  out.source.driver = "PostgreSQL";
  options.id_field = out.table->id_field();
  result.table = out.table->database() + " " + out.table->relation().sql();
  result.source_layer = out.table->relation().text();
}

void open_data_set(OpenedLayer& out, ReadOptions& options, Origin const& origin, ReadResult& result) {
  out.source = open_source(origin, options.layer, options.geometry);
  gdal::CplErrorScope const said;  // about the columns of views, for instance
  check_one_shape(out.source, options, origin);
  bool const tables = !options.shapes || !options.x_field.empty() || !options.coordinates_field.empty();
  out.layer = choose_layer(out.source.dataset.get(), options.layer, tables, origin);
  check_view(out.source, out.layer, origin);
  out.points = points_of(out.layer, options, origin);
  if (out.points && options.crs_field.empty()) out.labels = crs_label_column(out.layer);
  result.source_layer = gdal::text_of(OGR_L_GetName(out.layer));
  for (auto const& message : said.messages())
    if (message.level == CE_Warning) out.source.warnings.push_back(message.text);
}

}  // namespace

OpenedLayer open_layer(ReadOptions& options, RowFilter const& filter, Origin const& origin, ReadResult& result) {
  OpenedLayer out;
  out.hidden = add_hidden_fields(filter.fields(), options);
  if (is_database(options.path))
    open_database(out, options, origin, result);
  else
    open_data_set(out, options, origin, result);
  if (!out.labels.empty())
    for (std::string& field : add_hidden_fields({out.labels}, options)) out.hidden.push_back(std::move(field));
  result.driver = out.source.driver;
  result.layer.name = options.name;
  return out;
}

}  // namespace terrein
