#include <algorithm>
#include <cmath>
#include <set>

#include "support/catch.hpp"
#include "terrein/robustness/random.hpp"

using namespace terrein;

TEST_CASE("Philox gives the numbers that its authors published", "[robustness][unit]") {
  // Known answers of Random123 1.14 (kat_vectors, philox4x32 10).
  using Words = std::array<std::uint32_t, 4>;
  CHECK(philox({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  CHECK(philox({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}) == Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a stream is its seed, purpose and draw, and nothing else", "[robustness][unit]") {
  RandomStream a(7, Purpose::weights, 3), b(7, Purpose::weights, 3);
  for (int i = 0; i < 100; ++i) CHECK(a.next() == b.next());
  std::set<std::uint64_t> first;
  for (std::uint64_t seed : {0U, 1U, 2U})
    for (Purpose purpose : {Purpose::weights, Purpose::values})
      for (std::uint64_t draw = 0; draw < 100; ++draw) first.insert(RandomStream(seed, purpose, draw).next());
  CHECK(first.size() == 600);
  first.clear();
  for (std::uint64_t draw : {std::uint64_t{0}, std::uint64_t{1} << 32U, std::uint64_t{1} << 63U})
    first.insert(RandomStream(1, Purpose::weights, draw).next());
  CHECK(first.size() == 3);
}

TEST_CASE("uniform numbers have the moments of uniform numbers, within and across draws", "[robustness][unit]") {
  constexpr int n = 40000;
  double sum = 0, squares = 0, products = 0;
  std::array<int, 7> below{};
  for (int draw = 0; draw < n; ++draw) {
    RandomStream random(11, Purpose::weights, static_cast<std::uint64_t>(draw));
    double const x = random.uniform(), y = random.uniform();
    CHECK((x > 0 && x < 1));
    sum += x;
    squares += x * x;
    products += x * y;
    ++below[random.below(7)];
  }
  double const error = 5 / std::sqrt(n);
  CHECK(std::abs(sum / n - 0.5) < error * 0.29);
  CHECK(std::abs(squares / n - 1.0 / 3) < error * 0.3);
  CHECK(std::abs(products / n - 0.25) < error * 0.22);
  for (int const count : below) CHECK(std::abs(count - n / 7.0) < 5 * std::sqrt(n / 7.0));
}

TEST_CASE("keys of neighbouring texts share no pattern", "[robustness][unit]") {
  constexpr int n = 20000;
  double sum = 0, products = 0, before = 0.5;
  std::set<std::uint64_t> all;
  for (int i = 0; i < n; ++i) {
    std::uint64_t const key = random_key("P" + std::to_string(i));
    all.insert(key);
    double const x = to_unit(key);
    sum += x;
    products += (x - 0.5) * (before - 0.5);
    before = x;
  }
  CHECK(all.size() == n);
  CHECK(std::abs(sum / n - 0.5) < 5 * 0.29 / std::sqrt(n));
  CHECK(std::abs(products / n) < 5 * 0.0834 / std::sqrt(n));
}

TEST_CASE("stratified numbers have one in each part, in an order of their own per key and seed", "[robustness][unit]") {
  for (std::size_t const n : {std::size_t{0}, std::size_t{1}, std::size_t{32}, std::size_t{1000}}) {
    std::vector<double> numbers = stratified(n, 1, 7);
    CHECK(numbers == stratified(n, 1, 7));
    if (n > 1) CHECK(numbers != stratified(n, 1, 8));
    if (n > 1) CHECK(numbers != stratified(n, 2, 7));
    if (n > 1) CHECK_FALSE(std::is_sorted(numbers.begin(), numbers.end()));
    std::sort(numbers.begin(), numbers.end());
    for (std::size_t i = 0; i < n; ++i)
      CHECK(std::floor(numbers[i] * static_cast<double>(n)) == static_cast<double>(i));
  }
  // Two keys go together no more than chance: of 10,000 pairs the correlation is below 4 hundredths.
  std::vector<double> const a = stratified(10000, 1, 1), b = stratified(10000, 1, 2);
  double products = 0;
  for (std::size_t i = 0; i < a.size(); ++i) products += (a[i] - 0.5) * (b[i] - 0.5);
  CHECK(std::abs(products / 10000 * 12) < 0.04);
}
