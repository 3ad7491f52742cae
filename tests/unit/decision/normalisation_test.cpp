#include "terrein/decision/normalisation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using List = std::vector<double>;

std::vector<Objective> objectives(nlohmann::json const& names) {
  std::vector<Objective> out;
  for (auto const& name : names) out.push_back(name == "min" ? Objective::cost : Objective::benefit);
  return out;
}

}  // namespace

TEST_CASE("normalisations agree with the published tables", "[decision][oracle]") {
  auto const a16 = oracle("a16");
  if (a16.is_null()) return;
  auto const matrix = a16["input"]["matrix"].get<Alternatives>();
  auto const goals = objectives(a16["input"]["objectives"]);
  for (auto const& [kind, name] :
       std::vector<std::pair<Normalisation, std::string>>{{Normalisation::minmax, "minmax"},
                                                          {Normalisation::max, "max"},
                                                          {Normalisation::sum, "sum"},
                                                          {Normalisation::vector, "vector"},
                                                          {Normalisation::zscore, "zscore_population"}}) {
    auto const found = normalise(matrix, goals, kind);
    CHECK(found.constant.empty());
    for (std::size_t row = 0; row < matrix.size(); ++row)
      for (std::size_t i = 0; i < goals.size(); ++i)
        CHECK(found.values[row][i] == within(a16["expected"][name][row][i].get<double>(), 1e-8));
  }
  // The deviation of a sample is √(6/5) times that of the population.
  auto const population = normalise(matrix, goals, Normalisation::zscore);
  auto const sample = normalise(matrix, goals, Normalisation::zscore_sample);
  for (std::size_t row = 0; row < 6; ++row)
    for (std::size_t i = 0; i < 3; ++i)
      CHECK(sample.values[row][i] == within(population.values[row][i] / std::sqrt(1.2), 1e-12));
}

TEST_CASE("a constant column gives every alternative the same, and is told", "[decision][unit]") {
  Alternatives const rows{{3, 0, 1}, {3, 0, 2}};
  for (Objective const goal : {Objective::benefit, Objective::cost})
    for (Normalisation const kind : {Normalisation::minmax, Normalisation::max, Normalisation::vector,
                                     Normalisation::zscore, Normalisation::zscore_sample}) {
      auto const found = normalise(rows, {goal, goal, goal}, kind);
      CHECK(found.constant == std::vector<std::size_t>{0, 1});
      for (std::size_t i = 0; i < 2; ++i) {
        CHECK(std::isfinite(found.values[0][i]));
        CHECK(found.values[0][i] == found.values[1][i]);
      }
      CHECK((found.values[0][2] < found.values[1][2]) == (goal == Objective::benefit));
    }
  CHECK(normalised_column(List{7}, Objective::benefit, Normalisation::minmax) == List{1});
  CHECK(normalised_column(List{7}, Objective::cost, Normalisation::minmax) == List{1});
  CHECK(normalised_column(List{7}, Objective::benefit, Normalisation::zscore_sample) == List{0});
  CHECK(normalised_column(List{0, 0}, Objective::benefit, Normalisation::sum) == List{0, 0});
  CHECK(normalised_column(List{}, Objective::cost, Normalisation::sum).empty());
  CHECK(normalised_column(List{0.2, 1}, Objective::benefit, Normalisation::fixed) == List{0.2, 1});
  CHECK(normalised_column(List{0.25, 1}, Objective::cost, Normalisation::fixed) == List{0.75, 0});
}

TEST_CASE("numbers that a normalisation cannot take are refused with a remedy", "[decision][unit]") {
  double const nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  auto const refused = [](List const& column, Objective goal, Normalisation kind, std::string const& words) {
    auto const thrown = error_of([&] { (void)normalised_column(column, goal, kind); });
    INFO(thrown.text);
    CHECK(thrown.kind == ErrorKind::config);
    CHECK(thrown.text.find(words) != std::string::npos);
  };
  refused({1, nan}, Objective::benefit, Normalisation::minmax, "'nan'");
  refused({1, inf}, Objective::benefit, Normalisation::vector, "'inf'");
  refused({1, -2}, Objective::benefit, Normalisation::sum, "'-2'");
  refused({1, -2}, Objective::cost, Normalisation::max, "use 'minmax'");
  refused({1, 0}, Objective::cost, Normalisation::sum, "above 0");
  refused({1e200, 1}, Objective::benefit, Normalisation::vector, "too wide");
  refused({-1.7e308, 1.7e308}, Objective::benefit, Normalisation::minmax, "too wide");
  CHECK(!error_of([] {
           (void)normalise({{1, 2}, {1}}, {Objective::benefit, Objective::cost}, Normalisation::max);
         }).text.empty());
}

TEST_CASE("normalisation does not depend on the order of the alternatives, to the bit", "[decision][property]") {
  std::mt19937 random(16);
  std::uniform_real_distribution<double> unit(0, 1);
  for (Normalisation const kind : {Normalisation::minmax, Normalisation::max, Normalisation::sum, Normalisation::vector,
                                   Normalisation::zscore, Normalisation::zscore_sample}) {
    std::vector<std::pair<double, double>> pairs;
    List column;
    for (int i = 0; i < 300; ++i) column.push_back(unit(random));
    auto const before = normalised_column(column, Objective::benefit, kind);
    for (std::size_t i = 0; i < column.size(); ++i) pairs.emplace_back(column[i], before[i]);
    std::shuffle(pairs.begin(), pairs.end(), random);
    List shuffled, expected;
    for (auto const& [x, y] : pairs) {
      shuffled.push_back(x);
      expected.push_back(y);
    }
    CHECK(normalised_column(shuffled, Objective::benefit, kind) == expected);
  }
}

TEST_CASE("every normalisation has a name and words in two languages", "[decision][unit]") {
  std::vector<std::string> nl, en;
  for (std::string const& name : known_normalisations()) {
    auto const kind = normalisation(name);
    REQUIRE(kind);
    CHECK(to_string(*kind) == name);
    nl.push_back(describe(*kind).nl);
    en.push_back(describe(*kind).en);
    CHECK(nl.back() != en.back());
  }
  CHECK(nl.size() == 7);
  for (auto* const words : {&nl, &en}) {
    std::sort(words->begin(), words->end());
    CHECK(std::adjacent_find(words->begin(), words->end()) == words->end());
  }
  CHECK(!normalisation("min-max"));
}
