#include <algorithm>
#include <array>

#include "terrein/core/error.hpp"
#include "terrein/core/text.hpp"
#include "terrein/decision/rules.hpp"

namespace terrein {

namespace {

using Op = RuleTest::Op;
struct Sign {
  std::string_view text;
  Op op;
};
/// The longer sign of two that begin alike stands first.
constexpr std::array signs{Sign{">=", Op::at_least}, Sign{"<=", Op::at_most},     Sign{">", Op::greater},
                           Sign{"<", Op::less},      Sign{"not in ", Op::not_in}, Sign{"in ", Op::in}};

std::vector<std::string> parse_classes(std::string_view words, std::string_view text) {
  std::vector<std::string> out;
  for (std::string const& word : split(words, '|')) {
    std::string name(trim(word));
    if (name.empty()) {
      throw_error(ErrorKind::config, "The test '{}' has an empty class; write classes like 'in forest|park'.", text);
    }
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

double parse_threshold(std::string_view number, std::string_view text) {
  if (auto const value = parse_number(number)) return *value;
  throw_error(ErrorKind::config,
              "'{}' in the test '{}' is not a number; write a finite number with a point, such as 0.02.", trim(number),
              text);
}

}  // namespace

RuleTest parse_rule_test(std::string_view text) {
  std::string_view const wanted = trim(text);
  for (auto const& [sign, op] : signs) {
    if (!wanted.starts_with(sign)) continue;
    std::string_view const rest = wanted.substr(sign.size());
    RuleTest out;
    out.op = op;
    if (op == Op::in || op == Op::not_in) {
      out.classes = parse_classes(rest, wanted);
    } else {
      out.threshold = parse_threshold(rest, wanted);
    }
    return out;
  }
  throw_error(ErrorKind::config,
              "'{}' is not a test; write >, >=, < or <= with a number, or 'in' or 'not in' with classes "
              "parted by '|'.",
              wanted);
}

std::string to_text(RuleTest const& test) {
  auto const sign = std::find_if(signs.begin(), signs.end(), [&](Sign const& known) { return known.op == test.op; });
  bool const of_classes = test.op == Op::in || test.op == Op::not_in;
  return std::string(sign->text) + (of_classes ? join(test.classes, "|") : shortest(test.threshold));
}

std::string_view to_string(RuleEffect effect) {
  switch (effect) {
    case RuleEffect::exclude:
      return "exclude";
    case RuleEffect::condition:
      return "condition";
    case RuleEffect::cut:
      return "cut";
    case RuleEffect::inform:
      return "inform";
  }
  return {};
}

std::string_view to_string(RuleResult result) {
  switch (result) {
    case RuleResult::pass:
      return "pass";
    case RuleResult::condition:
      return "condition";
    case RuleResult::fail:
      return "fail";
    case RuleResult::unknown:
      return "unknown";
  }
  return {};
}

std::string_view to_string(Ground ground) {
  switch (ground) {
    case Ground::wet:
      return "wet";
    case Ground::beleid:
      return "beleid";
    case Ground::fysiek:
      return "fysiek";
    case Ground::praktijk:
      return "praktijk";
    case Ground::eigen_keuze:
      return "eigen keuze";
  }
  return {};
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::passes:
      return "voldoet";
    case Outcome::conditional:
      return "onder voorwaarden";
    case Outcome::fails:
      return "voldoet niet";
    case Outcome::unknown:
      return "onbekend";
  }
  return {};
}

std::optional<RuleEffect> rule_effect(std::string_view text) {
  for (RuleEffect const effect : {RuleEffect::exclude, RuleEffect::condition, RuleEffect::cut, RuleEffect::inform})
    if (to_string(effect) == text) return effect;
  return std::nullopt;
}

std::optional<Ground> ground(std::string_view text) {
  if (text == "eigen_keuze") return Ground::eigen_keuze;
  for (Ground const known : {Ground::wet, Ground::beleid, Ground::fysiek, Ground::praktijk, Ground::eigen_keuze})
    if (to_string(known) == text) return known;
  return std::nullopt;
}

}  // namespace terrein
