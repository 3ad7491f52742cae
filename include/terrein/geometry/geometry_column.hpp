#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "terrein/core/column.hpp"
#include "terrein/geometry/box.hpp"

namespace terrein {

/// `far`: a polygon too far from everything that is measured to matter; its box alone is kept.
enum class GeometryKind : std::uint8_t { null, empty, point, line, polygon, far };
[[nodiscard]] std::string_view to_string(GeometryKind kind);

/// The shapes of a layer as flat arrays. A row has parts (points, lines, polygons of a multi-geometry), a part has
/// paths (the shell and the holes of a polygon; one path for a line or a point), a path has vertices. Rings are
/// closed (first vertex repeated), shells run counter-clockwise, holes clockwise. Null and empty rows have no parts
/// and an empty box, far ones no parts and the box of their shape. Two dimensions; Z and M are dropped when reading.
struct GeometryColumn {
  std::vector<double> xy;                    ///< x, y, x, y …
  std::vector<std::uint32_t> path_begin{0};  ///< first vertex of a path; paths + 1 entries
  std::vector<std::uint32_t> part_begin{0};  ///< first path of a part; parts + 1 entries
  std::vector<std::uint32_t> row_begin{0};   ///< first part of a row; rows + 1 entries
  std::vector<GeometryKind> kind;            ///< one per row
  std::vector<Box> box;                      ///< one per row

  [[nodiscard]] std::size_t size() const noexcept { return kind.size(); }
  [[nodiscard]] bool has_shape(std::size_t row) const noexcept { return row_begin[row] != row_begin[row + 1]; }
  /// Whether it is known where a row lies: it has a shape, or had one.
  [[nodiscard]] bool has_place(std::size_t row) const noexcept {
    return has_shape(row) || kind[row] == GeometryKind::far;
  }
  [[nodiscard]] std::uint32_t first_path(std::size_t row) const noexcept { return part_begin[row_begin[row]]; }
  [[nodiscard]] std::uint32_t end_path(std::size_t row) const noexcept { return part_begin[row_begin[row + 1]]; }
  /// Vertices of a path as x, y pairs.
  [[nodiscard]] std::span<double const> path(std::size_t index) const noexcept {
    return {xy.data() + 2 * std::size_t{path_begin[index]},
            2 * (std::size_t{path_begin[index + 1]} - path_begin[index])};
  }
  [[nodiscard]] std::size_t vertices(std::size_t row) const noexcept {
    return path_begin[end_path(row)] - path_begin[first_path(row)];
  }
  /// Whether every coordinate of a row is a finite number; true for a row without shape.
  [[nodiscard]] bool all_finite(std::size_t row) const noexcept;
  /// Box of all rows.
  [[nodiscard]] Box extent() const;
};

/// Appends rows to a column: add_vertex*, end_path, end_part, end_row. `end_row` closes rings, drops repeated
/// vertices' closing duplicates only (nothing else is cleaned), orients shells and holes and computes the box.
class GeometryBuilder {
 public:
  explicit GeometryBuilder(GeometryColumn& column) : out_(column) {}
  void vertex(double x, double y) {
    out_.xy.push_back(x);
    out_.xy.push_back(y);
  }
  void end_path();
  void end_part();
  /// Ends the row. With no parts the row is `empty` (or `null` when said so).
  void end_row(GeometryKind kind);
  /// Takes the shape of the last row away again, so that it is `far`.
  void leave_out_last();
  /// Appends row `row` of another column unchanged.
  void copy_row(GeometryColumn const& from, std::size_t row);

 private:
  GeometryColumn& out_;
};

/// What a geometry held besides its shape.
struct WkbFacts {
  bool mixed = false;  ///< points, lines or polygons side by side
  bool arcs = false;   ///< circular arcs
  bool open = false;   ///< a ring that does not come back to its start; it was closed by a straight line
};
/// Reads one ISO or EWKB-free OGC WKB geometry (2D or with Z/M, which are dropped) as a row: simple and multi-types,
/// arcs and what is made of them, surfaces of patches and triangles, collections of all these in each other. A
/// collection of mixed dimensions keeps the parts of the highest dimension. Arcs become straight pieces at most
/// `curve_tolerance` off, in the units of the coordinates, with the same vertices in both directions. Returns false,
/// with the column unchanged, when the bytes are no readable WKB.
[[nodiscard]] bool append_wkb(GeometryColumn& column, std::span<unsigned char const> wkb, double curve_tolerance,
                              WkbFacts& facts);
/// The same for geometries without curves; those with curves are not read.
[[nodiscard]] bool append_wkb(GeometryColumn& column, std::span<unsigned char const> wkb, bool* mixed = nullptr);

/// Reads one plain shape as a row, as `append_wkb` does but in one walk: little-endian ISO WKB of a point, line or
/// polygon or of several of one kind, with finite coordinates, rings of four vertices or more that come back to their
/// start, and no empty members. Returns false, with the column unchanged, for everything else, readable or not.
[[nodiscard]] bool append_plain_wkb(GeometryColumn& column, std::span<unsigned char const> wkb);

/// Little-endian OGC WKB of a row, always a multi-type (MultiPoint, MultiLineString, MultiPolygon). Null and empty
/// rows give an empty MultiPolygon.
[[nodiscard]] std::vector<unsigned char> to_wkb(GeometryColumn const& column, std::size_t row);

/// Reads a WKT text (tests and study files: boxes and small areas). Throws `Error{input}`.
void append_wkt(GeometryColumn& column, std::string_view wkt);

/// Adds all rows of another column unchanged.
void append(GeometryColumn& column, GeometryColumn const& more);

/// The rows `rows`, in that order.
[[nodiscard]] GeometryColumn take(GeometryColumn const& column, std::span<Row const> rows);

}  // namespace terrein
