#include "terrein/decision/aggregation.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/decision/ideal_point.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr auto none = std::nullopt;
constexpr double inf = std::numeric_limits<double>::infinity();

Scores score(std::vector<Values> const& values, std::vector<double> const& weights, Aggregation const& aggregation) {
  return aggregate(pointers(values), weights, aggregation);
}

Aggregation power(double compensation) {
  Aggregation out;
  out.method = Method::power_mean;
  out.compensation = compensation;
  return out;
}

Aggregation ordered(double orness) {
  Aggregation out;
  out.method = Method::owa;
  out.orness = orness;
  return out;
}

Aggregation of(Method method, Normalisation normalisation = Normalisation::fixed) {
  Aggregation out;
  out.method = method;
  out.normalisation = normalisation;
  return out;
}

/// Columns of a matrix that is known in full.
std::vector<Values> columns(Alternatives const& matrix) {
  std::vector<Values> out;
  for (std::size_t i = 0; i < matrix.front().size(); ++i) {
    Numbers column;
    for (auto const& row : matrix) column.emplace_back(row[i]);
    out.push_back(values_of(column));
  }
  return out;
}

Alternatives random_matrix(std::mt19937& random, std::size_t rows, std::size_t criteria) {
  Alternatives out(rows, std::vector<double>(criteria));
  for (auto& row : out)
    for (double& x : row) x = uniform(random);
  return out;
}

Alternatives turned(nlohmann::json const& sites) {
  Alternatives out;
  for (auto const& site : sites) out.push_back(site.get<std::vector<double>>());
  return out;
}

}  // namespace

TEST_CASE("one value without weight, one missing: every method sees the rest alone", "[decision][unit]") {
  // Row 0 knows 0.9 and 0.5 with weights 0.5 and 0.3; row 1 knows all; row 2 nothing.
  std::vector<Values> const values{values_of({0.9, 0.9, none}), values_of({none, 0.1, none}),
                                   values_of({0.5, 0.5, none}), values_of({0.0, 1.0, none})};
  std::vector<double> const weights{0.5, 0.2, 0.3, 0};
  struct Case {
    Aggregation aggregation;
    double score, low, high;  // of row 0
  };
  double const d_plus = std::hypot(0.5 * 0.1, 0.3 * 0.5), d_minus = std::hypot(0.5 * 0.9, 0.3 * 0.5);
  for (Case const& one : std::vector<Case>{
           {of(Method::weighted_sum), 0.75, 0.6, 0.8},
           {power(0), std::exp((0.5 * std::log(0.9) + 0.3 * std::log(0.5)) / 0.8), 0,
            std::exp(0.5 * std::log(0.9) + 0.3 * std::log(0.5))},
           {power(-1), 0.8 / (0.5 / 0.9 + 0.3 / 0.5), 0, 1 / (0.5 / 0.9 + 0.3 / 0.5 + 0.2)},
           {power(-inf), 0.5, 0, 0.5},
           // alpha 3 (orness 0.25): 0.9 gets (5/8)³, 0.5 the rest; with 0 last 0.5³ and 0.8³ - 0.5³; with 1 first 0.2³
           // …
           {ordered(0.25), 0.9 * 0.244140625 + 0.5 * 0.755859375, 0.9 * 0.125 + 0.5 * (0.512 - 0.125),
            0.008 + 0.9 * (0.343 - 0.008) + 0.5 * (1 - 0.343)},
           {of(Method::topsis), d_minus / (d_plus + d_minus), d_minus / (std::hypot(d_plus, 0.2) + d_minus),
            std::hypot(d_minus, 0.2) / (d_plus + std::hypot(d_minus, 0.2))},
           // S = 0.2 / 0.8, R = 0.15 / 0.5; with 0: S = 0.4, R = 0.2 / 0.5; with 1: S = 0.2, R = 0.15 / 0.5
           {of(Method::vikor), 1 - (0.25 + 0.3) / 2, 1 - (0.4 + 0.4) / 2, 1 - (0.2 + 0.3) / 2},
       }) {
    INFO(describe(one.aggregation).en);
    Scores const found = score(values, weights, one.aggregation);
    CHECK(found.score.values[0] == within(one.score, 1e-12));
    CHECK(found.low[0] == within(std::min(one.low, one.score), 1e-12));
    CHECK(found.high[0] == within(std::max(one.high, one.score), 1e-12));
    CHECK(found.completeness[0] == within(0.8, 1e-12));
    CHECK(found.completeness[1] == 1);
    CHECK(found.low[1] == found.score.values[1]);
    CHECK(found.high[1] == found.score.values[1]);
    CHECK(!found.score.is_known(2));
    CHECK(found.low[2] == within(0, 1e-12));
    CHECK(found.high[2] == within(1, 1e-12));
    CHECK(found.completeness[2] == 0);
  }
}

TEST_CASE("the weighted sum of numbers divided by their sum agrees with the published scores", "[decision][oracle]") {
  auto const a01 = oracle("a01");
  if (a01.is_null()) return;
  std::vector<Objective> goals;
  for (auto const& goal : a01["input"]["objectives"])
    goals.push_back(goal == "min" ? Objective::cost : Objective::benefit);
  auto const shares = normalise(a01["input"]["matrix"].get<Alternatives>(), goals, Normalisation::sum);
  auto const found = score(columns(shares.values), a01["input"]["weights"].get<std::vector<double>>(), {});
  for (std::size_t row = 0; row < 6; ++row)
    CHECK(found.score.values[row] == within(a01["expected"]["score"][row].get<double>(), 1e-7));
}

TEST_CASE("values that were extrapolated beyond the scale keep within what a method can use", "[decision][unit]") {
  std::vector<Values> const beyond{values_of({-0.3, 1.4}), values_of({0.5, 0.5})};
  std::vector<Values> const at_ends{values_of({0.0, 1.0}), values_of({0.5, 0.5})};
  for (Aggregation const& scaled : {of(Method::topsis), of(Method::vikor)})
    CHECK(listed(score(beyond, {1, 2}, scaled).score) == listed(score(at_ends, {1, 2}, scaled).score));
  CHECK(score(beyond, {1, 1}, power(0)).score.at(0) == 0);
  CHECK(score(beyond, {1, 1}, power(0)).score.values[1] == within(std::sqrt(0.7), 1e-12));
  CHECK(score(beyond, {1, 1}, of(Method::weighted_sum)).score.values[0] == within(0.1, 1e-12));
  CHECK(score(beyond, {1, 1}, ordered(0)).score.at(0) == -0.3);
  CHECK(error_of([&] {
          (void)score(beyond, {1, 1}, of(Method::topsis, Normalisation::sum));
        }).kind == ErrorKind::config);
}

TEST_CASE("complete data of the published cases give the published scores", "[decision][oracle]") {
  auto const a03 = oracle("a03");
  auto const a05 = oracle("a05");
  auto const a04 = oracle("a04");
  if (a03.is_null() || a04.is_null() || a05.is_null()) return;
  auto const closeness =
      score(columns(a03["input"]["matrix"].get<Alternatives>()), a03["input"]["weights"].get<std::vector<double>>(),
            of(Method::topsis, Normalisation::vector));
  for (std::size_t row = 0; row < 4; ++row)
    CHECK(closeness.score.values[row] == within(a03["expected"]["closeness_more_digits"][row].get<double>(), 1e-12));
  auto const flows = score(columns(a05["input"]["matrix"].get<Alternatives>()),
                           a05["input"]["weights"].get<std::vector<double>>(), of(Method::promethee));
  for (std::size_t row = 0; row < 3; ++row)
    CHECK(2 * flows.score.values[row] - 1 == within(a05["expected"]["phi_net"][row].get<double>(), 1e-12));
  Alternatives matrix = a04["input"]["matrix"].get<Alternatives>();
  for (auto& row : matrix)
    for (std::size_t i = 0; i < row.size(); ++i)
      if (a04["input"]["objectives"][i] == "min") row[i] = -row[i];
  for (auto const& expected : a04["expected"]["scenarios"]) {
    auto const found = score(columns(matrix), expected["weights_unnormalised"].get<std::vector<double>>(),
                             of(Method::vikor, Normalisation::minmax));
    for (std::size_t row = 0; row < 6; ++row)
      CHECK(1 - found.score.values[row] == within(expected["Q"][row].get<double>(), 0.0011));
  }
}

TEST_CASE("on complete random data every method is that of the books", "[decision][twin]") {
  std::mt19937 random(8);
  for (int round = 0; round < 40; ++round) {
    auto const matrix = random_matrix(random, 2 + random() % 20, 4);
    std::vector<double> const weights{1, 2, 3, 0.5};
    std::vector<Objective> const more(4, Objective::benefit);
    for (Normalisation const kind : {Normalisation::minmax, Normalisation::max, Normalisation::sum,
                                     Normalisation::vector, Normalisation::zscore}) {
      auto const found = score(columns(matrix), weights, of(Method::topsis, kind));
      auto const expected = topsis(matrix, more, weights, kind);
      for (std::size_t row = 0; row < matrix.size(); ++row)
        CHECK(found.score.values[row] == within(expected[row], 1e-12));
    }
    auto const compromise = score(columns(matrix), weights, of(Method::vikor, Normalisation::minmax));
    auto const q = vikor(matrix, more, weights, 0.5).q;
    Aggregation net = of(Method::promethee);
    net.preferences = {{PreferenceKind::linear, 0.1, 0.5, 0},
                       {PreferenceKind::usual, 0, 0, 0},
                       {PreferenceKind::gaussian, 0, 0, 0.3},
                       {PreferenceKind::level, 0.1, 0.4, 0}};
    auto const flows = score(columns(matrix), weights, net);
    auto const expected = promethee(matrix, more, weights, net.preferences).net;
    for (std::size_t row = 0; row < matrix.size(); ++row) {
      CHECK(1 - compromise.score.values[row] == within(q[row], 1e-12));
      CHECK(flows.score.values[row] == within((1 + expected[row]) / 2, 1e-12));
    }
  }
}

TEST_CASE("a bad candidate reverses a rank under min-max and none under fixed goal-posts", "[decision][oracle]") {
  auto const b06 = oracle("b06");
  if (b06.is_null()) return;
  auto const weights = b06["input"]["weights"].get<std::vector<double>>();
  auto const base = turned(b06["input"]["base"]);
  auto more = base;
  more.push_back(b06["input"]["added"]["S4"].get<std::vector<double>>());
  auto const evaluated = [&](Alternatives const& raw, bool fixed) {
    std::vector<Values> out;
    for (std::size_t i = 0; i < 2; ++i) {
      Numbers column;
      for (auto const& row : raw) column.emplace_back(row[i]);
      auto const& posts = b06["input"]["goalposts"][i];
      auto const function = fixed ? parse_value_function("linear", "lo=" + posts[0].dump() + "|hi=" + posts[1].dump())
                                  : parse_value_function("minmax", "more");
      out.push_back(evaluate(function, numbers(column)));
    }
    return out;
  };
  for (auto const& [name, fixed, raw] :
       std::vector<std::tuple<std::string, bool, Alternatives const*>>{{"minmax_base", false, &base},
                                                                       {"minmax_with_S4", false, &more},
                                                                       {"goalpost_base", true, &base},
                                                                       {"goalpost_with_S4", true, &more}}) {
    auto const found = score(evaluated(*raw, fixed), weights, {});
    for (std::size_t row = 0; row < raw->size(); ++row)
      CHECK(found.score.values[row] ==
            within(b06["expected"][name]["S" + std::to_string(row + 1)].get<double>(), 1e-12));
  }
  for (Aggregation const& fixed : {of(Method::weighted_sum), power(0.3), power(0), power(-1), power(-inf), ordered(0.8),
                                   of(Method::topsis), of(Method::vikor)}) {
    auto const before = score(evaluated(base, true), weights, fixed),
               after = score(evaluated(more, true), weights, fixed);
    for (std::size_t row = 0; row < 3; ++row) CHECK(after.score.values[row] == before.score.values[row]);
  }
  auto const before = score(evaluated(base, true), weights, of(Method::topsis, Normalisation::minmax));
  auto const after = score(evaluated(more, true), weights, of(Method::topsis, Normalisation::minmax));
  CHECK(before.score.values[0] < before.score.values[1]);
  CHECK(after.score.values[0] > after.score.values[1]);
}

TEST_CASE("missing values lie among those that are known, not beyond them", "[decision][unit]") {
  // TOPSIS, min-max, one criterion 0.2 to 0.6 and one that is the same for all. Row 2 misses the first.
  std::vector<Values> values{values_of({0.2, 0.6, none}), values_of({0.5, 0.5, 0.5})};
  auto const found = score(values, {1, 1}, of(Method::topsis, Normalisation::minmax));
  CHECK(listed(found.score) == Numbers{0, 1, 1});  // what is known of row 2 separates nobody
  CHECK(found.low[2] == 0);
  CHECK(found.high[2] == 1);
  CHECK(found.completeness[2] == 0.5);
  values[0].low[2] = 0.3;
  values[0].high[2] = 0.5;
  auto const narrow = score(values, {1, 1}, of(Method::topsis, Normalisation::minmax));
  CHECK(narrow.low[2] == within(0.25, 1e-12));
  CHECK(narrow.high[2] == 1);  // widened to the score
  // PROMETHEE, usual: against 0.2 and 0.6, a value of 0.3 to 0.5 beats one and loses to one; 0 to 1 loses or beats
  // both.
  auto const flows = score({values[0]}, {1}, of(Method::promethee));
  CHECK(listed(flows.score) == Numbers{0, 1, none});
  CHECK(flows.low[2] == 0.5);
  CHECK(flows.high[2] == 0.5);
  auto const wide = score({values_of({0.2, 0.6, none})}, {1}, of(Method::promethee));
  CHECK(wide.low[2] == 0);
  CHECK(wide.high[2] == 1);
}

TEST_CASE("a missing value moves along the scale of the others, as long as theirs", "[decision][unit]") {
  // TOPSIS by vector norms, equal weights. 0.2 to 0.6 is 0.4 / √0.4 long, 0 to 0.6 is 0.6 / √0.45 long.
  std::vector<Values> const values{values_of({0.2, 0.6, none}), values_of({0.6, 0.0, 0.3})};
  auto const found = score(values, {1, 1}, of(Method::topsis, Normalisation::vector));
  double const first = 0.4 / std::sqrt(0.4), second = 0.6 / std::sqrt(0.45);
  CHECK(found.score.values[0] == within(second / (first + second), 1e-12));
  CHECK(found.score.values[1] == within(first / (first + second), 1e-12));
  CHECK(found.score.values[2] == within(0.5, 1e-12));  // half way on the one that is known
  double const along = std::hypot(first, second / 2);
  CHECK(found.low[2] == within(second / 2 / (second / 2 + along), 1e-12));
  CHECK(found.high[2] == within(along / (second / 2 + along), 1e-12));
}

TEST_CASE("constant columns, one candidate and nothing known give no NaN", "[decision][unit]") {
  std::vector<Values> const constant{values_of({0.5, 0.5, none}), values_of({0.5, 0.5, none})};
  std::vector<Values> const single{values_of({0.3}), values_of({0.6})};
  std::vector<Values> const unknown{values_of({none, none}), values_of({none, none})};
  std::vector<Values> const empty{values_of({}), values_of({})};
  std::vector<Aggregation> every{power(0),
                                 power(-1),
                                 power(-inf),
                                 ordered(0),
                                 ordered(1),
                                 of(Method::weighted_sum),
                                 of(Method::promethee),
                                 of(Method::vikor),
                                 of(Method::vikor, Normalisation::minmax)};
  for (std::string const& name : known_normalisations()) every.push_back(of(Method::topsis, *normalisation(name)));
  for (Aggregation const& aggregation : every) {
    INFO(describe(aggregation).en);
    Scores const same = score(constant, {1, 2}, aggregation);
    CHECK(same.score.values[0] == same.score.values[1]);
    CHECK(same.score.values[0] >= 0);
    CHECK(!same.score.is_known(2));
    CHECK(same.low[2] == within(0, 1e-12));
    CHECK(same.high[2] == within(1, 1e-12));
    Scores const one = score(single, {1, 2}, aggregation);
    CHECK(one.score.values[0] >= 0);
    CHECK(one.score.values[0] <= 1);
    Scores const no = score(unknown, {1, 2}, aggregation);
    CHECK(listed(no.score) == Numbers{none, none});
    CHECK(no.low[0] == within(0, 1e-12));
    CHECK(no.high[0] == within(1, 1e-12));
    CHECK(score(empty, {1, 2}, aggregation).score.size() == 0);
  }
  CHECK(score(single, {1, 2}, of(Method::promethee)).score.at(0) == 0.5);
  CHECK(score(constant, {1, 2}, of(Method::topsis, Normalisation::vector)).score.at(0) == 1);
  CHECK(score(constant, {1, 2}, of(Method::vikor, Normalisation::minmax)).score.at(0) == 1);
}

TEST_CASE("a zero weighs what the method says", "[decision][unit]") {
  std::vector<Values> const values{values_of({0.0, 0.0}), values_of({0.8, 0.8})};
  for (double const r : {0.0, -1.0, -inf}) {
    CHECK(score(values, {0.1, 0.9}, power(r)).score.at(0) == 0);
    CHECK(score(values, {0, 1}, power(r)).score.at(0) == 0.8);
  }
  CHECK(score(values, {0.5, 0.5}, ordered(1)).score.at(0) == 0.8);
  CHECK(score(values, {0.5, 0.5}, ordered(0)).score.at(0) == 0);
  CHECK(score(values, {0, 1}, ordered(0)).score.at(0) == 0.8);
}

TEST_CASE("a veto is a flag beside the score, and unknown where the range straddles it", "[decision][oracle]") {
  auto const a18 = oracle("a18");
  if (a18.is_null()) return;
  std::vector<Values> values;
  for (auto const& v : a18["input"]["scores"]) values.push_back(values_of({v.get<double>(), none, none, none, 0.5}));
  std::size_t const criterion = a18["input"]["veto"]["criterion"].get<std::size_t>();
  double const below = a18["input"]["veto"]["min"].get<double>();
  values[criterion].low = {0.1, 0.15, 0.1, 0, 0.5};
  values[criterion].high = {0.1, 0.9, 0.2, 0.149, 0.5};
  Aggregation settings;
  settings.vetoes = {{0, -1}, {criterion, below}};
  auto const weights = a18["input"]["weights"].get<std::vector<double>>();
  CHECK(score(values, weights, settings).score.values[0] == within(0.62, 1e-12));
  auto const found = vetoes_of(pointers(values), settings.vetoes);
  CHECK(found.result ==
        std::vector{VetoResult::vetoed, VetoResult::none, VetoResult::unknown, VetoResult::vetoed, VetoResult::none});
  auto const by = static_cast<std::int32_t>(criterion);
  CHECK(found.by == std::vector<std::int32_t>{by, -1, by, by, -1});
  // A value at the veto is not below it; a later veto that holds goes before an earlier one that is unknown.
  auto const both = vetoes_of(pointers(values), {{criterion, 0.1}, {0, 0.95}});
  CHECK(both.result[0] == VetoResult::vetoed);
  CHECK(both.by[0] == 0);
  CHECK(both.result[2] == VetoResult::unknown);
  CHECK(vetoes_of(pointers(values), {}).result == std::vector(5, VetoResult::none));
}

TEST_CASE("settings that a method cannot use are refused by name", "[decision][unit]") {
  std::vector<Values> const values{values_of({0.5}), values_of({0.5})};
  auto const refused = [&](Aggregation const& settings, std::string const& words) {
    auto const thrown = error_of([&] { (void)score(values, {1, 1}, settings); });
    INFO(thrown.text);
    CHECK(thrown.kind == ErrorKind::config);
    CHECK(thrown.text.find(words) != std::string::npos);
  };
  refused(power(2), "'2'");
  refused(power(std::nan("")), "compensation");
  refused(ordered(1.1), "orness");
  refused(of(Method::owa, Normalisation::vector), "'vector'");
  refused(of(Method::vikor, Normalisation::vector), "'minmax'");
  Aggregation wrong = of(Method::vikor);
  wrong.v = -0.1;
  refused(wrong, "'-0.1'");
  wrong = of(Method::promethee);
  wrong.preferences = {Preference{}};
  refused(wrong, "1 preferences were given for 2");
  wrong = {};
  wrong.vetoes = {{2, 0.5}};
  refused(wrong, "criterion 3 of 2");
  CHECK(!error_of([&] { (void)score(values, {1}, power(0)); }).text.empty());
  CHECK(!error_of([&] { (void)score(values, {0, 0}, power(0)); }).text.empty());
  CHECK(!error_of([&] { (void)score(values, {-1, 2}, power(0)); }).text.empty());
  CHECK(!error_of([&] { (void)score({values_of({1.0}), values_of({1.0, 2.0})}, {1, 1}, power(0)); }).text.empty());
}

TEST_CASE("every method is named with its normalisation, in two languages", "[decision][unit]") {
  CHECK(describe(Aggregation{}).en == "weighted sum of fixed value functions");
  CHECK(describe(Aggregation{}).nl == "gewogen som van vaste waardefuncties");
  CHECK(describe(power(0)).nl == "gewogen meetkundig gemiddelde van vaste waardefuncties");
  CHECK(describe(power(-0.5)).en == "weighted power mean (compensation -0.5) of fixed value functions");
  CHECK(describe(ordered(0.2)).nl == "geordend gewogen gemiddelde (OWA, orness 0,2) van vaste waardefuncties");
  CHECK(describe(power(-0.5)).nl == "gewogen machtsgemiddelde (compensatie -0,5) van vaste waardefuncties");
  Aggregation net = of(Method::promethee);
  net.preferences = {
      {PreferenceKind::linear, 0, 1, 0}, {PreferenceKind::level, 0, 1, 0}, {PreferenceKind::linear, 0, 1, 0}};
  CHECK(describe(net).nl ==
        "netto voorkeur (PROMETHEE II, lineair, getrapt) tussen de kandidaten, volgens vaste waardefuncties");
  CHECK(describe(ordered(0.2)).en == "ordered weighted average (OWA, orness 0.2) of fixed value functions");
  CHECK(describe(of(Method::topsis, Normalisation::vector)).nl ==
        "TOPSIS van vaste waardefuncties, genormaliseerd: vectornorm over de kandidaten");
  CHECK(describe(of(Method::vikor)).en == "VIKOR (v 0.5) of fixed value functions");
  CHECK(describe(of(Method::promethee)).en ==
        "net preference (PROMETHEE II, usual) among the candidates, by fixed value functions");
  CHECK(describe(Aggregation{}, {"slope", "noise"}).en ==
        "weighted sum of fixed value functions; on the scale of the candidates (min-max): slope, noise");
  for (std::string const& name : known_methods()) CHECK(to_string(*aggregation_method(name)) == name);
  CHECK(known_methods().size() == 6);
  CHECK(!aggregation_method("electre"));
}
