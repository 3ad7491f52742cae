#include <cctype>
#include <charconv>
#include <string>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/geometry/geometry_column.hpp"

namespace terrein {

namespace {

// Recursive descent over "TYPE [Z|M|ZM] (…)" or "TYPE EMPTY".
class WktReader {
 public:
  WktReader(std::string_view text, GeometryBuilder& out) : text_(text), out_(out) {}

  void geometry() {
    std::string const type = word();
    if (std::string const next = peek_word(); next == "z" || next == "m" || next == "zm") (void)word();
    GeometryKind const kind = element(type);
    skip_space();
    if (at_ != text_.size()) fail("the end of the text");
    out_.end_row(kind);
  }

 private:
  GeometryKind element(std::string const& type) {
    if (type == "point") return single([this] { point(); }), GeometryKind::point;
    if (type == "linestring" || type == "linearring") return single([this] { line(); }), GeometryKind::line;
    if (type == "polygon") return single([this] { polygon(); }), GeometryKind::polygon;
    if (type == "multipoint") return many([this] { loose_point(); }), GeometryKind::point;
    if (type == "multilinestring") return many([this] { line(); }), GeometryKind::line;
    if (type == "multipolygon") return many([this] { polygon(); }), GeometryKind::polygon;
    throw_error(ErrorKind::input, "'{}' is no geometry type of WKT that can be read here.{}", type,
                suggestion(type, {"point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon"}));
  }

  template <class One>
  void single(One one) {
    if (!empty()) one();
  }
  template <class One>
  void many(One one) {
    if (empty()) return;
    list([&] {
      if (!empty()) one();
    });
  }
  template <class One>
  void list(One one) {
    expect('(');
    do one();
    while (accept(','));
    expect(')');
  }

  void point() {
    expect('(');
    vertex();
    expect(')');
    end_part();
  }
  // MULTIPOINT is written with and without brackets around its points.
  void loose_point() {
    bool const bracket = accept('(');
    vertex();
    if (bracket) expect(')');
    end_part();
  }
  void line() {
    list([this] { vertex(); });
    end_part();
  }
  void polygon() {
    list([this] {
      list([this] { vertex(); });
      out_.end_path();
    });
    out_.end_part();
  }
  void end_part() {
    out_.end_path();
    out_.end_part();
  }

  void vertex() {
    double const x = number(), y = number();
    for (int extra = 0; extra < 2 && starts_number(); ++extra) (void)number();  // Z and M are dropped
    out_.vertex(x, y);
  }
  double number() {
    skip_space();
    double value = 0;
    std::size_t const plus = at_ < text_.size() && text_[at_] == '+' ? 1 : 0;
    auto const [end, error] = std::from_chars(text_.data() + at_ + plus, text_.data() + text_.size(), value);
    if (error != std::errc{}) fail("a number");
    at_ = static_cast<std::size_t>(end - text_.data());
    return value;
  }
  bool starts_number() {
    skip_space();
    return at_ < text_.size() && text_[at_] != ',' && text_[at_] != ')';
  }

  bool empty() {
    if (peek_word() != "empty") return false;
    (void)word();
    return true;
  }
  std::string peek_word() {
    std::size_t const before = at_;
    std::string const found = word();
    at_ = before;
    return found;
  }
  std::string word() {
    skip_space();
    std::size_t const begin = at_;
    while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    return lower(text_.substr(begin, at_ - begin));
  }
  void skip_space() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool accept(char wanted) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  void expect(char wanted) {
    if (!accept(wanted)) fail(std::string("'") + wanted + "'");
  }
  [[noreturn]] void fail(std::string const& wanted) const {
    throw_error(ErrorKind::input, "WKT '{}' cannot be read: expected {} at character {}.", text_.substr(0, 80), wanted,
                at_ + 1);
  }

  std::string_view text_;
  GeometryBuilder& out_;
  std::size_t at_ = 0;
};

}  // namespace

void append_wkt(GeometryColumn& column, std::string_view wkt) {
  GeometryColumn one;  // on the side, so that a fault half-way leaves the column as it was
  GeometryBuilder builder(one);
  WktReader(wkt, builder).geometry();
  GeometryBuilder(column).copy_row(one, 0);
}

}  // namespace terrein
