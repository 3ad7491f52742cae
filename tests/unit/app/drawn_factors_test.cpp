#include "app/drawn_factors.hpp"

#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/geometry/layer.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr double none = std::numeric_limits<double>::infinity();

/// Two candidates of four draws: one whose measure is known, one of which it has bounds, or none on one side.
DrawnFactors some_draws() {
  DrawnFactors out;
  out.draws = 4;
  out.measures["a"] = {{0, 2}, {1, 2, 3, 4, 5, -none, 7, 8}, {1, 2, 3, 4, 6, 6, none, 8}};
  return out;
}

ModelConfig model_of(ValueFunction function) {
  ModelConfig out;
  out.criteria.resize(2);
  out.criteria[0].criterion = "other";
  out.criteria[1].criterion = "a";
  out.criteria[1].function = std::move(function);
  return out;
}

}  // namespace

TEST_CASE("The central value of a factor is as often surpassed as not") {
  Figure const hours{12, 4, 24};
  CHECK(figure_at(hours, 0) == 4);
  CHECK(figure_at(hours, 0.25) == 8);
  CHECK(figure_at(hours, 0.5) == 12);
  CHECK(figure_at(hours, 0.75) == 18);
  CHECK(figure_at(hours, 1) == 24);
  CHECK(figure_at(Figure(3), 0.3) == 3);
}

TEST_CASE("Measures under draws come back from their table, whatever the order of the candidates") {
  std::vector<std::string> const ids{"p", "q", "r"};
  Table const table = drawn_measures_table(some_draws(), ids);
  CHECK(table.rows() == 3);  // values of the first, both bounds of the other
  auto const same = read_drawn_measures(table, ids);
  REQUIRE(same);
  CHECK(same->draws == 4);
  CHECK(same->measures.at("a").rows == some_draws().measures.at("a").rows);
  CHECK(same->measures.at("a").low == some_draws().measures.at("a").low);
  CHECK(same->measures.at("a").high == some_draws().measures.at("a").high);
  CHECK(error_of([&] { (void)read_drawn_measures(table, {"p", "q"}); }).kind == ErrorKind::input);
  auto const turned = read_drawn_measures(table, {"r", "p"});
  REQUIRE(turned);
  CHECK(turned->measures.at("a").rows == std::vector<Row>{1, 0});
  CHECK(turned->measures.at("a").low == some_draws().measures.at("a").low);
  CHECK_FALSE(read_drawn_measures(drawn_measures_table({}, ids), ids));
}

TEST_CASE("Values under draws are those of the function of the model") {
  Measure now = unknown_measure({}, {}, false, 3, {});
  for (std::size_t row = 0; row < 3; ++row) now.value.set(row, 4.0 + 4.0 * static_cast<double>(row));
  auto const measure_of = [&](std::string const&) -> Measure const& { return now; };
  auto const values = [&](ValueFunction const& function) {
    RankingProblem problem;
    add_factors(some_draws(), model_of(function), measure_of, problem);
    REQUIRE(problem.factor_draws == 4);
    return problem.by_factors.at(0);
  };
  FactorValues const line = values(parse_value_function("piecewise", "0:0|8:1"));
  CHECK(line.criterion == 1);
  CHECK(line.low == std::vector<double>{0.125, 0.25, 0.375, 0.5, 0.625, 0, 0.875, 1});
  CHECK(line.high == std::vector<double>{0.125, 0.25, 0.375, 0.5, 0.75, 0.75, 1, 1});
  ValueFunction strict = parse_value_function("piecewise", "2:0|6:1");
  strict.outside = Outside::error;
  CHECK(values(strict).low.front() == 0);  // a draw beyond the points is no fault
  // A relative function keeps the scale of the candidates as they are, 4 to 12.
  CHECK(values(parse_value_function("minmax", "more")).low == std::vector<double>{0, 0, 0, 0, 0.125, 0, 0.375, 0.5});
}
