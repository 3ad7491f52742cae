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

bool less(Point p, Point q) { return p.x != q.x ? p.x < q.x : p.y < q.y; }

using Ends = std::pair<Point, Point>;

Ends ends_of(Point a, Point b) { return less(a, b) ? Ends{a, b} : Ends{b, a}; }

bool is_before(Ends const& e, Ends const& f) {
  return e.first != f.first ? less(e.first, f.first) : less(e.second, f.second);
}

/// A row with missing vertices put in, and its marks; `next` moves behind them.
template <class Missing>
void make_anew(GeometryColumn const& column, Contacts const& touch, Row row, Missing& next, Missing end,
               GeometryColumn& out, std::vector<std::uint8_t>& twin) {
  GeometryBuilder builder(out);
  for (std::size_t part = column.row_begin[row]; part < column.row_begin[row + 1]; ++part) {
    for (std::size_t path = column.part_begin[part]; path < column.part_begin[part + 1]; ++path) {
      for (std::size_t i = column.path_begin[path]; i < column.path_begin[path + 1]; ++i) {
        Point last = vertex_at(column.xy.data(), i);
        builder.vertex(last.x, last.y);
        bool const is_cut = next != end && next->edge == i;
        twin.push_back(is_cut ? std::uint8_t{0} : touch.twin[i]);
        for (; next != end && next->edge == i; ++next) {
          if (next->at == last) continue;  // the same corner of several rows
          last = next->at;
          builder.vertex(last.x, last.y);
          twin.push_back(0);
        }
      }
      builder.end_path();
    }
    builder.end_part();
  }
  builder.end_row(column.kind[row]);
}

}  // namespace

NodedLand::NodedLand(Layer const& layer, Contacts const& touch) : layer_(layer), touch_(touch) {
  auto const sorted = along_edges(layer.geometry, touch.missing);
  for (auto next = sorted.begin(); next != sorted.end();) {
    rows_.push_back(next->row);
    make_anew(layer.geometry, touch, next->row, next, sorted.end(), anew_, twin_);
  }
  double const* const xy = layer.geometry.xy.data();
  for (MissingVertex const& one : sorted)
    if (touch.twin[one.edge] != 0) lost_.push_back(ends_of(vertex_at(xy, one.edge), vertex_at(xy, one.edge + 1)));
  std::sort(lost_.begin(), lost_.end(), is_before);
}

bool NodedLand::lost_twin(Point a, Point b) const {
  return !lost_.empty() && std::binary_search(lost_.begin(), lost_.end(), ends_of(a, b), is_before);
}

NodedLand::Shape NodedLand::of(Row row) const {
  auto const it = std::lower_bound(rows_.begin(), rows_.end(), row);
  if (it == rows_.end() || *it != row) return {layer_.geometry, row, touch_.twin};
  return {anew_, static_cast<Row>(it - rows_.begin()), twin_};
}

std::vector<Box> NodedLand::boxes() const {
  std::vector<Box> out = layer_.geometry.box;
  for (std::size_t i = 0; i < rows_.size(); ++i) out[rows_[i]] = anew_.box[i];
  return out;
}

}  // namespace terrein
