#include "terrein/core/plain_text.hpp"

#include "support/catch.hpp"

using namespace terrein;

TEST_CASE("UTF-8 that was encoded twice is mended, other text is left alone") {
  CHECK(mended_encoding("industrieÃ«n") == "industrieën");
  CHECK(mended_encoding("â‚¬ 5 cafÃ©") == "€ 5 café");  // through Windows-1252
  CHECK(mended_encoding("cafÃƒÂ©") == "cafÃ©");         // one step at a time
  CHECK_FALSE(mended_encoding("industrieën"));
  CHECK_FALSE(mended_encoding("plain"));
  CHECK_FALSE(mended_encoding("Ã"));            // a Portuguese letter alone
  CHECK_FALSE(mended_encoding("Ã« 水"));        // no Windows-1252 text
  CHECK_FALSE(mended_encoding("industrie0n"));  // no fault of encoding: a matter for the class table
  CHECK_FALSE(mended_encoding("\xff\xc3"));     // no UTF-8 at all
}

TEST_CASE("texts are compared without capitals, accents and layout") {
  CHECK(plain_text("  Industriegebieden\r\n ") == "industriegebieden");
  CHECK(plain_text("MILIEUBELASTENDE industrieÃ«n") == "milieubelastende industrieen");
  CHECK(plain_text("Één \t\xc2\xa0 Œuvre, Straße, Ærø") == "een oeuvre, strasse, aero");
  CHECK(plain_text("ÀÁÂÃÄÅ Ç ÈÉÊË ÌÍÎÏ Ñ ÒÓÔÕÖ Ø ÙÚÛÜ Ý ÿ") == "aaaaaa c eeee iiii n ooooo o uuuu y y");
  CHECK(plain_text("Šluk Žatec Łódź İstanbul Őr ŵ ź ſ") == "sluk zatec lodz istanbul or w z s");
  CHECK(plain_text("kmo’s") == "kmo's");
  CHECK(plain_text("水 ×") == "水 ×");
  CHECK(plain_text("") == "");
}

TEST_CASE("an article before a zone name is taken off") {
  CHECK(without_article("art. 8.33: woongebied") == "woongebied");
  CHECK(without_article("art 5 : zone") == "zone");
  CHECK(without_article("art.12: ") == "");
  CHECK(without_article("artisanaal gebied") == "artisanaal gebied");
  CHECK(without_article("art. 5 zonder dubbelpunt") == "art. 5 zonder dubbelpunt");
}
