#include "terrein/decision/outranking.hpp"

#include <algorithm>
#include <cmath>

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

std::vector<Preference> one_of_each() {
  return {{PreferenceKind::usual, 0, 0, 0},      {PreferenceKind::u_shape, 0.2, 0, 0},
          {PreferenceKind::v_shape, 0, 0.5, 0},  {PreferenceKind::level, 0.1, 0.4, 0},
          {PreferenceKind::linear, 0.1, 0.4, 0}, {PreferenceKind::gaussian, 0, 0, 0.3}};
}

Electre electre_of(std::vector<std::vector<int>> const& outranks) {
  Electre out;
  for (auto const& row : outranks) {
    List concordance;
    for (int const one : row) concordance.push_back(one);
    out.concordance.push_back(concordance);
    out.discordance.push_back(List(row.size(), 0));
  }
  return out;
}

}  // namespace

TEST_CASE("PROMETHEE II agrees with the published flows", "[decision][oracle]") {
  auto const a05 = oracle("a05");
  if (a05.is_null()) return;
  auto const matrix = a05["input"]["matrix"].get<Alternatives>();
  auto const goals = objectives(a05["input"]["objectives"]);
  auto const weights = a05["input"]["weights"].get<List>();
  std::vector<Preference> const usual(3);
  auto const flows = promethee(matrix, goals, weights, usual);
  auto const pi = preference_indices(matrix, goals, weights, usual);
  for (std::size_t a = 0; a < 3; ++a) {
    CHECK(flows.plus[a] == within(a05["expected"]["phi_plus"][a].get<double>(), 1e-12));
    CHECK(flows.minus[a] == within(a05["expected"]["phi_minus"][a].get<double>(), 1e-12));
    CHECK(flows.net[a] == within(a05["expected"]["phi_net"][a].get<double>(), 1e-12));
    for (std::size_t b = 0; b < 3; ++b) CHECK(pi[a][b] == within(a05["expected"]["pi"][a][b].get<double>(), 1e-12));
  }
}

TEST_CASE("preferences are those of the definitions", "[decision][unit]") {
  auto const kinds = one_of_each();
  // Leads 0.05, 0.1, 0.25, 0.4 and 0.6; the gaussian is 1 - exp(-lead² / 0.18).
  std::vector<List> const expected{
      {1, 1, 1, 1, 1},     {0, 0, 1, 1, 1},   {0.1, 0.2, 0.5, 0.8, 1},
      {0, 0, 0.5, 0.5, 1}, {0, 0, 0.5, 1, 1}, {0.013792883, 0.054040531, 0.293351722, 0.588887709, 0.864664717}};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    CHECK(kinds[i](0) == 0);
    CHECK(kinds[i](-0.3) == 0);
    std::size_t at = 0;
    for (double const lead : {0.05, 0.1, 0.25, 0.4, 0.6}) CHECK(kinds[i](lead) == within(expected[i][at++], 1e-8));
    CHECK(preference_kind(to_string(kinds[i].kind)) == kinds[i].kind);
  }
  CHECK(!preference_kind("gauss"));
}

TEST_CASE("flows are those of comparing every pair, with ties and costs", "[decision][twin]") {
  std::mt19937 random(55);
  for (int round = 0; round < 60; ++round) {
    std::size_t const rows = 2 + random() % 20;
    Alternatives matrix(rows, List(6));
    for (auto& row : matrix)
      for (double& x : row) x = static_cast<double>(random() % 12) / 8;  // eighths, so that leads meet q and p exactly
    auto preferences = one_of_each();
    preferences[1].q = preferences[3].q = preferences[4].q = 0.25;
    preferences[3].p = preferences[4].p = 0.75;
    std::vector<Objective> const goals{Objective::cost,    Objective::benefit, Objective::cost,
                                       Objective::benefit, Objective::cost,    Objective::benefit};
    List const weights{1, 2, 3, 1, 2, 0.5};
    auto const flows = promethee(matrix, goals, weights, preferences);
    auto const pi = preference_indices(matrix, goals, weights, preferences);
    double sum = 0;
    for (std::size_t a = 0; a < rows; ++a) {
      double plus = 0, minus = 0;
      for (std::size_t b = 0; b < rows; ++b) {
        plus += pi[a][b] / static_cast<double>(rows - 1);
        minus += pi[b][a] / static_cast<double>(rows - 1);
      }
      CHECK(flows.plus[a] == within(plus, 1e-12));
      CHECK(flows.minus[a] == within(minus, 1e-12));
      sum += flows.net[a];
    }
    CHECK(sum == within(0, 1e-12));
  }
}

TEST_CASE("flows do not depend on the order of the candidates, to the bit", "[decision][property]") {
  std::mt19937 random(56);
  std::uniform_real_distribution<double> unit(0, 1);
  List column;
  for (int i = 0; i < 500; ++i) column.push_back(unit(random));
  std::vector<std::size_t> order(column.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), random);
  List shuffled;
  for (std::size_t const i : order) shuffled.push_back(column[i]);
  for (Preference const& preference : one_of_each()) {
    Flows const before = criterion_flows(column, preference), after = criterion_flows(shuffled, preference);
    for (std::size_t i = 0; i < order.size(); ++i) {
      CHECK(after.plus[i] == before.plus[order[i]]);
      CHECK(after.minus[i] == before.minus[order[i]]);
    }
  }
}

TEST_CASE("one candidate alone has no flow, and a stranger meets the whole column", "[decision][unit]") {
  Flows const alone = criterion_flows({0.4}, Preference{});
  CHECK(alone.plus == List{0});
  CHECK(alone.minus == List{0});
  CHECK(criterion_flows({}, Preference{}).plus.empty());
  Flows const stranger = criterion_flows({0.5}, {0.1, 0.2, 0.9, 0.5}, Preference{});
  CHECK(stranger.plus == List{0.5});    // of 0.1 and 0.2
  CHECK(stranger.minus == List{0.25});  // of 0.9
  CHECK(criterion_flows({0.5}, {}, Preference{}).plus == List{0});
}

TEST_CASE("comparing pairs has a limit that the error names; counting has none", "[decision][unit]") {
  List const many(most_pairwise_candidates + 1, 0.5);
  auto const thrown = error_of([&] { (void)criterion_flows(many, {PreferenceKind::gaussian, 0, 0, 0.2}); });
  CHECK(thrown.kind == ErrorKind::config);
  CHECK(thrown.text.find("20000") != std::string::npos);
  CHECK(thrown.text.find("20001") != std::string::npos);
  CHECK(criterion_flows(many, {PreferenceKind::linear, 0, 0.2, 0}).plus.front() == 0);
}

TEST_CASE("preferences that cannot be are refused", "[decision][unit]") {
  for (Preference const& wrong : std::vector<Preference>{{PreferenceKind::u_shape, -0.1, 0, 0},
                                                         {PreferenceKind::v_shape, 0, 0, 0},
                                                         {PreferenceKind::level, 0.4, 0.4, 0},
                                                         {PreferenceKind::linear, 0.5, 0.4, 0},
                                                         {PreferenceKind::gaussian, 0, 0, 0},
                                                         {PreferenceKind::usual, std::nan(""), 0, 0}}) {
    auto const thrown = error_of([&] { (void)criterion_flows({0.1, 0.2}, wrong); });
    CHECK(thrown.kind == ErrorKind::config);
    CHECK(thrown.text.find(std::string(to_string(wrong.kind))) != std::string::npos);
  }
}

TEST_CASE("ELECTRE I agrees with the published concordance, discordance and kernel", "[decision][oracle]") {
  auto const a06 = oracle("a06");
  if (a06.is_null()) return;
  std::vector<Objective> const as_they_are(5, Objective::benefit);  // divided by the sum, costs too
  auto const shares = normalise(a06["input"]["matrix"].get<Alternatives>(), as_they_are, Normalisation::sum);
  auto const found =
      electre(shares.values, objectives(a06["input"]["objectives"]), a06["input"]["weights"].get<List>());
  for (std::size_t a = 0; a < 6; ++a)
    for (std::size_t b = 0; b < 6; ++b) {
      if (a == b) {
        CHECK(std::isnan(found.concordance[a][b]));
        continue;
      }
      CHECK(found.concordance[a][b] == within(a06["expected"]["concordance"][a][b].get<double>(), 0.001));
      CHECK(found.discordance[a][b] == within(a06["expected"]["discordance"][a][b].get<double>(), 0.001));
    }
  auto const kernel = electre_kernel(found, 0.65, 0.35);
  REQUIRE(kernel.size() == 1);
  CHECK(kernel.front() + 1 == a06["expected"]["kernel_1based"][0].get<std::size_t>());
}

TEST_CASE("a kernel is free of outranking within, and outranks all without", "[decision][unit]") {
  // A chain 0 → 1 → 2 leaves 0 and 2, since 1 is out and nobody else outranks 2.
  CHECK(electre_kernel(electre_of({{0, 1, 0}, {0, 0, 1}, {0, 0, 0}}), 1, 0) == std::vector<std::size_t>{0, 2});
  // A cycle of three counts as one, and outranks 3.
  CHECK(electre_kernel(electre_of({{0, 1, 0, 0}, {0, 0, 1, 0}, {1, 0, 0, 1}, {0, 0, 0, 0}}), 1, 0) ==
        std::vector<std::size_t>{0, 1, 2});
  // The same cycle outranked by 3 is out as a whole.
  CHECK(electre_kernel(electre_of({{0, 1, 0, 0}, {0, 0, 1, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}}), 1, 0) ==
        std::vector<std::size_t>{3});
  CHECK(electre_kernel(electre_of({{0, 0}, {0, 0}}), 1, 0) == std::vector<std::size_t>{0, 1});
  CHECK(electre_kernel(electre({}, {Objective::benefit}, {1}), 1, 0).empty());
  Electre const equal = electre({{2, 2}, {2, 2}}, {Objective::benefit, Objective::cost}, {1, 1});
  CHECK(equal.concordance[0][1] == 1);
  CHECK(equal.discordance[0][1] == 0);
}

TEST_CASE("kernels of random graphs hold what they promise", "[decision][property]") {
  std::mt19937 random(6);
  for (int round = 0; round < 200; ++round) {
    std::size_t const n = 2 + random() % 6;
    std::vector<std::vector<int>> graph(n, std::vector<int>(n, 0));
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = a + 1; b < n; ++b) graph[a][b] = random() % 3 == 0 ? 1 : 0;  // no cycles
    auto const kernel = electre_kernel(electre_of(graph), 1, 0);
    auto const in = [&](std::size_t row) { return std::find(kernel.begin(), kernel.end(), row) != kernel.end(); };
    for (std::size_t b = 0; b < n; ++b) {
      bool beaten = false;
      for (std::size_t const a : kernel) beaten = beaten || graph[a][b] == 1;
      CHECK(beaten != in(b));
    }
  }
}
