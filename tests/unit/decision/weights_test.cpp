#include "terrein/decision/weights.hpp"

#include <cmath>
#include <limits>

#include "support/support.hpp"
#include "unit/decision/weight_toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using Groups = std::vector<std::vector<std::size_t>>;

constexpr std::array<RankRule, 3> all_rules{RankRule::centroid, RankRule::sum, RankRule::reciprocal};

Groups one_by_one(std::size_t n) {
  Groups out;
  for (std::size_t i = 0; i < n; ++i) out.push_back({i});
  return out;
}

std::string fault_of_ranking(std::size_t n, Groups const& groups) {
  auto const thrown = error_of([&] { (void)rank_order_weights(subject_of(n), groups, RankRule::centroid); });
  CHECK(thrown.kind == ErrorKind::config);
  return thrown.text;
}

std::string fault_of_swing(std::vector<SwingPoints> const& points) {
  auto const thrown = error_of([&] { (void)swing_weights(subject_of(points.size()), points); });
  CHECK(thrown.kind == ErrorKind::config);
  return thrown.text;
}

std::vector<SwingPoints> random_points(std::mt19937& random, std::size_t n) {
  std::vector<SwingPoints> out;
  for (std::size_t i = 0; i < n; ++i) {
    double const low = random() % 4 == 0 ? 0 : uniform(random, 0, 100);
    out.push_back({low, random() % 3 == 0 ? low : low + uniform(random, 0, 50)});
  }
  out.back().high += 1;
  return out;
}

}  // namespace

TEST_CASE("weights of an order of importance agree with the closed formulas", "[decision][oracle]") {
  auto const a11 = oracle("a11");
  if (a11.is_null()) return;
  auto const& expected = a11["expected"];
  double const margin = a11["tolerance"]["abs"];
  for (std::size_t const n : a11["input"]["n"].get<std::vector<std::size_t>>())
    for (auto const& [rule, name] :
         {std::pair{RankRule::centroid, "ROC"}, {RankRule::sum, "RS"}, {RankRule::reciprocal, "RR"}})
      check_near(rank_order_weights(subject_of(n), one_by_one(n), rule),
                 expected[name][std::to_string(n)].get<std::vector<double>>(), margin);
  check_near(rank_order_weights(subject_of(4), {{0}, {1, 2}, {3}}, RankRule::centroid),
             expected["ROC_n4_ranks_2_and_3_tied"].get<std::vector<double>>(), margin);
}

TEST_CASE("rank order centroid weights are the mean of random weights in that order", "[decision][property]") {
  std::mt19937 random(11);
  std::vector<double> mean(4, 0);
  constexpr int draws = 200000;
  for (int draw = 0; draw < draws; ++draw) {
    std::vector<double> weights;
    for (int i = 0; i < 4; ++i) weights.push_back(-std::log(uniform(random, 1e-12, 1)));
    std::sort(weights.rbegin(), weights.rend());
    double const sum = sum_of(weights);
    for (std::size_t i = 0; i < 4; ++i) mean[i] += weights[i] / sum / draws;
  }
  check_near(rank_order_weights(subject_of(4), one_by_one(4), RankRule::centroid), mean, 2e-3);
}

TEST_CASE("weights of any order sum to 1, keep the order, and go with their criteria", "[decision][property]") {
  std::mt19937 random(12);
  for (int round = 0; round < 200; ++round) {
    std::size_t const n = 1 + random() % 12;
    Groups groups;
    for (std::size_t const i : shuffled(random, n)) {
      if (groups.empty() || random() % 3 != 0) groups.emplace_back();
      groups.back().push_back(i);
    }
    auto const order = shuffled(random, n);
    Groups renamed = groups;
    for (auto& group : renamed)
      for (auto& criterion : group) criterion = order[criterion];
    for (RankRule const rule : all_rules) {
      auto const found = rank_order_weights(subject_of(n), groups, rule);
      CHECK(sum_of(found) == Approx(1).epsilon(1e-14));
      for (std::size_t place = 0; place < groups.size(); ++place) {
        for (std::size_t const i : groups[place]) CHECK(found[i] == found[groups[place].front()]);
        if (place > 0) CHECK(found[groups[place - 1].front()] > found[groups[place].front()]);
      }
      CHECK(rank_order_weights(subject_of(n), renamed, rule) == moved(found, order));
    }
  }
}

TEST_CASE("criteria that are all equally important share alike", "[decision][unit]") {
  for (RankRule const rule : all_rules) {
    check_near(rank_order_weights(subject_of(3), {{2, 0, 1}}, rule), {1 / 3.0, 1 / 3.0, 1 / 3.0}, 1e-15);
    CHECK(rank_order_weights(subject_of(1), {{0}}, rule) == std::vector<double>{1});
  }
}

TEST_CASE("an order that is no order of all criteria is refused with its criterion", "[decision][unit]") {
  CHECK(fault_of_ranking(3, {{0}, {2}}) ==
        "Weight set 'toy' does not rank criterion 'b'; give every criterion a place, last or beside its equals.");
  CHECK(fault_of_ranking(2, {{0}, {1, 0}}) == "Weight set 'toy' ranks criterion 'a' twice; give it one place.");
  CHECK(fault_of_ranking(2, {{0}, {}, {1}}) == "Weight set 'toy' ranks nothing on place 2; leave out the empty place.");
  CHECK(fault_of_ranking(0, {}) == "Weight set 'toy' has no criteria; name at least one.");
  CHECK(error_of([] {
          (void)rank_order_weights(subject_of(2), {{0}, {2}}, RankRule::sum);
        }).kind == ErrorKind::internal);
}

TEST_CASE("swing points become shares", "[decision][unit]") {
  auto const found = swing_weights(subject_of(3), {{100, 100}, {60, 60}, {40, 40}});
  CHECK(found.weights == std::vector<double>{0.5, 0.3, 0.2});
  CHECK(found.low == found.weights);
  CHECK(found.high == found.weights);
}

TEST_CASE("swing intervals give the least and greatest share", "[decision][unit]") {
  // 100, 50 to 100, 0 to 50: middles 100, 75, 25. First: 100/(100+100+50) to 100/(100+50+0); second: 50/(50+150) to
  // 100/(100+100); third: 0 to 50/(50+150).
  auto const found = swing_weights(subject_of(3), {{100, 100}, {50, 100}, {0, 50}});
  CHECK(found.weights == std::vector<double>{0.5, 0.375, 0.125});
  check_near(found.low, {0.4, 0.25, 0}, 1e-15);
  check_near(found.high, {2 / 3.0, 0.5, 0.25}, 1e-15);
}

TEST_CASE("no points within the intervals give a share outside the bounds, and corners reach them",
          "[decision][property]") {
  std::mt19937 random(13);
  for (int round = 0; round < 60; ++round) {
    std::size_t const n = 2 + random() % 4;
    auto const points = random_points(random, n);
    auto const found = swing_weights(subject_of(n), points);
    CHECK(sum_of(found.weights) == Approx(1).epsilon(1e-14));
    std::vector<double> least(n, 1), most(n, 0);
    auto const look = [&](auto const& pick) {
      std::vector<double> drawn;
      for (std::size_t i = 0; i < n; ++i) drawn.push_back(pick(i));
      double const sum = sum_of(drawn);
      if (!(sum > 0)) return;
      for (std::size_t i = 0; i < n; ++i) {
        least[i] = std::min(least[i], drawn[i] / sum);
        most[i] = std::max(most[i], drawn[i] / sum);
      }
    };
    for (int draw = 0; draw < 200; ++draw)
      look([&](std::size_t i) { return uniform(random, points[i].low, points[i].high); });
    for (std::size_t i = 0; i < n; ++i) {
      CHECK(least[i] >= found.low[i] - 1e-12);
      CHECK(most[i] <= found.high[i] + 1e-12);
    }
    for (std::size_t corner = 0; corner < (std::size_t{1} << n); ++corner)
      look([&](std::size_t i) { return (corner >> i & 1U) != 0 ? points[i].high : points[i].low; });
    check_near(found.low, least, 1e-12);
    check_near(found.high, most, 1e-12);
  }
}

TEST_CASE("swings that may be worth nothing", "[decision][unit]") {
  auto const found = swing_weights(subject_of(2), {{0, 0}, {0, 10}});
  CHECK(found.weights == std::vector<double>{0, 1});
  CHECK(found.low == std::vector<double>{0, 1});
  CHECK(found.high == std::vector<double>{0, 1});
  auto const open = swing_weights(subject_of(2), {{0, 30}, {0, 10}});
  CHECK(open.low == std::vector<double>{0, 0});
  CHECK(open.high == std::vector<double>{1, 1});
  CHECK(swing_weights(subject_of(1), {{0, 5}}).low == std::vector<double>{1});
}

TEST_CASE("swing points that are no points are refused with their criterion", "[decision][unit]") {
  double const none = std::nan(""), endless = std::numeric_limits<double>::infinity();
  CHECK(fault_of_swing({{100, 100}, {-1, 5}}) ==
        "Weight set 'toy' gives criterion 'b' -1 to 5 points; points are finite numbers from 0 up.");
  CHECK(fault_of_swing({{100, 100}, {6, 5}}) ==
        "Weight set 'toy' gives criterion 'b' at least 6 and at most 5 points; write the smaller number first.");
  CHECK(fault_of_swing({{none, 5}}).find("criterion 'a'") != std::string::npos);
  CHECK(fault_of_swing({{0, endless}}).find("criterion 'a'") != std::string::npos);
  CHECK(fault_of_swing({{0, 0}, {0, 0}}) ==
        "Weight set 'toy' gives no points at all; give 100 to the swing that matters most.");
  CHECK(fault_of_swing({{0, 5e-324}}).find("no points") != std::string::npos);
  CHECK(fault_of_swing({{1e308, 1e308}, {1e308, 1e308}}).find("too many points") != std::string::npos);
  CHECK(fault_of_swing({}).find("no criteria") != std::string::npos);
}

TEST_CASE("weights given directly are the shares that models use", "[decision][unit]") {
  std::vector<double> const given{3, 0, 0.7, 12};
  CHECK(direct_weights(subject_of(4), given) == normalised_weights(given, "toy"));
  auto const fault = [](std::vector<double> const& weights) {
    return error_of([&] { (void)direct_weights(subject_of(weights.size()), weights); }).text;
  };
  CHECK(fault({1, -2}) ==
        "Weight set 'toy' gives criterion 'b' the weight '-2'; weights are finite numbers from 0 up.");
  CHECK(fault({1, std::nan("")}).find("criterion 'b'") != std::string::npos);
  CHECK(fault({0, 0}) == "Weight set 'toy' has weights that sum to '0'; the sum must be a number above 0.");
  CHECK(error_of([] { (void)direct_weights(subject_of(2), {1}); }).kind == ErrorKind::internal);
}

TEST_CASE("every way of asking has a name and words", "[decision][unit]") {
  for (int i = 0; i <= static_cast<int>(Elicitation::critic); ++i) {
    auto const how = static_cast<Elicitation>(i);
    CHECK(elicitation(to_string(how)) == how);
    CHECK_FALSE(words_of(how).nl.empty());
    CHECK(words_of(how).nl != words_of(how).en);
  }
  CHECK(to_string(Elicitation::swing) == "swing");
  CHECK(to_string(Elicitation::critic) == "critic");
  CHECK_FALSE(elicitation("guess"));
  for (Elicitation const how : {Elicitation::entropy, Elicitation::critic})
    CHECK(words_of(how).nl.find("beschrijft de gegevens, geen beleid") != std::string::npos);
}
