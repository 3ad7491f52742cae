#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

#include "geometry/arc.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

namespace {

constexpr std::uint32_t wkb_point = 1, wkb_line = 2, wkb_polygon = 3, wkb_multi_point = 4, wkb_multi_line = 5,
                        wkb_multi_polygon = 6, wkb_collection = 7, wkb_arcs = 8, wkb_compound = 9,
                        wkb_curve_polygon = 10, wkb_multi_curve = 11, wkb_multi_surface = 12, wkb_patches = 15,
                        wkb_tin = 16, wkb_triangle = 17;
constexpr unsigned deepest = 32;  // nesting of collections; hostile bytes must not use up the stack

constexpr GeometryKind kind_of_dimension(int dimension) {
  return dimension == 0 ? GeometryKind::point : dimension == 1 ? GeometryKind::line : GeometryKind::polygon;
}

constexpr bool is_curve(std::uint32_t type) { return type >= wkb_arcs && type <= wkb_multi_surface; }

// Whether a geometry may be a member of another one.
constexpr bool may_hold(std::uint32_t holder, std::uint32_t member) {
  switch (holder) {
    case wkb_multi_point:
    case wkb_multi_line:
    case wkb_multi_polygon:
      return member == holder - 3;
    case wkb_patches:
      return member == wkb_polygon;
    case wkb_tin:
      return member == wkb_triangle;
    case wkb_compound:
      return member == wkb_line || member == wkb_arcs;
    case wkb_curve_polygon:
    case wkb_multi_curve:
      return member == wkb_line || member == wkb_arcs || member == wkb_compound;
    case wkb_multi_surface:
      return member == wkb_polygon || member == wkb_curve_polygon;
    default:
      return holder == wkb_collection;
  }
}

// Walks over WKB bytes. Without a builder it only checks and notes which dimensions occur; with one it appends the
// elements of dimension `wanted`. Two walks, so that bad bytes leave the column as it was.
class Walker {
 public:
  Walker(std::span<unsigned char const> bytes, GeometryBuilder* out, int wanted, double curve_tolerance)
      : bytes_(bytes), out_(out), wanted_(wanted), curve_tolerance_(curve_tolerance) {}
  bool geometry(unsigned depth, std::uint32_t holder);
  [[nodiscard]] bool seen(int dimension) const { return seen_[dimension]; }
  [[nodiscard]] bool seen_arcs() const { return seen_arcs_; }
  [[nodiscard]] bool seen_open() const { return seen_open_; }

 private:
  struct Header {
    std::uint32_t type = 0;
    std::size_t ordinates = 2;
    bool big_endian = false;
  };

  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  template <class T>
  T raw(bool big_endian) {
    unsigned char buffer[sizeof(T)];
    std::memcpy(buffer, bytes_.data() + at_, sizeof(T));
    at_ += sizeof(T);
    if (big_endian != (std::endian::native == std::endian::big)) std::reverse(buffer, buffer + sizeof(T));
    T value;
    std::memcpy(&value, buffer, sizeof(T));
    return value;
  }
  bool header(Header& h);
  // A number of items that each need at least `item_bytes`: more than the bytes can hold is refused before any loop.
  bool count(Header const& h, std::size_t item_bytes, std::uint32_t& n);
  Point next_point(Header const& h);
  bool point(Header const& h);
  bool line(Header const& h);
  bool polygon(Header const& h);
  bool members(Header const& h, unsigned depth);
  // One path, or a stretch of one: of straight pieces, of arcs, or of both. `n` grows by its vertices.
  bool stretch(Header const& h, bool keep, std::uint32_t& n);
  bool straight(Header const& h, bool keep, std::uint32_t& n);
  bool arcs(Header const& h, bool keep, std::uint32_t& n);
  bool compound(Header const& h, bool keep, std::uint32_t& n);

  std::span<unsigned char const> bytes_;
  GeometryBuilder* out_;
  int wanted_;
  double curve_tolerance_;  // 0 = curves are refused
  std::size_t at_ = 0;
  std::optional<Point> begin_;  // of the path
  std::optional<Point> end_;    // of the stretch before, in a compound curve
  bool seen_[3] = {false, false, false};
  bool seen_arcs_ = false, seen_open_ = false;
};

bool Walker::header(Header& h) {
  if (left() < 5) return false;
  unsigned char const order = bytes_[at_++];
  if (order > 1) return false;
  h.big_endian = order == 0;
  std::uint32_t type = raw<std::uint32_t>(h.big_endian);
  // The upper bits are the older way of saying Z and M; the bit for an embedded SRID is EWKB and stays in `type`,
  // which makes the type unknown.
  bool z = (type & 0x80000000U) != 0, m = (type & 0x40000000U) != 0;
  type &= 0x3fffffffU;
  std::uint32_t const family = type / 1000;
  if (family > 3 || (family != 0 && (z || m))) return false;
  z = z || family == 1 || family == 3;
  m = m || family == 2 || family == 3;
  h.type = type % 1000;
  h.ordinates = 2U + (z ? 1U : 0U) + (m ? 1U : 0U);
  return true;
}

bool Walker::count(Header const& h, std::size_t item_bytes, std::uint32_t& n) {
  if (left() < 4) return false;
  n = raw<std::uint32_t>(h.big_endian);
  return n <= left() / item_bytes;
}

Point Walker::next_point(Header const& h) {
  double const x = raw<double>(h.big_endian), y = raw<double>(h.big_endian);
  at_ += 8 * h.ordinates - 16;
  return {x, y};
}

bool Walker::straight(Header const& h, bool keep, std::uint32_t& n) {
  std::uint32_t points = 0;
  if (!count(h, 8 * h.ordinates, points)) return false;
  n += points;
  if (out_ == nullptr || !keep) {
    at_ += points * 8 * h.ordinates;
    return true;
  }
  for (std::uint32_t i = 0; i < points; ++i) {
    Point const next = next_point(h);
    if (!begin_) begin_ = next;
    if (i > 0 || end_ != next) out_->vertex(next.x, next.y);
    if (i + 1 == points) end_ = next;
  }
  return true;
}

bool Walker::arcs(Header const& h, bool keep, std::uint32_t& n) {
  std::uint32_t points = 0;
  if (!count(h, 8 * h.ordinates, points) || (points != 0 && (points < 3 || points % 2 == 0))) return false;
  n += points;
  seen_arcs_ = seen_arcs_ || points > 0;
  if (out_ == nullptr || !keep || points == 0) {
    at_ += points * 8 * h.ordinates;
    return true;
  }
  Point start = next_point(h);
  if (!begin_) begin_ = start;
  if (end_ != start) out_->vertex(start.x, start.y);
  for (std::uint32_t i = 1; i < points; i += 2) {
    Point const mid = next_point(h), end = next_point(h);
    append_arc(*out_, start, mid, end, curve_tolerance_);
    start = end;
  }
  end_ = start;
  return true;
}

bool Walker::compound(Header const& h, bool keep, std::uint32_t& n) {
  std::uint32_t stretches = 0;
  if (!count(h, 9, stretches)) return false;
  for (std::uint32_t i = 0; i < stretches; ++i) {
    Header member;
    if (!header(member) || !may_hold(h.type, member.type)) return false;
    bool const read = member.type == wkb_arcs ? arcs(member, keep, n) : straight(member, keep, n);
    if (!read) return false;
  }
  return true;
}

bool Walker::stretch(Header const& h, bool keep, std::uint32_t& n) {
  begin_.reset();
  end_.reset();
  if (h.type == wkb_compound) return compound(h, keep, n);
  return h.type == wkb_arcs ? arcs(h, keep, n) : straight(h, keep, n);
}

bool Walker::point(Header const& h) {
  if (left() < 8 * h.ordinates) return false;
  Point const at = next_point(h);
  if (std::isnan(at.x) && std::isnan(at.y)) return true;  // how WKB writes POINT EMPTY
  seen_[0] = true;
  if (out_ != nullptr && wanted_ == 0) {
    out_->vertex(at.x, at.y);
    out_->end_path();
    out_->end_part();
  }
  return true;
}

bool Walker::line(Header const& h) {
  std::uint32_t n = 0;
  if (!stretch(h, wanted_ == 1, n)) return false;
  seen_[1] = seen_[1] || n > 0;
  if (out_ != nullptr && wanted_ == 1) {
    out_->end_path();
    out_->end_part();
  }
  return true;
}

// The rings of a curve polygon are geometries with a header of their own.
bool Walker::polygon(Header const& h) {
  std::uint32_t rings = 0;
  if (!count(h, 4, rings)) return false;
  bool has_shell = false;
  for (std::uint32_t r = 0; r < rings; ++r) {
    Header ring = h;
    ring.type = wkb_line;
    if (h.type == wkb_curve_polygon && (!header(ring) || !may_hold(h.type, ring.type))) return false;
    std::uint32_t n = 0;
    bool const keep = wanted_ == 2 && (r == 0 || has_shell);  // holes of an empty shell are nothing
    if (!stretch(ring, keep, n)) return false;
    if (r == 0) has_shell = n > 0;
    if (out_ != nullptr && keep) out_->end_path();
    seen_open_ = seen_open_ || begin_ != end_;
  }
  seen_[2] = seen_[2] || has_shell;
  if (out_ != nullptr && wanted_ == 2) out_->end_part();
  return true;
}

bool Walker::members(Header const& h, unsigned depth) {
  std::uint32_t n = 0;
  if (!count(h, 9, n)) return false;  // the smallest member is a header with a zero count
  for (std::uint32_t i = 0; i < n; ++i)
    if (!geometry(depth + 1, h.type)) return false;
  return true;
}

bool Walker::geometry(unsigned depth, std::uint32_t holder) {
  Header h;
  if (depth > deepest || !header(h) || !may_hold(holder, h.type)) return false;
  if (is_curve(h.type) && !(curve_tolerance_ > 0)) return false;
  switch (h.type) {
    case wkb_point:
      return point(h);
    case wkb_line:
    case wkb_arcs:
    case wkb_compound:
      return line(h);
    case wkb_polygon:
    case wkb_curve_polygon:
    case wkb_triangle:
      return polygon(h);
    case wkb_multi_point:
    case wkb_multi_line:
    case wkb_multi_polygon:
    case wkb_collection:
    case wkb_multi_curve:
    case wkb_multi_surface:
    case wkb_patches:
    case wkb_tin:
      return members(h, depth);
    default:
      return false;
  }
}

class WkbWriter {
 public:
  explicit WkbWriter(std::size_t bytes) { out_.reserve(bytes); }
  void header(std::uint32_t type) {
    out_.push_back(1);
    number(type);
  }
  void number(std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) out_.push_back(static_cast<unsigned char>(value >> shift));
  }
  void doubles(std::span<double const> values) {
    for (double const value : values) {
      auto const bits = std::bit_cast<std::uint64_t>(value);
      for (unsigned shift = 0; shift < 64; shift += 8) out_.push_back(static_cast<unsigned char>(bits >> shift));
    }
  }
  void path(std::span<double const> xy) {
    number(static_cast<std::uint32_t>(xy.size() / 2));
    doubles(xy);
  }
  std::vector<unsigned char> take() { return std::move(out_); }

 private:
  std::vector<unsigned char> out_;
};

}  // namespace

bool append_wkb(GeometryColumn& column, std::span<unsigned char const> wkb, double curve_tolerance, WkbFacts& facts) {
  facts = {};
  Walker scan(wkb, nullptr, -1, curve_tolerance);
  if (!scan.geometry(0, wkb_collection)) return false;
  int const highest = scan.seen(2) ? 2 : scan.seen(1) ? 1 : scan.seen(0) ? 0 : -1;
  facts.mixed = int{scan.seen(0)} + int{scan.seen(1)} + int{scan.seen(2)} > 1;
  facts.arcs = scan.seen_arcs();
  GeometryBuilder builder(column);
  if (highest < 0) {
    builder.end_row(GeometryKind::empty);
    return true;
  }
  Walker write(wkb, &builder, highest, curve_tolerance);
  bool const done = write.geometry(0, wkb_collection);
  facts.open = write.seen_open();
  builder.end_row(kind_of_dimension(highest));
  return done;
}

bool append_wkb(GeometryColumn& column, std::span<unsigned char const> wkb, bool* mixed) {
  constexpr double no_curves = 0;
  WkbFacts facts;
  bool const read = append_wkb(column, wkb, no_curves, facts);
  if (read && mixed != nullptr) *mixed = facts.mixed;
  return read;
}

std::vector<unsigned char> to_wkb(GeometryColumn const& column, std::size_t row) {
  GeometryKind const kind = column.kind[row];
  std::uint32_t const single = kind == GeometryKind::point  ? wkb_point
                               : kind == GeometryKind::line ? wkb_line
                                                            : wkb_polygon;
  std::uint32_t const first = column.row_begin[row], end = column.row_begin[row + 1];
  WkbWriter out(9 + 9 * std::size_t{end - first} + 4 * std::size_t{column.part_begin[end] - column.part_begin[first]} +
                16 * column.vertices(row));
  out.header(single + 3);
  out.number(end - first);
  for (std::uint32_t part = first; part < end; ++part) {
    std::uint32_t const path = column.part_begin[part], end_path = column.part_begin[part + 1];
    out.header(single);
    if (single == wkb_polygon) out.number(end_path - path);
    for (std::uint32_t p = path; p < end_path; ++p)
      if (single == wkb_point)
        out.doubles(column.path(p));
      else
        out.path(column.path(p));
  }
  return out.take();
}

}  // namespace terrein
