#include "terrein/criteria/bound_class.hpp"

#include <algorithm>

namespace terrein {

Answer either_of(Answer a, Answer b) { return std::max(a, b); }
Answer both_of(Answer a, Answer b) { return std::min(a, b); }
Answer not_of(Answer a) {
  if (a == Answer::unknown) return a;
  return a == Answer::yes ? Answer::no : Answer::yes;
}

std::string_view to_string(Suited suited) {
  if (suited == Suited::no) return "no";
  return suited == Suited::small ? "small" : "suitable";
}

std::string_view to_string(BoundClass value) {
  switch (value) {
    case BoundClass::effective:
      return "effectief";
    case BoundClass::in_name:
      return "in naam";
    case BoundClass::presumed:
      return "vermoedelijk in naam";
    case BoundClass::unknown:
      return "onbekend";
    case BoundClass::not_destined:
      break;
  }
  return "niet bestemd";
}

BoundClass bound_class(Answer destined, Answer used, Answer ruled_out) {
  if (destined == Answer::no) return BoundClass::not_destined;
  if (destined == Answer::unknown) return BoundClass::unknown;
  if (used == Answer::yes) return BoundClass::effective;
  if (used == Answer::no) return BoundClass::in_name;
  return ruled_out == Answer::yes ? BoundClass::presumed : BoundClass::unknown;
}

Answer ruled_out(RuleOut const& facts) {
  Answer const without = not_of(facts.quay.value_or(facts.front));
  Answer const against = either_of(without, facts.built.value_or(Answer::no));
  return both_of(against, not_of(facts.shared.value_or(Answer::no)));
}

}  // namespace terrein
