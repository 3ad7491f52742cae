#include <bit>
#include <cmath>
#include <cstring>

#include "terrein/geometry/geometry_column.hpp"

namespace terrein {
namespace {

constexpr std::uint32_t wkb_point = 1, wkb_line = 2, wkb_polygon = 3, wkb_multi_polygon = 6;

/// Reads a shape in one walk: what it appended of bytes that turn out not to be plain is taken back by the caller.
class PlainWalker {
 public:
  PlainWalker(std::span<unsigned char const> bytes, GeometryColumn& out) : bytes_(bytes), out_(out), builder_(out) {}

  /// False for what is not plain.
  bool read() {
    std::uint32_t type = 0;
    if (!header(type)) return false;
    std::uint32_t const family = type / 1000, kind = type % 1000;
    if (family > 3 || kind < wkb_point || kind > wkb_multi_polygon) return false;
    ordinates_ = 2U + (family == 1 || family == 2 ? 1U : 0U) + (family == 3 ? 2U : 0U);
    single_ = (kind - 1) % 3 + 1;
    if (!(kind > wkb_polygon ? members(family * 1000 + single_) : element(true)) || at_ != bytes_.size()) return false;
    builder_.end_row(single_ == wkb_point  ? GeometryKind::point
                     : single_ == wkb_line ? GeometryKind::line
                                           : GeometryKind::polygon);
    return true;
  }

 private:
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  std::uint32_t number() {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes_.data() + at_, sizeof value);
    at_ += sizeof value;
    return value;
  }
  bool header(std::uint32_t& type) {
    if (left() < 5 || bytes_[at_++] != 1) return false;
    type = number();
    return true;
  }
  bool count(std::size_t item_bytes, std::uint32_t& n) {
    if (left() < 4) return false;
    n = number();
    return n <= left() / item_bytes;
  }
  bool members(std::uint32_t type) {
    std::uint32_t n = 0, member = 0;
    if (!count(9, n)) return false;
    for (std::uint32_t i = 0; i < n; ++i)
      if (!header(member) || member != type || !element(false)) return false;
    return true;
  }
  bool element(bool may_be_empty) {
    if (single_ == wkb_point) return point(may_be_empty);
    std::uint32_t n = 1;
    if (single_ == wkb_polygon && !count(4, n)) return false;
    if (n == 0) return may_be_empty;
    for (std::uint32_t i = 0; i < n; ++i)
      if (!path(may_be_empty)) return false;
    builder_.end_part();
    return true;
  }
  bool point(bool may_be_empty) {
    if (left() < 8 * ordinates_) return false;
    double x = 0, y = 0;
    std::memcpy(&x, bytes_.data() + at_, sizeof x);
    std::memcpy(&y, bytes_.data() + at_ + sizeof x, sizeof y);
    at_ += 8 * ordinates_;
    if (std::isnan(x) && std::isnan(y)) return may_be_empty;  // how WKB writes POINT EMPTY
    if (!std::isfinite(x) || !std::isfinite(y)) return false;
    builder_.vertex(x, y);
    builder_.end_path();
    builder_.end_part();
    return true;
  }
  bool path(bool may_be_empty) {
    bool const ring = single_ == wkb_polygon;
    std::uint32_t n = 0;
    if (!count(8 * ordinates_, n)) return false;
    if (n == 0) return may_be_empty && !ring;
    if (n < (ring ? 4U : 2U)) return false;
    std::size_t const begin = out_.xy.size();
    out_.xy.resize(begin + 2 * std::size_t{n});
    double* const xy = out_.xy.data() + begin;
    if (ordinates_ == 2) {
      std::memcpy(xy, bytes_.data() + at_, 16 * std::size_t{n});
    } else {
      for (std::size_t i = 0; i < n; ++i) std::memcpy(xy + 2 * i, bytes_.data() + at_ + 8 * ordinates_ * i, 16);
    }
    at_ += 8 * ordinates_ * n;
    double zero = 0;  // a product with what is not finite is not a number
    for (std::size_t i = 0; i < 2 * std::size_t{n}; ++i) zero += xy[i] * 0;
    std::size_t const last = 2 * (std::size_t{n} - 1);
    if (!(zero == 0) || (ring && (xy[0] != xy[last] || xy[1] != xy[last + 1]))) return false;
    builder_.end_path();
    return true;
  }

  std::span<unsigned char const> bytes_;
  GeometryColumn& out_;
  GeometryBuilder builder_;
  std::size_t at_ = 0, ordinates_ = 2;
  std::uint32_t single_ = wkb_point;
};

}  // namespace

bool append_plain_wkb(GeometryColumn& column, std::span<unsigned char const> wkb) {
  if constexpr (std::endian::native != std::endian::little) return false;
  std::size_t const xy = column.xy.size(), paths = column.path_begin.size(), parts = column.part_begin.size();
  if (PlainWalker(wkb, column).read()) return true;
  column.xy.resize(xy);
  column.path_begin.resize(paths);
  column.part_begin.resize(parts);
  return false;
}

}  // namespace terrein
