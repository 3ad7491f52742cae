#include "terrein/decision/pairwise.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "decision/pairwise_table.hpp"
#include "decision/weight_words.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

constexpr double agree = 1e-9;  // logarithms of ratios that differ by less are alike: what rounding leaves

/// Consistency index of random complete judgements on the scale 1/9 to 9, by number of criteria from 3 up.
constexpr std::array<double, 8> random_index_saaty{0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49};
constexpr std::array<double, 13> random_index_alonso_lamata{.5247,  .8816,  1.1086, 1.2479, 1.3417, 1.4057, 1.4499,
                                                            1.4854, 1.5140, 1.5365, 1.5551, 1.5713, 1.5838};

template <std::size_t Size>
std::optional<double> ratio_to(std::array<double, Size> const& table, double index, std::size_t n) {
  if (n < 3) return 0;
  if (n - 3 >= Size) return std::nullopt;
  return index / table[n - 3];
}

/// Shares from logarithms, none of which may be lost in the range of doubles.
std::vector<double> shares_of_logs(WeightSubject const& subject, std::vector<double> const& logs) {
  double const most = *std::max_element(logs.begin(), logs.end());
  std::vector<double> out;
  for (double const log : logs) out.push_back(std::exp(log - most));
  share_out(out);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!(out[i] > 0)) {
      refuse_weights(subject, "leaves criterion '{}' a weight too small for a number; use ratios from 1/9 to 9.",
                     subject.criteria[i]);
    }
  }
  return out;
}

/// The judgement of a pair of the triple that fits the weights least, by its place in `pairs`; the first of equals.
std::size_t least_fitting(PairwiseTable const& table, std::vector<double> const& log_weights,
                          std::array<std::array<std::size_t, 2>, 3> const& pairs) {
  std::size_t out = 0;
  double worst = -1;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    auto const [a, b] = pairs[i];
    double const misfit = std::abs(table.log_ratio(a, b) - log_weights[a] + log_weights[b]);
    if (misfit > worst + agree) {
      worst = misfit;
      out = i;
    }
  }
  return out;
}

/// The judgement of a pair as it was given.
PairJudgement given(std::vector<PairJudgement> const& judgements, std::size_t a, std::size_t b) {
  return *std::find_if(judgements.begin(), judgements.end(), [a, b](PairJudgement const& one) {
    return (one.a == a && one.b == b) || (one.a == b && one.b == a);
  });
}

/// Log of the product of the judgements around i → j → k → i; 0 when they agree or not all are given.
double around(PairwiseTable const& table, std::size_t i, std::size_t j, std::size_t k) {
  if (!table.is_judged(i, j) || !table.is_judged(j, k) || !table.is_judged(k, i)) return 0;
  return table.log_ratio(i, j) + table.log_ratio(j, k) + table.log_ratio(k, i);
}

/// The first of the triples that contradict themselves most.
std::optional<std::array<std::size_t, 3>> find_worst(PairwiseTable const& table) {
  std::optional<std::array<std::size_t, 3>> out;
  double worst = 0;
  for (std::size_t i = 0; i < table.size(); ++i)
    for (std::size_t j = i + 1; j < table.size(); ++j)
      for (std::size_t k = j + 1; k < table.size(); ++k) {
        double const contradiction = std::abs(around(table, i, j, k));
        if (contradiction <= worst + agree) continue;
        worst = contradiction;
        out = {i, j, k};
      }
  return out;
}

std::optional<WorstTriple> worst_triple(PairwiseTable const& table, std::vector<PairJudgement> const& judgements,
                                        std::vector<double> const& log_weights) {
  auto const triple = find_worst(table);
  if (!triple) return std::nullopt;
  auto const [i, j, k] = *triple;
  std::array<std::array<std::size_t, 2>, 3> const pairs{{{i, j}, {i, k}, {j, k}}};
  std::size_t const place = least_fitting(table, log_weights, pairs);
  WorstTriple out;
  out.criteria = *triple;
  out.factor = std::exp(std::abs(around(table, i, j, k)));
  out.suspect = given(judgements, pairs[place][0], pairs[place][1]);
  std::size_t const between = i + j + k - out.suspect.a - out.suspect.b;
  out.consistent = std::exp(table.log_ratio(out.suspect.a, between) + table.log_ratio(between, out.suspect.b));
  return out;
}

/// A ratio as people judge: "3" or "1/3", two decimals at most.
std::string ratio_text(double ratio) {
  auto const rounded = [](double value) { return shortest(std::round(value * 100) / 100); };
  return ratio >= 1 ? rounded(ratio) : "1/" + rounded(1 / ratio);
}

void tell_ratio(PairwiseWeights const& found, Bilingual& words) {
  bool const complete = found.pairs_given == found.pairs_possible;
  if (!found.ratio_alonso_lamata) {
    words.nl = "Voor zoveel criteria bestaat geen consistentieverhouding.";
    words.en = "There is no consistency ratio for so many criteria.";
    return;
  }
  std::string const ratio = fmt::format("{:.2f}", *found.ratio_alonso_lamata);
  std::string const custom = fmt::format("{:.2f}", usual_consistency_ratio);
  bool const usual = *found.ratio_alonso_lamata <= usual_consistency_ratio;
  words.nl = fmt::format("Consistentieverhouding {} ({} dan de gebruikelijke {}).", with_comma(ratio),
                         usual ? "niet hoger" : "hoger", with_comma(custom));
  words.en = fmt::format("Consistency ratio {} ({} the usual {}).", ratio, usual ? "not above" : "above", custom);
  if (complete) return;
  words.nl += fmt::format(" {} van {} paren zijn vergeleken; de verhouding is dan te mild.", found.pairs_given,
                          found.pairs_possible);
  words.en +=
      fmt::format(" {} of {} pairs were judged, so the ratio is too mild.", found.pairs_given, found.pairs_possible);
}

void tell_worst(WeightSubject const& subject, WorstTriple const& worst, Bilingual& words) {
  auto const name = [&](std::size_t criterion) { return criterion_name(subject, criterion); };
  auto const [i, j, k] = worst.criteria;
  std::string const a = name(worst.suspect.a), b = name(worst.suspect.b);
  std::string const is = ratio_text(worst.suspect.ratio), should = ratio_text(worst.consistent);
  words.nl += fmt::format(
      " '{}', '{}' en '{}' spreken elkaar het meest tegen: '{}' tegenover '{}' is {} en zou volgens de andere twee {} "
      "zijn.",
      name(i), name(j), name(k), a, b, with_comma(is), with_comma(should));
  words.en += fmt::format(
      " '{}', '{}' and '{}' contradict each other most: '{}' against '{}' is {} and by the other two would be {}.",
      name(i), name(j), name(k), a, b, is, should);
}

}  // namespace

PairwiseWeights pairwise_weights(WeightSubject const& subject, std::vector<PairJudgement> const& judgements,
                                 PairwiseMethod method) {
  PairwiseTable const table(subject, judgements);
  std::size_t const n = table.size();
  std::vector<double> const means = log_least_squares(table);
  Eigen const eigen = principal_eigenvector(table, means);
  if (!std::isfinite(eigen.lambda)) {
    refuse_weights(subject, "has judgements that contradict each other beyond all numbers; use ratios from 1/9 to 9.");
  }
  std::vector<double> const& logs = method == PairwiseMethod::eigenvector ? eigen.log_weights : means;
  PairwiseWeights out;
  out.weights = shares_of_logs(subject, logs);
  out.lambda_max = std::max(eigen.lambda, static_cast<double>(n));  // never less but by rounding
  if (n >= 3) out.consistency_index = (out.lambda_max - static_cast<double>(n)) / static_cast<double>(n - 1);
  out.ratio_saaty = ratio_to(random_index_saaty, out.consistency_index, n);
  out.ratio_alonso_lamata = ratio_to(random_index_alonso_lamata, out.consistency_index, n);
  out.pairs_given = judgements.size();
  out.pairs_possible = n * (n - 1) / 2;
  out.worst = worst_triple(table, judgements, logs);
  return out;
}

Consistency consistency_of(WeightSubject const& subject, PairwiseWeights const& found) {
  Consistency out;
  out.ratio = found.ratio_alonso_lamata;
  tell_ratio(found, out.words);
  if (found.worst) tell_worst(subject, *found.worst, out.words);
  return out;
}

}  // namespace terrein
