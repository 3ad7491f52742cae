#include "terrein/decision/stakeholders.hpp"

#include <cmath>
#include <limits>

#include "support/support.hpp"
#include "unit/decision/weight_toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

constexpr auto none = std::nullopt;

/// Stakeholders 'a', 'b' … with scores; the ranks are those of their scores, or given.
struct Panel {
  std::vector<Column<double>> scores, ranked;
  std::vector<double> shares;

  void add(Numbers const& score, double share = 1) {
    Column<double> column;
    for (auto const& one : score) column.push(one);
    ranked.push_back(ranks(column, std::vector<std::uint8_t>(column.size(), 1)));
    scores.push_back(std::move(column));
    shares.push_back(share);
  }
  /// A ranking alone: the score falls by a tenth per rank.
  void add_ranks(Numbers rank, double share = 1) {
    for (auto& one : rank)
      if (one) *one = -*one / 10;
    add(rank, share);
  }
  [[nodiscard]] std::vector<Stakeholder> all() const {
    std::vector<Stakeholder> out;
    for (std::size_t i = 0; i < scores.size(); ++i)
      out.push_back({std::string(1, static_cast<char>('a' + i)), &scores[i], &ranked[i], shares[i]});
    return out;
  }
};

/// Scores in steps, so that there are ties; about one in `gap` is missing.
Panel random_panel(std::mt19937& random, std::size_t stakeholders, std::size_t rows, unsigned gap) {
  Panel out;
  for (std::size_t i = 0; i < stakeholders; ++i) {
    Numbers score(rows);
    for (auto& one : score)
      if (random() % gap != 0) one = static_cast<double>(random() % 20) / 20;
    out.add(score, uniform(random, 0.1, 3));
  }
  return out;
}

/// Average rank of a row among rows that all rank: those before it, and half of those that tie.
double average_rank(Column<double> const& score, std::vector<std::size_t> const& rows, std::size_t row) {
  double out = 0.5;
  for (std::size_t const other : rows) {
    if (score.values[other] > score.values[row]) out += 1;
    if (score.values[other] == score.values[row]) out += 0.5;
  }
  return out;
}

double correlation(std::vector<double> const& a, std::vector<double> const& b) {
  double const n = static_cast<double>(a.size()), mean_a = sum_of(a) / n, mean_b = sum_of(b) / n;
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return ab / std::sqrt(aa * bb);
}

std::vector<std::size_t> rows_of_all(Panel const& panel) {
  std::vector<std::size_t> out;
  for (std::size_t row = 0; row < panel.scores[0].size(); ++row)
    if (std::all_of(panel.scores.begin(), panel.scores.end(), [row](auto const& one) { return one.is_known(row); }))
      out.push_back(row);
  return out;
}

}  // namespace

TEST_CASE("a consensus by hand", "[decision][unit]") {
  // Ranks 1 2 3 4, 2 1 4 3 and 1 3 2 4: sums 4, 6, 9, 11, mean 7.5, S = 12.25 + 2.25 + 2.25 + 12.25 = 29;
  // W = 12 · 29 / (9 · 60) = 0.6444.
  Panel panel;
  panel.add_ranks({1.0, 2.0, 3.0, 4.0});
  panel.add_ranks({2.0, 1.0, 4.0, 3.0});
  panel.add_ranks({1.0, 3.0, 2.0, 4.0});
  auto const found = consensus(panel.all());
  CHECK(listed(found.mean_rank) == Numbers{4 / 3.0, 2, 3, 11 / 3.0});
  CHECK(listed(found.rank) == Numbers{1, 2, 3, 4});
  CHECK(found.candidates == 4);
  REQUIRE(found.agreement);
  CHECK(*found.agreement == Approx(12.0 * 29 / 540));
}

TEST_CASE("Kendall's W is corrected for ties", "[decision][unit]") {
  // Average ranks 1.5 1.5 3 4 and 1 2 3.5 3.5: sums 2.5 3.5 6.5 7.5, mean 5, S = 6.25 + 2.25 + 2.25 + 6.25 = 17; each
  // has one pair of ties, T = 6; W = 12 · 17 / (4 · 60 − 2 · 12) = 204/216.
  Panel panel;
  panel.add({0.9, 0.9, 0.5, 0.1});
  panel.add({0.9, 0.8, 0.2, 0.2});
  CHECK(*consensus(panel.all()).agreement == Approx(204 / 216.0));
}

TEST_CASE("a greater share moves the consensus", "[decision][unit]") {
  Panel panel;
  panel.add_ranks({1.0, 2.0, 3.0}, 1);
  panel.add_ranks({3.0, 2.0, 1.0}, 3);
  auto const found = consensus(panel.all());
  CHECK(listed(found.mean_rank) == Numbers{2.5, 2, 1.5});
  CHECK(listed(found.rank) == Numbers{3, 2, 1});
  panel.shares = {1, 1};
  CHECK(listed(consensus(panel.all()).rank) == Numbers{1, 1, 1});
  CHECK(*consensus(panel.all()).agreement == 0);
}

TEST_CASE("means that rounding spoils still tie", "[decision][property]") {
  std::mt19937 random(55);
  constexpr std::size_t rows = 2000;
  Panel panel;  // sums of whole ranks are exact with whole shares, and not with a tenth of them
  for (int i = 0; i < 3; ++i) {
    Numbers rank;
    for (std::size_t const place : shuffled(random, rows)) rank.push_back(static_cast<double>(place + 1));
    panel.add_ranks(rank);
  }
  panel.shares = {1, 2, 3};
  auto const exact = consensus(panel.all()).rank;
  panel.shares = {0.1, 0.2, 0.3};
  CHECK(consensus(panel.all()).rank.values == exact.values);
  auto sorted = exact.values;
  std::sort(sorted.begin(), sorted.end());
  CHECK(std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end());  // there are ties
}

TEST_CASE("the consensus agrees with counting candidate by candidate", "[decision][property]") {
  std::mt19937 random(51);
  for (int round = 0; round < 60; ++round) {
    std::size_t const stakeholders = 2 + random() % 4, rows = 3 + random() % 30;
    auto const panel = random_panel(random, stakeholders, rows, round % 2 == 0 ? 8 : 1000000);
    auto const common = rows_of_all(panel);
    auto const found = consensus(panel.all());
    CHECK(found.candidates == common.size());
    std::vector<std::vector<double>> by_stakeholder(stakeholders);
    Numbers means(rows);
    for (std::size_t const row : common) {
      double mean = 0;
      for (std::size_t i = 0; i < stakeholders; ++i) {
        by_stakeholder[i].push_back(average_rank(panel.scores[i], common, row));
        mean += panel.shares[i] / sum_of(panel.shares) * by_stakeholder[i].back();
      }
      means[row] = mean;
    }
    for (std::size_t row = 0; row < rows; ++row) {
      REQUIRE(found.mean_rank.is_known(row) == means[row].has_value());
      REQUIRE(found.rank.is_known(row) == means[row].has_value());
      if (!means[row]) continue;
      CHECK(found.mean_rank.values[row] == Approx(*means[row]).epsilon(1e-12));
      double better = 0;
      for (std::size_t const other : common) better += *means[other] < *means[row] - 1e-9 ? 1 : 0;
      CHECK(found.rank.values[row] == better + 1);
    }
    if (found.agreement) {
      CHECK(*found.agreement >= 0);
      CHECK(*found.agreement <= 1 + 1e-12);
    }
  }
}

TEST_CASE("without ties Kendall's W follows from the mean of Spearman's correlations", "[decision][property]") {
  std::mt19937 random(52);
  for (int round = 0; round < 30; ++round) {
    std::size_t const p = 2 + random() % 4, n = 3 + random() % 30;
    Panel panel;
    std::vector<std::vector<double>> places;
    for (std::size_t i = 0; i < p; ++i) {
      Numbers rank;
      for (std::size_t const place : shuffled(random, n)) rank.push_back(static_cast<double>(place + 1));
      places.emplace_back();
      for (auto const& one : rank) places.back().push_back(*one);
      panel.add_ranks(rank);
    }
    double sum = 0, pairs = 0;
    for (std::size_t i = 0; i < p; ++i)
      for (std::size_t j = i + 1; j < p; ++j, ++pairs) sum += correlation(places[i], places[j]);
    double const stakeholders = static_cast<double>(p);
    CHECK(*consensus(panel.all()).agreement ==
          Approx((1 + (stakeholders - 1) * sum / pairs) / stakeholders).margin(1e-12));
  }
}

TEST_CASE("stakeholders that rank alike agree fully, with ties or without", "[decision][unit]") {
  Panel panel;
  for (int i = 0; i < 3; ++i) panel.add({0.9, 0.5, 0.5, 0.1});
  CHECK(*consensus(panel.all()).agreement == Approx(1));
  CHECK(listed(consensus(panel.all()).rank) == Numbers{1, 2, 2, 4});
}

TEST_CASE("no agreement is told where none is defined", "[decision][unit]") {
  Panel one;
  one.add({0.9, 0.1});
  CHECK_FALSE(consensus(one.all()).agreement);
  Panel tied;
  tied.add({0.5, 0.5});
  tied.add({0.1, 0.1});
  CHECK_FALSE(consensus(tied.all()).agreement);
  Panel single;
  single.add({0.5});
  single.add({0.1});
  CHECK_FALSE(consensus(single.all()).agreement);
  CHECK(listed(consensus(single.all()).rank) == Numbers{1});
  Panel apart;
  apart.add({0.5, none});
  apart.add({none, 0.5});
  CHECK(consensus(apart.all()).candidates == 0);
  CHECK_FALSE(consensus(apart.all()).agreement);
  Panel empty;
  empty.add({});
  empty.add({});
  CHECK(consensus(empty.all()).rank.size() == 0);
}

TEST_CASE("a candidate that not everyone ranks takes no place in the consensus", "[decision][unit]") {
  Panel panel;
  panel.add({0.9, 0.8, 0.7, 0.6});
  panel.add({none, 0.6, 0.7, 0.8});
  auto const found = consensus(panel.all());
  CHECK(listed(found.mean_rank) == Numbers{none, 2, 2, 2});
  CHECK(listed(found.rank) == Numbers{none, 1, 1, 1});
}

TEST_CASE("conflict by hand, with what is not ranked left out", "[decision][unit]") {
  Panel panel;
  panel.add({0.9, 0.5, 0.1, none}, 1);
  panel.add({0.1, 0.5, none, none}, 3);
  auto const found = conflict(panel.all());
  CHECK(listed(found.best_rank) == Numbers{1, 1, 3, none});
  CHECK(listed(found.worst_rank) == Numbers{2, 2, 3, none});
  CHECK(listed(found.rank_spread) == Numbers{1, 1, none, none});
  // 0.9 once and 0.1 three times: mean 0.3, squares (0.36 + 3 · 0.04) / 4 = 0.12.
  CHECK(found.score_deviation.values[0] == Approx(std::sqrt(0.12)));
  CHECK(found.score_deviation.at(1) == 0.0);
  CHECK_FALSE(found.score_deviation.is_known(2));
  CHECK_FALSE(found.score_deviation.is_known(3));
}

TEST_CASE("who has a candidate in the top k, ties kept whole", "[decision][unit]") {
  Panel panel;
  panel.add({0.9, 0.7, 0.7, 0.1, none}, 1);
  panel.add({0.8, 0.9, 0.2, 0.1, none}, 1);
  panel.add({0.8, none, 0.9, 0.1, none}, 2);
  auto const found = support(panel.all(), 2);
  CHECK(found.ranked_n == std::vector<std::uint32_t>{3, 2, 3, 3, 0});
  CHECK(found.top_k_n == std::vector<std::uint32_t>{3, 2, 2, 0, 0});
  CHECK(found.ranked_share == std::vector<double>{1, 0.5, 1, 1, 0});
  CHECK(found.top_k_share == std::vector<double>{1, 0.5, 0.75, 0, 0});
  CHECK(found.acceptance == std::vector<Acceptance>{Acceptance::everyone, Acceptance::unknown, Acceptance::not_everyone,
                                                    Acceptance::not_everyone, Acceptance::unknown});
  CHECK(support(panel.all(), 99).acceptance[3] == Acceptance::everyone);
}

TEST_CASE("below the top k for one is not accepted by all, whoever does not rank it", "[decision][unit]") {
  Panel panel;
  panel.add({0.9, 0.1});
  panel.add({0.9, none});
  CHECK(support(panel.all(), 1).acceptance == std::vector<Acceptance>{Acceptance::everyone, Acceptance::not_everyone});
}

TEST_CASE("the top k are the rows that `top` gives", "[decision][property]") {
  std::mt19937 random(53);
  for (int round = 0; round < 30; ++round) {
    std::size_t const rows = 1 + random() % 40, k = 1 + random() % 8;
    auto const panel = random_panel(random, 1, rows, 6);
    std::vector<std::uint32_t> id_rank(rows), expected(rows, 0);
    for (std::uint32_t row = 0; row < rows; ++row) id_rank[row] = row;
    for (Row const row : top(panel.scores[0], std::vector<std::uint8_t>(rows, 1), id_rank, k)) expected[row] = 1;
    CHECK(support(panel.all(), k).top_k_n == expected);
  }
}

TEST_CASE("stakeholders: the same bytes for any number of workers and shuffled candidates", "[decision][property]") {
  std::mt19937 random(54);
  constexpr std::size_t rows = 20000;
  auto const panel = random_panel(random, 4, rows, 9);
  auto const order = shuffled(random, rows);
  Panel other = panel;
  for (auto* columns : {&other.scores, &other.ranked})
    for (auto& one : *columns) {
      one.values = moved(one.values, order);
      one.known = moved(one.known, order);
    }
  auto const whole = consensus(panel.all(), 1), shuffled_whole = consensus(other.all(), 7);
  CHECK(moved(whole.rank.values, order) == shuffled_whole.rank.values);
  CHECK(moved(whole.mean_rank.values, order) == shuffled_whole.mean_rank.values);
  CHECK(whole.agreement == shuffled_whole.agreement);
  auto const apart = conflict(panel.all(), 1), shuffled_apart = conflict(other.all(), 7);
  CHECK(moved(apart.rank_spread.values, order) == shuffled_apart.rank_spread.values);
  CHECK(moved(apart.score_deviation.values, order) == shuffled_apart.score_deviation.values);
  CHECK(moved(support(panel.all(), 100, 1).top_k_share, order) == support(other.all(), 100, 7).top_k_share);
}

TEST_CASE("stakeholders that cannot be compared are refused by name", "[decision][unit]") {
  Panel panel;
  panel.add({0.9, 0.1});
  panel.add({0.1, 0.9}, 0);
  auto const refused = [](std::vector<Stakeholder> const& all) { return error_of([&] { (void)consensus(all); }); };
  CHECK(refused(panel.all()).text ==
        "Stakeholder 'b' has the share '0'; shares are finite numbers above 0, and who has no say is left out.");
  for (double const share : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    panel.shares[1] = share;
    CHECK(refused(panel.all()).kind == ErrorKind::config);
  }
  panel.shares = {1e308, 1e308};
  CHECK(refused(panel.all()).text.find("too great") != std::string::npos);
  CHECK(refused({}).text.find("no stakeholders") != std::string::npos);
  panel.shares = {1, 1};
  auto twice = panel.all();
  twice[1].name = twice[0].name;
  CHECK(refused(twice).text == "Two stakeholders are called 'a'; give each a name of its own.");
  CHECK(error_of([&] { (void)support(panel.all(), 0); }).kind == ErrorKind::config);
  panel.add({0.5});
  CHECK(refused(panel.all()).kind == ErrorKind::internal);
}
