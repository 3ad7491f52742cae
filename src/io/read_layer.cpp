#include "terrein/io/read_layer.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "io/fields.hpp"
#include "io/source.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

using Messages = std::vector<gdal::CplErrorScope::Message>;

/// Reads the shapes of features into a column.
class ShapeReader {
 public:
  ShapeReader(std::string layer_name, bool swapped, GeometryColumn& column, Issues& issues)
      : layer_name_(std::move(layer_name)), swapped_(swapped), column_(column), issues_(issues) {}

  /// Adds a row. `fault` is what GDAL said about this feature, if anything.
  void push(OGRFeatureH feature, std::string const& id, std::string const& fault) {
    OGRGeometryH shape = OGR_F_GetGeometryRef(feature);
    if (shape == nullptr && fault.empty()) return GeometryBuilder(column_).end_row(GeometryKind::null);
    bool mixed = false;
    if (shape == nullptr || !append(shape, mixed)) {
      GeometryBuilder(column_).end_row(GeometryKind::empty);
      add_issue(id, "unreadable_geometry",
                "The shape cannot be read and is taken as empty" + (fault.empty() ? "." : " (" + fault + ")."));
    } else if (!fault.empty()) {
      add_issue(id, "unreadable_value", "GDAL reports a fault in this row: " + fault + ".");
    }
    if (mixed)
      add_issue(id, "mixed_collection",
                "A collection of points, lines or polygons: only the parts of the highest "
                "dimension are kept.");
  }

 private:
  bool append(OGRGeometryH shape, bool& mixed) {
    gdal::Geometry const made = simplified(shape);
    if (made) shape = made.get();
    if (swapped_) OGR_G_SwapXY(shape);
    wkb_.resize(static_cast<std::size_t>(std::max(0, OGR_G_WkbSize(shape))));
    if (wkb_.empty() || OGR_G_ExportToIsoWkb(shape, wkbNDR, wkb_.data()) != OGRERR_NONE) return false;
    return append_wkb(column_, wkb_, &mixed);
  }

  /// Curves as lines, surfaces of patches as polygons; nothing when the shape is plain already.
  static gdal::Geometry simplified(OGRGeometryH shape) {
    OGRwkbGeometryType const type = OGR_GT_Flatten(OGR_G_GetGeometryType(shape));
    constexpr double arc_step_degrees = 1;  // as QGIS draws arcs: 4 cm off at a radius of 1 km
    if (OGR_G_HasCurveGeometry(shape, FALSE) != 0)
      return gdal::Geometry(OGR_G_GetLinearGeometry(shape, arc_step_degrees, nullptr));
    if (type == wkbPolyhedralSurface || type == wkbTIN || type == wkbTriangle)
      return gdal::Geometry(OGR_G_ForceToMultiPolygon(OGR_G_Clone(shape)));
    return nullptr;
  }

  void add_issue(std::string const& id, std::string code, std::string text) {
    Box const& box = column_.box.back();
    Point const place = box.empty() ? Point{NAN, NAN} : box.centre();
    issues_.add({layer_name_, id, "read", std::move(code), Severity::warning, place.x, place.y, std::move(text), true});
  }

  std::string layer_name_;
  bool swapped_;
  GeometryColumn& column_;
  Issues& issues_;
  std::vector<unsigned char> wkb_;
};

/// GDAL's warnings about the source as notes, each text once. Warnings about single numbers are left out: the numbers
/// themselves are checked.
class WarningNotes {
 public:
  void add(std::string const& text) {
    constexpr std::size_t most = 20;
    if (text.find("parsed incompletely") != std::string::npos || texts_.size() >= most) return;
    if (std::find(texts_.begin(), texts_.end(), text) == texts_.end()) texts_.push_back(text);
  }
  void add(Messages const& messages) {
    for (auto const& message : messages)
      if (message.level == CE_Warning) add(message.text);
  }
  void tell(std::string const& layer, Issues& issues) const {
    for (std::string const& text : texts_)
      issues.add({layer, "", "read", "source_warning", Severity::note, NAN, NAN, "GDAL says: " + text, true});
  }

 private:
  std::vector<std::string> texts_;
};

/// Sets the filter and counts. Negative = the source does not know its count.
GIntBig filter_and_count(OGRLayerH layer, ReadOptions const& options, Origin const& origin, gdal::CplErrorScope& said) {
  OGRErr fault = OGRERR_NONE;
  if (!options.where.empty()) fault = OGR_L_SetAttributeFilter(layer, options.where.c_str());
  GIntBig const count = fault == OGRERR_NONE ? OGR_L_GetFeatureCount(layer, TRUE) : -1;
  if (fault == OGRERR_NONE && said.failure().empty()) return count;
  if (!options.where.empty())
    throw_error(ErrorKind::config,
                "{} cannot be filtered by where = '{}': the filter is no valid condition on its fields.{} Correct it "
                "in the study; texts stand in single quotes, as in use = 'industry'.",
                origin.text(), options.where, said.sentence());
  throw_error(ErrorKind::input, "{} cannot be read: its rows cannot be counted.{} Get the file again.", origin.text(),
              said.sentence());
}

[[noreturn]] void throw_empty(ReadOptions const& options, Origin const& origin) {
  if (options.where.empty())
    throw_error(ErrorKind::input, "{} has no rows. Remove the layer from the study, or give a file that has some.",
                origin.text());
  throw_error(ErrorKind::input,
              "{} has no rows that meet where = '{}'. Check the filter: names and texts in it are "
              "case-sensitive in most formats.",
              origin.text(), options.where);
}

void check_complete(ReadResult& result, GIntBig declared, ReadOptions const& options, Origin const& origin,
                    gdal::CplErrorScope const& said) {
  std::size_t const rows = result.layer.size();
  result.rows_declared = declared < 0 ? rows : static_cast<std::size_t>(declared);
  if (result.driver == "ESRI Shapefile" && options.where.empty() && result.rows_declared > rows)
    result.rows_declared -= std::min(result.rows_declared, deleted_rows(options.path));
  if (result.rows_declared != rows || !said.failure().empty())
    throw_error(ErrorKind::input,
                "{} says {} rows, {} could be read: the source is damaged, cut off, or its count is out of date.{} Get "
                "it again, or write it anew with ogr2ogr.",
                origin.text(), result.rows_declared, rows, said.sentence());
  if (rows == 0) throw_empty(options, origin);
}

/// The feature loop.
Table read_rows(OGRLayerH layer, FieldReader& fields, ShapeReader& shapes, ReadResult& result,
                gdal::CplErrorScope& said, WarningNotes& notes) {
  constexpr std::size_t rows_between_checks = 1024;
  OGR_L_ResetReading(layer);
  std::size_t rows = 0;
  while (gdal::Feature const feature{OGR_L_GetNextFeature(layer)}) {
    if (rows % rows_between_checks == 0) check_stop();
    Messages const messages = said.empty() ? Messages{} : said.take();
    notes.add(messages);
    auto const id = fields.push(feature.get(), rows);
    shapes.push(feature.get(), id.value_or(std::to_string(OGR_F_GetFID(feature.get()))), gdal::first_failure(messages));
    result.layer.id.push_back(id.value_or(""));
    result.id_known.push_back(id ? 1 : 0);
    ++rows;
  }
  notes.add(said.messages());
  return fields.finish(rows);
}

}  // namespace

ReadResult read_layer(ReadOptions const& options, Issues& issues) {
  Origin const origin{options.name, options.path, options.written};
  Source const source = open_source(origin);
  std::string const wanted =
      options.layer.empty() && has_layer(source.dataset.get(), options.name) ? options.name : options.layer;
  OGRLayerH const layer = choose_layer(source.dataset.get(), wanted, origin);
  ReadResult result;
  result.driver = source.driver;
  result.source_layer = gdal::text_of(OGR_L_GetName(layer));
  result.layer.name = options.name;
  bool swapped = false;
  result.layer.crs = layer_crs(layer, options.crs, origin, swapped);

  WarningNotes notes;
  for (std::string const& warning : source.warnings) notes.add(warning);
  gdal::CplErrorScope said;
  GIntBig const declared = filter_and_count(layer, options, origin, said);
  if (declared == 0) throw_empty(options, origin);  // before its fields: formats without a schema have none then
  FieldReader fields(layer, options, origin, issues);
  fields.set_misplaced(misplaced_texts(source, layer, options.path, fields.number_fields()));
  if (options.where.empty()) fields.ignore_other_fields(layer);
  ShapeReader shapes(options.name, swapped, result.layer.geometry, issues);
  result.layer.attributes = read_rows(layer, fields, shapes, result, said, notes);
  notes.tell(options.name, issues);
  check_complete(result, declared, options, origin, said);
  result.layer.id_rank = rank_ids(result.layer.id);
  result.sha256 = source_hash(options.path, source.driver);
  return result;
}

}  // namespace terrein
