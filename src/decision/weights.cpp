#include "terrein/decision/weights.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "decision/weight_words.hpp"
#include "terrein/core/text.hpp"

namespace terrein {

namespace {

/// Weights of the ranks 1..n.
std::vector<double> weights_of_ranks(std::size_t n, RankRule rule) {
  std::vector<double> out(n);
  double reciprocals = 0;  // of the ranks from the last up to this one
  for (std::size_t k = n; k >= 1; --k) {
    reciprocals += 1 / static_cast<double>(k);
    switch (rule) {
      case RankRule::centroid:
        out[k - 1] = reciprocals;
        break;
      case RankRule::sum:
        out[k - 1] = static_cast<double>(n + 1 - k);
        break;
      case RankRule::reciprocal:
        out[k - 1] = 1 / static_cast<double>(k);
        break;
    }
  }
  share_out(out);
  return out;
}

void require_every_place(WeightSubject const& subject, std::vector<std::vector<std::size_t>> const& groups) {
  std::vector<bool> ranked(subject.criteria.size(), false);
  for (std::size_t place = 0; place < groups.size(); ++place) {
    if (groups[place].empty()) {
      refuse_weights(subject, "ranks nothing on place {}; leave out the empty place.", place + 1);
    }
    for (std::size_t const criterion : groups[place]) {
      std::string const& name = criterion_name(subject, criterion);
      if (ranked[criterion]) refuse_weights(subject, "ranks criterion '{}' twice; give it one place.", name);
      ranked[criterion] = true;
    }
  }
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    if (ranked[i]) continue;
    refuse_weights(subject, "does not rank criterion '{}'; give every criterion a place, last or beside its equals.",
                   subject.criteria[i]);
  }
}

constexpr double least_sum = 1e-300;  // of points; halves of anything less may be 0

void require_points(WeightSubject const& subject, std::vector<SwingPoints> const& points) {
  double most = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    auto const [low, high] = points[i];
    if (!(low >= 0) || !(high >= 0) || !std::isfinite(low) || !std::isfinite(high)) {
      refuse_weights(subject, "gives criterion '{}' {} to {} points; points are finite numbers from 0 up.",
                     subject.criteria[i], shortest(low), shortest(high));
    }
    if (low > high) {
      refuse_weights(subject, "gives criterion '{}' at least {} and at most {} points; write the smaller number first.",
                     subject.criteria[i], shortest(low), shortest(high));
    }
    most += high;
  }
  if (!std::isfinite(most)) refuse_weights(subject, "gives too many points to add up; use a scale of 0 to 100.");
  if (most < least_sum) refuse_weights(subject, "gives no points at all; give 100 to the swing that matters most.");
}

/// The share of points `own` beside others that sum to `others`; alone it has everything, and 0 beside 0 is no share.
double share_beside(double own, double others) { return own > 0 ? own / (own + others) : 0; }

struct NamedElicitation {
  Elicitation how;
  char const *name, *nl, *en;
};
constexpr std::array<NamedElicitation, 10> elicitations{{
    {Elicitation::direct, "direct", "rechtstreeks gegeven gewichten", "weights given directly"},
    {Elicitation::rank_order, "rank_order", "volgorde van belang (zwaartepunt van de rangorde, ROC)",
     "order of importance (rank order centroid, ROC)"},
    {Elicitation::rank_sum, "rank_sum", "volgorde van belang (rangsom)", "order of importance (rank sum)"},
    {Elicitation::rank_reciprocal, "rank_reciprocal", "volgorde van belang (omgekeerde rang)",
     "order of importance (rank reciprocal)"},
    {Elicitation::swing, "swing", "punten voor de sprong van slechtst naar best (swing)",
     "points for the swing from worst to best"},
    {Elicitation::ahp_eigenvector, "ahp_eigenvector", "paarsgewijze vergelijking (AHP, eigenvector)",
     "pairwise comparison (AHP, eigenvector)"},
    {Elicitation::ahp_geometric_mean, "ahp_geometric_mean", "paarsgewijze vergelijking (AHP, meetkundig gemiddelde)",
     "pairwise comparison (AHP, geometric mean)"},
    {Elicitation::best_worst, "best_worst", "vergelijking met het belangrijkste en het minst belangrijke (best-worst)",
     "comparison with the most and the least important (best-worst)"},
    {Elicitation::entropy, "entropy", "spreiding in de gegevens (entropie): beschrijft de gegevens, geen beleid",
     "spread of the data (entropy): describes the data, not policy"},
    {Elicitation::critic, "critic",
     "spreiding en samenhang in de gegevens (CRITIC): beschrijft de gegevens, geen beleid",
     "spread and correlation of the data (CRITIC): describes the data, not policy"},
}};

}  // namespace

std::string_view to_string(Elicitation how) { return elicitations.at(static_cast<std::size_t>(how)).name; }

std::optional<Elicitation> elicitation(std::string_view text) {
  for (NamedElicitation const& one : elicitations)
    if (text == one.name) return one.how;
  return std::nullopt;
}

Bilingual words_of(Elicitation how) {
  NamedElicitation const& named = elicitations.at(static_cast<std::size_t>(how));
  return {named.nl, named.en};
}

std::vector<double> direct_weights(WeightSubject const& subject, std::vector<double> const& weights) {
  require_one_each(subject, weights.size(), "weights");
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] >= 0) || std::isinf(weights[i])) {
      refuse_weights(subject, "gives criterion '{}' the weight '{}'; weights are finite numbers from 0 up.",
                     subject.criteria[i], shortest(weights[i]));
    }
    sum += weights[i];
  }
  if (!(sum > 0) || std::isinf(sum)) {
    refuse_weights(subject, "has weights that sum to '{}'; the sum must be a number above 0.", shortest(sum));
  }
  std::vector<double> out = weights;
  share_out(out);
  return out;
}

std::vector<double> rank_order_weights(WeightSubject const& subject,
                                       std::vector<std::vector<std::size_t>> const& groups, RankRule rule) {
  require_criteria(subject);
  require_every_place(subject, groups);
  std::vector<double> const of_rank = weights_of_ranks(subject.criteria.size(), rule);
  std::vector<double> out(subject.criteria.size());
  std::size_t rank = 0;
  for (auto const& group : groups) {
    double sum = 0;
    for (std::size_t i = 0; i < group.size(); ++i) sum += of_rank[rank++];
    for (std::size_t const criterion : group) out[criterion] = sum / static_cast<double>(group.size());
  }
  return out;
}

SwingWeights swing_weights(WeightSubject const& subject, std::vector<SwingPoints> const& points) {
  require_one_each(subject, points.size(), "swings");
  require_points(subject, points);
  std::size_t const n = points.size();
  SwingWeights out{std::vector<double>(n), std::vector<double>(n), std::vector<double>(n)};
  for (std::size_t i = 0; i < n; ++i) out.weights[i] = points[i].low + (points[i].high - points[i].low) / 2;
  share_out(out.weights);
  for (std::size_t i = 0; i < n; ++i) {
    double others_low = 0, others_high = 0;
    for (std::size_t other = 0; other < n; ++other) {
      if (other == i) continue;
      others_low += points[other].low;
      others_high += points[other].high;
    }
    // Where no other can have points, this one has all that there are, whatever its own.
    out.low[i] = others_high == 0 ? 1 : share_beside(points[i].low, others_high);
    out.high[i] = share_beside(points[i].high, others_low);
    out.low[i] = std::min(out.low[i], out.weights[i]);  // against rounding
    out.high[i] = std::max(out.high[i], out.weights[i]);
  }
  return out;
}

}  // namespace terrein
