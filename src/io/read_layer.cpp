#include "terrein/io/read_layer.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "io/fields.hpp"
#include "io/original_reader.hpp"
#include "io/osm_check.hpp"
#include "io/source.hpp"
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
    WkbFacts facts;
    if (shape == nullptr || !append(shape, facts)) {
      GeometryBuilder(column_).end_row(GeometryKind::empty);
      add_issue(id, "unreadable_geometry",
                "The shape cannot be read and is taken as empty" + (fault.empty() ? "." : " (" + fault + ")."));
    } else if (!fault.empty()) {
      add_issue(id, "unreadable_value", "GDAL reports a fault in this row: " + fault + ".");
    }
    if (facts.arcs) curved_rows_.push_back(static_cast<Row>(column_.size() - 1));
    if (facts.open)
      add_issue(id, "open_ring", "A ring does not come back to its start; it was closed by a straight line.");
    if (facts.mixed)
      add_issue(id, "mixed_collection",
                "A collection of points, lines or polygons: only the parts of the highest "
                "dimension are kept.");
  }

  void set_curve_tolerance(double units) { curve_tolerance_ = units; }
  /// Rows whose shapes have arcs, ascending.
  [[nodiscard]] std::vector<Row> const& curved_rows() const { return curved_rows_; }

 private:
  bool append(OGRGeometryH shape, WkbFacts& facts) {
    if (swapped_) OGR_G_SwapXY(shape);
    wkb_.resize(static_cast<std::size_t>(std::max(0, OGR_G_WkbSize(shape))));
    if (wkb_.empty() || OGR_G_ExportToIsoWkb(shape, wkbNDR, wkb_.data()) != OGRERR_NONE) return false;
    return append_wkb(column_, wkb_, curve_tolerance_, facts);
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
  double curve_tolerance_ = 0;
  std::vector<Row> curved_rows_;
};

/// GDAL's warnings about the source as notes, each text once. Warnings about single numbers and about rings are
/// left out: these are checked themselves.
class WarningNotes {
 public:
  void add(std::string const& text) {
    constexpr std::size_t most = 20;
    if (text.find("Skipping to next feature") != std::string::npos) return skipped_.push_back(text);
    if (text.find("parsed incompletely") != std::string::npos || text.starts_with("Non closed ring") ||
        texts_.size() >= most)
      return;
    if (std::find(texts_.begin(), texts_.end(), text) == texts_.end()) texts_.push_back(text);
  }
  void add(Messages const& messages) {
    for (auto const& message : messages)
      if (message.level == CE_Warning) add(message.text);
  }
  /// Features that GDAL left out because it could not read them: GML alone does so.
  [[nodiscard]] std::size_t skipped() const { return skipped_.size(); }
  void tell(std::string const& layer, Issues& issues) const {
    for (std::string const& text : skipped_)
      issues.add({layer, "", "read", "unreadable_row", Severity::error, NAN, NAN,
                  "A feature of the source cannot be read and is missing. GDAL says: " + text, true});
    for (std::string const& text : texts_)
      issues.add({layer, "", "read", "source_warning", Severity::note, NAN, NAN, "GDAL says: " + text, true});
  }

 private:
  std::vector<std::string> texts_, skipped_;
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

[[noreturn]] void throw_empty(Origin const& origin) {
  throw_error(ErrorKind::input, "{} has no rows. Remove the layer from the study, or give a file that has some.",
              origin.text());
}

void check_complete(ReadResult& result, GIntBig declared, ReadOptions const& options, Origin const& origin,
                    gdal::CplErrorScope const& said, std::size_t skipped) {
  std::size_t const rows = result.rows_read = result.layer.size();
  result.rows_declared = declared < 0 ? rows : static_cast<std::size_t>(declared);
  if (result.driver == "ESRI Shapefile" && result.rows_declared > rows)
    result.rows_declared -= std::min(result.rows_declared, deleted_rows(options.path));
  if (result.rows_declared != rows + skipped || !said.failure().empty())
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
  if (result.original) result.original = take(*result.original, rows);
  std::vector<std::uint8_t> known;
  for (Row const row : rows) known.push_back(result.id_known[row]);
  result.id_known = std::move(known);
  Issues left;
  for (std::size_t i = 0; i < found.row.size(); ++i)
    if (found.row[i] == no_row || kept[found.row[i]] != 0) left.add(std::move(found.issues.rows()[i]));
  found.issues = std::move(left);
  std::erase_if(result.curved_rows, [&kept](Row row) { return kept[row] == 0; });
  for (Row& row : result.curved_rows)
    row = static_cast<Row>(std::lower_bound(rows.begin(), rows.end(), row) - rows.begin());
}

/// Metres in the units of the coordinates, never larger: a degree is at most 111.7 km, at the poles.
double in_units(double metres, Crs const& crs) {
  constexpr double largest_degree_m = 111700;
  return metres / (crs.projected ? crs.metres_per_unit : largest_degree_m);
}

void tell_of_curves(ReadResult const& result, ReadOptions const& options, Issues& issues) {
  if (result.curved_rows.empty()) return;
  issues.add({.layer = options.name,
              .stage = "read",
              .code = "curves",
              .severity = Severity::note,
              .text = fmt::format("{} rows have circular arcs; they became straight pieces at most {} m off.",
                                  result.curved_rows.size(), options.curve_tolerance_m)});
}

/// The feature loop.
Table read_rows(OGRLayerH layer, FieldReader& fields, ShapeReader& shapes, ReadResult& result,
                std::optional<OriginalReader>& original, std::optional<OsmCheck>& osm, gdal::CplErrorScope& said,
                WarningNotes& notes, RowIssues& found) {
  constexpr std::size_t rows_between_checks = 1024;
  OGR_L_ResetReading(layer);
  std::size_t rows = 0;
  found.row.assign(found.issues.size(), no_row);
  while (gdal::Feature const feature{OGR_L_GetNextFeature(layer)}) {
    if (rows % rows_between_checks == 0) check_stop();
    Messages const messages = said.empty() ? Messages{} : said.take();
    notes.add(messages);
    auto id = fields.push(feature.get(), rows);
    if (osm) osm->push(feature.get());
    if (osm && !id) id = osm->way_id(feature.get());
    shapes.push(feature.get(), id.value_or(std::to_string(OGR_F_GetFID(feature.get()))), gdal::first_failure(messages));
    if (original) original->push(feature.get());
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

}  // namespace

ReadResult read_layer(ReadOptions const& asked, Issues& issues) {
  Origin const origin{asked.name, asked.path, asked.written};
  RowFilter const filter = filter_of(asked, origin);
  ReadOptions options = asked;
  auto const hidden = fields_for_filter(filter, asked);
  options.fields.insert(options.fields.end(), hidden.begin(), hidden.end());
  Source const source = open_source(origin, options.layer);
  std::string const wanted =
      options.layer.empty() && has_layer(source.dataset.get(), options.name) ? options.name : options.layer;
  OGRLayerH const layer = choose_layer(source.dataset.get(), wanted, origin);
  ReadResult result;
  result.driver = source.driver;
  result.source_layer = gdal::text_of(OGR_L_GetName(layer));
  result.layer.name = options.name;
  bool swapped = false;
  result.layer.crs = layer_crs(layer, options, origin, swapped, issues);

  WarningNotes notes;
  for (std::string const& warning : source.warnings) notes.add(warning);
  gdal::CplErrorScope said;
  GIntBig const declared = count_of(layer, origin, said);
  if (declared == 0) throw_empty(origin);  // before its fields: formats without a schema have none then
  RowIssues found;
  FieldReader fields(layer, options, origin, found.issues);
  fields.set_misplaced(misplaced_texts(source, layer, options.path, fields.number_fields()));
  std::optional<OriginalReader> original;
  std::optional<OsmCheck> osm;
  if (options.keep_original) original.emplace(source, layer, options.path);
  if (source.driver == "OSM") {
    read_only_layer(source.dataset.get(), result.source_layer);
    osm.emplace(layer);
  }
  if (!original && !osm) fields.ignore_other_fields(layer);
  ShapeReader shapes(options.name, swapped, result.layer.geometry, found.issues);
  shapes.set_curve_tolerance(in_units(options.curve_tolerance_m, result.layer.crs));
  result.layer.attributes = read_rows(layer, fields, shapes, result, original, osm, said, notes, found);
  check_complete(result, declared, options, origin, said, notes.skipped());
  if (osm)
    osm->finish(GDALGetDescription(source.dataset.get()), options.name, result.layer.id, result.layer.geometry,
                found.issues, found.row);
  result.curved_rows = shapes.curved_rows();
  if (original) result.original = original->finish(options.name, issues);
  if (original) result.original->crs = result.layer.crs;
  if (!filter.keeps_all()) keep_rows(filter, origin, result, found);
  if (!hidden.empty()) result.layer.attributes = without(result.layer.attributes, hidden);
  issues.append(std::move(found.issues));
  tell_of_curves(result, options, issues);
  notes.tell(options.name, issues);
  result.layer.id_rank = rank_ids(result.layer.id);
  result.sha256 = source_hash(options.path, source.driver);
  return result;
}

}  // namespace terrein
