#include "terrein/io/read_layer.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <span>

#include "io/fields.hpp"
#include "io/source.hpp"
#include "io/whole_source.hpp"
#include "terrein/core/current_work.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/row_filter.hpp"
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

/// The study's filter. Its faults name the layer.
RowFilter filter_of(ReadOptions const& options, Origin const& origin) {
  try {
    return RowFilter::parse(options.where);
  } catch (Error const& error) {
    throw_error(ErrorKind::config, "{}, key where: {} Texts stand in single quotes, as in use = 'industry'.",
                origin.text(), error.what());
  }
}

/// Negative = the source does not know its count.
GIntBig count_of(OGRLayerH layer, Origin const& origin, gdal::CplErrorScope& said) {
  GIntBig const count = OGR_L_GetFeatureCount(layer, TRUE);
  if (said.failure().empty()) return count;
  throw_error(ErrorKind::input, "{} cannot be read: its rows cannot be counted.{} Get the file again.", origin.text(),
              said.sentence());
}

void check_view(Source const& source, OGRLayerH layer, Origin const& origin) {
  auto const fault = source.view_faults.find(gdal::text_of(OGR_L_GetName(layer)));
  if (fault == source.view_faults.end()) return;
  throw_error(ErrorKind::input,
              "{}: '{}' is a view that cannot be carried out with SQLite's own functions ({}), and terrein runs no "
              "others. Save it as a table in a new file (in QGIS: Export), and name that.",
              origin.text(), fault->first, fault->second);
}

[[noreturn]] void throw_empty(Origin const& origin) {
  throw_error(ErrorKind::input, "{} has no rows. Remove the layer from the study, or give a file that has some.",
              origin.text());
}

void check_complete(ReadResult& result, GIntBig declared, ReadOptions const& options, Origin const& origin,
                    gdal::CplErrorScope const& said) {
  std::size_t const rows = result.rows_read = result.layer.size();
  result.rows_declared = declared < 0 ? rows : static_cast<std::size_t>(declared);
  if (result.driver == "ESRI Shapefile" && result.rows_declared > rows)
    result.rows_declared -= std::min(result.rows_declared, deleted_rows(options.path));
  if (result.rows_declared != rows || !said.failure().empty())
    throw_error(ErrorKind::input,
                "{} says {} rows, {} could be read: the source is damaged, cut off, or its count is out of date.{} Get "
                "it again, or write it anew with ogr2ogr.",
                origin.text(), result.rows_declared, rows, said.sentence());
  if (rows == 0) throw_empty(origin);
}

/// The fields that only the filter looks at.
std::vector<std::string> fields_for_filter(RowFilter const& filter, ReadOptions const& options) {
  std::vector<std::string> out;
  if (options.all_fields) return out;
  for (std::string const& field : filter.fields()) {
    auto const same = [&field](std::string const& other) { return lower(other) == lower(field); };
    if (std::none_of(options.fields.begin(), options.fields.end(), same) &&
        std::none_of(options.optional_fields.begin(), options.optional_fields.end(), same))
      out.push_back(field);
  }
  return out;
}

Table without(Table const& table, std::vector<std::string> const& names) {
  Table out(table.rows());
  for (AnyColumn const& column : table.columns()) {
    auto const same = [&column](std::string const& name) { return lower(name) == lower(name_of(column)); };
    if (std::none_of(names.begin(), names.end(), same)) out.add(column);
  }
  return out;
}

/// Issues of one layer, each with the row it was found in.
struct RowIssues {
  Issues issues;
  std::vector<Row> row;  ///< as many as issues
};

/// Drops the rows that the filter does not keep, and their issues. Throws `Error{input}` when none is left.
void keep_rows(RowFilter const& filter, Origin const& origin, ReadResult& result, RowIssues& found) {
  std::vector<std::uint8_t> kept;
  try {
    kept = filter.kept(result.layer.attributes);
  } catch (Error const& error) {
    throw_error(error.kind(), "{}, key where: {}.", origin.text(), error.what());
  }
  std::vector<Row> rows;
  for (Row row = 0; row < kept.size(); ++row)
    if (kept[row] != 0) rows.push_back(row);
  if (rows.empty())
    throw_error(ErrorKind::input,
                "{} has no rows that meet where = '{}', of {} rows read. Check the filter: texts are case-sensitive.",
                origin.text(), filter.text(), kept.size());
  Crs crs = std::move(result.layer.crs);
  result.layer = take(result.layer, rows);
  result.layer.crs = std::move(crs);
  std::vector<std::uint8_t> known;
  for (Row const row : rows) known.push_back(result.id_known[row]);
  result.id_known = std::move(known);
  Issues left;
  for (std::size_t i = 0; i < found.row.size(); ++i)
    if (found.row[i] == no_row || kept[found.row[i]] != 0) left.add(std::move(found.issues.rows()[i]));
  found.issues = std::move(left);
}

/// The feature loop.
Table read_rows(OGRLayerH layer, FieldReader& fields, ShapeReader& shapes, ReadResult& result,
                gdal::CplErrorScope& said, WarningNotes& notes, RowIssues& found) {
  constexpr std::size_t rows_between_checks = 1024;
  OGR_L_ResetReading(layer);
  std::size_t rows = 0;
  found.row.assign(found.issues.size(), no_row);
  while (gdal::Feature const feature{OGR_L_GetNextFeature(layer)}) {
    if (rows % rows_between_checks == 0) check_stop();
    Messages const messages = said.empty() ? Messages{} : said.take();
    notes.add(messages);
    auto const id = fields.push(feature.get(), rows);
    shapes.push(feature.get(), id.value_or(std::to_string(OGR_F_GetFID(feature.get()))), gdal::first_failure(messages));
    result.layer.id.push_back(id.value_or(""));
    result.id_known.push_back(id ? 1 : 0);
    found.row.resize(found.issues.size(), static_cast<Row>(rows));
    ++rows;
  }
  notes.add(said.messages());
  Table out = fields.finish(rows);
  found.row.resize(found.issues.size(), no_row);
  return out;
}

ReadResult read(ReadOptions const& asked, Origin const& origin, Issues& issues) {
  RowFilter const filter = filter_of(asked, origin);
  ReadOptions options = asked;
  auto const hidden = fields_for_filter(filter, asked);
  options.fields.insert(options.fields.end(), hidden.begin(), hidden.end());
  Source const source = open_source(origin, options.layer);
  WarningNotes notes;
  for (std::string const& warning : source.warnings) notes.add(warning);
  gdal::CplErrorScope said;
  std::string const wanted =
      options.layer.empty() && has_layer(source.dataset.get(), options.name) ? options.name : options.layer;
  OGRLayerH const layer = choose_layer(source.dataset.get(), wanted, origin);
  check_view(source, layer, origin);
  check_whole(source, layer, origin, issues);
  ReadResult result;
  result.driver = source.driver;
  result.source_layer = gdal::text_of(OGR_L_GetName(layer));
  result.layer.name = options.name;
  bool swapped = false;
  result.layer.crs = layer_crs(layer, options, origin, swapped, issues);

  for (auto const& message : said.take()) notes.add(message.text);
  GIntBig const declared = count_of(layer, origin, said);
  if (declared == 0) throw_empty(origin);  // before its fields: formats without a schema have none then
  RowIssues found;
  FieldReader fields(layer, options, origin, found.issues);
  fields.set_misplaced(misplaced_texts(source, layer, options.path, fields.number_fields()));
  fields.ignore_other_fields(layer);
  ShapeReader shapes(options.name, swapped, result.layer.geometry, found.issues);
  result.layer.attributes = read_rows(layer, fields, shapes, result, said, notes, found);
  check_complete(result, declared, options, origin, said);
  if (!filter.keeps_all()) keep_rows(filter, origin, result, found);
  if (!hidden.empty()) result.layer.attributes = without(result.layer.attributes, hidden);
  issues.append(std::move(found.issues));
  notes.tell(options.name, issues);
  result.layer.id_rank = rank_ids(result.layer.id);
  result.sha256 = source_hash(options.path, source.driver);
  return result;
}

}  // namespace

ReadResult read_layer(ReadOptions const& asked, Issues& issues) {
  Origin const origin{asked.name, asked.path, asked.written};
  CurrentWork const work("reading " + printable(origin.text()));
  try {
    return read(asked, origin, issues);
  } catch (std::bad_alloc const&) {
    throw_error(ErrorKind::input,
                "{} needs more memory than this machine has. Read part of it (where, or an extract), or use a machine "
                "with more memory; a small file that asks for so much is damaged.",
                origin.text());
  } catch (std::filesystem::filesystem_error const& error) {
    throw_error(ErrorKind::input, "{} cannot be read: {}.", origin.text(), error.what());
  }
}

}  // namespace terrein
