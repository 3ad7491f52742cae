#include "terrein/decision/best_worst.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "decision/weight_words.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

constexpr double greatest_ratio = 1e100;  // products of two such are still numbers

void require_judgement(WeightSubject const& subject, std::size_t a, std::size_t b, double ratio) {
  std::string const &first = criterion_name(subject, a), &second = criterion_name(subject, b);
  if (!(ratio >= 1) || ratio > greatest_ratio) {
    refuse_weights(subject,
                   "judges '{}' against '{}' as {}; the best against others and others against the worst are numbers "
                   "from 1 up, by custom to 9.",
                   first, second, shortest(ratio));
  }
  if (a == b && ratio != 1) {
    refuse_weights(subject, "judges criterion '{}' against itself as {}; that judgement is 1.", first, shortest(ratio));
  }
}

void require_at_most(WeightSubject const& subject, std::size_t a, std::size_t b, double ratio, double most) {
  if (ratio <= most) return;
  refuse_weights(subject,
                 "judges '{}' against '{}' as {}, which is more than the best against the worst ({}); lower it, or "
                 "choose another best or worst.",
                 subject.criteria[a], subject.criteria[b], shortest(ratio), shortest(most));
}

void require_sound(WeightSubject const& subject, BestWorst const& in) {
  require_one_each(subject, in.best_to_others.size(), "judgements of the best");
  require_one_each(subject, in.others_to_worst.size(), "judgements of the worst");
  std::string const &best = criterion_name(subject, in.best), &worst = criterion_name(subject, in.worst);
  std::size_t const n = subject.criteria.size();
  if (in.best == in.worst && n > 1) {
    refuse_weights(subject, "has '{}' as the best and as the worst criterion; choose two different ones.", best);
  }
  for (std::size_t i = 0; i < n; ++i) {
    require_judgement(subject, in.best, i, in.best_to_others[i]);
    require_judgement(subject, i, in.worst, in.others_to_worst[i]);
  }
  double const most = in.best_to_others[in.worst], again = in.others_to_worst[in.best];
  if (most != again) {
    refuse_weights(subject, "judges the best criterion '{}' against the worst '{}' as {} and as {}; give one number.",
                   best, worst, shortest(most), shortest(again));
  }
  for (std::size_t i = 0; i < n; ++i) {
    require_at_most(subject, in.best, i, in.best_to_others[i], most);
    require_at_most(subject, i, in.worst, in.others_to_worst[i], most);
  }
}

/// With ξ as the unit, |w_B − slope · w_W| <= reach.
struct Strip {
  double slope, reach;
};

/// What the judgements say of the best against the worst: directly first, then by way of each other criterion, whose
/// weight must lie within one of w_B / a_Bj (times 1 / a_Bj) and of a_jW w_W.
std::vector<Strip> strips_of(BestWorst const& in) {
  std::vector<Strip> out{{in.best_to_others[in.worst], 1}};
  for (std::size_t j = 0; j < in.best_to_others.size(); ++j)
    if (j != in.best && j != in.worst)
      out.push_back({in.best_to_others[j] * in.others_to_worst[j], 1 + in.best_to_others[j]});
  return out;
}

/// The greatest weight of the worst that lies in all strips for some weight of the best; infinite when they agree.
double greatest_worst(std::vector<Strip> const& strips) {
  double out = std::numeric_limits<double>::infinity();
  for (Strip const& upper : strips)
    for (Strip const& lower : strips)
      if (lower.slope > upper.slope) out = std::min(out, (upper.reach + lower.reach) / (lower.slope - upper.slope));
  return out;
}

/// The input-based consistency ratio and the criterion that it comes from. The best and the worst say nothing beside
/// their judgement of each other.
void find_farthest(BestWorst const& in, BestWorstWeights& out) {
  double const most = in.best_to_others[in.worst];
  if (!(most > 1)) return;
  for (std::size_t j = 0; j < in.best_to_others.size(); ++j) {
    if (j == in.best || j == in.worst) continue;
    double const ratio = std::abs(in.best_to_others[j] * in.others_to_worst[j] - most) / (most * most - most);
    if (ratio <= out.consistency_ratio) continue;
    out.consistency_ratio = ratio;
    out.farthest = j;
  }
}

}  // namespace

BestWorstWeights best_worst_weights(WeightSubject const& subject, BestWorst const& judgements) {
  // Least ξ with weights that sum to 1 is the greatest sum of weights with ξ = 1. Given the weights of the best and the
  // worst, every other weight is as great as its two judgements allow. All limits on the best rise with the worst and
  // the other way round, so both are greatest in one corner, where the upper edge of one strip meets the lower edge of
  // another, and with them the sum: the one optimum, without a search.
  require_sound(subject, judgements);
  std::vector<Strip> const strips = strips_of(judgements);
  double const corner = greatest_worst(strips);
  bool const agree = std::isinf(corner);
  double const worst = agree ? 1 : corner, deviation = agree ? 0 : 1;
  double best = std::numeric_limits<double>::infinity();
  for (Strip const& strip : strips) best = std::min(best, strip.slope * worst + strip.reach * deviation);
  BestWorstWeights out;
  for (std::size_t j = 0; j < subject.criteria.size(); ++j)
    out.weights.push_back(
        std::min((best + deviation) / judgements.best_to_others[j], judgements.others_to_worst[j] * worst + deviation));
  out.weights[judgements.best] = best;
  out.weights[judgements.worst] = worst;
  double sum = 0;
  for (double const weight : out.weights) sum += weight;
  out.deviation = deviation / sum;
  share_out(out.weights);
  find_farthest(judgements, out);
  return out;
}

Consistency consistency_of(WeightSubject const& subject, BestWorst const& judgements, BestWorstWeights const& found) {
  std::string const ratio = fmt::format("{:.2f}", found.consistency_ratio);
  Consistency out{found.consistency_ratio,
                  {fmt::format("Consistentieverhouding {} (0 is volledig eensluidend).", with_comma(ratio)),
                   fmt::format("Consistency ratio {} (0 is full agreement).", ratio)}};
  if (found.consistency_ratio == 0) return out;
  std::string const& name = criterion_name(subject, found.farthest);
  std::string const product = fmt::format("{} × {}", shortest(judgements.best_to_others[found.farthest]),
                                          shortest(judgements.others_to_worst[found.farthest]));
  std::string const direct = shortest(judgements.best_to_others[judgements.worst]);
  out.words.nl += fmt::format(
      " '{}' past het minst: de belangrijkste tegenover de minst belangrijke is langs dit criterium {}, rechtstreeks "
      "{}.",
      name, with_comma(product), with_comma(direct));
  out.words.en += fmt::format(" '{}' fits least: by way of it the best against the worst is {}, directly {}.", name,
                              product, direct);
  return out;
}

}  // namespace terrein
