#pragma once
// Weight subjects and small checks for the tests of weights.
#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "terrein/decision/weights.hpp"
#include "unit/decision/toys.hpp"

namespace terrein::test {

/// Weight set 'toy' of n criteria 'a', 'b', 'c' …
inline WeightSubject subject_of(std::size_t n) {
  WeightSubject out{"toy", {}};
  for (std::size_t i = 0; i < n; ++i) out.criteria.emplace_back(1, static_cast<char>('a' + i));
  return out;
}

inline double sum_of(std::vector<double> const& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

inline void check_near(std::vector<double> const& found, std::vector<double> const& expected, double margin) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == Approx(expected[i]).margin(margin).epsilon(0));
}

inline std::vector<double> random_shares(std::mt19937& random, std::size_t n) {
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(uniform(random, 0.05, 1));
  double const sum = sum_of(out);
  for (double& share : out) share /= sum;
  return out;
}

/// Where each of n things goes: `order[i]` is the new place of i.
inline std::vector<std::size_t> shuffled(std::mt19937& random, std::size_t n) {
  std::vector<std::size_t> out(n);
  std::iota(out.begin(), out.end(), 0U);
  for (std::size_t i = n; i > 1; --i) std::swap(out[i - 1], out[random() % i]);
  return out;
}

template <class T>
std::vector<T> moved(std::vector<T> const& things, std::vector<std::size_t> const& order) {
  std::vector<T> out(things.size());
  for (std::size_t i = 0; i < things.size(); ++i) out[order[i]] = things[i];
  return out;
}

}  // namespace terrein::test
