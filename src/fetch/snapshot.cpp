#include "fetch/snapshot.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "fetch/coverage.hpp"
#include "terrein/core/hash.hpp"
#include "terrein/core/text.hpp"
#include "terrein/io/geopackage.hpp"
#include "terrein/io/output_set.hpp"
#include "terrein/io/read_layer.hpp"

namespace terrein {
namespace {

using Json = nlohmann::ordered_json;

constexpr char const* coverage_layer = "coverage";

Json number_or_null(std::optional<long long> value) { return value ? Json(*value) : Json(nullptr); }

Json box_json(Box const& box) { return Json{box.min_x, box.min_y, box.max_x, box.max_y}; }

std::string text_of(Json const& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::vector<Row> rows_by_id(std::vector<std::string> const& ids) {
  std::vector<Row> out(ids.size());
  std::iota(out.begin(), out.end(), Row{0});
  std::sort(out.begin(), out.end(), [&ids](Row a, Row b) { return id_less(ids[a], ids[b]); });
  return out;
}

RawShapes take_shapes(RawShapes& from, std::vector<Row> const& rows) {
  RawShapes out;
  for (Row const row : rows) out.push({std::move(from.wkb[row]), from.box[row]});
  return out;
}

AnyColumn renamed(AnyColumn column, std::string name) {
  std::visit([&name](auto& own) { own.name = std::move(name); }, column);
  return column;
}

/// Field names that a GeoPackage can hold: not those of its own columns, and none that differs by capitals alone.
Table with_free_names(Table const& table, Json& renames) {
  std::set<std::string> taken{"fid", "geom"};
  for (AnyColumn const& column : table.columns()) taken.insert(lower(name_of(column)));
  std::set<std::string> used{"fid", "geom"};
  Table out(table.rows());
  for (AnyColumn const& column : table.columns()) {
    std::string name = name_of(column);
    for (int n = 2; used.count(lower(name)) != 0; ++n) {
      std::string next = name_of(column) + "_" + std::to_string(n);
      if (taken.count(lower(next)) == 0) name = std::move(next);
    }
    if (name != name_of(column)) renames[name_of(column)] = name;
    used.insert(lower(name));
    out.add(renamed(column, name));
  }
  return out;
}

/// One hash over all rows in id order: id, every known value by field name, shape.
std::string content_hash(std::vector<std::string> const& ids, Table const& table, RawShapes const& shapes) {
  std::vector<AnyColumn const*> columns;
  for (AnyColumn const& column : table.columns()) columns.push_back(&column);
  std::sort(columns.begin(), columns.end(),
            [](AnyColumn const* a, AnyColumn const* b) { return name_of(*a) < name_of(*b); });
  std::string hashes;
  for (std::size_t row = 0; row < ids.size(); ++row) {
    std::string text = ids[row] + '\n';
    for (AnyColumn const* column : columns)
      if (auto const value = text_at(*column, row)) text += name_of(*column) + '=' + *value + '\n';
    hashes += sha256(text + shapes.wkb[row]) + '\n';
  }
  return sha256(hashes);
}

std::size_t rows_outside(RawShapes const& shapes, Coverage const& coverage) {
  Box const within = coverage.polygon.extent();
  return static_cast<std::size_t>(std::count_if(shapes.box.begin(), shapes.box.end(),
                                                [&](Box const& box) { return !box.empty() && !within.contains(box); }));
}

std::string table_name(std::string const& layer) {
  std::string name = layer.substr(layer.find(':') + 1);
  return name.empty() || lower(name) == coverage_layer ? "features" : name;
}

/// What the file says of itself: nothing that differs between two fetches of the same content on the same date.
Json inner_manifest(ServiceFacts const& service, SnapshotFacts const& facts, Coverage const& coverage,
                    std::size_t rows) {
  Json out{{"kind", "terrein fetch"},
           {"service", service.service},
           {"url", facts.url},
           {"layer", service.layer},
           {"title", service.title},
           {"attribution", service.attribution},
           {"crs", service.crs.authority},
           {"time", facts.time},
           {"rows", rows},
           {"table", table_name(service.layer)}};
  out["box"] = facts.box ? box_json(*facts.box) : Json(nullptr);
  out["coverage"] = {
      {"layer", coverage_layer}, {"basis", coverage.basis}, {"extent", box_json(coverage.polygon.extent())}};
  return out;
}

OutputLayer main_layer(ServiceFacts const& service, Table table, RawShapes const& shapes) {
  OutputLayer out;
  out.name = table_name(service.layer);
  out.title = service.title;
  out.description = service.description;
  out.shape = ShapeType::polygon;
  out.raw = &shapes;
  out.crs = service.crs;
  out.table = std::move(table);
  out.licence = service.attribution;
  return out;
}

OutputLayer coverage_output(ServiceFacts const& service, SnapshotFacts const& facts, Coverage const& coverage) {
  OutputLayer out;
  out.name = coverage_layer;
  out.title = "Coverage of " + table_name(service.layer);
  out.description = "Where the snapshot is complete: no feature there means that the service has none.";
  out.shape = ShapeType::polygon;
  out.geometry = &coverage.polygon;
  out.crs = service.crs;
  out.table = Table(1);
  for (auto const& [name, value] : {std::pair<char const*, std::string>{"basis", coverage.basis},
                                    {"date", facts.time.substr(0, 10)},
                                    {"layer", service.layer}}) {
    TextColumn column(name);
    column.push(value);
    out.table.add(std::move(column));
  }
  return out;
}

}  // namespace

std::string write_snapshot(OutputSet& outputs, std::filesystem::path const& output, ServiceFacts const& service,
                           SnapshotFacts const& facts, Collected collected) {
  std::vector<Row> const order = rows_by_id(collected.rows.ids());
  std::vector<std::string> ids;
  for (Row const row : order) ids.push_back(collected.rows.ids()[row]);
  RawShapes shapes = take_shapes(collected.rows.shapes(), order);
  settle_type(shapes);
  Json renames = Json::object();
  Table table = with_free_names(take(collected.rows.table(), order), renames);
  Box extent;
  for (Box const& box : shapes.box) extent.extend(box);
  check_axes(service, extent);
  Coverage const coverage = coverage_of(service, facts.box, extent);
  std::string const hash = content_hash(ids, table, shapes);

  Json manifest = inner_manifest(service, facts, coverage, order.size());
  manifest["renamed_fields"] = renames;
  manifest["content_sha256"] = hash;
  GeoPackage package;
  package.time = facts.time;
  package.manifest = text_of(manifest);
  package.manifest_kind = "fetch";
  package.layers.push_back(main_layer(service, std::move(table), shapes));
  package.layers.push_back(coverage_output(service, facts, coverage));
  std::filesystem::path const written = outputs.add(output);
  write_geopackage(written.string(), package);

  manifest["rows_outside_coverage"] = rows_outside(shapes, coverage);
  manifest["count_before"] = number_or_null(collected.first_count);
  manifest["count_after"] = number_or_null(collected.second_count);
  manifest["proof"] = collected.proof;
  manifest["id"] = service.id;
  manifest["order"] = service.order;
  manifest["page_size"] = service.page_size;
  manifest["pages"] = collected.pages;
  manifest["pages_kept_from_before"] = collected.pages_kept;
  manifest["crs_asked"] = service.crs_asked;
  manifest["server_time"] = {{"first", collected.first_time}, {"last", collected.last_time}};
  manifest["file"] = {{"name", output.filename().string()}, {"sha256", sha256_of_file(written)}};
  manifest["gdal"] = gdal_version();
  outputs.add_text(output.string() + ".fetch.json", text_of(manifest));
  return hash;
}

}  // namespace terrein
