#include "terrein/geometry/geometry_column.hpp"

#include <algorithm>
#include <cmath>

#include "terrein/core/error.hpp"

namespace terrein {

namespace {

// Index of the next entry as stored in the offset arrays; a silent wrap-around would mix up the shapes of rows.
std::uint32_t offset(std::size_t count) {
  if (count > 0xfffffffeU)
    throw_error(ErrorKind::input, "A layer holds more than 4294967294 vertices or parts. Cut it into parts.");
  return static_cast<std::uint32_t>(count);
}

bool same_vertex(std::span<double const> path, std::size_t a, std::size_t b) {
  return path[2 * a] == path[2 * b] && path[2 * a + 1] == path[2 * b + 1];
}

// Vertices a ring keeps of its `n` given ones (the last one excluded when it is a closing duplicate); the closing
// vertex is added again by the caller.
std::size_t open_length(std::span<double const> path) {
  std::size_t n = path.size() / 2;
  while (n > 1 && same_vertex(path, 0, n - 1)) --n;
  return n;
}

bool is_closed_once(std::span<double const> path) { return open_length(path) + 1 == path.size() / 2; }

// Twice the signed area about the first vertex: far from the origin the cross products would lose all their digits.
double twice_signed_area(std::span<double const> ring) {
  double sum = 0;
  for (std::size_t i = 2; i + 3 < ring.size(); i += 2)
    sum += (ring[i] - ring[0]) * (ring[i + 3] - ring[1]) - (ring[i + 2] - ring[0]) * (ring[i + 1] - ring[1]);
  return sum;
}

void reverse_vertices(std::span<double> ring) {
  for (std::size_t a = 0, b = ring.size() / 2; a + 1 < b; ++a) {
    --b;
    std::swap(ring[2 * a], ring[2 * b]);
    std::swap(ring[2 * a + 1], ring[2 * b + 1]);
  }
}

// Writes the paths from `first` on anew, each closed by exactly one copy of its first vertex.
void close_rings(GeometryColumn& out, std::size_t first) {
  std::size_t const paths = out.path_begin.size() - 1;
  bool closed = true;
  for (std::size_t p = first; p < paths; ++p) closed = closed && is_closed_once(out.path(p));
  if (closed) return;
  std::size_t const start = 2 * std::size_t{out.path_begin[first]};
  std::vector<double> fresh;
  std::vector<std::uint32_t> ends;
  for (std::size_t p = first; p < paths; ++p) {
    auto const path = out.path(p);
    auto const length = static_cast<std::ptrdiff_t>(2 * open_length(path));
    fresh.insert(fresh.end(), path.begin(), path.begin() + length);
    fresh.insert(fresh.end(), {path[0], path[1]});
    ends.push_back(offset((start + fresh.size()) / 2));
  }
  out.xy.resize(start);
  out.xy.insert(out.xy.end(), fresh.begin(), fresh.end());
  std::copy(ends.begin(), ends.end(), out.path_begin.begin() + static_cast<std::ptrdiff_t>(first) + 1);
}

void orient_rings(GeometryColumn& out, std::size_t first_part) {
  for (std::size_t part = first_part; part + 1 < out.part_begin.size(); ++part)
    for (std::size_t p = out.part_begin[part]; p < out.part_begin[part + 1]; ++p) {
      double const sum = twice_signed_area(out.path(p));
      bool const is_shell = p == out.part_begin[part];
      if (!(is_shell ? sum < 0 : sum > 0)) continue;
      std::size_t const begin = 2 * std::size_t{out.path_begin[p]};
      reverse_vertices({out.xy.data() + begin, 2 * std::size_t{out.path_begin[p + 1]} - begin});
    }
}

// Offsets of more rows, behind those that are there.
void append_offsets(std::vector<std::uint32_t>& to, std::vector<std::uint32_t> const& more) {
  std::uint32_t const base = to.back();
  static_cast<void>(offset(std::size_t{base} + more.back()));
  std::size_t const begin = to.size();
  to.resize(begin + more.size() - 1);
  for (std::size_t i = 1; i < more.size(); ++i) to[begin + i - 1] = base + more[i];
}

}  // namespace

std::string_view to_string(GeometryKind kind) {
  switch (kind) {
    case GeometryKind::null:
      return "null";
    case GeometryKind::empty:
      return "empty";
    case GeometryKind::point:
      return "point";
    case GeometryKind::line:
      return "line";
    case GeometryKind::polygon:
      return "polygon";
    case GeometryKind::far:
      return "far";
  }
  return "";
}

bool GeometryColumn::all_finite(std::size_t row) const noexcept {
  for (std::uint32_t index = first_path(row); index < end_path(row); ++index)
    for (double const value : path(index))
      if (!std::isfinite(value)) return false;
  return true;
}

Box GeometryColumn::extent() const {
  Box all;
  for (Box const& one : box) all.extend(one);
  return all;
}

// Paths without vertices and parts without paths are not kept: `has_shape` must mean that there is a vertex.
void GeometryBuilder::end_path() {
  std::uint32_t const end = offset(out_.xy.size() / 2);
  if (end != out_.path_begin.back()) out_.path_begin.push_back(end);
}

void GeometryBuilder::end_part() {
  std::uint32_t const end = offset(out_.path_begin.size() - 1);
  if (end != out_.part_begin.back()) out_.part_begin.push_back(end);
}

void GeometryBuilder::end_row(GeometryKind kind) {
  std::size_t const first_part = out_.row_begin.back();
  std::size_t const parts = out_.part_begin.size() - 1;
  bool const shapeless = kind == GeometryKind::null || kind == GeometryKind::empty || kind == GeometryKind::far;
  if (parts == first_part) {
    kind = kind == GeometryKind::null ? GeometryKind::null : GeometryKind::empty;
  } else if (shapeless) {
    throw_error(ErrorKind::internal, "A row of kind '{}' was given {} part(s).", to_string(kind), parts - first_part);
  } else if (kind == GeometryKind::polygon) {
    close_rings(out_, out_.part_begin[first_part]);
    orient_rings(out_, first_part);
  }
  Box box;
  for (std::size_t i = 2 * std::size_t{out_.path_begin[out_.part_begin[first_part]]}; i + 1 < out_.xy.size(); i += 2)
    box.extend(out_.xy[i], out_.xy[i + 1]);
  out_.row_begin.push_back(offset(parts));
  out_.kind.push_back(kind);
  out_.box.push_back(box);
}

void GeometryBuilder::leave_out_last() {
  std::uint32_t const first_part = out_.row_begin[out_.row_begin.size() - 2], first_path = out_.part_begin[first_part];
  out_.xy.resize(2 * std::size_t{out_.path_begin[first_path]});
  out_.path_begin.resize(std::size_t{first_path} + 1);
  out_.part_begin.resize(std::size_t{first_part} + 1);
  out_.row_begin.back() = first_part;
  out_.kind.back() = GeometryKind::far;
}

void GeometryBuilder::copy_row(GeometryColumn const& from, std::size_t row) {
  std::uint32_t const first_part = from.row_begin[row], end_part = from.row_begin[row + 1];
  std::uint32_t const first_path = from.part_begin[first_part], end_path = from.part_begin[end_part];
  std::size_t const first_vertex = from.path_begin[first_path], end_vertex = from.path_begin[end_path];
  std::size_t const vertices = out_.xy.size() / 2, paths = out_.path_begin.size() - 1;
  auto const at = [&](std::size_t vertex) { return from.xy.begin() + static_cast<std::ptrdiff_t>(2 * vertex); };
  out_.xy.insert(out_.xy.end(), at(first_vertex), at(end_vertex));
  for (std::size_t p = first_path; p < end_path; ++p)
    out_.path_begin.push_back(offset(from.path_begin[p + 1] - first_vertex + vertices));
  for (std::size_t p = first_part; p < end_part; ++p)
    out_.part_begin.push_back(offset(from.part_begin[p + 1] - first_path + paths));
  out_.row_begin.push_back(offset(out_.part_begin.size() - 1));
  out_.kind.push_back(from.kind[row]);
  out_.box.push_back(from.box[row]);
}

void append(GeometryColumn& column, GeometryColumn const& more) {
  append_offsets(column.path_begin, more.path_begin);
  append_offsets(column.part_begin, more.part_begin);
  append_offsets(column.row_begin, more.row_begin);
  column.xy.insert(column.xy.end(), more.xy.begin(), more.xy.end());
  column.kind.insert(column.kind.end(), more.kind.begin(), more.kind.end());
  column.box.insert(column.box.end(), more.box.begin(), more.box.end());
}

GeometryColumn take(GeometryColumn const& column, std::span<Row const> rows) {
  GeometryColumn out;
  std::size_t vertices = 0;
  for (Row const row : rows) vertices += column.vertices(row);
  out.xy.reserve(2 * vertices);
  out.row_begin.reserve(rows.size() + 1);
  out.kind.reserve(rows.size());
  out.box.reserve(rows.size());
  GeometryBuilder builder(out);
  for (Row const row : rows) builder.copy_row(column, row);
  return out;
}

}  // namespace terrein
