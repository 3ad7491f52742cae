#include "terrein/decision/best_worst.hpp"

#include <cmath>

#include "support/support.hpp"
#include "unit/decision/weight_toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

std::size_t place_of_one(std::vector<double> const& judgements) {
  return static_cast<std::size_t>(std::find(judgements.begin(), judgements.end(), 1.0) - judgements.begin());
}

/// "14/61" as a number.
double fraction(std::string const& text) {
  auto const slash = text.find('/');
  double const upper = std::stod(text.substr(0, slash));
  return slash == std::string::npos ? upper : upper / std::stod(text.substr(slash + 1));
}

/// A row of a system: coefficients of all weights, of ξ last, and the right side.
using Equation = std::vector<double>;

/// The solution of as many equations as unknowns, or nothing.
std::optional<std::vector<double>> solved(std::vector<Equation> rows) {
  std::size_t const n = rows.size();
  for (std::size_t pivot = 0; pivot < n; ++pivot) {
    for (std::size_t i = pivot + 1; i < n; ++i)
      if (std::abs(rows[i][pivot]) > std::abs(rows[pivot][pivot])) std::swap(rows[i], rows[pivot]);
    if (std::abs(rows[pivot][pivot]) < 1e-9) return std::nullopt;
    for (std::size_t i = 0; i < n; ++i) {
      if (i == pivot) continue;
      double const factor = rows[i][pivot] / rows[pivot][pivot];
      for (std::size_t j = pivot; j <= n; ++j) rows[i][j] -= factor * rows[pivot][j];
    }
  }
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(rows[i][n] / rows[i][i]);
  return out;
}

/// The linear program as written down: every row <= its right side.
std::vector<Equation> limits_of(BestWorst const& in) {
  std::size_t const n = in.best_to_others.size();
  std::vector<Equation> out;
  auto const add = [&](std::size_t plus, std::size_t minus, double factor) {  // |w_plus − factor w_minus| <= ξ
    if (plus == minus) return;
    for (double const sign : {1.0, -1.0}) {
      Equation row(n + 2, 0);
      row[plus] = sign;
      row[minus] = -sign * factor;
      row[n] = -1;
      out.push_back(row);
    }
  };
  for (std::size_t j = 0; j < n; ++j) {
    add(in.best, j, in.best_to_others[j]);
    if (j != in.best) add(j, in.worst, in.others_to_worst[j]);
  }
  for (std::size_t i = 0; i <= n; ++i) {
    Equation row(n + 2, 0);
    row[i] = -1;
    out.push_back(row);
  }
  return out;
}

/// The least ξ and its weights by trying every vertex: every n of the limits as equations beside the sum of 1.
std::vector<double> by_vertices(BestWorst const& in) {
  std::size_t const n = in.best_to_others.size();
  auto const limits = limits_of(in);
  Equation sum(n + 2, 1);
  sum[n] = 0;
  std::vector<double> best;
  for (std::size_t chosen = 0; chosen < (std::size_t{1} << limits.size()); ++chosen) {
    std::vector<Equation> rows{sum};
    for (std::size_t i = 0; i < limits.size() && rows.size() <= n + 1; ++i)
      if ((chosen >> i & 1U) != 0) rows.push_back(limits[i]);
    if (rows.size() != n + 1) continue;
    auto const found = solved(rows);
    if (!found) continue;
    bool const fits = std::all_of(limits.begin(), limits.end(), [&](Equation const& limit) {
      double left = 0;
      for (std::size_t i = 0; i <= n; ++i) left += limit[i] * (*found)[i];
      return left <= limit[n + 1] + 1e-10;
    });
    if (fits && (best.empty() || (*found)[n] < best[n])) best = *found;
  }
  return best;
}

/// Judgements from 1 to 9 with criterion `best` first and `worst` last.
BestWorst random_judgements(std::mt19937& random, std::size_t n) {
  BestWorst out;
  auto const order = shuffled(random, n);
  out.best = order[0];
  out.worst = order[1];
  auto const ratio = [&](std::uint32_t greatest) { return 1 + static_cast<double>(random() % greatest); };
  double const most = ratio(9);
  for (std::size_t i = 0; i < n; ++i) {
    out.best_to_others.push_back(ratio(static_cast<std::uint32_t>(most)));
    out.others_to_worst.push_back(ratio(static_cast<std::uint32_t>(most)));
  }
  out.best_to_others[out.best] = out.others_to_worst[out.worst] = 1;
  out.best_to_others[out.worst] = out.others_to_worst[out.best] = most;
  return out;
}

std::string fault(BestWorst const& in) {
  auto const thrown = error_of([&] { (void)best_worst_weights(subject_of(in.best_to_others.size()), in); });
  CHECK(thrown.kind == ErrorKind::config);
  return thrown.text;
}

}  // namespace

TEST_CASE("best-worst weights are the exact optima", "[decision][oracle]") {
  auto const a12 = oracle("a12");
  if (a12.is_null()) return;
  for (auto const& one : a12["expected"]["cases"]) {
    BestWorst in;
    in.best_to_others = one["a_best"].get<std::vector<double>>();
    in.others_to_worst = one["a_worst"].get<std::vector<double>>();
    in.best = place_of_one(in.best_to_others);
    in.worst = place_of_one(in.others_to_worst);
    auto const found = best_worst_weights(subject_of(in.best_to_others.size()), in);
    std::vector<double> exact;
    for (auto const& text : one["weights_exact"]) exact.push_back(fraction(text));
    check_near(found.weights, exact, 1e-15);
    CHECK(found.deviation == Approx(fraction(one["xi_exact"])).margin(1e-15));
    CHECK(found.consistency_ratio == Approx(one["input_based_CR"].get<double>()).margin(1e-15));
  }
}

TEST_CASE("no vertex of the linear program has a smaller deviation", "[decision][property]") {
  std::mt19937 random(21);
  for (int round = 0; round < 120; ++round) {
    std::size_t const n = 2 + static_cast<std::size_t>(round) % 3;
    auto const in = random_judgements(random, n);
    auto const found = best_worst_weights(subject_of(n), in);
    auto const expected = by_vertices(in);
    REQUIRE(expected.size() == n + 1);
    CHECK(found.deviation == Approx(expected[n]).margin(1e-9));
    check_near(found.weights, {expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(n)}, 1e-8);
  }
}

TEST_CASE("best-worst weights deviate by what they say, and no random weights by less", "[decision][property]") {
  std::mt19937 random(22);
  for (int round = 0; round < 100; ++round) {
    std::size_t const n = 2 + random() % 8;
    auto const in = random_judgements(random, n);
    auto const deviation = [&](std::vector<double> const& w) {
      double out = 0;
      for (std::size_t j = 0; j < n; ++j)
        out = std::max({out, std::abs(w[in.best] - in.best_to_others[j] * w[j]),
                        std::abs(w[j] - in.others_to_worst[j] * w[in.worst])});
      return out;
    };
    auto const found = best_worst_weights(subject_of(n), in);
    CHECK(sum_of(found.weights) == Approx(1).epsilon(1e-14));
    CHECK(*std::min_element(found.weights.begin(), found.weights.end()) > 0);
    CHECK(deviation(found.weights) == Approx(found.deviation).margin(1e-14));
    CHECK(found.consistency_ratio >= 0);
    CHECK(found.consistency_ratio <= 1);
    for (int draw = 0; draw < 50; ++draw) {
      auto other = found.weights;
      for (double& weight : other) weight *= uniform(random, 0.9, 1.1);
      double const sum = sum_of(other);
      for (double& weight : other) weight /= sum;
      CHECK(deviation(other) >= found.deviation - 1e-12);
    }
  }
}

TEST_CASE("judgements that agree return the weights they came from", "[decision][property]") {
  std::mt19937 random(23);
  for (int round = 0; round < 50; ++round) {
    std::size_t const n = 2 + random() % 8;
    auto const weights = random_shares(random, n);
    BestWorst in;
    in.best = static_cast<std::size_t>(std::max_element(weights.begin(), weights.end()) - weights.begin());
    in.worst = static_cast<std::size_t>(std::min_element(weights.begin(), weights.end()) - weights.begin());
    for (double const weight : weights) {
      in.best_to_others.push_back(weights[in.best] / weight);
      in.others_to_worst.push_back(weight / weights[in.worst]);
    }
    auto const found = best_worst_weights(subject_of(n), in);
    check_near(found.weights, weights, 1e-12);
    CHECK(found.deviation == Approx(0).margin(1e-12));
    CHECK(found.consistency_ratio == Approx(0).margin(1e-12));
  }
}

TEST_CASE("best-worst weights go with their criteria", "[decision][property]") {
  std::mt19937 random(24);
  for (int round = 0; round < 50; ++round) {
    std::size_t const n = 2 + random() % 8;
    auto const in = random_judgements(random, n);
    auto const order = shuffled(random, n);
    BestWorst const renamed{order[in.best], order[in.worst], moved(in.best_to_others, order),
                            moved(in.others_to_worst, order)};
    check_near(best_worst_weights(subject_of(n), renamed).weights,
               moved(best_worst_weights(subject_of(n), in).weights, order), 1e-14);
  }
}

TEST_CASE("the smallest best-worst comparisons", "[decision][unit]") {
  CHECK(best_worst_weights(subject_of(1), {0, 0, {1}, {1}}).weights == std::vector<double>{1});
  check_near(best_worst_weights(subject_of(2), {1, 0, {3, 1}, {1, 3}}).weights, {0.25, 0.75}, 1e-15);
  auto const equal = best_worst_weights(subject_of(3), {0, 1, {1, 1, 1}, {1, 1, 1}});
  check_near(equal.weights, {1 / 3.0, 1 / 3.0, 1 / 3.0}, 1e-15);
  CHECK(equal.consistency_ratio == 0);
}

TEST_CASE("best-worst judgements that cannot be are refused with their criterion", "[decision][unit]") {
  CHECK(fault({0, 2, {1, 2, 4}, {5, 2, 1}}) ==
        "Weight set 'toy' judges the best criterion 'a' against the worst 'c' as 4 and as 5; give one number.");
  CHECK(fault({0, 0, {1, 2, 4}, {4, 2, 1}}) ==
        "Weight set 'toy' has 'a' as the best and as the worst criterion; choose two different ones.");
  CHECK(fault({0, 2, {2, 2, 4}, {4, 2, 1}}) ==
        "Weight set 'toy' judges criterion 'a' against itself as 2; that judgement is 1.");
  CHECK(fault({0, 2, {1, 2, 4}, {4, 2, 3}}) ==
        "Weight set 'toy' judges criterion 'c' against itself as 3; that judgement is 1.");
  CHECK(fault({0, 2, {1, 0.5, 4}, {4, 2, 1}}).find("judges 'a' against 'b' as 0.5; ") != std::string::npos);
  CHECK(fault({0, 2, {1, 2, 4}, {4, 6, 1}}) ==
        "Weight set 'toy' judges 'b' against 'c' as 6, which is more than the best against the worst (4); lower it, "
        "or choose another best or worst.");
  CHECK(fault({0, 2, {1, std::nan(""), 4}, {4, 2, 1}}).find("'b'") != std::string::npos);
  CHECK(fault({0, 1, {1, 1e300}, {1e300, 1}}).find("numbers from 1 up") != std::string::npos);
  CHECK(error_of([] { (void)best_worst_weights(subject_of(2), {0, 7, {1, 2}, {2, 1}}); }).kind == ErrorKind::internal);
  CHECK(error_of([] { (void)best_worst_weights(subject_of(3), {0, 1, {1, 2}, {2, 1}}); }).kind == ErrorKind::internal);
}

TEST_CASE("words on best-worst judgements name what fits least", "[decision][unit]") {
  BestWorst const in{0, 2, {1, 3, 5}, {5, 2, 1}};
  auto const told = consistency_of(subject_of(3), in, best_worst_weights(subject_of(3), in));
  CHECK(told.ratio == Approx(0.05));
  CHECK(told.words.en ==
        "Consistency ratio 0.05 (0 is full agreement). 'b' fits least: by way of it the best against the worst is "
        "3 × 2, directly 5.");
  CHECK(told.words.nl.find("Consistentieverhouding 0,05 (") != std::string::npos);
  CHECK(told.words.nl.find("3 × 2, rechtstreeks 5.") != std::string::npos);
  BestWorst const agreed{0, 2, {1, 2, 4}, {4, 2, 1}};
  CHECK(consistency_of(subject_of(3), agreed, best_worst_weights(subject_of(3), agreed)).words.en ==
        "Consistency ratio 0.00 (0 is full agreement).");
}
