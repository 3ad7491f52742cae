#include "terrein/criteria/bound_class.hpp"

#include <string>

#include "support/catch.hpp"

using namespace terrein;

namespace {

constexpr Answer no = Answer::no, unknown = Answer::unknown, yes = Answer::yes;
constexpr Answer all[] = {no, unknown, yes};

std::string group(Answer destined, Answer used, Answer out) {
  return std::string(to_string(bound_class(destined, used, out)));
}

}  // namespace

TEST_CASE("Every row of the table of classes of bound land") {
  for (Answer const used : all)
    for (Answer const out : all) {
      CHECK(group(no, used, out) == "niet bestemd");
      CHECK(group(unknown, used, out) == "onbekend");
    }
  for (Answer const out : all) {
    CHECK(group(yes, yes, out) == "effectief");
    CHECK(group(yes, no, out) == "in naam");
  }
  CHECK(group(yes, unknown, yes) == "vermoedelijk in naam");
  CHECK(group(yes, unknown, no) == "onbekend");
  CHECK(group(yes, unknown, unknown) == "onbekend");
}

TEST_CASE("Use is ruled out without quay, or where buildings leave no place, unless a shared quay is near") {
  // quay, shared, built, front → ruled out. Nothing asked: only a plot without any front.
  CHECK(ruled_out({{}, {}, {}, yes}) == no);
  CHECK(ruled_out({{}, {}, {}, no}) == yes);
  CHECK(ruled_out({{}, {}, {}, unknown}) == unknown);
  // Quays: their absence rules out, whatever the front.
  for (Answer const front : all) {
    CHECK(ruled_out({yes, {}, {}, front}) == no);
    CHECK(ruled_out({no, {}, {}, front}) == yes);
    CHECK(ruled_out({unknown, {}, {}, front}) == unknown);
  }
  // Buildings rule out whatever the quay; without them the quay decides.
  for (Answer const quay : all) {
    CHECK(ruled_out({quay, {}, yes, yes}) == yes);
    CHECK(ruled_out({quay, {}, no, yes}) == not_of(quay));
  }
  CHECK(ruled_out({yes, {}, unknown, yes}) == unknown);
  CHECK(ruled_out({no, {}, unknown, yes}) == yes);
  // A shared quay makes up for everything; one that may be there leaves it open.
  for (Answer const quay : all)
    for (Answer const built : all) {
      CHECK(ruled_out({quay, yes, built, no}) == no);
      CHECK(ruled_out({quay, no, built, no}) == ruled_out({quay, {}, built, no}));
      CHECK(ruled_out({quay, unknown, built, no}) == (ruled_out({quay, {}, built, no}) == no ? no : unknown));
    }
}
