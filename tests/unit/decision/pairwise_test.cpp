#include "terrein/decision/pairwise.hpp"

#include <cmath>
#include <limits>

#include "support/support.hpp"
#include "unit/decision/weight_toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr std::array<PairwiseMethod, 2> both{PairwiseMethod::eigenvector, PairwiseMethod::geometric_mean};

/// The upper half of a matrix; null = not judged.
std::vector<PairJudgement> upper_half(nlohmann::json const& matrix) {
  std::vector<PairJudgement> out;
  for (std::size_t i = 0; i < matrix.size(); ++i)
    for (std::size_t j = i + 1; j < matrix.size(); ++j)
      if (!matrix[i][j].is_null()) out.push_back({i, j, matrix[i][j].get<double>()});
  return out;
}

PairwiseWeights eigen_weights(std::size_t n, std::vector<PairJudgement> const& judgements) {
  return pairwise_weights(subject_of(n), judgements, PairwiseMethod::eigenvector);
}

std::string fault(std::size_t n, std::vector<PairJudgement> const& judgements) {
  auto const thrown = error_of([&] { (void)eigen_weights(n, judgements); });
  CHECK(thrown.kind == ErrorKind::config);
  return thrown.text;
}

/// Judgements that link all n criteria: a random tree, and of the other pairs about one in two; either way round.
std::vector<PairJudgement> random_pairs(std::mt19937& random, std::size_t n, double chance) {
  std::vector<PairJudgement> out;
  auto const order = shuffled(random, n);
  for (std::size_t i = 1; i < n; ++i) {
    std::size_t const parent = random() % i;
    for (std::size_t j = 0; j < i; ++j)
      if (j == parent || uniform(random) < chance) out.push_back({order[i], order[j], 1});
  }
  for (PairJudgement& one : out)
    if (random() % 2 == 0) std::swap(one.a, one.b);
  return out;
}

/// What the rows of a complete table multiply to, as shares of the n-th roots.
std::vector<double> row_means(std::size_t n, std::vector<PairJudgement> const& judgements) {
  std::vector<double> out(n, 1);
  for (auto const& [a, b, ratio] : judgements) {
    out[a] *= std::pow(ratio, 1.0 / static_cast<double>(n));
    out[b] /= std::pow(ratio, 1.0 / static_cast<double>(n));
  }
  double const sum = sum_of(out);
  for (double& mean : out) mean /= sum;
  return out;
}

/// How far weights are from solving Harker's equations: Σ over judged pairs a_ij w_j + (1 + missing) w_i = λ w_i.
double eigen_residual(std::size_t n, std::vector<PairJudgement> const& judgements, PairwiseWeights const& found) {
  std::vector<double> left(n, 0);
  std::vector<double> partners(n, 0);
  for (auto const& [a, b, ratio] : judgements) {
    left[a] += ratio * found.weights[b];
    left[b] += found.weights[a] / ratio;
    ++partners[a];
    ++partners[b];
  }
  double out = 0;
  for (std::size_t i = 0; i < n; ++i) {
    left[i] += (static_cast<double>(n) - partners[i]) * found.weights[i];
    out = std::max(out, std::abs(left[i] / found.weights[i] - found.lambda_max));
  }
  return out;
}

double misfit(std::vector<PairJudgement> const& judgements, std::vector<double> const& weights) {
  double out = 0;
  for (auto const& [a, b, ratio] : judgements) out += std::pow(std::log(ratio * weights[b] / weights[a]), 2);
  return out;
}

}  // namespace

TEST_CASE("weights by pairs and their consistency agree with the published example", "[decision][oracle]") {
  auto const a07 = oracle("a07");
  if (a07.is_null()) return;
  auto const &in = a07["input"], &expected = a07["expected"];
  double const margin = a07["tolerance"]["abs"];
  auto const found = eigen_weights(4, upper_half(in["criteria_matrix"]));
  check_near(found.weights, expected["criteria_weights"].get<std::vector<double>>(), margin);
  check_near(found.weights, expected["criteria_weights_published"].get<std::vector<double>>(),
             a07["tolerance"]["published_abs"]);
  CHECK(found.lambda_max == Approx(expected["lambda_max"].get<double>()).margin(margin));
  CHECK(found.consistency_index == Approx(expected["CI"].get<double>()).margin(margin));
  CHECK(*found.ratio_saaty == Approx(expected["CR_saaty"].get<double>()).margin(margin));
  CHECK(*found.ratio_alonso_lamata == Approx(expected["CR_alonso_lamata"].get<double>()).margin(margin));
  for (std::size_t i = 0; i < 4; ++i) {
    auto const& matrix = in["alt_matrices"][in["criteria"][i].get<std::string>()];
    check_near(eigen_weights(3, upper_half(matrix)).weights, expected["local_priorities"][i].get<std::vector<double>>(),
               margin);
  }
}

TEST_CASE("complete and incomplete judgements that agree give exact weights", "[decision][oracle]") {
  auto const a08 = oracle("a08");
  if (a08.is_null()) return;
  auto const &in = a08["input"], &expected = a08["expected"];
  double const margin = a08["tolerance"]["abs"];
  for (PairwiseMethod const method : both) {
    check_near(pairwise_weights(subject_of(3), upper_half(in["consistent_matrix"]), method).weights,
               expected["consistent_weights"].get<std::vector<double>>(), margin);
    auto const found = pairwise_weights(subject_of(3), upper_half(in["incomplete_matrix"]), method);
    check_near(found.weights, expected["incomplete_weights"].get<std::vector<double>>(), margin);
    CHECK(*found.ratio_saaty == Approx(expected["incomplete_CR"].get<double>()).margin(margin));
    CHECK(found.pairs_given == 2);
    CHECK(found.pairs_possible == 3);
    CHECK_FALSE(found.worst);
  }
  CHECK(fault(4, upper_half(in["disconnected_incomplete"])) ==
        "Weight set 'toy' has 2 parts that are never compared with each other: 'a', 'b' | 'c', 'd'; add a judgement "
        "between them.");
}

TEST_CASE("judgements made from weights return these weights, however few they are", "[decision][property]") {
  std::mt19937 random(31);
  for (int round = 0; round < 100; ++round) {
    std::size_t const n = 1 + random() % 12;
    auto const weights = random_shares(random, n);
    auto judgements = random_pairs(random, n, round % 2 == 0 ? 1 : 0.3);
    for (auto& [a, b, ratio] : judgements) ratio = weights[a] / weights[b];
    for (PairwiseMethod const method : both) {
      auto const found = pairwise_weights(subject_of(n), judgements, method);
      check_near(found.weights, weights, 1e-12);
      CHECK(found.lambda_max == Approx(static_cast<double>(n)).margin(1e-10));
      CHECK_FALSE(found.worst);
    }
  }
}

TEST_CASE("any judgements give weights that solve the equations of their method", "[decision][property]") {
  std::mt19937 random(32);
  for (int round = 0; round < 100; ++round) {
    std::size_t const n = 3 + random() % 8;
    bool const complete = round % 2 == 0;
    auto judgements = random_pairs(random, n, complete ? 1 : 0.4);
    for (auto& one : judgements) one.ratio = std::exp(uniform(random, -2.2, 2.2));
    auto const eigen = eigen_weights(n, judgements);
    CHECK(sum_of(eigen.weights) == Approx(1).epsilon(1e-14));
    CHECK(eigen.lambda_max >= static_cast<double>(n));
    CHECK(eigen_residual(n, judgements, eigen) < 1e-10);

    auto const means = pairwise_weights(subject_of(n), judgements, PairwiseMethod::geometric_mean);
    CHECK(sum_of(means.weights) == Approx(1).epsilon(1e-14));
    CHECK(means.lambda_max == eigen.lambda_max);
    if (complete) check_near(means.weights, row_means(n, judgements), 1e-12);
    double const least = misfit(judgements, means.weights);
    for (int draw = 0; draw < 20; ++draw) {
      auto other = means.weights;
      for (double& weight : other) weight *= uniform(random, 0.9, 1.1);
      CHECK(misfit(judgements, other) >= least - 1e-12);
    }
  }
}

TEST_CASE("weights by pairs go with their criteria, in any order of judgements and either way round",
          "[decision][property]") {
  std::mt19937 random(33);
  for (int round = 0; round < 50; ++round) {
    std::size_t const n = 2 + random() % 8;
    auto judgements = random_pairs(random, n, 0.5);
    for (auto& one : judgements) one.ratio = std::exp(uniform(random, -2.2, 2.2));
    auto const order = shuffled(random, n);
    auto renamed = moved(judgements, shuffled(random, judgements.size()));
    for (auto& one : renamed) one = {order[one.b], order[one.a], 1 / one.ratio};
    for (PairwiseMethod const method : both)
      check_near(pairwise_weights(subject_of(n), renamed, method).weights,
                 moved(pairwise_weights(subject_of(n), judgements, method).weights, order), 1e-11);
  }
}

TEST_CASE("the worst triple is the one that a search of all finds, and its ratio mends it", "[decision][property]") {
  std::mt19937 random(34);
  for (int round = 0; round < 100; ++round) {
    std::size_t const n = 3 + random() % 6;
    auto judgements = random_pairs(random, n, 0.7);
    for (auto& one : judgements) one.ratio = std::exp(uniform(random, -2.2, 2.2));
    auto const ratio = [&](std::size_t a, std::size_t b) {
      for (auto const& one : judgements) {
        if (one.a == a && one.b == b) return one.ratio;
        if (one.a == b && one.b == a) return 1 / one.ratio;
      }
      return std::nan("");
    };
    double most = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        for (std::size_t k = 0; k < n; ++k)
          if (i != j && j != k && k != i) most = std::fmax(most, ratio(i, j) * ratio(j, k) * ratio(k, i));
    auto const found = eigen_weights(n, judgements);
    REQUIRE(found.worst.has_value() == (most > 0));
    if (!found.worst) continue;
    auto const [i, j, k] = found.worst->criteria;
    CHECK(found.worst->factor == Approx(most).epsilon(1e-12));
    auto const& suspect = found.worst->suspect;
    CHECK(ratio(suspect.a, suspect.b) == suspect.ratio);
    for (auto& one : judgements)
      if (one.a == suspect.a && one.b == suspect.b) one.ratio = found.worst->consistent;
    CHECK(ratio(i, j) * ratio(j, k) * ratio(k, i) == Approx(1).epsilon(1e-12));
  }
}

TEST_CASE("the judgement typed the wrong way round is the suspect", "[decision][unit]") {
  // Weights 4 : 2 : 1 : 1, but b against c was typed as 1/2 in place of 2: around a, b, c and around b, c, d the
  // product is 4 times too small, and both are as bad; the first is told.
  std::vector<PairJudgement> const judgements{{0, 1, 2}, {0, 2, 4}, {0, 3, 4}, {1, 2, 0.5}, {1, 3, 2}, {3, 2, 1}};
  auto const found = eigen_weights(4, judgements);
  REQUIRE(found.worst);
  CHECK(found.worst->criteria == std::array<std::size_t, 3>{0, 1, 2});
  CHECK(found.worst->factor == Approx(4));
  CHECK(found.worst->suspect.a == 1);
  CHECK(found.worst->suspect.b == 2);
  CHECK(found.worst->consistent == Approx(2));
  auto const told = consistency_of(subject_of(4), found);
  CHECK(told.ratio == found.ratio_alonso_lamata);
  CHECK(told.words.en.find("'a', 'b' and 'c' contradict each other most: 'b' against 'c' is 1/2 and by the other two "
                           "would be 2.") != std::string::npos);
  CHECK(told.words.nl.find("'b' tegenover 'c' is 1/2 en zou volgens de andere twee 2 zijn.") != std::string::npos);
}

TEST_CASE("the one judgement that does not fit is the suspect, wherever it stands", "[decision][property]") {
  std::mt19937 random(35);
  for (int round = 0; round < 60; ++round) {
    std::size_t const n = 4 + random() % 4;
    auto const weights = random_shares(random, n);
    auto judgements = random_pairs(random, n, 1);
    for (auto& [a, b, ratio] : judgements) ratio = weights[a] / weights[b];
    auto& wrong = judgements[random() % judgements.size()];
    double const right = wrong.ratio;
    wrong.ratio *= 3;
    for (PairwiseMethod const method : both) {
      auto const found = pairwise_weights(subject_of(n), judgements, method);
      REQUIRE(found.worst);
      CHECK(found.worst->factor == Approx(3));
      CHECK(found.worst->suspect.a == wrong.a);
      CHECK(found.worst->suspect.b == wrong.b);
      CHECK(found.worst->suspect.ratio == wrong.ratio);
      CHECK(found.worst->consistent == Approx(right));
    }
  }
}

TEST_CASE("words on pairs tell the custom, what is missing, and where no ratio exists", "[decision][unit]") {
  auto const words = [](std::size_t n, std::vector<PairJudgement> const& judgements) {
    return consistency_of(subject_of(n), eigen_weights(n, judgements)).words;
  };
  CHECK(words(3, {{0, 1, 2}, {1, 2, 3}, {0, 2, 6}}).en == "Consistency ratio 0.00 (not above the usual 0.10).");
  CHECK(words(3, {{0, 1, 9}, {1, 2, 9}, {2, 0, 9}}).nl.find("(hoger dan de gebruikelijke 0,10)") != std::string::npos);
  CHECK(words(3, {{0, 1, 2}, {1, 2, 3}}).en.find("2 of 3 pairs were judged") != std::string::npos);
  std::vector<PairJudgement> chain;
  for (std::size_t i = 0; i + 1 < 16; ++i) chain.push_back({i, i + 1, 2});
  auto const found = eigen_weights(16, chain);
  CHECK_FALSE(found.ratio_saaty);
  CHECK_FALSE(found.ratio_alonso_lamata);
  CHECK(words(16, chain).en == "There is no consistency ratio for so many criteria.");
}

TEST_CASE("one criterion, and two", "[decision][unit]") {
  for (PairwiseMethod const method : both) {
    CHECK(pairwise_weights(subject_of(1), {}, method).weights == std::vector<double>{1});
    auto const two = pairwise_weights(subject_of(2), {{1, 0, 3}}, method);
    check_near(two.weights, {0.25, 0.75}, 1e-15);
    CHECK(two.ratio_saaty == 0.0);
    CHECK(two.ratio_alonso_lamata == 0.0);
  }
}

TEST_CASE("ratios beyond the scale of 1/9 to 9 count as they are", "[decision][unit]") {
  check_near(eigen_weights(2, {{0, 1, 999}}).weights, {0.999, 0.001}, 1e-15);
  auto const far = eigen_weights(3, {{0, 1, 1e100}, {1, 2, 1e100}});
  CHECK(far.weights[1] == Approx(1e-100).epsilon(1e-10));
  CHECK(far.weights[2] == Approx(1e-200).epsilon(1e-10));
}

TEST_CASE("judgements that cannot be are refused with their criteria", "[decision][unit]") {
  double const endless = std::numeric_limits<double>::infinity();
  CHECK(fault(2, {{0, 1, 0}}) ==
        "Weight set 'toy' judges 'a' against 'b' as 0; a judgement is a finite number above 0, such as 3 or 1/3.");
  for (double const ratio : {-3.0, endless, std::nan("")})
    CHECK(fault(2, {{0, 1, ratio}}).find("'a' against 'b'") != std::string::npos);
  CHECK(fault(2, {{0, 1, 3}, {1, 1, 1}}) ==
        "Weight set 'toy' compares criterion 'b' with itself; leave that judgement out.");
  CHECK(fault(2, {{0, 1, 3}, {0, 1, 5}}) ==
        "Weight set 'toy' judges 'a' against 'b' twice, as 3 and as 5; keep one of the two.");
  CHECK(fault(2, {{0, 1, 4}, {1, 0, 0.25}}) ==
        "Weight set 'toy' judges 'b' against 'a' twice, as 0.25 and as 0.25; keep one of the two.");
  CHECK(fault(3, {}).find("3 parts") != std::string::npos);
  CHECK(fault(0, {}).find("no criteria") != std::string::npos);
  CHECK(fault(4, {{0, 1, 1e200}, {1, 2, 1e200}, {2, 3, 1e200}}).find("criterion 'c' a weight too small") !=
        std::string::npos);
  CHECK(fault(3, {{0, 1, 1e300}, {1, 2, 1e300}, {0, 2, 1e-300}}).find("toy") != std::string::npos);
  CHECK(error_of([] { (void)eigen_weights(2, {{0, 2, 3}}); }).kind == ErrorKind::internal);
}
