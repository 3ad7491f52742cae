#include "terrein/assembly/site_search.hpp"

#include "support/catch.hpp"
#include "support/support.hpp"
#include "unit/assembly/fabrics.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

SiteTarget exactly(double size) {
  SiteTarget out;
  out.least = out.most = size;
  out.reach_m = 100;
  return out;
}

SiteProblem problem_of(LandGraph const& graph, SiteTarget const& target, unsigned workers = 1) {
  SiteProblem out;
  out.graph = &graph;
  out.target = target;
  out.limits.branch_nodes = 1'000'000;
  out.limits.all_branch_nodes = 100'000'000;
  out.workers = workers;
  return out;
}

/// Limits of targets that make sites of a few pieces.
SiteTarget random_target(std::mt19937& random) {
  auto const up_to = [&random](double most) { return std::uniform_real_distribution<>(0, most)(random); };
  SiteTarget out;
  out.least = 2 + up_to(6);
  out.most = out.least + 0.5 + up_to(2);
  out.reach_m = 1 + up_to(3);
  out.excess_price = up_to(1) < 0.5 ? up_to(0.8) : 0;
  out.owner_price = up_to(1) < 0.5 ? up_to(0.3) : 0;
  out.outline_price = up_to(1) < 0.3 ? up_to(0.1) : 0;
  if (up_to(1) < 0.3) out.most_owners = 2 + static_cast<std::size_t>(up_to(3));
  return out;
}

void check_is_site(FoundSite const& site, Enumeration const& all) {
  std::uint32_t const set = bits_of(site.pieces);
  CHECK(all.is_site(set));
  CHECK(all.is_near(set, site.seed));
  CHECK(static_cast<std::uint32_t>(std::countr_zero(set)) == site.seed);
  CHECK(all.value(set) == Approx(site.value).margin(1e-9));
}

}  // namespace

TEST_CASE("the best connected cells of c06 are those of all subsets, at every size") {
  auto const c06 = test::oracle("c06");
  if (c06.is_null()) return;
  std::vector<double> scores;
  for (auto const& row : c06["input"]["grid_scores_row_major"])
    for (double const score : row) scores.push_back(score);
  LandGraph const graph = grid_graph(scores, 4);
  for (auto const& one : c06["expected"]["best_by_k"]) {
    SiteAnswer const answer = SiteSearch(problem_of(graph, exactly(one["k"]))).next();
    REQUIRE(answer.site);
    CHECK(answer.site->value == Approx(one["best_score"].get<double>()));
    CHECK(answer.site->bound == Approx(answer.site->value));
    CHECK(answer.site->bound_kind == BoundKind::exact);
    auto const& sets = one["optimal_sets"];
    CHECK(std::find(sets.begin(), sets.end(), nlohmann::json(answer.site->pieces)) != sets.end());
  }
  for (auto const& one : c06["expected"]["k5_minus_lambda_times_perimeter"]) {
    SiteTarget target = exactly(5);
    target.outline_price = one["lambda"];
    SiteAnswer const answer = SiteSearch(problem_of(graph, target)).next();
    REQUIRE(answer.site);
    CHECK(answer.site->value == Approx(one["best"].get<double>()));
    CHECK(answer.site->gap() == Approx(0).margin(1e-9));
    auto const& sets = one["sets"];
    CHECK(std::find(sets.begin(), sets.end(), nlohmann::json(answer.site->pieces)) != sets.end());
  }
}

TEST_CASE("where plain greedy growth fails on c10 the optimum is found and proven") {
  auto const c10 = test::oracle("c10");
  if (c10.is_null()) return;
  LandGraph const graph = grid_graph(c10["input"]["scores_row_major"].get<std::vector<double>>(), 6);
  SiteProblem problem = problem_of(graph, exactly(c10["input"]["k"]));
  SiteSearch search(problem);
  SiteAnswer const answer = search.next();
  REQUIRE(answer.site);
  CHECK(answer.site->value == Approx(c10["expected"]["optimum"].get<double>()));
  CHECK(answer.site->bound == Approx(answer.site->value));
  CHECK(answer.site->pieces == c10["expected"]["one_optimal_set"].get<std::vector<std::uint32_t>>());
  // With the limits of a study as well.
  problem.limits = {};
  SiteAnswer const limited = SiteSearch(problem).next();
  CHECK(limited.site->value == Approx(answer.site->value));
  CHECK(limited.site->bound >= answer.site->value);
}

TEST_CASE("on random fabrics the site is the best of all subsets") {
  std::mt19937 random(1);
  int none = 0, found = 0;
  for (int i = 0; i < 250; ++i) {
    Fabric const fabric = i % 25 == 0 ? random_fabric(random, 4, 4) : random_fabric(random, 4, 3);
    SiteTarget const target = random_target(random);
    INFO("case " << i << " excess " << target.excess_price << " owner " << target.owner_price << " outline "
                 << target.outline_price << " owners " << target.most_owners);
    Enumeration const all(fabric, target);
    LandGraph const graph = fabric.graph();
    SiteAnswer const answer = SiteSearch(problem_of(graph, target)).next();
    auto const best = all.best();
    REQUIRE(answer.site.has_value() == best.has_value());
    if (!best) {
      ++none;
      CHECK(answer.none.proven);
      continue;
    }
    ++found;
    check_is_site(*answer.site, all);
    CHECK(answer.site->value == Approx(*best).margin(1e-8));
    CHECK(answer.site->bound == Approx(*best).margin(1e-8));
    CHECK(answer.site->bound_kind == BoundKind::exact);
  }
  CHECK(none > 3);
  CHECK(found > 150);
}

TEST_CASE("with small limits the bound still holds, and the site is one") {
  std::mt19937 random(2);
  int open = 0;
  for (int i = 0; i < 150; ++i) {
    Fabric const fabric = random_fabric(random, 4, 3);
    SiteTarget const target = random_target(random);
    INFO("case " << i << " excess " << target.excess_price << " owner " << target.owner_price << " outline "
                 << target.outline_price << " owners " << target.most_owners);
    Enumeration const all(fabric, target);
    LandGraph const graph = fabric.graph();
    SiteProblem problem = problem_of(graph, target);
    if (i % 3 == 0) problem.limits = {0, 0, 0, 0, 0};
    if (i % 3 == 1) problem.limits = {0, 0, 0, 100, 100};
    if (i % 3 == 2) problem.limits = {60, 3, 20, 100, 100};
    SiteAnswer const answer = SiteSearch(problem).next();
    auto const best = all.best();
    if (!answer.site) {
      CHECK((!best || !answer.none.proven));
      continue;
    }
    REQUIRE(best);
    check_is_site(*answer.site, all);
    CHECK(answer.site->bound >= *best - 1e-9);
    CHECK(answer.site->value <= *best + 1e-9);
    if (answer.site->gap() > 1e-9) ++open;
  }
  CHECK(open > 20);
}

TEST_CASE("pieces that must be in a site are in it, or it is said that they lie apart") {
  std::mt19937 random(3);
  int apart = 0, found = 0;
  for (int i = 0; i < 150; ++i) {
    Fabric const fabric = random_fabric(random, 4, 3);
    SiteTarget const target = random_target(random);
    std::vector<std::uint32_t> const must{static_cast<std::uint32_t>(random() % 12),
                                          static_cast<std::uint32_t>(random() % 12)};
    INFO("case " << i << " excess " << target.excess_price << " owner " << target.owner_price << " outline "
                 << target.outline_price << " owners " << target.most_owners);
    Enumeration const all(fabric, target);
    LandGraph const graph = fabric.graph();
    SiteProblem problem = problem_of(graph, target);
    problem.must = must;
    SiteAnswer const answer = SiteSearch(problem).next();
    std::uint32_t const wanted = bits_of(must);
    auto const best =
        all.best([&](std::uint32_t set) { return (set & wanted) == wanted && all.is_near(set, must.front()); });
    REQUIRE(answer.site.has_value() == best.has_value());
    if (answer.none.must_apart) ++apart;
    if (!best) continue;
    ++found;
    CHECK(answer.site->value == Approx(*best).margin(1e-8));
    CHECK(answer.site->bound == Approx(*best).margin(1e-8));
    CHECK((bits_of(answer.site->pieces) & wanted) == wanted);
  }
  CHECK(apart > 5);
  CHECK(found > 30);
}

TEST_CASE("a site grows from a park that counts no land, and from no other park") {
  std::mt19937 random(4);
  int found = 0;
  for (int i = 0; i < 100; ++i) {
    Fabric fabric = random_fabric(random, 4, 3);
    for (std::uint32_t const park : {3U, 9U}) {
      fabric.pieces[park].size = 0;
      fabric.pieces[park].worth = 0;
    }
    SiteTarget const target = random_target(random);
    INFO("case " << i << " excess " << target.excess_price << " owner " << target.owner_price << " outline "
                 << target.outline_price << " owners " << target.most_owners);
    Enumeration const all(fabric, target);
    LandGraph const graph = fabric.graph();
    SiteProblem problem = problem_of(graph, target);
    problem.roots = {3, 9};
    SiteAnswer const answer = SiteSearch(problem).next();
    auto const best = all.best([&](std::uint32_t set) {
      std::uint32_t const parks = set & (1U << 3 | 1U << 9);
      return std::has_single_bit(parks) && all.is_near(set, static_cast<std::uint32_t>(std::countr_zero(parks)));
    });
    REQUIRE(answer.site.has_value() == best.has_value());
    if (!best) continue;
    ++found;
    CHECK(answer.site->value == Approx(*best).margin(1e-8));
    CHECK(answer.site->bound == Approx(*best).margin(1e-8));
  }
  CHECK(found > 30);
}

TEST_CASE("hard limits and land in common with another site are kept, and the bound is that of what keeps them") {
  std::mt19937 random(5);
  int found = 0;
  for (int i = 0; i < 100; ++i) {
    Fabric const fabric = random_fabric(random, 4, 3);
    SiteTarget const target = random_target(random);
    INFO("case " << i << " excess " << target.excess_price << " owner " << target.owner_price << " outline "
                 << target.outline_price << " owners " << target.most_owners);
    Enumeration const all(fabric, target);
    LandGraph const graph = fabric.graph();
    SiteProblem problem = problem_of(graph, target);
    double const most = 1.5;
    for (std::uint32_t const from : {0U, 3U}) {
      SharedLimit limit{std::vector<std::uint8_t>(12, 0), most};
      std::fill_n(limit.pieces.begin() + from, 6, std::uint8_t{1});
      problem.shared.push_back(limit);
    }
    problem.check = [&](std::vector<std::uint32_t> const& pieces) {
      return SiteCheck{bits_of(pieces) % 3 != 0, all.area(bits_of(pieces))};
    };
    SiteAnswer const answer = SiteSearch(problem).next();
    auto const best = all.best([&](std::uint32_t set) {
      return set % 3 != 0 && all.area(set & 63U) <= most && all.area(set & 504U) <= most &&
             all.is_near(set, static_cast<std::uint32_t>(std::countr_zero(set)));
    });
    REQUIRE(answer.site.has_value() == best.has_value());
    if (!best) continue;
    ++found;
    CHECK(answer.site->value == Approx(*best).margin(1e-8));
    CHECK(answer.site->bound == Approx(*best).margin(1e-8));
  }
  CHECK(found > 10);
}

TEST_CASE("a site whose whole is larger than its pieces still fits the target") {
  std::mt19937 random(8);
  int found = 0, best_found = 0;
  for (int i = 0; i < 100; ++i) {
    Fabric const fabric = random_fabric(random, 4, 3);
    SiteTarget const target = random_target(random);
    INFO("case " << i);
    Enumeration const all(fabric, target);
    LandGraph const graph = fabric.graph();
    SiteProblem problem = problem_of(graph, target);
    auto const whole = [&](std::uint32_t set) { return all.area(set) + 0.03 * std::popcount(set); };
    problem.check = [&](std::vector<std::uint32_t> const& pieces) { return SiteCheck{true, whole(bits_of(pieces))}; };
    SiteAnswer const answer = SiteSearch(problem).next();
    auto const best = all.best([&](std::uint32_t set) {
      return whole(set) <= target.most && all.is_near(set, static_cast<std::uint32_t>(std::countr_zero(set)));
    });
    if (!answer.site) continue;
    ++found;
    REQUIRE(best);
    std::uint32_t const set = bits_of(answer.site->pieces);
    CHECK(all.is_site(set));
    CHECK(whole(set) <= target.most + 1e-9);
    CHECK(answer.site->value <= *best + 1e-9);
    CHECK(answer.site->bound >= *best - 1e-9);
    best_found += answer.site->value >= *best - 1e-9 ? 1 : 0;
  }
  CHECK(found > 60);
  CHECK(best_found > found / 2);
}

TEST_CASE("the next site is the best of what the sites before it left") {
  std::mt19937 random(6);
  int second = 0, third = 0;
  for (int i = 0; i < 60; ++i) {
    Fabric const fabric = random_fabric(random, 4, 4);
    SiteTarget target = random_target(random);
    target.least = 2;
    target.most = 3;
    INFO("case " << i << " excess " << target.excess_price << " owner " << target.owner_price << " outline "
                 << target.outline_price << " owners " << target.most_owners);
    Enumeration const all(fabric, target);
    LandGraph const graph = fabric.graph();
    SiteSearch search(problem_of(graph, target));
    std::uint32_t gone = 0;
    for (int n = 0; n < 3; ++n) {
      SiteAnswer const answer = search.next();
      auto const best = all.best([&](std::uint32_t set) {
        return (set & gone) == 0 && all.is_near(set, static_cast<std::uint32_t>(std::countr_zero(set)));
      });
      REQUIRE(answer.site.has_value() == best.has_value());
      if (!best) break;
      CHECK(answer.site->value == Approx(*best).margin(1e-8));
      CHECK(answer.site->bound == Approx(*best).margin(1e-8));
      gone |= bits_of(answer.site->pieces);
      search.close(answer.site->pieces);
      second += n == 1 ? 1 : 0;
      third += n == 2 ? 1 : 0;
    }
  }
  CHECK(second > 30);
  CHECK(third > 20);
}

TEST_CASE("sites are the same for any number of workers") {
  std::mt19937 random(7);
  Fabric const fabric = random_fabric(random, 40, 40);
  SiteTarget target;
  target.least = 8;
  target.most = 12;
  target.reach_m = 4;
  target.excess_price = 0.4;
  target.owner_price = 0.01;
  LandGraph const graph = fabric.graph();
  SiteProblem problem = problem_of(graph, target);
  problem.limits = {};
  problem.limits.branch_nodes = 50;
  std::vector<FoundSite> of_one;
  for (unsigned const workers : {1U, 2U, 7U}) {
    problem.workers = workers;
    SiteSearch search(problem);
    for (std::size_t n = 0; n < 5; ++n) {
      SiteAnswer const answer = search.next();
      REQUIRE(answer.site);
      if (workers == 1) of_one.push_back(*answer.site);
      CHECK(answer.site->pieces == of_one[n].pieces);
      CHECK(answer.site->value == of_one[n].value);
      CHECK(answer.site->bound == of_one[n].bound);
      search.close(answer.site->pieces);
    }
  }
}

TEST_CASE("no land, no size and a target beyond all land give no site and say so") {
  LandGraph const empty = land_graph({}, {});
  CHECK_FALSE(SiteSearch(problem_of(empty, exactly(1))).next().site);
  LandGraph const graph = grid_graph({1, 1, 1, 1}, 2);
  SiteAnswer const beyond = SiteSearch(problem_of(graph, exactly(5))).next();
  CHECK_FALSE(beyond.site);
  CHECK(beyond.none.largest == 4);
  CHECK(beyond.none.proven);
  SiteProblem closed = problem_of(graph, exactly(2));
  closed.closed.assign(4, 1);
  CHECK_FALSE(SiteSearch(closed).next().site);
  LandGraph islands = land_graph(graph.pieces, {});
  SiteAnswer const apart = SiteSearch(problem_of(islands, exactly(2))).next();
  CHECK_FALSE(apart.site);
  CHECK(apart.none.largest == 1);
}
