// A fabric with faults of known kind, number and place.
#include "terrein/prepare/fabric.hpp"

#include <algorithm>
#include <map>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/measures.hpp"

using namespace terrein;
using terrein::test::layer_of;

namespace {

std::string box(double x0, double y0, double x1, double y1) {
  return fmt::format("POLYGON(({} {},{} {},{} {},{} {},{} {}))", x0, y0, x1, y0, x1, y1, x0, y1, x0, y0);
}

std::map<std::string, std::size_t> counts(FabricReport const& report) {
  std::map<std::string, std::size_t> out;
  for (FabricCount const& one : report.counts)
    if (one.count > 0) out[one.kind] = one.count;
  return out;
}

double area_of(FabricReport const& report, std::string const& kind) {
  for (FabricCount const& one : report.counts)
    if (one.kind == kind) return one.area_m2;
  return -1;
}

std::vector<Issue> with_code(Issues const& issues, std::string const& code) {
  std::vector<Issue> out;
  for (Issue const& one : issues.rows())
    if (one.code == code) out.push_back(one);
  return out;
}

using Counts = std::map<std::string, std::size_t>;

struct Checked {
  Layer layer;
  FabricReport report;
  Issues issues;
};

Checked check_layer(Layer layer, FabricOptions const& options = {}) {
  Checked out{std::move(layer), {}, {}};
  out.report = check_fabric(out.layer, options, out.issues);
  return out;
}

Checked check(std::vector<std::string> const& wkt, CommonLand policy = CommonLand::keep) {
  FabricOptions options;
  options.policy = policy;
  return check_layer(layer_of(wkt, "parcels"), options);
}

std::vector<double> areas(Layer const& layer) {
  std::vector<double> out;
  for (Row row = 0; row < layer.size(); ++row) out.push_back(area(layer.geometry, row));
  return out;
}

/// 1 overlaps 2 by 2 × 10, 3 lies in 1 (10 × 10 of it), 4 is 5 again; 6 is alone.
std::vector<std::string> const heap{box(0, 0, 20, 20),    box(18, 5, 40, 15),   box(2, 2, 12, 12),
                                    box(100, 0, 120, 10), box(100, 0, 120, 10), box(200, 0, 210, 10)};

}  // namespace

TEST_CASE("a clean fabric has no faults", "[prepare][fabric]") {
  auto const done = check_layer(test::grid_of_parcels(30, 20, 25));
  CHECK(counts(done.report).empty());
  CHECK(done.report.counts.size() == 8);
  CHECK(done.issues.size() == 0);
}

TEST_CASE("each fault put into a clean fabric is found once, at its place", "[prepare][fabric]") {
  Layer layer = test::grid_of_parcels(30, 20, 25, 0, 0);  // 750 × 500 m
  auto const add = [&](std::string const& wkt) {
    append_wkt(layer.geometry, wkt);
    layer.id.push_back(std::to_string(layer.id.size() + 1));
  };
  add(box(1000, 0, 1100, 50));       // 601
  add(box(1090, 10, 1150, 40));      // 602 overlaps it by 10 × 30
  add(box(1000, 100, 1100, 150));    // 603
  add(box(1010, 110, 1020, 120));    // 604 lies on it
  add(box(1000, 200, 1100, 250));    // 605
  add(box(1000, 200, 1100, 250));    // 606 is the same
  add(box(1000, 300, 1100, 300.4));  // 607 is a sliver: 2 · 40 / 200.8 = 0.398 m
  add(box(1000, 310, 1000.9, 311));  // 608 is tiny: 0.9 m²
  add("MULTIPOLYGON(((1000 320,1010 320,1010 330,1000 330,1000 320)),((1020 320,1030 320,1030 330,1020 330,1020 "
      "320)))");
  add("POLYGON((1000 400,1040 400,1040 430,1000 430,1000 400),(1010 410,1010 410.8,1030 410.8,1030 410,1010 410))");
  add("POLYGON((1100 400,1140 400,1140 430,1100 430,1100 400),(1110 405,1110 425,1130 425,1130 405,1110 405))");
  add(box(1200, 400, 1240, 430));  // 612
  add(box(1210, 430, 1230, 450));  // 613: both its lower corners lie on 612
  layer.attributes = Table(layer.size());
  layer.id_rank = rank_ids(layer.id);
  auto const done = check_layer(layer);
  // 610 has a hole of 20 × 0.8, on average 2 · 16 / 41.6 = 0.77 m wide; the hole of 611 is 20 × 20, 10 m: no gap.
  CHECK(counts(done.report) == Counts{{"overlap", 1},
                                      {"stacked", 1},
                                      {"identical", 1},
                                      {"sliver", 1},
                                      {"tiny", 1},
                                      {"multipart", 1},
                                      {"gap", 1},
                                      {"t_junction", 2}});
  CHECK(area_of(done.report, "overlap") == 300);
  CHECK(area_of(done.report, "stacked") == 100);
  CHECK(area_of(done.report, "identical") == 5000);
  CHECK(area_of(done.report, "gap") == 16);
  auto const one = [&](std::string const& code) {
    auto const list = with_code(done.issues, code);
    REQUIRE(list.size() == 1);
    CHECK(list[0].layer == "parcels");
    CHECK(list[0].stage == "fabric");
    CHECK(!list[0].source_crs);
    return list[0];
  };
  Issue const overlap = one("overlap");
  CHECK(overlap.feature_id == "601");
  CHECK(overlap.text == "Has 300.00 m² in common with '602': 16.67 % of the smaller one, 7.50 m wide on average.");
  CHECK((overlap.x > 1090 && overlap.x < 1100 && overlap.y > 10 && overlap.y < 40));
  CHECK(one("stacked").feature_id == "603");
  CHECK(one("stacked").text.find("'604': 100.00 %") != std::string::npos);
  CHECK(one("identical").feature_id == "605");
  CHECK(one("identical").text == "The same land as '606': 5000.00 m².");
  CHECK(one("sliver").feature_id == "607");
  CHECK(one("tiny").feature_id == "608");
  CHECK(one("multipart").feature_id == "609");
  Issue const gap = one("gap");
  CHECK((gap.x > 1010 && gap.x < 1030 && gap.y > 410 && gap.y < 410.8));
  CHECK(gap.text == "16.00 m² that belong to no parcel, 0.77 m wide on average, between '610'.");
  Issue const junction = one("t_junction");  // two corners of one parcel are one issue
  CHECK(junction.feature_id == "612");
  CHECK((junction.x == 1210 && junction.y == 430));
  CHECK(junction.text == "2 corners of other parcels lie on its boundary where it has no vertex.");
}

TEST_CASE("limits are limits", "[prepare][fabric]") {
  auto const pair = [](double common_m, double limit) {
    FabricOptions options;
    options.overlap_m2 = limit;
    return counts(check_layer(layer_of({box(0, 0, 10, 10), box(10 - common_m, 0, 20, 10)}), options).report)["overlap"];
  };
  CHECK(pair(0.5, 4.99) == 1);  // 5 m²
  CHECK(pair(0.5, 5.01) == 0);
  auto const share = [](double outside) {
    return counts(check({box(0, 0, 100, 100), box(90, 50, 100 + outside, 60)}).report);
  };
  CHECK(share(0.09).contains("stacked"));  // 10 / 10.09 = 99.1 %
  CHECK(share(0.11).contains("overlap"));  // 98.9 %
}

TEST_CASE("a long list is cut off, its count is not", "[prepare][fabric]") {
  FabricOptions options;
  options.list_most = 5;
  options.tiny_m2 = 700;
  auto const done = check_layer(test::grid_of_parcels(4, 3, 25), options);  // twelve parcels of 625 m²
  CHECK(counts(done.report) == Counts{{"tiny", 12}});
  CHECK(area_of(done.report, "tiny") == 12 * 625);
  auto const listed = with_code(done.issues, "tiny");
  REQUIRE(listed.size() == 5);
  CHECK(listed[0].feature_id == "1");
  CHECK(listed[4].feature_id == "5");
  auto const rest = with_code(done.issues, "fabric_not_listed");
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].text == "Of 12 issues 'tiny' the first 5 are listed; the table fabric counts all.");
}

TEST_CASE("common land is only told of under keep", "[prepare][fabric]") {
  auto const done = check(heap);
  CHECK(counts(done.report)["overlap"] == 1);
  CHECK(counts(done.report)["stacked"] == 1);
  CHECK(counts(done.report)["identical"] == 1);
  CHECK(done.report.changed == 0);
  CHECK(areas(done.layer) == std::vector<double>{400, 220, 100, 200, 200, 100});
}

TEST_CASE("the first by id keeps common land", "[prepare][fabric]") {
  auto const done = check(heap, CommonLand::first);
  CHECK(areas(done.layer) == std::vector<double>{400, 200, 0, 200, 0, 100});  // the land of all: 400 + 200 + 200 + 100
  CHECK(done.report.changed == 3);
  CHECK(done.report.added == 0);
  auto const lost = with_code(done.issues, "land_lost");
  REQUIRE(lost.size() == 3);
  CHECK(lost[0].feature_id == "2");
  CHECK(lost[0].severity == Severity::warning);
  CHECK(lost[0].text == "Loses 20.00 m² of common land: 220.00 m² became 200.00 m².");
  CHECK(lost[1].feature_id == "3");
  CHECK(lost[1].severity == Severity::error);
  CHECK(lost[1].text == "All of its 100.00 m² is common land; nothing remains.");
}

TEST_CASE("the first is the first by id, wherever its row stands", "[prepare][fabric]") {
  Layer layer = layer_of({box(0, 0, 10, 10), box(5, 0, 15, 10)});
  layer.id = {"10", "9"};
  layer.id_rank = rank_ids(layer.id);
  FabricOptions options;
  options.policy = CommonLand::first;
  CHECK(areas(check_layer(layer, options).layer) == std::vector<double>{50, 100});
}

TEST_CASE("split land becomes rows of its own, with what the parents have in common", "[prepare][fabric]") {
  Layer layer = layer_of(heap, "parcels");
  TextColumn town("town"), use("use");
  Column<std::int64_t> year("year", 0);
  for (char const* text : {"A", "A", "A", "B", "B", "C"}) town.push(text);
  for (char const* text : {"field", "wood", "field", "x", "x", "x"}) use.push(text);
  for (int const one : {1, 2, 3, 7, 7, 9}) year.push(one);
  layer.attributes = Table(6);
  for (AnyColumn column : {AnyColumn(town), AnyColumn(use), AnyColumn(year)}) layer.attributes.add(std::move(column));
  FabricOptions options;
  options.policy = CommonLand::split;
  auto const done = check_layer(layer, options);
  // 1 loses 20 to 1+2 and 100 to 1+3; 3, 4 and 5 lose all.
  CHECK(areas(done.layer) == std::vector<double>{280, 200, 0, 0, 0, 100, 20, 100, 200});
  CHECK(std::vector<std::string>(done.layer.id.begin() + 6, done.layer.id.end()) ==
        std::vector<std::string>{"1+2", "1+3", "4+5"});
  CHECK(done.report.changed == 5);
  CHECK(done.report.added == 3);
  auto const value = [&](char const* column, std::size_t row) {
    return text_at(*done.layer.attributes.find(column), row).value_or("null");
  };
  CHECK(done.layer.attributes.rows() == 9);
  CHECK(value("town", 6) == "A");
  CHECK(value("use", 6) == "null");
  CHECK(value("use", 7) == "field");
  CHECK(value("year", 7) == "null");
  CHECK(value("year", 8) == "7");
  CHECK(done.layer.id_rank == rank_ids(done.layer.id));
}

TEST_CASE("a split row never takes the id of another", "[prepare][fabric]") {
  Layer layer = layer_of({box(0, 0, 10, 10), box(5, 0, 15, 10), box(50, 0, 60, 10)});
  layer.id = {"a", "b", "a+b"};
  layer.id_rank = rank_ids(layer.id);
  FabricOptions options;
  options.policy = CommonLand::split;
  CHECK(check_layer(layer, options).layer.id == std::vector<std::string>{"a", "b", "a+b", "a+b+"});
}

TEST_CASE("quarantine empties all parcels with common land and keeps their rows", "[prepare][fabric]") {
  auto const done = check(heap, CommonLand::quarantine);
  CHECK(areas(done.layer) == std::vector<double>{0, 0, 0, 0, 0, 100});
  CHECK(done.layer.size() == 6);
  CHECK(done.report.changed == 5);
  for (Issue const& one : with_code(done.issues, "overlap")) CHECK(one.severity == Severity::error);
}

TEST_CASE("rows without shape, lines and points take no part", "[prepare][fabric]") {
  auto const done = check({"POLYGON EMPTY", "LINESTRING(0 0,10 0)", "POINT(5 5)", box(0, 0, 10, 10)});
  CHECK(counts(done.report).empty());
}

namespace {

/// Parcels of one shape, from each of its corners in turn, and one that has 2 × 10 m² of it.
Checked check_pile(std::size_t rows, CommonLand policy) {
  std::vector<std::string> const turns{"POLYGON((0 0,20 0,20 10,0 10,0 0))", "POLYGON((20 0,20 10,0 10,0 0,20 0))",
                                       "POLYGON((20 10,0 10,0 0,20 0,20 10))", "POLYGON((0 10,0 0,20 0,20 10,0 10))"};
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < rows; ++i) texts.push_back(turns[i % 4]);
  texts.push_back(box(18, 0, 40, 10));
  return check(texts, policy);
}

}  // namespace

TEST_CASE("up to a hundred parcels of one shape are told pair by pair, more as one", "[prepare][fabric]") {
  for (std::size_t const rows : {2U, 3U, 100U}) {
    auto const few = check_pile(rows, CommonLand::keep);
    std::size_t const pairs = rows * (rows - 1) / 2;
    CHECK(counts(few.report)["identical"] == pairs);
    CHECK(counts(few.report)["overlap"] == rows);
    CHECK(area_of(few.report, "identical") == 200.0 * static_cast<double>(pairs));
    CHECK(with_code(few.issues, "identical").size() == pairs);
    CHECK(with_code(few.issues, "identical").front().text == "The same land as '2': 200.00 m².");
    CHECK(with_code(few.issues, "overlap").size() == rows);
  }
  auto const many = check_pile(101, CommonLand::keep);
  CHECK(counts(many.report)["identical"] == 100);  // each of the others with the first
  CHECK(area_of(many.report, "identical") == 200.0 * 100);
  auto const told = with_code(many.issues, "identical");
  REQUIRE(told.size() == 1);
  CHECK(told[0].feature_id == "1");
  CHECK(told[0].text ==
        "One of 101 parcels of exactly the same shape, all on the same 200.00 m²: '1', '2', '3', '4' and 97 more.");
  CHECK(counts(many.report)["overlap"] == 1);
  auto const over = with_code(many.issues, "overlap");
  REQUIRE(over.size() == 1);
  CHECK(over[0].feature_id == "1");
  CHECK(over[0].text ==
        "Has 20.00 m² in common with '102': 10.00 % of the smaller one, 1.67 m wide on average. '1' stands for 101 "
        "parcels of its shape.");
  // The corner of each at (20, 0) and (20, 10) on the other, and its two on each of them.
  for (std::size_t const rows : {2U, 101U})
    CHECK(with_code(check_pile(rows, CommonLand::keep).issues, "t_junction").size() == rows + 1);
}

TEST_CASE("common land of many parcels of one shape is settled as that of few", "[prepare][fabric]") {
  for (std::size_t const rows : {2U, 3U, 101U}) {
    INFO(rows << " parcels of one shape");
    auto const first = check_pile(rows, CommonLand::first);
    std::vector<double> expected(rows + 1, 0);
    expected.front() = 200;
    expected.back() = 200;  // of 220
    CHECK(areas(first.layer) == expected);
    CHECK(first.report.changed == rows);
    CHECK(with_code(first.issues, "land_lost").size() == rows);

    auto const split = check_pile(rows, CommonLand::split);
    REQUIRE(split.layer.size() == rows + 3);
    CHECK(split.report.added == 2);
    std::string id = "1";
    for (std::size_t i = 2; i <= rows; ++i) id += "+" + std::to_string(i);
    expected.front() = 0;
    expected.insert(expected.end(), {180, 20});
    CHECK(areas(split.layer) == expected);
    CHECK(split.layer.id[rows + 1] == id);
    CHECK(split.layer.id[rows + 2] == id + "+" + std::to_string(rows + 1));

    auto const quarantine = check_pile(rows, CommonLand::quarantine);
    CHECK(areas(quarantine.layer) == std::vector<double>(rows + 1, 0));
    CHECK(with_code(quarantine.issues, "land_quarantined").size() == rows + 1);
  }
}
