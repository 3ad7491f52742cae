#include "terrein/decision/data_weights.hpp"

#include <cmath>

#include "support/support.hpp"
#include "unit/decision/weight_toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using Columns = std::vector<Column<double>>;

Column<double> column(Numbers const& numbers) {
  Column<double> out;
  for (auto const& number : numbers) out.push(number);
  return out;
}

Columns columns_of(nlohmann::json const& matrix) {
  Columns out(matrix[0].size());
  for (auto const& row : matrix)
    for (std::size_t i = 0; i < out.size(); ++i) out[i].push(row[i].get<double>());
  return out;
}

std::vector<Column<double> const*> pointers_to(Columns const& columns) {
  std::vector<Column<double> const*> out;
  for (auto const& one : columns) out.push_back(&one);
  return out;
}

DataWeights entropy(Columns const& columns) {
  return entropy_weights(subject_of(columns.size()), pointers_to(columns));
}
DataWeights critic(Columns const& columns, Correlation correlation = Correlation::pearson) {
  return critic_weights(subject_of(columns.size()), pointers_to(columns), correlation);
}

Thrown fault_of_entropy(Columns const& columns) {
  return error_of([&] { (void)entropy(columns); });
}
Thrown fault_of_critic(Columns const& columns) {
  return error_of([&] { (void)critic(columns); });
}

Columns random_columns(std::mt19937& random, std::size_t n, std::size_t rows) {
  Columns out(n);
  for (auto& one : out)
    for (std::size_t row = 0; row < rows; ++row) one.push(uniform(random, 0, 10));
  return out;
}

}  // namespace

TEST_CASE("entropy weights agree with the published ones", "[decision][oracle]") {
  auto const a09 = oracle("a09");
  if (a09.is_null()) return;
  auto const found = entropy(columns_of(a09["input"]["matrix"]));
  check_near(found.weights, a09["expected"]["weights"].get<std::vector<double>>(), a09["tolerance"]["weights_abs"]);
  auto expected = a09["expected"]["entropy"].get<std::vector<double>>();
  for (double& one : expected) one = 1 - one;
  check_near(found.information, expected, a09["tolerance"]["entropy_abs"]);
  CHECK(found.rows == 12);
}

TEST_CASE("CRITIC weights agree with the published ones", "[decision][oracle]") {
  auto const a10 = oracle("a10");
  if (a10.is_null()) return;
  auto const columns = columns_of(a10["input"]["matrix"]);
  double const margin = a10["tolerance"]["abs"];
  check_near(critic(columns).weights, a10["expected"]["weights_pearson"].get<std::vector<double>>(), margin);
  check_near(critic(columns, Correlation::spearman).weights,
             a10["expected"]["weights_spearman"].get<std::vector<double>>(), margin);
}

TEST_CASE("a criterion that is the same everywhere has no weight and changes no other", "[decision][property]") {
  std::mt19937 random(41);
  for (int round = 0; round < 30; ++round) {
    auto columns = random_columns(random, 3, 2 + random() % 20);
    auto const before_entropy = entropy(columns), before_critic = critic(columns);
    columns.push_back(column(Numbers(columns[0].size(), 1 / 3.0)));
    for (auto const& [found, before] :
         {std::pair{entropy(columns), before_entropy}, {critic(columns), before_critic}}) {
      CHECK(found.weights.back() == 0);
      CHECK(sum_of(found.weights) == Approx(1).epsilon(1e-14));
      check_near({found.weights.begin(), found.weights.end() - 1}, before.weights, 1e-15);
    }
  }
}

TEST_CASE("data weights are the same to the last bit for shuffled candidates", "[decision][property]") {
  std::mt19937 random(43);
  for (int round = 0; round < 30; ++round) {
    std::size_t const rows = 6 + random() % 50;
    auto const columns = random_columns(random, 4, rows);
    auto const order = shuffled(random, rows);
    Columns other = columns;
    for (auto& one : other) one.values = moved(one.values, order);
    CHECK(entropy(other).weights == entropy(columns).weights);
    CHECK(critic(other).weights == critic(columns).weights);
  }
}

TEST_CASE("data weights do not depend on units, on the order of rows, or on the order of criteria",
          "[decision][property]") {
  std::mt19937 random(42);
  for (int round = 0; round < 30; ++round) {
    std::size_t const rows = 6 + random() % 20;  // of fewer, all ranks may be alike by chance
    auto const columns = random_columns(random, 4, rows);
    auto const order = shuffled(random, 4), row_order = shuffled(random, rows);
    Columns renamed = moved(columns, order);
    for (auto& one : renamed) {
      one.values = moved(one.values, row_order);
      double const unit = uniform(random, 0.001, 1000);
      for (double& value : one.values) value *= unit;
    }
    check_near(entropy(renamed).weights, moved(entropy(columns).weights, order), 1e-12);
    for (Correlation const correlation : {Correlation::pearson, Correlation::spearman})
      check_near(critic(renamed, correlation).weights, moved(critic(columns, correlation).weights, order), 1e-11);
  }
}

TEST_CASE("two candidates by hand", "[decision][unit]") {
  // Shares 1/4 and 3/4: E = −(1/4 ln 1/4 + 3/4 ln 3/4)/ln 2 = 2 − 3/4 log2 3. The second puts all on one: E = 0.
  double const first = 1 - (2 - 0.75 * std::log2(3.0));
  auto const found = entropy({column({1.0, 3.0}), column({0.0, 5.0})});
  check_near(found.information, {first, 1}, 1e-14);
  check_near(found.weights, {first / (first + 1), 1 / (first + 1)}, 1e-14);
  // Values 0, 1 against 1, 0 fall in opposite ways: deviation 1/2, 1 − r = 2, for both.
  auto const opposite = critic({column({2.0, 7.0}), column({9.0, 1.0})});
  check_near(opposite.information, {1, 1}, 1e-14);
  check_near(opposite.weights, {0.5, 0.5}, 1e-14);
}

TEST_CASE("candidates with something unknown are left out of data weights", "[decision][unit]") {
  constexpr auto none = std::nullopt;
  auto const gaps = Columns{column({1.0, none, 3.0, 4.0}), column({2.0, 5.0, 1.0, none})};
  auto const whole = Columns{column({1.0, 3.0}), column({2.0, 1.0})};
  CHECK(entropy(gaps).weights == entropy(whole).weights);
  CHECK(entropy(gaps).rows == 2);
  CHECK(critic(gaps).weights == critic(whole).weights);
}

TEST_CASE("the only criterion that varies has all the weight", "[decision][unit]") {
  auto const columns = Columns{column({4.0, 4.0, 4.0}), column({1.0, 2.0, 5.0})};
  CHECK(entropy(columns).weights == std::vector<double>{0, 1});
  CHECK(critic(columns).weights == std::vector<double>{0, 1});
}

TEST_CASE("criteria that rise and fall together give no CRITIC weights, whatever rounding says",
          "[decision][property]") {
  std::mt19937 random(44);
  for (int round = 0; round < 50; ++round) {
    auto columns = random_columns(random, 1, 5 + random() % 20);
    columns.push_back(columns[0]);
    double const unit = uniform(random, 0.1, 10);
    for (double& value : columns[1].values) value = unit * value + 7;
    CHECK(fault_of_critic(columns).text.find("no two criteria") != std::string::npos);
  }
}

TEST_CASE("data that give no weights are refused", "[decision][unit]") {
  auto const negative = fault_of_entropy({column({1.0, 2.0}), column({-0.5, 1.0})});
  CHECK(negative.kind == ErrorKind::input);
  CHECK(negative.text ==
        "Weight set 'toy' cannot follow from the data: criterion 'b' has the value -0.5, and entropy is defined from 0 "
        "up only.");
  auto const equal = Columns{column({0.0, 0.0}), column({7.0, 7.0})};
  CHECK(fault_of_entropy(equal).text.find("every criterion is the same") != std::string::npos);
  CHECK(fault_of_critic(equal).text.find("no two criteria") != std::string::npos);
  auto const together = fault_of_critic({column({1.0, 2.0, 4.0}), column({10.0, 20.0, 40.0})});
  CHECK(together.kind == ErrorKind::input);
  CHECK(together.text.find("no two criteria") != std::string::npos);
  CHECK(fault_of_entropy({column({1.0})}).text.find("fewer than two candidates") != std::string::npos);
  CHECK(fault_of_entropy({column({})}).text.find("fewer than two candidates") != std::string::npos);
  CHECK(fault_of_critic({column({1.0, std::nan("")})}).text.find("criterion 'a' has the value nan") !=
        std::string::npos);
  CHECK(fault_of_critic({column({1e308, -1e308})}).text.find("criterion 'a' has the value 1e+308") !=
        std::string::npos);
  CHECK(fault_of_entropy({column({1.0, 2.0}), column({1.0})}).kind == ErrorKind::internal);
  CHECK(fault_of_entropy({}).kind == ErrorKind::config);
}
