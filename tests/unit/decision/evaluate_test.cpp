#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr auto none = std::nullopt;

/// One row of `evaluate`: known or not, and the range.
void check_row(Values const& values, std::size_t row, std::optional<double> value, double low, double high) {
  INFO("row " << row);
  CHECK(values.value.at(row) == value);
  CHECK(values.low[row] == low);
  CHECK(values.high[row] == high);
}

}  // namespace

TEST_CASE("a missing number keeps the whole range of its function", "[decision][unit]") {
  auto const values = evaluate(parse_value_function("piecewise", "0:0.2|10:0.9"), numbers({5, none, 20}));
  CHECK(values.value.name == "val_x");
  check_row(values, 0, 0.55, 0.55, 0.55);  // half-way from 0.2 to 0.9
  check_row(values, 1, none, 0.2, 0.9);
  check_row(values, 2, 0.9, 0.9, 0.9);
}

TEST_CASE("bounds narrow a missing number, and decide it where the value is flat", "[decision][unit]") {
  auto const function = parse_value_function("piecewise", "0:0|1000:1");
  check_row(evaluate(function, between(250, 500)), 0, none, 0.25, 0.5);
  check_row(evaluate(function, between(250, none)), 0, none, 0.25, 1);
  check_row(evaluate(function, between(none, 500)), 0, none, 0, 0.5);
  check_row(evaluate(function, between(1000, none)), 0, 1.0, 1, 1);  // at least 1000 m away is as good as it gets
  check_row(evaluate(function, between(300, 300)), 0, 0.3, 0.3, 0.3);
  check_row(evaluate(function, between(500, 250)), 0, none, 0.25, 0.5);  // crossed by rounding
}

TEST_CASE("NaN is missing and never a value", "[decision][unit]") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  for (auto const& [kind, text] : {std::pair{"linear", "lo=0|hi=10"}, {"minmax", "more"}}) {
    auto const values = evaluate(parse_value_function(kind, text), numbers({0, nan, 10}));
    check_row(values, 0, 0.0, 0, 0);
    check_row(values, 1, none, 0, 1);
    check_row(values, 2, 1.0, 1, 1);
  }
}

TEST_CASE("extrapolation without a bound stops at the end of the scale", "[decision][unit]") {
  auto function = parse_value_function("piecewise", "0:0|10:1");
  function.outside = Outside::extrapolate;
  check_row(evaluate(function, between(none, none)), 0, none, 0, 1);
  check_row(evaluate(function, between(5, none)), 0, none, 0.5, 1);
  check_row(evaluate(function, between(-5, 20)), 0, none, -0.5, 2);       // bounded, so extrapolated as asked
  check_row(evaluate(function, between(none, -5)), 0, none, -0.5, -0.5);  // nothing of the scale is left below
  auto falling = parse_value_function("piecewise", "0:1|10:0");
  falling.outside = Outside::extrapolate;
  check_row(evaluate(falling, between(none, -5)), 0, none, 1.5, 1.5);
  check_row(evaluate(falling, between(none, 5)), 0, none, 0.5, 1);
}

TEST_CASE("a class has a value, a range, or nothing", "[decision][oracle]") {
  auto const a15 = oracle("a15");
  if (a15.is_null()) return;
  ValueFunction function;
  function.kind = ValueKind::categorical;
  for (auto const& [name, value] : a15["input"]["categorical"]["map"].items())
    function.classes[name] = {value.get<double>(), value.get<double>()};
  Words classes;
  for (auto const& name : a15["input"]["categorical"]["x"]) classes.push_back(name.get<std::string>());
  auto const values = evaluate(function, words(classes));
  auto const& expected = a15["expected"]["categorical"];
  for (std::size_t row = 0; row < expected.size(); ++row) {
    REQUIRE(values.value.is_known(row) == !expected[row].is_null());
    if (!expected[row].is_null()) CHECK(values.value.values[row] == expected[row].get<double>());
  }
}

TEST_CASE("missing classes take the range of the class unknown", "[decision][unit]") {
  Measure const measure = words({"business", none, "moon", "other", "unknown", "business"});
  auto const with =
      evaluate(parse_value_function("categorical", "business:1|other:[0.2-0.8]|unknown:[0.3-0.4]"), measure);
  check_row(with, 0, 1.0, 1, 1);
  check_row(with, 1, none, 0.3, 0.4);
  check_row(with, 2, none, 0.3, 0.4);  // not in the table
  check_row(with, 3, none, 0.2, 0.8);
  check_row(with, 4, none, 0.3, 0.4);
  check_row(with, 5, 1.0, 1, 1);
  auto const without = evaluate(parse_value_function("categorical", "business:1|other:[0.2-0.8]"), measure);
  check_row(without, 1, none, 0, 1);
  check_row(without, 2, none, 0, 1);
}

TEST_CASE("minmax agrees with the published columns", "[decision][oracle]") {
  auto const a16 = oracle("a16");
  if (a16.is_null()) return;
  auto const& matrix = a16["input"]["matrix"];
  for (std::size_t column = 0; column < 3; ++column) {
    Numbers raw;
    for (auto const& row : matrix) raw.push_back(row[column].get<double>());
    bool const more = a16["input"]["objectives"][column] == "max";
    auto const values = evaluate(parse_value_function("minmax", more ? "more" : "less"), numbers(raw));
    for (std::size_t row = 0; row < matrix.size(); ++row)
      CHECK(values.value.values[row] == Approx(a16["expected"]["minmax"][row][column].get<double>()).margin(1e-8));
  }
}

TEST_CASE("minmax without two different numbers gives every known candidate 1", "[decision][unit]") {
  auto const function = parse_value_function("minmax", "less");
  auto const constant = evaluate(function, numbers({7, 7, none}));
  check_row(constant, 0, 1.0, 1, 1);
  check_row(constant, 1, 1.0, 1, 1);
  check_row(constant, 2, none, 0, 1);
  check_row(evaluate(function, numbers({7})), 0, 1.0, 1, 1);
  check_row(evaluate(function, numbers({none})), 0, none, 0, 1);
  CHECK(evaluate(function, numbers({})).value.size() == 0);
}

TEST_CASE("minmax places bounds and infinite numbers on the scale of the finite ones", "[decision][unit]") {
  Measure measure = numbers({0, 10, none, inf});
  measure.low.set(2, 5);
  auto const values = evaluate(parse_value_function("minmax", "more"), measure);
  check_row(values, 1, 1.0, 1, 1);
  check_row(values, 2, none, 0.5, 1);
  check_row(values, 3, 1.0, 1, 1);
  auto const wide = evaluate(parse_value_function("minmax", "more"), numbers({-1.7e308, 0, 1.7e308}));
  check_row(wide, 1, 0.5, 0.5, 0.5);  // the distance of the ends overflows a double
}

TEST_CASE("a class and a number do not meet silently", "[decision][unit]") {
  auto const class_error =
      error_of([] { (void)evaluate(parse_value_function("linear", "lo=0|hi=1"), words({"business"}, "zoning")); });
  CHECK(class_error.kind == ErrorKind::config);
  CHECK(class_error.text.find("'zoning' gives classes") != std::string::npos);
  auto const minmax_error = error_of([] { (void)evaluate(parse_value_function("minmax", "more"), words({"a"})); });
  CHECK(minmax_error.kind == ErrorKind::config);
  auto const number_error =
      error_of([] { (void)evaluate(parse_value_function("categorical", "a:1"), numbers({1}, "dist")); });
  CHECK(number_error.kind == ErrorKind::config);
  CHECK(number_error.text.find("'dist' gives numbers") != std::string::npos);
}

TEST_CASE("a number beyond points that must not be left names the criterion", "[decision][unit]") {
  auto function = parse_value_function("piecewise", "0:0|10:1");
  function.outside = Outside::error;
  auto const thrown = error_of([&] { (void)evaluate(function, numbers({5, 12}, "slope")); });
  CHECK(thrown.kind == ErrorKind::config);
  CHECK(thrown.text.find("'slope'") != std::string::npos);
  CHECK(thrown.text.find("'12'") != std::string::npos);
  check_row(evaluate(function, between(none, none)), 0, none, 0, 1);
}

TEST_CASE("fixed scales do not see other candidates, minmax does", "[decision][property]") {
  std::mt19937 random(21);
  for (int round = 0; round < 50; ++round) {
    Numbers few;
    for (int i = 0; i < 8; ++i) few.push_back(uniform(random, 10, 90));
    Numbers more = few;
    more.push_back(100);  // beyond the largest, so that minmax must move
    auto const fixed = parse_value_function("linear", "lo=0|hi=100");
    auto const moving = parse_value_function("minmax", "more");
    auto const fixed_few = evaluate(fixed, numbers(few)), fixed_more = evaluate(fixed, numbers(more));
    auto const moving_few = evaluate(moving, numbers(few)), moving_more = evaluate(moving, numbers(more));
    bool moved = false;
    for (std::size_t row = 0; row < few.size(); ++row) {
      CHECK(fixed_few.value.values[row] == fixed_more.value.values[row]);
      moved |= moving_few.value.values[row] != moving_more.value.values[row];
    }
    CHECK(moved);
  }
}
