#include "terrein/io/content_hash.hpp"

#include "io_fixtures.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

Layer two_rows() {
  Layer layer = layer_of({"POINT(1 2)", "POINT EMPTY"});
  Column<std::int64_t> number("n", 0);
  TextColumn text("a");
  number.push(5);
  number.push(std::nullopt);
  text.push("x");
  text.push("");
  layer.attributes.add(number);
  layer.attributes.add(text);
  return layer;
}

}  // namespace

TEST_CASE("The hash of a content is that of the bytes that the description names") {
  // MULTIPOINT(1 2): little-endian, type 4, one point; 30 bytes
  std::string const wkb("\x01\x04\0\0\0\x01\0\0\0\x01\x01\0\0\0\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\x40", 30);
  std::string const first = sha256("1:11:x1:530:" + wkb), second = sha256("1:20:-0:");
  CHECK(content_hash(two_rows()) == sha256("1:a1:n\n" + first + "\n" + second + "\n"));
}

TEST_CASE("The order of rows and the types of columns do not matter to the hash, values do") {
  Layer const layer = two_rows();
  CHECK(content_hash(take(layer, {1, 0})) == content_hash(layer));
  Table other(2);
  other.add(*layer.attributes.find("a"));
  Column<double> number("n", 2);
  number.set(0, 5);
  other.add(number);
  CHECK(content_hash(layer.id, other, &layer.geometry) == content_hash(layer));
  Table changed(2);
  changed.add(*layer.attributes.find("a"));
  number.set(1, 0);
  changed.add(number);
  CHECK(content_hash(layer.id, changed, &layer.geometry) != content_hash(layer));
  CHECK(content_hash(layer.id, layer.attributes, nullptr) != content_hash(layer));
  CHECK(error_of([&] { static_cast<void>(content_hash({"1"}, changed, nullptr)); }).kind == ErrorKind::internal);
}

TEST_CASE("Rows of one id are told apart by what they hold") {
  std::vector<std::string> const ids{"1", "1"};
  TextColumn ab("a"), ba("a"), aa("a");
  for (char const* text : {"x", "y"}) ab.push(text);
  for (char const* text : {"y", "x"}) ba.push(text);
  for (char const* text : {"x", "x"}) aa.push(text);
  auto const hash = [&](TextColumn const& column) {
    Table table(2);
    table.add(column);
    return content_hash(ids, table, nullptr);
  };
  CHECK(hash(ab) == hash(ba));
  CHECK(hash(ab) != hash(aa));
}
