#include "terrein/robustness/weight_space.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"

namespace terrein {
namespace {

constexpr std::size_t steps_per_criterion = 200;
constexpr double slack = 1e-12;  ///< of sums of ranges that were written as decimals

constexpr std::array<std::pair<WeightKind, std::string_view>, 5> words{{{WeightKind::fixed, "fixed"},
                                                                        {WeightKind::around, "around"},
                                                                        {WeightKind::any, "any"},
                                                                        {WeightKind::order, "order"},
                                                                        {WeightKind::ranges, "ranges"}}};

double exponential(RandomStream& random) { return -std::log(random.uniform()); }

/// Standard normal, by the polar method of Marsaglia; the second number of a pair is left.
double normal(RandomStream& random) {
  while (true) {
    double const x = 2 * random.uniform() - 1, y = 2 * random.uniform() - 1, square = x * x + y * y;
    if (square < 1 && square > 0) return x * std::sqrt(-2 * std::log(square) / square);
  }
}

/// Gamma with this shape and scale 1.
double gamma(RandomStream& random, double shape) {
  if (shape < 1) {  // G(a) = G(a + 1) U^(1/a)
    double const larger = gamma(random, shape + 1);
    return larger * std::pow(random.uniform(), 1 / shape);
  }
  double const d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  while (true) {
    double const x = normal(random), root = 1 + c * x;
    if (root <= 0) continue;
    double const cube = root * root * root;
    if (std::log(random.uniform()) < 0.5 * x * x + d - d * cube + d * std::log(cube)) return d * cube;
  }
}

void normalise(std::vector<std::size_t> const& which, double* out) {
  double sum = 0;
  for (std::size_t const i : which) sum += out[i];
  for (std::size_t const i : which) out[i] /= sum;
}

void check_ranges(WeightSpace const& space) {
  double least = 0, most = 0;
  for (std::size_t i = 0; i < space.weights.size(); ++i) {
    double const low = space.low[i], high = space.high[i];
    if (!(low >= 0) || !(high <= 1) || !(low <= high))
      throw_error(ErrorKind::config,
                  "The range of weight {} goes from '{}' to '{}'; shares go from 0 up to 1, the lower one first.",
                  i + 1, shortest(low), shortest(high));
    least += low;
    most += high;
  }
  if (least > 1 + slack || most < 1 - slack)
    throw_error(
        ErrorKind::config,
        "No weights fit in their ranges: the lower ends sum to '{}' and the upper ones to '{}', and the weights "
        "themselves to 1.",
        shortest(least), shortest(most));
}

}  // namespace

std::string_view to_string(WeightKind kind) {
  return std::find_if(words.begin(), words.end(), [kind](auto const& one) { return one.first == kind; })->second;
}

std::optional<WeightKind> weight_kind(std::string_view text) {
  for (auto const& [kind, word] : words)
    if (word == text) return kind;
  return std::nullopt;
}

WeightSampler::WeightSampler(WeightSpace space, std::uint64_t seed) : space_(std::move(space)), seed_(seed) {
  std::vector<double> const& weights = space_.weights;
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (weights[i] > 0) weighing_.push_back(i);
  if (weighing_.empty()) throw_error(ErrorKind::config, "No criterion has a weight, so that no weights can be drawn.");
  if (space_.kind == WeightKind::around && !(space_.concentration > 0 && std::isfinite(space_.concentration)))
    throw_error(ErrorKind::config, "The concentration of weights is '{}'; it is a number above 0.",
                shortest(space_.concentration));
  if (space_.kind == WeightKind::order) {
    std::vector<std::size_t> order = weighing_;
    std::stable_sort(order.begin(), order.end(),
                     [&weights](std::size_t a, std::size_t b) { return weights[a] > weights[b]; });
    for (std::size_t const i : order) {
      if (ranked_.empty() || weights[ranked_.back().front()] != weights[i]) ranked_.emplace_back();
      ranked_.back().push_back(i);
    }
  }
  if (space_.kind != WeightKind::ranges) return;
  if (space_.low.size() != weights.size() || space_.high.size() != weights.size())
    throw_error(ErrorKind::internal, "Every weight needs a range.");
  weighing_.clear();  // a range above 0 gives a weight to what has none
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (space_.high[i] > 0) weighing_.push_back(i);
  check_ranges(space_);
  double const least = std::accumulate(space_.low.begin(), space_.low.end(), 0.0);
  double const most = std::accumulate(space_.high.begin(), space_.high.end(), 0.0);
  double const along = most > least ? std::clamp((1 - least) / (most - least), 0.0, 1.0) : 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i)
    start_.push_back(space_.low[i] + along * (space_.high[i] - space_.low[i]));
}

void WeightSampler::draw(std::uint64_t index, double* out) const {
  std::fill(out, out + size(), 0.0);
  RandomStream random(seed_, Purpose::weights, index);
  switch (space_.kind) {
    case WeightKind::fixed:
      std::copy(space_.weights.begin(), space_.weights.end(), out);
      return;
    case WeightKind::around:
      return draw_gamma(random, out, true);
    case WeightKind::any:
      return draw_gamma(random, out, false);
    case WeightKind::order:
      return draw_ordered(random, out);
    case WeightKind::ranges:
      return draw_in_ranges(random, out);
  }
}

void WeightSampler::draw_gamma(RandomStream& random, double* out, bool around) const {
  do {  // a tiny concentration may leave nothing above the smallest double
    for (std::size_t const i : weighing_)
      out[i] = around ? gamma(random, space_.concentration * space_.weights[i]) : exponential(random);
  } while (std::none_of(weighing_.begin(), weighing_.end(), [out](std::size_t i) { return out[i] > 0; }));
  normalise(weighing_, out);
}

void WeightSampler::draw_ordered(RandomStream& random, double* out) const {
  std::vector<double> shares;
  for (std::size_t i = 0; i < weighing_.size(); ++i) shares.push_back(exponential(random));
  std::sort(shares.begin(), shares.end(), std::greater<>());
  std::size_t next = 0;
  for (std::vector<std::size_t> const& group : ranked_) {
    std::vector<std::size_t> order = group;  // among equals any order is as likely
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    for (std::size_t const i : order) out[i] = shares[next++];
  }
  normalise(weighing_, out);
}

void WeightSampler::draw_in_ranges(RandomStream& random, double* out) const {
  std::copy(start_.begin(), start_.end(), out);
  std::size_t const n = weighing_.size();
  if (n < 2) return;
  for (std::size_t step = 0; step < steps_per_criterion * n; ++step) {
    std::size_t const first = random.below(n), second = random.below(n - 1);
    std::size_t const a = weighing_[first], b = weighing_[second < first ? second : second + 1];
    double const least = std::max(space_.low[a] - out[a], out[b] - space_.high[b]);
    double const most = std::min(space_.high[a] - out[a], out[b] - space_.low[b]);
    if (most <= least) continue;
    double const moved = least + (most - least) * random.uniform();
    out[a] = std::clamp(out[a] + moved, space_.low[a], space_.high[a]);
    out[b] = std::clamp(out[b] - moved, space_.low[b], space_.high[b]);
  }
  normalise(weighing_, out);
}

}  // namespace terrein
