#include "terrein/network/limits.hpp"

#include <limits>
#include <map>

#include "support/catch.hpp"
#include "terrein/network/line_facts.hpp"

using namespace terrein;

namespace {

/// -1 for what is not known.
double tonnes(char const* text) { return limit_of(LimitKind::weight, text).value_or(-1); }
double metres(char const* text) { return limit_of(LimitKind::height, text).value_or(-1); }

constexpr double no_limit = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("Limits of weight are read as OpenStreetMap writes them") {
  for (char const* text : {"3.5", "3,5", "3.5 t", "3.5t", " 3.5 T ", "3.5 tonnes", "3500 kg", "3500kg"})
    CHECK(tonnes(text) == Approx(3.5).epsilon(1e-12));
  CHECK(tonnes("20 st") == Approx(18.1436948));     // short tons of 2000 lb
  CHECK(tonnes("8000 lbs") == Approx(3.62873896));  // pounds of 0.45359237 kg
  CHECK(tonnes("none") == no_limit);
  CHECK(tonnes("default") == 44);
}

TEST_CASE("Limits of height are read in metres, feet and inches") {
  for (char const* text : {"4.2", "4,2", "4.2 m", "4.2m", "420 cm"}) CHECK(metres(text) == Approx(4.2).epsilon(1e-12));
  CHECK(metres("12'6\"") == Approx(3.81));  // 150 inches of 2.54 cm
  CHECK(metres("12' 6\"") == Approx(3.81));
  CHECK(metres("14 ft") == Approx(4.2672));
  CHECK(metres("14'") == Approx(4.2672));
  CHECK(metres("none") == no_limit);
  CHECK(metres("default") == 4);
  CHECK(limit_of(LimitKind::width, "default") == 2.55);
  CHECK(limit_of(LimitKind::length, "default") == 18.75);
  CHECK(limit_of(LimitKind::axle, "default") == 11.5);
}

TEST_CASE("What is no limit is not known, and never no limit") {
  for (char const* text : {"",      " ",       "unsigned",      "below_default", "no_sign", "0",           "0 t",
                           "-3",    "3.5;7.5", "3.5 @ (Mo-Fr)", "7.5 m",         "3500",    "t",           ".",
                           "1.2.3", "nan",     "inf",           "1e3",           "3.5 t t", "default;none"}) {
    INFO(text);
    CHECK(tonnes(text) == -1);
  }
  for (char const* text : {"420", "12'13\"", "12'6\"x", "4.2 t", "'6\"", "3.8 4.0"}) {
    INFO(text);
    CHECK(metres(text) == -1);
  }
}

TEST_CASE("Draughts are numbers; only the height under bridges can have no limit") {
  CHECK(limit_of(LimitKind::draught, "3,40 m") == Approx(3.4));
  CHECK_FALSE(limit_of(LimitKind::draught, "none"));
  CHECK_FALSE(limit_of(LimitKind::draught, "default"));
  CHECK(limit_of(LimitKind::air_draught, "none") == no_limit);
  CHECK_FALSE(limit_of(LimitKind::air_draught, "default"));
}

TEST_CASE("CEMT classes are read in all their spellings, and stand in their order") {
  std::vector<std::string> const order{"0", "I", "II", "III", "IV", "Va", "Vb", "VIa", "VIb", "VIc", "VIIa", "VIIb"};
  for (std::size_t i = 0; i < order.size(); ++i) {
    CHECK(to_string(cemt_of(order[i])) == order[i]);
    CHECK(static_cast<std::size_t>(cemt_of(order[i])) == i + 1);
  }
  for (char const* text : {"Va", "va", "VA", " V ", "CEMT Va", "CEMT-klasse Va", "klasse V", "class va", "CEMT: "})
    CHECK(cemt_of(text) == (std::string(text) == "CEMT: " ? Cemt::unknown : Cemt::Va));
  for (char const* reach : {"II-IV", "IV-II", "CEMT II - Va"}) CHECK(cemt_of(reach) == Cemt::II);
  CHECK(cemt_of("II-") == Cemt::unknown);
  for (char const* text : {"", "5", "50", "IVa", "Vc", "VIII", "IIII", "none", "kleine vaart"}) {
    INFO(text);
    CHECK(cemt_of(text) == Cemt::unknown);
  }
  CHECK(to_string(Cemt::unknown) == "unknown");
}

TEST_CASE("Electrification is yes, no or not known") {
  for (char const* text : {"yes", "contact_line", "Rail", "1", "ja", "3000 V", "25kV"})
    CHECK(electrified_of(text) == Electrified::yes);
  for (char const* text : {"no", "0", "false", "Nee"}) CHECK(electrified_of(text) == Electrified::no);
  for (char const* text : {"", "planned", "V", "3000"}) CHECK(electrified_of(text) == Electrified::unknown);
}
