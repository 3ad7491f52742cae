// Coordinates as people write them in spreadsheets. Expected values by hand.
#include "io/coordinate_text.hpp"

#include "support/catch.hpp"

using namespace terrein;

TEST_CASE("a coordinate has a point or a comma before its decimals", "[io]") {
  bool const in_metres = GENERATE(true, false);
  CHECK(parse_coordinate("51,0543", in_metres) == 51.0543);
  CHECK(parse_coordinate("51.0543", in_metres) == 51.0543);
  CHECK(parse_coordinate(" -3,5 ", in_metres) == -3.5);
  CHECK(parse_coordinate("+4.25", in_metres) == 4.25);
  CHECK(parse_coordinate("150000", in_metres) == 150000);
  CHECK(parse_coordinate("0", in_metres) == 0);
  CHECK(parse_coordinate("0,001", in_metres) == 0.001);
  CHECK(parse_coordinate("-5e-05", in_metres) == -0.00005);  // as Python writes a place near Greenwich
}

TEST_CASE("texts that are no plain number give no coordinate", "[io]") {
  bool const in_metres = GENERATE(true, false);
  for (char const* text : {"",
                           "n.b.",
                           "150.000,5",
                           "150,000.5",
                           "1.234.567",
                           "150 000",
                           "150'000",
                           "51°03'15\"N",
                           "51.05N",
                           "4°",
                           "12m",
                           "1,5E+05",
                           "1.5E5",
                           ".5",
                           "5.",
                           "--5",
                           "-",
                           "nan",
                           "inf",
                           "0x10",
                           "1e",
                           "1e-",
                           "\xc2\xa0"
                           "5"})
    CHECK(parse_coordinate(text, in_metres) == std::nullopt);
}

TEST_CASE("three digits after the mark may be thousands where coordinates are metres", "[io]") {
  CHECK(parse_coordinate("150.000", true) == std::nullopt);
  CHECK(parse_coordinate("150,000", true) == std::nullopt);
  CHECK(parse_coordinate("51.054", false) == 51.054);
  CHECK(parse_coordinate("150000.125", true) == 150000.125);  // six digits before: no thousands
}

TEST_CASE("places of UN/LOCODE are degrees and minutes", "[io]") {
  // 50° 33' N, 4° 11' E: 33/60 = 0.55, 11/60 = 0.18333…
  auto const tubize = parse_unlocode_place("5033N 00411E");
  REQUIRE(tubize);
  CHECK(tubize->y == 50.55);
  CHECK(tubize->x == Approx(4.0 + 11.0 / 60).epsilon(1e-15));
  auto const south_west = parse_unlocode_place("0130S 00030W");
  REQUIRE(south_west);
  CHECK(south_west->y == -1.5);
  CHECK(south_west->x == -0.5);
  for (char const* text : {"", "5033N", "5061N 00411E", "5030N 00494E", "9130N 00000E", "5033N 18100E", "503N 0411E",
                           "5033E 00411N", "5033N00411E", "5033 N 00411E"})
    CHECK(!parse_unlocode_place(text));
}
