#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/prepare/prepare_layer.hpp"

using namespace terrein;

namespace {

/// Unit squares side by side with these ids; "" stands for null.
Layer squares(std::vector<std::string> const& ids) {
  Layer layer = test::grid_of_parcels(static_cast<int>(ids.size()), 1, 1, 150000, 200000);
  Column<std::int64_t> number("number", ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) number.set(i, static_cast<std::int64_t>(i));
  layer.attributes = Table(ids.size());
  layer.attributes.add(number);
  layer.id = ids;
  return layer;
}

std::vector<std::uint8_t> known(Layer const& layer) {
  std::vector<std::uint8_t> out;
  for (auto const& id : layer.id) out.push_back(id.empty() ? 0 : 1);
  return out;
}

PrepareOptions with(Duplicates policy) {
  PrepareOptions options;
  options.duplicates = policy;
  options.crs = crs_from("EPSG:31370");
  return options;
}

}  // namespace

TEST_CASE("unique ids stay as they are and get their ranks", "[prepare][ids]") {
  Layer layer = squares({"b", "10", "9"});
  Issues issues;
  auto const report = prepare_layer(layer, known(layer), with(Duplicates::stop), issues);
  CHECK(layer.id == std::vector<std::string>{"b", "10", "9"});
  CHECK(layer.id_rank == std::vector<std::uint32_t>{2, 1, 0});  // numbers by value, then texts
  CHECK(report.duplicate_ids == 0);
  CHECK(issues.size() == 0);
}

TEST_CASE("stop names the layer and the first repeated ids", "[prepare][ids]") {
  Layer layer = squares({"a", "b", "a", "b", "a", "", "c"});
  Issues issues;
  auto const thrown =
      test::error_of([&] { static_cast<void>(prepare_layer(layer, known(layer), with(Duplicates::stop), issues)); });
  CHECK(thrown.kind == ErrorKind::input);
  CHECK(thrown.text.find("'parcels'") != std::string::npos);
  CHECK(thrown.text.find("3 row(s) repeat an id of an earlier row: 'a', 'b'") != std::string::npos);
  CHECK(thrown.text.find("1 row(s) have no id: row 6") != std::string::npos);
  CHECK(thrown.text.find("'suffix'") != std::string::npos);
}

TEST_CASE("stop names no more than five ids", "[prepare][ids]") {
  Layer layer = squares({"a", "a", "b", "b", "c", "c", "d", "d", "e", "e", "f", "f"});
  Issues issues;
  auto const text = test::error_of([&] {
                      static_cast<void>(prepare_layer(layer, known(layer), with(Duplicates::stop), issues));
                    }).text;
  CHECK(text.find("'e' …") != std::string::npos);
  CHECK(text.find("'f'") == std::string::npos);
}

TEST_CASE("suffixes count in row order and avoid ids that exist", "[prepare][ids]") {
  Layer layer = squares({"a", "a", "a#2", "a", "", "row:5"});
  Issues issues;
  auto const report = prepare_layer(layer, known(layer), with(Duplicates::suffix), issues);
  CHECK(layer.id == std::vector<std::string>{"a", "a#3", "a#2", "a#4", "row:5#2", "row:5"});
  CHECK(report.duplicate_ids == 2);
  CHECK(report.quarantined == 0);
  REQUIRE(issues.size() == 3);
  CHECK(issues.rows()[0].code == "duplicate_id");
  CHECK(issues.rows()[0].feature_id == "a#3");
  CHECK(issues.rows()[0].text.find("'a'") != std::string::npos);
  CHECK(issues.rows()[2].code == "null_id");
  CHECK(issues.rows()[0].x == 150001.5);  // the middle of the second square, already in the study's CRS
  CHECK_FALSE(issues.rows()[0].source_crs);
}

TEST_CASE("plain repetitions are called #2 and #3", "[prepare][ids]") {
  Layer layer = squares({"p", "q", "p", "p"});
  Issues issues;
  static_cast<void>(prepare_layer(layer, known(layer), with(Duplicates::suffix), issues));
  CHECK(layer.id == std::vector<std::string>{"p", "q", "p#2", "p#3"});
}

TEST_CASE("first keeps the first row of every id with its attributes", "[prepare][ids]") {
  Layer layer = squares({"a", "b", "a", "c"});
  Issues issues;
  auto const report = prepare_layer(layer, known(layer), with(Duplicates::first), issues);
  CHECK(layer.id == std::vector<std::string>{"a", "b", "c"});
  CHECK(layer.size() == 3);
  CHECK(number_at(*layer.attributes.find("number"), 2) == 3);
  CHECK(layer.id_rank.size() == 3);
  CHECK(report.duplicate_ids == 1);
  CHECK(issues.size() == 1);
}

TEST_CASE("quarantine empties the shape and keeps the row", "[prepare][ids]") {
  Layer layer = squares({"a", "b", "a", ""});
  Issues issues;
  auto const report = prepare_layer(layer, known(layer), with(Duplicates::quarantine), issues);
  CHECK(layer.size() == 4);
  CHECK(layer.geometry.has_shape(0));
  CHECK_FALSE(layer.geometry.has_shape(2));
  CHECK_FALSE(layer.geometry.has_shape(3));
  CHECK(report.quarantined == 2);
  CHECK(report.empty_geometry == 0);
  REQUIRE(issues.size() == 2);
  CHECK(issues.rows()[0].severity == Severity::error);
  CHECK(issues.rows()[1].code == "null_id");
}

TEST_CASE("where ids do not matter they are made different in silence", "[prepare][ids]") {
  Layer layer = squares({"", "a", "a"});
  PrepareOptions options = with(Duplicates::stop);
  options.ids_matter = false;
  Issues issues;
  auto const report = prepare_layer(layer, known(layer), options, issues);
  CHECK(layer.id == std::vector<std::string>{"row:1", "a", "a#2"});
  CHECK(issues.size() == 0);
  CHECK(report.duplicate_ids == 0);
}

TEST_CASE("policies have names", "[prepare][ids]") {
  CHECK(to_string(Duplicates::stop) == "stop");
  CHECK(to_string(Duplicates::suffix) == "suffix");
  CHECK(to_string(Duplicates::first) == "first");
  CHECK(to_string(Duplicates::quarantine) == "quarantine");
}
