#include <limits>

#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/decision/rules.hpp"
#include "unit/decision/toys.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

using R = RuleResult;
constexpr auto none = std::nullopt;

RuleSpec rule(std::string const& test, RuleEffect effect = RuleEffect::exclude, bool of_site = false) {
  RuleSpec out;
  out.key = "r";
  out.effect = effect;
  out.test = parse_rule_test(test);
  out.of_site = of_site;
  return out;
}

R result_of(std::string const& test, Measure const& measure) { return apply_rule(rule(test), measure).result.at(0); }

/// Outcome of one candidate under rules with these effects and results.
Outcome outcome_of(std::vector<std::pair<RuleSpec, R>> const& pairs) {
  std::vector<RuleSpec> rules;
  std::vector<RuleOutcome> results;
  for (auto const& [spec, result] : pairs) {
    rules.push_back(spec);
    results.push_back({{result}, Column<double>("", 1)});
  }
  std::vector<RuleOutcome const*> pointers;
  for (auto const& result : results) pointers.push_back(&result);
  return outcomes(rules, pointers, 1).at(0);
}

std::string refusal(std::string const& text) {
  auto const thrown = error_of([&] { (void)parse_rule_test(text); });
  INFO(text << ": " << thrown.text);
  CHECK(!thrown.text.empty());
  CHECK(thrown.kind == ErrorKind::config);
  return thrown.text;
}

}  // namespace

TEST_CASE("the text of a test reads back as the same test", "[decision][unit]") {
  for (auto const& [given, written] : {std::pair{">0.02", ">0.02"},
                                       {">= 5", ">=5"},
                                       {" <100 ", "<100"},
                                       {"<= -1e3", "<=-1000"},
                                       {"in forest|park", ""},
                                       {"in  forest | park|forest", "in forest|park"},
                                       {"not in business", ""}}) {
    std::string const expected = *written == 0 ? given : written;
    CHECK(to_text(parse_rule_test(given)) == expected);
    CHECK(to_text(parse_rule_test(expected)) == expected);
  }
  CHECK(parse_rule_test("not in a|b").op == RuleTest::Op::not_in);
  CHECK(parse_rule_test("not in a|b").classes == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a test that means nothing is refused with the user's words", "[decision][unit]") {
  CHECK(refusal("> forest").find("'forest' in the test '> forest' is not a number") != std::string::npos);
  CHECK(refusal(">").find("'' in the test") != std::string::npos);
  CHECK(refusal("> nan").find("'nan'") != std::string::npos);
  CHECK(refusal("> inf").find("'inf'") != std::string::npos);
  CHECK(refusal(">== 5").find("'= 5'") != std::string::npos);
  CHECK(refusal("= 5").find("'= 5' is not a test") != std::string::npos);
  CHECK(refusal("").find("not a test") != std::string::npos);
  CHECK(refusal("in").find("'in' is not a test") != std::string::npos);
  CHECK(refusal("in a||b").find("empty class") != std::string::npos);
  CHECK(refusal("inside").find("'inside' is not a test") != std::string::npos);
}

TEST_CASE("a threshold belongs to the side that its sign says", "[decision][unit]") {
  auto const at = [](std::string const& test) { return result_of(test, numbers({5})); };
  CHECK(at(">5") == R::pass);
  CHECK(at(">=5") == R::fail);
  CHECK(at("<5") == R::pass);
  CHECK(at("<=5") == R::fail);
  CHECK(at(">4.999") == R::fail);
  CHECK(at("<5.001") == R::fail);
}

TEST_CASE("the margin is positive where the rule does not apply", "[decision][unit]") {
  auto const above = apply_rule(rule(">10"), numbers({4, 10, 13, none}));
  CHECK(above.margin.name == "m_r");
  CHECK(listed(above.margin) == Numbers{6, 0, -3, none});
  CHECK(above.result == std::vector{R::pass, R::pass, R::fail, R::unknown});
  auto const below = apply_rule(rule("<=10"), numbers({4, 10, 13, none}));
  CHECK(listed(below.margin) == Numbers{-6, 0, 3, none});
  CHECK(below.result == std::vector{R::fail, R::fail, R::pass, R::unknown});
}

TEST_CASE("an unknown number is decided where both bounds agree", "[decision][unit]") {
  CHECK(result_of(">10", between(11, 20)) == R::fail);
  CHECK(result_of(">10", between(11, none)) == R::fail);
  CHECK(result_of(">10", between(none, 10)) == R::pass);
  CHECK(result_of(">=10", between(none, 10)) == R::unknown);
  CHECK(result_of(">10", between(10, none)) == R::unknown);  // exactly 10 would pass
  CHECK(result_of(">=10", between(10, none)) == R::fail);
  CHECK(result_of("<10", between(10, none)) == R::pass);
  CHECK(result_of("<10", between(5, 15)) == R::unknown);
  CHECK(result_of("<10", between(none, none)) == R::unknown);
  CHECK_FALSE(apply_rule(rule(">10"), between(11, 20)).margin.is_known(0));
}

TEST_CASE("NaN is unknown and infinity is decided without a margin", "[decision][unit]") {
  auto const out = apply_rule(
      rule("<10"), numbers({std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}));
  CHECK(out.result == std::vector{R::unknown, R::pass});
  CHECK(listed(out.margin) == Numbers{none, none});
}

TEST_CASE("classes are tested by name", "[decision][unit]") {
  Measure const measure = words({"forest", "business", none, "forest"});
  auto const in = apply_rule(rule("in forest|park"), measure);
  CHECK(in.result == std::vector{R::fail, R::pass, R::unknown, R::fail});
  CHECK(listed(in.margin) == Numbers{none, none, none, none});
  CHECK(apply_rule(rule("not in forest"), measure).result == std::vector{R::pass, R::fail, R::unknown, R::pass});
}

TEST_CASE("only deciding exclusions and cuts fail a candidate", "[decision][unit]") {
  auto const when = [](RuleEffect effect, bool of_site) {
    return apply_rule(rule(">1", effect, of_site), numbers({2})).result.at(0);
  };
  CHECK(when(RuleEffect::exclude, false) == R::fail);
  CHECK(when(RuleEffect::cut, false) == R::fail);
  CHECK(when(RuleEffect::condition, false) == R::condition);
  CHECK(when(RuleEffect::inform, false) == R::condition);
  for (auto const effect : {RuleEffect::exclude, RuleEffect::cut, RuleEffect::condition, RuleEffect::inform})
    CHECK(when(effect, true) == R::condition);  // a site is judged when it has been assembled
}

TEST_CASE("a rule and a criterion of different kinds do not meet silently", "[decision][unit]") {
  auto const thrown = error_of([] { (void)apply_rule(rule(">5"), words({"forest"}, "zoning")); });
  CHECK(thrown.kind == ErrorKind::config);
  CHECK(thrown.text.find("'>5'") != std::string::npos);
  CHECK(thrown.text.find("'zoning' gives classes") != std::string::npos);
  auto const other = error_of([] { (void)apply_rule(rule("in forest"), numbers({1}, "dist")); });
  CHECK(other.kind == ErrorKind::config);
  CHECK(other.text.find("'dist' gives numbers") != std::string::npos);
}

TEST_CASE("the outcome is the worst that is certain, then the worst that is possible", "[decision][unit]") {
  auto const exclude = rule(">1"), cut = rule(">1", RuleEffect::cut);
  auto const condition = rule(">1", RuleEffect::condition), inform = rule(">1", RuleEffect::inform);
  auto const site = rule(">1", RuleEffect::exclude, true);

  CHECK(outcome_of({}) == Outcome::passes);
  CHECK(outcome_of({{exclude, R::pass}, {condition, R::pass}}) == Outcome::passes);
  // A certain failure is not softened by anything unknown.
  CHECK(outcome_of({{exclude, R::unknown}, {cut, R::fail}, {condition, R::condition}}) == Outcome::fails);
  // It may still fail, so a condition that applies is not yet the answer.
  CHECK(outcome_of({{condition, R::condition}, {exclude, R::unknown}}) == Outcome::unknown);
  CHECK(outcome_of({{condition, R::condition}, {cut, R::unknown}}) == Outcome::unknown);
  // One duty is certain; another possible duty does not change that there are duties.
  CHECK(outcome_of({{condition, R::unknown}, {condition, R::condition}}) == Outcome::conditional);
  CHECK(outcome_of({{condition, R::unknown}, {exclude, R::pass}}) == Outcome::unknown);
  // Rules that only inform never count, not even when unknown.
  CHECK(outcome_of({{inform, R::condition}, {site, R::condition}}) == Outcome::passes);
  CHECK(outcome_of({{inform, R::unknown}, {site, R::unknown}}) == Outcome::passes);
}

TEST_CASE("a measure of which nothing is known never fails", "[decision][property]") {
  std::mt19937 random(31);
  for (std::string const test : {">3", ">=3", "<3", "<=3"})
    for (auto const effect : {RuleEffect::exclude, RuleEffect::cut, RuleEffect::condition, RuleEffect::inform})
      for (R const result : apply_rule(rule(test, effect), numbers(Numbers(5))).result) CHECK(result == R::unknown);
  for (std::string const test : {"in a", "not in a"}) {
    auto const spec = rule(test);
    auto const out = apply_rule(spec, words(Words(5)));
    CHECK(outcomes({spec}, {&out}, 5) == std::vector(5, Outcome::unknown));
  }
  for (int round = 0; round < 2000; ++round) {  // between bounds: fails only where every number between them fails
    double const low = uniform(random, 0, 6), high = uniform(random, low, 6);
    bool const all_fail = low > 3, none_fail = high <= 3;
    CHECK(result_of(">3", between(low, high)) == (all_fail ? R::fail : none_fail ? R::pass : R::unknown));
  }
}

TEST_CASE("names of effects, grounds and outcomes", "[decision][unit]") {
  for (auto const effect : {RuleEffect::exclude, RuleEffect::condition, RuleEffect::cut, RuleEffect::inform})
    CHECK(rule_effect(to_string(effect)) == effect);
  for (auto const known : {Ground::wet, Ground::beleid, Ground::fysiek, Ground::praktijk, Ground::eigen_keuze})
    CHECK(ground(to_string(known)) == known);
  CHECK(ground("eigen_keuze") == Ground::eigen_keuze);
  CHECK_FALSE(ground("law"));
  CHECK_FALSE(rule_effect("ban"));
  CHECK(to_string(Outcome::conditional) == "onder voorwaarden");
  CHECK(to_string(R::unknown) == "unknown");
}

TEST_CASE("a row of several classes is tested by each of them", "[decision][unit]") {
  Measure measure = unknown_measure("zone", "class", true, 0, {});
  measure.separator = ';';
  for (char const* text : {"a;b", "b", "a", "a;"}) measure.text.push(text);
  measure.by.assign(4, no_row);
  RuleSpec rule;
  rule.key = "no_b";
  rule.test = parse_rule_test("in b");
  auto const outcome = apply_rule(rule, measure);
  CHECK(outcome.result[0] == RuleResult::fail);
  CHECK(outcome.result[1] == RuleResult::fail);
  CHECK(outcome.result[2] == RuleResult::pass);
  CHECK(outcome.result[3] == RuleResult::unknown);  // the empty word is a class that the study does not list
}
