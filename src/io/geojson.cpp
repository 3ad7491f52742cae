#include "terrein/io/geojson.hpp"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "io/durable.hpp"
#include "io/nowhere.hpp"
#include "terrein/core/error.hpp"
#include "terrein/core/parallel.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/validity.hpp"

namespace terrein {
namespace {

constexpr double per_degree = 1e7;  // seven decimals, about 1 cm
constexpr double grid = 1 / per_degree;

/// JSON text in quotes; bytes that are not UTF-8 become the replacement character.
std::string json_text(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// At most seven decimals: the shortest text of the double nearest to a whole number of 1e-7 degrees.
void append_degrees(std::string& out, double value) {
  double const rounded = std::nearbyint(value * per_degree) / per_degree;
  char buffer[32];
  auto const [end, code] =
      std::to_chars(buffer, buffer + sizeof buffer, rounded == 0 ? 0.0 : rounded, std::chars_format::fixed);
  out.append(buffer, end);
}

void append_position(std::string& out, double x, double y) {
  out += '[';
  append_degrees(out, x);
  out += ',';
  append_degrees(out, y);
  out += ']';
}

void append_path(std::string& out, std::span<double const> xy) {
  out += '[';
  for (std::size_t i = 0; i + 1 < xy.size(); i += 2) {
    if (i > 0) out += ',';
    append_position(out, xy[i], xy[i + 1]);
  }
  out += ']';
}

std::string_view type_of(GeometryKind kind) {
  return kind == GeometryKind::point ? "MultiPoint" : kind == GeometryKind::line ? "MultiLineString" : "MultiPolygon";
}

/// A part: a position, a list of positions, or a list of rings.
void append_part(std::string& out, GeometryColumn const& shapes, GeometryKind kind, std::uint32_t part) {
  std::uint32_t const first = shapes.part_begin[part], end = shapes.part_begin[part + 1];
  if (kind == GeometryKind::point) {
    auto const xy = shapes.path(first);
    append_position(out, xy[0], xy[1]);
    return;
  }
  if (kind == GeometryKind::line) return append_path(out, shapes.path(first));
  out += '[';
  for (std::uint32_t path = first; path < end; ++path) {
    if (path > first) out += ',';
    append_path(out, shapes.path(path));
  }
  out += ']';
}

void append_geometry(std::string& out, GeometryColumn const& shapes, std::size_t row) {
  if (!shapes.has_shape(row)) {
    out += "null";
    return;
  }
  GeometryKind const kind = shapes.kind[row];
  out += fmt::format(R"({{"type":"{}","coordinates":[)", type_of(kind));
  for (std::uint32_t part = shapes.row_begin[row]; part < shapes.row_begin[row + 1]; ++part) {
    if (part > shapes.row_begin[row]) out += ',';
    append_part(out, shapes, kind, part);
  }
  out += "]}";
}

std::string value_text(AnyColumn const& column, std::size_t row) {
  if (auto const* const text = std::get_if<TextColumn>(&column))
    return text->is_known(row) ? json_text(text->text(row)) : "null";
  if (auto const* const real = std::get_if<Column<double>>(&column))
    return real->is_known(row) && std::isfinite(real->values[row]) ? shortest(real->values[row]) : "null";
  auto const& whole = std::get<Column<std::int64_t>>(column);
  return whole.is_known(row) ? std::to_string(whole.values[row]) : "null";
}

/// The shapes in degrees on the grid of seven decimals, and how they got there.
struct Degrees {
  GeometryColumn shapes;
  TransformInfo how;
};

void set_box(GeometryColumn& shapes, std::size_t row) {
  Box box;
  for (std::uint32_t path = shapes.first_path(row); path < shapes.end_path(row); ++path) {
    auto const xy = shapes.path(path);
    for (std::size_t i = 0; i + 1 < xy.size(); i += 2) box.extend(xy[i], xy[i + 1]);
  }
  shapes.box[row] = box;
}

Issue lost_shape(OutputLayer const& layer, std::size_t row, std::string id, std::string code, std::string text) {
  Box const& box = layer.geometry->box[row];
  Point const place = box.empty() ? Point{nowhere, nowhere} : box.centre();
  return {layer.name, std::move(id),   "write", std::move(code), Severity::warning, place.x,
          place.y,    std::move(text), false};
}

class Writer {
 public:
  Writer(OutputLayer const& layer, std::vector<std::string> const& ids, Issues& issues)
      : layer_(layer), ids_(ids), issues_(issues) {
    if (!ids.empty()) check_ids();
    if (layer.geometry != nullptr && layer.geometry->size() != layer.table.rows())
      throw_error(ErrorKind::internal, "The output layer '{}' has {} rows and {} shapes.", layer.name,
                  layer.table.rows(), layer.geometry->size());
  }

  Degrees to_degrees() {
    Degrees out;
    if (layer_.geometry == nullptr) return out;
    Transform const transform(layer_.crs, crs_from("EPSG:4326"), layer_.geometry->extent());
    out.how = transform.info();
    GeometryColumn moved = *layer_.geometry;
    transform.apply(moved.xy);
    for (std::size_t row = 0; row < moved.size(); ++row) {
      if (row % rows_between_checks == 0) check_stop();
      add_on_grid(moved, row, out.shapes);
    }
    return out;
  }

  std::string text(GeometryColumn const& shapes) const {
    std::string out = R"({"type":"FeatureCollection","name":)" + json_text(layer_.name);
    if (!layer_.title.empty()) out += R"(,"title":)" + json_text(layer_.title);
    if (!layer_.description.empty()) out += R"(,"description":)" + json_text(layer_.description);
    if (!layer_.licence.empty()) out += R"(,"licence":)" + json_text(layer_.licence);
    if (Box const box = shapes.extent(); !box.empty()) append_bbox(out, box);
    out += ",\"features\":[";
    for (std::size_t row = 0; row < layer_.table.rows(); ++row) {
      if (row % rows_between_checks == 0) check_stop();
      out += row == 0 ? "\n" : ",\n";
      append_feature(out, shapes, row);
    }
    return out + "\n]}\n";
  }

 private:
  static constexpr std::size_t rows_between_checks = 4096;

  void check_ids() const {
    if (ids_.size() != layer_.table.rows())
      throw_error(ErrorKind::internal, "The output layer '{}' has {} rows and {} ids.", layer_.name,
                  layer_.table.rows(), ids_.size());
    std::set<std::string_view> seen;
    for (std::string const& id : ids_)
      if (!seen.insert(id).second)
        throw_error(ErrorKind::internal, "The output layer '{}' has the id '{}' twice.", layer_.name, id);
  }

  static void append_bbox(std::string& out, Box const& box) {
    out += ",\"bbox\":[";
    for (double const value : {box.min_x, box.min_y, box.max_x}) {
      append_degrees(out, value);
      out += ',';
    }
    append_degrees(out, box.max_y);
    out += ']';
  }

  void add_on_grid(GeometryColumn& moved, std::size_t row, GeometryColumn& out) {
    bool const had_shape = moved.has_shape(row);
    if (!had_shape || !moved.all_finite(row)) {
      GeometryBuilder(out).end_row(had_shape ? GeometryKind::empty : moved.kind[row]);
      if (had_shape)
        issues_.add(lost_shape(layer_, row, id_text(row), "not_transformable",
                               "The shape lies where its coordinates cannot be brought to longitude and latitude; it "
                               "is written without a shape."));
      return;
    }
    set_box(moved, row);
    append_on_grid(moved, row, grid, out);
    if (!out.has_shape(row))
      issues_.add(lost_shape(layer_, row, id_text(row), "vanished_shape",
                             "Nothing is left of the shape on a grid of seven decimals of a degree (about 1 cm); it is "
                             "written without a shape."));
  }

  [[nodiscard]] std::string id_text(std::size_t row) const { return ids_.empty() ? std::string{} : ids_[row]; }

  void append_feature(std::string& out, GeometryColumn const& shapes, std::size_t row) const {
    out += R"({"type":"Feature")";
    if (!ids_.empty()) out += ",\"id\":" + json_text(ids_[row]);
    out += ",\"properties\":{";
    bool first = true;
    for (AnyColumn const& column : layer_.table.columns()) {
      if (!first) out += ',';
      first = false;
      out += json_text(name_of(column)) + ":" + value_text(column, row);
    }
    out += "},\"geometry\":";
    if (layer_.geometry == nullptr)
      out += "null";
    else
      append_geometry(out, shapes, row);
    out += '}';
  }

  OutputLayer const& layer_;
  std::vector<std::string> const& ids_;
  Issues& issues_;
};

}  // namespace

TransformInfo write_geojson(std::string const& path, OutputLayer const& layer, std::vector<std::string> const& ids,
                            Issues& issues) {
  Writer writer(layer, ids, issues);
  Degrees const degrees = writer.to_degrees();
  write_bytes(path, writer.text(degrees.shapes));
  return degrees.how;
}

}  // namespace terrein
