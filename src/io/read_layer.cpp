#include "terrein/io/read_layer.hpp"

#include <algorithm>
#include <cmath>
#include <new>
#include <span>

#include "io/fields.hpp"
#include "io/gpkg_rows.hpp"
#include "io/json_shapes.hpp"
#include "io/nowhere.hpp"
#include "io/open_layer.hpp"
#include "io/original_reader.hpp"
#include "io/osm_check.hpp"
#include "io/shape_reader.hpp"
#include "io/source.hpp"
#include "io/whole_source.hpp"
#include "terrein/core/current_work.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/progress.hpp"
#include "terrein/core/redact.hpp"
#include "terrein/core/row_filter.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/content_hash.hpp"

namespace terrein {
namespace {

using Messages = std::vector<gdal::CplErrorScope::Message>;

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
      issues.add({layer, "", "read", "unreadable_row", Severity::error, nowhere, nowhere,
                  "A feature of the source cannot be read and is missing. GDAL says: " + text, true});
    for (std::string const& text : texts_)
      issues.add({layer, "", "read", "source_warning", Severity::note, nowhere, nowhere, "GDAL says: " + text, true});
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
  bool const complete = result.rows_declared == rows + skipped && said.failure().empty();
  if (complete && rows == 0) throw_empty(origin);
  if (complete) return;
  if (result.driver == "PostgreSQL")
    throw_error(ErrorKind::input,
                "{} says {} rows, {} could be read: the connection was lost, or the server could not give the rest.{} "
                "Run again; nothing was written.",
                origin.text(), result.rows_declared, rows, without_passwords_of(options.path, said.sentence()));
  throw_error(
      ErrorKind::input,
      "{} says {} rows, {} could be read: the source is damaged, cut off, or its count is out of date.{} Get it "
      "again, or write it anew with ogr2ogr.",
      origin.text(), result.rows_declared, rows, said.sentence());
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
void keep_rows(RowFilter const& filter, Origin const& origin, ReadResult& result, RowIssues& found,
               ShapeCrs* crs_check) {
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
  if (crs_check != nullptr && crs_check->rows() == kept.size()) crs_check->keep(kept);
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

/// Rows that GDAL gave no shape although their document states one.
void tell_of_lost_shapes(Source const& source, ReadOptions const& options, ReadResult const& result, RowIssues& found) {
  GeometryColumn const& shapes = result.layer.geometry;
  std::vector<Row> shapeless;
  for (Row row = 0; row < shapes.size(); ++row)
    if (!shapes.has_shape(row)) shapeless.push_back(row);
  for (Row const row : unreadable_json_shapes(source, result.source_layer, shapeless)) {
    found.issues.add({.layer = options.name,
                      .feature_id = result.layer.id[row],
                      .stage = "read",
                      .code = "unreadable_geometry",
                      .text = "The document states a shape that cannot be read; it is taken as empty."});
    found.row.push_back(row);
  }
}

/// The row itself, apart from its values.
void add_row_fault(Source const& source, std::size_t row, std::string const& layer, std::string const& id,
                   Issues& issues) {
  auto const it = source.table.faults.find(row);
  if (it == source.table.faults.end()) return;
  issues.add({layer, id, "read", it->second.code, Severity::warning, nowhere, nowhere, it->second.text, true});
}

/// The feature loop.
/// What looks at each feature of a layer.
struct RowReaders {
  Source const& source;
  FieldReader& fields;
  ShapeReader& shapes;
  std::optional<OriginalReader> original;
  std::optional<OsmCheck> osm;
};

Table read_rows(OGRLayerH layer, RowReaders& readers, ReadResult& result, gdal::CplErrorScope& said,
                WarningNotes& notes, RowIssues& found) {
  constexpr std::size_t rows_between_checks = 1024;
  OGR_L_ResetReading(layer);
  std::size_t rows = 0;
  found.row.assign(found.issues.size(), no_row);
  while (gdal::Feature const feature{OGR_L_GetNextFeature(layer)}) {
    if (rows % rows_between_checks == 0) {
      check_stop();
      if (auto* const part = ProgressPart::current()) part->reach(rows, result.rows_declared);
    }
    Messages const messages = said.empty() ? Messages{} : said.take();
    notes.add(messages);
    auto id = readers.fields.push(feature.get(), rows);
    if (readers.osm) readers.osm->push(feature.get());
    if (readers.osm && !id) id = readers.osm->way_id(feature.get());
    std::string const shown = id.value_or(std::to_string(OGR_F_GetFID(feature.get())));
    add_row_fault(readers.source, rows, result.layer.name, shown, found.issues);
    readers.shapes.push(feature.get(), shown, gdal::first_failure(messages));
    if (readers.original) readers.original->push(feature.get());
    result.layer.id.push_back(id.value_or(""));
    result.id_known.push_back(id ? 1 : 0);
    found.row.resize(found.issues.size(), static_cast<Row>(rows));
    ++rows;
  }
  notes.add(said.messages());
  Table out = readers.fields.finish(rows);
  found.row.resize(found.issues.size(), no_row);
  return out;
}

/// Columns of a table that were found by their names, and names that the header repeats.
void tell_of_columns(ReadOptions const& options, std::optional<TablePoints> const& points, Source const& source,
                     Issues& issues) {
  for (std::string const& text : source.table.renamed)
    issues.add({options.name, "", "read", "duplicate_field", Severity::warning, nowhere, nowhere, text, true});
  if (!points || points->named()) return;
  std::string const crs = options.crs_override.empty() ? options.crs : options.crs_override;
  issues.add({options.name, "", "read", "coordinates_recognised", Severity::note, nowhere, nowhere,
              "The columns " + points->columns_text() + " are taken as the coordinates, in " + crs +
                  ", by their names. Say x, y and crs for this layer to settle it.",
              true});
}

/// What needs every attribute, or sees features that others do not; all else leaves unused fields out.
void prepare(RowReaders& readers, OpenedLayer const& opened, ShapeCrs const& crs_check, ReadOptions const& options,
             ReadResult const& result) {
  if (options.keep_original) readers.original.emplace(opened.source, opened.layer, options.path);
  if (opened.source.driver == "OSM") {
    read_only_layer(opened.source.dataset.get(), result.source_layer);
    readers.osm.emplace(opened.layer);
  }
  if (readers.original || readers.osm) return;
  std::vector<int> also_used = opened.points ? opened.points->fields() : std::vector<int>{};
  if (crs_check.wkt_field() >= 0) also_used.push_back(crs_check.wkt_field());
  readers.fields.ignore_other_fields(opened.layer, also_used);
}

void finish(RowReaders& readers, ReadOptions const& options, ReadResult& result, RowIssues& found, Issues& issues) {
  if (readers.osm)
    readers.osm->finish(GDALGetDescription(readers.source.dataset.get()), options.name, result.layer.id,
                        result.layer.geometry, found.issues, found.row);
  result.curved_rows = readers.shapes.curved_rows();
  if (!readers.original) return;
  result.original = readers.original->finish(options.name, issues);
  result.original->crs = result.layer.crs;
}

/// What reading the rows of an opened layer needs and fills.
struct RowReading {
  OpenedLayer& opened;
  ReadOptions const& options;
  Origin const& origin;
  GIntBig declared;
  bool swapped;  ///< the source gives y before x
  FieldReader& fields;
  gdal::CplErrorScope& said;
  WarningNotes& notes;
  RowIssues& found;
};

/// What to keep of the layer, if it is in the CRS that this is told of; nullptr = all.
NearOnly const* near_of(ReadOptions const& options, ReadResult const& result) {
  bool const tells = options.near != nullptr && same_crs(*options.near->crs, result.layer.crs);
  return tells && !options.keep_original ? options.near : nullptr;
}

/// The rows of a plain GeoPackage, read without GDAL; false, with nothing read, for all others.
bool read_plainly(RowReading const& reading, ReadResult& result) {
  auto& [opened, options, origin, declared, swapped, fields, said, notes, found] = reading;
  bool const asked_more = options.through_gdal || options.keep_original || swapped || !options.shapes;
  if (opened.source.driver != "GPKG" || opened.source.scratch || opened.points || asked_more || declared < 0)
    return false;
  auto const rows = static_cast<std::size_t>(declared);
  auto read = read_plain_rows(
      opened.source, opened.layer,
      {fields.wanted(opened.layer), fields.id_place(), rows, options.workers, near_of(options, result)}, origin);
  if (!read) return false;
  fields.set_columns(std::move(read->columns));
  result.layer.attributes = fields.finish(rows);
  result.layer.geometry = std::move(read->shapes);
  result.layer.id = std::move(read->id);
  result.id_known = std::move(read->id_known);
  result.plain = true;
  found.row.assign(found.issues.size(), no_row);
  check_complete(result, declared, options, origin, said, notes.skipped());
  return true;
}

/// The rows of any source, one by one through GDAL.
void read_features(RowReading const& reading, ShapeCrs& crs_check, ReadResult& result, Issues& issues) {
  auto& [opened, options, origin, declared, swapped, fields, said, notes, found] = reading;
  fields.set_misplaced(misplaced_texts(opened.source, opened.layer, options.path, fields.number_fields()));
  ShapeReader shapes(options.name, result.layer.geometry, found.issues);
  shapes.set_wanted(options.shapes);
  shapes.set_swapped(swapped);
  shapes.set_crs_check(&crs_check);
  shapes.set_wkt_field(crs_check.wkt_field());
  shapes.set_curve_tolerance(in_units(options.curve_tolerance_m, result.layer.crs));
  if (opened.points) {
    opened.points->set_metres(result.layer.crs.projected);
    shapes.set_points(&*opened.points);
  }
  RowReaders readers{opened.source, fields, shapes, {}, {}};
  prepare(readers, opened, crs_check, options, result);
  result.layer.attributes = read_rows(opened.layer, readers, result, said, notes, found);
  check_complete(result, declared, options, origin, said, notes.skipped());
  finish(readers, options, result, found, issues);
}

/// Reads the rows into `result`, keeps those that the filter means, and checks that they are in one CRS.
void read_into(ReadResult& result, OpenedLayer& opened, ReadOptions const& options, RowFilter const& filter,
               Origin const& origin, Issues& issues) {
  auto& [source, table, layer, points, labels, hidden] = opened;
  WarningNotes notes;
  for (std::string const& warning : source.warnings) notes.add(warning);
  gdal::CplErrorScope said;
  if (!table) check_whole(source, layer, origin, issues);
  bool swapped = options.swap_axes;
  if (options.shapes) result.layer.crs = layer_crs(layer, options, origin, swapped, issues);

  for (auto const& message : said.take()) notes.add(message.text);
  GIntBig const declared = table ? table->rows() : count_of(layer, origin, said);
  if (declared > 0) result.rows_declared = static_cast<std::size_t>(declared);  // for progress; settled at the end
  if (declared == 0) throw_empty(origin);  // before its fields: formats without a schema have none then
  RowIssues found;
  FieldReader fields(layer, options, origin, found.issues, table ? table->fields() : std::vector<std::string>{});
  tell_of_columns(options, points, source, found.issues);
  RowReading const reading{opened, options, origin, declared, swapped, fields, said, notes, found};
  std::optional<ShapeCrs> crs_check;  // looks through all rows; plain ones are in the CRS of their layer
  if (!read_plainly(reading, result)) read_features(reading, crs_check.emplace(source, layer), result, issues);
  tell_of_lost_shapes(source, options, result, found);
  if (table) result.sha256 = content_hash(result.layer);
  if (!filter.keeps_all()) keep_rows(filter, origin, result, found, crs_check ? &*crs_check : nullptr);
  if (crs_check) crs_check->check(options, result.layer.crs, origin);
  if (!labels.empty()) check_one_label(result.layer.attributes, labels, origin);
  if (!hidden.empty()) result.layer.attributes = without(result.layer.attributes, hidden);
  issues.append(std::move(found.issues));
  tell_of_curves(result, options, issues);
  notes.tell(options.name, issues);
}

ReadResult read(ReadOptions const& asked, Origin const& origin, Issues& issues) {
  RowFilter const filter = filter_of(asked, origin);
  ReadOptions options = asked;
  ReadResult result;
  OpenedLayer opened = open_layer(options, filter, origin, result);
  if (!opened.table && options.hashes != nullptr) options.hashes->begin(options.path, opened.source.driver);
  read_into(result, opened, options, filter, origin, issues);
  if (NearOnly const* const near = near_of(options, result)) leave_out_far(result.layer.geometry, *near);
  auto const& kinds = result.layer.geometry.kind;
  result.rows_far = static_cast<std::size_t>(std::count(kinds.begin(), kinds.end(), GeometryKind::far));
  result.layer.id_rank = rank_ids(result.layer.id, options.workers);
  if (!opened.table && options.hashes == nullptr) result.sha256 = source_hash(options.path, opened.source.driver);
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
