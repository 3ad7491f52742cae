#include <algorithm>

#include "geometry/noded.hpp"
#include "geometry/segments.hpp"

namespace terrein {
namespace {

/// Missing vertices in the order of the rows and their edges, and along each edge.
std::vector<MissingVertex> along_edges(GeometryColumn const& column, std::span<MissingVertex const> missing) {
  std::vector<MissingVertex> out(missing.begin(), missing.end());
  auto const along = [&](MissingVertex const& v) {
    Point const a = vertex_at(column.xy.data(), v.edge), b = vertex_at(column.xy.data(), v.edge + 1);
    return (v.at.x - a.x) * (b.x - a.x) + (v.at.y - a.y) * (b.y - a.y);
  };
  std::sort(out.begin(), out.end(), [&](MissingVertex const& v, MissingVertex const& w) {
    if (v.edge != w.edge) return v.edge < w.edge;
    double const p = along(v), q = along(w);
    if (p != q) return p < q;
    return v.at.x != w.at.x ? v.at.x < w.at.x : v.at.y < w.at.y;
  });
  return out;
}

}  // namespace

Noded noded(GeometryColumn const& column, Contacts const& touch) {
  auto const sorted = along_edges(column, touch.missing);
  auto next = sorted.begin();
  Noded out;
  GeometryBuilder builder(out.column);
  auto const keep = [&](std::size_t begin, std::size_t end) {
    out.twin.insert(out.twin.end(), touch.twin.begin() + static_cast<std::ptrdiff_t>(begin),
                    touch.twin.begin() + static_cast<std::ptrdiff_t>(end));
  };
  for (std::size_t row = 0; row < column.size(); ++row) {
    std::size_t const begin = column.path_begin[column.first_path(row)], end = column.path_begin[column.end_path(row)];
    if (next == sorted.end() || next->edge >= end) {
      builder.copy_row(column, row);
      keep(begin, end);
      continue;
    }
    for (std::size_t part = column.row_begin[row]; part < column.row_begin[row + 1]; ++part) {
      for (std::size_t path = column.part_begin[part]; path < column.part_begin[part + 1]; ++path) {
        for (std::size_t i = column.path_begin[path]; i < column.path_begin[path + 1]; ++i) {
          Point last = vertex_at(column.xy.data(), i);
          builder.vertex(last.x, last.y);
          keep(i, i + 1);
          for (; next != sorted.end() && next->edge == i; ++next) {
            if (next->at == last) continue;  // the same corner of several rows
            last = next->at;
            builder.vertex(last.x, last.y);
            out.twin.push_back(0);
          }
        }
        builder.end_path();
      }
      builder.end_part();
    }
    builder.end_row(column.kind[row]);
  }
  return out;
}

}  // namespace terrein
