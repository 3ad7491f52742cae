#include "support/catch.hpp"
#include "support/support.hpp"
#include "terrein/decision/value_function.hpp"

using namespace terrein;
using namespace terrein::test;

namespace {

/// The message for a text that must be refused; every one is a config error.
std::string refusal(std::string const& kind, std::string const& text) {
  auto const thrown = error_of([&] { (void)parse_value_function(kind, text); });
  INFO(kind << ' ' << text << ": " << thrown.text);
  CHECK(!thrown.text.empty());
  CHECK(thrown.kind == ErrorKind::config);
  return thrown.text;
}

bool mentions(std::string const& message, std::string const& words) { return message.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("the text of a value function reads back as the same function", "[decision][unit]") {
  for (auto const& [kind, text] : {std::pair{"piecewise", "3:1|8:0.6|15:0.1"},
                                   {"piecewise", "-150:0|-50:0.35|0:0.7|50:1"},
                                   {"sigmoid", "midpoint=2000|k=-0.002"},
                                   {"cosine", "lo=30|hi=10"},
                                   {"gaussian", "optimum=4|sigma=2"},
                                   {"exponential", "half=1500"},
                                   {"categorical", "agriculture:0.4|business:1|other:[0.2-0.8]"},
                                   {"categorical", "a:[1e-05-0.5]"},
                                   {"minmax", "more"},
                                   {"minmax", "less"}}) {
    auto const function = parse_value_function(kind, text);
    CHECK(to_string(function.kind) == kind);
    CHECK(to_text(function) == text);
    CHECK(to_text(parse_value_function(to_string(function.kind), to_text(function))) == text);
  }
}

TEST_CASE("linear is two points, rising or falling", "[decision][unit]") {
  CHECK(to_text(parse_value_function("linear", "lo=1000|hi=5000")) == "1000:0|5000:1");
  CHECK(to_text(parse_value_function("linear", " hi = 1000 | lo = 5000 ")) == "1000:1|5000:0");
}

TEST_CASE("a range of a class may have exponents and class names may have colons and spaces", "[decision][unit]") {
  auto const function = parse_value_function("categorical", "a: b :0.5| c:[1e-3 - 2e-1]");
  CHECK(function.classes.at("a: b").low == 0.5);
  CHECK(function.classes.at("c").low == 0.001);
  CHECK(function.classes.at("c").high == 0.2);
}

TEST_CASE("a value function that cannot work is refused with the user's words", "[decision][unit]") {
  CHECK(mentions(refusal("linear", "lo=5|hi=5"), "lo and hi are both '5'"));
  CHECK(mentions(refusal("cosine", "lo=5|hi=5"), "must differ"));
  CHECK(mentions(refusal("piecewise", "3:1|3:0"), "do not ascend at '3:0'"));
  CHECK(mentions(refusal("piecewise", "3:1|2:0"), "do not ascend at '2:0'"));
  CHECK(mentions(refusal("piecewise", "3:1"), "at least two"));
  CHECK(mentions(refusal("piecewise", ""), "at least two"));
  CHECK(mentions(refusal("piecewise", "3:1|"), "not an entry"));
  CHECK(mentions(refusal("piecewise", "3=1|4=2"), "not an entry"));
  CHECK(mentions(refusal("piecewise", "0:0|10:1.5"), "'1.5' in '10:1.5' is outside 0 (worst) to 1 (best)"));
  CHECK(mentions(refusal("piecewise", "0:-0.1|10:1"), "'-0.1'"));
  CHECK(mentions(refusal("piecewise", "0:0|ten:1"), "'ten' in 'ten:1' is not a number"));
  CHECK(mentions(refusal("piecewise", "0:0|0,5:1"), "'0,5'"));
  CHECK(mentions(refusal("piecewise", "0:0|inf:1"), "'inf'"));
  CHECK(mentions(refusal("piecewise", "0:0|1:nan"), "'nan'"));
  CHECK(mentions(refusal("piecewise", "0:0|1:0:1"), "'0:1'"));
  CHECK(mentions(refusal("sigmoid", "midpoint=2000"), "'k' is absent"));
  CHECK(mentions(refusal("sigmoid", "midpoint=2000|k=0"), "k is '0'"));
  CHECK(mentions(refusal("sigmoid", "midpoint=1|midpoint=2|k=1"), "given twice"));
  CHECK(mentions(refusal("sigmoid", "midpont=1|k=1"), "Did you mean 'midpoint'?"));
  CHECK(mentions(refusal("gaussian", "optimum=4|sigma=0"), "sigma is '0'"));
  CHECK(mentions(refusal("gaussian", "optimum=4|sigma=-1"), "greater than 0"));
  CHECK(mentions(refusal("exponential", "half=-5"), "half is '-5'"));
  CHECK(mentions(refusal("exponential", "half=nan"), "'nan'"));
  CHECK(mentions(refusal("categorical", ""), "no classes"));
  CHECK(mentions(refusal("categorical", "a:1|a:0"), "'a' is given twice"));
  CHECK(mentions(refusal("categorical", "a:[0.8-0.2]"), "runs down"));
  CHECK(mentions(refusal("categorical", "a:[0.2]"), "'[0.2]'"));
  CHECK(mentions(refusal("categorical", "a:[1e-5]"), "not a range"));
  CHECK(mentions(refusal("categorical", "a:[-0.2-0.5]"), "'-0.2'"));
  CHECK(mentions(refusal("categorical", "a:[0.2-1.5]"), "'1.5'"));
  CHECK(mentions(refusal("categorical", "a:good"), "'good'"));
  CHECK(mentions(refusal("minmax", "up"), "'more' or 'less'"));
  CHECK(mentions(refusal("picewise", "0:0|1:1"), "Did you mean 'piecewise'?"));
}
