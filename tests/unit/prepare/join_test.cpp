// Tables joined to layers by key. Expected shapes and counts by hand on toy squares.
#include "terrein/prepare/join.hpp"

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"

using namespace terrein;

namespace {

TextColumn texts(std::string const& name, std::vector<char const*> const& values) {
  TextColumn out(name);
  for (char const* value : values) out.push(value == nullptr ? std::nullopt : std::optional<std::string_view>(value));
  return out;
}

/// Rows without shapes.
Layer table_of(std::string const& key, std::vector<char const*> const& keys) {
  Layer out;
  out.name = "table";
  GeometryBuilder builder(out.geometry);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    builder.end_row(GeometryKind::null);
    out.id.push_back("r" + std::to_string(row + 1));
  }
  out.id_rank = rank_ids(out.id);
  out.attributes = Table(keys.size());
  out.attributes.add(texts(key, keys));
  return out;
}

/// Squares of 100 m² side by side, with a key each.
Layer squares(std::vector<char const*> const& keys) {
  Layer out = test::grid_of_parcels(static_cast<int>(keys.size()), 1, 10);
  out.attributes.add(texts("CAPAKEY", keys));
  return out;
}

std::vector<std::string> codes(Issues const& issues) {
  std::vector<std::string> out;
  for (Issue const& issue : issues.rows()) out.push_back(issue.code + ":" + issue.feature_id);
  return out;
}

}  // namespace

TEST_CASE("keys are compared without blanks, those of the cadastre with a slash", "[prepare]") {
  CHECK(join_key(" 08123 ") == "08123");
  CHECK(join_key("11004A0479-00N000") == "11004A0479/00N000");
  CHECK(join_key("73078C0546-00_000") == "73078C0546/00_000");
  CHECK(join_key("72033A0610/00A000") == "72033A0610/00A000");
  for (char const* other : {"11004A0479-00N00", "11004a0479-00N000", "1100-A0479-00N000", "2026-11-25", "A-1"})
    CHECK(join_key(other) == other);
}

TEST_CASE("rows take the shapes of the features that have their key", "[prepare]") {
  Layer const parcels = squares({"11004A0479/00N000", "B", "C ", "B", nullptr});
  Layer table = table_of("capakey", {"11004A0479-00N000", "C", "C", "nowhere", "B", nullptr});
  Issues issues;
  JoinReport const report = join_shapes(table, "capakey", parcels, "CAPAKEY", issues);
  CHECK(report.matched == 4);
  CHECK(report.unmatched == 2);
  CHECK(codes(issues) == std::vector<std::string>{"no_match:r4", "no_match:r6"});
  CHECK(table.crs.authority == "EPSG:31370");
  CHECK(table.geometry.box[0].min_x == parcels.geometry.box[0].min_x);
  for (std::size_t const row : {1U, 2U}) CHECK(table.geometry.box[row].min_x == parcels.geometry.box[2].min_x);
  CHECK(table.geometry.kind[3] == GeometryKind::null);
  CHECK(table.geometry.kind[5] == GeometryKind::null);
  // "B" twice: two squares as one shape.
  CHECK(area(table.geometry, 4) == 200);
  CHECK(table.geometry.row_begin[5] - table.geometry.row_begin[4] == 2);
  CHECK(table.id == std::vector<std::string>{"r1", "r2", "r3", "r4", "r5", "r6"});
}

TEST_CASE("the parts of a joined shape do not depend on the order of the features", "[prepare]") {
  Layer const parcels = squares({"B", "C", "B"});
  Layer const shuffled = take(parcels, {2, 1, 0});
  Issues issues;
  Layer one = table_of("k", {"B"}), other = table_of("k", {"B"});
  (void)join_shapes(one, "k", parcels, "CAPAKEY", issues);
  (void)join_shapes(other, "k", shuffled, "CAPAKEY", issues);
  CHECK(one.geometry.xy == other.geometry.xy);
}

TEST_CASE("a join that finds nothing is refused with examples of both sides", "[prepare]") {
  Layer const parcels = squares({"08123", "08124"});
  Layer table = table_of("id", {"8123"});
  Issues issues;
  auto const thrown = test::error_of([&] { (void)join_shapes(table, "id", parcels, "CAPAKEY", issues); });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(thrown.text.find("'id' holds '8123', 'CAPAKEY' holds '08123', '08124'") != std::string::npos);
}

TEST_CASE("columns of a table are added by key, unknown where there is no row or rows differ", "[prepare]") {
  Layer parcels = squares({"A", "B", "C", "D"});
  Layer table = table_of("key", {"A", "B", "B", "D", "D", "Z"});
  Column<std::int64_t> owners("owners", 0);
  for (int const n : {1, 2, 2, 3, 4, 9}) owners.push(n);
  table.attributes.add(owners);
  table.attributes.add(texts("note", {"a", nullptr, nullptr, "d", "d", "z"}));
  Issues issues;
  JoinReport const report = add_columns(parcels, table, {"owners.csv", "key", "CAPAKEY", {"owners", "note"}}, issues);
  CHECK(report.matched == 3);
  CHECK(report.unmatched == 1);
  AnyColumn const& added = *parcels.attributes.find("owners");
  CHECK(std::holds_alternative<Column<std::int64_t>>(added));
  CHECK(number_at(added, 0) == 1);
  CHECK(number_at(added, 1) == 2);
  CHECK(number_at(added, 2) == std::nullopt);
  CHECK(number_at(added, 3) == std::nullopt);  // 3 and 4
  AnyColumn const& note = *parcels.attributes.find("note");
  CHECK(text_at(note, 0) == "a");
  CHECK(text_at(note, 1) == std::nullopt);
  CHECK(text_at(note, 3) == "d");  // both rows say so
  CHECK(codes(issues) == std::vector<std::string>{"several_rows:4", "no_row:", "no_match:"});
  CHECK(issues.rows()[1].severity == Severity::note);
  CHECK(issues.rows()[2].text.find("1 of 6 rows of 'owners.csv' name a key that no feature has: 'Z'") == 0);
}

TEST_CASE("columns that cannot be added are refused", "[prepare]") {
  Layer parcels = squares({"A"});
  Layer const table = table_of("key", {"A"}), other = table_of("key", {"B"});
  Issues issues;
  auto const fault = [&](Layer const& from, std::vector<std::string> const& fields) {
    return test::error_of([&] { (void)add_columns(parcels, from, {"t", "key", "CAPAKEY", fields}, issues); }).text;
  };
  CHECK(fault(other, {"key"}).find("finds none of its keys") != std::string::npos);
  CHECK(fault(table, {"key"}).empty());
  CHECK(fault(table, {"key"}).find("has 'key' already") != std::string::npos);
}
