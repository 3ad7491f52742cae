#include "terrein/assembly/site_facts.hpp"

#include "support/catch.hpp"
#include "unit/assembly/fabrics.hpp"

using namespace terrein;
using namespace terrein::test;

TEST_CASE("what each parcel does for a site agrees with all subsets") {
  std::mt19937 random(11);
  int looked_at = 0, connecting = 0, filling = 0, exact = 0, more = 0, less = 0;
  for (int i = 0; i < 80; ++i) {
    Fabric const fabric = random_fabric(random, 4, 3);
    SiteTarget target;
    target.least = 3;
    target.most = 6;
    target.reach_m = 2.5;
    target.excess_price = i % 2 == 0 ? 0.4 : 0;
    target.owner_price = i % 3 == 0 ? 0.05 : 0;
    LandGraph const graph = fabric.graph();
    SiteProblem problem;
    problem.graph = &graph;
    problem.target = target;
    SiteAnswer const answer = SiteSearch(problem).next();
    if (!answer.site) continue;
    INFO("case " << i);
    Enumeration const all(fabric, target);
    std::uint32_t const set = bits_of(answer.site->pieces);
    std::uint32_t const seed = answer.site->seed;
    SiteFacts const facts = site_facts(problem, *answer.site, std::vector<std::uint8_t>(12, 0));
    REQUIRE(facts.members.size() == answer.site->pieces.size());
    std::optional<double> best_less, best_more;
    for (std::size_t k = 0; k < facts.members.size(); ++k) {
      MemberFacts const& member = facts.members[k];
      CHECK(member.piece == answer.site->pieces[k]);
      std::uint32_t const without = set & ~(1U << member.piece);
      CHECK(member.connects == (without != 0 && !all.hangs_together(without)));
      CHECK(member.fills == (all.area(without) < target.least));
      connecting += member.connects ? 1 : 0;
      filling += member.fills ? 1 : 0;
      if (all.is_site(without) && member.piece != seed)
        best_less = std::max(best_less.value_or(-1e9), all.value(without) - all.value(set));
      if (member.piece == seed) continue;
      ++looked_at;
      auto const best = all.best([&](std::uint32_t other) {
        return (other >> member.piece & 1U) == 0 && static_cast<std::uint32_t>(std::countr_zero(other)) == seed &&
               all.is_near(other, seed);
      });
      if (!best) CHECK_FALSE(member.loss);
      if (!member.loss || !best) continue;
      CHECK(*member.loss >= all.value(set) - *best - 1e-9);
      exact += *member.loss <= all.value(set) - *best + 1e-9 ? 1 : 0;
    }
    for (BesideFacts const& one : facts.beside) {
      std::uint32_t const with = set | 1U << one.piece;
      CHECK(with != set);
      CHECK(all.hangs_together(with));
      CHECK((one.why == BesideFacts::Why::too_large) == (all.area(with) > target.most));
      if (one.why != BesideFacts::Why::worth_less) continue;
      CHECK(all.value(with) - all.value(set) == Approx(one.change).margin(1e-9));
      CHECK(one.change <= 1e-9);  // the site is the best of all
      best_more = std::max(best_more.value_or(-1e9), one.change);
    }
    if (facts.one_more) CHECK(facts.one_more->change == Approx(*best_more).margin(1e-9));
    if (best_less) {
      REQUIRE(facts.one_less);
      CHECK(facts.one_less->change >= *best_less - 1e-9);
    }
    more += facts.one_more ? 1 : 0;
    less += facts.one_less ? 1 : 0;
    REQUIRE(facts.weakest);
    MemberFacts const& weakest = facts.members[*facts.weakest];
    for (MemberFacts const& member : facts.members)
      if (weakest.loss) CHECK((member.loss && *member.loss <= *weakest.loss));
  }
  CHECK(looked_at > 100);
  CHECK(connecting > 30);
  CHECK(filling > 30);
  CHECK(exact > looked_at / 3);
  CHECK(more > 10);
  CHECK(less > 10);
}

TEST_CASE("land that was taken since is said to be closed") {
  LandGraph const graph = grid_graph({9, 9, 1, 1}, 2);
  SiteProblem problem;
  problem.graph = &graph;
  problem.target.least = problem.target.most = 2;
  SiteAnswer const answer = SiteSearch(problem).next();
  REQUIRE(answer.site);
  REQUIRE(answer.site->pieces == std::vector<std::uint32_t>{0, 1});
  SiteFacts const facts = site_facts(problem, *answer.site, {0, 0, 1, 0});
  REQUIRE(facts.beside.size() == 2);
  CHECK(facts.beside[0].why == BesideFacts::Why::closed);
  CHECK(facts.beside[1].why == BesideFacts::Why::too_large);
  CHECK_FALSE(facts.one_more);
}
